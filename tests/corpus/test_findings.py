from dataclasses import replace

import pytest

from amts_tui.books.formats import mask_as
from amts_tui.corpus.doubts import Doubts, Reason
from amts_tui.corpus.findings import Checks, Finding, Lengths, Renderings
from amts_tui.corpus.model import Bead, BeadUnit, Mark, Status


def bead(source: str, target: str, confidence: float = 1.0) -> Bead:
    sides = []
    for raw in (source, target):
        text, items, _breaks = mask_as("a.md", raw)
        sides.append((BeadUnit(raw, text, items),) if raw else ())
    return Bead(f"{source}/{target}", *sides, confidence)


@pytest.mark.parametrize(
    ("source", "target", "lang", "found"),
    [
        ("The tide is rising.", "潮水正在上涨。", "zh", []),
        ("The tide is rising.", "The tide is rising.", "zh", [Finding.UNTRANSLATED]),
        ("The tide is rising.", "A tide that is rising.", "zh", [Finding.UNTRANSLATED]),
        ("The tide is rising.", "The tide is rising.", "es", [Finding.UNTRANSLATED]),
        ("The tide is rising.", "La marea está subiendo.", "es", []),
        ("Newton", "Newton", "es", []),
        ("It rises 12 metres.", "它上涨了13米。", "zh", [Finding.NUMBERS]),
        ("It rises $h$ metres.", "它上涨了几米。", "zh", [Finding.PLACEHOLDERS]),
        ("It rises $h$ metres.", "它上涨了$h$米。", "zh", []),
        ("The tide is rising.", "", "zh", [Finding.ALONE]),
    ],
)
def test_what_is_found_in_a_bead(source: str, target: str, lang: str, found: list[Finding]) -> None:
    assert Checks("en", lang).find(bead(source, target)) == found


def test_what_a_person_has_settled_is_not_questioned_unless_it_is_stale() -> None:
    same = bead("The tide is rising.", "The tide is rising.")
    for status in (Status.CONFIRMED, Status.EDITED, Status.EXCLUDED):
        assert Checks("en", "es").find(replace(same, status=status)) == []
    stale = replace(same, status=Status.CONFIRMED, marks=frozenset({Mark.STALE}))
    assert Checks("en", "es").find(stale) == [Finding.STALE]
    assert Checks("en", "es").chance(stale) == 1.0


def test_a_length_far_from_the_usual_is_found() -> None:
    usual = [bead("a" * n, "b" * (n + n % 3)) for n in range(20, 60)]
    lengths = Lengths.of(usual)
    checks = Checks("en", "es", lengths)
    assert checks.find(bead("a" * 30, "b" * 120)) == [Finding.LENGTH]
    assert checks.find(bead("a" * 30, "b" * 33)) == []
    assert Lengths.of(usual[:5]) is None


def test_a_repeated_text_translated_two_ways_is_found() -> None:
    one, two = bead("High tide", "pleamar"), bead("High tide", "marea alta")
    renderings = Renderings([one, one, two])
    assert Checks("en", "es", None, renderings).find(two) == [Finding.TWO_WAYS]
    assert renderings.others(two) == ["pleamar"]
    renderings.remove([two])
    assert Checks("en", "es", None, renderings).find(one) == []


def test_what_seems_moved_is_worth_a_look_however_sure_it_is_that_it_has_no_partner() -> None:
    alone = replace(bead("The tide is rising.", ""), doubts=Doubts((Reason.MOVED,)))
    assert Checks("en", "es").find(alone) == [Finding.MOVED, Finding.ALONE]
    assert Checks("en", "es").chance(alone) > 0.4


def test_findings_raise_the_chance_that_the_aligner_left() -> None:
    checks = Checks("en", "es")
    plain, odd = bead("Tide 1 rises.", "Marea 1 sube.", 0.9), bead("Tide 1 rises.", "Marea 2 sube.", 0.9)
    assert checks.chance(plain) == pytest.approx(0.1)
    assert checks.chance(odd) > checks.chance(plain)
