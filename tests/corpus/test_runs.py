"""Runs as they are kept."""

from pathlib import Path

import pytest

from amts_tui.corpus import runs
from amts_tui.corpus.runs import RunDocument, RunKind, RunProblem, RunRecord
from amts_tui.errors import AmtsError, NotFound

RUN = RunRecord(
    name="first-es",
    source_lang="en",
    target_lang="es",
    kind=RunKind.JOB,
    created="2026-03-04T05:06:07+00:00",
    translator="test",
    documents=(RunDocument("a/b.md", "00"), RunDocument("é.md", "01")),
    job_id="0" * 32,
    held_out=("a/b.md",),
    problems=(RunProblem("a/b.md", 3, "lost", True),),
    characters=12,
    cost_usd="0.00018",
)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    runs.write_document(tmp_path, RUN.name, "a/b.md", "línea\r\nuna\n".encode())
    assert runs.list_runs(tmp_path) == []
    runs.write(tmp_path, RUN)
    assert runs.read(tmp_path, RUN.name) == RUN
    assert runs.list_runs(tmp_path) == [RUN]
    assert runs.read_document(tmp_path, RUN.name, "a/b.md") == "línea\r\nuna\n".encode()


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    runs.write(tmp_path, RUN)
    with pytest.raises(NotFound, match=r"there is no run other \(runs: first-es\)"):
        runs.read(tmp_path, "other")
    with pytest.raises(NotFound, match=r"first-es has no document c\.md"):
        runs.read_document(tmp_path, RUN.name, "c.md")


@pytest.mark.parametrize(
    "path", ["../a.md", "/etc/a.md", "a/../../b.md", "a//b.md", "", "C:/a.md", "a\\..\\b.md", "a\0"]
)
def test_no_document_leaves_the_folder_of_its_run(tmp_path: Path, path: str) -> None:
    with pytest.raises(AmtsError, match="is not a path below the book"):
        runs.write_document(tmp_path, RUN.name, path, b"x")
    with pytest.raises(AmtsError):
        runs.run_folder(tmp_path, f"{path}/x")
    assert not list(tmp_path.iterdir())


def test_a_damaged_record_names_the_file_and_the_place(tmp_path: Path) -> None:
    runs.write(tmp_path, RUN)
    file = tmp_path / "runs" / RUN.name / "run.json"
    file.write_text(file.read_text().replace('"es"', "7"))
    with pytest.raises(AmtsError, match=r"run\.json: not a run's record: target_lang"):
        runs.read(tmp_path, RUN.name)
