"""Records in files: what is written is read, and what is no record is refused in one line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from amts_tui.corpus.records import RecordFiles
from amts_tui.errors import AmtsError


@dataclass(frozen=True, slots=True)
class Note:
    """A record."""

    text: str
    tags: tuple[str, ...] = ()


NOTES = RecordFiles(Note, "a note")


@pytest.mark.parametrize("note", [Note("é"), Note("a", ("b", "c"))])
def test_what_is_written_is_read(tmp_path: Path, note: Note) -> None:
    file = tmp_path / "folder" / "note.json"
    NOTES.write(file, note)
    assert NOTES.read(file) == note
    assert ("tags" in file.read_text(encoding="utf-8")) == bool(note.tags)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"text": 5}', "not a note: text "),
        ('{"text": "a", "tags": [1]}', "not a note: tags.0 "),
        ("{", "not a note: "),
        (None, "cannot read: No such file"),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(tmp_path: Path, text: str | None, message: str) -> None:
    file = tmp_path / "note.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(AmtsError) as error:
        NOTES.read(file)
    assert str(error.value).startswith(f"{file}: {message}")
    assert "\n" not in str(error.value)
    assert error.value.remedy
