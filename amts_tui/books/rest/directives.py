"""What directives hold, by name: prose, a title, a signature before prose, or nothing to translate.

Names are those of docutils, Sphinx with its domains, and the extensions that books use most. A directive that
nobody here knows is left alone: prose that is missed costs less than code that is translated.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from amts_tui.books.model import BlockKind
from amts_tui.books.words import word_set


class Content(Enum):
    """What a directive is made of."""

    PROSE = auto()  # the first line is prose already
    TITLED = auto()  # a title on the first line, then prose
    SIGNED = auto()  # something protected on the first line, then prose
    DATED = auto()  # a version on the first line, prose after it
    TITLE = auto()  # a title, then what is not prose
    OPAQUE = auto()


_PROSE = word_set(
    "attention caution danger error hint important note tip warning seealso todo epigraph highlights"
    " pull-quote compound header footer hlist glossary acks impl-detail tab-set tabs margin solution"
)
_TITLED = word_set(
    "admonition topic sidebar rubric centered list-table table dropdown details collapse toggle card tab"
    " tab-item group-tab grid-item-card exercise theorem lemma proof definition example remark corollary"
    " proposition"
)
_SIGNED = word_set(
    "figure container class only ifconfig grid grid-item describe object option cmdoption envvar confval"
    " setting function data exception method attribute property staticmethod classmethod decorator"
    " decoratormethod coroutinefunction coroutinemethod awaitablefunction awaitablemethod abstractmethod"
    " module currentmodule macro type var member enum enumerator struct union cfunction cmember cmacro ctype"
    " cvar opcode pdbcommand 2to3fixer django-admin django-admin-option templatetag templatefilter"
    " fieldlookup monitoring-event automodule autoclass autofunction automethod autoattribute autodata"
    " autoexception autoproperty autodecorator"
)
_DATED = word_set("versionadded versionchanged deprecated versionremoved deprecated-removed soft-deprecated")
_TITLE = word_set("contents csv-table")
_CODE = word_set(
    "code code-block sourcecode literalinclude parsed-literal doctest testcode testoutput testsetup"
    " testcleanup prompt ipython ipython3 jupyter-execute productionlist command-output program-output"
    " console highlight"
)

_CONTENTS: Final[dict[str, Content]] = {
    **dict.fromkeys(_PROSE, Content.PROSE),
    **dict.fromkeys(_TITLED, Content.TITLED),
    **dict.fromkeys(_SIGNED, Content.SIGNED),
    **dict.fromkeys(_DATED, Content.DATED),
    **dict.fromkeys(_TITLE, Content.TITLE),
}
_KINDS: Final[dict[str, BlockKind]] = {
    **dict.fromkeys(_CODE, BlockKind.CODE),
    "math": BlockKind.MATH,
    "image": BlockKind.IMAGE,
    "figure": BlockKind.IMAGE,
    "raw": BlockKind.HTML,
}
_DOMAINS = frozenset({"py", "c", "cpp", "js", "rst", "std", "php", "rb", "java", "mat"})

PROSE_OPTIONS: Final = frozenset({"alt", "caption", "title"})
"""Options of directives whose values are read by people."""

QUOTES: Final = frozenset({"epigraph", "highlights", "pull-quote"})
"""Directives whose content is a quotation and may end in an attribution."""


def content_of(name: str) -> Content:
    """What the directive `name` is made of; objects of Sphinx's domains (`py:function`) have a signature."""
    known = _CONTENTS.get(name)
    if known:
        return known
    domain, colon, _ = name.partition(":")
    return Content.SIGNED if colon and domain in _DOMAINS else Content.OPAQUE


def kind_of(name: str) -> BlockKind:
    """The kind of block that the directive `name` is."""
    return _KINDS.get(name, BlockKind.DIRECTIVE)
