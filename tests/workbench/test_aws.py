"""The project's session is made once, and again when the user's configuration changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.workbench.aws import connect
from amts_tui.workbench.session import Workbench
from tests.books_of_two import make_project


def test_the_session_follows_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
    with Workbench.open(make_project(tmp_path / "book")) as workbench:
        first = connect(workbench)
        assert connect(workbench) is first
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        assert connect(workbench).region == "eu-west-1"
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-west-2")
        assert connect(workbench) is first
        (own_home / "no-credentials").write_text("[default]\naws_access_key_id = x\n", encoding="utf-8")
        assert connect(workbench) is not first
