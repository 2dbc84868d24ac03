"""Reading the screen as text, and comparing it with a stored one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from textual.app import App

GOLDEN = Path(__file__).parent / "golden"


def screen_text(app: App[Any]) -> str:
    """What stands on the screen, without colours."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def check_golden(app: App[Any], name: str) -> None:
    """The screen must be the stored one; with UPDATE_GOLDEN=1 it becomes the stored one."""
    width, height = app.size
    path = GOLDEN / f"{name}_{width}x{height}.txt"
    text = screen_text(app)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"the screen differs from {path.name}"
