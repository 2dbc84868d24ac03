"""The dialects of Markdown: how a text shows its own, and what only that dialect makes of a line."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amts_tui.books.formats import mask_as
from amts_tui.books.inline import unmask
from amts_tui.books.markdown import Dialect, markdown_of, scan
from amts_tui.books.markdown.dialects import dialect_of
from amts_tui.books.model import Document
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions
from amts_tui.books.reading import parse
from amts_tui.books.writing import Spliced, splice, splice_spans
from amts_tui.errors import AmtsError
from tests.books.markdown_texts import NASTY, markdown_texts
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    JOINED,
    LONGER,
    check_blocks_are_kept,
    check_blocks_cover,
    items_of,
    placeholders,
    pseudo_translated,
    refused,
    signature,
)

MYST = """\
(top)=
# A heading

% nothing to translate

```{note} A title of a note
:class: wide
:name: first

Its **body** with {ref}`top` and {{ word }}.
```

:::{admonition} Another title
---
name: second
---
- An item
:::

```{figure} a.png
:alt: What it shows

A caption over
two lines.
```

```{code-block} python
:caption: What it does

x = 1  # set
```

```{math}
a = b
```

+++ {"tags": []}

Term
: Its definition.

  With more of it.

:Author: Somebody of note

Text[^1].

[^1]: A note.

    Its second paragraph.
"""

JSINFO = """\
importance: 5

---

# A task

```smart header="Why \\"so\\"?"
Prose of it.
```

````warn header="Use `x`"
More.

```js run
let x = 1;
```
````

[iframe src="demo" height=100]

term
: What it means.

    Another paragraph.
"""

MDX = """\
---
title: Start
---
import Tabs from '@theme/Tabs';
import {
  One,
} from './one';

export const size = {
  width: 1
};

# Hello {name} there

<Tabs
  defaultValue="a"
  values={[{label: 'A > B', value: 'a'}]}>

Prose with {a({b: "}"})} in it.

</Tabs>

{/* not
to be seen */}

{items.map(item => (
  <li>{item}</li>
))}

:::note A title
Body.
:::

:::tip[In *brackets*]
Body.
:::
"""

MKDOCS = """\
# A page

!!! note "A "quoted" title"
    Its body.

    ```py
    x
    ```

??? tip inline end "Second"
    Body.

=== "Tab one"

    Text of the tab.

--8<-- "part.md"

Term

:   Definition
    wrapped
{ .wide }
"""

PLAIN = """\
# A page

{{< figure src="a.png"
    caption="kept" >}}

{{% notice tip %}}
Inner prose.
{{% /notice %}}

{{< a >}} words {{< b >}}

> [!NOTE] A title
> Text of it.

{::comment}
hidden

too
{:/comment}

::: {.wide}
In a division.
:::

::: tip "Own words"
And again.
:::

:Text that is no caption

% no comment

export of goods

!!! no admonition

See ![a small picture](a.png) here.
"""

BOOKS = {
    Dialect.MYST: MYST,
    Dialect.JSINFO: JSINFO,
    Dialect.MDX: MDX,
    Dialect.MKDOCS: MKDOCS,
    Dialect.COMMONMARK: PLAIN,
}

PROSE = {
    Dialect.MYST: [
        "A heading", "A title of a note", "Its **body** with {ref}`top` and {{ word }}.", "Another title",
        "An item", "What it shows", "A caption over\ntwo lines.", "What it does", "Term", "Its definition.",
        "With more of it.", "Somebody of note", "Text[^1].", "A note.", "Its second paragraph.",
    ],
    Dialect.JSINFO: [
        "A task", 'Why \\"so\\"?', "Prose of it.", "Use `x`", "More.", "term", "What it means.",
        "Another paragraph.",
    ],
    Dialect.MDX: [
        "Hello {name} there", 'Prose with {a({b: "}"})} in it.', "A title", "Body.", "In *brackets*", "Body.",
    ],
    Dialect.MKDOCS: [
        "A page", 'A "quoted" title', "Its body.", "Second", "Body.", "Tab one", "Text of the tab.", "Term",
        "Definition\n    wrapped",
    ],
    Dialect.COMMONMARK: [
        "A page", "Inner prose.", "{{< a >}} words {{< b >}}", "A title", "Text of it.", "In a division.",
        '"Own words"', "And again.", ":Text that is no caption", "% no comment", "export of goods",
        "!!! no admonition", "See ![a small picture](a.png) here.",
    ],
}  # fmt: skip


def read(text: str) -> Document:
    return parse(text, path="a.md", lang="en", sentences=False)


def prose(text: str, dialect: str = "auto") -> list[str]:
    return [
        text[a:b].strip() for block in scan(text, ReadingOptions(dialect=dialect)) for a, b in block.spans
    ]


@pytest.mark.parametrize("dialect", BOOKS)
def test_a_text_shows_its_dialect(dialect: Dialect) -> None:
    assert dialect_of(BOOKS[dialect]) is dialect
    assert dialect_of(BOOKS[dialect].replace("\n", "\r\n")) is dialect
    assert read(BOOKS[dialect]).parts[0].format == dialect


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("See :numref:`a`.", "d2lbook"),
        ("Text\n\n:begin_tab:`x`\nT\n:end_tab:", "d2lbook"),
        ("```{.python .input}\nx\n```", "d2lbook"),
        ("The word :begin_tab: in a line", "commonmark"),
        ("```{r}\nx\n```", "commonmark"),
        ("```js\nimport a from 'b'\n```", "commonmark"),
        ("Why [cut]?", "commonmark"),
        ("Surely!!! Yes", "commonmark"),
        ("> !!! note\n>     body", "mkdocs"),
        ("- :::{tip}\n  x\n  :::", "myst"),
        ("{#if x}\ny\n{/if}", "mdx"),
        ("", "commonmark"),
    ],
)
def test_what_shows_a_dialect(text: str, dialect: str) -> None:
    assert dialect_of(text) == dialect


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(AmtsError, match="unknown dialect of Markdown: latex"):
        dialect_of("", "latex")


@pytest.mark.parametrize("dialect", BOOKS)
def test_what_is_prose(dialect: Dialect) -> None:
    assert prose(BOOKS[dialect]) == PROSE[dialect]


@pytest.mark.parametrize(
    ("text", "dialect", "lost"),
    [
        (":Caption", "d2lbook", ":"),
        ("% words", "myst", "% words"),
        ("(words)=", "myst", "(words)="),
        ("{words}", "mdx", "{words}"),
        ("[demo words]", "jsinfo", "[demo words]"),
        ("!!! words", "mkdocs", "!!! words"),
        ("```smart\nwords\n```", "jsinfo", "```"),
    ],
)
def test_a_dialect_that_is_set_counts(text: str, dialect: str, lost: str) -> None:
    assert prose(text, dialect) == [
        rest for rest in [text.replace("```smart", "").strip(lost).strip()] if rest
    ]
    assert prose(text, "commonmark") == ([text] if "`" not in text else [])


@pytest.mark.parametrize(
    ("raw", "masked"),
    [
        ("a {b} c", "a {1} c"),
        ("a {b({c})} d {'}'} {", "a {1} d {2} {"),
        ("`{x}` {1}", "{1} {2}"),
    ],
)
def test_expressions_of_mdx_are_protected(raw: str, masked: str) -> None:
    text, items, breaks = mask_as("a.mdx", raw)
    assert text == masked
    assert unmask(text, items, breaks) == raw
    assert mask_as("a.md", "a {b} c")[0] == "a {b} c"


@pytest.mark.parametrize("dialect", BOOKS)
@pytest.mark.parametrize(("pattern", "change"), [ACCENTED, CHINESE, JOINED, LONGER])
def test_a_pseudo_translation_keeps_all(dialect: Dialect, pattern: str, change: str) -> None:
    document = read(BOOKS[dialect])
    spliced, again = check_blocks_are_kept(document, pseudo_translated(document, pattern, change))
    assert spliced.problems == ()
    assert again.parts[0].format == dialect
    assert items_of(again) == items_of(document)


OWN_NASTY = [
    "```{note}", "```{note} x\ny\n```", ":::{note}", "{ref}`x`", "(x)=", "% x", "+++", ":a: b",
    "!!! note\n    x", '??? "x"', '"', 'x" y', "'", "{x", "x}", "{x}", "{/* x", "{#if x}\ny",
    "import x from 'y'", "[iframe src=x]", "importance: 5", "libs:\n  - x\n\n---", "```smart",
    ":numref:`x`", "```{.python .input}", "--8<-- x", "{{<", "{{% x", "{::comment}", "<Tabs", "]",
    "[x", ":::tip[x]",
]  # fmt: skip


@pytest.mark.parametrize("dialect", BOOKS)
def test_no_translation_breaks_the_document(dialect: Dialect) -> None:
    document = read(BOOKS[dialect])
    segments = document.segments()
    everything = range(len(segments))
    chosen = [[index] for index in everything] + [list(everything)]
    for nasty, places in [*product(OWN_NASTY, chosen), *product(NASTY, [list(everything)])]:
        new = {index: f"{nasty} {placeholders(segments[index])}" for index in places}
        spliced, again = check_blocks_are_kept(document, new)
        assert again.parts[0].format == dialect
        assert (spliced.text == document.text) == (refused(spliced) == places)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(Dialect)), markdown_texts)
def test_blocks_cover_the_text_in_every_dialect(dialect: Dialect, text: str) -> None:
    options = ReadingOptions(dialect=dialect, front_matter=("title",), code_comments=True)
    check_blocks_cover(text, markdown_of(text, dialect).scan(text, options))


@settings(max_examples=150, deadline=None)
@given(markdown_texts, markdown_texts)
@example("`:label:`fig_a`", "")
@example("\\:label:`fig_a`", "")
def test_no_translation_changes_how_the_document_is_read(text: str, value: str) -> None:
    document = read(text)
    changed = {n: value + placeholders(segment) for n, segment in enumerate(document.segments())}
    again = read(splice(document, changed).text)
    assert signature(again) == signature(document)


def edited(text: str, new: str, options: ReadingOptions = DEFAULT_OPTIONS) -> Spliced:
    """The document with another text for its first sentence."""
    document = parse(text, path="a.md", lang="en", options=options)
    unit = document.segments()[0].units[0]
    return splice_spans(document, [(unit.start, unit.end, new)])


def test_a_person_may_drop_a_role_whose_dialect_shows_elsewhere_or_does_not_matter() -> None:
    role = "See {ref}`x` now. More.\n"
    for rest in ("\n```{note}\nHello.\n```\n", ""):
        spliced = edited(role + rest, "See below.")
        assert spliced.text == f"See below. More.\n{rest}"
        assert [(one.reason, one.refused) for one in spliced.problems] == [
            ("the reference {ref}`x` is gone", False)
        ]


def test_a_person_may_not_take_the_dialect_from_what_needs_it() -> None:
    text = "See {ref}`x` now.\n\n% A comment.\n"
    (problem,) = edited(text, "See below.").problems
    assert problem.refused
    assert "dialect" in problem.reason
    assert problem.remedy
    assert refused(edited(text, "See below.", ReadingOptions(dialect="myst"))) == []


@pytest.mark.parametrize(
    "text",
    [
        "{ a\n" * 5_000,
        "{\n" * 5_000 + "}" * 5_000 + " x",
        "<Tab\n" * 5_000,
        "<Tab a={\n" * 5_000,
        "a { " * 20_000,
        "{::comment}\n" * 5_000,
        "{{<\n" * 5_000,
        "```{note}\n:a: b\n" * 4_000,
        ":::{tip}\n---\n" * 4_000,
        "import {\n" * 5_000,
        "import x" + " " * 50_000,
        "import x\n" * 20_000,
        "!!! x\n" + " " * 50_000,
        "a\n: b\n\n" * 4_000,
    ],
)
def test_time_stays_linear(text: str) -> None:
    dialect_of(text)
    for dialect in (Dialect.MDX, Dialect.MYST):
        assert parse(
            text, path="a.md", lang="en", options=ReadingOptions(dialect=dialect), sentences=False
        ).blocks


def test_labels_of_myst_are_no_prose() -> None:
    document = parse("(sec-water)=\n# Water\n\n$$\nx\n$$ (eq-yield)\n", path="a.md", lang="en")
    assert [segment.text for segment in document.segments()] == ["Water"]


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("{x", r"\{x"),
        ("{x} }", r"\{x} }"),
        ("x <5 < 6", r"x \<5 < 6"),
        ("a <b@e.org> c", r"a \<b@e.org> c"),
        (r"see `{x} <y>`, $\frac{a}{b}$, \{z", r"see `{x} <y>`, $\frac{a}{b}$, \{z"),
    ],
)
def test_nothing_begins_an_expression_or_an_element_of_mdx(translation: str, expected: str) -> None:
    text = "import A from 'a'\n\n# Title\n\nText\n"
    document = read(text)
    spliced = splice(document, dict.fromkeys(range(2), translation))
    assert spliced.text == text.replace("Title", expected).replace("Text", expected)
    assert splice(parse("Text", path="a.md", lang="en"), {0: translation}).text == translation
