"""Masking and unmasking, and the plainer forms of a masked text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.books.formats import mask_as
from amts_tui.books.inline import (
    ItemFault,
    bare_text,
    check_items,
    file_text,
    join_lines,
    plain_text,
    unmask,
)
from amts_tui.books.model import ItemForm, ItemKind
from tests.books.markdown_texts import markdown_texts
from tests.books.properties import check_masking_is_undone


@pytest.mark.parametrize(
    ("raw", "masked"),
    [
        ("run `x * y` now", "run {1} now"),
        ("a ``b ` c`` d", "a {1} d"),
        ("lonely ` tick", "lonely ` tick"),
        ("with $x_1*y_2*z$ set", "with {1} set"),
        ("over $a\n+ b$ lines", "over {1} lines"),
        (r"costs \$5 and \$6", "costs {1}5 and {2}6"),
        ("from $100 to $200", "from $100 to $200"),
        ("the $ and the $ signs", "the $ and the $ signs"),
        ("so $$x$$ holds", "so {1} holds"),
        (r"so \\(x\\) holds", "so {1} holds"),
        ("in :numref:`fig_a`.", "in {1}."),
        ("in :numref:``fig_a``.", "in {1}."),
        ("{doc}`intro` says", "{1} says"),
        ("see https://e.org/a_(b)_c.", "see {1}."),
        ("(https://e.org/a)", "({1})"),
        ("见https://e.org/a。好", "见{1}。好"),
        ("<https://e.org> or <me@e.org>", "{1} or {2}"),
        ("a &lt;cls&gt; b & c", "a {1}cls{2} b & c"),
        ("x <br/> y <b>z</b>", "x {1} y {2}z{3}"),
        ("x <code>a <b>c</b></code> y", "x {1} y"),
        ("x <!-- note --> y", "x {1} y"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("*a* and **b** and _c_", "{1>}a{<1} and {2>}b{<2} and {3>}c{<3}"),
        ("***both***", "{1>}{2>}both{<2}{<1}"),
        ("~~gone~~ ~5", "{1>}gone{<1} ~5"),
        ("5 * 3 * 2 and snake_case_name", "5 * 3 * 2 and snake_case_name"),
        ("文**“引用”**中", "文{1>}“引用”{<1}中"),
        ("[text *it*](a_b.md) end", "{1>}text {2>}it{<2}{<1} end"),
        ("[text][ref] and [bare]", "{1>}text{<1} and [bare]"),
        ('[a](u "t (x)") b', "{1>}a{<1} b"),
        ("[![alt](i.png)](u)", "{1>}{2>}alt{<2}{<1}"),
        ("see ![the *old* $x$](i.png) there", "see {1>}the {2>}old{<2} {3}{<1} there"),
        ("see ![i.png](i.png) and ![](j.png)", "see {1} and {2}"),
        ("a[^1] b", "a{1} b"),
        ("we [**show**] and (**tell**)", "we {1>}show{<1} and {2>}tell{<2}"),
        ("[**a**](**b**)", "{1>}a{<1}{2>}b{<2}"),
        ("[**a**](u)", "{1>}{2>}a{<2}{<1}"),
        ("[~~a~~](~~b~~)", "{1>}a{<1}{2>}b{<2}"),
        ("[**a *b* `c`**]", "{1>}a {2>}b{<2} {3}{<1}"),
        ("[**starts here", "{1}starts here"),
        ("and ends.**]", "and ends.{1}"),
        ("call f(**kwargs)", "call f(**kwargs)"),
        ("[a][b **]", "{1>}a{<1}"),
        ("no link](see {1} there)", "no link](see {1} there)"),
        ("[**[a][b **]", "{1>}[a][b {<1}"),
        ("literal {1} and {2>}", "literal {1} and {2}"),
        ("two\n  lines", "two\nlines"),
        ("a\\\n  b", "a{1}b"),
        ("\ue000 \ue001 {x}", "\ue000 \ue001 {x}"),
    ],
)
def test_what_becomes_a_placeholder(raw: str, masked: str) -> None:
    text, items, breaks = mask_as("a.md", raw)
    assert text == masked
    assert unmask(text, items, breaks) == raw


def test_the_closing_half_of_a_link_holds_its_target() -> None:
    _, items, _ = mask_as("a.md", "[Go](there.md)")
    assert [(item.form, item.kind, item.raw) for item in items] == [
        (ItemForm.OPEN, ItemKind.LINK, "["),
        (ItemForm.CLOSE, ItemKind.LINK, "](there.md)"),
    ]


def test_breaks_hold_indentation_quote_marks_and_trailing_blanks() -> None:
    text, items, breaks = mask_as("a.md", "a  \n> b\r\n   c")
    assert (text, breaks) == ("a\nb\nc", ("  \n> ", "\r\n   "))
    assert unmask("x\ny\nz", items, breaks) == "x  \n> y\r\n   z"


@given(st.one_of(markdown_texts, st.text()))
def test_unmasking_is_the_inverse_of_masking(raw: str) -> None:
    check_masking_is_undone(raw, lambda text: mask_as("a.md", text))


@pytest.mark.parametrize(
    "raw",
    [
        "*a " * 30_000,
        "[a](" * 20_000,
        "`" * 50_000,
        "$a " * 30_000,
        "[**a " * 30_000,
        "<a " * 30_000,
        "![a](" * 20_000,
    ],
)
def test_masking_stays_linear(raw: str) -> None:
    text, items, breaks = mask_as("a.md", raw)
    assert unmask(text, items, breaks) == raw


@pytest.mark.parametrize(
    ("raw", "plain", "bare"),
    [
        ("In :numref:`fig`, *we* see `a` and $x$.", "In, we see `a` and $x$.", "In, we see and."),
        ("As shown (:cite:`a`) by them", "As shown by them", "As shown by them"),
        ("As shown in :numref:`fig`.", "As shown in.", "As shown in."),
        ("如 :numref:`fig`所示。", "如所示。", "如所示。"),
        ("A [link](u) and [**mark**] here", "A link and mark here", "A link and mark here"),
        (r"Costs \$5 &lt; &#54;", "Costs $5 < 6", "Costs $5 < 6"),
        ("Go to <https://e.org> now", "Go to https://e.org now", "Go to now"),
        ("See ![](i.png) there", "See there", "See there"),
        ("See ![the door](i.png) there", "See the door there", "See the door there"),
        ("a <b>c</b> d", "a c d", "a c d"),
        ("keep {1} as is", "keep {1} as is", "keep {1} as is"),
        ("第一行\n第二行", "第一行第二行", "第一行第二行"),
        ("one\n  two", "one two", "one two"),
    ],
)
def test_plainer_forms(raw: str, plain: str, bare: str) -> None:
    text, items, _ = mask_as("a.md", raw)
    assert plain_text(text, items) == plain
    assert bare_text(text, items) == bare


def test_file_text_of_a_sentence_restores_its_items() -> None:
    text, items, _ = mask_as("a.md", "Use *`x`* here. Then [go](u).")
    assert file_text("Then {3>}go{<3}.", items) == "Then [go](u)."
    assert file_text(text, items) == "Use *`x`* here. Then [go](u)."


@pytest.mark.parametrize(
    ("raw", "joined"),
    [
        ("one\ntwo", "one two"),
        ("一行\n二行", "一行二行"),
        ("一行，\nword", "一行，word"),
        ("一行\nword", "一行 word"),
        ("说“\n引用”", "说“引用”"),
        ("由\n$x$\n给出", "由{1}给出"),
        ("如\n :numref:`a`所示", "如 {1}所示"),
        ("*一行*\n*二行*", "{1>}一行{<1}{2>}二行{<2}"),
        ("한 줄\n두 줄", "한 줄 두 줄"),
        ("a `x`\n`y` b", "a {1} {2} b"),
    ],
)
def test_joining_lines(raw: str, joined: str) -> None:
    text, items, _ = mask_as("a.md", raw)
    assert join_lines(text, items) == joined


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{1} x {2>}y{<2}", []),
        ("{2>}y {1}{<2}", []),
        ("{2>}y{<2}", [(ItemFault.LOST, "{1}")]),
        ("{1}{1} {2>}y{<2}", [(ItemFault.DOUBLED, "{1}")]),
        ("{1} {2>}y{<2} {7}", [(ItemFault.FOREIGN, "{7}")]),
        ("{1} {<2}y{2>}", [(ItemFault.CROSSING, "{<2}")]),
        ("{1} {2>}y", [(ItemFault.LOST, "{<2}")]),
    ],
)
def test_faults_of_placeholders(text: str, faults: list[tuple[ItemFault, str]]) -> None:
    _, items, _ = mask_as("a.md", "`c` x *y*")
    assert [(problem.fault, problem.placeholder) for problem in check_items(items, text)] == faults


def test_pairs_that_cross_are_found_and_halves_are_not() -> None:
    _, items, _ = mask_as("a.md", "*a* **b**")
    crossing = check_items(items, "{1>}a{2>}{<1}b{<2}")
    assert {problem.fault for problem in crossing} == {ItemFault.CROSSING}
    assert check_items(items[:1], "{1>}a sentence with one half") == ()
