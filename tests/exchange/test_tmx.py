from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from lxml import etree

from amts_tui.exchange.model import FileFormat, Form, Granularity, LeftOut, Pair
from amts_tui.exchange.pairs import paragraph_pairs, sentence_pairs
from amts_tui.exchange.write import write_pairs
from tests.exchange.build import bead

CONTENT = {
    "tmx": ["header", "body"],
    "body": ["tu"],
    "tu": ["prop", "tuv"],
    "tuv": ["seg"],
    "seg": ["bpt", "ept", "ph", "it"],
}
REQUIRED = {
    "tmx": {"version"},
    "header": {
        "creationtool",
        "creationtoolversion",
        "segtype",
        "o-tmf",
        "adminlang",
        "srclang",
        "datatype",
    },
    "prop": {"type"},
    "tuv": {"{http://www.w3.org/XML/1998/namespace}lang"},
    "bpt": {"i"},
    "ept": {"i"},
    "it": {"pos"},
}


def tmx(
    tmp_path: Path, pairs: tuple[Pair, ...], form: Form = Form.EXCHANGE, **rest: Granularity
) -> etree._Element:
    path = tmp_path / "out.tmx"
    write_pairs(
        path, pairs, file_format=FileFormat.TMX, source_lang="en", target_lang="zh", form=form, **rest
    )
    return etree.fromstring(path.read_bytes())


def inner(segment: etree._Element) -> str:
    text = etree.tostring(segment, encoding="unicode", with_tail=False)
    return text.removeprefix("<seg>").removesuffix("</seg>")


BEADS = [
    bead(
        "b1",
        [("Let **all** <b>x</b> & [this](u) be $x < y$ (:eqref:`e`).", 0)],
        [("设[此](u)与**全部**为$x < y$（:eqref:`e`）。", 0)],
    )
]
PAIRS = sentence_pairs("ch/a.md", BEADS, Form.EXCHANGE).pairs


@pytest.mark.parametrize("form", Form)
def test_every_element_has_only_what_tmx_14_allows_in_it(tmp_path: Path, form: Form) -> None:
    root = tmx(tmp_path, sentence_pairs("ch/a.md", BEADS, form).pairs, form)
    for element in root.iter():
        children = [child.tag for child in element]
        assert set(children) <= set(CONTENT.get(element.tag, [])), element.tag
        assert children == sorted(children, key=CONTENT.get(element.tag, []).index) or element.tag == "seg"
        assert REQUIRED.get(element.tag, set()) <= set(element.keys()), element.tag
    assert root.get("version") == "1.4"


def test_inline_markup_becomes_elements_that_match_across_the_languages(tmp_path: Path) -> None:
    source, target = (inner(segment) for segment in tmx(tmp_path, PAIRS).iter("seg"))
    assert source == (
        'Let <bpt i="1" x="1" type="x-emphasis">**</bpt>all<ept i="1">**</ept>'
        ' <ph x="2" type="x-html">&lt;b&gt;</ph>x<ph x="3" type="x-html">&lt;/b&gt;</ph>'
        ' &amp; <bpt i="5" x="4" type="x-link">[</bpt>this<ept i="5">](u)</ept>'
        ' be <ph x="5" type="x-math">$x &lt; y$</ph> (<ph x="6" type="x-role">:eqref:`e`</ph>).'
    )
    assert target == (
        '设<bpt i="1" x="4" type="x-link">[</bpt>此<ept i="1">](u)</ept>'
        '与<bpt i="3" x="1" type="x-emphasis">**</bpt>全部<ept i="3">**</ept>'
        '为<ph x="5" type="x-math">$x &lt; y$</ph>（<ph x="6" type="x-role">:eqref:`e`</ph>）。'
    )


def test_a_pair_of_tags_may_span_units_and_half_of_one_is_isolated(tmp_path: Path) -> None:
    whole = bead("b1", [("*One. Two.*", 0)], [("a", 0)])
    (unit,) = whole.source
    first, second = (replace(unit, text=text) for text in ("{1>}One.", "Two.{<1}"))
    cut = [replace(whole, source=(first,)), replace(whole, id="b2", source=(second,))]
    segments = [inner(s) for s in tmx(tmp_path, sentence_pairs("d", cut, Form.EXCHANGE).pairs).iter("seg")]
    assert segments[0] == '<it pos="begin" x="1" type="x-emphasis">*</it>One.'
    assert segments[2] == 'Two.<it pos="end" x="1" type="x-emphasis">*</it>'
    joined = paragraph_pairs("d", cut, Form.EXCHANGE).pairs
    assert inner(next(tmx(tmp_path, joined).iter("seg"))) == (
        '<bpt i="1" x="1" type="x-emphasis">*</bpt>One. Two.<ept i="1">*</ept>'
    )


def test_a_unit_names_where_it_comes_from_and_when_it_changed(tmp_path: Path) -> None:
    changed = datetime(2024, 5, 6, 9, 8, 7, tzinfo=timezone(timedelta(hours=2)))
    root = tmx(tmp_path, (replace(PAIRS[0], changed=changed),), granularity=Granularity.PARAGRAPH)
    (unit,) = root.iter("tu")
    assert dict(unit.attrib) == {"tuid": "b1", "changedate": "20240506T070807Z"}
    assert {prop.get("type"): prop.text for prop in unit.iter("prop")} == {
        "x-document": "ch/a.md",
        "x-status": "auto",
        "x-confidence": "0.9000",
        "x-origin": "human",
    }
    header = root.find("header")
    assert header is not None
    assert (header.get("srclang"), header.get("segtype")) == ("en", "paragraph")


def test_amazon_gets_plain_text(tmp_path: Path) -> None:
    root = tmx(tmp_path, sentence_pairs("ch/a.md", BEADS, Form.AMAZON).pairs, Form.AMAZON)
    assert [inner(segment) for segment in root.iter("seg")] == [
        "Let all x &amp; this be $x &lt; y$.",
        "设此与全部为$x &lt; y$。",
    ]
    assert not list(root.iter("prop"))


def test_characters_that_xml_cannot_hold_are_removed_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "out.tmx"
    pairs = [Pair("b1", "ch/a.md", "a\x0bb\ufffe", "c\x00"), Pair("b2", "ch/a.md", "d\te", "f")]
    written = write_pairs(
        path, pairs, file_format=FileFormat.TMX, source_lang="en", target_lang="zh", form=Form.EXCHANGE
    )
    assert written.written == 2
    assert written.warnings == (
        LeftOut("b1", "ch/a.md", "characters that XML cannot hold were removed: U+0000, U+000B, U+FFFE"),
    )
    assert [s.text for s in etree.fromstring(path.read_bytes()).iter("seg")] == ["ab", "c", "d\te", "f"]
