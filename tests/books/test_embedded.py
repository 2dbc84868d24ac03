"""Prose inside what is no prose: words of formulas, comments of code, values of the front matter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.markdown import scan
from amts_tui.books.model import Document
from amts_tui.books.options import ReadingOptions
from amts_tui.books.reading import parse
from amts_tui.books.writing import splice
from tests.books.markdown_texts import NASTY
from tests.books.properties import check_blocks_are_kept

OPTIONS = ReadingOptions(front_matter=("title", "description"), code_comments=True)
WORDS = [
    "1986. It was",
    "x }",
    "x $y$",
    "50 %",
    "a & b",
    "#1",
    "a\\b",
    "two\nlines",
    "{x}",
    "*/",
    "-- x",
    "# x",
    "x: y",
]


def prose(text: str, options: ReadingOptions = OPTIONS) -> list[str]:
    return [text[start:end] for block in scan(text, options) for start, end in block.spans]


def read(text: str) -> Document:
    return parse(text, path="a.md", lang="en", options=OPTIONS, sentences=False)


def one(text: str, translation: str) -> str:
    return splice(read(text), {0: translation}).text


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (
            r"f(x) = \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
            ["if ", "otherwise"],
        ),
        (r"a = b \text{ and } c = d", [" and "]),
        (r"P(\text{walking the dog}) = p", ["walking the dog"]),
        (r"\text{softmax}(x) + \text{sin} x + x_\text{max}", []),
        (r"& \text{prod}(a, b) && \text{constant} \\", ["constant"]),
        (r"a \; \text{und} \; b \textrm{ si } c \mbox{ für } d", ["und", " si ", " für "]),
        (r"\hat y_\text{预测}", ["预测"]),
        (r"\text{a, b} \text{x\_y is} \text{is $x$ so} \text{so {x}} \\text{no no}", []),
        (r"\operatorname{arg max} \mathrm{per unit}", []),
    ],
)
def test_words_in_a_display_formula(formula: str, expected: list[str]) -> None:
    text = f"$$\n{formula}\n$$\n"
    assert prose(text) == expected
    assert prose(text, ReadingOptions(math_text=False)) == []


def test_only_the_words_of_a_formula_change() -> None:
    text = "$$x = 1 \\text{ if } y, \\quad 0 \\text{ otherwise}.$$"
    document = read(text)
    assert [block.translatable for block in document.blocks] == [True]
    spliced = splice(document, {0: "si", 1: "sinon\ndonc"})
    assert spliced.text == "$$x = 1 \\text{ si } y, \\quad 0 \\text{ sinon donc}.$$"
    for damage in ("a $ b", "x} y", "{x", "50 % of", r"a\ b", "a & b", "#1 of"):
        spliced = splice(document, {0: damage})
        assert spliced.text == text
        assert [problem.reason for problem in spliced.problems] == [
            "it does not fit: the column is too narrow, or a formula cannot hold it"
        ]


@pytest.mark.parametrize(
    ("info", "code", "expected"),
    [
        (
            "python",
            "# Take the mean\nx = 1  # not this\n    # and the rest",
            [" Take the mean", " and the rest"],
        ),
        ("{.python .input  n=3}", "#@tab all\n# Run it twice\n#@save", [" Run it twice"]),
        ("python", "# x = f(1)\n# net(x)\n# import numpy as np\n# print(x, y)", []),
        (
            "python",
            "#!/usr/bin/env python\n# noqa: x y\n# type: ignore this\n# %matplotlib inline\n# word",
            [],
        ),
        ("python", "# 计算损失\n# 值", [" 计算损失"]),
        ("python", "# a \\* b c", []),
        ("js run", "// Say hello\nalert(1);\n// alert(2); again;", [" Say hello"]),
        ("c", "/* One line */\n/*\n * Of two\n * lines of it\n */ x", ["One line ", "Of two", "lines of it"]),
        ("sql", "-- All of it\nSELECT 1", [" All of it"]),
        ("matlab", "% Of a matrix", [" Of a matrix"]),
        ("text", "# No code here", []),
        ("", "# No language here", []),
    ],
)
def test_comments_of_code(info: str, code: str, expected: list[str]) -> None:
    text = f"```{info}\n{code}\n```\n"
    assert prose(text) == expected
    assert prose(text, ReadingOptions()) == []


def test_only_the_comments_of_code_change() -> None:
    text = "```py\n# Take the mean\nx = 1\n```"
    assert one(text, "Prends la\nmoyenne") == text.replace("Take the mean", "Prends la moyenne")
    assert one(text, "x = 1") == text
    assert one("```c\n/* Take it */\n```", "or */ so") == "```c\n/* Take it */\n```"


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        ("title: A plain one\nauthor: Not this", ["A plain one"]),
        ('title: "Quoted \\"so\\""', ['Quoted \\"so\\"']),
        ("title: 'It''s so'  # why", ["It''s so"]),
        (
            "description: >-\n  Folded over\n  two lines\n\n  and more\nkey: x",
            ["Folded over\n  two lines", "and more"],
        ),
        ("description: |\n  One line\n  another\n", ["One line", "another"]),
        ("hero:\n  title: Deeper\n  - title: In a list", ["Deeper", "In a list"]),
        ("title: 12\ndescription: true", []),
        ("title: Wrapped\n  on and on", []),
        ("title: [a, b]\ndescription: *ref", []),
        ('title: "no \\x41 known"', []),
        ("title:\n  nested: x", []),
        ("subtitle: x", []),
    ],
)
def test_values_of_the_front_matter(matter: str, expected: list[str]) -> None:
    text = f"---\n{matter}\n---\n\nText"
    assert prose(text) == [*expected, "Text"]
    assert prose(text, ReadingOptions()) == ["Text"]
    assert prose(text.replace("\n", "\r\n"))[:-1] == [value.replace("\n", "\r\n") for value in expected]


def test_values_of_toml() -> None:
    text = "+++\ntitle = \"A title\"\ndescription = 'C:\\dir is it'\n[title]\nx = 1\n+++\n"
    assert prose(text) == ["A title"]
    assert prose("+++\ntitle = 'A literal'\n+++\n") == ["A literal"]


@pytest.mark.parametrize(
    ("value", "translation", "expected"),
    [
        ("A title", "Ein Titel", "Ein Titel"),
        ("A title", "Titel: so", '"Titel: so"'),
        ("A title", "Titel #1", '"Titel #1"'),
        ("A title", '"Titel"', '"\\"Titel\\""'),
        ("A title", "- Titel", '"- Titel"'),
        ("A title", "true", '"true"'),
        ("A title", "Ein\nTitel", "Ein Titel"),
        ('"A title"', 'Ein "Titel"', '"Ein \\"Titel\\""'),
        ('"A title"', "C:\\Titel", '"C:\\\\Titel"'),
        ("'A title'", "l'eau: tout", "'l''eau: tout'"),
        (">\n  A title\n  of two lines", "Ein Titel: so", ">\n  Ein Titel: so"),
    ],
)
def test_a_value_reads_back_as_it_was_written(value: str, translation: str, expected: str) -> None:
    text = f"---\ntitle: {value}\nkey: x\n---\n"
    assert one(text, translation) == f"---\ntitle: {expected}\nkey: x\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        '---\ntitle: A title\ndescription: "Quoted"\nkey: x\n---\n\n# T\n',
        "---\ntitle: 'Single'\ndescription: >\n  Folded words\n---\ntext\n",
        "+++\ntitle = \"A title\"\ndescription = 'Literal'\n+++\ntext\n",
        "$$\na \\text{ if } b, \\text{two words}\n$$\n",
        "```python\n# Take the mean\nx\n# and go on\n```\n",
        "```c\n/* Take the mean\n * and go on */\n// Of it all\n```\n",
    ],
)
def test_no_translation_breaks_the_document(text: str) -> None:
    document = read(text)
    for nasty in (*NASTY, *WORDS):
        for index in range(len(document.segments())):
            spliced, again = check_blocks_are_kept(document, {index: nasty})
            assert len(prose(again.text)) == len(prose(text))
            assert (spliced.text == text) == any(problem.refused for problem in spliced.problems)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["{}", '"{}"', "'{}'"]), st.text(max_size=12))
def test_any_text_in_a_value_reads_back_or_is_refused(quotes: str, translation: str) -> None:
    yaml = pytest.importorskip("yaml")
    text = f"---\ntitle: {quotes.format('A title')}\nkey: x\n---\n"
    spliced = splice(read(text), {0: translation})
    if spliced.text == text:
        return
    again = read(spliced.text)
    value = again.raw(again.segments()[0]) if again.segments() else None
    front = spliced.text.split("---\n")[1]
    loaded = yaml.safe_load(front)
    assert list(loaded) == ["title", "key"]
    assert isinstance(loaded["title"], str)
    if value is not None:
        quote = front.removeprefix("title: ")[0]
        own = re.sub(r"\\(.)", r"\1", value) if quote == '"' else value
        assert loaded["title"].strip() == (own.replace("''", "'") if quote == "'" else own)
