"""Lets pytest show what an assertion in the shared properties compared."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.books.properties")
