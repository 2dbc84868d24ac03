"""Batch jobs from plan to run, against the local endpoint."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError

from amts_tui.books.model import Document
from amts_tui.corpus import runs
from amts_tui.errors import AmtsError, Cancelled
from amts_tui.translation import jobs, parallel_data, records, storage
from amts_tui.translation.fetching import fetch, read_details
from amts_tui.translation.planning import JobOptions, JobPlan, plan
from amts_tui.translation.session import Session
from tests.translation.texts import PENDULUM, SPRINGS, document

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def planned(session: Session, documents: list[Document], targets: tuple[str, ...] = ("es",)) -> JobPlan:
    return plan(session, documents, targets, JobOptions(), translator="test", now=NOW, token=str(uuid4()))


def both() -> list[Document]:
    return [document(SPRINGS, "part one/details/springs.md"), document(PENDULUM, "péndulo.md")]


def test_a_job_makes_a_run_for_each_target(session: Session, tmp_path: Path) -> None:
    made = planned(session, both(), ("es", "zh"))
    seen: list[str] = []
    record = jobs.launch(
        session, made, tmp_path / "jobs", progress=lambda done, total, what: seen.append(what)
    )
    assert record.job_id
    assert seen
    record = jobs.wait(session, record, tmp_path / "jobs")
    assert record.status == "COMPLETED"
    fetched = fetch(session, record, tmp_path / "jobs", tmp_path / "data")
    assert fetched.record.runs == {"es": f"{record.id}-es", "zh": f"{record.id}-zh"}
    assert fetched.record == records.read(tmp_path / "jobs", record.job_id or "")
    assert fetched.record.translated == {"es": made.estimate.characters, "zh": made.estimate.characters}
    assert [run.name for run in runs.list_runs(tmp_path / "data")] == [f"{record.id}-es", f"{record.id}-zh"]
    text = runs.read_document(tmp_path / "data", f"{record.id}-es", "part one/details/springs.md").decode()
    assert "force = -k * x" in text
    assert "$$F = -k x$$" in text
    assert text != SPRINGS
    run = runs.read(tmp_path / "data", f"{record.id}-es")
    assert [one.source_hash for one in run.documents] == [
        runs.data_hash(SPRINGS.encode()),
        runs.data_hash(PENDULUM.encode()),
    ]


def test_the_characters_of_the_estimate_are_those_of_the_endpoint(session: Session, tmp_path: Path) -> None:
    text = (
        "Tab\tand  blanks & <tags> $a<b$ `x & y`, [the *book*](b.md) — naïve 学习.\n"
        "\n$$x$$\n\n* 12 {1}\n* it\n"
    )
    made = planned(session, [document(text)])
    record = jobs.wait(session, jobs.launch(session, made, tmp_path), tmp_path)
    translated = fetch(session, record, tmp_path, tmp_path).record.translated
    assert translated == {"es": made.estimate.characters}


def test_a_start_whose_answer_was_lost_is_not_started_twice(session: Session, tmp_path: Path) -> None:
    started = jobs.launch(session, planned(session, both()), tmp_path)
    lost = replace(started, job_id=None, status=records.STARTING)
    assert jobs.resume(session, lost, tmp_path).job_id == started.job_id
    repeated = jobs.resume(session, replace(lost, status=records.PREPARED), tmp_path)
    assert repeated.job_id == started.job_id
    assert [job.job_id for job in jobs.list_all(session, name=started.id)] == [started.job_id]


def test_what_is_asked_for_is_in_the_record_before(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = planned(session, both())
    start = session.translate.start_text_translation_job

    def cut_off(**request: str) -> None:
        kept = records.read(tmp_path, made.record.id)
        assert (kept.status, kept.token) == (records.STARTING, request["ClientToken"])
        start(**request)
        raise ReadTimeoutError(endpoint_url="http://host")

    with monkeypatch.context() as patched:
        patched.setattr(session.translate, "start_text_translation_job", cut_off)
        with pytest.raises(AmtsError, match="took too long to answer"):
            jobs.launch(session, made, tmp_path)
    kept = records.read(tmp_path, made.record.id)
    assert kept.status == records.STARTING
    resumed = jobs.resume(session, kept, tmp_path)
    assert [job.job_id for job in jobs.list_all(session, name=kept.id)] == [resumed.job_id]


def test_a_job_of_another_region_is_not_looked_for_here(session: Session, tmp_path: Path) -> None:
    elsewhere = replace(planned(session, both()).record, region="eu-west-1")
    with pytest.raises(AmtsError, match=r"is in eu-west-1, .* called in us-west-2"):
        jobs.resume(session, elsewhere, tmp_path)
    with pytest.raises(AmtsError, match=r"is in eu-west-1, .* called in us-west-2"):
        jobs.refresh(session, replace(elsewhere, job_id="0" * 32), tmp_path)


def test_an_interrupted_upload_starts_nothing(session: Session, tmp_path: Path) -> None:
    made = planned(session, both())
    with pytest.raises(Cancelled):
        jobs.launch(session, made, tmp_path, cancelled=lambda: True)
    record = records.read(tmp_path, made.record.id)
    assert record.status == records.PREPARED
    with pytest.raises(AmtsError, match="interrupted; nothing was started"):
        jobs.resume(session, replace(record, folder=f"{record.folder}gone/"), tmp_path)


def test_stray_objects_in_the_input_folder_are_refused(session: Session, tmp_path: Path) -> None:
    made = planned(session, both())
    stray = storage.Upload(made.record.inputs.below("stray.json"), b"{}", "application/json")
    storage.upload_all(session, [stray], lambda done, total, what: None, lambda: False)
    with pytest.raises(AmtsError, match=r"not of this job: stray\.json"):
        jobs.launch(session, made, tmp_path)
    assert not [job for job in jobs.list_all(session) if job.name == made.record.id]


def test_a_job_above_the_limit_is_refused_before_anything_is_sent(session: Session) -> None:
    made = planned(session, both())
    limited = Session(replace(session.settings, max_job_cost_usd=0.001))
    with pytest.raises(AmtsError, match=r"more than max_job_cost_usd = 0\.001"):
        planned(limited, both())
    with pytest.raises(AmtsError, match="max_job_cost_usd"):
        jobs.launch(limited, made, Path("never"))


def test_a_missing_bucket_is_named(session: Session, tmp_path: Path) -> None:
    elsewhere = Session(replace(session.settings, bucket="no-such-bucket-here"))
    with pytest.raises(AmtsError, match=r"bucket no-such-bucket-here does not exist .*amts local --bucket"):
        jobs.launch(elsewhere, planned(elsewhere, both()), tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_a_job_is_said_before_uploading(session: Session) -> None:
    with pytest.raises(AmtsError, match="does not offer the language xx"):
        planned(session, both(), ("xx",))
    with pytest.raises(AmtsError, match="are one language"):
        planned(session, both(), ("zh", "zh-CN"))
    with pytest.raises(AmtsError, match="nothing to translate"):
        planned(session, [document("$$x$$\n")])
    with pytest.raises(AmtsError, match="no documents"):
        planned(session, [])


def test_a_stopped_job_has_nothing_to_fetch(session: Session, tmp_path: Path) -> None:
    record = jobs.launch(session, planned(session, both()), tmp_path)
    assert jobs.stop(session, record.job_id or "") in ("STOP_REQUESTED", "STOPPED")
    record = jobs.wait(session, record, tmp_path)
    assert record.status == "STOPPED"
    with pytest.raises(AmtsError, match=r"is STOPPED: .*only a completed job"):
        fetch(session, record, tmp_path, tmp_path)


def test_failed_documents_are_named_with_the_reason(session: Session, tmp_path: Path) -> None:
    made = planned(session, both())
    record = jobs.launch(session, made, tmp_path)
    address = record.inputs.below(made.record.documents[1].pages[0])
    session.s3.put_object(Bucket=address.bucket, Key=address.key, Body=b"<p>\xff</p>")
    record = jobs.wait(session, record, tmp_path)
    assert record.status == "COMPLETED_WITH_ERROR"
    fetched = fetch(session, record, tmp_path, tmp_path)
    assert fetched.record.failed_documents == ("péndulo.md",)
    assert "Invalid utf-8" in fetched.record.failures[0].reason
    assert [one.path for one in fetched.runs[0].documents] == ["part one/details/springs.md"]


def test_a_job_with_parallel_data_uses_it_and_says_so(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text("en,es\nA dog sees the cat.,El can divisa al minino.\n", encoding="utf-8")
    wanted = parallel_data.upload(session, "dogs", file, "CSV", str(uuid4()))
    parallel_data.begin(session, wanted)
    parallel_data.wait(session, "dogs")
    options = JobOptions(parallel_data="dogs", held_out=("springs.md",))
    made = plan(session, [document(SPRINGS)], ["es"], options, translator="test", now=NOW, token=str(uuid4()))
    assert made.estimate.rate == 60
    record = jobs.wait(session, jobs.launch(session, made, tmp_path), tmp_path)
    assert jobs.describe(session, record.job_id or "").parallel_data == ("dogs",)
    run = fetch(session, record, tmp_path, tmp_path).runs[0]
    assert (run.parallel_data, run.held_out) == ("dogs", ("springs.md",))
    assert run.cost_usd == str(Decimal(60) * made.estimate.characters / 1_000_000)
    assert "El can divisa al minino." in runs.read_document(tmp_path, run.name, "springs.md").decode()
    with pytest.raises(AmtsError, match="dogs has no translations into zh"):
        jobs.launch(session, replace(made, estimate=replace(made.estimate, targets=("zh",))), tmp_path)


def test_waiting_survives_a_lost_network(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = jobs.launch(session, planned(session, both()), tmp_path)
    describe = session.translate.describe_text_translation_job
    lost = [
        EndpointConnectionError(endpoint_url="http://host"),
        ConnectTimeoutError(endpoint_url="http://host"),
    ]

    def unsteady(**request: str) -> object:
        if lost:
            raise lost.pop()
        return describe(**request)

    monkeypatch.setattr(session.translate, "describe_text_translation_job", unsteady)
    told: list[str] = []
    record = jobs.wait(session, record, tmp_path, on_status=lambda _, trouble: told.append(trouble))
    assert record.status == "COMPLETED"
    assert "does not answer" in told[0]
    assert "cannot be reached" in told[1]
    assert told[-1] == ""


def test_a_refused_start_is_in_the_record_and_can_be_repeated(session: Session, tmp_path: Path) -> None:
    made = planned(session, both())
    record = jobs.launch(session, made, tmp_path)
    refused = replace(record, id=f"{record.id}-2", token=str(uuid4()), terminology="none-such", job_id=None)
    with pytest.raises(AmtsError, match="it does not exist"):
        jobs.resume(session, refused, tmp_path)
    kept = records.read(tmp_path, refused.id)
    assert (kept.status, kept.job_id) == (records.REFUSED, None)
    assert "none-such" in kept.message
    assert jobs.resume(session, replace(kept, terminology=None), tmp_path).job_id


def test_details_are_read_by_name_wherever_the_file_lies() -> None:
    text = (
        '{"targetLanguageCode": "es", "charactersTranslated": "12", "details": ['
        '{"sourceFile": "x/a.html", "targetFile": "x/es.a.html", "auxiliaryData": {}},'
        '{"sourceFile": "b.html", "auxiliaryData": {"error": {"errorCode": "E", "errorMessage": "bad"}}}]}'
    )
    details = read_details(text, "details.json")
    assert (details.objects, details.errors) == ({"a.html": "x/es.a.html"}, {"b.html": "E: bad"})
    with pytest.raises(AmtsError, match="not a details file"):
        read_details("{}", "details.json")
