"""Pairing documents: who is with whom and why, and what a person says about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amts_tui.alignment.partners import Partner, Partners, Relation
from amts_tui.corpus import pairings
from amts_tui.errors import NotFound
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = [
    "Entry",
    "How",
    "Partner",
    "Relation",
    "Step",
    "accept",
    "forget",
    "likely_guesses",
    "overview",
    "pair",
    "take_back",
    "unpair",
]


class How(StrEnum):
    """How a document has come to its partner, or why it has none."""

    PATH = "path"
    HAND = "hand"
    FOUND = "found"
    ALONE = "no translation"  # says a person
    UNPAIRED = "unpaired"


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair of documents, or a document without a partner (then the other path is None).

    `guess` is the best partner for one without, or for a pair of one path whose texts belong elsewhere;
    `reason` says why a pair was found; `parts` are further documents that hold parts of the text.
    """

    source: str | None
    target: str | None
    how: How
    reason: str = ""
    guess: Partner | None = None
    parts: tuple[str, ...] = ()

    @property
    def acceptable(self) -> bool:
        """Whether the guess names a partner that is free."""
        return self.how is How.UNPAIRED and self.guess is not None and self.guess.relation is Relation.RENAMED

    @property
    def words(self) -> str:
        """How the document was paired, or what is guessed, as a person reads it; empty for one path without
        doubts.
        """
        told = {How.FOUND: self.reason, How.HAND: "by hand", How.ALONE: "no translation, by hand"}
        words = [told[self.how]] if self.how in told else []
        words += [f"holds {', '.join(self.parts)} too"] if self.parts else []
        words += [_guess_in_words(self, self.guess)] if self.guess else []
        return "; ".join(words)

    @property
    def plight(self) -> str:
        """`words`, or why there are none."""
        if self.how is How.UNPAIRED:
            return self.words or "no document of the other book is like it"
        return self.words or "the same path in both books"


def _guess_in_words(entry: Entry, guess: Partner) -> str:
    other = guess.target if entry.source == guess.source else guess.source
    if guess.relation is not Relation.RENAMED:
        return f"part of {other}: {guess.reason}"
    if entry.how is How.PATH:
        return f"but the text is that of {other}: {guess.reason}"
    return f"{'likely' if guess.likely else 'perhaps'} {other}: {guess.reason}"


def overview(workbench: Workbench, pipeline: Pipeline) -> list[Entry]:
    """All documents of both books in the forward direction: pairs and unpaired ones of the source book by
    path, then those of the target book. Only here guesses by meaning are made, which takes a second or more
    when they are made for the first time.
    """
    question = workbench.pairing_question(pipeline)
    found = workbench.partnering.partners(question)
    meant = workbench.partnering.meant(question, found, workbench.project.work / "embeddings")
    by_hand = pairings.read(workbench.project.data, pipeline.store)
    guesses = _by_document(found, meant)
    certain = {(one.source, one.target): one for one in found.certain}
    pairs = question.settled.joined(certain)
    entries = []
    for source, target in pairs.paired:
        one = certain.get((source, target))
        how = How.FOUND if one else How.HAND if by_hand.get(source) == target else How.PATH
        doubt = next((d for d in found.doubted if how is How.PATH and source in (d.source, d.target)), None)
        entries.append(
            Entry(source, target, how, one.reason if one else "", doubt, _parts(found, source, target))
        )
    for source in pairs.only_source:
        how = How.ALONE if source in question.alone else How.UNPAIRED
        entries.append(Entry(source, None, how, guess=guesses.get((source, None))))
    entries.sort(key=lambda entry: str(entry.source))
    return entries + [
        Entry(None, target, How.UNPAIRED, guess=guesses.get((None, target))) for target in pairs.only_target
    ]


def likely_guesses(entries: Iterable[Entry]) -> list[Partner]:
    """The guesses that can be accepted unseen, by source document."""
    return [
        entry.guess
        for entry in entries
        if entry.source is not None and entry.acceptable and entry.guess is not None and entry.guess.likely
    ]


def _by_document(found: Partners, meant: list[Partner]) -> dict[tuple[str | None, str | None], Partner]:
    """The guess of each unpaired document: (source, None) or (None, target)."""
    guesses: dict[tuple[str | None, str | None], Partner] = {}
    for one in (*found.parts, *found.guesses, *meant):
        if one.relation is not Relation.SPLIT:
            guesses[one.source, None] = one
        if one.relation is not Relation.MERGED:
            guesses[None, one.target] = one
    return guesses


def _parts(found: Partners, source: str, target: str) -> tuple[str, ...]:
    """The unpaired documents that hold parts of a pair's text."""
    return tuple(
        part.target if part.relation is Relation.SPLIT else part.source
        for part in found.parts
        if (part.source == source and part.relation is Relation.SPLIT)
        or (part.target == target and part.relation is Relation.MERGED)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What a person has said about some source documents, before and after, so that it can be taken back; a
    document that is not named is left to its path and its text.
    """

    before: Mapping[str, str | None]
    after: Mapping[str, str | None]


def pair(workbench: Workbench, pipeline: Pipeline, source: str, target: str) -> Step:
    """Says that a target document translates a source document; whoever had that target loses it.

    Raises NotFound for a document that a book does not have.
    """
    return accept(workbench, pipeline, [(source, target)])


def accept(workbench: Workbench, pipeline: Pipeline, pairs: Iterable[tuple[str, str]]) -> Step:
    """Says so of several pairs at once. Raises NotFound."""
    pipeline = pipeline.forward
    wanted = dict(pairs)
    for source, target in wanted.items():
        _check(workbench, pipeline.source_lang, source)
        _check(workbench, pipeline.target_lang, target)
    known = _known(workbench, pipeline)
    kept = {path: partner for path, partner in known.items() if partner not in wanted.values()}
    said = {source: target for source, target in wanted.items() if source != target}
    return _say(workbench, pipeline, {path: kept[path] for path in kept.keys() - wanted.keys()} | said)


def unpair(workbench: Workbench, pipeline: Pipeline, source: str, partner: str | None = None) -> Step:
    """Says that a source document has no translation, whatever path and text say.

    Raises NotFound for an unknown document, or if `partner` is given and is not its partner.
    """
    pipeline = pipeline.forward
    _check(workbench, pipeline.source_lang, source)
    if partner is not None and (source, partner) not in workbench.document_pairs(pipeline).paired:
        raise NotFound(
            f"{partner} is not the partner of {source}", remedy="`amts documents list` shows who is"
        )
    return _say(workbench, pipeline, {**_known(workbench, pipeline), source: None})


def forget(workbench: Workbench, pipeline: Pipeline, source: str) -> Step:
    """Leaves a source document to its path and its text again."""
    known = _known(workbench, pipeline)
    return _say(workbench, pipeline, {path: partner for path, partner in known.items() if path != source})


def take_back(workbench: Workbench, pipeline: Pipeline, step: Step) -> None:
    """Undoes a step; what has been said about other documents since then stays."""
    known = _known(workbench, pipeline)
    for path in step.before.keys() | step.after.keys():
        known.pop(path, None)
    _say(workbench, pipeline, {**known, **step.before})


def _known(workbench: Workbench, pipeline: Pipeline) -> dict[str, str | None]:
    workbench.writable()
    return pairings.read(workbench.project.data, pipeline.store)


def _say(workbench: Workbench, pipeline: Pipeline, now: Mapping[str, str | None]) -> Step:
    known = _known(workbench, pipeline)
    pairings.write(workbench.project.data, pipeline.store, now)
    return Step(dict(known.items() - now.items()), dict(now.items() - known.items()))


def _check(workbench: Workbench, lang: str, path: str) -> None:
    if path not in workbench.document_paths(lang):
        raise NotFound(f"the {lang} book has no document {path}", remedy="`amts documents list` shows them")
