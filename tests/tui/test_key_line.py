from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.widgets.key_line import fitting
from amts_tui.workbench.session import Workbench
from tests.tui.screens import screen_text


def test_whole_keys_are_left_out_but_not_those_that_must_stay() -> None:
    keys = [(10, False), (10, False), (10, False), (5, True), (5, True)]
    assert list(fitting(keys, 40)) == [True] * 5
    assert list(fitting(keys, 39)) == [True, True, False, True, True]
    assert list(fitting(keys, 10)) == [False, False, False, True, True]


async def test_help_and_quit_are_in_sight_on_a_narrow_screen(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(60, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        line = screen_text(pilot.app).rstrip("\n").split("\n")[-1]
        assert line.endswith(" ? Help  Ctrl+q Quit")
        await pilot.resize_terminal(100, 24)
        await pilot.pause()
        assert len(screen_text(pilot.app).rstrip("\n").split("\n")[-1]) > 60
