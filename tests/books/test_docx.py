"""Word documents: what is read, and that nothing but the changed paragraphs changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books.docx import DOCX, DOCX_TEXT
from amts_tui.books.docx.rendering import Stretch, stretches
from amts_tui.books.inline import mask, plain_text
from amts_tui.books.model import Document
from amts_tui.books.options import DEFAULT_OPTIONS
from amts_tui.books.reading import parse_bytes
from amts_tui.books.writing import splice_spans
from amts_tui.errors import AmtsError
from tests.books.docx_files import (
    BOLD_OFF,
    BOOKMARK,
    BOOKMARK_END,
    CODE,
    IT,
    LINES,
    MATH,
    NAMESPACES,
    NOTE,
    PICTURE,
    RED,
    RELATIONS,
    STYLES,
    B,
    box,
    document,
    docx,
    entry,
    field,
    p,
    paragraphs,
    r,
    style,
    t,
    zipped,
)
from tests.books.markdown_texts import NASTY
from tests.books.properties import (
    ACCENTED,
    CHINESE,
    LONGER,
    check_blocks_are_kept,
    check_blocks_cover,
    check_masking_is_undone,
    check_own_texts_change_nothing,
    items_of,
    placeholders,
    pseudo_translated,
    refused,
    texts_of,
)


def read(data: bytes) -> Document:
    return parse_bytes(data, path="a.docx", lang="en", sentences=False)


def lines(data: bytes) -> list[str]:
    return DOCX.unpack(data, "a.docx")[0][1].split("\n\n")


def line(content: str, properties: str = "", **more: str) -> str:
    (found,) = lines(docx(p(content, properties), **more))
    return found


def changed(content: str, new: str) -> str:
    """The new content of a paragraph whose line becomes `new`; its own properties and first tag stay."""
    data = docx(p(content))
    texts = [text for _, text, _ in DOCX.unpack(data, "a.docx")]
    made = DOCX.pack(data, [new, *texts[1:]], "a.docx")
    assert lines(made) == [new]
    before, after = document(p("\0")).split("\0")
    xml = entry(made)
    assert xml.startswith(before)
    assert xml.endswith(after)
    return xml[len(before) : -len(after)]


def meaning(document: Document) -> list[list[Stretch]]:
    """What the lines of a document mean, however their tags are written."""
    return meaning_of(document.text)


def meaning_of(text: str) -> list[list[Stretch]]:
    return [stretches(line) for line in text.split("\n\n")]


def message(data: bytes) -> str:
    with pytest.raises(AmtsError) as caught:
        DOCX.unpack(data, "a.docx")
    text = str(caught.value)
    assert text.startswith("a.docx")
    assert "\n" not in text
    assert caught.value.remedy
    return text


def test_a_document_is_read_as_lines() -> None:
    assert lines(docx()) == LINES


def test_notes_and_headers_are_parts_of_their_own() -> None:
    comments = document(p(r("<w:annotationRef/>") + r("A remark"))).replace("w:document", "w:comments")
    found = DOCX.unpack(docx(comments=comments, header2="<a/>", endnotes="<a/>"), "a.docx")
    assert [(name, form) for name, _, form in found] == [
        ("document", "docx"), ("footnotes", "docx"), ("comments", "docx"), ("header1", "docx"),
    ]  # fmt: skip
    assert [text for _, text, _ in found][1:] == [" A note, with <i>stress</i>.", "A remark", "Running head"]


def test_blocks_by_kind_and_level() -> None:
    document = read(docx())
    found = [(str(block.kind), block.level, block.translatable) for block in document.blocks]
    assert found[:16] == [
        ("heading", 1, True), ("paragraph", 0, True), ("paragraph", 0, True), ("paragraph", 0, True),
        ("paragraph", 0, True), ("list_item", 1, True), ("list_item", 2, True), ("paragraph", 0, True),
        ("heading", 2, True), ("table_cell", 0, True), ("table_cell", 0, True), ("table_cell", 0, False),
        ("image", 0, False), ("caption", 0, True), ("quote", 0, True), ("code", 0, False),
    ]  # fmt: skip
    assert found[23:] == [("math", 0, False), ("paragraph", 0, True), ("paragraph", 0, True)]
    assert [segment.text for segment in document.segments()][:5] == [
        "The title",
        "A first paragraph with {1>}bold{<1} and {2>}{3>}both{<3}{<2} and {4>}red{<4} words, H{5>}2{<5}O.",
        "All of it is large and {1>}bold here{<1}",
        "Its formula {1} has a note{2}, see {3}.",
        "A {1>}link{<1} and {2>}another{<2}.",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (r("a", B) + r("b", B), "ab"),
        (r("a") + r("b", '<w:b w:val="true"/>') + r("c", '<w:b w:val="1"/>'), "a<b>bc</b>"),
        (r("a") + r("b", BOLD_OFF), "a<r1>b</r1>"),
        (r("a", RED) + r("b", '<w:sz w:val="9"/>'), "<r1>a</r1><r2>b</r2>"),
        (r("a", '<w:rFonts w:hint="eastAsia"/>') + r("b"), "ab"),
        (r("a", "<w:spacing w:val='3'/>") + r("b", "<w:kern w:val='2'/><w:lang w:val='en'/>"), "ab"),
        (r("a", '<w:u w:val="single"/>') + r("b", '<w:u w:val="wave"/>'), "<u>a</u><r1>b</r1>"),
        (r("a", B) + r(NOTE, B) + r("b", B) + r("c"), "<b>a<note1/>b</b>c"),
        (r("a", B) + r("b", B + IT) + r("c", IT) + r("d"), "<b>a<i>b</i></b><i>c</i>d"),
        (r("a ") + r("hidden", "<w:vanish/>") + r("b"), "a <x1/>b"),
        (r("a", '<w:vanish w:val="0"/>'), "a"),
        (r("&lt;b&gt; &amp;amp; &amp; &lt; 3 &#65;&quot;"), '&lt;b> &amp;amp; & &lt; 3 A"'),
        (r("&lt;") + r("b&gt;"), "&lt;b>"),
        (r(t("<![CDATA[<b>]]>&lt;<!-- c -->")), "&lt;b>&lt;"),
        ("<w:r><w:t> a </w:t></w:r>" + r("\nb\t"), "a b "),
        (r("<w:t>a</w:t><w:softHyphen/><w:t>b</w:t><w:noBreakHyphen/>"), "a\u00adb\u2011"),
        (r("<w:lastRenderedPageBreak/><w:t>a</w:t>"), "a"),
        (r("<w:t>a</w:t><w:sym w:font='S' w:char='F0'/>"), "a<x1/>"),
        (BOOKMARK + r("a") + BOOKMARK + r("b") + BOOKMARK_END, "a<x1/>b"),
        (r("a") + '<w:commentRangeEnd w:id="1"/>' + r('<w:commentReference w:id="1"/>'), "a"),
        (r(NOTE.replace("2", "10")) + r("a") + r(NOTE), "<note2/>a<note1/>"),
        (r("a") + r(PICTURE) + r("b") + r(PICTURE), "a<image1/>b<image1/>"),
        ('<w:smartTag w:element="c"><w:smartTagPr/>' + r("a") + "</w:smartTag>" + r("b"), "<w1>a</w1>b"),
        (r("a") + "<w:hyperlink/>", "a<x1/>"),
        (r("a") + field("IF x", r("b") + field("REF y", r("c"))), "a<field1>bc</field1>"),
        (field('TOC \\o "1-3"', r("a"))[: -len('<w:r><w:fldChar w:fldCharType="end"/></w:r>')], "a"),
        (r("a") + f'<w:fldSimple w:instr="HYPERLINK &quot;u">{r("b")}</w:fldSimple>', "a<a1>b</a1>"),
        (r("{1}a{2&gt;}"), "{1}a{2>}"),
    ],
)  # fmt: skip
def test_what_a_paragraph_is_shown_as(content: str, expected: str) -> None:
    assert line(content) == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("", "a"),
        (style("none such"), "a"),
        (style("T"), "<h1>a</h1>"),
        (style("Loop"), "a"),
        (style("H2") + '<w:outlineLvl w:val="9"/>', "a"),
        (style("Q") + '<w:outlineLvl w:val="3"/>', "<h4>a</h4>"),
        (style("berschrift1") + '<w:numPr><w:numId w:val="1"/></w:numPr>', "<h1>a</h1>"),
        ('<w:numPr><w:ilvl w:val="99"/></w:numPr>', "<li9>a</li9>"),
        ('<w:numPr><w:ilvl w:val="x"/></w:numPr>', "<li1>a</li1>"),
    ],
)
def test_what_a_paragraph_is_by_its_properties(properties: str, expected: str) -> None:
    assert line(r("a"), properties) == expected


def test_what_goes_into_parallel_data() -> None:
    texts = {plain_text(segment.text, segment.items) for segment in read(docx()).segments()}
    assert texts >= {
        "A first paragraph with bold and both and red words, H2O.",
        "Its formula E=m<2 has a note, see.",
        "Call f(x < 1) now.",
        "One two three",
        "Controlled text & <b>",
    }


def test_other_prefixes_and_the_strict_namespace() -> None:
    body = "<x:p><x:r><x:t>a</x:t></x:r><x:r><x:rPr><x:b/></x:rPr><x:t>b</x:t></x:r></x:p>"
    xml = f'<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main">{body}</x:document>'
    data = zipped({"word/document.xml": xml})
    assert lines(data) == ["a<b>b</b>"]
    made = entry(DOCX.pack(data, ["c<i>d</i>"], "a.docx"))
    assert "<x:r><x:t>c</x:t></x:r><x:r><x:rPr><x:i/></x:rPr><x:t>d</x:t></x:r>" in made


@pytest.mark.parametrize(
    ("content", "new", "expected"),
    [
        (r("a", rsid="01") + r("b", rsid="02"), "x & &lt;y", r("x &amp; &lt;y")),
        (r("a"), " x ", r(" x ")),
        (r("a", RED + "<w:lang w:val='en'/>") + r("b", RED), "c", r("c", RED + "<w:lang w:val='en'/>")),
        (r("a") + r("b", B), "<b>c</b>d", r("c", B) + r("d")),
        (r("a"), "x <b>y</b>", r("x ") + r("y", "<w:b/>")),
        (r("a", RED), "<i>y</i> <b>z</b>", r("y", f"<w:i/>{RED}") + r(" ", RED) + r("z", f"<w:b/>{RED}")),
        (r("a") + r(NOTE) + r("b"), "c<note1/>", r("c") + r(NOTE)),
        (r("a") + MATH + r("b"), "<math1>E=m&lt;2</math1>c", MATH + r("c")),
        (r("a"), "b<tab/>c<br/>d", r("<w:t>b</w:t><w:tab/><w:t>c</w:t><w:br/><w:t>d</w:t>")),
        (BOOKMARK + r("a") + BOOKMARK_END, "b", BOOKMARK + r("b") + BOOKMARK_END),
        (
            r("a ") + '<w:hyperlink r:id="rId5">' + r("b", RED) + "</w:hyperlink>",
            "<a1>c</a1> d",
            '<w:hyperlink r:id="rId5">' + r("c", RED) + "</w:hyperlink>" + r(" d"),
        ),
        (
            r("a") + field('HYPERLINK "u"', r("b", rsid="03")),
            "<a1>c</a1>d",
            field('HYPERLINK "u"', r("c")) + r("d"),
        ),
        (
            "<w:sdt><w:sdtPr/><w:sdtContent>" + r("a") + "</w:sdtContent><!-- e --></w:sdt>" + r("b"),
            "c<w1>d</w1>",
            r("c") + "<w:sdt><w:sdtPr/><w:sdtContent>" + r("d") + "</w:sdtContent><!-- e --></w:sdt>",
        ),
    ],
)
def test_a_paragraph_is_built_anew(content: str, new: str, expected: str) -> None:
    tight = re.sub(r'<w:t xml:space="preserve">(?! )((?:(?!  |<).)*)(?<! )</w:t>', r"<w:t>\1</w:t>", expected)
    assert changed(content, new) == tight


@pytest.mark.parametrize(
    ("content", "new"),
    [
        (r("a") + r("b", B), "<b>only</b>"),
        (r("a") + r("b", B), "only"),
        (r("a", RED) + r("b", '<w:sz w:val="9"/>'), "<r2>c</r2> and <r1>d</r1>"),
        (r("a", RED) + r("b", '<w:sz w:val="9"/>'), "<r2>c</r2>"),
        (r("a", RED) + r("b", '<w:sz w:val="9"/>'), "plain"),
        (r("a", RED + B) + r("b", RED), "<b>c</b>"),
        (r("a") + BOOKMARK + r("b"), "<x1/>ab"),
        (r("a") + BOOKMARK + r("b"), "ab<x1/>"),
        (r("a") + r(NOTE) + r("b") + r(NOTE.replace("2", "3")), "<note2/>x<note1/>"),
        (
            r("a", '<w:rStyle w:val="VC"/>') + r(", ") + r("b", '<w:rStyle w:val="VC"/>'),
            "<code2>b</code2><code1>a</code1>x",
        ),
        (
            '<w:ins w:id="1">' + r("a", B) + r("b") + "</w:ins>" + r("c"),
            "<w1></w1>c",
        ),
        ('<w:ins w:id="1">' + r("a", B) + r("b") + "</w:ins>" + r("c"), "<w1><b>a</b></w1>"),
        (r(PICTURE) + r("a", RED), "b<image1/>"),
    ],
)
def test_a_line_is_shown_again_as_it_was_written(content: str, new: str) -> None:
    changed(content, new)


def test_a_formatting_that_a_text_drops_can_come_back() -> None:
    data = zipped({"word/document.xml": document(p(r("a") + r("b", RED)))})
    dropped = DOCX.pack(data, ["plain <r7>text</r7>"], "a.docx")
    assert lines(dropped) == ["plain text"]
    assert lines(DOCX.pack(dropped, ["a<r1>b</r1>"], "a.docx")) == ["a<r1>b</r1>"]


@pytest.mark.parametrize(
    ("content", "new", "shown"),
    [
        (r("a", B), "<b>b</b> c", "b c"),
        (r("a", B), "<i>b</i> c", "<i>b</i> c"),
        (r("a", RED) + f"<w:hyperlink>{r('b') + r('c', RED)}</w:hyperlink>", "<r1>d</r1><a1>e</a1>", None),
        (r("a") + r("b", B), "<b>c</b><b>d</b>", "<b>cd</b>"),
        (r("a") + r("b", RED) + r("c", CODE), "<r1>d<r1>e</r1></r1><code1>c</code1>f", None),
    ],
)
def test_tags_that_change_nothing(content: str, new: str, shown: str | None) -> None:
    data = zipped({"word/document.xml": document(p(content)), "word/styles.xml": STYLES})
    made = lines(DOCX.pack(data, [new], "a.docx"))
    assert shown is None or made == [shown]


def test_only_the_changed_paragraph_changes() -> None:
    data = docx()
    texts = [text for _, text, _ in DOCX.unpack(data, "a.docx")]
    pieces = paragraphs(entry(data))
    for number, old in enumerate(LINES):
        new = re.sub(
            r"(<(?:math|field|code)1>[^<]*|<[^>]*>|&[a-z]+;)|[ae]", lambda match: match[1] or "文", old
        )
        if new == old:
            continue
        own = [*LINES[:number], new, *LINES[number + 1 :]]
        made = DOCX.pack(data, ["\n\n".join(own), *texts[1:]], "a.docx")
        assert lines(made) == own
        after = paragraphs(entry(made))
        assert len(after) == len(pieces)
        differing = [one for one, other in zip(pieces, after, strict=True) if one != other]
        assert 1 <= len(differing) <= 2
        back = DOCX.pack(made, texts, "a.docx")
        assert lines(back) == LINES
        for name in ("word/footnotes.xml", "word/styles.xml", "word/media/image1.png"):
            assert entry(made, name) == entry(data, name)


def test_the_file_itself_where_nothing_differs() -> None:
    data = docx()
    texts = [text for _, text, _ in DOCX.unpack(data, "a.docx")]
    assert DOCX.pack(data, texts, "a.docx") is data
    check_own_texts_change_nothing(read(data))


def test_both_copies_of_a_text_box_are_written() -> None:
    data = docx(p(r("Beside ") + r(box(p(r("In a ") + r("box", B)) + p(r("More"))))))
    assert lines(data) == ["Beside <x1/>", "In a <b>box</b>", "More"]
    new = ["<x1/> daneben", "<b>Kasten</b>", "More"]
    made = DOCX.pack(data, ["\n\n".join(new), *[text for _, text, _ in DOCX.unpack(data, "a")][1:]], "a.docx")
    assert lines(made) == new
    assert entry(made).count("Kasten") == 2
    assert entry(made).count("In a ") == 0


def test_copies_of_a_text_box_that_differ() -> None:
    data = docx(p(r(box(p(r("new")), p(r("old"))))))
    assert lines(data) == ["new"]
    made = DOCX.pack(data, ["neu", *[text for _, text, _ in DOCX.unpack(data, "a")][1:]], "a.docx")
    assert ("neu" in entry(made), "old" in entry(made)) == (True, True)


def test_a_paragraph_of_many_runs() -> None:
    content = "".join(
        r(f"{number} ", f"<w:lang w:val='{number}'/>", rsid=f"{number:08}") for number in range(129)
    )
    assert line(content) == "".join(f"{number} " for number in range(129))
    assert changed(content, "one").count("<w:r>") == 1


@pytest.mark.parametrize(
    ("new", "what"),
    [
        ("a", "<note1> is lost"),
        ("a<note1/><note1/>", "<note1> stands for nothing"),
        ("a<note1/><note2/>", "<note2> stands for nothing"),
        ("a<note1/><a1>b</a1>", "<a1> stands for nothing"),
        ("<note1/>", "cannot be told"),
        ("<h1>a<note1/></h1>", "not of the kind"),
        ("a<note1/>\n\nb", "more paragraphs"),
        ("", "fewer paragraphs"),
        ("a\x01<note1/>", "its XML is damaged"),
        ("a\ud800<note1/>", "not UTF-8"),
    ],
)
def test_lines_that_do_not_fit_are_refused(new: str, what: str) -> None:
    data = zipped({"word/document.xml": document(p(r("a") + r(NOTE)))})
    with pytest.raises(AmtsError) as caught:
        DOCX.pack(data, [new], "a.docx")
    assert what in str(caught.value)
    assert str(caught.value).startswith("a.docx/word/document.xml")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "protected by a password"),
        (docx()[:-30], "cut off"),
        (zipped({"a": "b"}), "holds no word/document.xml"),
        (zipped({"../word/document.xml": "b"}), "unsafe name"),
        (zipped({"_rels/.rels": RELATIONS.replace("word/document", "xl/book"), "xl/book.xml": "<a/>"}),
         "no Word document"),
        (zipped({"word/document.xml": "<w:document"}), "its XML is damaged"),
        (zipped({"word/document.xml": document("<w:p>\n</w:q>")}), "document.xml:3: its XML is damaged"),
        (zipped({"word/document.xml": document(p(r("&nbsp;")))}), "its XML is damaged"),
        (zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "document type"),
        (zipped({"word/document.xml": '<?xml version="1.0" encoding="iso-8859-1"?><a/>'}), "encoded in"),
        (zipped({"word/document.xml": document("<w:p>" * 300 + "</w:p>" * 300)}), "nested too deeply"),
        (zipped({"word/document.xml": document("<w:x>" * 300 + "</w:x>" * 300)}), "nested too deeply"),
        (zipped({"word/document.xml": f"<a><w:document {NAMESPACES}/></a>"}), "no Word document"),
        (zipped({"word/document.xml": document("x" * 2**23)}), "too large"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_in_one_line(data: bytes, what: str) -> None:
    assert what in message(data)


@pytest.mark.parametrize(("pattern", "change"), [ACCENTED, CHINESE, LONGER, ("^", "<b> & ")])
def test_a_pseudo_translation_keeps_blocks_segments_and_items(pattern: str, change: str) -> None:
    document = read(docx())
    spliced, again = check_blocks_are_kept(document, pseudo_translated(document, pattern, change))
    assert (spliced.problems, again.text) == ((), spliced.text)
    if change != "<b> & ":
        assert items_of(again) == items_of(document)


@pytest.mark.parametrize(
    "nasty", [*NASTY, "<b>", "</b>", "<x1/>", "<h1>x</h1>", "&lt;", "a<br/>b", "<r1>x", "\x00\ud800"]
)
def test_no_translation_breaks_the_document(nasty: str) -> None:
    document = read(docx())
    segments = document.segments()
    new = {number: nasty + placeholders(segment) for number, segment in enumerate(segments)}
    spliced, again = check_blocks_are_kept(document, new)
    assert meaning(again) == meaning_of(spliced.text)
    own, texts = document.text.split("\n\n"), again.text.split("\n\n")
    for number, segment in enumerate(segments):
        place = document.text.count("\n\n", 0, segment.start)
        assert (own[place] == texts[place]) == (number in refused(spliced))


def test_a_typed_text_may_bring_formatting_but_loses_no_item() -> None:
    document = read(docx(p(r("Some words") + r(NOTE))))
    made = splice_spans(document, [(0, len(document.segments()[0].text) + 5, "<b>More</b> words<note1/>")])
    assert (made.problems, read(made.data).text) == ((), made.text)
    for typed in ("No note", "<note1/><note1/> x", "<note1/><x3/> x"):
        refused = splice_spans(document, [(0, 17, typed)])
        assert [problem.refused for problem in refused.problems] == [True]
        assert refused.data == document.data


def test_one_unwritable_paragraph_keeps_no_other_from_being_written() -> None:
    document = read(docx())
    segments = document.segments()
    spans = [(segment.start, segment.end, document.raw(segment) + " X") for segment in segments]
    for number, typed in ((3, "Nothing of it"), (4, "A link and another."), (20, "<x9/> A note")):
        spans[number] = (segments[number].start, segments[number].end, typed)
    spliced = splice_spans(document, spans)
    assert refused(spliced) == [3, 4, 20]
    assert all(problem.reason and problem.remedy for problem in spliced.problems)
    again = read(spliced.data)
    for number, (old, new) in enumerate(zip(segments, again.segments(), strict=True)):
        kept = number in (3, 4, 20)
        assert again.raw(new) == document.raw(old) + ("" if kept else " X")


def test_a_dropped_line_break_is_written_and_told() -> None:
    book = read(zipped({"word/document.xml": document(p(r("<w:t>One</w:t><w:br/><w:t>two</w:t>")))}))
    spliced = splice_spans(book, [(0, 11, "One two")])
    assert read(spliced.data).text == "One two"
    assert [(one.reason, one.refused) for one in spliced.problems] == [
        ("the line break <br/> is gone", False)
    ]


_TAGS = [
    "<b>", "</b>", "<r1>", "</r1>", "<a1>", "</a1>", "<x1/>", "<br/>", "<math1>", "</math1>", "<h1>", "</h1>",
    "&lt;", "&amp;", "&", "<", ">", "{1}", "{1>}", "{<1}", "a", "文", " ", "\n", "<td>", "</td>", "<code1>",
]  # fmt: skip
_RANDOM = texts_of(_TAGS)


@given(_RANDOM)
def test_blocks_cover_the_text_and_masking_loses_nothing(text: str) -> None:
    check_blocks_cover(text, DOCX_TEXT.scan(text, DEFAULT_OPTIONS))
    check_masking_is_undone(text, lambda raw: mask(raw, DOCX_TEXT.find_items))


_FORMATS = ["", B, IT, B + IT, RED, RED + B, '<w:sz w:val="9"/>']
_TEXT = st.text(alphabet="ab <&\u00ad文/1;lt", max_size=6).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
_RUN = st.builds(lambda text, form: r(t(text), form), _TEXT, st.sampled_from(_FORMATS))
_ITEM = st.sampled_from(
    [BOOKMARK, BOOKMARK_END, r(NOTE), r(NOTE, B), r(PICTURE), MATH, r(""), r("<w:tab/>"), r("<w:br/>", B),
     r("c", '<w:rStyle w:val="VC"/>'), field("REF x", r("y")), field('HYPERLINK "u"', r("y")),
     r('<w:fldChar w:fldCharType="begin"/>'), r('<w:fldChar w:fldCharType="end"/>')]
)  # fmt: skip
_CONTENT = st.recursive(
    st.lists(st.one_of(_RUN, _RUN, _ITEM), min_size=1, max_size=6).map("".join),
    lambda inner: st.builds(
        lambda before, name, inside: f'{before}<w:{name} w:id="5">{inside}</w:{name}>',
        inner, st.sampled_from(["hyperlink", "ins", "smartTag"]), inner,
    ),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(_CONTENT, min_size=1, max_size=3), st.sampled_from(["x", "é <b> &lt;", "文"]))
def test_any_paragraphs_translated_and_put_back(contents: list[str], change: str) -> None:
    data = docx("".join(p(content) for content in contents))
    document = read(data)
    spliced, again = check_blocks_are_kept(document, pseudo_translated(document, r"(?s)\S.*", change))
    assert meaning(again) == meaning_of(spliced.text)
    texts = [text for _, text, _ in DOCX.unpack(data, "a.docx")]
    back = DOCX.pack(spliced.data, texts, "a.docx")
    assert [text for _, text, _ in DOCX.unpack(back, "a.docx")] == texts


def test_wrappers_of_one_kind_keep_the_formatting_that_each_had() -> None:
    def tag(text: str) -> str:
        return f'<w:smartTag w:element="place">{text}</w:smartTag>'

    link = f'<w:hyperlink w:id="5">{tag(r("plain"))}</w:hyperlink>'
    document = read(docx(p(link + tag(r("bold", B)))))
    text = document.segments()[0].text.replace("plain", "x").replace("bold", "y")
    spliced, _ = check_blocks_are_kept(document, {0: text})
    linked, beside = entry(spliced.data).split("</w:hyperlink>")
    assert "<w:b/>" not in linked
    assert "<w:b/>" in beside


def test_what_is_nested_deeply_stays_as_it_is() -> None:
    wrapped = '<w:ins w:id="1">' * 100 + r("a") + "</w:ins>" * 100
    fields = [field('HYPERLINK "u"', "\0").split("\0") for _ in range(300)]
    linked = "".join(begin for begin, _ in fields) + r("b") + "".join(end for _, end in fields)
    found = line(wrapped + linked + r("c"))
    assert re.match("(?:<w1>){20}<x[0-9]/>(?:</w1>){20}(?:<a1>){20}<x", found)
    changed(wrapped + linked + r("c"), found.replace(">c", ">d"))


def test_a_large_document_in_linear_time() -> None:
    body = "".join(p(r(f"Paragraph {number} ") + r("bold", B) + r(NOTE)) for number in range(1000))
    data = docx(body)
    own = lines(data)
    texts = [text for _, text, _ in DOCX.unpack(data, "a.docx")]
    made = DOCX.pack(data, ["\n\n".join(one.replace("P", "Q") for one in own), *texts[1:]], "a.docx")
    assert lines(made)[999] == "Qaragraph 999 <b>bold</b><note1/>"
