"""EPUBs: which texts they hold, what of the archive stays as it is, and what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from amts_tui.books.epub import EPUB
from amts_tui.books.epub_package import parse_xml
from amts_tui.books.format import Unwritable
from amts_tui.books.model import Document
from amts_tui.books.reading import parse_bytes
from amts_tui.books.writing import splice, splice_spans
from amts_tui.errors import AmtsError
from tests.books.epubs import CONTAINER, FILES, ONE, PACKAGE, TWO, epub, epub_2
from tests.books.properties import check_own_texts_change_nothing


def read(data: bytes) -> Document:
    return parse_bytes(data, path="a.epub", lang="en", sentences=False)


def infos(data: bytes) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.infolist()


def content(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def translated(data: bytes, translations: dict[str, str]) -> tuple[bytes, list[str]]:
    document = read(data)
    texts = [segment.text for segment in document.segments()]
    spliced = splice(document, {texts.index(own): new for own, new in translations.items()})
    return spliced.data, [problem.reason for problem in spliced.problems]


def test_the_texts_come_in_reading_order() -> None:
    document = read(epub())
    assert [part.name for part in document.parts] == [
        "OEBPS/text/one.xhtml",
        "OEBPS/text/two.xhtml",
        "OEBPS/text/notes.xhtml",
        "OEBPS/nav.xhtml",
        "OEBPS/toc.ncx",
        "OEBPS/book.opf",
    ]
    assert [segment.text for segment in document.segments()] == [
        "First spring",
        "First spring",
        "The {1>}old{<1} gate was open.{2} Nobody{3}came.",
        "{1}She said: “Come in.” He {2>}did{<2}.",
        "A gate in a wall",
        "Second",
        "It rained for days,\nand the ponds filled.",
        "Notes",
        "It never closed.",
        "Contents",
        "{1>}First spring{<1}",
        "The quiet garden",
        "First spring",
        "The quiet garden",
        "How a garden {1} its keeper grow old.",
    ]


@pytest.mark.parametrize("data", [epub(), epub_2()])
def test_an_unchanged_book_is_the_same_bytes(data: bytes) -> None:
    check_own_texts_change_nothing(read(data))


def test_only_the_changed_page_is_written_anew() -> None:
    data = epub()
    changed, problems = translated(data, {"It rained for days,\nand the ponds filled.": "Llovió & < llovió."})
    assert problems == []
    for before, after in zip(infos(data), infos(changed), strict=True):
        assert (before.filename, before.date_time, before.comment, before.external_attr, before.extra) == (
            after.filename, after.date_time, after.comment, after.external_attr, after.extra,
        )  # fmt: skip
        assert before.compress_type == after.compress_type
        if before.filename != "OEBPS/text/two.xhtml":
            one = data[before.header_offset :][: 30 + len(before.filename) + before.compress_size]
            two = changed[after.header_offset :][: 30 + len(after.filename) + after.compress_size]
            assert one == two
    page = content(changed, "OEBPS/text/two.xhtml").decode()
    own = "It rained for days,\nand the ponds filled."
    assert page == TWO.replace(own, "Llovió &amp; &lt; llovió.")
    assert changed.startswith(data[:58])
    parse_xml(page.encode(), "two.xhtml")


def test_all_texts_can_be_translated() -> None:
    document = read(epub())
    changed = {index: segment.text.replace("e", "é") for index, segment in enumerate(document.segments())}
    spliced = splice(document, changed)
    assert spliced.problems == ()
    again = read(spliced.data)
    assert [segment.text for segment in again.segments()] == list(changed.values())
    for part in again.parts:
        parse_xml(content(spliced.data, part.name), part.name)


def test_pages_in_other_encodings_stay_in_them() -> None:
    data, problems = translated(
        epub_2(),
        {"It rained for days,\nand the étangs filled.": "Il pleuvait — été.", "It never closed.": "Никогда."},
    )
    assert problems == []
    assert "Il pleuvait &#8212; été.".encode("latin-1") in content(data, "OEBPS/text/two.xhtml")
    assert "Никогда." in content(data, "OEBPS/text/notes.xhtml").decode("utf-16")
    assert "Il pleuvait {1} été." in [segment.text for segment in read(data).segments()]


def test_half_a_pair_never_gets_into_a_page() -> None:
    own = "{1}She said: “Come in.” He {2>}did{<2}."
    data, problems = translated(epub(), {own: "{1}Dijo: “Pasa.” {2>}"})
    assert data == epub()
    assert problems == ["placeholder {<2} (</b>) lost"]


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
xmlns:enc="http://www.w3.org/2001/04/xmlenc#">
<enc:EncryptedData><enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData>
</encryption>"""

LAUGHS = """<?xml version="1.0"?><!DOCTYPE package [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no archive", "no zip archive"),
        (b"", "no zip archive"),
        (epub()[:-40], "damaged"),
        (epub()[: len(epub()) // 2], "damaged"),
        (epub({"META-INF/container.xml": None}), "no EPUB"),
        (epub({"META-INF/container.xml": b"<container/>"}), "names no package document"),
        (epub({"META-INF/container.xml": CONTAINER.replace("book", "none").encode()}), "lacks its file"),
        (epub({"META-INF/container.xml": CONTAINER.replace("OEBPS", "..").encode()}), "outside of it"),
        (epub({"OEBPS/book.opf": b"<package>"}), "no well-formed XML"),
        (epub({"OEBPS/book.opf": PACKAGE.replace("toc.ncx", "../../x").encode()}), "outside of it"),
        (epub({"OEBPS/book.opf": PACKAGE.replace("application/xhtml+xml", "x/y").encode()}), "no pages"),
        (epub({"OEBPS/text/two.xhtml": None}), "lacks its file"),
        (epub({"OEBPS/text/two.xhtml": b"\xff\xfe<"}), "encoding"),
        (epub({"OEBPS/text/two.xhtml": TWO.replace("UTF-8", "no-such").encode()}), "encoding"),
        (epub({"OEBPS/text/two.xhtml": TWO.encode("latin-1") + b"\xe9"}), "encoding"),
        (epub({"OEBPS/text/two.xhtml": b"<p>" + b" " * 50_000_000}), "too large"),
        (epub({"../outside.xhtml": b"x"}), "unsafe name"),
        (
            epub({"META-INF/encryption.xml": ENCRYPTION.format("OEBPS/text/one.xhtml").encode()}),
            "digital rights",
        ),
    ],
)
def test_bad_books_are_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(AmtsError, match=message) as error:
        read(data)
    assert "a.epub" in str(error.value)
    assert error.value.remedy
    assert "\n" not in str(error.value)


def test_locked_fonts_are_no_matter() -> None:
    data = epub({"META-INF/encryption.xml": ENCRYPTION.format("OEBPS/font.otf").encode()})
    assert read(data).segments()


def test_entities_of_the_package_are_never_expanded() -> None:
    package = LAUGHS + PACKAGE.partition("?>")[2].replace("The quiet garden", "&c;&d; garden")
    document = read(epub({"OEBPS/book.opf": package.encode()}))
    assert "{1}{2} garden" in [segment.text for segment in document.segments()]


UNDECLARED = "Nobody&nbsp;came"
"""An entity that no document type declares is the one thing that scanning does not see."""


def test_a_page_that_would_break_is_not_packed() -> None:
    document = read(epub())
    texts = [document.text[part.start : part.end] for part in document.parts]
    texts[1] = texts[1].replace("It rained", UNDECLARED)

    with pytest.raises(Unwritable, match="no well-formed XML") as error:
        EPUB.pack(document.data, texts, "a.epub")
    (fault,) = error.value.faults
    begin = texts[1].index(UNDECLARED)
    assert (fault.text, begin <= fault.offset <= begin + len(UNDECLARED)) == (1, True)


def test_one_text_that_breaks_its_page_keeps_no_other_from_being_written() -> None:
    document = read(epub())
    spans = [(one.start, one.end, document.raw(one) + " X") for one in document.segments()]
    allowed = splice_spans(document, spans)
    assert allowed.problems == ()
    bad = []
    for number, segment in enumerate(document.segments()):
        spliced = splice_spans(document, [(segment.start, segment.end, UNDECLARED)])
        bad += [number] if any(problem.refused for problem in spliced.problems) else []
    assert len(bad) > 3
    for number in bad[::2]:
        spans[number] = (*spans[number][:2], UNDECLARED)
    spliced = splice_spans(document, spans)
    assert [one.segment for one in spliced.problems if one.refused] == bad[::2]
    assert all(one.remedy for one in spliced.problems if one.refused)
    again = read(spliced.data)
    for number, (old, new) in enumerate(zip(document.segments(), again.segments(), strict=True)):
        assert again.raw(new) == document.raw(old) + ("" if number in bad[::2] else " X")


def test_a_page_that_was_never_well_formed_can_still_be_translated() -> None:
    data = epub({"OEBPS/text/two.xhtml": TWO.replace("</body>", "").encode()})
    changed, problems = translated(data, {"It rained for days,\nand the ponds filled.": "Llovió."})
    assert problems == []
    assert b"<p>Llovi\xc3\xb3.</p></html>" in content(changed, "OEBPS/text/two.xhtml")


def test_nothing_but_pages_and_titles_is_read() -> None:
    names = {part.name for part in read(epub()).parts}
    assert not names & {"OEBPS/style.css", "OEBPS/cover.png", "META-INF/container.xml"}
    assert names <= set(FILES)
    assert "not &lt;prose&gt;" in ONE
