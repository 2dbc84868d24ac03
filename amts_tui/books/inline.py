"""Masking: inline markup of a raw text to numbered placeholders and back, and the plainer forms of a masked
text.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from amts_tui.books.characters import character_of
from amts_tui.books.format import Token
from amts_tui.books.model import PLACEHOLDER, Item, ItemForm, ItemKind
from amts_tui.books.typography import has_letter, is_cjk, is_cjk_punctuation, line_joint

_MASKED = re.compile(rf"{PLACEHOLDER.pattern}|\n")
_BREAK_TAIL = re.compile(r"(?:[ \t\r]*\n)*[ \t]*(?:>[ \t]*)*")  # with the blank lines that HTML lets be
_LINE_BREAKS = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")
_KEPT_IN_BARE = {ItemKind.LITERAL}
_KEPT_IN_PLAIN = _KEPT_IN_BARE | {ItemKind.CODE, ItemKind.MATH, ItemKind.URL}


class ItemFault(StrEnum):
    """What can be wrong with the placeholders of a translation."""

    LOST = "lost"
    DOUBLED = "doubled"
    FOREIGN = "foreign"
    CROSSING = "crossing"


@dataclass(frozen=True, slots=True)
class ItemProblem:
    """A fault of one placeholder, which `placeholder` names as it is written."""

    fault: ItemFault
    placeholder: str


Masked = tuple[str, tuple[Item, ...], tuple[str, ...]]
"""A masked text, its items in order, and what stands in the raw text at each newline of the masked one."""

FindItems = Callable[[str], Iterable[Token]]
"""Finds the inline items of a raw text in order."""


def mask(raw: str, find_items: FindItems) -> Masked:
    """The masked text of `raw`, whose items `find_items` finds.

    A soft line break, with the blanks and quote marks around it, becomes one newline; a pair of tags shares
    one number; what only looks like a placeholder becomes an item. `unmask` of the three gives `raw` back,
    whatever `raw` is.
    """
    parts: list[str] = []
    items: list[Item] = []
    breaks: list[str] = []
    numbers: dict[int, int] = {}
    position = count = 0
    for token in _with_literals(raw, find_items(raw)):
        _mask_plain(raw, position, token.start, parts, breaks)
        if token.form is ItemForm.CLOSE:
            number = numbers[token.mate]
        else:
            count += 1
            number = numbers[token.start] = count
        items.append(Item(number, token.form, token.kind, raw[token.start : token.end]))
        parts.append(items[-1].placeholder)
        position = token.end
    _mask_plain(raw, position, len(raw), parts, breaks)
    return "".join(parts), tuple(items), tuple(breaks)


def _with_literals(raw: str, tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, and one for each text between them that looks like a placeholder."""
    position = 0
    for token in tokens:
        yield from _literals(raw, position, token.start)
        yield token
        position = token.end
    yield from _literals(raw, position, len(raw))


def _literals(raw: str, start: int, end: int) -> Iterator[Token]:
    if raw.find("{", start, end) != -1:
        for match in PLACEHOLDER.finditer(raw, start, end):
            yield Token(match.start(), match.end(), ItemForm.SINGLE, ItemKind.LITERAL)


def _mask_plain(raw: str, start: int, end: int, parts: list[str], breaks: list[str]) -> None:
    """Append `raw[start:end]`, which holds no item, with its line breaks masked."""
    while (newline := raw.find("\n", start, end)) != -1:
        left = newline
        while left > start and raw[left - 1] in " \t\r":
            left -= 1
        tail = _BREAK_TAIL.match(raw, newline + 1, end)
        right = tail.end() if tail else newline + 1
        parts += [raw[start:left], "\n"]
        breaks.append(raw[left:right])
        start = right
    parts.append(raw[start:end])


def outside_placeholders(text: str, change: Callable[[str], str]) -> str:
    """A masked text with `change` made to each stretch between its placeholders."""
    parts: list[str] = []
    position = 0
    for match in PLACEHOLDER.finditer(text):
        parts += [change(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join([*parts, change(text[position:])])


def unmask(text: str, items: Sequence[Item], breaks: Sequence[str] = ()) -> str:
    """The raw text of a masked one: placeholders replaced by their items, newlines by `breaks` in turn.

    A placeholder without an item stays as it is; where `breaks` is too short its last entry (else a newline)
    is used.
    """
    raws = {item.placeholder: item.raw for item in items}
    rest = iter(breaks)
    filler = breaks[-1] if breaks else "\n"

    def raw_of(match: re.Match[str]) -> str:
        if match[0] == "\n":
            return next(rest, filler)
        return raws.get(match[0], match[0])

    return _MASKED.sub(raw_of, text)


def raw_offsets(text: str, items: Sequence[Item], breaks: Sequence[str]) -> list[tuple[int, int]]:
    """Where masked and raw text part: pairs (offset in the masked text, offset in the raw one), after each
    item and break.

    Between two pairs both offsets grow alike.
    """
    raws = {item.placeholder: item.raw for item in items}
    rest = iter(breaks)
    offsets = [(0, 0)]
    shift = 0
    for match in _MASKED.finditer(text):
        raw = next(rest, "\n") if match[0] == "\n" else raws.get(match[0], match[0])
        shift += len(raw) - (match.end() - match.start())
        offsets.append((match.end(), match.end() + shift))
    return offsets


def has_prose(text: str) -> bool:
    """Whether a masked text holds a letter outside its placeholders."""
    return has_letter(text)


def check_items(source_items: Sequence[Item], text: str) -> tuple[ItemProblem, ...]:
    """What is wrong with the placeholders of `text`, a translation of something that holds `source_items`.

    Lost: not in `text`; doubled: more than once; foreign: none of the source's; crossing: a pair closed
    before it is opened or across another pair (halves without a mate are in order, as a sentence may hold
    only one half of a pair).
    """
    expected = {item.placeholder for item in source_items}
    found = Counter(PLACEHOLDER.findall(text))
    problems = [
        ItemProblem(ItemFault.LOST, item.placeholder)
        for item in source_items
        if item.placeholder not in found
    ]
    problems += [
        ItemProblem(ItemFault.DOUBLED, name)
        for name, times in found.items()
        if times > 1 and name in expected
    ]
    problems += [ItemProblem(ItemFault.FOREIGN, name) for name in found if name not in expected]
    problems += [ItemProblem(ItemFault.CROSSING, name) for name in _crossing(text, set(found) & expected)]
    return tuple(problems)


def _crossing(text: str, present: set[str]) -> Iterator[str]:
    """The closing tags that do not close the pair opened last; only whole pairs count."""
    opened: list[str] = []
    for name in PLACEHOLDER.findall(text):
        if name.endswith(">}") and f"{{<{name[1:-2]}}}" in present:
            opened.append(name[1:-2])
        elif name.startswith("{<") and f"{{{name[2:-1]}>}}" in present:
            if opened and opened[-1] == name[2:-1]:
                opened.pop()
            else:
                yield name
                if name[2:-1] in opened:
                    opened.remove(name[2:-1])


def without_blank_lines(text: str) -> str:
    """A masked text without blank lines, blanks around its line breaks and white space around it."""
    return _LINE_BREAKS.sub("\n", text.strip())


def join_lines(text: str, items: Sequence[Item] = ()) -> str:
    """A masked text with its soft line breaks joined: a space, nothing between CJK characters.

    Beside a CJK letter an item counts as one more CJK letter, as Chinese and Japanese editors set formulas
    and code without spaces; a role after the break keeps its space, without which d2lbook does not see it.
    Pair tags are looked through.
    """
    if "\n" not in text:
        return text
    kinds = {item.placeholder: item.kind for item in items if item.form is ItemForm.SINGLE}
    lines = text.split("\n")
    joined = [lines[0]]
    for before, after in pairwise(lines):
        joined += [_joint(before, after, kinds), after]
    return "".join(joined)


def _joint(before: str, after: str, kinds: dict[str, ItemKind]) -> str:
    left, right = _edge(before, last=True), _edge(after, last=False)
    if kinds.get(right) is ItemKind.ROLE:
        return "" if not left or left.isspace() else " "
    if left in kinds and is_cjk(right[:1] or " "):
        return ""
    if right in kinds and is_cjk(left[:1] or " "):
        return ""
    return line_joint(left[-1:], right[:1])


def _edge(line: str, *, last: bool) -> str:
    """The last or first character or single placeholder of a line, pair tags looked through; "" if there is
    none.
    """
    if last:
        while match := _TAG_AT_END.search(line[-24:]):
            line = line[: len(line) - len(match[0])]
        single = _SINGLE_AT_END.search(line[-24:])
        return single[0] if single else line[-1:]
    start = 0
    while match := _TAG.match(line, start):
        start = match.end()
    single = _SINGLE.match(line, start)
    return single[0] if single else line[start : start + 1]


_TAG = re.compile(r"\{[0-9]+>\}|\{<[0-9]+\}")
_TAG_AT_END = re.compile(rf"(?:{_TAG.pattern})$")
_SINGLE = re.compile(r"\{[0-9]+\}")
_SINGLE_AT_END = re.compile(rf"{_SINGLE.pattern}$")


def file_text(text: str, items: Sequence[Item]) -> str:
    """A masked text as it stands in a file: every placeholder replaced by its raw text."""
    return unmask(text, items)


def plain_text(text: str, items: Sequence[Item]) -> str:
    """A masked text for parallel data: formulas, inline code and addresses as in the source, entities and
    escapes decoded.

    Roles, footnote marks, HTML tags, pictures, link targets, slide marks and emphasis marks are dropped
    without leaving a double space, a space before punctuation, or an empty pair of brackets.
    """
    return _render(text, items, _KEPT_IN_PLAIN)


def bare_text(text: str, items: Sequence[Item]) -> str:
    """A masked text without any protected item, entities and escapes decoded: for similarity and scores."""
    return _render(text, items, _KEPT_IN_BARE)


def _render(text: str, items: Sequence[Item], kept: set[ItemKind]) -> str:
    text = join_lines(text, items)
    if "{" not in text:
        return text.strip()
    by_name = {item.placeholder: item for item in items}
    text = _TAG.sub(lambda match: "" if match[0] in by_name else match[0], text)
    parts: list[str] = []
    position = 0
    for match in PLACEHOLDER.finditer(text):
        parts.append(text[position : match.start()])
        position = match.end()
        item = by_name.get(match[0])
        if item is None:
            parts.append(match[0])
        elif item.kind in kept or character_of(item) is not None:
            parts.append(_shown(item))
        else:
            position = _close_gap(parts, text, position)
    parts.append(text[position:])
    return "".join(parts).strip()


def _shown(item: Item) -> str:
    if (characters := character_of(item)) is not None:
        return characters
    if item.kind is ItemKind.URL and item.raw.startswith("<"):
        return item.raw[1:-1]
    if tagged := _TAGGED.fullmatch(item.raw):
        return html.unescape(tagged[2])
    return re.sub(r"[ \t]*\r?\n[ \t]*(?:>[ \t]?)*", " ", item.core)


_TAGGED = re.compile(r"<([a-z]+[0-9]+)>(.*)</\1>")  # what the notation for Word documents shows of an item
_NO_SPACE_BEFORE = frozenset(".,;:!?%)]}’”…")
_BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】", "「": "」"}


def _close_gap(parts: list[str], text: str, position: int) -> int:
    """Close the gap that a dropped item leaves before `text[position:]`; returns where to go on."""
    while parts and not parts[-1]:
        parts.pop()
    before = parts[-1] if parts else ""
    after = text[position : position + 1]
    head = before.rstrip(" ")
    tail = position
    while text[tail : tail + 1] == " ":
        tail += 1
    following = text[tail : tail + 1]
    if head and _BRACKETS.get(head[-1]) == following:
        parts[-1] = head[:-1]
        return _close_gap(parts, text, tail + 1)
    if not following or following in _NO_SPACE_BEFORE or is_cjk_punctuation(following):
        if parts:
            parts[-1] = head
        return tail
    if before.endswith(" ") and head and is_cjk(head[-1]) and is_cjk(following):
        parts[-1] = head
        return tail
    return tail if before.endswith(" ") or not before or after != " " else position
