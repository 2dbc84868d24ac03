"""Pairs from many files, by document."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.exchange.collecting import collect_pairs


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def po(lang: str, *texts: str, origin: str = "") -> str:
    header = f'msgid ""\nmsgstr "Language: {lang}\\n"\n\n' if lang else ""
    place = f"#: {origin}:1\n" if origin else ""
    return header + "\n".join(f'{place}msgid "{text}"\nmsgstr "{text}?"\n' for text in texts)


def names(*sources: str | Path, target: str = "es") -> dict[str, int]:
    found = collect_pairs([str(source) for source in sources], "en", target)
    return {name: len(pairs) for name, pairs in found.items()}


def test_a_tree_of_catalogues(tmp_path: Path) -> None:
    locale = tmp_path / "locale"
    write(locale / "es/LC_MESSAGES/part/one.po", po("es", "a", "b", origin="../../part/one.rst"))
    write(locale / "es/LC_MESSAGES/index.po", po("", "c"))
    write(locale / "fr/LC_MESSAGES/index.po", po("", "c"))
    assert names(locale) == {"index": 1, "part/one.rst": 2}
    assert names(locale / "es" / "LC_MESSAGES") == {"index": 1, "part/one.rst": 2}
    write(tmp_path / "po/es.po", po("es", "a"))
    write(tmp_path / "po/fr.po", po("fr", "a"))
    assert names(tmp_path / "po") == {"messages": 1}


def test_globs_and_several_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.tsv", "en\tes\none\tuno\n")
    assert names(tmp_path / "*.tsv") == {"a": 1, "b": 1}
    assert names(tmp_path / "b.tsv", tmp_path / "a.tsv", tmp_path / "*.tsv") == {"b": 1, "a": 1}


def test_moses_files_under_each_of_their_names(tmp_path: Path) -> None:
    for lang in ("en", "es"):
        for part in ("train", "test"):
            write(tmp_path / f"c.{part}.{lang}", "one\ntwo\n")
    assert names(tmp_path / "c.train.en") == {"c.train": 2}
    assert names(tmp_path / "c.t*") == {"c.test": 2, "c.train": 2}
    assert names(tmp_path) == {"c.test": 2, "c.train": 2}


def test_documents_that_the_pairs_state_are_made_safe(tmp_path: Path) -> None:
    rows = [
        "../../etc/x.md", "/home/ana/y.md", "C:\\docs\\y.MD", ".git/config", "a//./b.md", "A/b.html",
        "_build/c\u0007:d", "", "nul\x7f", "x" * 300,
    ]  # fmt: skip
    table = "".join(f"one\tuno\t{row}\n" for row in rows)
    found = list(names(write(tmp_path / "p.tsv", f"en\tes\tfile\n{table}")))
    assert found == [
        "etc/x.md", "y.md", "y-2.md", "_.git/config", "a/b.md", "A/b-2.html",
        "__build/c__d", "p", "nul_", "x" * 100,
    ]  # fmt: skip


def test_a_document_without_folders_lies_where_its_file_does(tmp_path: Path) -> None:
    text = (
        '<xliff version="1.2"><file original="a.md" source-language="en" target-language="es"><body>'
        '<trans-unit id="1"><source>one</source><target>uno</target></trans-unit></body></file></xliff>'
    )
    write(tmp_path / "x/ch1/a.xlf", text)
    write(tmp_path / "x/ch2/a.xlf", text)
    assert names(tmp_path / "x") == {"ch1/a.md": 1, "ch2/a.md": 1}


def test_what_cannot_be_collected(tmp_path: Path) -> None:
    write(tmp_path / "fr.tmx", '<tmx><tu><tuv xml:lang="en"><seg>a</seg></tuv></tu></tmx>')
    write(tmp_path / "empty.tsv", "en\tes\n")
    write(tmp_path / "no/a.md", "x")
    for name, words in [
        ("fr.tmx", r"fr\.tmx: no pairs for en and es \(the file holds en\)"),
        ("empty.tsv", r"empty\.tsv: no pairs in it"),
        ("no", "no: no file of pairs"),
        ("*.xlf", "no file of pairs"),
        ("none.tmx", r"none\.tmx: no such file or folder"),
        ("no/a.md", "no file of pairs by its name"),
    ]:
        with pytest.raises(AmtsError, match=words):
            names(tmp_path / name)
