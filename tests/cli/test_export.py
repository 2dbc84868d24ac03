"""export: the files, the counts, the report."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Call


def table(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_csv_and_tsv_hold_every_pair(amts: Call, project: Path) -> None:
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        outcome = amts(
            "--project", project, "export", "--target", "es", "--format", form, "-o", "pairs", "--json"
        )
        assert outcome.json == {"written": 12, "left_out": 0}
        rows = table(Path("pairs"), delimiter)
        assert rows[0] == ["en", "es"]
        assert ["It gives a warm light.", "Da una luz cálida."] in rows
        assert len(rows) == 13


def test_reverse_paragraphs_for_amazon(amts: Call, project: Path) -> None:
    options = ["--reverse", "--for", "amazon", "--granularity", "paragraph", "--exclude", "*garden*"]
    amts("--project", project, "export", "--format", "csv", "-o", "pairs.csv", *options)
    rows = table(Path("pairs.csv"))
    assert rows[0] == ["es", "en"]
    assert len(rows) == 5
    assert (
        rows[2][1] == "The lamp stands on the table. It gives a warm light. Nobody remembers who bought it."
    )


def test_the_report_says_why(amts: Call, project: Path, bead: Callable[[str], str]) -> None:
    lamp = bead("warm light")
    amts("--project", project, "edit", "exclude", lamp)
    options = ["--format", "tmx", "-o", "pairs.tmx", "--report", "why.jsonl", "--document", "*lamp*"]
    assert amts("--project", project, "export", *options).out == "pairs.tmx: 6 pairs, 1 left out\n"
    (line,) = Path("why.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line).keys() == {"id", "document", "reason"}
    assert json.loads(line)["id"] == lamp


def test_only_some_statuses(amts: Call, project: Path, bead: Callable[[str], str]) -> None:
    amts("--project", project, "edit", "confirm", bead("warm light"))
    outcome = amts(
        "--project", project, "export", "--format", "csv", "-o", "pairs.csv", "--status", "confirmed"
    )
    assert outcome.out == "pairs.csv: 1 pair, 11 left out\n"
    assert "--report" in outcome.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--target", "zh", "-o", "x"], "no target zh (it has es)"),
        (["--document", "nope", "-o", "x"], "no document fits 'nope'"),
        (["-o", "."], "cannot write: Is a directory"),
        (["-o", "/dev/full"], "cannot write: No space left"),
        (["-o", "x", "--min-confidence", "70"], "--min-confidence"),
        (["-o", "x", "--report", "file/below"], "file/below: cannot write"),
    ],
)
def test_an_export_that_cannot_be(
    refused: Callable[..., str], project: Path, options: list[str], words: str
) -> None:
    Path("file").write_text("", encoding="utf-8")
    assert words in refused("--project", project, "export", "--format", "csv", *options)


def test_nothing_aligned(refused: Callable[..., str], project: Path) -> None:
    for file in (project / ".amts").glob("workspace.db*"):
        file.unlink()
    assert "nothing has been aligned" in refused("--project", project, "export", "--format", "csv", "-o", "x")
