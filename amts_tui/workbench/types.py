"""The frozen types that the command line and the screens get to see."""

from __future__ import annotations

from amts_tui.books.model import BlockKind, Item, ItemForm, ItemKind
from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Mark, Origin, Side, Status
from amts_tui.errors import AmtsError, Cancelled, NotFound

__all__ = [
    "SIDES",
    "AmtsError",
    "Bead",
    "BeadUnit",
    "BlockKind",
    "Cancelled",
    "Item",
    "ItemForm",
    "ItemKind",
    "Mark",
    "NotFound",
    "Origin",
    "Side",
    "Status",
]
