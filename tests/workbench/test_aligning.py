"""Aligning at work: what is learned and kept, modes, other processes, aligning again around pins."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from amts_tui.alignment.lexicon import Lexicon
from amts_tui.errors import AmtsError, Cancelled
from amts_tui.workbench.aligning import align
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.executors import workers
from amts_tui.workbench.experience import Experience, LexiconStore, experience
from amts_tui.workbench.realigning import Realigner
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Bead
from tests.books_of_two import make_aligned, make_project

LAMP = "chapter_home/lamp.md"
GARDEN = "chapter_home/garden.md"


@pytest.fixture(scope="module")
def aligned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_aligned(tmp_path_factory.mktemp("aligned"))


@pytest.fixture
def workbench(aligned: Path, tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(Path(shutil.copytree(aligned, tmp_path / "book"))) as opened:
        yield opened


def editor(workbench: Workbench, path: str = LAMP) -> Editor:
    return Editor(workbench, workbench.pipeline(), path)


def of(beads: list[Bead], words: str) -> Bead:
    return next(bead for bead in beads if any(words in unit.raw for unit in (*bead.source, *bead.target)))


def everything(workbench: Workbench) -> list[tuple[str, list[Bead]]]:
    pipeline = workbench.pipeline()
    return [(path, workbench.beads(pipeline, path)) for path in (GARDEN, LAMP)]


def test_what_people_settled_teaches_and_what_is_about_to_be_aligned_does_not(workbench: Workbench) -> None:
    lamp = editor(workbench)
    lamp.confirm([of(lamp.beads, "warm light").id])
    lamp.exclude([of(lamp.beads, "Nobody").id])
    known = experience(workbench, workbench.pipeline(), {LAMP})
    assert [seed[:2] for seed in known.seeds] == [("It gives a warm light.", "Da una luz cálida.")]
    assert ("Three old trees grow in it.", "En él crecen tres árboles viejos.") in known.beads
    assert not any("lamp" in source for source, _ in known.beads)
    rest = experience(workbench, workbench.pipeline())
    assert len(rest.beads) > len(known.beads)
    assert not any("Nobody" in source or "warm" in source for source, _ in rest.beads)


def test_corrections_lower_the_trust_and_confirmations_hold_it(workbench: Workbench) -> None:
    lamp = editor(workbench)
    lamp.confirm([bead.id for bead in lamp.beads])
    confirmed = experience(workbench, workbench.pipeline()).offset
    assert 0 <= confirmed < 0.2
    lamp.undo()
    for first, second in (("warm light", "Nobody"), ("Every evening", "The room")):
        lamp.merge(of(lamp.beads, first).id, of(lamp.beads, second).id)
    assert experience(workbench, workbench.pipeline()).offset < -0.1


def test_an_edited_text_says_nothing_about_the_links(workbench: Workbench) -> None:
    lamp = editor(workbench)
    lamp.edit_text(of(lamp.beads, "warm light").id, 0, "Da una luz muy cálida.")
    known = experience(workbench, workbench.pipeline())
    assert known.offset == 0
    assert known.seeds[0].target == "Da una luz muy cálida."


def test_the_lexicon_is_kept_in_the_workspace_until_the_book_has_changed(
    workbench: Workbench, tmp_path: Path
) -> None:
    store = LexiconStore(tmp_path, workbench.pipeline(), "a/model")
    known = Experience((), (("a", "b"),) * 300, 0.0)
    assert store.load(known) is None
    lexicon = Lexicon({"tree": {"árbol": 0.5}}, {})
    store.save(lexicon, 0, 300)
    assert store.load(known) == lexicon
    assert store.load(Experience((), (("a", "b"),) * 275, 0.0)) == lexicon
    assert store.load(Experience((), (("a", "b"),) * 200, 0.0)) is None
    (file,) = tmp_path.glob("*.lexicon")
    file.write_bytes(b"[0, 300]\nnothing")
    assert store.load(known) is None


def test_a_changed_document_is_aligned_once_with_the_lexicon_of_the_book(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    lexicons = workbench.project.work / "lexicon"
    assert [file.name for file in lexicons.iterdir()] == ["en-es.default.lexicon"]
    file = workbench.file("es", LAMP)
    file.write_text(file.read_text(encoding="utf-8").replace("una luz", "mucha luz"), encoding="utf-8")
    steps: list[int] = []
    before = dict(everything(workbench))[LAMP]
    summary = align(workbench, workbench.pipeline(), progress=lambda _done, all_, _name: steps.append(all_))
    assert [done.document for done in summary.aligned] == [LAMP]
    assert steps[-1] == 1
    after = dict(everything(workbench))[LAMP]
    assert of(after, "mucha luz").source == of(before, "warm light").source
    assert {bead.id for bead in before if bead not in after} == {of(before, "warm light").id}


def test_the_first_document_of_a_book_is_looked_at_twice(tmp_path: Path) -> None:
    steps: list[int] = []
    with Workbench.open(make_project(tmp_path / "new")) as workbench:
        for path in (LAMP, GARDEN):
            align(
                workbench,
                workbench.pipeline(),
                [path],
                progress=lambda _done, all_, _name: steps.append(all_),
            )
    assert steps == [2, 2, 2, 1, 1]


def test_both_modes_find_the_pairs_of_an_easy_book(aligned: Path, tmp_path: Path) -> None:
    with Workbench.open(make_project(tmp_path / "quick")) as quick, Workbench.open(aligned) as thorough:
        steps: list[int] = []
        align(quick, quick.pipeline(), mode="quick", progress=lambda _done, all_, _name: steps.append(all_))
        assert steps[-1] == 2
        for (_, one), (_, other) in zip(everything(quick), everything(thorough), strict=True):
            assert [(bead.source, bead.target) for bead in one] == [(b.source, b.target) for b in other]


def test_other_processes_give_the_same_beads(aligned: Path, tmp_path: Path) -> None:
    with Workbench.open(make_project(tmp_path / "jobs")) as workbench, Workbench.open(aligned) as here:
        with workers(2) as executor:
            align(workbench, workbench.pipeline(), threads=1, executor=executor)
        assert everything(workbench) == everything(here)


def test_processes_end_with_the_work_that_is_broken_off() -> None:
    tasks: list[Future[None]] = []

    def broken_off() -> None:
        with workers(2) as executor:
            assert executor is not None
            tasks.append(executor.submit(time.sleep, 60))
            while not tasks[0].running():
                time.sleep(0.01)
            raise Cancelled("enough")

    started = time.monotonic()
    with pytest.raises(Cancelled):
        broken_off()
    assert tasks[0].done()
    assert time.monotonic() - started < 30


def test_no_processes_and_no_cluster() -> None:
    with workers() as executor:
        assert executor is None
    with pytest.raises(AmtsError, match="--jobs 1"), workers(0):
        pass


def test_aligning_again_goes_around_pins_and_can_be_undone(workbench: Workbench) -> None:
    lamp = editor(workbench)
    warm, nobody = of(lamp.beads, "warm light"), of(lamp.beads, "Nobody")
    lamp.swap(warm.id, nobody.id)
    lamp.undo()
    wrong = lamp.merge(warm.id, nobody.id)
    lamp.confirm([lamp.beads[wrong.first].id], off=True)
    garden = everything(workbench)[0]
    realigner = Realigner(workbench, workbench.pipeline())
    done = realigner.realign(LAMP)
    assert done.kept == 0
    lamp.reload()
    assert of(lamp.beads, "warm light") != of(lamp.beads, "Nobody")
    lamp.undo()
    assert of(lamp.beads, "warm light") == of(lamp.beads, "Nobody")
    lamp.pin([of(lamp.beads, "Nobody").id])
    assert realigner.realign(LAMP).kept == 1
    lamp.reload()
    assert of(lamp.beads, "warm light") == of(lamp.beads, "Nobody")
    assert everything(workbench)[0] == garden


def test_aligning_again_can_be_stopped(workbench: Workbench) -> None:
    before = everything(workbench)
    with pytest.raises(Cancelled):
        Realigner(workbench, workbench.pipeline()).realign(LAMP, cancelled=lambda: True)
    assert everything(workbench) == before
