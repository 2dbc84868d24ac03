"""Word documents: their paragraphs as texts, spliced back into the XML inside the zip archive."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.books.docx.story import Story
from amts_tui.books.docx.styles import Styles, read_styles
from amts_tui.books.docx.text import DOCX_TEXT, DocxText
from amts_tui.books.docx.xml import read_xml
from amts_tui.books.format import Fault, Unwritable
from amts_tui.books.zip_parts import read_entries, replace_entries
from amts_tui.errors import AmtsError

__all__ = ["DOCX", "DOCX_TEXT", "Docx", "DocxText"]

_REMEDY = "keep the tags and numbers of the paragraph as they were, and some of its words"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS = "_rels/.rels"
_MAIN = "word/document.xml"
_BESIDE: Final = ("footnotes", "endnotes", "comments", "header", "footer")
_BESIDE_NAME = re.compile(r"(footnotes|endnotes|comments|header|footer)([0-9]{0,6})\.xml")


@dataclass(frozen=True, slots=True)
class Docx:
    """A `.docx` file; its parts are the document itself, its notes, comments, headers and footers."""

    def unpack(self, data: bytes, where: str) -> Sequence[tuple[str, str, str]]:
        """The texts of the files that show something, each under the name of its file."""
        stories = _stories(data, where)
        return [
            (_stem(name), text, DOCX_TEXT.name) for name, story in stories.items() if (text := story.text())
        ]

    def pack(self, data: bytes, texts: Sequence[str], where: str) -> bytes:
        """The document with other lines in its paragraphs: a paragraph whose line differs is built anew, each
        text in the formatting of its tags, and all else stays as it is.

        Raises Unwritable for lines whose items are not those of their paragraphs or that these cannot show,
        and AmtsError for lines that do not fit the paragraphs.
        """
        changed: dict[str, bytes] = {}
        faults: list[Fault] = []
        stories = [
            (name, story, text) for name, story in _stories(data, where).items() if (text := story.text())
        ]
        for number, ((name, story, own), new) in enumerate(zip(stories, texts, strict=True)):
            if new == own:
                continue
            xml, wrong = story.with_text(new)
            faults += [Fault(number, offset, f"{where}/{name}", reason) for offset, reason in wrong]
            if not wrong:
                changed[name] = xml.encode("utf-8", "surrogatepass")
                read_xml(changed[name], f"{where}/{name}")
        if faults:
            raise Unwritable(faults, remedy=_REMEDY)
        return replace_entries(data, changed, where) if changed else data


DOCX: Final = Docx()


def _stories(data: bytes, where: str) -> dict[str, Story]:
    """The files with text of a Word document, in reading order. Raises AmtsError for what is none."""
    if data.startswith(_OLE):
        raise AmtsError(
            "this document is protected by a password, or in the old format of Word",
            where=where,
            remedy="save it as .docx without a password",
        )
    entries = read_entries(data, where)
    main = _main(entries, where)
    folder = main[: -len(_stem(main)) - 4]
    sheet = f"{folder}styles.xml"
    styles = read_styles(read_xml(entries[sheet], f"{where}/{sheet}")) if sheet in entries else Styles()
    sources = {name: read_xml(entries[name], f"{where}/{name}") for name in (main, *_beside(entries, folder))}
    root = next(sources[main].outermost(frozenset({"document"})), None)
    if root is None or root[1]:
        raise AmtsError("this is no Word document", where=where, remedy="check the name of the file")
    return {name: Story(source, styles) for name, source in sources.items()}


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".xml")


def _main(entries: Mapping[str, bytes], where: str) -> str:
    """The name of the file with the document's own text."""
    name = _MAIN
    if _RELATIONS in entries:
        source = read_xml(entries[_RELATIONS], f"{where}/{_RELATIONS}")
        for node, _ in source.outermost(frozenset({"Relationship"})):
            if (source.attribute(node, "Type") or "").endswith("/officeDocument"):
                name = (source.attribute(node, "Target") or "").lstrip("/")
    if name not in entries or not name.endswith(".xml"):
        raise AmtsError(
            f"this is no Word document: it holds no {_MAIN}", where=where, remedy="check the name of the file"
        )
    return name


def _beside(entries: Mapping[str, bytes], folder: str) -> list[str]:
    """The names of the files with notes, comments, headers and footers, in that order."""
    found = []
    for name in entries:
        match = _BESIDE_NAME.fullmatch(name.removeprefix(folder)) if name.startswith(folder) else None
        if match:
            found.append((_BESIDE.index(match[1]), int(match[2] or 0), name))
    return [name for _, _, name in sorted(found)]
