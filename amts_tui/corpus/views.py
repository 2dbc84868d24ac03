"""Views: which beads of a document are looked at, under a name."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from amts_tui.corpus.model import SIDES, Bead, Mark, Status
from amts_tui.corpus.searching import Search
from amts_tui.errors import AmtsError

Checked = Callable[[Bead], Collection[str]]
"""What the checks find in a bead, by their names."""


@dataclass(frozen=True, slots=True)
class View:
    """Lets beads through that fit each of its parts; a part that is empty or None lets every bead through.

    `statuses`, `marks` and `checks` fit a bead that has one of them; `below` a confidence under it;
    `neighbours` is how many beads around each are shown dimmed.
    """

    name: str = ""
    statuses: frozenset[Status] = frozenset()
    marks: frozenset[Mark] = frozenset()
    checks: frozenset[str] = frozenset()
    below: float | None = None
    one_sided: bool = False
    noted: bool = False
    search: Search | None = None
    neighbours: int = 1

    @property
    def empty(self) -> bool:
        """Whether it lets everything through."""
        return replace(self, name="", neighbours=0) == View(neighbours=0)

    @property
    def words(self) -> str:
        """What it shows, in words: `auto, confidence below 0.60`."""
        parts = [
            " or ".join(sorted(status.value for status in self.statuses)),
            " or ".join(sorted(mark.value for mark in self.marks)),
            " or ".join(sorted(self.checks)),
            "" if self.below is None else f"confidence below {self.below:.2f}",
            "one side only" if self.one_sided else "",
            "with a note" if self.noted else "",
            "" if self.search is None else _search_words(self.search),
        ]
        return ", ".join(part for part in parts if part) or "all rows"

    def lets(self, bead: Bead, checked: Checked) -> bool:
        """Whether a bead is let through. Raises AmtsError as `Search.finds` does."""
        return (
            (not self.statuses or bead.status in self.statuses)
            and (not self.marks or not self.marks.isdisjoint(bead.marks))
            and (self.below is None or bead.confidence < self.below)
            and not (self.one_sided and bead.paired)
            and (bool(bead.note) or not self.noted)
            and (self.search is None or self.search.finds(bead))
            and (not self.checks or not self.checks.isdisjoint(checked(bead)))
        )

    def value(self) -> dict[str, Any]:
        """As a JSON object, without the parts that let everything through."""
        parts: dict[str, Any] = {
            "statuses": sorted(self.statuses),
            "marks": sorted(self.marks),
            "checks": sorted(self.checks),
            "below": self.below,
            "one_sided": self.one_sided,
            "noted": self.noted,
            "search": None if self.search is None else _search_value(self.search),
        }
        said = {key: part for key, part in parts.items() if part not in (None, (), []) and part is not False}
        return {"name": self.name, **said, "neighbours": self.neighbours}

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> View:
        """From what `value` gives. Raises ValueError, TypeError or KeyError for anything else."""
        below, search = value.get("below"), value.get("search")
        return cls(
            str(value["name"]),
            frozenset(Status(status) for status in value.get("statuses", ())),
            frozenset(Mark(mark) for mark in value.get("marks", ())),
            frozenset(str(check) for check in value.get("checks", ())),
            None if below is None else float(below),
            bool(value.get("one_sided", False)),
            bool(value.get("noted", False)),
            None if search is None else _search_of(search),
            int(value.get("neighbours", 1)),
        )


def _search_words(search: Search) -> str:
    where = "" if search.side is None else f" on the {search.side} side"
    return f"{'/' if search.regex else '“'}{search.text}{'/' if search.regex else '”'}{where}"


def _search_value(search: Search) -> dict[str, Any]:
    return {"text": search.text, "side": search.side, "regex": search.regex}


def _search_of(value: Mapping[str, Any]) -> Search:
    side = next((side for side in SIDES if side == value.get("side")), None)
    return Search(str(value["text"]), side, bool(value.get("regex", False)))


BUILT_IN: tuple[View, ...] = (
    View("not settled", statuses=frozenset({Status.AUTO})),
    View("low confidence", statuses=frozenset({Status.AUTO}), below=0.6),
    View("one-sided", one_sided=True),
    View("flagged", marks=frozenset({Mark.FLAG})),
    View("with a note", noted=True),
    View("changed underneath", marks=frozenset({Mark.STALE})),
    View("edited", statuses=frozenset({Status.EDITED})),
    View("excluded", statuses=frozenset({Status.EXCLUDED})),
)
"""Views that every project has."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """A document seen through a view: the positions that it lets through, and the ids of the beads that are
    shown dimmed beside them or not at all.
    """

    rows: tuple[int, ...]
    dimmed: frozenset[str]
    hidden: frozenset[str]


def sift(
    beads: Sequence[Bead],
    view: View,
    checked: Checked,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> Sifted:
    """Looks at a document through a view. Raises AmtsError if its pattern is not sound, or all of it takes
    longer than `seconds`.
    """
    end = clock() + seconds
    rows: list[int] = []
    for row, bead in enumerate(beads):
        if view.lets(bead, checked):
            rows.append(row)
        if clock() > end:
            raise AmtsError("the filter takes too long", remedy="make its pattern simpler")
    shown = set(rows)
    near = {
        at
        for row in rows
        for at in range(max(row - view.neighbours, 0), min(row + view.neighbours + 1, len(beads)))
    }
    dimmed = frozenset(beads[at].id for at in near - shown)
    hidden = frozenset(bead.id for at, bead in enumerate(beads) if at not in near)
    return Sifted(tuple(rows), dimmed, hidden)
