"""Beads as JSON values: one form for the store's columns, the journal and the review files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from amts_tui.books.model import BlockKind, Item, ItemForm, ItemKind
from amts_tui.corpus.doubts import Doubts
from amts_tui.corpus.model import Bead, BeadUnit, Mark, Origin, Status
from amts_tui.corpus.operations import Change

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def dumps(value: object) -> str:
    """Compact JSON with sorted keys, so that equal values are equal text."""
    return _ENCODER.encode(value)


def unit_value(unit: BeadUnit) -> dict[str, Any]:
    """A unit as a JSON object; what is at its default is left out."""
    value: dict[str, Any] = {"key": unit.key, "text": unit.text, "segment": unit.segment}
    if unit.items:
        value["items"] = [[item.number, item.form.value, item.kind.value, item.raw] for item in unit.items]
    if unit.kind is not BlockKind.PARAGRAPH:
        value["kind"] = unit.kind.value
    if unit.origin is not Origin.HUMAN:
        value["origin"] = unit.origin.value
    if unit.in_file is not None:
        value["in_file"] = unit.in_file
    return value


def unit_from(value: Mapping[str, Any]) -> BeadUnit:
    """The unit that `unit_value` described. Raises KeyError, TypeError or ValueError for anything else."""
    return BeadUnit(
        key=str(value["key"]),
        text=str(value["text"]),
        items=tuple(
            Item(int(number), ItemForm(form), ItemKind(kind), str(raw))
            for number, form, kind, raw in value.get("items", ())
        ),
        segment=int(value["segment"]),
        kind=BlockKind(value.get("kind", BlockKind.PARAGRAPH)),
        origin=Origin(value.get("origin", Origin.HUMAN)),
        in_file=value.get("in_file"),
    )


def bead_value(bead: Bead) -> dict[str, Any]:
    """A bead as a JSON object."""
    value: dict[str, Any] = {
        "id": bead.id,
        "status": bead.status.value,
        "source": [unit_value(unit) for unit in bead.source],
        "target": [unit_value(unit) for unit in bead.target],
        "confidence": bead.confidence,
    }
    if bead.marks:
        value["marks"] = sorted(mark.value for mark in bead.marks)
    if bead.note:
        value["note"] = bead.note
    if doubts := bead.doubts.value():
        value["doubts"] = doubts
    return value


def bead_from(value: Mapping[str, Any]) -> Bead:
    """The bead that `bead_value` described. Raises KeyError, TypeError or ValueError for anything else."""
    return Bead(
        id=str(value["id"]),
        source=tuple(unit_from(unit) for unit in value["source"]),
        target=tuple(unit_from(unit) for unit in value["target"]),
        confidence=float(value.get("confidence", 0.0)),
        status=Status(value["status"]),
        marks=frozenset(Mark(mark) for mark in value.get("marks", ())),
        note=str(value.get("note", "")),
        doubts=Doubts.of(value.get("doubts", {})),
    )


def change_value(change: Change) -> dict[str, Any]:
    """A change as a JSON object."""
    return {
        "previous": change.previous,
        "before": [bead_value(bead) for bead in change.before],
        "after": [bead_value(bead) for bead in change.after],
    }


def change_from(value: Mapping[str, Any]) -> Change:
    """The change that `change_value` described."""
    return Change(
        value["previous"],
        tuple(bead_from(bead) for bead in value["before"]),
        tuple(bead_from(bead) for bead in value["after"]),
    )
