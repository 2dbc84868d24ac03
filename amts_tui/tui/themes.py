"""The looks of the workbench: dark, light, high contrast, and the terminal's own colours."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="amts-dark",
    primary="#3d8fe0",
    secondary="#5aa9a3",
    accent="#ffb454",
    foreground="#e6e6e6",
    background="#111417",
    surface="#1d2229",
    panel="#2a313a",
    success="#5fd38d",
    warning="#ffb454",
    error="#ff7a90",
    dark=True,
    variables={
        "text-success": "#8fe3ad",
        "text-warning": "#ffcc80",
        "text-error": "#ffa0ae",
        "text-accent": "#ffcc80",
        "text-muted": "#a9b2bc",
        "footer-key-foreground": "#ffcc80",
    },
)
LIGHT: Final = Theme(
    name="amts-light",
    primary="#2f6fb3",
    secondary="#3c7a76",
    accent="#7a4700",
    foreground="#16191d",
    background="#fcfcfa",
    surface="#eceff3",
    panel="#dbe1e8",
    success="#0a5c2d",
    warning="#7a4700",
    error="#8c0f32",
    dark=False,
    variables={
        "text-success": "#04401b",
        "text-warning": "#6b3e00",
        "text-error": "#8c0f32",
        "text-accent": "#5b2d91",
        "text-muted": "#454d57",
        "footer-key-foreground": "#0b4a8a",
    },
)
HIGH_CONTRAST: Final = Theme(
    name="amts-high-contrast",
    primary="#00a8ff",
    secondary="#00e0e0",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#262626",
    panel="#333333",
    success="#00ff66",
    warning="#ffff00",
    error="#ff8080",
    dark=True,
    variables={
        "text-success": "#00ff66",
        "text-warning": "#ffff00",
        "text-error": "#ff9090",
        "text-accent": "#ffff00",
        "text-muted": "#ffffff",
        "footer-key-foreground": "#ffff00",
    },
)
TERMINAL: Final = "ansi-dark"
"""The terminal's sixteen colours on its own ground."""

OWN: Final = (DARK, LIGHT, HIGH_CONTRAST)
NAMES: Final = {
    DARK.name: "dark",
    LIGHT.name: "light",
    HIGH_CONTRAST.name: "high contrast",
    TERMINAL: "the terminal's own colours",
}


def after(name: str) -> str:
    """The theme that follows another one."""
    names = list(NAMES)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
