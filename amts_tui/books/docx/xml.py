"""XML as text: its elements with their offsets, for those who splice and never serialise."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final
from xml.parsers import expat

from amts_tui.books.decoding import decode
from amts_tui.errors import AmtsError

_DEEPEST = 150
_PREFIXES: Final = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
_REMEDY = "open it in Word or LibreOffice and save it"
_TAG = re.compile(
    r"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"
    r"|(?P<close>/?)(?P<name>[^\s/>!?]+)[^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+>)",
    re.DOTALL,
)
_MARKUP = re.compile(r"<!\[CDATA\[(?P<kept>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|&(?P<name>#?\w+);", re.DOTALL)
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


@dataclass(slots=True)
class Node:
    """An element with its offsets: `[start, inner)` is its first tag, `[close, end)` its last.

    Names of Word's own elements have no prefix, those of formulas `m:`, of compatibility `mc:`, whatever the
    file calls them.
    """

    name: str
    start: int
    inner: int
    close: int
    end: int
    children: list[Node] = field(default_factory=list)

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def descendants(self) -> Iterator[Node]:
        """All elements inside, in order."""
        for child in self.children:
            yield child
            yield from child.descendants()


@dataclass(slots=True)
class Source:
    """The text of an XML file and what its namespaces are called in it; `edits` are stretches with other text
    in their place, in order and without overlap.
    """

    text: str
    prefixes: dict[str, str]
    where: str
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def word(self) -> str:
        """The prefix of Word's own elements, with its colon."""
        return next((f"{name}:" if name else "" for name, known in self.prefixes.items() if not known), "w:")

    def cut(self, start: int, end: int) -> str:
        """The text of a stretch, with the edits in it."""
        pieces = []
        for first, last, text in self.edits[bisect_left(self.edits, (start,)) :]:
            if first >= end:
                break
            pieces += [self.text[start:first], text]
            start = last
        return "".join([*pieces, self.text[start:end]])

    def outermost(self, names: frozenset[str]) -> Iterator[tuple[Node, list[str]]]:
        """Each element of one of the names that is in no other such, whole, with the names of those around
        it. Raises AmtsError if elements are nested too deeply.
        """
        known: dict[str, str] = {}
        path: list[str] = []
        open_nodes: list[Node] = []
        for match in _TAG.finditer(self.text):
            raw = match["name"]
            if raw is None:
                continue
            name = known.get(raw) or known.setdefault(raw, self._known(raw))
            if match["close"]:
                if not open_nodes:
                    path.pop()
                    continue
                node = open_nodes.pop()
                node.close, node.end = match.span()
                if not open_nodes:
                    yield node, path
                continue
            empty = self.text[match.end() - 2] == "/"
            if open_nodes or name in names:
                node = Node(name, match.start(), match.end(), match.end(), match.end())
                if open_nodes:
                    open_nodes[-1].children.append(node)
                if not empty:
                    open_nodes.append(node)
                elif not open_nodes:
                    yield node, path
            elif not empty:
                path.append(name)
            if len(path) + len(open_nodes) > _DEEPEST:
                raise AmtsError("its elements are nested too deeply", where=self.where, remedy=_REMEDY)

    def _known(self, raw: str) -> str:
        prefix, colon, local = raw.rpartition(":")
        return f"{self.prefixes.get(prefix, prefix + colon)}{local}"

    def attribute(self, node: Node, name: str) -> str | None:
        """The value of an attribute by its name without prefix."""
        match = _attribute(name).search(self.text, node.start, node.inner)
        return plain(match[1] if match[1] is not None else match[2]) if match else None

    def content(self, node: Node) -> str:
        """The characters of an element that holds nothing else."""
        return plain(self.text[node.inner : node.close])


@cache
def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf"[\s:]{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def plain(text: str) -> str:
    """The characters that a stretch of XML without elements stands for."""
    return _MARKUP.sub(_character, text) if "&" in text or "<" in text else text


def _character(match: re.Match[str]) -> str:
    name = match["name"]
    if name is None:
        return match["kept"] or ""
    if name.startswith("#"):
        return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    return _ENTITIES.get(name, match[0])


def read_xml(data: bytes, where: str) -> Source:
    """The text of a well-formed XML file in UTF-8. Raises AmtsError that names `where` for any other, and for
    one with a document type, which no Word document has.
    """
    prefixes: dict[str, str] = {}

    def refuse_type(*_: object) -> None:
        raise AmtsError("it holds a document type definition", where=where, remedy="do not trust this file")

    def check_encoding(_version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "us-ascii", "ascii"):
            raise AmtsError(f"it is encoded in {encoding!a}", where=where, remedy=_REMEDY)

    def note_prefix(prefix: str | None, uri: str) -> None:
        if uri in _PREFIXES:
            prefixes.setdefault(prefix or "", _PREFIXES[uri])

    text = decode(data, where=where)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse_type
    parser.XmlDeclHandler = check_encoding
    parser.StartNamespaceDeclHandler = note_prefix
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"its XML is damaged: {expat.ErrorString(error.code)}"
        raise AmtsError(message, where=f"{where}:{error.lineno}", remedy=_REMEDY) from None
    return Source(text, prefixes, where)
