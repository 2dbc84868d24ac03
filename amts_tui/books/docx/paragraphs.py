"""Reading the paragraphs of a Word document into atoms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from amts_tui.books.docx.atoms import DEEPEST, Atom, Single, Text, Wrapper, gathered, is_link, words
from amts_tui.books.docx.properties import RunFormat, read_format
from amts_tui.books.docx.xml import Node, Source
from amts_tui.books.words import word_set

_SKIPPED: Final = frozenset({"pPr", "proofErr"})
_AROUND: Final = frozenset({"ins", "moveTo", "smartTag", "customXml", "dir", "bdo"})
_EDGES: Final = word_set(
    "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd permStart permEnd moveFromRangeStart "
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd footnoteRef endnoteRef annotationRef commentReference "
    "fldChar instrText"
)
_PICTURES: Final = frozenset({"drawing", "pict", "object", "mc:AlternateContent"})
_NOTES: Final = frozenset({"footnoteReference", "endnoteReference"})
_CHARACTERS: Final = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
    "lastRenderedPageBreak": "",
}
_TO_BLANKS: Final = {9: " ", 10: " ", 13: " "}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its XML up to its content with the items that are not shown before it, the content, and
    the XML after it.
    """

    lead: str
    content: tuple[Atom, ...]
    tail: str


@dataclass(slots=True)
class ParagraphReader:
    """Reads paragraphs of one file; `code` holds the character styles for code."""

    source: Source
    code: frozenset[str] = frozenset()
    _formats: dict[str, RunFormat] = field(default_factory=dict)
    _depth: int = 0

    def read(self, node: Node) -> Paragraph:
        """The paragraph that an element is, with the edits that the source has in it."""
        text = self.source.text
        atoms = self._scope(node.children)
        properties = node.child("pPr")
        lead = text[node.start : node.inner]
        if properties is not None:
            lead += text[properties.start : properties.end]
        first, last = 0, len(atoms)
        while first < last and _is_edge(atoms[first]):
            first += 1
        while last > first and _is_edge(atoms[last - 1]):
            last -= 1
        lead += "".join(atom.xml for atom in atoms[:first])
        tail = "".join(atom.xml for atom in atoms[last:]) + text[node.close : node.end]
        return Paragraph(lead, tuple(atoms[first:last]), tail)

    def _scope(self, nodes: Iterable[Node]) -> list[Atom]:
        self._depth += 1
        atoms = gathered([atom for node in nodes for atom in self._atoms(node)])
        self._depth -= 1
        return atoms

    def _atoms(self, node: Node) -> Sequence[Atom]:
        if node.name == "r":
            return self._run(node)
        if node.name in _SKIPPED:
            return ()
        return (self._element(node),)

    def _element(self, node: Node) -> Atom:
        source = self.source
        if node.name in ("m:oMath", "m:oMathPara"):
            shown = "".join(source.content(inner) for inner in node.descendants() if inner.name == "m:t")
            return self._single("math", node, shown)
        content = node.child("sdtContent") if node.name == "sdt" else node
        if content is None or content.inner == content.end or self._depth > DEEPEST:
            return self._single("x", node)
        if node.name == "fldSimple" and not is_link(source.attribute(node, "instr") or ""):
            return self._single("field", node, words(self._scope(node.children)))
        if node.name in ("hyperlink", "fldSimple"):
            return self._wrapper("a", node, content)
        if node.name in _AROUND or node.name == "sdt":
            return self._wrapper("w", node, content)
        return self._single("x", node)

    def _single(self, name: str, node: Node, shown: str = "", run: str | None = None) -> Single:
        """An element as an item, in a run of its own if `run` gives the properties of that."""
        source = self.source
        xml = source.cut(node.start, node.end)
        paragraph = next((inner for inner in node.descendants() if inner.name == "p"), None)
        key = source.text[node.start : paragraph.start if paragraph else node.end]
        if run is not None:
            xml = self._alone(run, xml)
        return Single(name, key, xml, shown, node.name in _EDGES, self._mark(node))

    def _wrapper(self, name: str, node: Node, content: Node) -> Wrapper:
        text = self.source.text
        children = content.children
        inner = content.inner
        if children and children[0].name.endswith("Pr"):
            inner = children[0].end
            children = children[1:]
        opening, closing = text[node.start : inner], text[content.close : node.end]
        return Wrapper(name, opening, closing, tuple(self._scope(children)))

    def _run(self, node: Node) -> list[Atom]:
        source = self.source
        properties = node.child("rPr")
        own = source.text[properties.start : properties.end] if properties else ""
        if own not in self._formats:
            self._formats[own] = read_format(source, properties)
        run_format = self._formats[own]
        children = [child for child in node.children if child is not properties]
        if run_format.hidden:
            return [self._single("x", node)]
        if not children:
            return [Text("", run_format, self._alone(own, ""))]
        return [self._piece(child, own, run_format) for child in children]

    def _alone(self, properties: str, content: str) -> str:
        word = self.source.word
        return f"<{word}r>{properties}{content}</{word}r>"

    def _piece(self, node: Node, properties: str, run_format: RunFormat) -> Atom:
        source = self.source
        value = self._characters(node)
        if value is not None:
            xml = self._alone(properties, source.text[node.start : node.end])
            return Text(value, run_format, xml, run_format.style in self.code)
        if node.name in _NOTES:
            return self._single("note", node, run=properties)
        if node.name in _PICTURES and not any(inner.name == "p" for inner in node.descendants()):
            return self._single("image", node, run=properties)
        shown = source.content(node) if node.name == "instrText" else ""
        return self._single("x", node, shown, run=properties)

    def _mark(self, node: Node) -> str:
        """The part that an element plays in a field."""
        if node.name == "instrText":
            return "instruction"
        return self.source.attribute(node, "fldCharType") or "" if node.name == "fldChar" else ""

    def _characters(self, node: Node) -> str | None:
        """The text that an element of a run is; None if it is none."""
        source = self.source
        if node.name == "t":
            value = source.content(node)
            if source.attribute(node, "space") != "preserve":
                value = value.strip(" \t\r\n")
            return value.translate(_TO_BLANKS)
        if node.name == "br" and source.attribute(node, "type") not in (None, "textWrapping"):
            return None
        return _CHARACTERS.get(node.name)


def _is_edge(atom: Atom) -> bool:
    return isinstance(atom, Single) and atom.edge
