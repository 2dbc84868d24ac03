"""What a project knows of the content of parallel data: whether a score is marked as leaked hangs on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.exchange.model import Written
from amts_tui.local_aws.server import ROLE_ARN, LocalEndpoint
from amts_tui.workbench import jobs, parallel_data
from amts_tui.workbench.aws import connect
from amts_tui.workbench.exporting import ExportRequest, export
from amts_tui.workbench.jobs import JobRequest
from amts_tui.workbench.parallel_data import Wanted
from amts_tui.workbench.session import Pipeline, Workbench
from tests.books_of_two import make_aligned

BUCKET = "amts-parallel-tests"
LAMP = "chapter_home/lamp.md"
GARDEN = "chapter_home/garden.md"


@pytest.fixture
def workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """A project at home at a local endpoint."""
    book = make_aligned(tmp_path / "book")
    with LocalEndpoint(speed=1000, buckets=[BUCKET]) as endpoint:
        for name, value in endpoint.environment().items():
            monkeypatch.setenv(name, value)
        with (book / "amts.toml").open("a", encoding="utf-8") as file:
            file.write(f'bucket = "{BUCKET}"\nrole_arn = "{ROLE_ARN}"\n')
        with Workbench.open(book) as opened:
            yield opened


def held_out(workbench: Workbench) -> set[str]:
    """The documents that a job with the parallel data would take for unseen."""
    planned = jobs.prepare(workbench, JobRequest(("es",), parallel_data="ours"))
    return set(planned.record.held_out) & {LAMP, GARDEN}


def make(workbench: Workbench, document: str) -> None:
    parallel_data.make(workbench, Wanted("ours", workbench.pipeline(), documents=(document,)))
    parallel_data.wait(workbench, "ours")


def test_an_update_replaces_what_was_learned(workbench: Workbench) -> None:
    make(workbench, LAMP)
    assert held_out(workbench) == {GARDEN}
    make(workbench, GARDEN)
    assert held_out(workbench) == {LAMP}


def test_an_update_that_fails_leaves_the_earlier_content_in_use(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(workbench, LAMP)

    def broken(workbench: Workbench, pipeline: Pipeline, request: ExportRequest) -> Written:
        written = export(workbench, pipeline, request)
        request.output.write_text("<tmx/>", encoding="utf-8")
        return written

    with monkeypatch.context() as patch:
        patch.setattr(parallel_data, "export", broken)
        with pytest.raises(AmtsError, match="failed"):
            make(workbench, GARDEN)
    assert held_out(workbench) == set()
    make(workbench, GARDEN)
    assert held_out(workbench) == {LAMP}


def test_of_what_somebody_else_has_put_in_nothing_is_known(workbench: Workbench) -> None:
    make(workbench, LAMP)
    session = connect(workbench)
    session.s3.put_object(Bucket=BUCKET, Key="theirs/pairs.csv", Body=b"en,es\nRain,Lluvia\n")
    session.translate.update_parallel_data(
        Name="ours",
        ParallelDataConfig={"S3Uri": f"s3://{BUCKET}/theirs/pairs.csv", "Format": "CSV"},
        ClientToken=str(uuid.uuid4()),
    )
    parallel_data.wait(workbench, "ours")
    assert held_out(workbench) == set()


def test_parallel_data_that_is_not_there_is_told_before_the_cost(workbench: Workbench) -> None:
    with pytest.raises(AmtsError, match="there is no parallel data ours"):
        jobs.prepare(workbench, JobRequest(("es",), parallel_data="ours"))
