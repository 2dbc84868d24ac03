"""AsciiDoc: its blocks, its inline items, and translations that break neither."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.asciidoc import ASCIIDOC, scan
from amts_tui.books.formats import format_of
from amts_tui.books.inline import join_lines, mask, plain_text
from amts_tui.books.model import Document
from amts_tui.books.reading import parse
from amts_tui.books.writing import splice, splice_spans
from tests.books.markdown_texts import NASTY as NASTY_MARKDOWN
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    JOINED,
    check_any_translation,
    check_blocks_are_kept,
    check_blocks_cover,
    check_masking_is_undone,
    check_nasty,
    check_own_texts_change_nothing,
    in_turn,
    placeholders,
    placeholders_of,
    pseudo_translated,
    short_time,
    texts_of,
)

BOOK = """\
= A Handbook of Kites
Jane Maker <jane@example.org>
v1.2, 2024-05-01
:toc:
:product-name: Kite \\
  Kit

// a comment
////
A block
of comment.
////

[[intro]]
== First steps ==

A first paragraph with `code` in it and *bold*,
over _two_ lines.
// hidden
It ends with {product-name} and a note.footnote:[See https://example.org[the site] for more.]

NOTE: Mind the wind.

[WARNING]
====
A block of warning.

. Step one
. Step two
+
A paragraph of the step.
+
[source,ruby]
----
puts "not prose"
# == no heading
----
====

.A list of things
* One item
  over two lines
** A deeper item
* Another

First:: The first thing
Second::
  The second thing.

[quote, Ada Lovelace, "Notes, part one"]
____
A quoted paragraph.
____

[verse, Someone]
____
Line one
Line two

Line three
____

.Figure title
image::kite.png[A kite in the wind,300,title="On the beach"]

.Prices
[cols="1,2a,m",options="header"]
|===
|Name |What it is |Code

|Kite
|* an item
* another

with a paragraph
|`x`

2+|A wide cell | y
3*^|same
|===

[stem]
++++
x^2
++++

 literal text
 here

"Quoted words
over lines."
-- Somebody

[.lead]
Text with <<intro>>, <<intro,the start>>, xref:a.adoc[another page], CO~2~, E=mc^2^, "`quoted`",
menu:File[Save], kbd:[Ctrl+C], ((kites)), (((kites,wind))) and a line break +
after it.

<1> A callout
<2> Another callout

'''

ifdef::web[]
Only on the web.
endif::[]

include::other.adoc[]

Old style
---------

****
A sidebar.
****

[source]
paragraph as code
second line

The end.
"""

NASTY = [
    "* x", "** x", "- x", ". x", ".. x", "1. x", "A. Smith wrote", "i) x", "<1> x", "<.> x", "= x", "== x",
    "== x ==", "====== x", "# x", "x ==", "x =", "| x", "a | b", "a|b", "2+|x", "a| x", "x\\", "// x", "////",
    "/// x", "----", "....", "====", "****", "____", "++++", "--", "```", "```ruby", "|===", ",===", "!===",
    "NOTE: x", "TIP: x", "WARNING:x", ".Title", ".NET is old", "...", "..", ":name:", ":name: value",
    ":!name:",
    "[x]", "[source]", "[quote, a]", "[[id]]", "[[id]] x", "[", "]", "+", "x +", "x +\ny", "+ x", "a\n\nb",
    " x", "    x", "\tx", "x:: y", "x::", "a;; b", "x :: y", "std::string", "x:::: y", "'''", "---", "- - -",
    "***", "<<<", "<<id>>", "<<id,x>>", "<<id", ">>", "include::a[]", "ifdef::a[]", "ifndef::a[x]",
    "endif::[]",
    "ifeval::[1]", "image::a.png[]", "image::a.png[x]", "image:a.png[x]", "toc::[]", "video::a[]", "x\n----",
    "x\n====", "xx\n--", "x\n* y", "x\n. y", "x\n+\ny", "x\n[y]\nz", "x\n// y\nz", "x\n|===\ny", "x\n.y\nz",
    "x\n:y: z", "x\nendif::[]", '"x\ny"\n-- z', "> x", "-- x", "`", "``", "`x", "x`", "*", "**", "*x", "_x_",
    "__", "#", "##x", "^", "x^y", "~", "++", "+++", "$$", "{", "}", "{x}", "{empty}", "{1", "((", "((x))",
    "(((x)))", "footnote:[", "footnote:[x", "link:a[", "https://e.org[", "https://e.org", "a@b.org", "stem:[",
    "pass:[", '"`', "`\"", "''", "``x''", "\\", "\\*x*", "\\{x}", "&", "&amp;", "&#42;", "x, y", 'x "y" z',
    'x="y"', "x,title=\"y\"", "'x'", "\u2028* x", "\ufeff= x", "x\r\n\r\ny", "", "  ",
]  # fmt: skip

FRAGMENTS = (
    "= ", "== ", "=== Title", "====", "-----", "----", "....", "****", "____", "++++", "////", "--", "|===",
    "!===", ",===", "```", "* ", "** ", "- ", ". ", "1. ", "a. ", "<1> ", "term:: ", "::", ";;", "+", " +",
    " +\n", "// ", "//", ":name: value", ":a:", "[source]", "[verse]", "[quote, A, B]", "[%hardbreaks]",
    '[cols="1,2a,m"]', "[[id]]", "[#id]", "[.role]", ".Title", "NOTE: ", "image::a.png[", "image:a[x]",
    "toc::[]",
    'title="x"', "include::a[]", "ifdef::a[]", "endif::[]", "'''", "<<<", "|", "2+|", "a|", "|x |y", "!", "`",
    "``", "`code`", "*", "**", "*b*", "_", "__", "#", "##", "[x]#y#", "^", "^2^", "~", "+++", "++", "$$",
    "<<a>>", "<<a,", ">>", "link:a[", "https://e.org/a_b", "https://e.org[", "]", "[", "^]", ",role=x]",
    "a@b.org",
    "footnote:[", "xref:a#b[", "kbd:[x]", "stem:[x]", "pass:[x]", "((", "))", "(((", ")))", "{attr}",
    "{empty}",
    "{1}", "{1>}", "{<1}", "&#8212;", "&amp;", "\\", "\\*", "\\{a}", '"`', "`\"", "'`", "`'", "''", "word",
    "Two words. And more!", "文字。", "文", "“引用”", "한국어", " ", "  ", "\t", "\n", "\n", "\n", "\n\n",
    "\r\n", "\r", "\u2028", "\u00a0", "\u3000", "\x1a", "\x0b", "\ufeff", "> ", '"', "-- A",
    "---\na: b\n---\n",
)  # fmt: skip

asciidoc_texts = texts_of(FRAGMENTS)


def read(text: str) -> Document:
    return parse(text, path="a.adoc", lang="en", sentences=False)


def outline(text: str) -> list[tuple[str, str]]:
    return [(str(block.kind), text[block.start : block.end]) for block in scan(text)]


def prose(text: str) -> list[str]:
    return [text[start:end].strip() for block in scan(text) for start, end in block.spans]


def masked(raw: str) -> str:
    return mask(raw, ASCIIDOC.find_items)[0]


def one(text: str, translation: str) -> str:
    return splice(read(text), {0: translation}).text


@pytest.mark.parametrize("name", ["a.adoc", "a.asciidoc", "b/a.ASC"])
def test_suffixes(name: str) -> None:
    assert format_of(name) is ASCIIDOC


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("== Title\nText.", [("heading", "== Title"), ("paragraph", "Text.")]),
        ("text\n== no title", [("paragraph", "text\n== no title")]),
        ("text\n* no item", [("paragraph", "text\n* no item")]),
        ("* item\n* item", [("list_item", "* item"), ("list_item", "* item")]),
        ("Title\n=====\nText", [("heading", "Title\n====="), ("paragraph", "Text")]),
        ("Title\n========\n", [("paragraph", "Title"), ("directive", "========")]),
        ("----\n= a\n\n* b\n----\nc", [("code", "----\n= a\n\n* b\n----"), ("paragraph", "c")]),
        ("----\nnever closed", [("code", "----\nnever closed")]),
        ("[source,py]\nx\ny\n\nz", [("directive", "[source,py]"), ("code", "x\ny"), ("paragraph", "z")]),
        ("a\n\n b\n c\n\nd", [("paragraph", "a"), ("code", "b\n c"), ("paragraph", "d")]),
        ("a\n b\nc", [("paragraph", "a\n b\nc")]),
        ("a\n// b\nc", [("paragraph", "a"), ("comment", "// b"), ("paragraph", "c")]),
        (".Net\nx", [("caption", ".Net"), ("paragraph", "x")]),
        (":a: b \\\n  c\nd", [("directive", ":a: b \\\n  c"), ("paragraph", "d")]),
        ("++++\n<b>\n++++", [("html", "++++\n<b>\n++++")]),
        ("[latexmath]\n++++\nx\n++++", [("directive", "[latexmath]"), ("math", "++++\nx\n++++")]),
        (
            "====\n----\nx\n====\ny",
            [("directive", "===="), ("code", "----\nx"), ("directive", "===="), ("paragraph", "y")],
        ),
        ("|===\n|a |b\nc\n|===", [
            ("directive", "|==="), ("table_cell", "|a"), ("table_cell", "|b\nc"), ("directive", "|==="),
        ]),
        ("---\ntitle: x\n---\n\nb", [("front_matter", "---\ntitle: x\n---"), ("paragraph", "b")]),
        ("\ufeff= T", [("other", "\ufeff"), ("heading", "= T")]),
        ("1986. It was", [("list_item", "1986. It was")]),
        ("", []),
        (" \n\t\n", []),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("== Title ==", ["Title"]),
        ("= Title\nJane Maker <j@e.org>\nv1.0\n\nText", ["Title", "Text"]),
        ("= Title\nThis is prose, not an author.", ["Title", "This is prose, not an author."]),
        ("* [x] done", ["done"]),
        ("NOTE: Mind it.", ["Mind it."]),
        ("a:: b\nc", ["a", "b\nc"]),
        ("a::\n\n  b\n\nc", ["a", "b", "c"]),
        ("a::\nb::\n c", ["a", "b", "c"]),
        ("<1> one\n<2> two", ["one", "two"]),
        ("[quote, Name, Work]\nText", ["Name", "Work", "Text"]),
        ('"Words."\n-- Name', ['"Words."', "Name"]),
        ("[verse]\nOne\nTwo", ["One", "Two"]),
        ("[%hardbreaks]\nOne\nTwo", ["One", "Two"]),
        ("image::a.png[]", []),
        ("image::a.png[Alt, text,300]", ["Alt, text"]),
        ('image::a.png["Alt, text",title="A title"]', ["Alt, text", "A title"]),
        ("image::a.png[alt=Alt]", ["Alt"]),
        ('[caption="Table A"]', ["Table A"]),
        ("|===\n|a\n\nb\n// c\nd\n|===", ["a", "b", "d"]),
        ('[cols="1,1m,1l"]\n|===\n|a |b |c\n.2+|a |b |c\n|b |c\n|a |b |c\n|===', ["a", "a", "a"]),
        ("|===\n|a \\| b\n|===", ["a \\| b"]),
        ("|===\na|\n* b\n!===\n!c\n!===\n|===", ["b", "c"]),
        (",===\na,b\n,===", []),
    ],
)
def test_marks_are_not_part_of_the_prose(text: str, expected: list[str]) -> None:
    assert prose(text) == expected


def test_levels_and_containers() -> None:
    text = "* a\n** b\n+\nc\n+\n====\nd\n\n* e\n====\n* f\n\ng\n\n* h"
    found = [(str(b.kind), b.level, b.within) for b in scan(text) if b.spans]
    assert found == [
        ("list_item", 1, ""), ("list_item", 2, ""), ("paragraph", 0, "item"), ("paragraph", 0, "example"),
        ("list_item", 1, "example"), ("list_item", 1, ""), ("paragraph", 0, ""), ("list_item", 1, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a `b *c*` d", "a {1} d"),
        ("*a _b_* c", "{1>}a {2>}b{<2}{<1} c"),
        ("**a**b and __c__d", "{1>}a{<1}b and {2>}c{<2}d"),
        ("2 * 3 * 4, snake_case_name, a*b*c", "2 * 3 * 4, snake_case_name, a*b*c"),
        ("[.red]#a# and [x]`b`", "{1>}a{<1} and {2}"),
        ("see [1]*a*", "see {1>}a{<1}"),
        ("H~2~O and x^2^", "H{1>}2{<1}O and x{2>}2{<2}"),
        ("\"`a`\" and '`b`'", "{1>}a{<1} and {2>}b{<2}"),
        ("an ``old'' quotation", "an {1>}old{<1} quotation"),
        ("``a``s and `b`'s", "{1>}{2}{<1}s and {3}'s"),
        ("+a_b_c+ and +++<u>x</u>+++", "{1} and {2}"),
        ("https://e.org[a site] and https://e.org.", "{1>}a site{<1} and {2}."),
        ("https://e.org[a^] link:b[] link:c[d,role=e]", "{1>}a{<1} {2} {3>}d{<3}"),
        ('link:c["d, e",role=f] <https://e.org>', "{1>}d, e{<1} {2}"),
        ("https://e.org[^]", "{1}"),
        ("{url}/a[b] {x}", "{1>}b{<1} {2}"),
        ("<<a>> <<a,b *c*>>", "{1} {2>}b {3>}c{<3}{<2}"),
        ("a footnote:[b link:c[d].] e", "a {1>}b {2>}d{<2}.{<1} e"),
        ("wordfootnote:x[] stem:[a_1] kbd:[Ctrl+C]", "word{1} {2} {3}"),
        ("image:a.png[b] icon:c[]", "{1} {2}"),
        ("(((a,b))) ((c))", "{1} {2>}c{<2}"),
        ("a +\nb", "a{1}b"),
        ("\\*a* \\{b}", "{1}a* {2}"),
        ("&copy; [[id]]a j@e.org", "{1} {2}a {3}"),
        ("这是*重点*吗，用`git`吧", "这是{1>}重点{<1}吗，用{2}吧"),
        ("{1} and {2>}", "{1} and {2}"),
    ],
)
def test_inline_items(raw: str, expected: str) -> None:
    assert masked(raw) == expected


def test_plain_text_has_no_marks() -> None:
    text, items, _ = mask('A *b* `c` footnote:[d] <<e>> line +\nbreak "`f`" {g}', ASCIIDOC.find_items)
    assert plain_text(text, items) == "A b `c` d line break f {g}"


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("a *b* c", "文{1>}字{<1}文", "文**字**文"),
        ("a *b* c", "：{1>}字{<1}。", "：*字*。"),
        ("a *b* c", "{1>}중요{<1}한", "**중요**한"),
        ("a [.x]#b# c", "文{1>}字{<1}", "文[.x]##字##"),
        ("a `b` c", "用{1}吧", "用 `b` 吧"),
        ("a `b` c", "{1}을", "``b``을"),
        ("a `b` c", "{1}'in", "``b``'in"),
        ("a *`b`* c", "文{1>}{2}{<1}文", "文**`b`**文"),
        ("a {x} `b`", "s {1}{2}", "s {x}``b``"),
        ("a https://e.org[b]", "见{1>}站{<1}吗", "见 https://e.org[站]吗"),
        ("a https://e.org c", "字（{1}）", "字（ https://e.org ）"),
        ("a <https://e.org> c", "见{1}吗", "见<https://e.org>吗"),
        ("a^b^", "x{1>}y z{<1}", "x^y{sp}z^"),
        ('a "`b`" c', "文{1>}字{<1}文", '文 "`字`" 文'),
        ("a *b* c", "x {1>} y {<1} z", "x *y* z"),
        ("a *b* c", "x {1>}y{<1}s z", "x **y**s z"),
    ],
)
def test_marks_are_seen_where_they_stand(text: str, translation: str, expected: str) -> None:
    assert one(text, translation) == expected
    again, before = read(one(text, translation)).segments()[0], read(text).segments()[0]
    assert {item.kind for item in again.items} >= {item.kind for item in before.items}


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Word", ".NET is", "{empty}.NET is"),
        ("Word", "* x", "{empty}* x"),
        ("Word", "A. Smith", "{empty}A. Smith"),
        ("Word", "NOTE: x", "{empty}NOTE: x"),
        ("Word", "a:: b", "a:{empty}: b"),
        ("Word", "C +", "C {plus}"),
        ("a\nb", "x\n// y", "x\n{empty}// y"),
        ("== Word", "x ==", "== x {empty}=="),
        ("|===\n|a\n|===", "x | y", "|===\n|x \\| y\n|==="),
        ("* a", "x\n* y", "* x\n  {empty}* y"),
        ("== a\n", "x\ny", "== x y\n"),
        ("word `c`", "a `b {1}", "a {backtick}b `c`"),
        ("image::a.png[b]", "x, y", 'image::a.png["x, y"]'),
        ("image::a.png[b,300]", 'a "b", c', 'image::a.png["a \\"b\\", c",300]'),
        ('image::a.png[title="b"]', 'a "b"', 'image::a.png[title="a \\"b\\""]'),
        ("[quote, A]\nb", "X, Y", '[quote, "X, Y"]\nb'),
        ("Title\n=====\n", "A longer title", "A longer title\n==============\n"),
        ("[verse]\nOne\nTwo", "x\ny", "[verse]\nx y\nTwo"),
        ("1. a\r\n", "x\ny", "1. x\r\n   y\r\n"),
    ],
)
def test_markup_by_accident_is_escaped(text: str, translation: str, expected: str) -> None:
    assert one(text, translation) == expected


def test_an_edited_sentence_gets_marks_that_are_seen() -> None:
    document = read("A word here.")
    assert splice_spans(document, [(2, 6, "文*字*文")]).text == "A 文**字**文 here."


def test_each_segment_with_its_own_text_gives_the_file_back() -> None:
    check_own_texts_change_nothing(read(BOOK))


@pytest.mark.parametrize(
    ("pattern", "change"),
    [ACCENTED, CHINESE, JOINED, (r"(?<=[^\W\d_]{3})(?=[ ,.])", "xyz")],
)
def test_a_pseudo_translation_keeps_blocks_segments_and_items(pattern: str, change: str) -> None:
    document = read(BOOK)
    spliced, again = check_blocks_are_kept(document, pseudo_translated(document, pattern, change))
    assert spliced.problems == ()
    assert placeholders_of(again) == placeholders_of(document)


def test_chinese_joined_as_chinese_keeps_its_items() -> None:
    document = read(BOOK)
    chinese = pseudo_translated(document, *CHINESE)
    joined = {index: join_lines(chinese[index], one.items) for index, one in enumerate(document.segments())}
    assert check_blocks_are_kept(document, joined)[0].problems == ()


@pytest.mark.parametrize("nasty", NASTY)
def test_no_translation_breaks_the_document(nasty: str) -> None:
    document = read(BOOK)
    segments = document.segments()
    alike = [(block.kind, block.name, block.within) for block in document.blocks for _ in block.segments]
    places = sorted({place: index for index, place in enumerate(alike)}.values())
    for index in in_turn(places, NASTY.index(nasty), 3):
        check_nasty(document, index, f"{nasty} {placeholders(segments[index])}".rstrip(" "))


def test_all_nasty_translations_at_once() -> None:
    document = read(BOOK)
    count = len(document.segments())
    everything = NASTY + NASTY_MARKDOWN
    for shift in range(0, len(everything), 13):
        changed = {index: everything[(index + shift) % len(everything)] for index in range(count)}
        for keep_damaged in (True, False):
            check_blocks_are_kept(document, changed, keep_damaged=keep_damaged)


@settings(max_examples=300, deadline=None)
@given(asciidoc_texts)
def test_blocks_cover_the_text_without_overlap(text: str) -> None:
    check_blocks_cover(text, scan(text))


@settings(max_examples=300, deadline=None)
@given(st.one_of(asciidoc_texts, st.text()))
def test_unmasking_is_the_inverse_of_masking(raw: str) -> None:
    check_masking_is_undone(raw, lambda text: mask(text, ASCIIDOC.find_items))


@settings(max_examples=200, deadline=None)
@given(asciidoc_texts, st.lists(asciidoc_texts, min_size=1, max_size=4), st.booleans())
def test_any_translation_of_anything_keeps_the_blocks(
    text: str, values: list[str], keep_damaged: bool
) -> None:
    check_any_translation(read(text), values, keep_damaged=keep_damaged)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "* a\n" * 20_000,
        "".join("*" * depth + " x\n" for depth in range(1, 500)),
        "====\n" * 20_000,
        "".join("=" * depth + "\n" for depth in range(4, 1_500)),
        "----\n" * 20_001,
        "|===\n" + "|a " * 50_000,
        '[cols="' + "999*m," * 2_000 + '"]\n|===\n|a\n|===',
        "[" + '",' * 20_000 + "]",
        "*a `b _c " * 20_000,
        "link:" * 20_000,
        "link:a[" * 10_000 + "]" * 10_000,
        "https://e.org[b,c=d] " * 10_000,
        "``a'' <<b, " * 10_000,
        "((" * 50_000,
        "[" * 50_000,
        "\\" * 50_000,
        "{" * 50_000,
        " " * 100_000 + "+",
        "a:" * 50_000,
        "a" * 50_000 + "@",
    ],
    ids=lambda text: text[:12],
)
def test_time_stays_linear(text: str) -> None:
    with short_time():
        scan(text)
        mask(text, ASCIIDOC.find_items)


def test_a_table_without_a_cell_mark_is_covered() -> None:
    document = parse("|===\nA sentence. Another one!\n|===\n", path="a.adoc", lang="en")
    raws = [document.raw(block) for block in document.blocks]
    assert raws == ["|===", "A sentence. Another one!", "|==="]
