"""The keymap's actions as bindings of the terminal library."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from amts_tui.tui.keymap import actions, shown


def bindings(context: str) -> list[BindingType]:
    """What a class with the actions of `context` declares as its BINDINGS; `align.merge_next` runs
    `action_merge_next`.
    """
    return [
        Binding(
            ",".join(action.all_keys),
            action.name,
            action.footer or action.description,
            show=bool(action.footer),
            key_display=shown(action.keys[0]),
            tooltip=action.description,
            id=action.id,
        )
        for action in actions(context)
    ]
