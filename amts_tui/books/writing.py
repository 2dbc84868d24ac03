"""Writing translations back: spliced into the document's own text, scanned again, escaped or refused where
they would break it.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from types import MappingProxyType

from amts_tui.books.damage import damage
from amts_tui.books.decoding import NOT_TEXT
from amts_tui.books.format import Fitting, TextFormat
from amts_tui.books.formats import format_named
from amts_tui.books.inline import ItemFault, ItemProblem, Masked, check_items, has_prose, mask, unmask
from amts_tui.books.model import PLACEHOLDER, Block, BlockKind, Document, Item, ItemForm, ItemKind, Segment
from amts_tui.books.settling import Edit, Place, Problem, Spliced, fitted, refusal, settle

__all__ = ["Problem", "Spliced", "splice", "splice_spans"]

_NO_SEGMENT = (
    "there is no translatable text at this place, or another edit overlaps it",
    "run `amts align` and look at it again",
)
_NO_SUCH = ("the document has no such segment", "")
_EMPTY = ("the translation is empty", "exclude the bead, or delete the text in the file itself")
_NO_LETTERS = ("the translation has no letters", "translate it by hand")
_UNWRITABLE = ("it holds a character that no text file can hold", "type it anew")
_UNSOUND = "keep the tags as the file has them, or change the file itself"
_NO_LONGER_READ = "it has no letters: from now on it is no text to align"
_LONE_RETURN = re.compile(r"\r(?!\n)")
_FORMS = frozenset({ItemKind.EMPHASIS, ItemKind.SLIDE})


def splice(document: Document, translations: Mapping[int, str], *, keep_damaged: bool = False) -> Spliced:
    """The document with `translations` (ordinal in `document.segments()` → masked text) in place of its
    segments.

    All else stays as it is, character for character. A translation is refused, and the document's own text
    stays, if it is empty, if a placeholder is lost, doubled, foreign or crosses another, or if it would
    change the sequence of blocks and no escape helps. A pair of emphasis or slide marks that is lost whole,
    and an entity that spells a letter or a quote, is reported but not refused, as no content is lost with
    it. With `keep_damaged` faults of placeholders are only reported, and foreign ones are left out.
    """
    edits: list[Edit] = []
    count = len(document.segments())
    problems = [refusal(number, _NO_SUCH) for number in translations if not 0 <= number < count]
    for place in _places(document):
        if place.ordinal not in translations:
            continue
        text = translations[place.ordinal]
        if text == place.segment.text:
            continue
        if NOT_TEXT.search(text):
            problems.append(refusal(place.ordinal, _UNWRITABLE))
            continue
        text = _with_line_feeds(text, place.segment.text)
        text = place.form.tidy(text, document.blocks[place.block], place.segment.items)
        accepted, found = _accept(text, place, keep_damaged)
        problems += found
        if accepted is not None:
            edits.append(_edit(document, place, accepted))
    return settle(document, edits, problems)


def splice_spans(
    document: Document,
    spans: Sequence[tuple[int, int, str]],
    sources: Mapping[int, Sequence[Item]] = MappingProxyType({}),
) -> Spliced:
    """The document with raw texts that a person typed in place of spans (start, end, raw), each inside one
    segment and without overlap.

    A span that lies in no segment, and one whose new text would change the sequence of blocks, is refused and
    reported; so is one, in a strict format, that doubles or makes up a protected item, or leaves half of a
    pair. What else it does to protected items is written and reported, with what the items of the source, by
    ordinal of the segment in `sources`, say of it.
    """
    problems: list[Problem] = []
    edits: list[Edit] = []
    for place, raw in _typed(document, spans, problems):
        own = document.raw(place.segment)
        raw = _with_line_feeds(raw, own)
        if not raw:
            problems.append(refusal(place.ordinal, _EMPTY))
        elif NOT_TEXT.search(raw):
            problems.append(refusal(place.ordinal, _UNWRITABLE))
        elif raw != own:
            masked, items, breaks = mask(raw, place.form.find_items)
            if place.form.strict and (fault := _unsound_item(place.segment.items, items)):
                problems.append(refusal(place.ordinal, (fault, _UNSOUND)))
            else:
                edits.append(_typed_edit(document, place, raw, (masked, items, breaks)))
    spliced = settle(document, edits, problems)
    return replace(spliced, problems=_with_damage(spliced.problems, edits, sources))


def _typed(
    document: Document, spans: Sequence[tuple[int, int, str]], problems: list[Problem]
) -> Iterator[tuple[Place, str]]:
    """The places with their raw text after `spans` are in it."""
    waiting = deque(sorted(spans))
    for place in _places(document):
        segment = place.segment
        inside: list[tuple[int, int, str]] = []
        while waiting and waiting[0][0] <= segment.end:
            span = waiting.popleft()
            first = inside[-1][1] if inside else segment.start
            if first <= span[0] <= span[1] <= segment.end:
                inside.append(span)
            else:
                problems.append(refusal(-1, _NO_SEGMENT))
        yield place, _replace(document.text, segment.start, segment.end, inside).strip()
    problems += [refusal(-1, _NO_SEGMENT)] * len(waiting)


def _typed_edit(document: Document, place: Place, raw: str, found: Masked) -> Edit:
    """The edit for a typed text: tried as it is and with its lines escaped, each also tidied, and at last
    escaped throughout.
    """
    masked, items, breaks = found
    form = place.form
    if isinstance(form, Fitting):
        masked = form.space(masked, items)
    masked, items = _with_typed_marks(masked, items, place.segment.items)
    tidied = form.escapes(form.tidy(masked, document.blocks[place.block], items))
    texts = [*form.escapes(masked)[:2], *tidied[:2]]
    raws = [unmask(text, items, breaks) for text in texts]
    for text in tidied[2:]:
        escaped = unmask(text, items, breaks)
        if _keeps_items(form, escaped, text, items):
            raws.append(escaped)
    return fitted(document, place, raws[0] if raws else raw, raws)


def _with_damage(
    problems: Sequence[Problem], edits: Sequence[Edit], sources: Mapping[int, Sequence[Item]]
) -> tuple[Problem, ...]:
    """The problems, and what the edits that were not refused did to their segments."""
    found = list(problems)
    for edit in edits:
        if edit.refused:
            continue
        ordinal = edit.place.ordinal
        text, items, _ = mask(edit.raw, edit.place.form.find_items)
        for one in damage(edit.segment.items, items, sources.get(ordinal)):
            found.append(Problem(ordinal, one.reason, refused=False, damage=one))
        if has_prose(edit.segment.text) and not has_prose(text):
            found.append(Problem(ordinal, _NO_LONGER_READ, refused=False))
    return tuple(sorted(found, key=lambda problem: problem.segment))


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


def _places(document: Document) -> Iterator[Place]:
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
            yield Place(ordinal, index, segment, part, form)
            ordinal += 1


def _accept(text: str, place: Place, keep_damaged: bool) -> tuple[str | None, list[Problem]]:
    """The text to write, or None if it is refused, and the problems of its placeholders."""
    if not text:
        return None, [refusal(place.ordinal, _EMPTY)]
    if has_prose(place.segment.text) and not has_prose(text):
        return None, [refusal(place.ordinal, _NO_LETTERS)]
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


def _edit(document: Document, place: Place, text: str) -> Edit:
    """The edit for a translation: tried as it is, with its lines escaped, escaped throughout.

    What would hide one of the segment's own items is not tried.
    """
    segment, form = place.segment, place.form
    breaks = segment.breaks or (_continuation(document, document.blocks[place.block], segment),)
    raws = [(option, unmask(option, segment.items, breaks)) for option in form.escapes(text)]
    safe = [raw for option, raw in raws if _keeps_items(form, raw, option, segment.items)]
    wanted = raws[0][1] if raws else text
    return fitted(document, place, wanted, safe)


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


def _unsound_item(own: Sequence[Item], new: Sequence[Item]) -> str:
    """What is wrong with the first item that would break a file in a strict format: one that the segment has
    not, or not so often, or half a pair whose other half is elsewhere; "" if there is none.
    """
    had, has = (
        Counter((item.form, item.raw) for item in items if item.kind not in _LENIENT) for items in (own, new)
    )
    for form, raw in has - had:
        if had[form, raw]:
            return f"{raw} stands there {has[form, raw]} times"
        return f"{raw} is not in the text of the file, or is half a pair"
    for form, raw in had - has:
        if form is ItemForm.SINGLE and raw.startswith("<") and raw.count("<") == 1 and raw[-2:] != "/>":
            return f"{raw} is gone, which is half a pair"
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
