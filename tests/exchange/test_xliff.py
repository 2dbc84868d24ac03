"""XLIFF of both generations as pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.corpus.model import Origin, Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import PlainPair
from amts_tui.exchange.readers import read_pairs

CONFIRMED, AUTO = Status.CONFIRMED, Status.AUTO


def old(
    tmp_path: Path, units: str, langs: str = 'source-language="en-US" target-language="es"'
) -> list[PlainPair]:
    """The pairs of a file in version 1.2."""
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="ch/a.md" {langs} datatype="plaintext"><header/><body>{units}</body></file></xliff>'
    )
    return read(tmp_path, text)


def new(tmp_path: Path, units: str, version: str = "2.1") -> list[PlainPair]:
    """The pairs of a file in version 2."""
    text = (
        f'<xliff version="{version}" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="es">'
        f'<file id="f1" original="ch/a.md"><group id="g">{units}</group></file></xliff>'
    )
    return read(tmp_path, text)


def read(tmp_path: Path, text: str) -> list[PlainPair]:
    path = tmp_path / "a.xlf"
    path.write_text(text, encoding="utf-8")
    return read_pairs(path, source_lang="en", target_lang="es")


def test_units_with_what_they_say_of_themselves(tmp_path: Path) -> None:
    found = old(
        tmp_path,
        '<trans-unit id="1"><source>one</source><target>uno</target></trans-unit>'
        '<group><trans-unit id="2" approved="yes"><source>two</source><target>dos</target></trans-unit>'
        "</group>"
        '<trans-unit id="3"><source>three</source><target state="needs-review">tres</target></trans-unit>'
        '<trans-unit id="4"><source>four</source><target state="final">cuatro</target>'
        '<alt-trans><source>x</source><target state="new">y</target></alt-trans></trans-unit>'
        '<trans-unit id="5"><source>five</source><target state-qualifier="mt-suggestion">cinco</target>'
        "</trans-unit>"
        '<trans-unit id="6"><source>six</source></trans-unit><trans-unit id="7"/>',
    )
    document = "ch/a.md"
    assert found == [
        PlainPair("one", "uno", "1", document),
        PlainPair("two", "dos", "2", document, CONFIRMED),
        PlainPair("three", "tres", "3", document, AUTO, 0.5),
        PlainPair("four", "cuatro", "4", document, CONFIRMED),
        PlainPair("five", "cinco", "5", document, AUTO, 0.5, Origin.MACHINE),
        PlainPair("six", "", "6", document),
    ]


def test_inline_codes_are_as_in_the_original_file(tmp_path: Path) -> None:
    (pair,) = old(
        tmp_path,
        '<trans-unit id="1"><source>a <bpt id="1">**</bpt>b<ept id="1">**</ept> <ph id="2">`c &lt; d`</ph>'
        '<x id="3" equiv-text="!"/><it id="4" pos="open">[</it> <mrk mtype="term">e</mrk><!-- f --></source>'
        '<target><g id="5">á<x id="6"/></g> <bx id="7"/></target></trans-unit>',
    )
    assert pair.source == "a **b** `c < d`![ e"
    assert pair.target == '<g id="5">á<x id="6"/></g> <bx id="7"/>'


def test_segments_of_a_unit(tmp_path: Path) -> None:
    found = old(
        tmp_path,
        '<trans-unit id="1"><source>One. Two.</source>'
        '<seg-source><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two.</mrk></seg-source>'
        '<target><mrk mtype="seg" mid="1">Dos.</mrk></target></trans-unit>',
    )
    assert [(pair.source, pair.target) for pair in found] == [("One.", ""), ("Two.", "Dos.")]


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_version_2(tmp_path: Path, version: str) -> None:
    found = new(
        tmp_path,
        '<unit id="u1"><originalData><data id="d1">**</data><data id="d2">`x<cp hex="0041"/>`</data>'
        "</originalData>"
        '<segment id="s1" state="final"><source>a <pc id="1" dataRefStart="d1" dataRefEnd="d1">b</pc> '
        '<ph id="2" dataRef="d2"/></source><target><sc id="1" dataRef="d1"/>á<ec startRef="1" dataRef="d1"/> '
        '<ph id="2" equiv="X"/><ph id="3"/><mrk id="m" type="term">é</mrk></target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="initial"><source>c<cp hex="263A"/></source><target>d</target></segment></unit>'
        '<unit id="u2"><segment><source><pc id="1">e</pc></source></segment></unit>',
        version,
    )
    assert found == [
        PlainPair("a **b** `xA`", '**á** X<ph id="3"/>é', "u1/s1", "ch/a.md", CONFIRMED),
        PlainPair("c☺", "d", "u1", "ch/a.md", AUTO, 0.5),
        PlainPair('<pc id="1">e</pc>', "", "u2", "ch/a.md"),
    ]


def test_other_languages_are_named_and_unstated_ones_taken(tmp_path: Path) -> None:
    unit = '<trans-unit id="1"><source>one</source><target>un</target></trans-unit>'
    assert len(old(tmp_path, unit, 'source-language="en"')) == 1
    with pytest.raises(AmtsError, match=r"no pairs for en and es \(the file holds en-fr\)"):
        old(tmp_path, unit, 'source-language="en" target-language="fr"')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<tmx/>", r"a\.xlf:1: its root is `tmx`, not `xliff`"),
        ("<xliff><file>", r"a\.xlf:1: not XML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xliff><trans-unit/></xliff>', "declares entities"),
        (
            '<xliff srcLang="en"><unit>\n<segment><source>a<cp hex="zz"/></source></segment></unit></xliff>',
            r"a\.xlf:2: no character has the code 'zz'",
        ),
    ],
)
def test_what_is_no_xliff(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(AmtsError, match=message):
        read(tmp_path, text)
