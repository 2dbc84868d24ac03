"""Translating documents: plain text by lines, HTML by blocks; everything but text stays byte for byte."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from amts_tui.local_aws import sentences
from amts_tui.local_aws.markers import Markers
from amts_tui.local_aws.translator import Translator

_BLOCK: Final = re.compile(
    "address|article|aside|audio|base|blockquote|body|br|button|caption|center|col|colgroup|dd|details|dialog"
    "|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frameset|h[1-6]|head|header|hgroup|hr|html|iframe"
    "|legend|li|link|main|menu|meta|nav|noscript|ol|optgroup|option|p|pre|section|select|summary|table|tbody"
    "|td|textarea|tfoot|th|thead|title|tr|ul|video"
)
_VOID: Final = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr")
_PIECE: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*>"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^'\">])*)>",
    re.DOTALL,
)
_KEEP: Final = re.compile(r"""(?:^|\s)translate\s*=\s*(?:"no"|'no'|no(?=[\s/]|$))""", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W\d_]")


class Kind(Enum):
    """What a piece of HTML is to the translator."""

    TEXT = auto()
    INLINE = auto()
    BLOCK = auto()
    OPAQUE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of HTML as it stands in the file; `lines` says that line breaks count (inside `pre`)."""

    kind: Kind
    raw: str
    lines: bool = False

    @property
    def text(self) -> str:
        """What a reader sees of the piece: entities decoded, tags dropped."""
        if self.kind is Kind.TEXT:
            return html.unescape(self.raw)
        return html.unescape(_PIECE.sub("", self.raw)) if self.kind is Kind.OPAQUE else ""


def looks_like_html(text: str) -> bool:
    """Whether a text has a tag; TranslateText then reads it as HTML."""
    return any(match["name"] for match in _PIECE.finditer(text))


def translate_plain(text: str, language: str, translator: Translator) -> str:
    """The text translated sentence by sentence, with its lines and outer white space kept."""
    return "\n".join(_translate_run(line, language, translator, Markers()) for line in text.split("\n"))


def translate_html(text: str, language: str, translator: Translator) -> str:
    """The document with its texts translated; tags, attributes, comments and `translate="no"` are kept."""
    return "".join(
        _translate_block(block, language, translator) if block[0].kind is not Kind.BLOCK else block[0].raw
        for block in _blocks(text)
    )


def html_characters(text: str) -> int:
    """The characters that a job counts: texts with entities decoded, `translate="no"` included.

    White space between blocks, comments, scripts and styles do not count.
    """
    return sum(
        sum(len(piece.text) for piece in block)
        for block in _blocks(text)
        if any(piece.text.strip() for piece in block)
    )


def _blocks(text: str) -> Iterator[Sequence[Piece]]:
    """Runs of inline pieces, and each block tag alone."""
    run: list[Piece] = []
    for piece in _pieces(text):
        if piece.kind is not Kind.BLOCK:
            run.append(piece)
            continue
        if run:
            yield run
            run = []
        yield [piece]
    if run:
        yield run


def _pieces(text: str) -> Iterator[Piece]:
    position = 0
    preformatted = 0
    while match := _PIECE.search(text, position):
        if match.start() > position:
            yield Piece(Kind.TEXT, text[position : match.start()], preformatted > 0)
        name = (match["name"] or "").lower()
        opens = bool(name) and not match["close"] and not _VOID.fullmatch(name)
        if name == "pre":
            preformatted = max(0, preformatted + (1 if opens else -1))
        position = match.end()
        if opens and name in ("script", "style"):
            position = _end_of_element(text, position, name)
            yield Piece(Kind.BLOCK, text[match.start() : position])
        elif opens and _KEEP.search(match["attributes"]):
            if not match["attributes"].rstrip().endswith("/"):
                position = _end_of_element(text, position, name)
            yield Piece(Kind.OPAQUE, text[match.start() : position])
        else:
            yield Piece(Kind.BLOCK if _BLOCK.fullmatch(name) else Kind.INLINE, match.group())
    if position < len(text):
        yield Piece(Kind.TEXT, text[position:], preformatted > 0)


def _end_of_element(text: str, position: int, name: str) -> int:
    """Where the element that was opened before `position` ends; the end of the text if it is never closed."""
    depth = 1
    for match in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^>]*>", re.IGNORECASE).finditer(
        text, position
    ):
        if match.group().endswith("/>"):
            continue
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end()
    return len(text)


def _translate_block(block: Sequence[Piece], language: str, translator: Translator) -> str:
    if not any(piece.kind is Kind.TEXT and _LETTER.search(piece.text) for piece in block):
        return "".join(piece.raw for piece in block)
    markers = Markers()
    marked = "".join(
        markers.protect(piece.text) if piece.kind is Kind.TEXT else markers.add(piece.raw, piece.text)
        for piece in block
    )
    translate = _by_line if any(piece.lines for piece in block) else _translate_run
    translated = html.escape(translate(marked, language, translator, markers), quote=False)
    return "".join(markers.raw.get(character, character) for character in translated)


Run = Callable[[str, str, Translator, Markers], str]


def _by_line(text: str, language: str, translator: Translator, markers: Markers) -> str:
    return "\n".join(_translate_run(line, language, translator, markers) for line in text.split("\n"))


def _translate_run(text: str, language: str, translator: Translator, markers: Markers) -> str:
    pieces = sentences.split(text, language)
    return "".join(
        _translate_sentence(piece, translator, markers, last=number == len(pieces))
        for number, piece in enumerate(pieces, start=1)
    )


def _translate_sentence(sentence: str, translator: Translator, markers: Markers, *, last: bool) -> str:
    """A sentence with the white space around it; between two sentences it follows the full stop: none after a
    wide one, some after a narrow one.
    """
    if not _LETTER.search(sentence):
        return sentence
    core = sentence.strip()
    start = len(sentence) - len(sentence.lstrip())
    translated = translator.translate(core, markers.text)
    gap = sentence[start + len(core) :]
    if not last and sentences.ends_wide(translated) is not sentences.ends_wide(core):
        gap = "" if sentences.ends_wide(translated) else gap or " "
    return sentence[:start] + translated + gap
