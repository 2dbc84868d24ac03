"""Putting the markers of a sentence into a translation that was made without them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from amts_tui.local_aws.translator.tokens import is_marker, is_unspaced


@dataclass(frozen=True, slots=True)
class _Spot:
    """The span of the translation that a marker replaces; empty where it is only put in."""

    start: int
    end: int
    order: int
    marker: str


def place(sentence: str, texts: Mapping[str, str], target: str) -> str:
    """The translation with every marker of the sentence.

    An opaque item takes the place of its own text, where the translation has it; anything else goes where it
    stood in proportion, at the nearest edge of a word, tags in their order and around something if they were.
    """
    markers = [(place, sign) for place, sign in enumerate(sentence) if is_marker(sign)]
    spots: list[_Spot] = []
    for order, (_, marker) in enumerate(markers):
        found = _find(target, texts.get(marker, ""), spots)
        if found is not None:
            spots.append(_Spot(*found, order, marker))
    settled = {spot.order for spot in spots}
    last_tag = 0
    last_position = -1
    for order, (position, marker) in enumerate(markers):
        if order in settled:
            continue
        is_tag = not texts.get(marker)
        wanted = round(_share(sentence, position, texts) * len(target))
        lowest, highest = 0, len(target)
        if is_tag:
            apart = _has_word(sentence[last_position + 1 : position])
            lowest = min(last_tag + apart, len(target))
            if _has_word(sentence[position:]):
                highest = max(lowest, _end_of_words(target) - 1)
        at = _edge(target, max(wanted, lowest), (lowest, highest), spots)
        if is_tag:
            last_tag, last_position = at, position
        spots.append(_Spot(at, at, order, marker))
    return _built(target, spots)


def _find(target: str, text: str, spots: list[_Spot]) -> tuple[int, int] | None:
    """The first span of a text, as whole words, that no other marker has taken; formulas may be spaced
    otherwise.
    """
    if not text:
        return None
    written = re.escape(text)
    if text.startswith("$"):
        written = r"\s*".join(re.escape(character) for character in text if not character.isspace())
    for match in re.finditer(f"(?=({written}))", target):
        start, end = match.span(1)
        free = all(end <= spot.start or spot.end <= start for spot in spots)
        if free and _is_edge(target, start) and _is_edge(target, end):
            return start, end
    return None


def _share(sentence: str, position: int, texts: Mapping[str, str]) -> float:
    """How much of the visible sentence stands before a position, from 0 to 1."""
    lengths = [len(texts.get(sign, "")) if is_marker(sign) else 1 for sign in sentence]
    total = sum(lengths)
    return sum(lengths[:position]) / total if total else 0.0


def _has_word(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _end_of_words(text: str) -> int:
    """Where the last word ends."""
    return next((end for end in range(len(text), 0, -1) if text[end - 1].isalnum()), 0)


def _edge(target: str, wanted: int, within: tuple[int, int], spots: list[_Spot]) -> int:
    """The edge of a word nearest to a wanted place, `within` two places and in no taken span."""
    lowest, highest = within
    allowed = (
        place
        for place in range(lowest, highest + 1)
        if _is_edge(target, place) and not any(spot.start < place < spot.end for spot in spots)
    )
    return min(allowed, key=lambda place: abs(place - wanted), default=len(target))


def _is_edge(text: str, place: int) -> bool:
    if place in (0, len(text)):
        return True
    before, after = text[place - 1], text[place]
    inside = before.isalnum() and after.isalnum()
    return not inside or is_unspaced(before) or is_unspaced(after)


def _built(target: str, spots: list[_Spot]) -> str:
    pieces: list[str] = []
    end = 0
    for spot in sorted(spots, key=lambda spot: (spot.start, spot.end > spot.start, spot.order)):
        pieces += [target[end : spot.start], spot.marker]
        end = spot.end
    return "".join([*pieces, target[end:]])
