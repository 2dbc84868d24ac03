"""Finding and replacing in the translations: what would become of each bead, and the changes that do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amts_tui.corpus import operations
from amts_tui.corpus.model import Bead, BeadUnit, Status
from amts_tui.corpus.operations import Change
from amts_tui.corpus.overlay import changes_between
from amts_tui.corpus.searching import Search
from amts_tui.errors import AmtsError

if TYPE_CHECKING:
    import regex


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a replacement would make of one target unit (`unit` counts from 0) of a bead.

    `before` and `after` are the texts as in the file; `spans` and `new_spans` what goes and what comes.
    `trouble` says what speaks against it, empty if nothing does: then it is chosen unless a person says
    otherwise. `possible` is whether it can be done at all.
    """

    row: int
    bead: str
    unit: int
    before: str
    after: str
    spans: tuple[tuple[int, int], ...]
    new_spans: tuple[tuple[int, int], ...]
    trouble: str = ""
    possible: bool = True


def replacements(beads: Sequence[Bead], search: Search, by: str, path: str) -> Iterator[Replacement]:
    """The replacements in the target units of a document, whose file is at `path`.

    In a pattern's `by`, `\\1` and `\\g<name>` stand for groups. Raises AmtsError as `Search.spans` does,
    and if `by` names no group of the pattern.
    """
    for row, bead in enumerate(beads):
        for number, unit in enumerate(bead.target):
            before = unit.raw
            if not search.spans(before, "target"):
                continue
            after, spans, new_spans = _replaced(search, before, by)
            if after == before:
                continue
            trouble, possible = _trouble(bead, number, after, path)
            yield Replacement(row, bead.id, number, before, after, spans, new_spans, trouble, possible)


_Spans = tuple[tuple[int, int], ...]


def _replaced(search: Search, text: str, by: str) -> tuple[str, _Spans, _Spans]:
    """The text after replacing, with the spans of what went in the old and of what came in the new."""
    parts: list[str] = []
    new_spans: list[tuple[int, int]] = []
    length = end = 0
    spans: list[tuple[int, int]] = []
    for match in search.matches(text):
        new = _expanded(match, by) if search.regex else by
        kept = text[end : match.start()]
        parts += [kept, new]
        start = length + len(kept)
        length = start + len(new)
        spans.append(match.span())
        new_spans.append((start, length))
        end = match.end()
    return "".join([*parts, text[end:]]), tuple(spans), tuple(new_spans)


def _expanded(match: regex.Match[str], by: str) -> str:
    import regex

    try:
        return match.expand(by)
    except (regex.error, IndexError) as error:
        raise AmtsError(
            f"cannot replace by {by}: {error}", remedy=r"\1 is the first group; \\ a backslash"
        ) from error


def _trouble(bead: Bead, number: int, after: str, path: str) -> tuple[str, bool]:
    """What speaks against a new text, and whether it is possible all the same."""
    try:
        changes = operations.edit_text([bead], bead.id, number, after, path)
    except AmtsError as error:
        return str(error), False
    if bead.status is Status.CONFIRMED:
        return "confirmed", True
    if bead.status is Status.EXCLUDED:
        return "excluded", True
    new = changes[0].after[0].target[number] if changes else bead.target[number]
    return ("" if _items(new) == _items(bead.target[number]) else "changes formulas, code or markup"), True


def _items(unit: BeadUnit) -> Counter[str]:
    return Counter(item.raw for item in unit.items)


def replacing(beads: Sequence[Bead], chosen: Collection[Replacement], path: str) -> list[Change]:
    """The changes that carry chosen replacements out in a document.

    Raises AmtsError if a text is no longer what the replacement says.
    """
    after = list(beads)
    places = {bead.id: place for place, bead in enumerate(after)}
    for one in chosen:
        place = places.get(one.bead)
        bead = None if place is None else after[place]
        if place is None or bead is None or not _still(bead, one):
            raise operations.changed_since()
        for change in operations.edit_text([bead], one.bead, one.unit, one.after, path):
            (after[place],) = change.after
    return changes_between(beads, after)


def _still(bead: Bead, one: Replacement) -> bool:
    return one.unit < len(bead.target) and bead.target[one.unit].raw == one.before
