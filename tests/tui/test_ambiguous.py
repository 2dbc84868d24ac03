from collections.abc import Iterator

import pytest

from amts_tui.tui.widgets.ambiguous import are_wide, count_ambiguous
from amts_tui.tui.widgets.wrapping import clip, width_of, wrap


@pytest.fixture
def _wide() -> Iterator[None]:
    count_ambiguous(2)
    yield
    count_ambiguous(1)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


def test_usually_they_take_one_cell() -> None:
    assert not are_wide()
    assert (width_of("“①”…—"), width_of("中a")) == (5, 3)


@pytest.mark.usefixtures("_wide")
def test_with_the_setting_they_take_two_and_others_what_they_took() -> None:
    assert are_wide()
    assert (width_of("“①”…—"), width_of("中a"), width_of("e\u0301"), width_of("é")) == (10, 3, 1, 2)
    assert lines("“ab cd” ef", 6) == ["“ab ", "cd” ", "ef"]
    assert all(width_of(line.rstrip()) <= 7 for line in lines("他说：“好…”——①②③④", 7))
    assert clip("①②③", 5) == "①②~"


def test_the_usual_widths_come_back() -> None:
    count_ambiguous(2)
    count_ambiguous(1)
    assert (width_of("“①”"), lines("“ab cd” ef", 6)) == (3, ["“ab ", "cd” ef"])
