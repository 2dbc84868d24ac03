"""XLIFF 1.2 (OASIS, 2008) and 2.0/2.1 (OASIS, 2014 and 2018): bilingual files of translators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from amts_tui.corpus.model import Origin, Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import PlainPair
from amts_tui.exchange.xml import elements, local_name, text_of

if TYPE_CHECKING:
    from lxml import etree

DOUBTFUL: Final = 0.5
"""The confidence of a pair that the file itself calls unfinished."""

_SETTLED: Final = frozenset({"final", "signed-off", "reviewed"})
_MACHINE: Final = frozenset({"mt-suggestion", "leveraged-mt"})
_NATIVE: Final = frozenset({"ph", "it", "bpt", "ept"})

Shown = Callable[["etree._Element"], str]


@dataclass(frozen=True, slots=True)
class BilingualPair:
    """A pair and the languages that its `file` states; an empty code is not stated."""

    pair: PlainPair
    source_lang: str
    target_lang: str


def parse_xliff(data: bytes, where: str) -> Iterator[BilingualPair]:
    """The segments of an XLIFF file, those without a target too; raises AmtsError with `where` and the line
    if it is none.

    Inline codes become what they stand for in the original file where the XLIFF holds that (`ph`, `bpt`,
    `originalData`) or an equivalent text, else they stand as tags: `<x id="1"/>`, `<g id="1">…</g>`.
    """
    for unit in elements(data, where, "trans-unit", "unit", root="xliff"):
        if local_name(unit) == "trans-unit":
            yield from _trans_unit(unit)
        else:
            yield from _unit(unit, where)


def _trans_unit(unit: etree._Element) -> Iterator[BilingualPair]:
    """A unit of 1.2, in one pair or, where it is segmented, in several."""
    file = _ancestor(unit, "file")
    source, target = _child(unit, "source"), _child(unit, "target")
    if source is None:
        return
    status, origin = _status_1(unit, target)
    segmented = _child(unit, "seg-source")
    if segmented is None:
        texts = [(_content(source, _shown_1), "" if target is None else _content(target, _shown_1))]
    else:
        found = {} if target is None else dict(_marked(target))
        texts = [(text, found.get(mid, "")) for mid, text in _marked(segmented)]
    for left, right in texts:
        pair = _pair(left, right, unit.get("id") or "", file.get("original") or "", status, origin)
        yield BilingualPair(pair, file.get("source-language") or "", file.get("target-language") or "")


def _status_1(unit: etree._Element, target: etree._Element | None) -> tuple[Status | None, Origin]:
    state = "" if target is None else target.get("state") or ""
    qualifier = "" if target is None else target.get("state-qualifier") or ""
    origin = Origin.MACHINE if qualifier in _MACHINE else Origin.HUMAN
    if unit.get("approved") == "yes" or state in _SETTLED:
        return Status.CONFIRMED, origin
    unfinished = state == "new" or state.startswith("needs-") or qualifier.startswith("fuzzy")
    return (Status.AUTO if unfinished or origin is Origin.MACHINE else None), origin


def _marked(element: etree._Element) -> Iterator[tuple[str, str]]:
    """The segments in a segmented source or target by their `mid`."""
    for mark in element.iter("{*}mrk"):
        if mark.get("mtype") == "seg":
            yield mark.get("mid") or "", _content(mark, _shown_1)


def _shown_1(element: etree._Element) -> str:
    name = local_name(element)
    if name == "mrk":
        return _content(element, _shown_1)
    if name == "g":
        return f"{_tag(element, closed=False)}{_content(element, _shown_1)}</g>"
    native = text_of(element) if name in _NATIVE else ""
    return native or (element.get("equiv-text") or _tag(element))


def _unit(unit: etree._Element, where: str) -> Iterator[BilingualPair]:
    """A unit of 2.x; what stands in `ignorable` (blanks between segments) is passed over."""
    file, root = _ancestor(unit, "file"), _ancestor(unit, "xliff")

    def shown_data(element: etree._Element) -> str:
        return _code_point(element, where)

    originals = {
        data.get("id") or "": _content(data, shown_data)
        for held in unit.iterchildren("{*}originalData")
        for data in held.iterchildren("{*}data")
    }

    def shown(element: etree._Element) -> str:
        return _shown_2(element, originals, shown, where)

    for segment in unit.iterchildren("{*}segment"):
        source, target = _child(segment, "source"), _child(segment, "target")
        if source is None:
            continue
        name = "/".join(filter(None, (unit.get("id"), segment.get("id"))))
        pair = _pair(
            _content(source, shown),
            "" if target is None else _content(target, shown),
            name,
            file.get("original") or file.get("id") or "",
            _status_2(segment),
            Origin.HUMAN,
        )
        yield BilingualPair(pair, root.get("srcLang") or "", root.get("trgLang") or "")


def _status_2(segment: etree._Element) -> Status | None:
    state = segment.get("state")
    if state in _SETTLED:
        return Status.CONFIRMED
    return Status.AUTO if state == "initial" else None


def _shown_2(element: etree._Element, originals: Mapping[str, str], shown: Shown, where: str) -> str:
    name = local_name(element)
    if name in ("cp", "mrk", "sm", "em"):
        return _code_point(element, where) if name == "cp" else _content(element, shown)
    if name == "pc":
        start = originals.get(element.get("dataRefStart") or "") or element.get("equivStart")
        end = originals.get(element.get("dataRefEnd") or "") or element.get("equivEnd")
        tags = (start or _tag(element, closed=False), end or "</pc>")
        return _content(element, shown).join(tags)
    return originals.get(element.get("dataRef") or "") or element.get("equiv") or _tag(element)


def _code_point(element: etree._Element, where: str) -> str:
    code = element.get("hex") or ""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        raise AmtsError(
            f"no character has the code {code!r}",
            where=f"{where}:{element.sourceline}",
            remedy="export the file again",
        ) from None


def _pair(
    source: str, target: str, name: str, document: str, status: Status | None, origin: Origin
) -> PlainPair:
    confidence = DOUBTFUL if status is Status.AUTO else 1.0
    return PlainPair(source, target, name, document, status, confidence, origin)


def _content(element: etree._Element, shown: Shown) -> str:
    """The text of an element, the elements in it as `shown` has them."""
    parts = [element.text or ""]
    for child in element:
        parts += [shown(child) if local_name(child) else "", child.tail or ""]
    return "".join(parts)


def _tag(element: etree._Element, *, closed: bool = True) -> str:
    name = "startRef" if element.get("id") is None and element.get("startRef") else "id"
    identity = (element.get(name) or "").replace('"', "").replace("<", "").replace(">", "")
    return f'<{local_name(element)} {name}="{identity}"{"/" if closed else ""}>'


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterchildren(f"{{*}}{name}"), None)


def _ancestor(element: etree._Element, name: str) -> etree._Element:
    """The ancestor of a name; the element itself, which lacks what is asked for, in a file without it."""
    return next(element.iterancestors(f"{{*}}{name}"), element)
