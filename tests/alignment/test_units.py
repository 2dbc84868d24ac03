import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.alignment.documents import align_units
from amts_tui.alignment.model import Fixed, Link
from amts_tui.errors import AmtsError
from tests.alignment.fakes import WordSimilarity, sentence

WORDS = WordSimilarity()


def shapes(links: list[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.source, link.target) for link in links]


def covered(links: list[Link], source: int, target: int) -> bool:
    return (
        [i for link in links for i in link.source] == list(range(source))
        and [j for link in links for j in link.target] == list(range(target))
        and all(link.source or link.target for link in links)
        and all(0 <= link.confidence <= 1 for link in links)
    )


def test_equal_texts_align_one_to_one() -> None:
    text = [sentence(number) for number in range(40)]
    links = align_units(text, text, WORDS)
    assert shapes(links) == [((i,), (i,)) for i in range(40)]
    assert min(link.confidence for link in links) > 0.9


def test_a_merged_a_split_and_a_missing_sentence_are_found() -> None:
    source = [sentence(number) for number in range(14)]
    halves = (" ".join(source[7].split()[:4]), " ".join(source[7].split()[4:]))
    target = [*source[:2], f"{source[2]} {source[3]}", *source[4:7], *halves, source[8], *source[11:]]
    links = shapes(align_units(source, target, WORDS))
    assert ((2, 3), (2,)) in links
    assert ((7,), (6, 7)) in links
    assert ((9,), ()) in links
    assert ((10,), ()) in links
    assert ((13,), (11,)) in links


def test_a_long_missing_stretch_is_left_out_on_one_side_only() -> None:
    source = [sentence(number) for number in range(400)]
    links = shapes(align_units(source, source[:100] + source[250:], WORDS))
    assert [bead for bead in links if not bead[1]] == [((i,), ()) for i in range(100, 250)]
    assert not [bead for bead in links if not bead[0]]


@pytest.mark.parametrize(("source", "target"), [(0, 0), (0, 5), (5, 0), (1, 1), (1, 300), (300, 1)])
def test_lopsided_texts_are_covered(source: int, target: int) -> None:
    left = [sentence(number) for number in range(source)]
    right = [sentence(1000 + number) for number in range(target)]
    assert covered(align_units(left, right, WORDS), source, target)


def test_identical_sentences_stay_in_step() -> None:
    links = align_units(["the same again"] * 900, ["the same again"] * 900, WORDS)
    assert shapes(links) == [((i,), (i,)) for i in range(900)]


def test_a_fixed_bead_is_kept_and_moves_its_neighbours() -> None:
    text = [sentence(number) for number in range(10)]
    links = align_units(text, text, WORDS, fixed=[Fixed((3, 4), (3,)), Fixed((7,), ()), Fixed((), (7, 8))])
    assert Link((3, 4), (3,), 1.0) in links
    assert Link((7,), (), 1.0) in links
    assert Link((), (7, 8), 1.0) in links
    assert ((9,), (9,)) in shapes(links)
    assert covered(links, 10, 10)


@pytest.mark.parametrize(
    "fixed",
    [
        [Fixed((1, 3), (1,))],
        [Fixed((9,), (10,))],
        [Fixed((1,), (2,)), Fixed((2,), (1,))],
        [Fixed((1,), (1,)), Fixed((1,), ())],
    ],
)
def test_a_fixed_bead_that_does_not_fit_is_refused(fixed: list[Fixed]) -> None:
    text = [sentence(number) for number in range(10)]
    with pytest.raises(AmtsError, match="fixed"):
        align_units(text, text, WORDS, fixed=fixed)


NUMBERS = st.lists(st.integers(0, 6), max_size=14)


@settings(max_examples=60, deadline=None)
@given(NUMBERS, NUMBERS, st.data())
def test_every_unit_is_in_one_link_whatever_the_texts(
    left: list[int], right: list[int], data: st.DataObject
) -> None:
    fixed = []
    if left and right and data.draw(st.booleans()):
        i, j = data.draw(st.integers(0, len(left) - 1)), data.draw(st.integers(0, len(right) - 1))
        fixed = [Fixed((i,), data.draw(st.sampled_from([(j,), ()])))]
    source, target = [sentence(n) if n else "" for n in left], [sentence(n) if n else "" for n in right]
    links = align_units(source, target, WORDS, fixed=fixed)
    assert covered(links, len(source), len(target))
    assert all((bead.source, bead.target) in shapes(links) for bead in fixed)
    assert links == align_units(source, target, WORDS, fixed=fixed)
