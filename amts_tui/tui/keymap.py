"""Every key of the workbench, as data: footer, help, palette and `docs/keys.md` are made from this table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key does.

    `id` is `context.name`; `keys` are key names of the terminal library, the one to show first; `description`
    is the sentence in help, palette and documents; `footer` the short label in the footer, empty if the
    action is not shown there.
    """

    id: str
    keys: tuple[str, ...]
    description: str
    footer: str = ""

    @property
    def context(self) -> str:
        """Where the keys count: a mode, a widget or a dialog."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The action's name within its context."""
        return self.id.partition(".")[2]

    @property
    def all_keys(self) -> tuple[str, ...]:
        """The keys and what a Chinese input method sends in their place."""
        return self.keys + tuple(alias for key in self.keys for alias in INPUT_METHOD_KEYS.get(key, ()))

    @property
    def shown_keys(self) -> str:
        """The keys as a reader types them, `m F5`."""
        return " ".join(shown(key) for key in self.keys)


# With an input method switched on, punctuation arrives as its full-width counterpart.
INPUT_METHOD_KEYS: dict[str, tuple[str, ...]] = {
    "slash": ("ideographic_comma", "fullwidth_solidus"),
    "backslash": ("fullwidth_reverse_solidus",),
    "question_mark": ("fullwidth_question_mark",),
    "colon": ("fullwidth_colon",),
    "exclamation_mark": ("fullwidth_exclamation_mark",),
    "left_square_bracket": ("left_black_lenticular_bracket", "fullwidth_left_square_bracket"),
    "right_square_bracket": ("right_black_lenticular_bracket", "fullwidth_right_square_bracket"),
    "left_curly_bracket": ("left_corner_bracket", "fullwidth_left_curly_bracket"),
    "right_curly_bracket": ("right_corner_bracket", "fullwidth_right_curly_bracket"),
    "plus": ("fullwidth_plus_sign",),
    "equals_sign": ("fullwidth_equals_sign",),
    "at": ("fullwidth_commercial_at",),
    "asterisk": ("fullwidth_asterisk",),
    "greater_than_sign": ("right_double_angle_bracket",),
    "minus": ("fullwidth_hyphen_minus",),
    "number_sign": ("fullwidth_number_sign",),
    "vertical_line": ("fullwidth_vertical_line",),
    "full_stop": ("ideographic_full_stop",),
    "ampersand": ("fullwidth_ampersand",),
    "dollar_sign": ("fullwidth_yen_sign", "fullwidth_dollar_sign"),
    "percent_sign": ("fullwidth_percent_sign",),
    "semicolon": ("fullwidth_semicolon",),
    "apostrophe": ("left_single_quotation_mark", "right_single_quotation_mark"),
    "grave_accent": ("middle_dot",),
    "comma": ("fullwidth_comma",),
    "less_than_sign": ("left_double_angle_bracket",),
    "quotation_mark": ("left_double_quotation_mark", "right_double_quotation_mark"),
    "space": ("ideographic_space",),
}

CONTEXTS: dict[str, str] = {
    "app": "Everywhere",
    "table": "In every table",
    "books": "1 Books",
    "pairing": "1 Books: pairing documents",
    "grid": "2 Align: moving",
    "align": "2 Align: working",
    "search": "2 Align: typing a search",
    "views": "2 Align: choosing a view",
    "preview": "2 Align: choosing what is replaced",
    "jump": "2 Align: jumping to a label",
    "jobs": "3 Jobs",
    "scores": "4 Scores",
    "log": "7 Log",
    "start": "Without a project",
    "segments": "4 Scores: the segments of a chapter",
    "dialog": "In a dialog",
    "confirm": "In a question",
    "split": "In the split dialog",
    "command": "In the command line",
}

# The contexts whose keys count together.
MODES: dict[str, tuple[str, ...]] = {
    "books": ("books", "table", "app"),
    "pairing": ("pairing", "table", "app"),
    "align": ("align", "grid", "app"),
    "jobs": ("jobs", "table", "app"),
    "scores": ("scores", "table", "app"),
    "log": ("log", "table", "app"),
    "start": ("start", "table", "app"),
    "segments": ("segments", "table", "app"),
    "dialog": ("dialog",),
    "confirm": ("confirm",),
    "split": ("split", "dialog"),
    "command": ("command", "dialog"),
    "search": ("search",),
    "views": ("views", "dialog"),
    "preview": ("preview", "dialog"),
    "jump": ("jump",),
}

# The modes that a number key leads to, with that key and the name on the top line.
MODE_LABELS: dict[str, tuple[str, str]] = {
    "books": ("1", "Books"),
    "align": ("2", "Align"),
    "jobs": ("3", "Jobs"),
    "scores": ("4", "Scores"),
    "log": ("7", "Log"),
}

ACTIONS: tuple[Action, ...] = (
    Action("app.help", ("question_mark", "f1"), "Show the keys of this place", "Help"),
    Action("app.command", ("colon",), "The command line: an action by name or words, a row by number"),
    Action("app.palette", ("ctrl+p",), "Find any action by its name"),
    Action("app.books", ("1",), "Go to Books"),
    Action("app.align", ("2",), "Go to Align"),
    Action("app.jobs", ("3",), "Go to Jobs"),
    Action("app.scores", ("4",), "Go to Scores"),
    Action("app.log", ("7",), "Go to Log"),
    Action("app.theme", ("f12",), "Change the looks: dark, light, high contrast, the terminal's own colours"),
    Action(
        "app.ambiguous", ("ctrl+f12",), "Count quotes, dashes and circled numbers as two cells, or as one"
    ),
    Action("app.suspend", ("ctrl+backslash",), "Put the workbench to sleep; `fg` in the shell wakes it"),
    Action("app.quit", ("ctrl+q",), "Quit; everything is saved already", "Quit"),
    Action("table.down", ("j", "down"), "Down"),
    Action("table.up", ("k", "up"), "Up"),
    Action("table.page_down", ("pagedown", "ctrl+f"), "A page down"),
    Action("table.page_up", ("pageup", "ctrl+b"), "A page up"),
    Action("table.top", ("home",), "To the first row"),
    Action("table.bottom", ("end", "G"), "To the last row"),
    Action("books.open", ("enter",), "Open the document in Align", "Open"),
    Action("books.align", ("a", "f4"), "Align the documents that are new or changed", "Align"),
    Action("books.align_quick", ("A", "ctrl+f4"), "The same in one pass: quicker, not quite as good"),
    Action("books.export", ("x", "f6"), "Export pairs to a file", "Export"),
    Action("books.write_back", ("W", "f10"), "Write all edited texts into the book's files"),
    Action("books.launch", ("n", "f7"), "Launch a translation job", "Job"),
    Action("books.pipeline", ("t", "tab"), "Next translation direction", "Direction"),
    Action("books.reload", ("r", "f5"), "Read the books again"),
    Action("books.pairing", ("p", "f8"), "Pair documents that have other names in the other book"),
    Action("books.filter", ("slash",), "Narrow the list: type parts of names or states", "Find"),
    Action("books.sort", ("s", "f2"), "Sort by the next column; a click on a column's title does it too"),
    Action("books.turn", ("S", "f3"), "Turn the sorted list round"),
    Action("books.new_project", ("N", "f9"), "Make a new project"),
    Action("books.cancel", ("escape",), "Clear the filter, or stop the work that is going on"),
    Action("pairing.accept", ("enter", "f2"), "Accept the guess, or make sure of what was found", "Accept"),
    Action("pairing.choose", ("c", "f4"), "Choose the partner yourself", "Choose"),
    Action(
        "pairing.alone",
        ("minus", "delete"),
        "Say that a document has no translation, or no source; parts a pair",
        "None",
    ),
    Action("pairing.accept_likely", ("a", "f6"), "Accept all likely guesses at once", "All likely"),
    Action("pairing.forget", ("f", "backspace"), "Forget what was said by hand about the document"),
    Action("pairing.undo", ("u", "ctrl+z"), "Undo", "Undo"),
    Action("pairing.all", ("v", "f3"), "Show all pairs, or only those to look at", "View"),
    Action("pairing.pipeline", ("t", "tab"), "Next translation direction"),
    Action("pairing.reload", ("r", "f5"), "Read the books again"),
    Action("pairing.back", ("escape",), "Back to the documents", "Back"),
    Action("grid.down", ("j", "down"), "Down"),
    Action("grid.up", ("k", "up"), "Up"),
    Action("grid.source", ("h", "left"), "To the source side"),
    Action("grid.target", ("l", "right"), "To the target side"),
    Action("grid.other_side", ("tab",), "To the other side"),
    Action("grid.page_down", ("pagedown", "ctrl+f"), "A page down"),
    Action("grid.page_up", ("pageup", "ctrl+b"), "A page up"),
    Action("grid.half_down", ("ctrl+d",), "Half a page down"),
    Action("grid.half_up", ("ctrl+u",), "Half a page up"),
    Action("grid.top", ("home",), "To the first row"),
    Action("grid.bottom", ("end", "G"), "To the last row"),
    Action("grid.stack", ("w", "backslash"), "Source above target, or side by side"),
    Action("grid.expand", ("z", "tilde"), "Show long formulas, code and links in full, or cut short"),
    Action(
        "align.next_doubtful",
        ("right_square_bracket", "f8"),
        "To the rows most worth a look, in this document and the book",
        "Next",
    ),
    Action("align.previous_doubtful", ("left_square_bracket", "f7"), "Back to where the queue led before"),
    Action("align.confirm_next", ("space",), "Confirm the row and go on to the next one worth a look", "OK"),
    Action("align.confirm", ("c", "plus"), "Confirm the row, or take that back"),
    Action("align.confirm_above", ("C", "circumflex_accent"), "Confirm this row and all above it"),
    Action("align.merge_next", ("m", "f5"), "Merge with the next row", "Merge"),
    Action("align.merge_previous", ("M", "f6"), "Merge with the previous row"),
    Action("align.split", ("s", "f4"), "Split the row in two", "Split"),
    Action("align.push", ("J", "ctrl+down"), "Push this side's last sentence down a row"),
    Action("align.pull", ("K", "ctrl+up"), "Send this side's first sentence up a row"),
    Action("align.gap", ("i", "insert"), "Insert a gap: this side shifts down", "Gap"),
    Action("align.close_gap", ("D", "delete"), "Close the empty cell: this side shifts up"),
    Action("align.pin", ("a", "at"), "Pin the row: aligning again goes around it; or take the pin away"),
    Action("align.realign", ("A", "asterisk"), "Align the document again between the rows that you touched"),
    Action("align.swap", ("X", "f9"), "Swap the target with that of the previous row"),
    Action("align.pair", ("p", "equals_sign"), "Pair with another row: once on each of the two"),
    Action("align.carry", ("t", "ctrl+t"), "Move a sentence to any row: take it up, go there, put it down"),
    Action("align.alternative", ("O", "percent_sign"), "Make the row what else the aligner thought possible"),
    Action("align.range", ("v", "underscore"), "Mark a range of rows for what comes next, or end it"),
    Action("align.extend_down", ("shift+down",), "Mark this row and the next"),
    Action("align.extend_up", ("shift+up",), "Mark this row and the previous"),
    Action("align.repeat", ("full_stop",), "Do the latest operation again, here"),
    Action(
        "align.details",
        ("d", "f11"),
        "All about the row: why it is doubtful, its history, the machine's text",
    ),
    Action("align.copy", ("y", "ctrl+insert"), "Copy this side of the row to the clipboard"),
    Action("align.copy_row", ("Y", "ctrl+f9"), "Copy both sides of the row, a tab between them"),
    Action("align.edit", ("e", "enter", "f2"), "Edit the target text", "Edit"),
    Action("align.edit_outside", ("E", "ctrl+x"), "Edit the target text in your own editor ($EDITOR)"),
    Action("align.export", ("x", "greater_than_sign"), "Export pairs to a file"),
    Action("align.write_back", ("W", "f10"), "Write this document's edited texts into its file"),
    Action("align.note", ("quotation_mark",), "Write a note on the row"),
    Action("align.exclude", ("minus",), "Exclude the row from every export, or let it in again"),
    Action("align.flag", ("r", "exclamation_mark"), "Flag the row for review, or take the flag away"),
    Action("align.bookmark", ("b", "number_sign"), "Set or remove a bookmark"),
    Action("align.undo", ("u", "ctrl+z"), "Undo", "Undo"),
    Action("align.redo", ("ctrl+r", "ctrl+y"), "Redo"),
    Action("align.search", ("slash",), "Search in the document, or from there in the whole book"),
    Action("align.search_book", ("S", "dollar_sign"), "List again what was found in the whole book"),
    Action("align.search_next", ("n", "f3"), "To the next match"),
    Action("align.search_previous", ("N", "shift+f3"), "To the previous match"),
    Action("align.filter", ("f", "vertical_line"), "Show only some rows: a view, or a new one"),
    Action("align.filter_off", ("F", "ampersand"), "All rows, or again those of the latest view"),
    Action("align.replace", ("R", "ctrl+n"), "Find and replace in the translations, after a preview"),
    Action("align.document", ("o", "semicolon"), "Go to a document or a chapter by parts of its name"),
    Action("align.jump", ("comma", "ctrl+o"), "Jump to a row in sight by its label"),
    Action("align.next_bookmark", ("apostrophe",), "To the next bookmark"),
    Action("align.previous_bookmark", ("grave_accent",), "To the previous bookmark"),
    Action("align.bookmarks", ("B", "less_than_sign"), "List the bookmarks of the whole book"),
    Action("align.clear", ("escape",), "Clear the search, drop the row to be paired, or stop aligning"),
    Action("align.goto", ("g", "ctrl+l"), "Go to a row by its number"),
    Action("align.next_document", ("right_curly_bracket", "ctrl+pagedown"), "To the next document"),
    Action("align.previous_document", ("left_curly_bracket", "ctrl+pageup"), "To the previous document"),
    Action("search.accept", ("enter",), "Stay at this find", "Stay"),
    Action("search.cancel", ("escape",), "Back to where the search began", "Back"),
    Action("search.side", ("tab",), "Both sides, the source side, the target side", "Side"),
    Action(
        "search.regex",
        ("f2", "ctrl+r"),
        "Search for a pattern (a regular expression), or for text",
        "Pattern",
    ),
    Action("search.book", ("f6", "ctrl+t"), "Search the whole book", "Book"),
    Action("search.next", ("down", "f3"), "To the next find"),
    Action("search.previous", ("up", "shift+f3"), "To the previous find"),
    Action("views.new", ("n", "insert"), "A new view", "New"),
    Action("views.change", ("e", "f2"), "Change the view, or make a new one of it", "Change"),
    Action("views.forget", ("d", "delete"), "Forget the view", "Forget"),
    Action("preview.tick", ("space",), "Tick the text, or leave it out", "Tick"),
    Action("preview.all", ("a", "asterisk"), "Tick all that nobody has settled, or nothing", "All"),
    Action("jump.cancel", ("escape",), "Stay here", "Stay"),
    Action("jobs.launch", ("n", "f7"), "Launch a translation job", "New job"),
    Action(
        "jobs.parallel_data", ("p", "f4"), "Make parallel data of this direction's pairs", "Parallel data"
    ),
    Action("jobs.fetch", ("enter", "f6"), "Fetch the translations of a finished job as runs", "Fetch"),
    Action("jobs.stop", ("s", "delete"), "Stop the job", "Stop"),
    Action("jobs.refresh", ("r", "f5"), "Ask for the states now", "Refresh"),
    Action("jobs.cancel", ("escape",), "Stop uploading, importing or fetching"),
    Action("scores.segments", ("enter",), "Show the segments of the chapter", "Segments"),
    Action("scores.choose", ("v", "f4"), "Choose the runs that stand side by side", "Runs"),
    Action("scores.metric", ("m", "f6"), "Next metric: BLEU, chrF, TER", "Metric"),
    Action("scores.pipeline", ("t", "tab"), "Next translation direction", "Direction"),
    Action("scores.refresh", ("r", "f5"), "Score again", "Refresh"),
    Action(
        "log.restore",
        ("enter", "f6"),
        "Go back to just after the entry; what that undoes is shown first",
        "Go back",
    ),
    Action(
        "log.view", ("v", "f3"), "Show all lines, the journal, or what touches the document in Align", "View"
    ),
    Action("log.older", ("o", "f4"), "Show older entries too", "Older"),
    Action(
        "log.undo",
        ("u", "ctrl+z"),
        "Undo the latest action in the project, or in the document that is shown",
        "Undo",
    ),
    Action("log.redo", ("ctrl+r", "ctrl+y"), "Redo"),
    Action("log.refresh", ("r", "f5"), "Read the journal again", "Refresh"),
    Action("start.open", ("enter",), "Open the project", "Open"),
    Action("start.new_project", ("n", "f9"), "Make a new project", "New"),
    Action("segments.back", ("escape", "enter"), "Back to the chapters", "Back"),
    Action("confirm.yes", ("y", "ctrl+s"), "Yes", "Yes"),
    Action("confirm.no", ("escape", "n"), "No", "No"),
    Action("dialog.accept", ("ctrl+s",), "Accept", "Accept"),
    Action("dialog.cancel", ("escape",), "Close without doing anything", "Cancel"),
    Action("command.next", ("down", "ctrl+n"), "To the next action"),
    Action("command.previous", ("up", "ctrl+p"), "To the previous action"),
    Action("command.complete", ("tab",), "Complete the name"),
    Action("split.source", ("left", "h"), "To the source side"),
    Action("split.target", ("right", "l", "tab"), "To the target side"),
    Action("split.up", ("up", "k"), "Move the cut up"),
    Action("split.down", ("down", "j"), "Move the cut down"),
    Action("split.cut", ("enter",), "Cut here", "Cut"),
)

KEY_SIGNS: dict[str, str] = {
    "full_stop": ".",
    "underscore": "_",
    "question_mark": "?",
    "slash": "/",
    "backslash": "\\",
    "colon": ":",
    "exclamation_mark": "!",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "plus": "+",
    "equals_sign": "=",
    "at": "@",
    "asterisk": "*",
    "greater_than_sign": ">",
    "minus": "-",
    "number_sign": "#",
    "quotation_mark": '"',
    "circumflex_accent": "^",
    "tilde": "~",
    "less_than_sign": "<",
    "comma": ",",
    "grave_accent": "`",
    "apostrophe": "'",
    "semicolon": ";",
    "percent_sign": "%",
    "dollar_sign": "$",
    "ampersand": "&",
    "vertical_line": "|",
    "space": "Space",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "insert": "Ins",
    "delete": "Del",
    "backspace": "Backspace",
    "home": "Home",
    "end": "End",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "shift": "Shift",
    "ctrl": "Ctrl",
}


def shown(key: str) -> str:
    """A key as a reader types it: `Ctrl+Down`, `]`, `F8`."""
    *modifiers, last = key.split("+")
    sign = KEY_SIGNS.get(last, last.upper() if last.startswith("f") and last[1:].isdigit() else last)
    return "+".join([*(KEY_SIGNS.get(modifier, modifier) for modifier in modifiers), sign])


def actions(context: str) -> tuple[Action, ...]:
    """The actions of one context, in the table's order."""
    return tuple(action for action in ACTIONS if action.context == context)


def in_mode(mode: str) -> tuple[Action, ...]:
    """All actions that a person can take in a mode."""
    return tuple(action for context in MODES[mode] for action in actions(context))


def clashes(table: tuple[Action, ...] = ACTIONS) -> Iterator[tuple[str, str, str, str]]:
    """Keys that mean two things in one mode: (mode, key, first action's id, second action's id)."""
    for mode, contexts in MODES.items():
        taken: dict[str, str] = {}
        for action in table:
            if action.context not in contexts:
                continue
            for key in action.all_keys:
                first = taken.setdefault(key, action.id)
                if first != action.id:
                    yield mode, key, first, action.id


def document() -> str:
    """The text of `docs/keys.md`."""
    lines = [
        "# Keys",
        "",
        "Made from the table in `amts_tui/tui/keymap.py`. Punctuation keys also work while a Chinese input",
        "method is on.",
    ]
    for context, title in CONTEXTS.items():
        lines += ["", f"## {title}", "", "| keys | action | id |", "| --- | --- | --- |"]
        for action in actions(context):
            keys = ", ".join(_code(shown(key)) for key in action.keys)
            lines.append(f"| {keys} | {action.description} | `{action.id}` |")
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    return f"`{text}`" if text != "|" else "`\\|`"
