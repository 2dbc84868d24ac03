"""A maintainer's own rules about sentences, laid over those of the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from amts_tui.books.options import NO_RULES, SentenceRules
from amts_tui.errors import AmtsError

if TYPE_CHECKING:
    import regex

_SECONDS: Final = 2.0  # for one rule over one paragraph; a rule without nested repeats needs microseconds
_SECONDS_OF_TRIAL: Final = 0.5
_TRIALS: Final = (
    "Ab. 1, (c) d! e; f: g? – “h” … 文。「あ」",
    *(sign * 5_000 for sign in 'aA1 .("。文'),
    *("".join([sign * 30, "\u0001"]) for sign in ("a", "1", " ", ".", "a ", "文")),
)


def fault_of(pattern: str) -> str:
    """What is wrong with a regular expression of `always` or `never`; empty if nothing is."""
    import regex

    try:
        compiled = regex.compile(pattern)
    except regex.error as error:
        return f"no regular expression: {error}"
    try:
        for trial in ("", *_TRIALS):
            if not all(match[0] for match in compiled.finditer(trial, timeout=_SECONDS_OF_TRIAL)):
                return "it matches the empty string"
    except TimeoutError:
        return "it takes too long on a long text; avoid repeats within repeats"
    return ""


def laid_over(text: str, boundaries: Sequence[int], rules: SentenceRules) -> Sequence[int]:
    """The boundaries (ascending) with a maintainer's rules over them: first `always`, then `never` and the
    abbreviations.

    Raises AmtsError for a rule that takes too long on `text`.
    """
    if rules == NO_RULES:
        return boundaries
    always, never = _compiled(rules)
    found = sorted({*boundaries, *(end for pattern in always for _, end in _matches(pattern, text))})
    for pattern in never:
        found = list(_outside(found, _matches(pattern, text)))
    return found


def _outside(boundaries: Iterable[int], spans: Iterator[tuple[int, int]]) -> Iterator[int]:
    """The boundaries that lie neither inside nor at the end of one of the spans; both ascend."""
    start = end = -1
    for boundary in boundaries:
        while end < boundary:
            start, end = next(spans, (boundary, boundary))
            if start == boundary == end:
                break
        if not start < boundary <= end:
            yield boundary


@lru_cache(maxsize=32)
def _compiled(rules: SentenceRules) -> tuple[tuple[regex.Pattern[str], ...], tuple[regex.Pattern[str], ...]]:
    import regex

    words = [word if word.endswith(".") else f"{word}." for word in rules.abbreviations]
    exact = [word for word in words if word != word.lower()]
    loose = [word for word in words if word == word.lower()]
    abbreviations = [
        regex.compile(rf"(?<!\w)(?:{'|'.join(map(regex.escape, some))})", flags)
        for some, flags in ((exact, 0), (loose, regex.IGNORECASE))
        if some
    ]
    always = tuple(regex.compile(pattern) for pattern in rules.always)
    return always, (*(regex.compile(pattern) for pattern in rules.never), *abbreviations)


def _matches(pattern: regex.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    try:
        for match in pattern.finditer(text, timeout=_SECONDS):
            if match.end() > match.start():
                yield match.span()
    except TimeoutError:
        raise AmtsError(
            f"the rule {pattern.pattern!r} takes too long on a paragraph of {len(text):,} characters",
            remedy="make it simpler in [reading.sentences] of amts.toml",
        ) from None
