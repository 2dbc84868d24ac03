"""New texts settled into a document: each in the first of its forms that leaves the blocks as they are and
that the document's file can hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from amts_tui.books.damage import Damage
from amts_tui.books.format import Fit, Fitting, FoundBlock, Span, TextFormat, Unwritable
from amts_tui.books.formats import container_of, dialect_holds, shifts_dialect
from amts_tui.books.model import Block, BlockKind, Document, Part, Segment
from amts_tui.books.reading import PART_JOINT

_BREAKS_BLOCKS = (
    "it would change the blocks of the document",
    "begin each line of it with a word, and keep its brackets, quotes and tags in pairs",
)
_DIRECTIVE = (
    "it holds a directive of d2lbook, which no backslash hides",
    "leave the directive out, or put a word before it on its line",
)
_DIALECT = (
    "it would make the document look like one in another dialect of Markdown",
    "leave out what belongs to the other dialect, or set `dialect` in `[reading]` of amts.toml",
)
_NO_ROOM = (
    "it does not fit: the column is too narrow, or a formula cannot hold it",
    "make it shorter and leave out special characters, or change the file itself",
)
_ESCAPED = "escaped: it would have been read as markup"

Refusal = tuple[str, str]
"""Why a text is refused, and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with the translation of a segment (its ordinal; -1: no segment), and what to do; if
    `refused`, the document's own text stands. `damage` is what a typed text did to a protected item.
    """

    segment: int
    reason: str
    refused: bool
    remedy: str = ""
    damage: Damage | None = None


def refusal(segment: int, why: Refusal) -> Problem:
    """The refusal of a segment's translation."""
    return Problem(segment, why[0], refused=True, remedy=why[1])


@dataclass(frozen=True, slots=True)
class Spliced:
    """A document's new text, the bytes of its file with that text, and what was wrong with the translations,
    in the order of the segments.
    """

    text: str
    problems: tuple[Problem, ...]
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment is: its ordinal in the document, its block and the part that the block is in."""

    ordinal: int
    block: int
    segment: Segment
    part: Part
    form: TextFormat


@dataclass(slots=True)
class Edit:
    """New text for a segment: the raw text `wanted` and the `options` to try, the document's own the last.

    `refusal` says why none but the last will do, if that comes to pass.
    """

    place: Place
    wanted: str
    options: list[Fit]
    refusal: Refusal = _BREAKS_BLOCKS
    chosen: int = 0

    @property
    def segment(self) -> Segment:
        return self.place.segment

    @property
    def fit(self) -> Fit:
        return self.options[self.chosen]

    @property
    def raw(self) -> str:
        return self.fit.raw

    @property
    def refused(self) -> bool:
        return self.chosen == len(self.options) - 1


def fitted(document: Document, place: Place, wanted: str, raws: Sequence[str]) -> Edit:
    """The edit that tries `raws` in turn, those that find no room left out."""
    form, block, segment = place.form, document.blocks[place.block], place.segment
    fits: list[Fit] = []
    why = _BREAKS_BLOCKS if raws else _DIRECTIVE
    for raw in dict.fromkeys(raws):
        fit: Fit | None = Fit.only(segment, raw)
        if isinstance(form, Fitting):
            fit = form.fit(document.text, block, segment, raw)
        if fit is None:
            why = _NO_ROOM
        else:
            fits.append(fit)
    return Edit(place, wanted, [*fits, Fit.only(segment, document.raw(segment))], why)


def settle(document: Document, edits: Sequence[Edit], problems: Sequence[Problem]) -> Spliced:
    """The document with its edits, each in the first form that leaves the blocks as they are and that the
    file can hold; `problems` are those that are known already.
    """
    while True:
        texts = _settle_dialect(document, edits)
        try:
            data = _packed(document, texts)
        except Unwritable as error:
            if not _give_up(document, edits, error):
                raise
        else:
            break
    given_up = {edit.place.ordinal for edit in edits if edit.refused}
    found = [one for one in problems if one.refused or one.segment not in given_up]
    for edit in edits:
        if edit.refused:
            found.append(refusal(edit.place.ordinal, edit.refusal))
        elif edit.raw != edit.wanted:
            found.append(Problem(edit.place.ordinal, _ESCAPED, refused=False))
    in_order = tuple(sorted(found, key=lambda problem: problem.segment))
    return Spliced(PART_JOINT.join(texts), in_order, data)


def _settle_dialect(document: Document, edits: Sequence[Edit]) -> list[str]:
    """The texts of the parts, in the dialect that the document is in."""
    texts = _settle_parts(document, edits)
    while not dialect_holds(document, texts):
        pending = [edit for edit in edits if not edit.refused]
        shifting = [edit for edit in pending if shifts_dialect(document.raw(edit.segment), edit.raw)]
        for edit in shifting or pending:
            edit.chosen += 1
            edit.refusal = _DIALECT
        texts = _settle_parts(document, edits)
    return texts


def _settle_parts(document: Document, edits: Sequence[Edit]) -> list[str]:
    return [
        _settle_part(document, part, [edit for edit in edits if edit.place.part is part])
        for part in document.parts
    ]


def _packed(document: Document, texts: Sequence[str]) -> bytes:
    container = container_of(document.path)
    if container is None:
        return texts[0].encode("utf-8")
    return container.pack(document.data, texts, document.path)


def _give_up(document: Document, edits: Sequence[Edit], error: Unwritable) -> bool:
    """Go to the next option of each edit that stands at a fault, or is the last before it; False if there is
    none.
    """
    culprits: dict[int, tuple[Edit, str]] = {}
    for fault in error.faults:
        part = document.parts[fault.text]
        pending = [edit for edit in edits if edit.place.part is part and not edit.refused]
        spans = _with_edits(document, part, pending)[1]
        before = [edit for edit, span in zip(pending, spans, strict=True) if span[0] <= fault.offset]
        for edit in before[-1:] or pending[:1]:
            culprits[edit.place.ordinal] = edit, fault.reason
    for edit, reason in culprits.values():
        edit.chosen += 1
        edit.refusal = reason, error.remedy or ""
    return bool(culprits)


def _settle_part(document: Document, part: Part, edits: Sequence[Edit]) -> str:
    """Go to the next option of each edit that would change the blocks, until scanning gives the part's own
    sequence.
    """
    own = document.text[part.start : part.end]
    if not edits:
        return own
    for edit in edits:
        while not edit.refused and not _holds_alone(document, edit):
            edit.chosen += 1
    numbers = [n for n, block in enumerate(document.blocks) if part.start <= block.start < part.end]
    sheet = _Sheet(part, numbers[0], document.blocks[numbers[0] : numbers[-1] + 1])
    while True:
        pending = [edit for edit in edits if not edit.refused]
        if not pending:
            return own
        text, spans = _with_edits(document, part, pending)
        culprit = _culprit(sheet, edits[0].place.form.scan(text, document.options), pending, spans)
        if culprit is None:
            return text
        culprit.chosen += 1


def _with_edits(document: Document, part: Part, edits: Sequence[Edit]) -> tuple[str, list[Span]]:
    """The text of a part with its edits, and where in it the new text of each is."""
    parts: list[str] = []
    spans: list[Span] = []
    position, length = part.start, 0
    for edit in edits:
        fit = edit.fit
        start = length + fit.start - position + len(fit.before)
        spans.append((start, start + len(fit.raw)))
        length = start + len(fit.raw) + len(fit.after)
        parts += [document.text[position : fit.start], fit.before, fit.raw, fit.after]
        position = fit.end
    return "".join([*parts, document.text[position : part.end]]), spans


def _holds_alone(document: Document, edit: Edit) -> bool:
    """Whether the block of an edit, taken by itself, is still read as before: a cheap look before the whole
    text is scanned, which alone can tell if the block is something else by itself.
    """
    block = document.blocks[edit.place.block]
    if block.kind is BlockKind.TABLE_CELL:
        return True
    text, fit = document.text, edit.fit
    own = document.raw(block)
    new = "".join([text[block.start : fit.start], *fit[2:], text[fit.end : block.end]])
    scan, options = edit.place.form.scan, document.options
    for indent in dict.fromkeys((" " * _column(text, block.start), "")):
        alone = [_signature(found) for found in scan(indent + own, options)]
        if [kind for kind, *_ in alone] == [block.kind]:
            return alone == [_signature(found) for found in scan(indent + new, options)]
    return True


_WIDEST_INDENT = 200  # characters looked back over, so that time stays linear where a line is a whole file


def _column(text: str, position: int) -> int:
    """How many characters of its line stand before `position`; 0 if too many to be an indentation."""
    newline = text.rfind("\n", max(0, position - _WIDEST_INDENT), position)
    return position - newline - 1 if newline != -1 or position < _WIDEST_INDENT else 0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A part with its blocks; `first` is the number of the first of them in the document."""

    part: Part
    first: int
    blocks: tuple[Block, ...]


def _signature(block: FoundBlock | Block) -> tuple[str, int, str, str]:
    return block.kind, block.level, block.name, block.within


def _culprit(
    sheet: _Sheet, found: Sequence[FoundBlock], edits: Sequence[Edit], spans: Sequence[Span]
) -> Edit | None:
    """The edit at which the blocks of the new text part from the sheet's; None if they agree and each edit
    fills its span.
    """
    longest = max(len(sheet.blocks), len(found))
    parted = next(
        (
            i
            for i, (old, new) in enumerate(zip(sheet.blocks, found, strict=False))
            if _signature(old) != _signature(new)
        ),
        min(len(sheet.blocks), len(found)),
    )
    if parted < longest:
        limit = found[parted].end if parted < len(found) else spans[-1][1]
        before = [edit for edit, span in zip(edits, spans, strict=True) if span[0] <= limit]
        return before[-1] if before else edits[0]
    for edit, (start, end) in zip(edits, spans, strict=True):
        block = found[edit.place.block - sheet.first]
        if not any(span[0] <= start and end <= span[1] for span in block.spans):
            return edit
    return None
