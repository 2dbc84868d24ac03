"""The keys as a user has them: the table, a preset, and what the user's own file says otherwise.

The file is `keys.toml` in the user's configuration folder for `amts`:

    preset = "plain"

    [keys]
    "align.merge_next" = ["m", "Ctrl+Right"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from amts_tui.tui.keymap import ACTIONS, INPUT_METHOD_KEYS, KEY_SIGNS, MODES, Action, clashes, shown
from amts_tui.workbench.types import AmtsError

FILE_NAME = "keys.toml"

_SAME_TO_TERMINALS = {
    "ctrl+i": "Tab",
    "ctrl+m": "Enter",
    "ctrl+h": "Backspace",
    "ctrl+j": "Enter",
    "ctrl+left_square_bracket": "Esc",
}
_NAMES: Mapping[str, str] = {sign.lower(): name for name, sign in KEY_SIGNS.items()} | {
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
    "ins": "insert",
    "esc": "escape",
    "return": "enter",
}
_FUNCTION_KEY = re.compile(r"f([1-9]|1[0-9]|2[0-4])")
_KNOWN = frozenset(_NAMES.values()) | {alias for aliases in INPUT_METHOD_KEYS.values() for alias in aliases}


def _plain(action: Action) -> Action:
    """The action without keys that are letters, where it has others."""
    others = tuple(key for key in action.keys if not (len(key) == 1 and key.isalpha()))
    return replace(action, keys=others or action.keys)


PRESETS: dict[str, Callable[[Action], Action]] = {"vim": lambda action: action, "plain": _plain}


@dataclass(frozen=True, slots=True)
class Keys:
    """All actions with the keys that count for this user; `counts`: whether digits before a key count."""

    table: tuple[Action, ...] = ACTIONS
    counts: bool = True

    def actions(self, context: str) -> tuple[Action, ...]:
        """The actions of one context, in the table's order."""
        return tuple(action for action in self.table if action.context == context)

    def in_mode(self, mode: str) -> tuple[Action, ...]:
        """All actions that a person can take in a mode."""
        return tuple(action for context in MODES[mode] for action in self.actions(context))

    def first(self, action_id: str) -> str:
        """The key to name in a message, as a reader types it."""
        return next(shown(action.keys[0]) for action in self.table if action.id == action_id)

    def changed(self) -> dict[str, str]:
        """The keys of those actions that have others than in the table, joined by commas."""
        usual = {action.id: action.keys for action in ACTIONS}
        return {a.id: ",".join(a.all_keys) for a in self.table if a.keys != usual[a.id]}


USUAL = Keys()
"""The keys of the table."""


def config_file() -> Path:
    """Where the user's own keys are looked for."""
    from platformdirs import user_config_path

    return user_config_path("amts") / FILE_NAME


def load(file: Path) -> Keys:
    """The keys that a file asks for, the usual ones if there is no such file.

    Raises AmtsError, naming the file and the key, for what cannot be read, an unknown preset, action or key
    name, and two actions on one key.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return USUAL
    except OSError as error:
        raise AmtsError(
            f"cannot read: {error.strerror}", where=str(file), remedy="check its rights"
        ) from error
    except UnicodeDecodeError as error:
        raise AmtsError("is not UTF-8", where=str(file), remedy="save it as UTF-8") from error
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AmtsError(f"is not TOML: {error}", where=str(file), remedy="mend or remove the line") from error
    return _read(value, str(file))


def _read(value: Mapping[str, object], where: str) -> Keys:
    for name in value:
        if name not in ("preset", "keys"):
            raise AmtsError(f"unknown setting {name}", where=where, remedy="it knows preset and [keys]")
    preset = value.get("preset", "vim")
    if not isinstance(preset, str) or preset not in PRESETS:
        raise AmtsError(f"preset: there is no {preset!r}", where=where, remedy=f"say {' or '.join(PRESETS)}")
    wanted = value.get("keys", {})
    if not isinstance(wanted, dict):
        raise AmtsError("keys: must be a table", where=where, remedy='write [keys] and "action" = ["key"]')
    own = {name: _keys(name, keys, where) for name, keys in _flat(wanted)}
    ids = [action.id for action in ACTIONS]
    for name in own:
        if name not in ids:
            near = get_close_matches(name, ids, 1)
            remedy = f"did you mean {near[0]}?" if near else "docs/keys.md lists the ids"
            raise AmtsError(f"{name}: there is no such action", where=where, remedy=remedy)
    table = tuple(
        replace(action, keys=own[action.id]) if action.id in own else PRESETS[preset](action)
        for action in ACTIONS
    )
    for _mode, key, first, second in clashes(table):
        mine, other = (second, first) if second in own else (first, second)
        raise AmtsError(
            f"{mine}: {shown(key)} is already the key of {other}",
            where=where,
            remedy=f"give {other} another key, too, or choose another one",
        )
    return Keys(table, counts=preset == "vim")


def _flat(wanted: Mapping[str, object], prefix: str = "") -> list[tuple[str, object]]:
    """Ids with dots are tables in TOML if they are not quoted: both are understood."""
    found: list[tuple[str, object]] = []
    for name, value in wanted.items():
        found += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [(f"{prefix}{name}", value)]
    return found


def _keys(name: str, value: object, where: str) -> tuple[str, ...]:
    keys: Sequence[object] = [value] if isinstance(value, str) else value if isinstance(value, list) else ()
    if not keys:
        raise AmtsError(f"{name}: names no key", where=where, remedy='write a list such as ["m", "F5"]')
    return tuple(dict.fromkeys(_key(name, key, where) for key in keys))


def _key(name: str, value: object, where: str) -> str:
    """The terminal library's name for a key as people write it. Raises AmtsError."""
    text = str(value)
    *modifiers, last = text.split("+") if len(text) > 1 and not text.endswith("++") else [text]
    if text.endswith("++"):
        modifiers, last = text[:-2].split("+"), "+"
    modifiers = [modifier.lower() for modifier in modifiers]
    known = last if len(last) == 1 and last.isalnum() else _NAMES.get(last.lower(), last.lower())
    if modifiers and len(known) == 1:
        known = known.lower()
    fits = len(known) == 1 or known in _KNOWN or _FUNCTION_KEY.fullmatch(known)
    if not isinstance(value, str) or not fits or not set(modifiers) <= {"ctrl", "shift"}:
        remedy = "write keys as docs/keys.md shows them; Alt is not for every terminal"
        raise AmtsError(f"{name}: there is no key {text!r}", where=where, remedy=remedy)
    if modifiers == ["shift"] and len(known) == 1:
        modifiers, known = [], known.upper()
    key = "+".join([*sorted(modifiers), known])
    if key in _SAME_TO_TERMINALS:
        raise AmtsError(
            f"{name}: terminals send {shown(key)} as {_SAME_TO_TERMINALS[key]}",
            where=where,
            remedy="choose another key",
        )
    return key
