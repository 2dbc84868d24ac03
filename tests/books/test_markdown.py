"""The scanner: which blocks a text has, where they are and what of them is to be translated."""

from __future__ import annotations

import pytest

from amts_tui.books.markdown import scan
from amts_tui.books.options import ReadingOptions


def outline(text: str, dialect: str = "auto") -> list[tuple[str, str]]:
    found = scan(text, ReadingOptions(dialect=dialect))
    return [(str(block.kind), text[block.start : block.end]) for block in found]


def prose(text: str) -> list[str]:
    return [text[start:end].strip() for block in scan(text) for start, end in block.spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Title\nText on the next line.",
            [("heading", "# Title"), ("paragraph", "Text on the next line.")],
        ),
        ("Title\n=====\n\nText", [("heading", "Title\n====="), ("paragraph", "Text")]),
        ("Two\nlines\n---\n", [("heading", "Two\nlines\n---")]),
        ("a\n\n---\n\nb", [("paragraph", "a"), ("other", "---"), ("paragraph", "b")]),
        ("#no heading", [("paragraph", "#no heading")]),
        ("* one\n  more\n* two", [("list_item", "* one\n  more"), ("list_item", "* two")]),
        ("- a\n\n  second\n", [("list_item", "- a"), ("paragraph", "second")]),
        ("text\n- item", [("paragraph", "text"), ("list_item", "- item")]),
        ("in the year\n1984. It was", [("paragraph", "in the year\n1984. It was")]),
        ("- a\nlazy\n\nb", [("list_item", "- a\nlazy"), ("paragraph", "b")]),
        ("* * *", [("other", "* * *")]),
        ("*emphasis* first", [("paragraph", "*emphasis* first")]),
        (
            "a\n\n    code\n\n    more\n\nb",
            [("paragraph", "a"), ("code", "code\n\n    more"), ("paragraph", "b")],
        ),
        ("```py\n# no heading\n```\nafter", [("code", "```py\n# no heading\n```"), ("paragraph", "after")]),
        ("````\n```\n````", [("code", "````\n```\n````")]),
        ("```\nnever closed\n\n# x\n", [("code", "```\nnever closed\n\n# x")]),
        ("> a\n> b\n\nc", [("quote", "> a\n> b"), ("paragraph", "c")]),
        ("> a\nlazy", [("quote", "> a\nlazy")]),
        ("> a\n>\n> # b", [("quote", "> a"), ("other", ">"), ("heading", "> # b")]),
        ("[a]: http://e.org 'T'\ntext", [("other", "[a]: http://e.org 'T'"), ("paragraph", "text")]),
        ("[Note]: this is prose", [("paragraph", "[Note]: this is prose")]),
        ("<div>\n# x\n</div>\n\ny", [("html", "<div>\n# x\n</div>"), ("paragraph", "y")]),
        ("<!-- a\n\nb -->\ntext", [("comment", "<!-- a\n\nb -->"), ("paragraph", "text")]),
        ("<?php\n\nx ?>\ny", [("html", "<?php\n\nx ?>"), ("paragraph", "y")]),
        ("<?", [("html", "<?")]),
        ("<!DOCTYPE html>\ny", [("html", "<!DOCTYPE html>"), ("paragraph", "y")]),
        ("<b>bold</b> text", [("paragraph", "<b>bold</b> text")]),
        ("<Tip>\ntext\n</Tip>", [("html", "<Tip>"), ("paragraph", "text"), ("html", "</Tip>")]),
        ("---\ntitle: x\n---\ntext", [("front_matter", "---\ntitle: x\n---"), ("paragraph", "text")]),
        ("{#if x}\ntext\n{/if}", [("directive", "{#if x}"), ("paragraph", "text"), ("directive", "{/if}")]),
        ("\ufeff# T", [("other", "\ufeff"), ("heading", "# T")]),
        ("\u00a0- no item", [("paragraph", "- no item")]),
        ("one\u2028two", [("paragraph", "one\u2028two")]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_blocks_of_general_markdown(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n:label:`a`\n", [("heading", "# A"), ("directive", ":label:`a`")]),
        ("see\n:numref:`a`\nthere", [("paragraph", "see\n:numref:`a`\nthere")]),
        ("text\n$$a$$\n", [("paragraph", "text"), ("math", "$$a$$")]),
        ("$$\na\n- b\n$$\n:eqlabel:`e`", [("math", "$$\na\n- b\n$$"), ("directive", ":eqlabel:`e`")]),
        ("$$a$$ :eqlabel:`e`", [("math", "$$a$$"), ("directive", ":eqlabel:`e`")]),
        ("$$a,$$ where b", [("math", "$$a,$$"), ("paragraph", "where b")]),
        ("(**$$a$$**)\nthen", [("math", "(**$$a$$**)"), ("paragraph", "then")]),
        ("we get $$a\n- b$$ so", [("paragraph", "we get $$a\n- b$$ so")]),
        ("- item\n\n    $$a$$\n", [("list_item", "- item"), ("math", "$$a$$")]),
        ("1. $$a$$", [("math", "1. $$a$$")]),
        ("$$ never closed\n\nb", [("paragraph", "$$ never closed"), ("paragraph", "b")]),
        (
            "![Two\nlines](a.svg)\n:label:`f`",
            [("image", "![Two\nlines](a.svg)"), ("directive", ":label:`f`")],
        ),
        ("text ![i](i.png) text", [("paragraph", "text ![i](i.png) text")]),
        ("a\n![b](c)\nd", [("paragraph", "a"), ("image", "![b](c)"), ("paragraph", "d")]),
        (
            ":begin_tab:`x`\na\n:end_tab:",
            [("directive", ":begin_tab:`x`"), ("paragraph", "a"), ("directive", ":end_tab:")],
        ),
        ("- a\n:end_tab:", [("list_item", "- a"), ("directive", ":end_tab:")]),
        ("```toc\na\n```", [("directive", "```toc\na\n```")]),
        (":A caption\n", [("caption", ":A caption")]),
        ("term\n: what it is", [("paragraph", "term"), ("paragraph", ": what it is")]),
    ],
)
def test_blocks_of_the_d2lbook_dialect(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text, "d2lbook") == expected


def test_a_table_gives_a_block_for_each_cell_with_its_pipe() -> None:
    text = "| a | b c |\n|:--|--:|\n| `x|y` | $|z|$ |\n:label:`t`"
    assert outline(text) == [
        ("table_cell", "| a"),
        ("table_cell", "| b c |"),
        ("other", "|:--|--:|"),
        ("table_cell", "| `x|y`"),
        ("table_cell", "| $|z|$ |"),
        ("directive", ":label:`t`"),
    ]
    assert prose(text)[:2] == ["a", "b c"]


def test_a_table_needs_as_many_headings_as_delimiters() -> None:
    assert [kind for kind, _ in outline("a | b\n---\n")] == ["heading"]
    assert [kind for kind, _ in outline("a | b\n|---|\n")] == ["paragraph"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Title ##", ["Title"]),
        ("## Title [#anchor]", ["Title"]),
        ("## Title[[anchor]]", ["Title"]),
        ("## Title {#id .c}", ["Title"]),
        ("- [ ] task", ["task"]),
        ("- - - nested", ["nested"]),
        (": a caption", ["a caption"]),
        ("![alt $x$](a.png)", ["alt $x$"]),
        ("![](a.png)", []),
        ("[^1]: A note", ["A note"]),
        ('!!! tip "A title"\n    Body', ["A title", "Body"]),
        ('```smart header="Why?"\nProse.\n```', ["Why?", "Prose."]),
        ('````smart header="Why `x`?"\nProse.\n````', ["Why `x`?", "Prose."]),
        ("```{note}\nProse.\n```", ["Prose."]),
        ("> [!TIP]\n> Prose.", ["Prose."]),
        ("::: note\nProse.\n:::", ["Prose."]),
        ("libs:\n  - d3\n\n---\nProse.", ["Prose."]),
    ],
)
def test_marks_are_not_part_of_the_prose(text: str, expected: list[str]) -> None:
    assert prose(text) == expected


def test_levels_of_headings_and_items() -> None:
    blocks = scan("# a\n\n### b\n\n- c\n  - d\n    - e\n- f\n")
    assert [block.level for block in blocks] == [1, 3, 1, 2, 3, 1]


def test_blocks_know_what_they_lie_in() -> None:
    text = ":begin_tab:`a, b`\nx\n\n- y\n\n  z\n:end_tab:\n\n> q\n>\n> ```\n> c\n> ```\n"
    within = [(str(block.kind), block.within) for block in scan(text)]
    assert within == [
        ("directive", ""),
        ("paragraph", "tab:a,b"),
        ("list_item", "tab:a,b"),
        ("paragraph", "item"),
        ("directive", ""),
        ("quote", ""),
        ("other", "quote"),
        ("code", "quote"),
    ]


def test_a_fence_inside_a_prose_fence_does_not_close_it() -> None:
    text = "````warn\nText.\n```js\ncode\n```\nMore.\n````\nAfter."
    assert [str(block.kind) for block in scan(text)] == [
        "directive", "paragraph", "code", "paragraph", "directive", "paragraph",
    ]  # fmt: skip
    assert scan(text)[-1].within == ""


def test_an_unclosed_tab_ends_with_the_next_one() -> None:
    blocks = scan(":begin_tab:`a`\nx\n:begin_tab:`b`\ny\n:end_tab:\nz")
    assert [block.within for block in blocks if block.spans] == ["tab:a", "tab:b", ""]


def test_windows_line_ends_change_nothing() -> None:
    text = "# A\n\nb\nc\n\n- d\n  e\n\n| f | g |\n|---|---|\n| h | i |\n\n```\nj\n```\n"
    kinds = [block.kind for block in scan(text)]
    assert [block.kind for block in scan(text.replace("\n", "\r\n"))] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "a" * 3_000_000,
        "- " * 2_000 + "x",
        "".join("  " * depth + "- x\n" for depth in range(2_000)),
        ">" * 50_000 + " x",
        "![a\n" * 20_000,
        "$$ a\n\n" * 20_000,
        "<!-- \n" * 20_000,
        "::: a\n" * 20_000,
    ],
)
def test_time_stays_linear(text: str) -> None:
    assert scan(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<details>\n<summary>See *more*</summary>\n\nText.\n\n</details>", ["See *more*", "Text."]),
        ('<p align="center"> Table &nbsp; <b>One</b> </p>', ["Table &nbsp; <b>One</b>"]),
        ("<table>\n<tr><td>One</td><td><code>x</code></td><td>Two</td></tr>\n</table>", ["One", "Two"]),
        (
            '<figure><img src=a.png alt="A cat">\n<figcaption>Its tail</figcaption></figure>',
            ["A cat", "Its tail"],
        ),
        ("<div>\n<!-- no -->\n<pre>no\nno</pre>\n</div>", []),
        ("<script>\nlet no = '<p>no</p>'\n</script>", []),
        ("<p>no {props.name} no</p>", []),
        ("<p>one {{ two }}</p>", []),
        ("<Chart data={[1 > 2]}>no</Chart>", []),
        ("<Tip warning={true}>One line.</Tip>", ["<Tip warning={true}>One line.</Tip>"]),
        ("<p style={{color: red}}>One line.</p>", ["One line."]),
        ('<Tip on={() => go("<b>")}>no</Tip>', []),
        ("<Tip warning={true}>{props.value} no</Tip>", []),
        ('<Listing number="5" caption="Two `words`">', ["Two `words`"]),
        ('<p class="notranslate">no</p>', []),
    ],
)
def test_prose_in_blocks_of_html(text: str, expected: list[str]) -> None:
    assert prose(text) == expected
