"""What the local endpoint remembers: parallel data, terminologies and jobs, replaced and never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from amts_tui.amazon.jobstates import JobStatus, ParallelDataStatus


@dataclass(frozen=True, slots=True)
class Example:
    """One record of parallel data: a source segment and its translations by language code."""

    source: str
    targets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What reading one parallel data file gave; `failure` says why the whole import failed."""

    source: str = ""
    targets: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    imported: int = 0
    failed: int = 0
    skipped: int = 0
    characters: int = 0
    messages: tuple[tuple[str, str], ...] = ()
    data: bytes = b""
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class ImportAttempt:
    """An import that runs or ran: which file, since when (epoch seconds), and where its error file lies."""

    number: int
    s3_uri: str
    file_format: str
    started: float
    status: ParallelDataStatus
    auxiliary: str | None = None


@dataclass(frozen=True, slots=True)
class ParallelData:
    """A parallel data resource. `result` is the last successful import, the one that jobs use."""

    name: str
    arn: str
    description: str | None
    encryption_key: Mapping[str, str] | None
    status: ParallelDataStatus
    created: float
    updated: float
    creation: ImportAttempt
    update: ImportAttempt | None = None
    result: ImportResult = ImportResult()
    data: str | None = None
    message: str | None = None
    deleted: float | None = None

    @property
    def latest(self) -> ImportAttempt:
        """The import that was begun last."""
        return self.update or self.creation

    @property
    def importing(self) -> bool:
        """Whether an import runs now."""
        return self.latest.status in (ParallelDataStatus.CREATING, ParallelDataStatus.UPDATING)


@dataclass(frozen=True, slots=True)
class Terminology:
    """A custom terminology; `terms` maps a pair of languages to exact source terms and their translations."""

    name: str
    arn: str
    description: str | None
    encryption_key: Mapping[str, str] | None
    file: bytes
    file_format: str
    directionality: str | None
    source: str
    targets: tuple[str, ...]
    terms: Mapping[tuple[str, str], Mapping[str, str]]
    term_count: int
    skipped: int
    created: float
    updated: float


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job's work ended with; the counts are of input documents, `failure` fails the whole job."""

    translated: int = 0
    with_errors: int = 0
    documents: int = 0
    stopped: bool = False
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A text translation job; times are epoch seconds."""

    job_id: str
    name: str | None
    account: str
    status: JobStatus
    submitted: float
    source: str
    targets: tuple[str, ...]
    input_uri: str
    content_type: str
    requested_output_uri: str
    role_arn: str
    parallel_data: tuple[str, ...] = ()
    terminologies: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    output_key: Mapping[str, str] | None = None
    started: float | None = None
    ended: float | None = None
    result: JobResult | None = None
    message: str | None = None

    @property
    def folder_uri(self) -> str:
        """The folder with the translated documents, below the requested output folder."""
        return f"{self.requested_output_uri.rstrip('/')}/{self.account}-TranslateText-{self.job_id}/"


@dataclass(frozen=True, slots=True)
class Replay:
    """The answer that a client token was given, for the request that carried it."""

    request: str
    answer: Mapping[str, object]
    resource: str


Tags = Sequence[Mapping[str, str]]
