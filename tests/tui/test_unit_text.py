from amts_tui.tui.widgets.unit_text import LOOKS, shown
from amts_tui.workbench.differences import Match
from amts_tui.workbench.types import Item, ItemForm, ItemKind
from tests.tui.examples import X, unit

LONG = Item(1, ItemForm.SINGLE, ItemKind.MATH, r"$\frac{\partial f}{\partial x_1}$")


def looks_of(text: str, looks: bytes | None) -> list[tuple[str, str]]:
    """The text in pieces of one look."""
    pieces: list[tuple[str, str]] = []
    for character, look in zip(text, looks or bytes(len(text)), strict=True):
        if pieces and pieces[-1][1] == LOOKS[look]:
            pieces[-1] = (pieces[-1][0] + character, LOOKS[look])
        else:
            pieces.append((character, LOOKS[look]))
    return pieces


def test_plain_text_has_no_looks() -> None:
    assert shown(unit("k", "Plain.")).looks is None


def test_long_markup_is_a_chip_until_it_is_expanded() -> None:
    marked = unit("k", "Take {1} now.", LONG)
    assert shown(marked).text == r"Take $\frac{\partial f}{\par~ now."
    assert shown(marked, expanded=True).text == marked.raw
    assert shown(unit("k", "Take {1} now.", X)).text == r"Take $\mathbf{x}$ now."


def test_a_chip_in_which_a_search_finds_something_is_whole() -> None:
    marked = unit("k", "Take {1} now.", LONG)
    at = marked.raw.index("partial x_1")
    result = shown(marked, found=lambda _text: [(at, at + 11)])
    assert result.text == marked.raw
    assert ("partial x_1", "match") in looks_of(result.text, result.looks)


def test_what_the_other_side_lacks_bears_a_sign_and_what_it_has_none() -> None:
    result = shown(unit("k", "In 1998 by GPU."), [Match(3, 7, False), Match(11, 14, True)])
    assert looks_of(result.text, result.looks) == [
        ("In ", "text"),
        ("!1998", "missing"),
        (" by ", "text"),
        ("GPU", "shared"),
        (".", "text"),
    ]


def test_markup_that_is_missing_shows_more_of_itself() -> None:
    marked = unit("k", "Take {1}.", LONG)
    start = marked.raw.index("$")
    missing = shown(marked, [Match(start, start + len(LONG.raw), False)])
    shared = shown(marked, [Match(start, start + len(LONG.raw), True)])
    assert missing.text == rf"Take !{LONG.raw}."
    assert looks_of(shared.text, shared.looks)[1] == (r"$\frac{\partial f}{\par~", "markup")
