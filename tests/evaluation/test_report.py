from __future__ import annotations

import json
from pathlib import Path

import pytest

from amts_tui.evaluation.metrics import MetricName, Scorer
from amts_tui.evaluation.report import By, evaluate, write_segments
from amts_tui.evaluation.units import ScoredDocument, ScoredSegment


def scored(document: str, chapter: str, *texts: tuple[str, str], aligned: bool = False) -> ScoredDocument:
    segments = tuple(
        ScoredSegment(document, chapter, f"source {n}", hypothesis, reference, 2 * n)
        for n, (hypothesis, reference) in enumerate(texts)
    )
    return ScoredDocument(document, chapter, segments, unscored=1, aligned=aligned)


DOCUMENTS = [
    scored("b/1.md", "b", ("el modelo aprende rápido hoy", "el modelo aprende muy rápido hoy")),
    scored("a/1.md", "a", ("una frase igual del todo", "una frase igual del todo"), ("x", "y"), aligned=True),
    scored("b/2.md", "b", ("la pérdida baja poco a poco", "la pérdida baja poco a poco")),
    scored("c/1.md", "c"),
]


def test_the_value_has_the_shape_of_the_command() -> None:
    scorer = Scorer("es", [MetricName.BLEU, MetricName.TER])
    evaluation = evaluate(
        DOCUMENTS, scorer, by=By.CHAPTER, direction="en-es", run="r1", parallel_data=["a/1.md", "z.md"]
    )
    value = json.loads(json.dumps(evaluation.value()))
    assert list(value) == ["run", "direction", "signature", "leaked", "total", "by"]
    assert (value["run"], value["direction"], value["leaked"]) == ("r1", "en-es", ["a/1.md"])
    assert value["signature"] == scorer.signature
    assert list(value["total"]) == ["segments", "bleu", "chrf", "ter"]
    assert value["total"]["segments"] == 4
    assert value["total"]["chrf"] is None
    assert [list(row) for row in value["by"]] == [["name", "segments", "bleu", "chrf", "ter"]] * 2
    assert [(row["name"], row["segments"]) for row in value["by"]] == [("b", 2), ("a", 2)]
    assert (evaluation.aligned, evaluation.unscored) == (("a/1.md",), 4)


def test_a_score_without_a_project_has_no_run() -> None:
    value = evaluate(DOCUMENTS, Scorer("es"), by=By.CHAPTER, direction="en-es").value()
    assert (value["run"], value["leaked"]) == (None, [])


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (By.CHAPTER, ["b", "a"]),
        (By.DOCUMENT, ["b/1.md", "a/1.md", "b/2.md"]),
        (By.SEGMENT, ["b/1.md#1", "a/1.md#1", "a/1.md#3", "b/2.md#1"]),
    ],
)
def test_rows_hold_the_scores_of_their_own_segments(by: By, names: list[str]) -> None:
    scorer = Scorer("es")
    evaluation = evaluate(DOCUMENTS, scorer, by=by, direction="en-es")
    assert [row.name for row in evaluation.by] == names
    assert sum(row.segments for row in evaluation.by) == evaluation.total.segments == 4
    segments = [segment for document in DOCUMENTS for segment in document.segments]
    if by is By.SEGMENT:
        counts = scorer.statistics([s.hypothesis for s in segments], [s.reference for s in segments])
        assert [row.scores for row in evaluation.by] == [scorer.sentence(one) for one in counts]
        return
    for row in evaluation.by:
        own = [s for s in segments if row.name in (s.chapter, s.document)]
        counts = scorer.statistics([s.hypothesis for s in own], [s.reference for s in own])
        assert row.scores == scorer.corpus(counts)


def test_nothing_to_score_has_no_scores() -> None:
    total = evaluate([], Scorer("es"), by=By.CHAPTER, direction="en-es").value()["total"]
    assert total == {"segments": 0, "bleu": None, "chrf": None, "ter": None}


def test_segments_are_written_one_object_a_line(tmp_path: Path) -> None:
    path = tmp_path / "segments.jsonl"
    write_segments(path, [ScoredSegment("a/1.md", "a", "s\u2028 1", "假设", "参考", 3)])
    assert path.read_bytes().count(b"\n") == 1
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "document": "a/1.md",
        "chapter": "a",
        "source": "s\u2028 1",
        "hypothesis": "假设",
        "reference": "参考",
    }
