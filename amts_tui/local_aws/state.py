"""The state of the local endpoint: what each account holds in each region, behind one lock."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.records import Job, ParallelData, Replay, Terminology

T = TypeVar("T")


@dataclass(slots=True)
class Holdings:
    """What one account holds in one region, by name or job id, in the order of creation."""

    account: str
    region: str
    parallel_data: dict[str, ParallelData] = field(default_factory=dict)
    terminologies: dict[str, Terminology] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    replays: dict[tuple[str, str], Replay] = field(default_factory=dict)
    tags: dict[str, dict[str, str]] = field(default_factory=dict)

    def get_parallel_data(self, name: str) -> ParallelData:
        """The resource called `name`; raises ResourceNotFoundException."""
        return _found(self.parallel_data, name, "parallel data")

    def get_terminology(self, name: str) -> Terminology:
        """The terminology called `name`; raises ResourceNotFoundException."""
        return _found(self.terminologies, name, "terminology")

    def get_job(self, job_id: str) -> Job:
        """The job with this id; raises ResourceNotFoundException."""
        return _found(self.jobs, job_id, "text translation job")

    def forget_replays(self, resource: str) -> None:
        """Drop the client tokens of a deleted resource, so that its name can be created again."""
        for key in [key for key, replay in self.replays.items() if replay.resource == resource]:
            del self.replays[key]


def _found(things: Mapping[str, T], name: str, kind: str) -> T:
    if name not in things:
        raise ServiceError("ResourceNotFoundException", f"The {kind} '{name}' was not found.")
    return things[name]


class State:
    """All holdings and stored files; hold `lock` while reading or replacing anything in them."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.holdings: dict[tuple[str, str], Holdings] = {}
        self.files: dict[str, bytes] = {}

    def of(self, account: str, region: str) -> Holdings:
        """The holdings of an account in a region, empty at first."""
        return self.holdings.setdefault((account, region), Holdings(account, region))
