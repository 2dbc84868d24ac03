"""The formatting of runs: what of it counts, and formatting made from other formatting."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from amts_tui.books.docx.xml import Node, Source
from amts_tui.books.words import word_set

_NOISE: Final = word_set(
    "bCs iCs szCs lang noProof webHidden rPrChange kern spacing w snapToGrid ins del moveFrom moveTo"
)
_HINT = re.compile(r"\s[\w.-]+:hint\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_IN_ORDER: Final = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
)
_ORDER: Final = {name: place for place, name in enumerate(_IN_ORDER.split())}
_ELEMENTS: Final = {
    "b": ("b", ""),
    "i": ("i", ""),
    "u": ("u", "single"),
    "sup": ("vertAlign", "superscript"),
    "sub": ("vertAlign", "subscript"),
}
_TOGGLE_OF: Final = {element: toggle for toggle, element in _ELEMENTS.items()}
_ON = frozenset({"", "1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name, its exact XML, and what it means: a toggle's name, else XML without noise, ""
    if it means nothing.
    """

    name: str
    xml: str
    meaning: str
    toggle: bool


@dataclass(frozen=True, slots=True)
class RunFormat:
    """The formatting of a run: what counts of it (`rest`, and `toggles` that have tags), its exact
    properties, the id of its style, and whether the text is hidden.
    """

    rest: frozenset[str] = frozenset()
    toggles: frozenset[str] = frozenset()
    properties: tuple[Property, ...] = field(default=(), compare=False)
    style: str = field(default="", compare=False)
    hidden: bool = field(default=False, compare=False)

    def xml(self, word: str) -> str:
        """The element of run properties; "" if there are none. `word` is the prefix of Word's elements."""
        inner = "".join(one.xml for one in self.properties)
        return f"<{word}rPr>{inner}</{word}rPr>" if inner else ""

    def with_toggles(self, toggles: Iterable[str], word: str) -> RunFormat:
        """The same with exactly these toggles on."""
        wanted = frozenset(toggles)
        if wanted == self.toggles:
            return self
        kept = [one for one in self.properties if not one.toggle]
        for toggle in wanted:
            name, value = _ELEMENTS[toggle]
            attribute = f' {word}val="{value}"' if value else ""
            kept.append(Property(name, f"<{word}{name}{attribute}/>", toggle, True))
        kept.sort(key=lambda one: _ORDER.get(one.name, len(_ORDER)))
        return RunFormat(self.rest, wanted, tuple(kept))

    def limited(self, rest: frozenset[str]) -> RunFormat:
        """The same with no more than what is in `rest`, and no toggles."""
        kept = [one for one in self.properties if not one.toggle and one.meaning in rest]
        return RunFormat(rest, frozenset(), tuple(kept))


def read_format(source: Source, node: Node | None) -> RunFormat:
    """The formatting that an element of run properties says."""
    if node is None:
        return RunFormat()
    properties = tuple(_property(source, child) for child in node.children)
    return RunFormat(
        frozenset(one.meaning for one in properties if one.meaning and not one.toggle),
        frozenset(one.meaning for one in properties if one.toggle),
        properties,
        style=next(
            (source.attribute(child, "val") or "" for child in node.children if child.name == "rStyle"), ""
        ),
        hidden=any(child.name == "vanish" and is_on(source, child) for child in node.children),
    )


def is_on(source: Source, node: Node) -> bool:
    """Whether a property that is on or off is on."""
    return (source.attribute(node, "val") or "") in _ON


def _property(source: Source, node: Node) -> Property:
    xml = source.text[node.start : node.end]
    value = source.attribute(node, "val") or ""
    if node.name in ("b", "i") and is_on(source, node):
        value = ""
    toggle = _TOGGLE_OF.get((node.name, value))
    if toggle:
        return Property(node.name, xml, toggle, True)
    if node.name in _NOISE:
        return Property(node.name, xml, "", False)
    meaning = _HINT.sub("", xml) if node.name == "rFonts" else xml
    return Property(node.name, xml, meaning if "=" in meaning or node.name != "rFonts" else "", False)
