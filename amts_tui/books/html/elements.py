"""What the elements of HTML are to a reader of prose: which end a paragraph, which hide their content, what
kind of block they make.
"""

from __future__ import annotations

from typing import Final

from amts_tui.books.model import BlockKind, ItemKind
from amts_tui.books.words import word_set

VOID: Final = word_set("area base br col embed frame hr img input link meta param source track wbr")
"""Elements without content."""

RAW_TEXT: Final = word_set("script style textarea title xmp iframe noembed noframes")
"""Elements whose content HTML, but not XHTML, reads as text up to their end tag."""

BLOCKS: Final = word_set(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir"
    " div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr"
    " html legend li link listing main menu meta nav noframes noscript ol optgroup option p plaintext pre"
    " search section select style summary table tbody td template tfoot th thead title tr ul xmp"
)
"""Elements before and after which a paragraph ends; all others stand in a line of text."""

CODE_BLOCKS: Final = frozenset({"pre", "listing", "xmp", "plaintext"})

HIDDEN: Final = (
    CODE_BLOCKS
    | RAW_TEXT - {"title"}
    | frozenset({"svg", "math", "object", "canvas", "audio", "video", "template"})
)
"""Elements whose content is no prose, whatever tags are in it."""

PROTECTED: Final = HIDDEN | frozenset({"code", "kbd", "samp", "var", "tt", "rt", "rp"})
"""Elements that become one item, content and all, in a line of text."""

ITEM_KINDS: Final = {
    **dict.fromkeys(("code", "kbd", "samp", "var", "tt", *CODE_BLOCKS), ItemKind.CODE),
    **dict.fromkeys(
        ("b", "i", "em", "strong", "u", "s", "strike", "big", "small", "mark"), ItemKind.EMPHASIS
    ),
    "a": ItemKind.LINK,
    "math": ItemKind.MATH,
    "img": ItemKind.IMAGE,
}
"""What an element is in a line of text, if not just HTML."""

MARKS: Final = frozenset({"a", "sup", "sub"})
"""Elements that are one item if there is no letter in them: marks of footnotes, exponents, arrows back."""

LEAVES: Final = word_set(
    "p li td th caption figcaption blockquote dt dd summary legend option title h1 h2 h3 h4 h5 h6"
)
"""Elements whose tags belong to the block of their text."""

LISTS: Final = frozenset({"ul", "ol", "menu", "dir"})

KINDS: Final = {
    **dict.fromkeys(("td", "th"), BlockKind.TABLE_CELL),
    **dict.fromkeys(("caption", "figcaption"), BlockKind.CAPTION),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "title"), BlockKind.HEADING),
    **dict.fromkeys(
        ("dt", "dd", "dl", "table", "figure", "summary", "legend", "option", *LISTS), BlockKind.PARAGRAPH
    ),
    "li": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
}
"""The kind of the text in an element; in others it is that of the element around."""

CONTAINERS: Final = {
    "blockquote": "quote",
    "li": "item",
    **{name: name for name in ("figure", "details", "aside", "nav", "header", "footer", "dl")},
}
"""What a block in an element is said to lie in."""

ENDED_BY: Final = {
    "li": (frozenset({"li"}), LISTS),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}))),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th"}), frozenset({"table"}))),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    **dict.fromkeys(
        ("thead", "tbody", "tfoot"),
        (frozenset({"tr", "td", "th", "thead", "tbody", "tfoot"}), frozenset({"table"})),
    ),
    **dict.fromkeys(("option", "optgroup"), (frozenset({"option"}), frozenset({"select"}))),
}
"""For a start tag the open elements that it ends without an end tag, and those across which it does not."""
