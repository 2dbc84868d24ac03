"""A second run with nothing changed costs only reading and hashing the files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from amts_tui.books import book, trees
from amts_tui.workbench import pairing, partnering
from amts_tui.workbench.aligning import align
from amts_tui.workbench.pairing import How
from amts_tui.workbench.session import Workbench
from tests.books_of_two import make_project

LAMP = "chapter_home/lamp.md"


def test_nothing_is_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_project(tmp_path)
    (root / "es" / LAMP).rename(root / "es" / "lampara.md")
    (root / "es" / "mine.md").write_text("# Algo\n\nSolo aquí hay esto.\n", encoding="utf-8")
    with Workbench.open(root) as workbench:
        pipeline = workbench.pipeline()
        align(workbench, pipeline, similarity="lexical")
        first = pairing.overview(workbench, pipeline)
    assert How.UNPAIRED in {entry.how for entry in first}

    reads: Counter[Path] = Counter()
    read_bytes = trees.read_bytes

    def counted(path: Path) -> bytes:
        reads[path] += 1
        return read_bytes(path)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError

    monkeypatch.setattr(trees, "read_bytes", counted)
    monkeypatch.setattr(book, "parse_bytes", refuse)
    monkeypatch.setattr(partnering, "parse_bytes", refuse)
    with Workbench.open(root) as workbench:
        pipeline = workbench.pipeline()
        assert align(workbench, pipeline, similarity="lexical").aligned == ()
        assert set(reads.values()) <= {1, 2}
        assert pairing.overview(workbench, pipeline) == first
