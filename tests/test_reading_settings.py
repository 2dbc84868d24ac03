"""`[reading]` of the project file."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui import project
from amts_tui.books.options import DEFAULT_OPTIONS, SentenceRules
from amts_tui.errors import AmtsError

_HEAD = '[source]\nlang = "en"\npath = "en"\n[targets.zh]\npath = "zh"\n'


def load(root: Path, text: str) -> project.Project:
    (root / project.FILE_NAME).write_text(_HEAD + text, encoding="utf-8")
    return project.load(root)


def test_without_the_table_books_are_read_by_default(tmp_path: Path) -> None:
    assert load(tmp_path, "").reading == DEFAULT_OPTIONS


def test_all_settings_reach_the_readers(tmp_path: Path) -> None:
    reading = load(
        tmp_path,
        '[reading]\ndialect = "commonmark"\nfront_matter = ["title"]\n'
        "math_text = false\ncode_comments = true\n"
        "[reading.sentences.en]\nabbreviations = [\"Abschn.\"]\nnever = ['No\\. \\d']\nalways = [';']\n",
    ).reading
    assert reading.dialect == "commonmark"
    assert reading.front_matter == ("title",)
    assert (reading.math_text, reading.code_comments) == (False, True)
    assert reading.rules("en-GB") == SentenceRules(("Abschn.",), (r"No\. \d",), (";",))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[reading]\ndialect = "word"\n', 7, ("reading.dialect", "d2lbook")),
        ("[reading]\nmath_text = 3\n", 7, ("reading.math_text",)),
        ("[reading]\nmathtext = true\n", 7, ("unknown key", "did you mean math_text")),
        ('[reading]\nfront_matter = "title"\n', 7, ("reading.front_matter",)),
        ('[reading]\nfront_matter = [""]\n', 7, ("reading.front_matter",)),
        ("[reading.sentences.de]\nnever = ['(']\n", 7, ("reading.sentences.de.never", "'('", "no regular")),
        ("[reading.sentences.de]\nalways = ['x*']\n", 7, ("reading.sentences.de.always", "empty string")),
        ("[reading.sentences.de]\nalways = ['(a|aa)+$']\n", 7, ("de.always", "too long")),
        ("[reading.sentences.de]\nabbreviations = [1]\n", 7, ("reading.sentences.de.abbreviations",)),
        ("[reading.sentences.de]\nabbreviations = ['.']\n", 7, ("reading.sentences.de.abbreviations",)),
        ("[reading.sentences.de]\nnevr = ['x']\n", 7, ("unknown key", "did you mean never")),
        ('[reading.sentences."1"]\nnever = ["x"]\n', 6, ("reading.sentences", "'1'")),
    ],
)
def test_a_wrong_setting_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, words: tuple[str, ...]
) -> None:
    with pytest.raises(AmtsError) as error:
        load(tmp_path, text)
    told = str(error.value)
    assert "\n" not in told
    assert told.startswith(f"{tmp_path / project.FILE_NAME}:{line}: ")
    assert all(word in told for word in words)


def test_a_new_project_file_shows_the_settings_and_keeps_the_default(tmp_path: Path) -> None:
    text = project.render(
        "Book", project.SourceTable(lang="en", path="en"), {"zh": project.TargetTable(path="zh")}
    )
    (tmp_path / project.FILE_NAME).write_text(text, encoding="utf-8")
    assert project.load(tmp_path).reading == DEFAULT_OPTIONS
    shown = text[text.index("[reading]") :]
    lines = [
        line.removeprefix("# ").split("   #")[0] for line in shown.split("\n") if " = " in line or "[" in line
    ]
    (tmp_path / project.FILE_NAME).write_text(
        _HEAD + "\n".join(lines[: lines.index("[aws]")]), encoding="utf-8"
    )
    reading = project.load(tmp_path).reading
    assert reading.front_matter == ("title", "description")
    assert reading.rules("en").abbreviations == ("approx.", "Sect.")
