"""The quotas of Amazon Translate. Bytes are UTF-8; characters are code points.

Source: developer guide, "Guidelines and quotas".
"""

from typing import Final

SEGMENT_BYTES: Final = 1_000
"""One segment of parallel data; exactly this many are still accepted."""
TEXT_BYTES: Final = 10_000
"""The text of one TranslateText call."""
REALTIME_DOCUMENT_BYTES: Final = 100_000
"""The document of one TranslateDocument call; also its limit in characters."""

DOCUMENT_CHARACTERS: Final = 1_000_000
"""One document of a batch job."""
DOCUMENT_BYTES: Final = 20 * 1024 * 1024
"""One document of a batch job, markup included."""
DOCUMENT_TEXT_BYTES: Final = 1024 * 1024
"""The translatable text of one document of a batch job."""
JOB_BYTES: Final = 5 * 1024 * 1024 * 1024
JOB_DOCUMENTS: Final = 1_000_000
JOB_TARGETS: Final = 10
"""Target languages of one batch job."""
CONCURRENT_JOBS: Final = 10
"""Batch jobs in progress at one time in an account and region; the others wait as SUBMITTED."""
QUEUED_JOBS: Final = 1_000

PARALLEL_DATA_RESOURCES: Final = 1_000
PARALLEL_DATA_FILE_BYTES: Final = 5 * 1024 * 1024 * 1024
CONCURRENT_IMPORTS: Final = 1
"""Creations or updates of parallel data at one time in an account and region."""
PARALLEL_DATA_NAMES: Final = 1
"""Parallel data resources of one job."""

TERMINOLOGIES: Final = 100
TERMINOLOGY_FILE_BYTES: Final = 10 * 1024 * 1024
TERMINOLOGY_TARGETS: Final = 10
TERM_BYTES: Final = 200
TERMINOLOGY_NAMES: Final = 1
"""Terminologies of one request."""
APPLIED_TERMS: Final = 250
"""Applied terms that a response lists."""

TAGS_PER_RESOURCE: Final = 50
LOCATION_SECONDS: Final = 30 * 60
"""Life of the presigned locations that GetParallelData and GetTerminology return."""
