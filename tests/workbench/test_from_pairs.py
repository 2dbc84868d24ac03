"""Projects made of pairs that are aligned already."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from amts_tui.corpus.model import Origin, Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import FileFormat, Form, Granularity, Pair
from amts_tui.exchange.readers import read_pairs
from amts_tui.exchange.write import write_pairs
from amts_tui.workbench.aligning import align
from amts_tui.workbench.exporting import ExportRequest, export
from amts_tui.workbench.from_pairs import create_from_pairs
from amts_tui.workbench.session import Workbench

CH = "part/lamp.md"
PAIRS = [
    Pair(
        "b1",
        CH,
        "The *lamp* has $A = 1$. It works.",
        "La *lámpara* tiene $A = 1$. Funciona.",
        Status.CONFIRMED,
    ),
    Pair("b2", CH, "It works.", "Funciona.", Status.EDITED),
    Pair("b3", "part/garden.md", "It works.", "Anda.", Status.AUTO, 0.4),
    Pair(
        "b4", "part/garden.md", "Trees (`x`) grow.", "Crecen árboles (`x`).", Status.AUTO, 0.9, Origin.MACHINE
    ),
]


@pytest.fixture
def tmx(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tmx"
    write_pairs(
        path, PAIRS, file_format=FileFormat.TMX, source_lang="en", target_lang="es", form=Form.EXCHANGE
    )
    return path


def exported(project: Path, granularity: Granularity) -> list[tuple[str, str]]:
    path = project / "out.tmx"
    with Workbench.open(project) as workbench:
        export(workbench, workbench.pipeline(), ExportRequest(path, FileFormat.TMX, granularity=granularity))
    return [(pair.source, pair.target) for pair in read_pairs(path, source_lang="en", target_lang="es")]


def texts(*pairs: Pair) -> list[tuple[str, str]]:
    return [(pair.source, pair.target) for pair in pairs]


def test_pairs_become_books_with_a_bead_for_each(tmp_path: Path, tmx: Path) -> None:
    project = tmp_path / "project"
    made = create_from_pairs(project, "en", ["es"], [str(tmx)])
    assert (made.documents, made.pairs, made.confirmed, made.unsettled) == ({"en": 2, "es": 2}, 4, 1, 2)
    assert (project / "en" / CH).read_text("utf-8") == f"{PAIRS[0].source}\n\n{PAIRS[1].source}\n"
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        assert {state.state for state in workbench.documents(pipeline)} == {"aligned"}
        beads = workbench.beads(pipeline, CH)
        assert [(bead.shape, bead.status) for bead in beads] == [
            ("2:2", Status.CONFIRMED),
            ("1:1", Status.EDITED),
        ]
        others = workbench.beads(pipeline, "part/garden.md")
        assert [(bead.status, bead.confidence) for bead in others] == [(Status.AUTO, 0.4), (Status.AUTO, 0.9)]
        assert [bead.target[0].origin for bead in others] == [Origin.HUMAN, Origin.MACHINE]
        assert align(workbench, pipeline, similarity="lexical").up_to_date == 2
    expected = texts(PAIRS[2], PAIRS[3], PAIRS[0], PAIRS[1])
    assert exported(project, Granularity.PARAGRAPH) == expected
    assert exported(project, Granularity.SENTENCE) == expected


def test_what_people_settled_survives_a_fresh_clone(tmp_path: Path, tmx: Path) -> None:
    project = tmp_path / "project"
    create_from_pairs(project, "en", ["es"], [str(tmx)], confirmed=True)
    shutil.rmtree(project / ".amts")
    with Workbench.open(project) as workbench:
        align(workbench, workbench.pipeline(), similarity="lexical", again=True)
        beads = workbench.beads(workbench.pipeline(), CH)
        assert [(bead.shape, bead.status) for bead in beads] == [
            ("2:2", Status.CONFIRMED),
            ("1:1", Status.CONFIRMED),
        ]


def test_untranslated_and_unwritable_pairs(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        "en\tes\tdocument\nOne.\tUno.\ta\nTwo.\t\ta\n12\t12\ta\n\tTres.\ta\nFour.\t\tb\n", encoding="utf-8"
    )
    project = tmp_path / "project"
    made = create_from_pairs(project, "en", ["es"], [str(tmp_path / "a.tsv")])
    assert (made.documents, made.pairs) == ({"en": 2, "es": 1}, 1)
    assert made.left_out == {"there is no text to translate in it": 2}
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        assert [(state.path, state.state) for state in workbench.documents(pipeline)] == [
            ("a.md", "aligned"),
            ("b.md", "no target"),
        ]
        assert [bead.shape for bead in workbench.beads(pipeline, "a.md")] == ["1:1", "1:0"]


def test_what_cannot_be_done_leaves_nothing_behind(tmp_path: Path, tmx: Path) -> None:
    project = tmp_path / "project"
    for targets, sources, words in [
        (["es", "zh"], [str(tmx)], "pairs make a project with one target"),
        (["es"], [str(tmp_path / "none.tmx")], "no such file or folder"),
        (["zh"], [str(tmx)], "no pairs for en and zh"),
        (["English"], [str(tmx)], "not a language code"),
        ([], [str(tmx)], "needs a target"),
    ]:
        with pytest.raises(AmtsError, match=words):
            create_from_pairs(project, "en", targets, sources)
        assert not project.exists()
    (project / "es").mkdir(parents=True)
    with pytest.raises(AmtsError, match="this is where the book would be written, and it exists"):
        create_from_pairs(project, "en", ["es"], [str(tmx)])
    (tmp_path / "empty.tsv").write_text("en\tes\n12\t12\n", encoding="utf-8")
    with pytest.raises(AmtsError, match="with text on both sides"):
        create_from_pairs(tmp_path / "other", "en", ["es"], [str(tmp_path / "empty.tsv")])
