"""A maintainer's own rules about sentences."""

from __future__ import annotations

import pytest

from amts_tui.books import own_rules
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions, SentenceRules
from amts_tui.books.own_rules import fault_of
from amts_tui.books.reading import parse
from amts_tui.books.sentences import split
from amts_tui.errors import AmtsError
from tests.books.properties import counted_steps


def sentences(text: str, lang: str, **rules: tuple[str, ...]) -> list[str]:
    return [text[start:end] for start, end in split(text, lang, SentenceRules(**rules))]


def test_abbreviations_end_no_sentence() -> None:
    text = "See Foobar. Here it is. See foobar. There it is."
    assert len(sentences(text, "en")) == 4
    assert sentences(text, "en", abbreviations=("Foobar.",)) == [
        "See Foobar. Here it is.",
        "See foobar.",
        "There it is.",
    ]
    assert len(sentences(text, "en", abbreviations=("foobar",))) == 2
    assert len(sentences("Foobar. Here.", "en", abbreviations=("bar",))) == 2


def test_never_and_always() -> None:
    text = "Ask Yahoo! Answers now; then go. No. {1} is it."
    assert sentences(text, "en", never=(r"Yahoo! Answers",), always=(r";(?=\s)",)) == [
        "Ask Yahoo! Answers now;",
        "then go.",
        "No. {1} is it.",
    ]
    assert sentences("一；二。三", "zh", always=("；",), never=("。三",)) == ["一；", "二。三"]


def test_a_sentence_may_end_where_a_match_of_never_begins() -> None:
    assert sentences("One. Two. Three.", "en", never=(r"Two\. Three",)) == ["One.", "Two. Three."]


def test_no_rule_cuts_a_placeholder() -> None:
    assert sentences("A {12} b.", "en", always=("x",)) == ["A {12}", "b."]


def test_rules_of_a_language_count_for_its_regions() -> None:
    options = ReadingOptions(sentences=(("pt", SentenceRules(always=(";",))),))
    units = [
        [unit.text for unit in parse("um; dois", path="a.md", lang=lang, options=options).segments()[0].units]
        for lang in ("pt-BR", "es")
    ]
    assert units == [["um;", "dois"], ["um; dois"]]


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("(", "no regular expression"),
        ("", "the empty string"),
        ("a*", "the empty string"),
        (r"\b", "the empty string"),
        (r"(?<=;)", "the empty string"),
        (r"(a|aa)+$", "too long"),
        (r"No\. \d+", ""),
        (r"\p{Lu}\.", ""),
    ],
)
def test_a_bad_rule_is_told(pattern: str, fault: str) -> None:
    found = fault_of(pattern)
    assert (fault in found) if fault else not found


def test_a_rule_that_hangs_on_a_text_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_rules, "_SECONDS", 0.05)
    with pytest.raises(AmtsError, match="takes too long"):
        split("b" * 60 + "! Cc dd.", "en", SentenceRules(never=("(b|bb)+c",)))


def test_many_matches_take_linear_time() -> None:
    rules = SentenceRules(abbreviations=("Ab.",), never=("zz",), always=("b",))

    def steps(count: int) -> int:
        with counted_steps() as counted:
            assert len(split("Ab. " * count, "tr", rules)) == 1
        return counted.lines

    steps(1)
    few, many = steps(2_000), steps(4_000)
    assert many <= 2.2 * few


def test_the_fingerprint_tells_what_counts_for_a_language() -> None:
    german = ReadingOptions(sentences=(("de", SentenceRules(abbreviations=("Abschn.",))),))
    assert DEFAULT_OPTIONS.fingerprint("de") == german.fingerprint("en") == b""
    assert german.fingerprint("de") == german.fingerprint("de") != b""
    assert german.fingerprint("de-AT") != b""
    assert ReadingOptions(code_comments=True).fingerprint("en") != b""
