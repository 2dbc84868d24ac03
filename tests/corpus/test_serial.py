from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given

from amts_tui.books.model import BlockKind
from amts_tui.corpus.model import Bead, Origin
from amts_tui.corpus.operations import Change
from amts_tui.corpus.serial import bead_from, bead_value, change_from, change_value, dumps
from tests.corpus.build import documents, units


@given(documents())
def test_beads_and_changes_come_back_equal(beads: list[Bead]) -> None:
    for previous in (None, "x"):
        change = Change(previous, tuple(beads), tuple(reversed(beads)))
        assert change_from(json.loads(dumps(change_value(change)))) == change


def test_all_that_a_unit_can_hold_comes_back() -> None:
    (unit,) = units(["**See** [here](x.md), `a` and :cite:`b`."])
    unit = replace(unit, kind=BlockKind.CAPTION, origin=Origin.MEMORY, in_file="Old *text*.", segment=7)
    bead = Bead("i", (unit,), (), 2 / 3)
    assert bead_from(json.loads(dumps(bead_value(bead)))) == bead


def test_equal_values_are_equal_text() -> None:
    assert dumps({"b": 1, "a": "ü"}) == dumps({"a": "ü", "b": 1}) == '{"a":"ü","b":1}'


@pytest.mark.parametrize("value", [{}, {"id": "x", "status": "none", "source": [], "target": []}])
def test_anything_else_is_refused(value: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        bead_from(value)
