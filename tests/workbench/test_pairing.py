"""Documents whose paths do not tell: a renamed chapter keeps its translation and its curation."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from amts_tui.errors import AmtsError, NotFound
from amts_tui.workbench import partnering
from amts_tui.workbench.aligning import align
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.exporting import exportable
from amts_tui.workbench.pairing import (
    Entry,
    How,
    Relation,
    accept,
    call_own,
    forget,
    overview,
    pair,
    take_back,
    unpair,
)
from amts_tui.workbench.session import Workbench
from tests.books_of_two import make_aligned

LAMP = "chapter_home/lamp.md"
LAMPARA = "chapter_home/lampara.md"
GARDEN = "chapter_home/garden.md"
OTRO = "chapter_home/otro.md"
FOREIGN = "# Otro\n\nNada de esto está en el libro.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = make_aligned(tmp_path / "book")
    (root / "es" / LAMP).rename(root / "es" / LAMPARA)
    return root


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A project whose garden has a name in Spanish and nothing but prose."""
    root = make_aligned(tmp_path / "book")
    (root / "es" / GARDEN).rename(root / "es" / OTRO)
    return root


def states(workbench: Workbench) -> dict[str, tuple[str | None, str]]:
    return {s.path: (s.target_path, s.state) for s in workbench.documents(workbench.pipeline())}


def entries(workbench: Workbench) -> dict[tuple[str | None, str | None], Entry]:
    return {(entry.source, entry.target): entry for entry in overview(workbench, workbench.pipeline())}


def by_hand(root: Path) -> dict[str, str | None]:
    file = root / "amts-data" / "en-es" / "pairings.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are read for their fingerprints from now on."""
    seen: list[str] = []
    real = partnering.parse_bytes

    def parse(data: bytes, *, path: str, **options: object) -> object:
        seen.append(path)
        return real(data, path=path, **options)

    monkeypatch.setattr(partnering, "parse_bytes", parse)
    return seen


def test_a_renamed_document_is_found_by_its_text(project: Path) -> None:
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        assert states(workbench)[LAMP] == (LAMPARA, "changed")
        assert LAMPARA not in states(workbench)
        before = workbench.beads(pipeline, LAMP)
        align(workbench, pipeline)
        assert states(workbench)[LAMP] == (LAMPARA, "aligned")
        assert workbench.beads(pipeline, LAMP) == before
        assert LAMP in exportable(workbench, pipeline, (), ())
        entry = entries(workbench)[LAMP, LAMPARA]
        assert entry.how is How.FOUND
        assert entry.reason.startswith("same label sec_lamp; shares")
        Editor(workbench, pipeline, LAMP).confirm([before[0].id])
    assert by_hand(project) == {}
    shutil.rmtree(project / ".amts")
    with Workbench.open(project) as workbench:
        assert workbench.beads(workbench.pipeline(), LAMP)[0].touched
        align(workbench, workbench.pipeline())
        assert states(workbench)[LAMP] == (LAMPARA, "aligned")


def test_nothing_is_read_where_all_paths_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workbench.open(make_aligned(tmp_path / "book")) as workbench:
        seen = reads(monkeypatch)
        assert {entry.how for entry in overview(workbench, workbench.pipeline())} == {How.PATH}
        assert seen == []
        assert not (tmp_path / "book" / ".amts" / "pairing").exists()


def test_only_what_has_changed_is_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = reads(monkeypatch)
    for _ in range(2):
        with Workbench.open(project) as workbench:
            states(workbench)
    assert sorted(seen) == [GARDEN, GARDEN, LAMP, LAMPARA]
    seen.clear()
    with (project / "es" / GARDEN).open("a", encoding="utf-8") as file:
        file.write("\nUn banco.\n")
    with Workbench.open(project) as workbench:
        assert states(workbench)[LAMP][0] == LAMPARA
    assert seen == [GARDEN]


def test_damaged_notes_about_what_was_found_are_made_anew(project: Path) -> None:
    for text in ("", "{", "[]", '{"key": 1}'):
        with Workbench.open(project) as workbench:
            assert states(workbench)[LAMP][0] == LAMPARA
        for file in (project / ".amts" / "pairing").iterdir():
            file.write_text(text, encoding="utf-8")
    with Workbench.open(project) as workbench:
        assert states(workbench)[LAMP][0] == LAMPARA


def test_a_project_that_is_open_read_only_is_not_written_to(project: Path) -> None:
    with Workbench.open(project, read_only=True) as workbench:
        assert states(workbench)[LAMP][0] == LAMPARA
        with pytest.raises(AmtsError, match="read-only"):
            unpair(workbench, workbench.pipeline(), LAMP)
    assert not (project / ".amts" / "pairing").exists()


def test_a_file_that_cannot_be_read_has_no_partner(project: Path) -> None:
    (project / "es" / OTRO).write_bytes(b"\xff\xfe")
    with Workbench.open(project) as workbench:
        assert states(workbench)[LAMP][0] == LAMPARA
        assert states(workbench)[OTRO] == (OTRO, "no source")


def test_what_a_person_says_goes_before_what_is_found(project: Path) -> None:
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        unpair(workbench, pipeline, LAMP)
        assert states(workbench)[LAMP] == (None, "no target")
        assert entries(workbench)[LAMP, None].how is How.ALONE
        pair(workbench, pipeline, GARDEN, LAMPARA)
        assert entries(workbench)[GARDEN, LAMPARA].how is How.HAND
        forget(workbench, pipeline, GARDEN)
        forget(workbench, pipeline, LAMP)
        assert entries(workbench)[LAMP, LAMPARA].how is How.FOUND


def test_a_namesake_that_comes_back_goes_before_what_was_found(project: Path) -> None:
    with Workbench.open(project) as workbench:
        align(workbench, workbench.pipeline())
        (project / "es" / LAMP).write_bytes((project / "es" / LAMPARA).read_bytes())
        assert entries(workbench)[LAMP, LAMP].how is How.PATH
        assert entries(workbench)[None, LAMPARA].how is How.UNPAIRED


def test_what_is_left_is_guessed_and_can_be_accepted(plain: Path) -> None:
    with Workbench.open(plain) as workbench:
        pipeline = workbench.pipeline()
        forget(workbench, pipeline, GARDEN)
        shutil.rmtree(plain / ".amts" / "pairing", ignore_errors=True)
        entry = entries(workbench)[GARDEN, None]
        assert entry.how is How.UNPAIRED
        assert entry.guess is not None
        assert (entry.guess.target, entry.acceptable) == (OTRO, True)
        assert entry.guess.relation is Relation.RENAMED
        assert entries(workbench)[None, OTRO].guess == entry.guess
        step = accept(workbench, pipeline, [(GARDEN, OTRO)])
        assert by_hand(plain) == {GARDEN: OTRO}
        assert states(workbench)[GARDEN][0] == OTRO
        take_back(workbench, pipeline, step)
        assert by_hand(plain) == {}


def test_steps_are_taken_back_around_later_ones(project: Path) -> None:
    (project / "es" / OTRO).write_text(FOREIGN, encoding="utf-8")
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        first = pair(workbench, pipeline, LAMP, OTRO)
        second = pair(workbench, pipeline, GARDEN, OTRO)
        assert by_hand(project) == {GARDEN: OTRO}
        take_back(workbench, pipeline, second)
        assert by_hand(project) == {LAMP: OTRO}
        third = unpair(workbench, pipeline, GARDEN)
        take_back(workbench, pipeline, first)
        assert by_hand(project) == {GARDEN: None}
        take_back(workbench, pipeline, third)
        assert by_hand(project) == {}


def test_documents_of_one_path_can_be_parted_and_joined(project: Path) -> None:
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        unpair(workbench, pipeline, GARDEN)
        pairs = workbench.document_pairs(pipeline)
        assert GARDEN in pairs.only_source
        assert GARDEN in pairs.only_target
        pair(workbench, pipeline, GARDEN, GARDEN)
        assert states(workbench)[GARDEN] == (GARDEN, "aligned")
        assert by_hand(project) == {}


def test_a_document_that_is_not_there_is_named(project: Path) -> None:
    with (
        Workbench.open(project) as workbench,
        pytest.raises(NotFound, match=r"the es book has no document x\.md"),
    ):
        pair(workbench, workbench.pipeline(), LAMP, "x.md")


def test_documents_of_the_translators_own_are_no_longer_unpaired(project: Path) -> None:
    (project / "es" / OTRO).write_text(FOREIGN, encoding="utf-8")
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        assert states(workbench)[OTRO] == (OTRO, "no source")
        first = call_own(workbench, pipeline, OTRO)
        second = call_own(workbench, pipeline, LAMPARA)
        assert by_hand(project) == {"-": [LAMPARA, OTRO]}
        assert states(workbench) == {GARDEN: (GARDEN, "aligned"), LAMP: (None, "no target")}
        assert entries(workbench)[None, OTRO].how is How.OWN
        assert entries(workbench)[LAMP, None].guess is None
        take_back(workbench, pipeline, second)
        assert states(workbench)[LAMP][0] == LAMPARA
        third = pair(workbench, pipeline, GARDEN, OTRO)
        assert by_hand(project) == {GARDEN: OTRO}
        take_back(workbench, pipeline, third)
        assert by_hand(project) == {"-": [OTRO]}
        forget(workbench, pipeline, None, OTRO)
        assert by_hand(project) == {}
        take_back(workbench, pipeline, first)
        assert states(workbench)[OTRO] == (OTRO, "no source")
        with pytest.raises(NotFound, match=r"the es book has no document x\.md"):
            call_own(workbench, pipeline, "x.md")


def test_an_own_document_with_the_path_of_a_source_document(project: Path) -> None:
    with Workbench.open(project) as workbench:
        call_own(workbench, workbench.pipeline(), GARDEN)
        assert states(workbench)[GARDEN] == (None, "no target")


@pytest.mark.parametrize("text", ["[]", '{"-": "a.md"}', '{"-": [1]}', '{"a.md": []}', "{"])
def test_a_damaged_file_of_pairings_is_named(project: Path, text: str) -> None:
    with Workbench.open(project) as workbench:
        file = project / "amts-data" / "en-es" / "pairings.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        with pytest.raises(AmtsError, match=r"pairings\.json: not"):
            states(workbench)
