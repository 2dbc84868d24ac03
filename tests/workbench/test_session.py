"""An open project: states, curation that survives, review files, re-alignment around what people did."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from amts_tui.corpus.model import Origin
from amts_tui.errors import AmtsError, NotFound
from amts_tui.workbench import history
from amts_tui.workbench.aligning import align
from amts_tui.workbench.editing import Editor, editor_of, pipeline_of
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Bead, Mark, Status
from tests.books_of_two import make_aligned, make_project

LAMP = "chapter_home/lamp.md"
GARDEN = "chapter_home/garden.md"


@pytest.fixture(scope="module")
def aligned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_aligned(tmp_path_factory.mktemp("aligned"))


@pytest.fixture
def project(aligned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(aligned, tmp_path / "book"))


def texts(beads: list[Bead]) -> list[tuple[str, str]]:
    return [(" ".join(u.raw for u in b.source), " ".join(u.raw for u in b.target)) for b in beads]


def find(beads: list[Bead], words: str) -> Bead:
    return next(bead for bead in beads if any(words in unit.raw for unit in (*bead.source, *bead.target)))


def test_sentences_find_their_translations(project: Path) -> None:
    with Workbench.open(project) as workbench:
        pairs = texts(workbench.beads(workbench.pipeline(), LAMP))
    assert ("It gives a warm light.", "Da una luz cálida.") in pairs
    assert (
        "We keep the lamp because it still works.",
        "Conservamos la lámpara porque todavía funciona.",
    ) in pairs
    assert not any("light = 7" in side for pair in pairs for side in pair)


def test_the_state_of_a_document_follows_its_files(project: Path) -> None:
    def states() -> dict[str, str]:
        with Workbench.open(project) as workbench:
            return {state.path: state.state for state in workbench.documents(workbench.pipeline())}

    assert states() == {LAMP: "aligned", GARDEN: "aligned"}
    (project / "es" / LAMP).write_text("# La lámpara\n\nOtra cosa.\n", encoding="utf-8")
    (project / "es" / GARDEN).unlink()
    (project / "es" / "chapter_home" / "street.md").write_text("# La calle\n\nLarga.\n", encoding="utf-8")
    assert states() == {LAMP: "changed", GARDEN: "no target", "chapter_home/street.md": "no source"}


def test_opening_changes_nothing_in_the_repository(project: Path) -> None:
    before = sorted(path for path in project.rglob("*") if ".amts" not in path.parts)
    Workbench.open(project).close()
    assert sorted(path for path in project.rglob("*") if ".amts" not in path.parts) == before


def test_curation_survives_without_the_workspace(project: Path) -> None:
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        warm, bought = find(editor.beads, "warm light"), find(editor.beads, "Nobody")
        editor.confirm([warm.id])
        editor.edit_text(bought.id, 0, "Nadie sabe quién la compró.")
        editor.note(bought.id, "see the first edition")
        kept = {bead.id: bead for bead in editor.beads if bead.touched}
    shutil.rmtree(project / ".amts")
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        found = {bead.id: bead for bead in workbench.beads(pipeline, LAMP) if bead.touched}
        assert found.keys() == kept.keys()
        assert found[warm.id].status is Status.CONFIRMED
        assert [u.raw for u in found[bought.id].target] == ["Nadie sabe quién la compró."]
        assert found[bought.id].target[0].in_file == "Nadie recuerda quién la compró."
        assert found[bought.id].note == "see the first edition"
        align(workbench, pipeline)
        after = workbench.beads(pipeline, LAMP)
    assert {bead.id: (bead.status, bead.note) for bead in after if bead.touched} == {
        bead.id: (bead.status, bead.note) for bead in kept.values()
    }
    assert (
        "We keep the lamp because it still works.",
        "Conservamos la lámpara porque todavía funciona.",
    ) in texts(after)


def test_untouched_beads_get_the_same_ids_in_another_clone(project: Path, tmp_path: Path) -> None:
    with Workbench.open(project) as workbench:
        here = [bead.id for bead in workbench.beads(workbench.pipeline(), LAMP)]
    clone = tmp_path / "clone"
    shutil.copytree(project, clone, ignore=shutil.ignore_patterns(".amts"))
    with Workbench.open(clone) as workbench:
        align(workbench, workbench.pipeline())
        assert [bead.id for bead in workbench.beads(workbench.pipeline(), LAMP)] == here


def test_a_new_bead_in_a_clone_gets_no_id_that_a_review_holds(project: Path) -> None:
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        bead = find(editor.beads, "warm light")
        editor.split(bead.id, 0, 1)
        part = next(b for b in editor.beads if b.touched and b.id != bead.id)
    shutil.rmtree(project / ".amts")
    with Workbench.open(project) as workbench:
        new_id = workbench.id_maker(workbench.stored(workbench.pipeline(), LAMP))
        assert new_id(part.source, part.target) != part.id


def test_a_pulled_review_file_is_merged_and_can_be_undone(project: Path) -> None:
    review = project / "amts-data" / "en-es" / f"{LAMP}.jsonl"
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        bead = find(editor.beads, "warm light")
        editor.confirm([bead.id])
    lines = review.read_text(encoding="utf-8").split("\n")
    value = json.loads(lines[1]) | {"note": "from a colleague", "marks": ["flag"]}
    lines[1] = json.dumps(value, ensure_ascii=False)
    review.write_text("\n".join(lines), encoding="utf-8")
    with Workbench.open(project) as workbench:
        pulled = find(workbench.beads(workbench.pipeline(), LAMP), "warm light")
        assert (pulled.note, pulled.marks) == ("from a colleague", frozenset({Mark.FLAG}))
        Editor(workbench, workbench.pipeline(), LAMP).undo()
        assert find(workbench.beads(workbench.pipeline(), LAMP), "warm light").note == ""


def test_a_review_that_is_pulled_while_the_project_is_open_keeps_both_peoples_work(
    project: Path, tmp_path: Path
) -> None:
    review = Path("amts-data") / "en-es" / f"{LAMP}.jsonl"
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.edit_text(find(editor.beads, "warm light").id, 0, "Da luz.")
    colleague = Path(shutil.copytree(project, tmp_path / "colleague"))
    with Workbench.open(colleague) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.edit_text(find(editor.beads, "warm light").id, 0, "Da una luz muy cálida.")
    with Workbench.open(project) as workbench:
        shutil.copy(colleague / review, project / review)
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.note(find(editor.beads, "Nobody").id, "who?")
    with Workbench.open(project) as workbench:
        beads = workbench.beads(workbench.pipeline(), LAMP)
        assert find(beads, "warm light").target[0].raw == "Da una luz muy cálida."
        assert find(beads, "Nobody").note == "who?"


def test_of_two_texts_for_one_sentence_the_other_goes_to_the_memory(project: Path, tmp_path: Path) -> None:
    review = Path("amts-data") / "en-es" / f"{LAMP}.jsonl"
    colleague = Path(shutil.copytree(project, tmp_path / "colleague"))
    with Workbench.open(colleague) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.edit_text(find(editor.beads, "warm light").id, 0, "Da una luz muy cálida.")
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.edit_text(find(editor.beads, "warm light").id, 0, "Da luz.")
        (project / review).parent.mkdir(parents=True)
        shutil.copy(colleague / review, project / review)
    assert "Da luz." in (project / review).read_text(encoding="utf-8")
    memory = (project / "amts-data" / "en-es" / "memory.jsonl").read_text(encoding="utf-8")
    assert "Da una luz muy cálida." in memory


def test_undoing_an_alignment_makes_the_document_due_again(project: Path) -> None:
    source = project / "en" / LAMP
    source.write_text(source.read_text(encoding="utf-8").replace("warm", "very warm"), encoding="utf-8")
    with Workbench.open(project) as workbench:
        align(workbench, workbench.pipeline())
        history.travel(workbench, "undo", LAMP, None)
        assert [done.document for done in align(workbench, workbench.pipeline()).aligned] == [LAMP]
        assert find(workbench.beads(workbench.pipeline(), LAMP), "very warm")


def test_a_book_that_becomes_machine_translation_is_due_and_has_no_human_text_left(project: Path) -> None:
    file = project / "amts.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("# origin", "origin"), encoding="utf-8")
    with Workbench.open(project) as workbench:
        align(workbench, workbench.pipeline())
        beads = workbench.beads(workbench.pipeline(), LAMP)
        assert {unit.origin for bead in beads for unit in bead.target} == {Origin.MACHINE}


def test_a_broken_review_file_is_named_and_left_alone(project: Path) -> None:
    review = project / "amts-data" / "en-es" / f"{LAMP}.jsonl"
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.confirm([editor.beads[0].id])
    review.write_text(review.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")
    broken = review.read_text(encoding="utf-8")
    with Workbench.open(project) as workbench:
        (trouble,) = workbench.troubles.values()
        assert re.search(r"lamp\.md\.jsonl:3: .*unresolved merge", trouble)
        editor = Editor(workbench, workbench.pipeline(), GARDEN)
        editor.confirm([editor.beads[0].id])
        Editor(workbench, workbench.pipeline(), LAMP).undo()
    assert review.read_text(encoding="utf-8") == broken
    assert (project / "amts-data" / "en-es" / f"{GARDEN}.jsonl").exists()


def test_aligning_again_goes_around_what_people_did(project: Path) -> None:
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        editor = Editor(workbench, pipeline, LAMP)
        first, second = editor.beads[1], editor.beads[2]
        editor.merge(first.id, second.id)
        merged = editor.beads[editor.position(first.id)]
        align(workbench, pipeline, again=True)
        again = workbench.beads(pipeline, LAMP)
    assert merged in again
    assert merged.shape == "2:2"


def test_a_changed_file_marks_what_a_person_confirmed_as_stale(project: Path) -> None:
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        bead = find(editor.beads, "warm light")
        editor.confirm([bead.id])
    source = project / "en" / LAMP
    source.write_text(
        source.read_text(encoding="utf-8").replace("a warm light", "a very warm light"), encoding="utf-8"
    )
    with Workbench.open(project) as workbench:
        summary = align(workbench, workbench.pipeline())
        assert [done.document for done in summary.aligned] == [LAMP]
        now = find(workbench.beads(workbench.pipeline(), LAMP), "very warm")
    assert (now.id, now.status, now.marks) == (bead.id, Status.CONFIRMED, frozenset({Mark.STALE}))
    assert [unit.raw for unit in now.target] == ["Da una luz cálida."]


def test_a_confirmed_pair_whose_text_is_gone_stays_in_the_memory(project: Path) -> None:
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.confirm([find(editor.beads, "warm light").id])
    for lang, text in (("en", " It gives a warm light."), ("es", " Da una luz cálida.")):
        path = project / lang / LAMP
        path.write_text(path.read_text(encoding="utf-8").replace(text, ""), encoding="utf-8")
    with Workbench.open(project) as workbench:
        align(workbench, workbench.pipeline())
    memory = (project / "amts-data" / "en-es" / "memory.jsonl").read_text(encoding="utf-8")
    assert "It gives a warm light." in memory
    assert "Da una luz cálida." in memory


def test_a_bad_file_is_listed_and_the_rest_is_finished(tmp_path: Path) -> None:
    project = make_project(tmp_path / "book")
    (project / "es" / LAMP).write_bytes("# Lámpara\n\nDía.\n".encode("latin-1"))
    with Workbench.open(project) as workbench:
        summary = align(workbench, workbench.pipeline())
    assert [done.document for done in summary.aligned] == [GARDEN]
    assert len(summary.failed) == 1
    assert f"{LAMP}:1" in summary.failed[0]


def test_the_reverse_direction_edits_the_same_beads(project: Path) -> None:
    with Workbench.open(project) as workbench:
        forward, reverse = workbench.pipeline("es"), workbench.pipeline("es", reverse=True)
        editor = Editor(workbench, reverse, LAMP)
        bead = find(editor.beads, "warm light")
        assert [unit.raw for unit in bead.source] == ["Da una luz cálida."]
        editor.confirm([bead.id])
        editor.move(bead.id, "down", "source")
        assert editor.beads == workbench.beads(reverse, LAMP)
        assert not find(workbench.beads(forward, LAMP), "warm light").target
        editor.undo()
        assert editor.beads == workbench.beads(reverse, LAMP)


def test_two_editors_do_not_overwrite_each_other(project: Path) -> None:
    with Workbench.open(project) as mine, Workbench.open(project) as yours:
        here = Editor(mine, mine.pipeline(), LAMP)
        there = Editor(yours, yours.pipeline(), LAMP)
        bead = here.beads[1]
        there.merge(bead.id, there.beads[2].id)
        with pytest.raises(AmtsError, match="changed since"):
            here.split(bead.id, 0, 1)
        assert here.reload()
        assert here.beads == there.beads


def test_read_only_changes_nothing(project: Path) -> None:
    with Workbench.open(project, read_only=True) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        with pytest.raises(AmtsError, match="read-only"):
            editor.confirm([editor.beads[0].id])


def test_what_does_not_exist_is_named(project: Path) -> None:
    with Workbench.open(project) as workbench:
        with pytest.raises(NotFound, match="no target fr"):
            workbench.pipeline("fr")
        with pytest.raises(NotFound, match="no bead beef"):
            editor_of(workbench, workbench.pipeline(), "beef")
        with pytest.raises(NotFound, match="no bead beef"):
            pipeline_of(workbench, "beef")
        with pytest.raises(NotFound, match="nope"):
            Editor(workbench, workbench.pipeline(), "nope.md")


def test_a_removed_review_file_gives_the_beads_back(project: Path) -> None:
    review = project / "amts-data" / "en-es" / f"{LAMP}.jsonl"
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.confirm([editor.beads[0].id])
    review.unlink()
    with Workbench.open(project) as workbench:
        assert not any(bead.touched for bead in workbench.beads(workbench.pipeline(), LAMP))
        Editor(workbench, workbench.pipeline(), LAMP).undo()
    assert "confirmed" in review.read_text(encoding="utf-8")


def test_a_review_of_a_document_that_is_gone_does_not_lock_the_project(project: Path, tmp_path: Path) -> None:
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        editor.confirm([editor.beads[0].id])
    clone = tmp_path / "clone"
    shutil.copytree(project, clone, ignore=shutil.ignore_patterns(".amts"))
    (clone / "es" / LAMP).unlink()
    review = clone / "amts-data" / "en-es" / f"{LAMP}.jsonl"
    before = review.read_text(encoding="utf-8")
    with Workbench.open(clone) as workbench:
        assert workbench.troubles == {}
        align(workbench, workbench.pipeline())
    assert review.read_text(encoding="utf-8") == before
    shutil.copy(project / "es" / LAMP, clone / "es" / LAMP)
    with Workbench.open(clone) as workbench:
        align(workbench, workbench.pipeline())
        assert any(bead.touched for bead in workbench.beads(workbench.pipeline(), LAMP))


def test_swapped_beads_survive_an_alignment(project: Path) -> None:
    with Workbench.open(project) as workbench:
        editor = Editor(workbench, workbench.pipeline(), LAMP)
        first, second = editor.beads[1], editor.beads[3]
        editor.swap(first.id, second.id)
        swapped = {bead.id: bead for bead in editor.beads if bead.touched}
        align(workbench, workbench.pipeline(), again=True)
        after = {bead.id: bead for bead in workbench.beads(workbench.pipeline(), LAMP) if bead.touched}
    assert after == swapped


def test_a_change_elsewhere_in_this_process_is_noticed(project: Path) -> None:
    with Workbench.open(project) as workbench:
        here = Editor(workbench, workbench.pipeline(), LAMP)
        there = Editor(workbench, workbench.pipeline(), LAMP)
        there.confirm([there.beads[0].id])
        assert here.reload()
        assert here.beads == there.beads
        assert not there.reload()
