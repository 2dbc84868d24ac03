"""Patterns over the paths of documents."""

from __future__ import annotations

import pytest

from amts_tui.books.globs import fits, is_pattern


@pytest.mark.parametrize(
    ("pattern", "fitting", "other"),
    [
        ("README.md", ("README.md", "a/b/README.md"), ("aREADME.md", "README.mdx")),
        ("/README.md", ("README.md",), ("a/README.md",)),
        ("*.md", ("a.md", "x/a.md"), ("a.mdx",)),
        ("**/*.md", ("a.md", "x/y/a.md"), ("a.txt",)),
        ("part/*.md", ("part/a.md",), ("part/x/a.md", "x/part/a.md")),
        ("part/**", ("part/a.md", "part/x/a.md"), ("party/a.md",)),
        ("es/", ("es/a.md", "es/x/a.md"), ("x/es/a.md", "es.md")),
        ("ch?.md", ("ch1.md",), ("ch10.md", "ch/.md")),
        ("ch[0-9].md", ("ch1.md",), ("chx.md",)),
        ("ch[!0-9].md", ("chx.md",), ("ch1.md",)),
        ("a+(b).md", ("a+(b).md",), ("aa(b).md",)),
        ("a[b.md", ("a[b.md",), ("ab.md",)),
    ],
)
def test_patterns(pattern: str, fitting: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert is_pattern(pattern)
    assert all(fits(path, ["nothing", pattern]) for path in fitting)
    assert not any(fits(path, [pattern]) for path in other)


@pytest.mark.parametrize("text", ["", "/", "../a.md", "a\\b.md", "[z-a].md"])
def test_what_is_no_pattern(text: str) -> None:
    assert not is_pattern(text)
