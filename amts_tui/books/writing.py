"""Writing translations back: spliced into the document's own text, scanned again, escaped or refused where
they would break it.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from html import unescape

from amts_tui.books.decoding import NOT_TEXT
from amts_tui.books.format import Fit, Fitting, FoundBlock, Span, TextFormat
from amts_tui.books.formats import container_of, dialect_holds, format_named, shifts_dialect
from amts_tui.books.inline import ItemFault, ItemProblem, check_items, mask, unmask
from amts_tui.books.model import PLACEHOLDER, Block, BlockKind, Document, Item, ItemKind, Part, Segment
from amts_tui.books.reading import PART_JOINT

_ESCAPED = "escaped: it would have been read as markup"
_NO_SEGMENT = "there is no translatable text at this place, or another edit overlaps it"
_NO_SUCH = "the document has no such segment"
_EMPTY = "the translation is empty"
_UNWRITABLE = "it holds a character that no text file can hold"
_DIALECT = "it would make the document look like one in another dialect of Markdown"
_BREAKS_BLOCKS = "it would change the blocks of the document"
_NO_ROOM = "it does not fit: the column is too narrow, or a formula cannot hold it"
_LONE_RETURN = re.compile(r"\r(?!\n)")
_FORMS = frozenset({ItemKind.EMPHASIS, ItemKind.SLIDE})


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with the translation of a segment (its ordinal; -1: no segment); if `refused`, the
    document's own text stands.
    """

    segment: int
    reason: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Spliced:
    """A document's new text, the bytes of its file with that text, and what was wrong with the translations,
    in the order of the segments.
    """

    text: str
    problems: tuple[Problem, ...]
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a segment is: its ordinal in the document, its block and the part that the block is in."""

    ordinal: int
    block: int
    segment: Segment
    part: Part
    form: TextFormat


@dataclass(slots=True)
class _Edit:
    """New text for a segment: the raw text `wanted` and the `options` to try, the document's own the last.

    `cramped` if one of them found no room.
    """

    place: _Place
    wanted: str
    options: list[Fit]
    cramped: bool = False
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


def splice(document: Document, translations: Mapping[int, str], *, keep_damaged: bool = False) -> Spliced:
    """The document with `translations` (ordinal in `document.segments()` → masked text) in place of its
    segments.

    All else stays as it is, character for character. A translation is refused, and the document's own text
    stays, if it is empty, if a placeholder is lost, doubled, foreign or crosses another, or if it would
    change the sequence of blocks and no escape helps. A pair of emphasis or slide marks that is lost whole,
    and an entity that spells a letter or a quote, is reported but not refused, as no content is lost with
    it. With `keep_damaged` faults of placeholders are only reported, and foreign ones are left out.
    """
    edits: list[_Edit] = []
    count = len(document.segments())
    problems = [Problem(number, _NO_SUCH, True) for number in translations if not 0 <= number < count]
    for place in _places(document):
        if place.ordinal not in translations:
            continue
        text = translations[place.ordinal]
        if text == place.segment.text:
            continue
        if NOT_TEXT.search(text):
            problems.append(Problem(place.ordinal, _UNWRITABLE, True))
            continue
        text = _with_line_feeds(text, place.segment.text)
        text = place.form.tidy(text, document.blocks[place.block], place.segment.items)
        accepted, found = _accept(text, place, keep_damaged)
        problems += found
        if accepted is not None:
            edits.append(_edit(document, place, accepted))
    return _settle(document, edits, problems)


def splice_spans(document: Document, spans: Sequence[tuple[int, int, str]]) -> Spliced:
    """The document with raw texts in place of spans (start, end, raw), each inside one segment and without
    overlap.

    A span that lies in no segment, and one whose new text would change the sequence of blocks, is refused and
    reported; so is one, in a strict format, that loses, doubles or makes up a protected item.
    """
    waiting = deque(sorted(spans))
    problems: list[Problem] = []
    edits: list[_Edit] = []
    for place in _places(document):
        segment = place.segment
        inside: list[tuple[int, int, str]] = []
        while waiting and waiting[0][0] <= segment.end:
            span = waiting.popleft()
            first = inside[-1][1] if inside else segment.start
            if first <= span[0] <= span[1] <= segment.end:
                inside.append(span)
            else:
                problems.append(Problem(-1, _NO_SEGMENT, True))
        own = document.raw(segment)
        raw = _replace(document.text, segment.start, segment.end, inside).strip()
        raw = _with_line_feeds(raw, own)
        if not raw:
            problems.append(Problem(place.ordinal, _EMPTY, True))
        elif NOT_TEXT.search(raw):
            problems.append(Problem(place.ordinal, _UNWRITABLE, True))
        elif raw != own:
            masked, items, breaks = mask(raw, place.form.find_items)
            if place.form.strict and (fault := _changed_item(segment.items, items)):
                problems.append(Problem(place.ordinal, fault, True))
                continue
            if isinstance(place.form, Fitting):
                masked = place.form.space(masked, items)
            masked, items = _with_typed_marks(masked, items, segment.items)
            tidied = place.form.tidy(masked, document.blocks[place.block], items)
            texts = [option for text in (masked, tidied) for option in place.form.escapes(text)[:2]]
            raws = [*dict.fromkeys(unmask(option, items, breaks) for option in texts)]
            edits.append(_fitted(document, place, raws[0] if raws else raw, raws))
    problems += [Problem(-1, _NO_SEGMENT, True)] * len(waiting)
    return _settle(document, edits, problems)


def _with_typed_marks(
    masked: str, items: tuple[Item, ...], own: Sequence[Item]
) -> tuple[str, tuple[Item, ...]]:
    """A typed text in which a bare `<` or `&`, unless the segment has it already, is text to be escaped."""
    known = {item.raw for item in own}
    typed = {
        item.placeholder: item.raw
        for item in items
        if item.kind is ItemKind.ENTITY and len(item.raw) == 1 and item.raw not in known
    }
    text = PLACEHOLDER.sub(lambda match: typed.get(match[0], match[0]), masked)
    return text, tuple(item for item in items if item.placeholder not in typed)


def _with_line_feeds(text: str, own: str) -> str:
    """A new text with a line feed for each carriage return that stands alone, which other programs take for
    the end of a line; as it is where the text that it replaces has such returns.
    """
    return text if _LONE_RETURN.search(own) else _LONE_RETURN.sub("\n", text)


def _places(document: Document) -> Iterator[_Place]:
    if not document.parts:
        return
    parts = iter(document.parts)
    part = next(parts)
    form = format_named(part.format)
    ordinal = 0
    for index, block in enumerate(document.blocks):
        while block.end > part.end:
            part = next(parts)
            form = format_named(part.format)
        for segment in block.segments:
            yield _Place(ordinal, index, segment, part, form)
            ordinal += 1


def _accept(text: str, place: _Place, keep_damaged: bool) -> tuple[str | None, list[Problem]]:
    """The text to write, or None if it is refused, and the problems of its placeholders."""
    if not text:
        return None, [Problem(place.ordinal, _EMPTY, True)]
    faults = check_items(place.segment.items, text)
    grave = [fault for fault in faults if not _is_loss_of_form(fault, faults, place.segment.items)]
    refused = bool(grave) and not (keep_damaged and not place.form.strict)
    problems = [Problem(place.ordinal, _describe(fault, place.segment.items), refused) for fault in faults]
    if refused:
        return None, problems
    known = {item.placeholder for item in place.segment.items}
    return PLACEHOLDER.sub(lambda match: match[0] if match[0] in known else "", text), problems


def _is_loss_of_form(fault: ItemProblem, faults: Sequence[ItemProblem], items: Sequence[Item]) -> bool:
    """Whether a fault is the loss of a whole pair of emphasis or slide marks, or of an entity that only
    spells a letter, a quote, a dash or a space, which another language may need none of.
    """
    if fault.fault is not ItemFault.LOST:
        return False
    lost = {other.placeholder for other in faults if other.fault is ItemFault.LOST}
    numbers = [item.number for item in items if item.placeholder == fault.placeholder]
    return all(
        (item.kind in _FORMS and item.placeholder in lost)
        or (item.kind is ItemKind.ENTITY and unescape(item.raw) not in ("<", ">", "&"))
        for item in items
        if item.number in numbers
    )


def _describe(fault: ItemProblem, items: Sequence[Item]) -> str:
    raw = next((f" ({item.raw})" for item in items if item.placeholder == fault.placeholder), "")
    return f"placeholder {fault.placeholder}{raw} {fault.fault.value}"


def _edit(document: Document, place: _Place, text: str) -> _Edit:
    """The edit for a translation: tried as it is, with its lines escaped, escaped throughout.

    What would hide one of the segment's own items is not tried.
    """
    segment, form = place.segment, place.form
    breaks = segment.breaks or (_continuation(document, document.blocks[place.block], segment),)
    raws = [(option, unmask(option, segment.items, breaks)) for option in form.escapes(text)]
    safe = [raw for option, raw in raws if _keeps_items(form, raw, option, segment.items)]
    wanted = raws[0][1] if raws else text
    return _fitted(document, place, wanted, safe)


def _fitted(document: Document, place: _Place, wanted: str, raws: Sequence[str]) -> _Edit:
    """The edit that tries `raws` in turn, those that find no room left out."""
    form, block, segment = place.form, document.blocks[place.block], place.segment
    fits: list[Fit] = []
    cramped = False
    for raw in dict.fromkeys(raws):
        fit: Fit | None = Fit.only(segment, raw)
        if isinstance(form, Fitting):
            fit = form.fit(document.text, block, segment, raw)
        if fit is None:
            cramped = True
        else:
            fits.append(fit)
    return _Edit(place, wanted, [*fits, Fit.only(segment, document.raw(segment))], cramped)


# Marks that may fail to be seen as markup without harm to what they stand beside.
_LENIENT = frozenset({ItemKind.EMPHASIS, ItemKind.ESCAPE, ItemKind.ENTITY, ItemKind.LITERAL})


def _keeps_items(form: TextFormat, raw: str, text: str, items: Sequence[Item]) -> bool:
    """Whether reading `raw` again finds the protected items that the masked `text` places in it, or more."""
    names = Counter(PLACEHOLDER.findall(text))
    placed: Counter[str] = Counter()
    for item in items:
        if item.kind not in _LENIENT:
            placed[item.core] += names[item.placeholder]
    found = Counter(item.core for item in mask(raw, form.find_items)[1])
    return not placed - found


def _changed_item(own: Sequence[Item], new: Sequence[Item]) -> str:
    """What is wrong with the first protected item that is not in both texts alike; "" if there is none."""
    had, has = (Counter(item.raw for item in items if item.kind not in _LENIENT) for items in (own, new))
    for raw in had - has:
        return f"{raw} {ItemFault.LOST.value}"
    for raw in has - had:
        return f"{raw} {(ItemFault.DOUBLED if had[raw] else ItemFault.FOREIGN).value}"
    return ""


def _continuation(document: Document, block: Block, segment: Segment) -> str:
    """What a line break is in a segment that has none: newline, then quote marks and indentation up to the
    segment's column.
    """
    text = document.text
    newline = "\r\n" if "\r\n" in text else "\n"
    if block.kind in (BlockKind.IMAGE, BlockKind.CAPTION):
        return newline
    lead = text[text.rfind("\n", 0, segment.start) + 1 : segment.start].lstrip("\ufeff")
    if lead.strip(" \t>") and block.kind is not BlockKind.LIST_ITEM:
        return newline
    return newline + "".join(char if char in "> \t" else " " for char in lead)


def _replace(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str]]) -> str:
    parts = []
    for first, last, raw in spans:
        parts += [text[start:first], raw]
        start = last
    return "".join([*parts, text[start:end]])


def _settle(document: Document, edits: list[_Edit], problems: list[Problem]) -> Spliced:
    """The document with its edits, each in the first form that leaves the blocks as they are."""
    texts = _settle_parts(document, edits)
    foreign: set[int] = set()
    while not dialect_holds(document, texts):
        pending = [edit for edit in edits if not edit.refused]
        shifting = [edit for edit in pending if shifts_dialect(document.raw(edit.segment), edit.raw)]
        for edit in shifting or pending:
            edit.chosen += 1
            foreign.add(edit.place.ordinal)
        texts = _settle_parts(document, edits)
    for edit in edits:
        if edit.refused:
            problems.append(Problem(edit.place.ordinal, _why_refused(edit, foreign), True))
        elif edit.raw != edit.wanted:
            problems.append(Problem(edit.place.ordinal, _ESCAPED, False))
    in_order = tuple(sorted(problems, key=lambda problem: problem.segment))
    return Spliced(PART_JOINT.join(texts), in_order, _pack(document, texts))


def _why_refused(edit: _Edit, foreign: Set[int]) -> str:
    if edit.place.ordinal in foreign:
        return _DIALECT
    return _NO_ROOM if edit.cramped else _BREAKS_BLOCKS


def _settle_parts(document: Document, edits: Sequence[_Edit]) -> list[str]:
    return [
        _settle_part(document, part, [edit for edit in edits if edit.place.part is part])
        for part in document.parts
    ]


def _pack(document: Document, texts: Sequence[str]) -> bytes:
    container = container_of(document.path)
    if container is None:
        return texts[0].encode("utf-8")
    return container.pack(document.data, texts, document.path)


def _settle_part(document: Document, part: Part, edits: Sequence[_Edit]) -> str:
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


def _with_edits(document: Document, part: Part, edits: Sequence[_Edit]) -> tuple[str, list[Span]]:
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


def _holds_alone(document: Document, edit: _Edit) -> bool:
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
    sheet: _Sheet, found: Sequence[FoundBlock], edits: Sequence[_Edit], spans: Sequence[Span]
) -> _Edit | None:
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
