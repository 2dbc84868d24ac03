"""The pairs of many files, by the documents that they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from amts_tui.books.layout import passed_over, walk
from amts_tui.books.spellings import distance, language_of
from amts_tui.errors import AmtsError
from amts_tui.exchange.composing import split_name
from amts_tui.exchange.model import PlainPair
from amts_tui.exchange.readers import SUFFIXES, OtherLanguages, moses_files, read_pairs

_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]')
_LONGEST: Final = 100  # characters of a part of a path

Documents = dict[str, list[PlainPair]]


def collect_pairs(sources: Sequence[str], source_lang: str, target_lang: str) -> Documents:
    """The pairs of all files that paths, folders or globs name, by the name of a document of its own for
    each: that which the pairs state, else the file's.

    Files that state other languages are passed over. Raises AmtsError for a path without files of pairs, a
    file that cannot be read, or if there is no pair at all.
    """
    documents: Documents = {}
    taken: set[str] = set()
    others: OtherLanguages | None = None
    for root, file in _files(sources, source_lang, target_lang):
        try:
            pairs = read_pairs(file, source_lang=source_lang, target_lang=target_lang)
        except OtherLanguages as error:
            others = error
            continue
        for stated, of_document in _by_document(pairs).items():
            name = _document_name(stated, file.relative_to(root), (source_lang, target_lang))
            documents[_free(name, taken)] = of_document
    if not documents:
        raise others or AmtsError(
            "no pairs in it",
            where=", ".join(sources),
            remedy=f"name files of {source_lang}-{target_lang} pairs",
        )
    return documents


def _files(sources: Sequence[str], source_lang: str, target_lang: str) -> list[tuple[Path, Path]]:
    """Each file once, with the folder that its name is relative to."""
    found: dict[Path, Path] = {}
    for text in sources:
        named = list(_named(text, source_lang, target_lang))
        if not named:
            raise AmtsError(
                "no file of pairs",
                where=text,
                remedy=f"name files that end in {', '.join(SUFFIXES)}, a folder of them, or Moses files",
            )
        for root, file in named:
            found.setdefault(file, root)
    return [(root, file) for file, root in found.items()]


def _named(text: str, source_lang: str, target_lang: str) -> Iterator[tuple[Path, Path]]:
    path = Path(text)
    moses = moses_files(path, source_lang, target_lang)
    if path.is_dir():
        for name in sorted(walk(path)):
            file = path / name
            beside = file.suffix == f".{source_lang}" and moses_files(file, source_lang, target_lang)
            if beside or (file.suffix.lower() in SUFFIXES and _is_for(name, target_lang)):
                yield path, file
    elif moses:
        yield path.parent, moses[0]
    elif path.exists():
        yield path.parent, path
    elif any(mark in text for mark in "*?["):
        for found in sorted(Path(path.anchor).glob(path.relative_to(path.anchor).as_posix())):
            yield from _named(str(found), source_lang, target_lang)
    else:
        raise AmtsError("no such file or folder", where=text, remedy="correct the path")


def _is_for(name: str, target_lang: str) -> bool:
    """Whether a catalogue lies where those of the target language do: not in the folder, or under the name,
    of another language.
    """
    path = PurePosixPath(name)
    if path.suffix.lower() != ".po":
        return True
    parts = path.parts
    named = parts[parts.index("LC_MESSAGES") - 1] if "LC_MESSAGES" in parts[1:] else path.stem
    return language_of(named) is None or distance(named, target_lang) is not None


def _by_document(pairs: Iterable[PlainPair]) -> Documents:
    found: Documents = {}
    for pair in pairs:
        found.setdefault(pair.document, []).append(pair)
    return found


def _document_name(stated: str, file: Path, langs: tuple[str, str]) -> str:
    """A safe relative path for a document, with the suffix that it states, if any."""
    folder = [part for part in file.parent.parts if part != "LC_MESSAGES" and not _names_one(part, langs)]
    stated = stated.replace("\\", "/")
    if "/" in stated:
        # Where an absolute path leads on another machine tells nothing.
        parts = stated.split("/")[-1:] if re.match(r"/|[A-Za-z]:", stated) else stated.split("/")
    elif stated:
        parts = [*folder, stated]
    else:
        parts = [*folder, "messages" if _names_one(file.stem, langs) else file.stem]
    safe = [_safe(part) for part in parts if part not in ("", ".", "..")]
    return "/".join(safe) or "pairs"


def _names_one(name: str, langs: tuple[str, str]) -> bool:
    return any(distance(name, lang) is not None for lang in langs)


def _safe(part: str) -> str:
    """A part of a path that every system takes and that no listing of documents passes over."""
    stem, suffix = split_name(_UNSAFE.sub("_", part).strip(" "))
    part = stem[:_LONGEST].rstrip(". ") + suffix
    return f"_{part}" if not part or passed_over(part) else part


def _free(name: str, taken: set[str]) -> str:
    """The name, or one with a number if another document has it, whatever the case and suffix; it is added
    to `taken`.
    """
    stem, suffix = split_name(name)
    number = 1
    while (free := stem if number == 1 else f"{stem}-{number}").casefold() in taken:
        number += 1
    taken.add(free.casefold())
    return f"{free}{suffix}"
