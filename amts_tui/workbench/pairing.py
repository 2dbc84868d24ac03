"""Pairing documents: who is with whom and why, and what a person says about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from amts_tui.alignment.partners import Partner, Partners, Relation
from amts_tui.corpus import pairings
from amts_tui.corpus.pairings import NO_SOURCE
from amts_tui.errors import NotFound
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = [
    "NO_SOURCE",
    "Entry",
    "How",
    "Partner",
    "Relation",
    "Step",
    "accept",
    "call_own",
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
    OWN = "no source"  # says a person: it is the translators' own
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
        told = {
            How.FOUND: self.reason,
            How.HAND: "by hand",
            How.ALONE: "no translation, by hand",
            How.OWN: "no source, by hand",
        }
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
    path, then those of the target book, the translators' own ones last. Only here guesses by meaning are
    made, which takes a second or more when they are made for the first time.
    """
    question = workbench.pairing_question(pipeline)
    found = workbench.partnering.partners(question)
    meant = workbench.partnering.meant(question, found, workbench.project.work / "embeddings")
    said = pairings.read(workbench.project.data, pipeline.store)
    guesses = _by_document(found, meant)
    certain = {(one.source, one.target): one for one in found.certain}
    pairs = question.settled.joined(certain)
    entries = []
    for source, target in pairs.paired:
        one = certain.get((source, target))
        how = How.FOUND if one else How.HAND if said.partners.get(source) == target else How.PATH
        doubt = next((d for d in found.doubted if how is How.PATH and source in (d.source, d.target)), None)
        entries.append(
            Entry(source, target, how, one.reason if one else "", doubt, _parts(found, source, target))
        )
    for source in pairs.only_source:
        how = How.ALONE if source in question.alone else How.UNPAIRED
        entries.append(Entry(source, None, how, guess=guesses.get((source, None))))
    entries.sort(key=lambda entry: str(entry.source))
    entries += [
        Entry(None, target, How.UNPAIRED, guess=guesses.get((None, target))) for target in pairs.only_target
    ]
    own = sorted(said.own.intersection(question.target.paths))
    return entries + [Entry(None, target, How.OWN) for target in own]


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


Statement = tuple[str | None, str | None]
"""What a person says of a source and a target document: a pair, or one of the two that has no partner."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a person has said about some documents, before and after, so that it can be taken back; documents
    that are not named are left to their paths and their texts.
    """

    before: frozenset[Statement]
    after: frozenset[Statement]


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
    others = _without(_known(workbench, pipeline), wanted.keys(), wanted.values())
    said = {(source, target) for source, target in wanted.items() if source != target}
    return _say(workbench, pipeline, others | said)


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
    return _say(workbench, pipeline, _without(_known(workbench, pipeline), {source}) | {(source, None)})


def call_own(workbench: Workbench, pipeline: Pipeline, target: str) -> Step:
    """Says that a target document has no source, being the translators' own, whatever path and text say.

    Raises NotFound for a document that the target book does not have.
    """
    pipeline = pipeline.forward
    _check(workbench, pipeline.target_lang, target)
    others = _without(_known(workbench, pipeline), targets={target})
    return _say(workbench, pipeline, others | {(None, target)})


def forget(workbench: Workbench, pipeline: Pipeline, source: str | None, target: str | None = None) -> Step:
    """Leaves a source document, or a target document that has none, to path and text again."""
    known = _known(workbench, pipeline)
    left = _without(known, {source}) if source is not None else _without(known, targets={target})
    return _say(workbench, pipeline, left)


def take_back(workbench: Workbench, pipeline: Pipeline, step: Step) -> None:
    """Undoes a step; what has been said about other documents since then stays."""
    said = step.before | step.after
    sources, targets = {source for source, _ in said}, {target for source, target in said if source is None}
    others = _without(_known(workbench, pipeline), sources, targets)
    _say(workbench, pipeline, others | step.before)


def _without(
    known: frozenset[Statement],
    sources: Collection[str | None] = (),
    targets: Collection[str | None] = (),
) -> frozenset[Statement]:
    """What is known but for what is about some documents."""
    return frozenset(
        (source, target)
        for source, target in known
        if not (source is not None and source in sources) and not (target is not None and target in targets)
    )


def _known(workbench: Workbench, pipeline: Pipeline) -> frozenset[Statement]:
    workbench.writable()
    found = pairings.read(workbench.project.data, pipeline.store)
    return frozenset(found.partners.items()) | {(None, target) for target in found.own}


def _say(workbench: Workbench, pipeline: Pipeline, now: frozenset[Statement]) -> Step:
    known = _known(workbench, pipeline)
    partners = {source: target for source, target in now if source is not None}
    own = frozenset(target for source, target in now if source is None and target is not None)
    pairings.write(workbench.project.data, pipeline.store, pairings.Pairings(partners, own))
    return Step(known - now, now - known)


def _check(workbench: Workbench, lang: str, path: str) -> None:
    if path not in workbench.document_paths(lang):
        raise NotFound(f"the {lang} book has no document {path}", remedy="`amts documents list` shows them")
