"""HTML and XHTML: blocks, inline items, and translations that leave a page as it is built."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.formats import format_of, mask_as
from amts_tui.books.inline import unmask
from amts_tui.books.model import Document, ItemForm, ItemKind
from amts_tui.books.options import DEFAULT_OPTIONS
from amts_tui.books.reading import parse
from amts_tui.books.writing import splice, splice_spans
from tests.books.html_texts import html_texts
from tests.books.markdown_texts import NASTY as NASTY_MARKDOWN
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    JOINED,
    check_any_translation,
    check_blocks_are_kept,
    check_document_covers,
    check_masking_is_undone,
    check_nasty,
    in_turn,
    items_of,
    placeholders,
    pseudo_translated,
    read_again,
    refused,
    short_time,
    signature,
)

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8"><title>A page &amp; its words</title>
  <style>p > b { color: red }</style>
  <script>if (a < b) { write("<p>no prose</p>") }</script>
</head>
<body>
<!-- A comment -->
<h1 id="top">A heading with <code>code</code></h1>
<p class="a>b">The first <b>bold</b> words and a <a href="b.html" title="x">link</a>
  over two lines,<br>broken once.</p>
Loose text with <em>stress</em>.
<ul>
  <li>One
  <li><p>Two</p><p>Second paragraph of two</p>
    <ol><li>Deep<ul><li>Deeper</ul></ol>
</ul>
<table><caption>What it holds</caption>
<tr><th>Head<td>Cell &nbsp; with $x_1$
<tr><td><p>Wrapped</p></td><td>12</td></tr></table>
<pre>no <b>prose</b></pre>
<blockquote><p>Quoted words</p></blockquote>
<figure><img src=a.png alt="A picture"><figcaption>Its caption</figcaption></figure>
<dl><dt>Term<dd>What it means</dl>
<div class="x notranslate"><p>Not this</p></div>
<p translate="no">Nor this</p>
<details><summary>More</summary>Body \\(a&lt;b\\) of it</details>
<math><mi>x</mi></math>
</body></html>
"""

XPAGE = re.sub(r"<(br|meta [^>]*|img [^>]*)>", r"<\1/>", PAGE).replace("src=a.png", 'src="a.png"')

NASTY = [
    *NASTY_MARKDOWN, "<p>", "</p>", "<p>x</p>", "</li><li>", "</td><td>x", "<h1>", "<!--", "-->", "<!-- x",
    "<!x", "<?x", "<![CDATA[", "]]>", "<script>", "</script>", "<script>x</script>", "<style>", "<pre>",
    "</pre>", "<svg>",
    "<title>", "</title>", "<textarea>", "<b>", "</b>", "<b", "<", ">", "&", "&lt;", "&amp;", "&nbsp",
    "&#60;", "&copy", '"',
    "'", '" onload="x', "' x='", "a=b>", "\\(", "\\)", "\\[x\\]", "$x_1$", "$", "$$", "{{ x }}", "{%",
    "</body>",
    "</html>", "<br>", "<br/>", "<img alt=x>", "<x-y>", "<p translate=no>", "<div class=notranslate>",
    "x\n\ny",
    "\f", "\u2028", "\x01", "\ud800", "\uffff", "http://e.org", "AT&T", "a < b > c & d",
]  # fmt: skip


def read(text: str, path: str = "a.html") -> Document:
    return parse(text, path=path, lang="en", sentences=False)


def outline(text: str, path: str = "a.html") -> list[tuple[str, str]]:
    found = format_of(path).scan(text, DEFAULT_OPTIONS)
    return [(str(block.kind), text[block.start : block.end]) for block in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One</p>\n<p>Two", [("paragraph", "<p>One</p>"), ("paragraph", "<p>Two")]),
        ("<div>Loose<p>Inner</p> tail</div>", [
            ("html", "<div>"), ("paragraph", "Loose"), ("paragraph", "<p>Inner</p>"), ("paragraph", "tail"),
            ("html", "</div>"),
        ]),
        ("<ul><li>a<li><p>b</p><p>c</p></ul>", [
            ("html", "<ul>"), ("list_item", "<li>a"), ("list_item", "<li><p>b</p>"),
            ("paragraph", "<p>c</p>"), ("html", "</ul>"),
        ]),
        ("<tr><td><p>a</p></td><td>b</td></tr>", [
            ("html", "<tr>"), ("table_cell", "<td><p>a</p></td>"), ("table_cell", "<td>b</td>"),
            ("html", "</tr>"),
        ]),
        ("<pre>a <pre>b</pre></pre><p>c", [("code", "<pre>a <pre>b</pre></pre>"), ("paragraph", "<p>c")]),
        ("<pre>never closed <p>a", [("code", "<pre>never closed <p>a")]),
        ("<p><code>x</code></p>", [("code", "<p><code>x</code></p>")]),
        ("<math><mi>x</mi></math>", [("math", "<math><mi>x</mi></math>")]),
        ("<a id=x></a><hr>", [("html", "<a id=x></a><hr>")]),
        ("<p><svg><p>no</p></svg></p>", [("html", "<p><svg><p>no</p></svg></p>")]),
        ("<img alt='A'> <img alt=b>", [("image", "<img alt='A'> <img alt=b>")]),
        ("<img alt=''>", [("html", "<img alt=''>")]),
        ("a <!-- x --> b<!-- y --><p>", [("paragraph", "a <!-- x --> b<!-- y -->"), ("html", "<p>")]),
        ("<!-- <p>x</p> --><p>a", [("comment", "<!-- <p>x</p> -->"), ("paragraph", "<p>a")]),
        ("<!--> a", [("comment", "<!-->"), ("paragraph", "a")]),
        ("<p title='a>b' x=\">\">c", [("paragraph", "<p title='a>b' x=\">\">c")]),
        ("<script>'</p><p>a'</script><p>b", [("html", "<script>'</p><p>a'</script>"), ("paragraph", "<p>b")]),
        ("<title>a <script> b</title>c", [("heading", "<title>a <script> b</title>"), ("paragraph", "c")]),
        ("a < b and b <c", [("paragraph", "a < b and b <c")]),
        ("\ufeff<p>a", [("other", "\ufeff"), ("paragraph", "<p>a")]),
        ("<p>a<b", [("paragraph", "<p>a<b")]),
        ("", []),
        (" \n\u00a0", []),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert outline(text) == expected


def test_xhtml_has_no_raw_text_and_ends_its_own_elements() -> None:
    text = '<head><script src="a"/><title/></head><p>a</p><![CDATA[ <p> ]]>'
    assert outline(text, "a.xhtml") == [
        ("html", '<head><script src="a"/><title/></head>'),
        ("paragraph", "<p>a</p>"),
        ("html", "<![CDATA[ <p> ]]>"),
    ]
    doctype = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x "<p>">]>'
    assert outline(f"{doctype}<p>a</p>", "a.xhtml") == [("html", doctype), ("paragraph", "<p>a</p>")]


def test_levels_and_containers() -> None:
    blocks = read(PAGE).blocks
    found = {block.segments[0].text: block for block in blocks if block.segments}
    assert found["A heading with {1}"].level == 1
    assert [found[text].level for text in ("One", "Deep", "Deeper")] == [1, 2, 3]
    assert [found[text].within for text in ("One", "Deep", "Second paragraph of two")] == ["", "item", "item"]
    assert (found["Quoted words"].kind, found["Quoted words"].within) == ("quote", "")
    assert (found["Its caption"].kind, found["Its caption"].within) == ("caption", "figure")
    assert found["A page {1} its words"].name == "title"


def test_what_is_translated() -> None:
    texts = [segment.text for segment in read(PAGE).segments()]
    assert texts == [
        "A page {1} its words",
        "A heading with {1}",
        "The first {1>}bold{<1} words and a {2>}link{<2}\nover two lines,{3}broken once.",
        "Loose text with {1>}stress{<1}.",
        "One", "Two", "Second paragraph of two", "Deep", "Deeper", "What it holds", "Head",
        "Cell {1} with {2}", "Wrapped", "Quoted words", "A picture", "Its caption", "Term",
        "What it means", "More",
        "Body {1} of it",
    ]  # fmt: skip
    assert [segment.text for segment in read(XPAGE, "a.xhtml").segments()] == texts


@pytest.mark.parametrize(
    ("raw", "masked"),
    [
        ("a <b>b</b> <i>c</i>", "a {1>}b{<1} {2>}c{<2}"),
        ("<b><i>a</b></i>", "{1>}{2}a{<1}{3}"),
        ("a <b>b", "a {1}b"),
        ("a</b>", "a{1}"),
        ("<code>a<b>c</b></code> d", "{1} d"),
        ("<code>a", "{1}a"),
        ("<kbd>A</kbd>+<samp>b</samp>", "{1}+{2}"),
        ("x<sup>2</sup>, 1<sup>st</sup>", "x{1}, 1{2>}st{<2}"),
        ("a<a href='#n'>[1]</a> <a href=b>b</a>", "a{1} {2>}b{<2}"),
        ("<a id=x></a>a<span class=i></span>", "{1}a{2}"),
        ("a<br>b<br/>c<img alt=x>d<wbr>e", "a{1}b{2}c{3}d{4}e"),
        ("a <!-- b --> c", "a {1} c"),
        ("a &amp; b &#8217; &#xA0;", "a {1} b {2} {3}"),
        ("AT&T & c", "AT{1}T & c"),
        ("a < b", "a {1} b"),
        ("<span translate='no'>a</span> <i class='x notranslate'>b</i>", "{1} {2}"),
        ("<span translate=yes>a</span>", "{1>}a{<1}"),
        ("see \\(a&lt;b\\) and \\[c\\]", "see {1} and {2}"),
        ("let $x_1$ or $n$ be $$a b$$", "let {1} or {2} be {3}"),
        ("from $5 to $6, $HOME and $PATH or \\$x$", "from $5 to $6, $HOME and $PATH or \\$x$"),
        ("{{ name }} is {% x %}", "{1} is {2}"),
        ("at https://e.org/a?b=1, (http://e.org)", "at {1}, ({2})"),
        ("<ruby>文<rt>ぶん</rt></ruby>", "{1>}文{2}{<1}"),
        ("<script>'</script>a", "{1}a"),
        ("<svg><text>no</text></svg> a", "{1} a"),
        ("{1} and {2>}", "{1} and {2}"),
        ("a\n\n  b", "a\nb"),
    ],
)  # fmt: skip
def test_what_becomes_a_placeholder(raw: str, masked: str) -> None:
    text, items, breaks = mask_as("a.html", raw)
    assert text == masked
    assert unmask(text, items, breaks) == raw


def test_kinds_of_items() -> None:
    raw = '<b>a</b><b id="x">b</b><a href=u>c</a><code>d</code>&amp;<img><span>e</span>'
    _, items, _ = mask_as("a.html", raw)
    opening = [item.kind for item in items if item.form is not ItemForm.CLOSE]
    assert opening == [
        ItemKind.EMPHASIS, ItemKind.HTML, ItemKind.LINK, ItemKind.CODE, ItemKind.ENTITY, ItemKind.IMAGE,
        ItemKind.HTML,
    ]  # fmt: skip


@given(st.one_of(html_texts, st.text()), st.sampled_from(["a.html", "a.xhtml"]))
def test_unmasking_is_the_inverse_of_masking(raw: str, path: str) -> None:
    check_masking_is_undone(raw, lambda text: mask_as(path, text))


@settings(max_examples=200, deadline=None)
@given(html_texts, st.sampled_from(["a.html", "a.xhtml"]))
def test_blocks_and_segments_cover_the_text(text: str, path: str) -> None:
    check_document_covers(read(text, path))


@pytest.mark.parametrize(("text", "path"), [(PAGE, "a.html"), (XPAGE, "a.xhtml")])
@pytest.mark.parametrize(("pattern", "change"), [ACCENTED, CHINESE, JOINED, (r"\Z", " & <xyz> 'xyz'")])
def test_a_pseudo_translation_keeps_blocks_and_segments(
    text: str, path: str, pattern: str, change: str
) -> None:
    document = read(text, path)
    spliced, again = check_blocks_are_kept(document, pseudo_translated(document, pattern, change))
    assert refused(spliced) == []
    if "<" not in change:
        assert items_of(again) == items_of(document)


@pytest.mark.parametrize(("text", "path"), [(PAGE, "a.html"), (XPAGE, "a.xhtml")])
@pytest.mark.parametrize("nasty", NASTY)
def test_no_translation_breaks_the_page(text: str, path: str, nasty: str) -> None:
    document = read(text, path)
    segments = document.segments()
    for index in in_turn(range(len(segments)), NASTY.index(nasty), 4):
        segment = segments[index]
        check_nasty(document, index, f"{nasty} {placeholders(segment)}")
        typed = splice_spans(document, [(segment.start, segment.end, nasty or "x")])
        assert signature(read_again(document, typed)) == signature(document)


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("<p>a", "<b> & &amp; \"x\" > 'y'", "<p>&lt;b> & &amp;amp; \"x\" > 'y'"),
        ('<img alt="a">', 'say "x"', '<img alt="say &quot;x&quot;">'),
        ("<img alt='a'>", "it's", "<img alt='it&#39;s'>"),
        ("<title>a</title>", "x\ny </title>", "<title>x y &lt;/title></title>"),
        ("<p>\n  a\n  b", "x\ny", "<p>\n  x\n  y"),
        ("<p>a", "x\n\ny", "<p>x y"),
        ("<p>a <code>b</code>", "{1} x", "<p><code>b</code> x"),
        ("<p>a <b>b</b>", "x", "<p>x"),
        ("<p>don&rsquo;t&nbsp;go", "no vayas", "<p>no vayas"),
        ("<p>\\(a\\) b", "\\( x {1}", "<p>&#92;( x \\(a\\)"),
    ],
)
def test_translations_are_made_safe(text: str, translation: str, expected: str) -> None:
    assert splice(read(text), {0: translation}).text == expected


def test_a_form_feed_does_not_come_into_xml() -> None:
    assert splice(read("<p>a</p>", "a.xhtml"), {0: "x\fy"}).text == "<p>x y</p>"


@pytest.mark.parametrize(
    ("path", "text", "translation"),
    [
        ("a.html", "<p>a", "x\x01y"),
        ("a.html", "<p>a <span>b</span>", "{1>}x"),
        ("a.html", "<img alt=a>", "two words"),
        ("a.html", "<p>a <code>b</code>", "x"),
        ("a.html", "<p>a &lt; b", "x"),
    ],
)
def test_what_no_escape_helps_is_refused(path: str, text: str, translation: str) -> None:
    spliced = splice(read(text, path), {0: translation})
    assert spliced.text == text
    assert any(problem.refused for problem in spliced.problems)


def test_typed_tags_stay_tags_but_no_half_of_a_pair_in_xhtml() -> None:
    for path in ("a.html", "a.xhtml"):
        document = read("<p>a</p>", path)
        assert splice_spans(document, [(3, 4, "<b>x</b>")]).text == "<p><b>x</b></p>"
    for typed in ("<b>x", "x</b>", "x<br>"):
        assert splice_spans(document, [(3, 4, typed)]).text == "<p>a</p>"


@settings(max_examples=100, deadline=None)
@given(html_texts, st.lists(html_texts, min_size=1, max_size=4), st.sampled_from(["a.html", "a.xhtml"]))
def test_any_translation_of_anything_keeps_the_blocks(text: str, values: list[str], path: str) -> None:
    check_any_translation(read(text, path), values)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "<a " * 15_000,
        "<a x='>" * 10_001,
        "<p>" * 10_000 + "</p>" * 10_000,
        "<ul><li><div>" * 5_000,
        "<ul>" + "<div>" * 10_000 + "<li></li>" * 10_000,
        "<p>" + "<code>a" * 10_000,
        "<b><i>a</b></i>" * 5_000,
        "<sup>1" * 10_000 + "</sup>" * 10_000,
        "<!-- " * 15_000,
        "<!doctype [>" * 10_000,
        "\\( a " * 15_000,
        "$a b " * 15_000,
        "{{ " * 15_000,
        "a\n   " * 15_000,
        "<svg>" * 10_000,
    ],
)
def test_time_stays_linear(text: str) -> None:
    with short_time():
        assert outline(text)
        masked, items, breaks = mask_as("a.html", text)
    assert unmask(masked, items, breaks) == text


@pytest.mark.parametrize(("name", "ampersand"), [("a.html", "&"), ("a.xhtml", "&amp;")])
def test_typed_marks_become_entities(name: str, ampersand: str) -> None:
    document = parse("<p>One two.</p>\n", path=name, lang="en")
    place = document.segments()[0]
    spliced = splice_spans(document, [(place.start, place.end, "He saw 1 < 2 & 3.")])
    assert spliced.text == f"<p>He saw 1 &lt; 2 {ampersand} 3.</p>\n"
    assert not [problem for problem in spliced.problems if problem.refused]
