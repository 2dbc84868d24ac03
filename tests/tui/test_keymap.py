import os
import unicodedata
from pathlib import Path

import pytest

from amts_tui.tui import keymap
from amts_tui.tui.keymap import ACTIONS, CONTEXTS, INPUT_METHOD_KEYS, MODES, Action

KEYS_FILE = Path(__file__).parents[2] / "docs" / "keys.md"

# Letters do not arrive while an input method composes: these must be within reach all the same.
ESSENTIAL = {action.id for action in ACTIONS if action.context != "scores"} - {
    "log.refresh",
    "grid.half_down",
}


def test_no_key_means_two_things_in_one_mode() -> None:
    assert list(keymap.clashes()) == []


def test_a_clash_is_found() -> None:
    table = (Action("grid.down", ("j",), "Down"), Action("align.push", ("j",), "Push"))
    assert list(keymap.clashes(table)) == [("align", "j", "grid.down", "align.push")]


def test_a_clash_behind_an_input_method_is_found() -> None:
    table = (Action("grid.down", ("slash",), "Down"), Action("align.push", ("ideographic_comma",), "Push"))
    assert len(list(keymap.clashes(table))) == 1


def test_ids_are_unique_and_belong_to_a_known_context() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert {action.context for action in ACTIONS} == set(CONTEXTS)
    assert {context for contexts in MODES.values() for context in contexts} == set(CONTEXTS)


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.id in ESSENTIAL], ids=lambda a: a.id)
def test_every_essential_action_has_a_key_that_is_no_letter(action: Action) -> None:
    assert any(len(key) > 1 or not key.isalpha() for key in action.keys)


def test_no_action_needs_a_key_that_terminals_keep_for_themselves() -> None:
    used = {key for action in ACTIONS for key in action.keys}
    assert used.isdisjoint({"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+c", "ctrl+s"} - {"ctrl+s"})
    assert not any(key.startswith("alt+") for key in used)


def test_input_method_keys_are_names_of_real_characters() -> None:
    for aliases in INPUT_METHOD_KEYS.values():
        for alias in aliases:
            name = alias.upper().replace("_", " ")
            assert unicodedata.lookup(name.replace("HYPHEN MINUS", "HYPHEN-MINUS"))


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("ctrl+down", "Ctrl+Down"),
        ("right_square_bracket", "]"),
        ("f8", "F8"),
        ("m", "m"),
        ("f", "f"),
        ("space", "Space"),
    ],
)
def test_keys_are_shown_as_they_are_typed(key: str, text: str) -> None:
    assert keymap.shown(key) == text


def test_the_key_document_is_current() -> None:
    if os.environ.get("UPDATE_GOLDEN") == "1":
        KEYS_FILE.write_text(keymap.document(), encoding="utf-8")
    assert KEYS_FILE.read_text(encoding="utf-8") == keymap.document(), "run the test with UPDATE_GOLDEN=1"
