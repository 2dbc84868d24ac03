"""The pane of Books in which documents are paired."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.books import BooksScreen
from amts_tui.tui.screens.choosing import ChooseDialog
from amts_tui.tui.screens.pairing import PairingScreen
from amts_tui.tui.widgets.key_table import KeyTable
from amts_tui.workbench.session import Workbench
from tests.tui.screens import check_golden, screen_text

CODE = "```\ndraw_the_curve(height=12, hours=25)\n```\n\n$$h = a \\cos(2 \\pi t / 12.42)$$\n"
NEW = {
    "en/charts/height.md": f"# Heights\n:label:`sec_heights`\n\nThe curve.\n\n{CODE}",
    "zh/tubiao/gaodu.md": f"# 高度\n:label:`sec_heights`\n\n曲线。\n\n{CODE}",
    "en/notes/01-words.md": "# Words\n\nA few words.\n",
    "zh/notes/1-words.md": "# 词语\n\n一些词语。\n",
    "zh/appendix.md": "# 附录\n\n只有中文。\n",
    "en/notes/02-thanks.md": "# Thanks\n\nTo all.\n",
    "zh/notes/2-thanks.md": "# 致谢\n\n感谢大家。\n",
}
HEIGHT, WORDS, THANKS = "charts/height.md", "notes/01-words.md", "notes/02-thanks.md"


@pytest.fixture
def renamed(root: Path) -> Iterator[Workbench]:
    """The project with documents that have other names in Chinese, and one that is only there."""
    for name, text in NEW.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    with Workbench.open(root) as opened:
        yield opened


def by_hand(root: Path) -> dict[str, str | None]:
    file = root / "amts-data" / "en-zh" / "pairings.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(2):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def opened(pilot: Pilot[None]) -> KeyTable:
    await settle(pilot)
    await pilot.press("p")
    await settle(pilot)
    assert isinstance(pilot.app.screen, PairingScreen)
    return pilot.app.screen.query_one(KeyTable)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_screen(renamed: Workbench, size: tuple[int, int]) -> None:
    async with WorkbenchApp(renamed).run_test(size=size) as pilot:
        await opened(pilot)
        check_golden(pilot.app, "pairing")


async def test_a_guess_is_accepted_and_taken_back(renamed: Workbench, root: Path) -> None:
    async with WorkbenchApp(renamed).run_test(size=(80, 24)) as pilot:
        table = await opened(pilot)
        assert table.current == f"{WORDS}\nNone"
        await pilot.press("enter")
        await settle(pilot)
        assert by_hand(root) == {WORDS: "notes/1-words.md"}
        assert table.current == f"{THANKS}\nNone"
        assert "unpaired: 1 source, 2 target  1 likely partner  1 found  1 by hand" in screen_text(pilot.app)
        await pilot.press("u")
        await settle(pilot)
        assert by_hand(root) == {}
        await pilot.press("u")
        assert any("nothing to undo" in line.text for line in pilot.app.desk.said)


async def test_all_likely_guesses_are_one_step(renamed: Workbench, root: Path) -> None:
    async with WorkbenchApp(renamed).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("f6")
        await settle(pilot)
        assert by_hand(root) == {WORDS: "notes/1-words.md", THANKS: "notes/2-thanks.md"}
        await pilot.press("f6")
        assert any("no guess is likely enough" in line.text for line in pilot.app.desk.said)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert by_hand(root) == {}


async def test_what_was_found_can_be_made_sure_parted_and_forgotten(renamed: Workbench, root: Path) -> None:
    async with WorkbenchApp(renamed).run_test(size=(80, 24)) as pilot:
        table = await opened(pilot)
        table.go_to(f"{HEIGHT}\ntubiao/gaodu.md")
        await pilot.pause()
        assert "same label sec_heights" in screen_text(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert by_hand(root) == {HEIGHT: "tubiao/gaodu.md"}
        await pilot.press("minus")
        await settle(pilot)
        assert by_hand(root) == {HEIGHT: None}
        table.go_to(f"{HEIGHT}\nNone")
        await pilot.press("backspace")
        await settle(pilot)
        assert by_hand(root) == {}
        assert f"{HEIGHT}\ntubiao/gaodu.md" in {row.key for row in table._table_rows}


async def test_a_partner_is_chosen_by_a_filter(renamed: Workbench, root: Path) -> None:
    async with WorkbenchApp(renamed).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChooseDialog)
        names = pilot.app.screen.query_one(OptionList)
        assert names.option_count == 7
        pilot.app.screen.query_one(Input).value = "MOON p"
        await pilot.pause()
        assert [str(option.prompt) for option in names.options] == [
            "moon/phases.md  (paired)",
            "moon/pull.md  (paired)",
        ]
        await pilot.press("down", "enter")
        await settle(pilot)
        assert by_hand(root) == {WORDS: "moon/pull.md"}
        assert "moon/pull.md" in renamed.document_pairs(renamed.pipeline("zh")).only_source


async def test_a_target_document_gets_a_source(renamed: Workbench, root: Path) -> None:
    async with WorkbenchApp(renamed).run_test(size=(80, 24)) as pilot:
        table = await opened(pilot)
        table.go_to("None\nappendix.md")
        await pilot.press("minus")
        await settle(pilot)
        assert by_hand(root) == {"-": ["appendix.md"]}
        table.go_to("None\nappendix.md")
        assert "no source, by hand" in screen_text(pilot.app)
        await pilot.press("f")
        await settle(pilot)
        assert by_hand(root) == {}
        table.go_to("None\nappendix.md")
        await pilot.press("enter")
        assert any("no guess to accept" in line.text for line in pilot.app.desk.said)
        await pilot.press("c")
        await pilot.pause()
        assert "Which source has appendix.md?" in screen_text(pilot.app)
        await pilot.press(*"thank", "enter")
        await settle(pilot)
        assert by_hand(root) == {THANKS: "appendix.md"}


async def test_a_filter_that_nothing_fits_takes_nothing(renamed: Workbench, root: Path) -> None:
    async with WorkbenchApp(renamed).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("q", "q", "enter")
        assert isinstance(pilot.app.screen, ChooseDialog)
        await pilot.press("escape")
        await settle(pilot)
        assert by_hand(root) == {}


async def test_all_pairs_the_other_direction_and_back(renamed: Workbench) -> None:
    async with WorkbenchApp(renamed).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "moon/pull.md" not in screen_text(pilot.app)
        await pilot.press("v")
        await pilot.pause()
        assert "moon/pull.md" in screen_text(pilot.app)
        await pilot.press("t")
        await settle(pilot)
        assert "en-es  unpaired: 3 source, 0 target" in screen_text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, BooksScreen)
        assert "3 unpaired" in screen_text(pilot.app)


async def test_a_project_that_is_open_read_only_says_so(renamed: Workbench, root: Path) -> None:
    with Workbench.open(root, read_only=True) as reader:
        async with WorkbenchApp(reader).run_test(size=(80, 24)) as pilot:
            await opened(pilot)
            await pilot.press("enter")
            assert any("read-only" in line.text for line in pilot.app.desk.said)
    assert by_hand(root) == {}


async def test_a_book_that_has_gone_is_one_line(renamed: Workbench, root: Path) -> None:
    async with WorkbenchApp(renamed).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        (root / "zh").rename(root / "gone")
        await pilot.press("f5")
        await settle(pilot)
        assert any("does not exist" in line.text for line in pilot.app.desk.said)
