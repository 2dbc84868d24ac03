"""The project file `amts.toml` and the places of a project on disk."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from amts_tui.books.formats import SUFFIXES
from amts_tui.books.globs import is_pattern
from amts_tui.books.layout import suffix_of
from amts_tui.books.options import ReadingOptions
from amts_tui.errors import AmtsError
from amts_tui.reading_settings import EXAMPLE, ReadingTable, SentenceTable

FILE_NAME = "amts.toml"
DATA_FOLDER = "amts-data"
WORK_FOLDER = ".amts"


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class ProjectTable(_Table):
    """`[project]`."""

    name: str = ""
    chapter_depth: int = Field(1, ge=1, le=9)


class BookTable(_Table):
    """What `[source]` and each `[targets.LANG]` say about a book."""

    path: str = Field(min_length=1)
    suffix: str = ""
    documents: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @field_validator("documents", "exclude")
    @classmethod
    def _patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            if not is_pattern(pattern):
                raise ValueError(f"{pattern!r} is no pattern over the book's paths, such as 'part/*.md'")
        return value

    @field_validator("documents")
    @classmethod
    def _readable(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in value:
            suffix = suffix_of(pattern)
            if suffix.isascii() and suffix[1:].isalnum() and suffix not in SUFFIXES:
                raise ValueError(f"{pattern!r}: files that can be read end in {', '.join(SUFFIXES)}")
        return value


class SourceTable(BookTable):
    """`[source]`."""

    lang: str


class TargetTable(BookTable):
    """`[targets.LANG]`."""

    origin: Literal["human", "machine"] = "human"


class AwsTable(_Table):
    """`[aws]`; what is not set is left to boto3's own configuration."""

    profile: str | None = None
    region: str | None = None
    bucket: str | None = None
    prefix: str = "amts"
    role_arn: str | None = None
    endpoint_url: str | None = None
    max_job_cost_usd: float | None = Field(None, ge=0)

    @field_validator("endpoint_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            raise ValueError("it is no address such as http://127.0.0.1:4570")
        return value

    @field_validator("prefix")
    @classmethod
    def _plain_prefix(cls, value: str) -> str:
        cleaned = value.strip("/")
        if "details" in cleaned.split("/"):
            raise ValueError("no part of it may be called 'details'")
        return cleaned


class Settings(_Table):
    """A whole `amts.toml`."""

    project: ProjectTable = ProjectTable()
    source: SourceTable
    targets: dict[str, TargetTable] = Field(min_length=1)
    reading: ReadingTable = ReadingTable()
    aws: AwsTable = AwsTable()


@dataclass(frozen=True, slots=True)
class Project:
    """A project that has been read: its settings and where things lie."""

    root: Path
    settings: Settings

    @property
    def name(self) -> str:
        """The book's name, or the folder's."""
        return self.settings.project.name or self.root.name

    @property
    def file(self) -> Path:
        """The project file."""
        return self.root / FILE_NAME

    @property
    def reading(self) -> ReadingOptions:
        """How the documents of the books are read."""
        return self.settings.reading.options()

    @property
    def data(self) -> Path:
        """`amts-data/`: people's work, kept in their repository."""
        return self.root / DATA_FOLDER

    @property
    def work(self) -> Path:
        """`.amts/`: what can be rebuilt."""
        return self.root / WORK_FOLDER

    def book(self, lang: str) -> BookTable:
        """What the project file says about the book in a language."""
        settings = self.settings
        return settings.source if lang == settings.source.lang else settings.targets[lang]


def find(start: Path) -> Path:
    """The folder of the nearest `amts.toml` upwards. Raises AmtsError if there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise AmtsError(
        f"no {FILE_NAME} here or above",
        where=str(start),
        remedy="make one with `amts init`, name the folder with --project, or see `amts demo`",
    )


def load(root: Path) -> Project:
    """Reads the project in a folder. Raises AmtsError naming the line, the key and the remedy."""
    path = root / FILE_NAME
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise AmtsError("no such project file", where=str(path), remedy="run `amts init`") from error
    except UnicodeDecodeError as error:
        raise AmtsError("not UTF-8", where=str(path), remedy="save it as UTF-8") from error
    except OSError as error:
        message = f"cannot read: {error.strerror}"
        raise AmtsError(message, where=str(path), remedy="check its rights") from error
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        raise AmtsError(f"not TOML: {error}", where=where, remedy="mend that line") from error
    try:
        settings = Settings.model_validate(value)
    except ValidationError as error:
        raise _explained(path, text, error) from error
    if settings.source.lang in settings.targets:
        raise AmtsError(
            f"the source language {settings.source.lang} is also a target",
            where=f"{path}:{_line_of(text, ('targets', settings.source.lang))}",
            remedy="remove one of them",
        )
    return Project(root.resolve(), settings)


_TABLES: dict[str, type[BaseModel]] = {
    "": Settings,
    "project": ProjectTable,
    "source": SourceTable,
    "targets": TargetTable,
    "reading": ReadingTable,
    "reading.sentences": SentenceTable,
    "aws": AwsTable,
}


def _explained(path: Path, text: str, error: ValidationError) -> AmtsError:
    first = error.errors(include_url=False)[0]
    keys = tuple(part for part in first["loc"] if isinstance(part, str))
    name = ".".join(keys)
    where = f"{path}:{_line_of(text, keys)}"
    if first["type"] == "extra_forbidden":
        table = _TABLES.get(".".join(keys[:2])) or _TABLES[keys[0] if len(keys) > 1 else ""]
        known = list(table.model_fields)
        near = difflib.get_close_matches(keys[-1], known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known here: {', '.join(known)}"
        return AmtsError(f"unknown key {name}", where=where, remedy=hint)
    if first["type"] == "missing":
        return AmtsError(f"{name} is missing", where=where, remedy=f"add {_example(keys)}")
    message = first["msg"].removeprefix("Value error, ")
    return AmtsError(f"{name} is wrong: {message}", where=where, remedy="correct the value")


def _example(keys: tuple[str, ...]) -> str:
    if keys[0] == "targets" and len(keys) == 1:
        return '[targets.zh] with path = "zh"'
    if keys == ("source",):
        return '[source] with lang = "en" and path = "en"'
    examples = {"lang": 'lang = "en"', "path": 'path = "FOLDER"'}
    return examples.get(keys[-1], keys[-1])


def _line_of(text: str, keys: tuple[str, ...]) -> int:
    """The line of a key, or of the table that it belongs to; 1 if neither is found."""
    lines = text.split("\n")
    table, own = ".".join(keys[:-1]), ".".join(keys)
    best = 1
    current = ""
    for number, line in enumerate(lines, start=1):
        header = re.match(r"\s*\[\s*([^\]]+?)\s*\]", line)
        if header:
            current = header[1].replace('"', "")
            if current in (table, own) or (best == 1 and current.startswith(f"{own}.")):
                best = number
        elif current == table and re.match(rf'\s*"?{re.escape(keys[-1])}"?\s*=', line):
            return number
    return best


def render(name: str, source: SourceTable, targets: dict[str, TargetTable]) -> str:
    """The text of a new project file, commented. JSON strings and lists are TOML too."""
    lines = [
        "# The project of `amts`: which books belong together, and where Amazon Translate is.",
        "",
        "[project]",
        f"name = {_quoted(name)}",
        "# chapter_depth = 1         # which level of folders makes a chapter",
        "",
        "[source]",
        f"lang = {_quoted(source.lang)}",
        *_book_lines(source),
        "",
    ]
    for lang, table in targets.items():
        lines += [f"[targets.{lang}]", *_book_lines(table)]
        lines += ['# origin = "machine"       # raw machine translation: no reference', ""]
    lines += [
        *EXAMPLE.split("\n"),
        "[aws]",
        "# What is not set here comes from your own AWS configuration (profile, region, endpoints).",
        '# profile = "default"',
        '# region = "us-west-2"',
        '# bucket = "my-bucket"',
        '# prefix = "amts"',
        '# role_arn = "arn:aws:iam::123456789012:role/TranslateBatch"',
        "# max_job_cost_usd = 50      # a job that would cost more is refused",
        "",
    ]
    return "\n".join(lines)


def _book_lines(table: BookTable) -> list[str]:
    lines = [f"path = {_quoted(table.path)}"]
    if table.suffix:
        lines.append(f"suffix = {_quoted(table.suffix)}")
    lines += [
        f"{key} = {_quoted(patterns)}"
        for key, patterns in (("documents", table.documents), ("exclude", table.exclude))
        if patterns
    ]
    return lines


def _quoted(value: str | tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False)
