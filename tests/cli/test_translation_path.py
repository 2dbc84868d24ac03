"""The whole way of a job: parallel data, start, wait, fetch, evaluate; at the local endpoint."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from amts_tui.local_aws.server import ROLE_ARN, LocalEndpoint
from tests.cli.conftest import Call

BUCKET = "amts-cli-tests"
LAMP = "chapter_home/lamp.md"
GARDEN = "chapter_home/garden.md"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[LocalEndpoint]:
    """A local endpoint with a bucket."""
    import boto3

    with LocalEndpoint(speed=1000) as running, pytest.MonkeyPatch.context() as variables:
        for name, value in running.environment().items():
            variables.setenv(name, value)
        boto3.client("s3").create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "us-west-2"}
        )
        yield running


@pytest.fixture
def book(project: Path, endpoint: LocalEndpoint, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, at home in that bucket."""
    for name, value in endpoint.environment().items():
        monkeypatch.setenv(name, value)
    with (project / "amts.toml").open("a", encoding="utf-8") as file:
        file.write(f'bucket = "{BUCKET}"\nrole_arn = "{ROLE_ARN}"\nmax_job_cost_usd = 5\n')
    return project


def without(book: Path, key: str) -> None:
    """Takes a line out of the project file."""
    file = book / "amts.toml"
    lines = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join(line for line in lines if not line.startswith(f"{key} =")), encoding="utf-8")


def run_job(amts: Call, book: Path, *options: str) -> str:
    """Starts a job over the lamp, waits, fetches; returns the name of its run."""
    arguments = ["--target", "es", "--document", LAMP, *options, "--yes", "--json"]
    (started,) = amts("--project", book, "jobs", "start", *arguments).json
    assert set(started) == {"job_id", "targets", "documents", "characters", "estimate_usd"}
    assert (started["targets"], started["documents"]) == (["es"], 1)
    waited = amts("--project", book, "jobs", "wait", started["job_id"], "--json")
    assert (waited.status, waited.json["status"]) == (0, "COMPLETED")
    fetched = amts("--project", book, "jobs", "fetch", started["job_id"], "--json").json
    assert {"job_id", "status", "documents", "errors", "characters", "cost_usd", "runs"} <= fetched.keys()
    (run,) = fetched["runs"]
    assert run["target"] == "es"
    return str(run["run"])


def sacrebleu(segments: list[dict[str, str]], folder: Path) -> dict[str, float]:
    """BLEU, chrF and TER of the segments by sacrebleu's own command."""
    for key in ("hypothesis", "reference"):
        (folder / key).write_text("".join(f"{segment[key]}\n" for segment in segments), encoding="utf-8")
    command = [sys.executable, "-m", "sacrebleu", str(folder / "reference"), "-i", str(folder / "hypothesis")]
    answer = subprocess.run(
        [*command, "-m", "bleu", "chrf", "ter", "-w", "8", "-f", "json"], capture_output=True, check=True
    )
    return {score["name"].lower().removesuffix("2"): score["score"] for score in json.loads(answer.stdout)}


def test_parallel_data_job_run_and_scores(amts: Call, book: Path, tmp_path: Path) -> None:
    made = amts(
        "--project",
        book,
        "parallel-data",
        "create",
        "garden",
        "--target",
        "es",
        "--exclude",
        LAMP,
        "--wait",
        "--json",
    )
    assert made.json == {
        "name": "garden",
        "status": "ACTIVE",
        "pairs": 5,
        "left_out": 0,
        "imported": 5,
        "skipped": 0,
        "failed": 0,
    }
    (listed,) = amts("--project", book, "parallel-data", "list", "--json").json
    assert listed == amts("--project", book, "parallel-data", "show", "garden", "--json").json

    run = run_job(amts, book, "--parallel-data", "garden")
    assert [r["name"] for r in amts("--project", book, "runs", "list", "--json").json] == [run]
    assert LAMP in amts("--project", book, "runs", "show", run).out
    (job,) = amts("--project", book, "jobs", "list", "--json").json
    assert job == amts("--project", book, "jobs", "show", job["job_id"], "--json").json

    outcome = amts(
        "--project", book, "evaluate", run, "--segments-out", tmp_path / "segments.jsonl", "--json"
    )
    value = outcome.json
    assert set(value) == {"run", "direction", "signature", "leaked", "total", "by"}
    assert (value["run"], value["direction"], value["leaked"]) == (run, "en-es", [])
    assert set(value["total"]) == {"segments", "bleu", "chrf", "ter"}
    (chapter,) = value["by"]
    assert chapter == {"name": "chapter_home", **value["total"]}
    lines = (tmp_path / "segments.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    segments = [json.loads(line) for line in lines]
    assert all(
        set(segment) == {"document", "chapter", "source", "hypothesis", "reference"} for segment in segments
    )
    assert len(segments) == value["total"]["segments"]
    theirs = sacrebleu(segments, tmp_path)
    for metric in ("bleu", "chrf", "ter"):
        assert value["total"][metric] == pytest.approx(theirs[metric], abs=1e-6)
    assert value["total"]["chrf"] > 0


def test_a_score_says_when_the_run_has_learned_what_is_scored(amts: Call, book: Path) -> None:
    amts("--project", book, "parallel-data", "create", "everything", "--target", "es", "--wait")
    run = run_job(amts, book, "--parallel-data", "everything")
    outcome = amts("--project", book, "evaluate", run, "--json")
    assert outcome.json["leaked"] == [LAMP]
    assert f"note: leaked: in the run's parallel data: {LAMP}" in outcome.err


def test_gates_give_status_1(amts: Call, book: Path) -> None:
    run = run_job(amts, book)
    assert amts("--project", book, "evaluate", run, "--fail-under", "bleu=0").status == 0
    outcome = amts(
        "--project", book, "evaluate", run, "--fail-under", "chrf=100", "--metric", "chrf", "--json"
    )
    assert outcome.status == 1
    assert outcome.json["total"]["bleu"] is None
    assert "the gate asks for 100" in outcome.err


def test_translate_text_is_a_run_too(amts: Call, book: Path) -> None:
    value = amts("--project", book, "translate", "--document", LAMP, "--target", "es", "--yes", "--json").json
    assert set(value) == {"runs", "characters", "cost_usd"}
    assert value["characters"] > 0
    assert amts("--project", book, "evaluate", value["runs"][0]["run"]).status == 0


def test_a_folder_is_a_run_too(amts: Call, book: Path) -> None:
    assert amts("--project", book, "runs", "add", "human", book / "es", "--target", "es").status == 0
    scored = amts("--project", book, "evaluate", "human", "--json").json
    assert scored["total"]["bleu"] == pytest.approx(100)
    folders = ["--hypothesis", book / "es", "--reference", book / "es", "--source", book / "en"]
    alone = amts("score", *folders, "--target-lang", "es", "--json").json
    assert alone["run"] is None
    assert alone["total"] == scored["total"]


def test_parallel_data_is_updated_and_deleted(amts: Call, refused: Callable[..., str], book: Path) -> None:
    options = ("--project", book, "parallel-data")
    assert "use `amts parallel-data create`" in refused(*options, "update", "ours", "--target", "es")
    amts(*options, "create", "ours", "--target", "es", "--document", LAMP, "--wait")
    assert "use `amts parallel-data update`" in refused(*options, "create", "ours", "--target", "es")
    updated = amts(
        *options, "update", "ours", "--target", "es", "--document", GARDEN, "--wait", "--json"
    ).json
    assert (updated["status"], updated["pairs"]) == ("ACTIVE", 5)
    assert amts(*options, "delete", "ours", "--yes").status == 0


def test_without_consent_nothing_is_started(amts: Call, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    for arguments in (["jobs", "start", "--target", "es"], ["parallel-data", "delete", "x"]):
        outcome = amts("--project", book, *arguments)
        assert (outcome.status, outcome.out) == (2, "")
        assert "add --yes" in outcome.err
    assert amts("--project", book, "jobs", "list", "--json").json == []


@pytest.mark.parametrize(
    ("key", "words"), [("bucket", "no bucket is set"), ("role_arn", "no role for batch jobs is set")]
)
def test_what_the_project_file_lacks_is_named(
    refused: Callable[..., str], book: Path, key: str, words: str
) -> None:
    without(book, key)
    assert words in refused("--project", book, "jobs", "start", "--target", "es", "--yes")


def test_a_region_is_needed(refused: Callable[..., str], book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    monkeypatch.delenv("AWS_REGION")
    assert "no AWS region is set" in refused("--project", book, "parallel-data", "list")


def test_a_bucket_that_does_not_exist(amts: Call, book: Path) -> None:
    file = book / "amts.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(BUCKET, "no-such-bucket"), encoding="utf-8")
    for arguments in (
        ["jobs", "start", "--target", "es", "--yes"],
        ["parallel-data", "create", "x", "--target", "es"],
    ):
        outcome = amts("--project", book, *arguments)
        assert (outcome.status, outcome.out) == (2, "")
        assert "no-such-bucket" in outcome.err
        assert sum(line.startswith("amts: ") for line in outcome.err.split("\n")) == 1


def test_an_endpoint_that_does_not_answer(
    amts: Call, refused: Callable[..., str], book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for service in ("", "_S3", "_TRANSLATE", "_STS", "_IAM"):
        monkeypatch.setenv(f"AWS_ENDPOINT_URL{service}", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for arguments in (["jobs", "start", "--target", "es", "--yes"], ["parallel-data", "list"]):
        assert "127.0.0.1:9/ cannot be reached" in refused("--project", book, *arguments)
    assert amts("--project", book, "jobs", "list", "--json").json == []
    assert len(amts("--project", book, "beads", "--json").json) == 12


def test_names_that_do_not_exist(refused: Callable[..., str], book: Path) -> None:
    for arguments in (
        ["jobs", "show", "x"],
        ["jobs", "wait", "x"],
        ["jobs", "stop", "x"],
        ["jobs", "fetch", "x"],
    ):
        assert "there is no job x" in refused("--project", book, *arguments)
    for arguments in (["runs", "show", "x"], ["evaluate", "x"]):
        assert "there is no run x" in refused("--project", book, *arguments)
    assert "x" in refused("--project", book, "parallel-data", "show", "x")


def test_a_job_that_would_cost_too_much_is_refused(refused: Callable[..., str], book: Path) -> None:
    file = book / "amts.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("usd = 5", "usd = 0.001"), encoding="utf-8")
    assert "max_job_cost_usd" in refused("--project", book, "jobs", "start", "--target", "es", "--yes")


def test_a_job_that_cannot_be_looked_at_does_not_hide_the_others(
    amts: Call, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_job(amts, book)
    arguments = ["--target", "es", "--document", LAMP, "--yes", "--json"]
    amts("--project", book, "jobs", "start", *arguments)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_TRANSLATE"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    listed = amts("--project", book, "jobs", "list", "--json")
    assert listed.status == 2
    assert len(listed.json) == 2
    assert "COMPLETED" in {job["status"] for job in listed.json}
    assert listed.err.count("\n") == 1
