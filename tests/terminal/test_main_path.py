"""The main job by keys alone, on the sample book, in a real terminal."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

from tests.terminal.conftest import Open
from tests.terminal.terminal import AMTS, PATIENCE, Terminal

DOCUMENT = "chapter_foundations/index.md"
ADDED = "这句话是在终端里写的。"


def test_load_fix_export_translate_and_score(tmp_path: Path, amts_in_terminal: Open) -> None:
    folder = tmp_path / "demo"
    terminal = amts_in_terminal("demo", str(folder))
    terminal.wait_for("[1 Books]", "17 of 17 documents aligned", DOCUMENT)
    _open_document(terminal)
    _correct(terminal)
    _export(terminal, folder)
    _translate(terminal)
    _see_scores(terminal)
    terminal.press("C-q")
    assert terminal.status() == 0
    assert terminal.is_restored()
    _curation_stands(folder)


def _open_document(terminal: Terminal) -> None:
    terminal.press("Down", "Enter")
    terminal.wait_for("[2 Align]", "Foundations", "row 1/7")


def _correct(terminal: Terminal) -> None:
    terminal.press("Space")
    terminal.wait_for("confirmed row 1", "row 2/7")
    terminal.press("m")
    terminal.wait_for("merged rows 2 and 3", "row 2/6")
    terminal.press("u")
    terminal.wait_for("undid: merge", "row 2/7")
    terminal.press("e")
    terminal.wait_for("Edit row 2", "Ctrl+s Accept")
    terminal.type(ADDED)
    terminal.wait_until(lambda screen: ADDED in _joined(screen), "typed text")
    terminal.press("C-s")
    terminal.wait_for("edited row 2", ">  2*")


def _joined(screen: str) -> str:
    """The screen's target side without line breaks and frames."""
    return "".join(character for character in screen if character not in " |<>\n")


def _export(terminal: Terminal, folder: Path) -> None:
    terminal.press("1")
    terminal.wait_for("[1 Books]", "28%")
    terminal.press("x")
    terminal.wait_for("Export en-zh", "granularity", "Ctrl+s Accept")
    terminal.press("C-s")
    terminal.wait_for("pairs in")
    with (folder / "en-zh.csv").open(encoding="utf-8", newline="") as file:
        assert any(ADDED in row[1] for row in csv.reader(file))


def _translate(terminal: Terminal) -> None:
    terminal.press("3")
    terminal.wait_for("[3 Jobs]", "NOT AWS")
    terminal.press("n")
    terminal.wait_for("Launch a translation job", "[x] zh", "Ctrl+s Accept")
    terminal.press("Tab")
    terminal.type(DOCUMENT)
    terminal.wait_for(DOCUMENT)
    terminal.press("C-s")
    terminal.wait_for("Start this job?", "characters     646", "about $0.01")
    terminal.press("y")
    terminal.wait_for("completed", "runs zh: ", "under way: 0")


def _see_scores(terminal: Terminal) -> None:
    terminal.press("4")
    terminal.wait_for("[4 Scores]", "BLEU|")
    lines = terminal.screen().split("\n")
    row = next(line.split() for line in lines if "chapter_foundations" in line)
    assert int(row[1]) > 0
    assert 0 < float(row[2]) < 100


def _curation_stands(folder: Path) -> None:
    review = (folder / "amts-data" / "en-zh" / f"{DOCUMENT}.jsonl").read_text(encoding="utf-8")
    assert ADDED in review
    listed = subprocess.run(
        [*AMTS, "--project", str(folder), "--json", "beads", "--target", "zh", "--document", DOCUMENT],
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    beads = json.loads(listed.stdout)
    assert [bead["status"] for bead in beads[:3]] == ["confirmed", "edited", "auto"]
    assert beads[1]["target"][0].endswith(ADDED)
