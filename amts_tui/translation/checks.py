"""Requests checked against botocore's model before they are sent; botocore itself checks neither maxima nor
patterns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from amts_tui.amazon.languages import normalise_code
from amts_tui.amazon.model import request_problems
from amts_tui.errors import AmtsError

_JOB_NAME_LENGTH: Final = 256
_RESOURCE_NAME_LENGTH: Final = 256


def check_request(operation: str, params: Mapping[str, object]) -> None:
    """Raises AmtsError naming every member of the request that breaks the model."""
    problems = [str(problem) for problem in request_problems(operation, params)]
    if problems:
        raise AmtsError(
            f"the request {operation} is not valid: {'; '.join(problems)}", remedy="correct these values"
        )


def language_code(lang: str) -> str:
    """The service's code of a language of the project. Raises AmtsError if it offers none."""
    code = normalise_code(lang)
    if code is None:
        raise AmtsError(
            f"Amazon Translate does not offer the language {lang}",
            remedy="use one of its codes, such as zh, zh-TW or pt-PT",
        )
    return code


def job_name(title: str) -> str:
    """`title` as a JobName: composed, every character that the service refuses replaced by a space, cut to
    256.
    """
    import regex

    composed = unicodedata.normalize("NFC", title)
    allowed = regex.sub(r"[^\p{L}\p{Z}\p{N}_.:/=+\-%@]", " ", composed)
    return " ".join(allowed.split())[:_JOB_NAME_LENGTH].rstrip()


def resource_name(title: str) -> str:
    """`title` as the name of a resource: ASCII letters, digits and hyphens. Raises AmtsError if nothing is
    left.
    """
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")[:_RESOURCE_NAME_LENGTH].rstrip("-")
    if not name:
        raise AmtsError(f"no name can be made of {title!r}", remedy="use ASCII letters, digits and hyphens")
    return name
