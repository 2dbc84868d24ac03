from __future__ import annotations

import json
from pathlib import Path

import pytest

from amts_tui.corpus import operations as ops
from amts_tui.corpus.memory import memory_path, remember
from amts_tui.errors import AmtsError
from tests.corpus.build import carried, pairs


def test_pairs_are_added_once_and_in_order(tmp_path: Path) -> None:
    path = memory_path(tmp_path, "en-zh")
    assert path == tmp_path / "en-zh" / "memory.jsonl"
    beads = pairs(3)
    beads = carried(beads, ops.confirm(beads, ["b0"]))
    beads = carried(beads, ops.edit_text(beads, "b1", 0, "注意：`code`。", "a.md"))
    assert remember(path, "a.md", beads[:2]) == 2
    first = path.read_bytes()
    assert remember(path, "a.md", [*beads, beads[2]]) == 1
    assert path.read_bytes().startswith(first)
    assert remember(path, "a.md", beads) == 0
    assert remember(path, "b.md", beads[:1]) == 1
    values = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    assert [value["document"] for value in values] == ["a.md"] * 3 + ["b.md"]
    assert values[1] == {
        "document": "a.md",
        "status": "edited",
        "source": ["Source number 1."],
        "target": ["注意：`code`。"],
        "note": "",
    }


def test_nothing_to_remember_makes_no_file(tmp_path: Path) -> None:
    path = memory_path(tmp_path, "en-zh")
    assert remember(path, "a.md", []) == 0
    assert not path.exists()


def test_what_others_wrote_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "memory.jsonl"
    path.write_bytes('{"x": "y\u2028"}\r\n{"x": 1}\n{"x": 1}'.encode())
    remember(path, "a.md", pairs(1))
    assert path.read_bytes().startswith('{"x": "y\u2028"}\r\n{"x": 1}\n{"x": 1}\n{'.encode())


def test_a_memory_that_is_not_text_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "memory.jsonl"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(AmtsError, match="UTF-8"):
        remember(path, "a.md", pairs(1))
    assert path.read_bytes() == b"\xff\xfe"
