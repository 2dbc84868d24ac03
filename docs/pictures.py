"""Makes the pictures of the documents from the running program: `python docs/pictures.py`.

Runs the demo's main job in a temporary folder, drives the workbench by keys, and writes an SVG for each
scene.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from amts_tui.tui.app import WorkbenchApp
from amts_tui.workbench import demo
from amts_tui.workbench.session import Workbench

FOLDER = Path(__file__).parent / "pictures"
SIZE = (120, 34)
FONTS = '"DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'
SCENES: dict[str, tuple[str, ...]] = {
    "books": (),
    "align": ("down", "down", "enter", "down", "down", "space", "]"),
    "help": ("question_mark",),
    "jobs": ("escape", "3"),
    "scores": ("4",),
}


def plain(svg: str) -> str:
    """The picture without fonts from the network, and with blanks kept by every viewer."""
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]+;", f"font-family: {FONTS};", svg)
    return svg.replace("<text ", '<text xml:space="preserve" ')


async def settle(app: WorkbenchApp) -> None:
    """Waits until nothing is under way and the screen stays as it is."""
    last = ""
    for _ in range(200):
        await asyncio.sleep(0.3)
        now = app.export_screenshot(title="amts")
        if now == last and "scoring" not in now:
            return
        last = now


async def take(workbench: Workbench) -> None:
    """Goes through the scenes."""
    app = WorkbenchApp(workbench)
    async with app.run_test(size=SIZE) as pilot:
        for name, keys in SCENES.items():
            for key in keys:
                await pilot.press(key)
            await settle(app)
            (FOLDER / f"{name}.svg").write_text(plain(app.export_screenshot(title="amts")), encoding="utf-8")


def main() -> None:
    """Prepares the demo and takes the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "demo"
        demo.prepare(folder)
        with Workbench.open(folder) as workbench, demo.service(watched=False):
            demo.align_all(workbench, lambda _done, _all, _name: None)
            demo.main_job(workbench, lambda _line: None)
            asyncio.run(take(workbench))


if __name__ == "__main__":
    main()
