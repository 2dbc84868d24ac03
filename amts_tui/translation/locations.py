"""The files behind the service's presigned locations; these expire, so they are fetched at once and never
kept.
"""

from __future__ import annotations

import http.client
import json
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError, NotFound
from amts_tui.translation.parallel_data import look_up
from amts_tui.translation.session import Session
from amts_tui.translation.troubles import NETWORK, ServiceError

_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class ImportMessage:
    """What the service says of one record of an imported file, such as `Number 12 TU element`."""

    record: str
    message: str


def download_parallel_data(session: Session, name: str, file: Path) -> None:
    """Writes the file that was imported last and well. Raises NotFound if there is none, or AmtsError."""
    location = look_up(session, name).get("DataLocation")
    if location is None:
        raise NotFound(f"no file of the parallel data {name} has been imported", remedy="wait for its import")
    try:
        text = _get(location, f"the parallel data {name}").decode("utf-8")
    except UnicodeDecodeError as error:
        raise AmtsError(
            f"the parallel data {name} is not UTF-8", remedy="update it with an export"
        ) from error
    write_atomically(file, text)


def import_messages(session: Session, name: str) -> Iterator[ImportMessage]:
    """What the service says of the records of the last import, if anything. Raises AmtsError."""
    locations = look_up(session, name)
    updated = locations["ParallelDataProperties"].get("LatestUpdateAttemptStatus") is not None
    member = "LatestUpdateAttemptAuxiliaryDataLocation" if updated else "AuxiliaryDataLocation"
    location = locations.get(member)
    if location is None:
        return
    try:
        messages = json.loads(_get(location, f"the messages of {name}"))["messages"]
        found = [ImportMessage(str(one["content"]), str(one["message"])) for one in messages]
    except (ValueError, KeyError, TypeError) as error:
        raise AmtsError(f"the messages of {name} cannot be read", remedy="look at them in AWS") from error
    yield from found


def _get(location: Mapping[str, str], what: str) -> bytes:
    """The bytes behind a location, whose address holds a signature and so is never shown."""
    url = location["Location"]
    if not url.startswith(("https://", "http://")):
        raise AmtsError(f"{what} has no address on the web", remedy="look at it in AWS")
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as answer:
            data: bytes = answer.read()
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        raise ServiceError(f"cannot download {what}: {reason}", code=NETWORK, remedy="try again") from error
    return data
