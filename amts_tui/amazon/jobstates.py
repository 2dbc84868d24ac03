"""The states of batch jobs and of parallel data."""

from enum import StrEnum
from typing import Final


class JobStatus(StrEnum):
    """`JobStatus` of a text translation job."""

    SUBMITTED = "SUBMITTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    COMPLETED_WITH_ERROR = "COMPLETED_WITH_ERROR"
    FAILED = "FAILED"
    STOP_REQUESTED = "STOP_REQUESTED"
    STOPPED = "STOPPED"


class ParallelDataStatus(StrEnum):
    """`Status` and `LatestUpdateAttemptStatus` of parallel data."""

    CREATING = "CREATING"
    UPDATING = "UPDATING"
    ACTIVE = "ACTIVE"
    DELETING = "DELETING"
    FAILED = "FAILED"


TERMINAL_JOB_STATES: Final = frozenset(
    {JobStatus.COMPLETED, JobStatus.COMPLETED_WITH_ERROR, JobStatus.FAILED, JobStatus.STOPPED}
)
"""States that a job never leaves."""

JOB_STATES_WITH_OUTPUT: Final = frozenset({JobStatus.COMPLETED, JobStatus.COMPLETED_WITH_ERROR})
"""Terminal states with translated documents in the bucket."""

TERMINAL_PARALLEL_DATA_STATES: Final = frozenset({ParallelDataStatus.ACTIVE, ParallelDataStatus.FAILED})
"""States in which an import has ended, well or badly."""


def is_terminal(status: str) -> bool:
    """Whether a job in this state will not change any more; an unknown state is taken as still running."""
    return status in TERMINAL_JOB_STATES


def import_state(status: str, latest_update_attempt: str | None) -> str:
    """The state of the last import: of the latest update attempt, if there was one, else of the creation.

    While an update runs, `Status` keeps its old value, so it must not be polled then.
    """
    return latest_update_attempt or status
