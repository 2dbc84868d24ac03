from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.tui.keymap import ACTIONS, clashes
from amts_tui.tui.remapping import PRESETS, USUAL, Keys, config_file, load


def keys(tmp_path: Path, text: str) -> Keys:
    file = tmp_path / "keys.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def of(found: Keys, action_id: str) -> tuple[str, ...]:
    return next(action.keys for action in found.table if action.id == action_id)


def test_without_a_file_the_table_counts(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") is USUAL
    assert USUAL.changed() == {}
    assert config_file().name == "keys.toml"


def test_keys_are_written_as_they_are_shown(tmp_path: Path) -> None:
    found = keys(
        tmp_path,
        '[keys]\n"align.merge_next" = ["Ctrl+Right", "^", "F19"]\nalign.confirm_above = "Shift+z"\n',
    )
    assert of(found, "align.merge_next") == ("ctrl+right", "circumflex_accent", "f19")
    assert of(found, "align.confirm_above") == ("Z",)
    assert found.changed() == {
        "align.merge_next": "ctrl+right,circumflex_accent,f19",
        "align.confirm_above": "Z",
    }
    assert found.first("align.merge_next") == "Ctrl+Right"


def test_two_actions_change_their_keys(tmp_path: Path) -> None:
    found = keys(tmp_path, '[keys]\n"align.merge_next" = ["s", "F4"]\n"align.split" = ["m", "F5"]\n')
    assert (of(found, "align.merge_next"), of(found, "align.split")) == (("s", "f4"), ("m", "f5"))


def test_the_plain_preset_leaves_the_letters_free_and_reaches_everything(tmp_path: Path) -> None:
    found = keys(tmp_path, 'preset = "plain"\n')
    assert not found.counts
    assert of(found, "align.merge_next") == ("f5",)
    letters = [a.id for a in found.table if any(len(key) == 1 and key.isalpha() for key in a.keys)]
    assert letters == [a.id for a in ACTIONS if all(len(key) == 1 and key.isalpha() for key in a.keys)]


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_clashes(preset: str) -> None:
    assert list(clashes(tuple(PRESETS[preset](action) for action in ACTIONS))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[keys]\n"align.merge_next" = "s"\n', ["align.merge_next: s is already the key of align.split"]),
        ('[keys]\n"grid.down" = "/"\n', ["grid.down: / is already the key of align.search"]),
        (
            '[keys]\n"align.murge_next" = "s"\n',
            ["align.murge_next: there is no such action", "align.merge_next?"],
        ),
        ('[keys]\n"align.split" = "Hyper+x"\n', ["align.split: there is no key 'Hyper+x'"]),
        ('[keys]\n"align.split" = "nokey"\n', ["align.split: there is no key 'nokey'"]),
        ('[keys]\n"align.split" = []\n', ["align.split: names no key"]),
        ('[keys]\n"align.split" = [3]\n', ["align.split: there is no key '3'"]),
        ('[keys]\n"align.split" = "Ctrl+i"\n', ["align.split: terminals send Ctrl+i as Tab"]),
        ('preset = "emacs"\n', ["preset: there is no 'emacs'", "vim or plain"]),
        ('presets = "vim"\n', ["unknown setting presets"]),
        ("keys = 3\n", ["keys: must be a table"]),
        ("preset = \n", ["is not TOML"]),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_with_file_and_key(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    with pytest.raises(AmtsError) as caught:
        keys(tmp_path, text)
    line = str(caught.value)
    assert "keys.toml" in line
    assert "\n" not in line
    for word in words:
        assert word in line
