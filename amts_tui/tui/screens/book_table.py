"""The table of documents: a group of columns for each direction that fits, sorted and narrowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from amts_tui.tui.widgets.bars import plain
from amts_tui.tui.widgets.key_table import Column, TableRow
from amts_tui.workbench.last_scores import LastScores
from amts_tui.workbench.session import DocumentState, Pipeline

_DOCUMENT = "document"
_STATES = ("changed", "new", "no target", "no source", "aligned")
_ROOM_FOR_PATHS = 24
_ROOM_FOR_QUIET = 100
_PADDING = 2
_BAR = 14


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of a direction, the name of its newest run, if it has one, and what is known of its
    scores.
    """

    pipeline: Pipeline
    documents: Sequence[DocumentState]
    run: str = ""
    scores: LastScores | None = None

    @property
    def by_path(self) -> dict[str, DocumentState]:
        """The documents by their names."""
        return {document.path: document for document in self.documents}


@dataclass(frozen=True, slots=True)
class Order:
    """The column that sorts (empty: the order of the book), of which direction, and which way."""

    pipeline: str = ""
    column: str = ""
    turned: bool = False


BOOK_ORDER = Order()


@dataclass(frozen=True, slots=True)
class Table:
    """What the table shows; `sortable` are the direction and name of each of its columns."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    sortable: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A column of a group: the text of its cells, and what it is sorted by, the most interesting first."""

    width: int
    text: Callable[[DocumentState, LastScores | None], str]
    rank: Callable[[DocumentState, LastScores | None], float]


def _count(name: str) -> _Kind:
    def of(document: DocumentState, _scores: LastScores | None) -> float:
        return float(getattr(document.tally, name)) if document.tally else -1.0

    def text(document: DocumentState, scores: LastScores | None) -> str:
        number = int(of(document, scores))
        return str(number) if number > 0 or (name == "beads" and number == 0) else ""

    return _Kind(max(len(name), 5), text, lambda document, scores: -of(document, scores))


def _settled(document: DocumentState, _scores: LastScores | None) -> str:
    tally = document.tally
    return percent(tally.confirmed + tally.edited + tally.excluded, tally.beads) if tally else ""


def _share(document: DocumentState, _scores: LastScores | None) -> float:
    tally = document.tally
    if tally is None or not tally.beads:
        return 2.0
    return (tally.confirmed + tally.edited + tally.excluded) / tally.beads


def _bleu(document: DocumentState, scores: LastScores | None) -> str:
    found = None if scores is None else scores.documents.get(document.path)
    return "" if found is None else f"{found:.1f}"


_KINDS: Mapping[str, _Kind] = {
    "state": _Kind(
        9,
        lambda document, _scores: document.state,
        lambda document, _scores: _STATES.index(document.state) if document.state in _STATES else 0,
    ),
    "beads": _count("beads"),
    "settled": _Kind(7, _settled, _share),
    "doubtful": _count("doubtful"),
    "~wrong": _Kind(
        6,
        lambda document, _scores: f"{document.tally.expected_wrong:.1f}" if document.tally else "",
        lambda document, _scores: -document.tally.expected_wrong if document.tally else 1.0,
    ),
    "stale": _count("stale"),
    "BLEU": _Kind(
        4,
        _bleu,
        lambda document, scores: 101.0 if scores is None else scores.documents.get(document.path, 101.0),
    ),
}
_WHOLE = tuple(_KINDS)
_SHORT = ("state", "settled", "~wrong", "BLEU")
_QUIET = {"stale", "BLEU"}


def side_by_side(books: Sequence[Listed], width: int) -> tuple[str, ...]:
    """The columns of each group when all directions stand side by side; none if there is no room for that."""
    if len(books) < 2:
        return ()
    short = tuple(
        "doubtful" if name == "BLEU" and not any(one.scores for one in books) else name for name in _SHORT
    )
    for names in (_WHOLE, short):
        group = sum(_KINDS[name].width + _PADDING for name in names)
        if _ROOM_FOR_PATHS + _PADDING + 1 + group * len(books) <= width:
            return names
    return ()


def table(
    books: Sequence[Listed],
    current: Pipeline,
    width: int,
    order: Order = Order(),
    wanted: str = "",
) -> Table:
    """The table on a screen of a width: all directions if there is room, else the current one; with a filter,
    the documents whose path and states hold all its words.
    """
    names = side_by_side(books, width)
    shown = list(books) if names else [one for one in books if one.pipeline == current]
    groups = [(one, names or _names(one, width)) for one in shown]
    columns = [Column(_title(_DOCUMENT, "", order), flexible=True, tail=True)]
    sortable = [Order("", _DOCUMENT)]
    for one, of_group in groups:
        name = one.pipeline.name
        group = "" if not names else f"[{name}]" if one.pipeline == current else name
        for number, column in enumerate(of_group):
            title = _title(column, name, order)
            columns.append(Column(title, right=column != "state", group="" if number else group))
            sortable.append(Order(name, column))
    paths = _sorted(_paths(shown, current, wanted), books, order)
    rows = [TableRow(path, (path, *_cells(path, groups))) for path in paths]
    return Table(tuple(columns), tuple(rows), tuple(sortable))


def _names(one: Listed, width: int) -> tuple[str, ...]:
    """The columns of a direction alone; where room is scarce, those that say nothing are left out."""
    return tuple(
        name
        for name in _WHOLE
        if width >= _ROOM_FOR_QUIET
        or name not in _QUIET
        or any(_KINDS[name].text(document, one.scores) for document in one.documents)
    )


def _title(column: str, pipeline: str, order: Order) -> str:
    if column != order.column or (column != _DOCUMENT and pipeline != order.pipeline):
        return column
    return f"{column} {'^' if order.turned else 'v'}"


def _paths(shown: Sequence[Listed], current: Pipeline, wanted: str) -> list[str]:
    """The documents in the order of the book, those of the current direction first."""
    parts = wanted.casefold().split()
    words: dict[str, str] = {}
    for one in sorted(shown, key=lambda one: one.pipeline != current):
        for document in one.documents:
            words[document.path] = f"{words.get(document.path, document.path)} {document.state}"
    return [path for path, text in words.items() if all(part in text.casefold() for part in parts)]


def _sorted(paths: Sequence[str], books: Sequence[Listed], order: Order) -> list[str]:
    if not order.column:
        return list(paths)
    if order.column == _DOCUMENT:
        return sorted(paths, reverse=order.turned)
    one = next((one for one in books if one.pipeline.name == order.pipeline), None)
    if one is None:
        return list(paths)
    known, rank = one.by_path, _KINDS[order.column].rank
    here = [path for path in paths if path in known]
    here.sort(key=lambda path: rank(known[path], one.scores), reverse=order.turned)
    return here + [path for path in paths if path not in known]


def _cells(path: str, groups: Sequence[tuple[Listed, Sequence[str]]]) -> list[str]:
    cells: list[str] = []
    for one, names in groups:
        document = one.by_path.get(path)
        cells += ["" if document is None else _KINDS[name].text(document, one.scores) for name in names]
    return cells


def percent(part: int, whole: int) -> str:
    """`12%`, rounded down; empty of nothing."""
    return f"{100 * part // whole}%" if whole else ""


def totals(one: Listed, *, bar: bool = False) -> str:
    """A line on a direction as a whole, with a bar of what is settled."""
    tallies = [document.tally for document in one.documents if document.tally is not None]
    beads = sum(tally.beads for tally in tallies)
    settled = sum(tally.confirmed + tally.edited + tally.excluded for tally in tallies)
    doubtful = sum(tally.doubtful for tally in tallies)
    wrong = sum(tally.expected_wrong for tally in tallies)
    aligned = sum(document.state == "aligned" for document in one.documents)
    changed = sum(document.state == "changed" for document in one.documents)
    unpaired = sum(document.state in ("no target", "no source") for document in one.documents)
    parts = [
        f"{one.pipeline.name}",
        *([plain(settled, beads, _BAR)] if bar else []),
        f"{aligned} of {len(one.documents)} documents aligned",
        *([f"{changed} changed"] if changed else []),
        f"{beads} beads",
        f"{percent(settled, beads) or '0%'} settled",
        *([f"BLEU {one.scores.total:.1f}"] if one.scores else []),
        f"{doubtful} doubtful",
        *([f"{unpaired} unpaired"] if unpaired else []),
        f"~{wrong:.0f} wrong",
    ]
    return "  ".join(parts)
