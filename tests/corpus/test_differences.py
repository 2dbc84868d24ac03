import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.books.model import Item, ItemForm, ItemKind
from amts_tui.corpus.differences import differences
from amts_tui.corpus.model import Bead, BeadUnit


def unit(text: str, *items: Item) -> BeadUnit:
    return BeadUnit(text, text, items)


def marked(source: BeadUnit, target: BeadUnit, *, shared: bool) -> tuple[list[str], list[str]]:
    """What is shared, or missing, on each side, as it stands in the raw text."""
    found = differences(Bead("b", (source,), (target,)))
    return (
        [source.raw[m.start : m.end] for m in found.source[0] if m.shared is shared],
        [target.raw[m.start : m.end] for m in found.target[0] if m.shared is shared],
    )


@pytest.mark.parametrize(
    ("source", "target", "shared", "missing"),
    [
        ("A rate of 0.03 works.", "学习率为0.03即可。", (["0.03"], ["0.03"]), ([], [])),
        ("A rate of 0.03 works.", "学习率为0.3即可。", ([], []), (["0.03"], ["0.3"])),
        ("It has 1,000 rows.", "它有1000行。", (["1,000"], ["1000"]), ([], [])),
        ("It costs 2.5 dollars.", "Cuesta 2,5 dólares.", (["2.5"], ["2,5"]), ([], [])),
        ("It has 2 layers.", "它有两层。", ([], []), ([], [])),
        ("Two layers.", "2层。", ([], []), ([], [])),
        ("Use GPUs here.", "这里使用GPU。", (["GPUs"], ["GPU"]), ([], [])),
        ("Use LeNet here.", "这里使用网络。", ([], []), (["LeNet"], [])),
        ("The loss falls.", "损失（loss）下降。", (["loss"], ["loss"]), ([], [])),
        ("The price falls.", "损失（loss）下降。", ([], []), ([], ["loss"])),
        ("No hay nada.", "No, nothing.", ([], []), ([], [])),
        ("In 1998 LeNet read.", "En 1998 leía LeNet.", (["1998", "LeNet"], ["1998", "LeNet"]), ([], [])),
    ],
)
def test_numbers_and_names(
    source: str,
    target: str,
    shared: tuple[list[str], list[str]],
    missing: tuple[list[str], list[str]],
) -> None:
    assert marked(unit(source), unit(target), shared=True) == shared
    assert marked(unit(source), unit(target), shared=False) == missing


X = Item(1, ItemForm.SINGLE, ItemKind.MATH, "$x + 1$")
X_TIGHT = Item(1, ItemForm.SINGLE, ItemKind.MATH, "$x+1$")
CODE = Item(2, ItemForm.SINGLE, ItemKind.CODE, "`fit`")
BOLD = (Item(3, ItemForm.OPEN, ItemKind.EMPHASIS, "**"), Item(3, ItemForm.CLOSE, ItemKind.EMPHASIS, "**"))


def test_formulas_and_code() -> None:
    source = unit("Call {2} on {1}, {3>}now{<3}.", X, CODE, *BOLD)
    target = unit("在{1}上现在调用。", X_TIGHT)
    assert marked(source, target, shared=True) == (["$x + 1$"], ["$x+1$"])
    assert marked(source, target, shared=False) == (["`fit`"], [])


def test_one_side_has_no_differences() -> None:
    assert differences(Bead("b", (unit("In 1998."),), ())).source == ((),)


TEXTS = st.text("ab1 2.,年GL{}$", max_size=20)


@given(TEXTS, TEXTS)
def test_matches_lie_in_the_text_in_order_and_agree(source: str, target: str) -> None:
    bead = Bead("b", (unit(source),), (unit(target),))
    found = differences(bead)
    for text, matches in ((source, found.source[0]), (target, found.target[0])):
        ends = [0, *(match.end for match in matches)]
        assert all(before <= match.start < match.end for before, match in zip(ends, matches, strict=False))
        assert all(match.end <= len(text) for match in matches)
    assert any(m.shared for m in found.source[0]) == any(m.shared for m in found.target[0])
