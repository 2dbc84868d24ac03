"""TranslateText for whole documents, as a run."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amts_tui.books.model import Document
from amts_tui.corpus import runs
from amts_tui.corpus.runs import RunKind, RunRecord
from amts_tui.errors import AmtsError, Cancelled
from amts_tui.translation import text
from amts_tui.translation.session import Session
from amts_tui.translation.text import TextOptions
from tests.translation.texts import PENDULUM, SPRINGS, document

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
LONG = document(
    " ".join(f"Sentence {n} has *an item* `x_{n}` and **the dog sees the cat." for n in range(20))
    + "** "
    + "word " * 200
    + "end.\n",
    "long.md",
)


def translated(session: Session, documents: list[Document], data: Path, name: str = "text-es") -> RunRecord:
    return text.translate(
        session, documents, "es", TextOptions(), data=data, name=name, translator="test", now=NOW
    )


def test_documents_become_a_run(session: Session, tmp_path: Path) -> None:
    documents = [document(SPRINGS), document(PENDULUM, "a/pendulum.md")]
    run = translated(session, documents, tmp_path)
    assert run == runs.read(tmp_path, "text-es")
    assert (run.kind, run.parallel_data, [one.path for one in run.documents]) == (
        RunKind.TEXT,
        None,
        ["springs.md", "a/pendulum.md"],
    )
    assert run.characters == text.estimate(documents, "es").characters
    assert not run.problems
    result = runs.read_document(tmp_path, "text-es", "springs.md").decode()
    assert "force = -k * x" in result
    assert "perro" in result


def test_no_request_is_too_long_and_cut_paragraphs_come_back_whole(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "REQUEST_BYTES", 400)
    sent: list[str] = []
    call = session.translate.translate_text

    def recorded(**request: str) -> dict[str, str]:
        sent.append(request["Text"])
        return dict(call(**request))

    monkeypatch.setattr(session.translate, "translate_text", recorded)
    run = translated(session, [LONG, document(PENDULUM, "b.md")], tmp_path)
    assert max(len(one.encode()) for one in sent) <= 400
    assert not [problem for problem in run.problems if problem.refused]
    result = runs.read_document(tmp_path, "text-es", "long.md").decode()
    assert [f"`x_{n}`" in result for n in range(20)] == [True] * 20
    assert result.count("**") == LONG.text.count("**")


def test_what_is_done_is_not_sent_again(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = document(PENDULUM, "1.md"), document(SPRINGS, "2.md")
    paid = translated(session, [first], tmp_path).characters
    both = translated(session, [first, second], tmp_path)
    assert both.characters == paid + text.estimate([second], "es").characters
    monkeypatch.setattr(session.translate, "translate_text", None)
    assert translated(session, [first, second], tmp_path) == both
    with pytest.raises(AmtsError, match="the run text-es is another one"):
        text.translate(
            session, [first], "zh", TextOptions(), data=tmp_path, name="text-es", translator="", now=NOW
        )


def test_a_stopped_translation_keeps_what_was_finished(session: Session, tmp_path: Path) -> None:
    documents = [document(PENDULUM, f"{n}.md") for n in range(3)]
    with pytest.raises(Cancelled):
        text.translate(
            session,
            documents,
            "es",
            TextOptions(),
            data=tmp_path,
            name="half",
            translator="test",
            now=NOW,
            cancelled=lambda: (tmp_path / "runs" / "half" / "run.json").exists(),
        )
    assert [one.path for one in runs.read(tmp_path, "half").documents] == ["0.md"]


def test_the_limit_of_the_project_holds(session: Session, tmp_path: Path) -> None:
    limited = Session(replace(session.settings, max_job_cost_usd=0))
    with pytest.raises(AmtsError, match="max_job_cost_usd"):
        translated(limited, [document(SPRINGS)], tmp_path)
    assert not list(tmp_path.iterdir())
