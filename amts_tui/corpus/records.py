"""Records: dataclasses kept as JSON files of their own, written by the program and checked when read."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Record = TypeVar("Record")


class RecordFiles(Generic[Record]):
    """Files with one record each, all of one dataclass, which messages call `name`."""

    def __init__(self, kind: type[Record], name: str) -> None:
        self._kind = kind
        self._name = name

    @cached_property
    def _adapter(self) -> TypeAdapter[Record]:
        from pydantic import TypeAdapter

        return TypeAdapter(self._kind)

    def write(self, file: Path, record: Record) -> None:
        """Writes a record whole or not at all, without the fields that have their defaults."""
        text = self._adapter.dump_json(record, indent=2, exclude_defaults=True).decode()
        write_atomically(file, text + "\n")

    def read(self, file: Path) -> Record:
        """The record in a file. Raises AmtsError if it cannot be read or is damaged."""
        from pydantic import ValidationError

        try:
            return self._adapter.validate_json(file.read_bytes())
        except OSError as error:
            raise AmtsError(
                f"cannot read: {error.strerror}", where=str(file), remedy="check its rights"
            ) from error
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise AmtsError(
                f"not {self._name}: {place} {first['msg']}",
                where=str(file),
                remedy="restore it from the repository",
            ) from error
