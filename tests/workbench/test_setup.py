"""Projects whose books lie beside each other work from `create` to the alignment."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.workbench import setup
from amts_tui.workbench.aligning import align
from amts_tui.workbench.session import Workbench
from tests.books_of_two import EN_ONE, ES_ONE
from tests.git import commit


@pytest.mark.parametrize("path", [None, "."])
def test_a_source_beside_its_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str | None
) -> None:
    chapter = tmp_path / "chapter_home"
    chapter.mkdir()
    (chapter / "lamp_origin.md").write_text(EN_ONE, encoding="utf-8")
    (chapter / "lamp.md").write_text(ES_ONE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    place = None if path is None else Path(path)
    made = setup.create(Path(), ("en", place), {"es": place})
    assert made.documents == {"en": 1, "es": 1}
    assert "_origin" in made.found
    with Workbench.open(tmp_path) as workbench:
        pipeline = workbench.pipeline()
        summary = align(workbench, pipeline)
        assert [done.document for done in summary.aligned] == ["chapter_home/lamp.md"]
        assert not summary.notes
        pairs = [
            (b.source[0].raw, b.target[0].raw) for b in workbench.beads(pipeline, "chapter_home/lamp.md")
        ]
    assert ("It gives a warm light.", "Da una luz cálida.") in pairs


def test_where_nothing_is_found_the_missing_book_is_named(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.md").write_text(EN_ONE, encoding="utf-8")
    with pytest.raises(AmtsError, match=r"where is the es book\? \(say es=PATH\)"):
        setup.create(tmp_path, ("en", None), {"es": None})


def write(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"# The page {name}\n", encoding="utf-8")
    return root


def documents(project: Path) -> dict[str, list[str]]:
    with Workbench.open(project) as workbench:
        return {lang: workbench.document_paths(lang) for lang in ("en", "zh")}


def test_two_repositories_each_with_its_own_layout(tmp_path: Path) -> None:
    write(tmp_path / "book-en", "README.md", "LICENSE", "docs/a.md", "docs/x/b.md", "docs/README.md")
    write(tmp_path / "book-zh", "a.md", "a_origin.md", "x/b.md", "x/b_origin.md", "README.md", "CHANGELOG.md")
    project = tmp_path / "project"
    made = setup.create(project, ("en", tmp_path / "book-en"), {"zh": tmp_path / "book-zh"})
    assert made.found == "the en book in docs"
    assert made.pairs["zh"] == setup.PathPairs(paired=2, only_source=1, only_target=0)
    assert not made.warnings
    assert 'path = "../book-en/docs"' in (project / "amts.toml").read_text(encoding="utf-8")
    assert documents(project) == {"en": ["README.md", "a.md", "x/b.md"], "zh": ["a.md", "x/b.md"]}


def test_files_about_the_repository_are_no_chapters(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, "README.md", "LICENSE.md", "index.md", "part/README.md")
    write(tmp_path / "two", "README.zh.md")
    made = setup.create(tmp_path / "project", ("en", tmp_path / "one"), {"zh": tmp_path / "two"})
    assert set(made.excluded) == {"README.md", "README.zh.md", "LICENSE.md"}
    assert documents(tmp_path / "project") == {lang: ["index.md", "part/README.md"] for lang in ("en", "zh")}


def test_a_readme_in_a_book_folder_is_its_first_page(tmp_path: Path) -> None:
    write(tmp_path, "en/README.md", "en/a.md", "zh-CN/README.md", "zh-CN/a.md", "README.md", "LICENSE")
    made = setup.create(tmp_path, ("en", None), {"zh": None})
    assert made.found == "a folder LANG for each language, zh in zh-CN"
    assert documents(tmp_path)["zh"] == ["README.md", "a.md"]


def test_paths_that_do_not_agree_are_told(tmp_path: Path) -> None:
    write(tmp_path, *(f"one/{n}.md" for n in range(40)), *(f"two/x{n}.md" for n in range(50)))
    made = setup.create(tmp_path / "p", ("en", tmp_path / "one"), {"zh": tmp_path / "two"})
    assert made.warnings == ("zh: 0 of 40 paths agree with those of the en book: is it the right folder?",)
    write(tmp_path / "two", *(f"{n}.md" for n in range(20)))
    made = setup.create(tmp_path / "q", ("en", tmp_path / "one"), {"zh": tmp_path / "two"})
    assert made.warnings[0].startswith("zh: only 20 of 40 paths agree")


def test_catalogues_are_named(tmp_path: Path) -> None:
    write(tmp_path, "locale/zh_CN/LC_MESSAGES/a.po", "a.md")
    with pytest.raises(AmtsError, match=r"\.po\) in locale/zh_CN/LC_MESSAGES .*--from "):
        setup.create(tmp_path, ("en", None), {"zh": None})


def test_the_source_at_a_revision(tmp_path: Path) -> None:
    commit(tmp_path / "book", {"docs/a.md": EN_ONE, "README.md": "# Read me\n"}, tag="v1")
    commit(tmp_path / "book", {"docs/a.md": "# Rewritten\n", "docs/new.md": "# New\n"})
    write(tmp_path / "book-zh", "docs/a.md")
    (tmp_path / "book-zh/docs/a.md").write_text(ES_ONE, encoding="utf-8")
    project = tmp_path / "project"
    made = setup.create(project, ("en", tmp_path / "book@v1"), {"zh": tmp_path / "book-zh"})
    assert (made.documents, made.excluded) == ({"en": 1, "zh": 1}, ("README.md",))
    assert 'path = "../book@v1"' in (project / "amts.toml").read_text(encoding="utf-8")
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        assert not align(workbench, pipeline, similarity="lexical").failed
        assert [state.state for state in workbench.documents(pipeline)] == ["aligned"]
        assert any(
            "It gives a warm light." in bead.source[0].raw for bead in workbench.beads(pipeline, "docs/a.md")
        )
        with pytest.raises(AmtsError, match="a book at a git revision cannot be written"):
            workbench.file("en", "docs/a.md")
    with Workbench.open(project) as workbench:
        assert [state.state for state in workbench.documents(workbench.pipeline())] == ["aligned"]


def test_both_books_in_one_revision(tmp_path: Path) -> None:
    commit(tmp_path / "book", {"en/a.md": EN_ONE, "zh/a.md": ES_ONE}, tag="v1")
    commit(tmp_path / "book", {"en/b.md": EN_ONE})
    place = tmp_path / "book@v1"
    setup.create(tmp_path / "p", ("en", place), {"zh": place})
    assert 'path = "../book/zh@v1"' in (tmp_path / "p/amts.toml").read_text(encoding="utf-8")
    assert documents(tmp_path / "p") == {"en": ["a.md"], "zh": ["a.md"]}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('documents = ["**/*.tex"]', r"amts\.toml:\d+: source\.documents is wrong: .*\.tex.*end in \.md"),
        ('exclude = ["../x.md"]', r"source\.exclude is wrong: '\.\./x\.md' is no pattern"),
        ('exclude = "x.md"', r"source\.exclude is wrong"),
        ('path = ""', r"source\.path is wrong"),
    ],
)
def test_settings_of_a_book_are_checked(tmp_path: Path, line: str, words: str) -> None:
    path = "" if line.startswith("path") else 'path = "en"\n'
    text = f'[source]\nlang = "en"\n{path}{line}\n[targets.zh]\npath = "zh"\n'
    (tmp_path / "amts.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AmtsError, match=words):
        Workbench.open(tmp_path)


def test_settings_choose_the_documents(tmp_path: Path) -> None:
    write(tmp_path, "en/part/a.md", "en/part/old/b.md", "en/c.md", "zh/part/a.md", "zh/d.md")
    text = (
        '[source]\nlang = "en"\npath = "en"\ndocuments = ["part/**"]\nexclude = ["old/", "**/old/"]\n'
        '[targets.zh]\npath = "zh"\n'
    )
    (tmp_path / "amts.toml").write_text(text, encoding="utf-8")
    assert documents(tmp_path) == {"en": ["part/a.md"], "zh": ["d.md", "part/a.md"]}


def test_other_layouts_that_fit_are_told_with_how_to_choose_them(tmp_path: Path) -> None:
    for folder in ("docs/en", "docs/es", "old/en", "old/es"):
        for number in range(3 if folder.startswith("docs") else 2):
            write(tmp_path, f"{folder}/{number}.md")
    write(tmp_path, "docs/en/4.es.md", "docs/en/4.md")
    made = setup.create(tmp_path, ("en", None), {"es": None})
    assert made.found == "a folder docs/LANG for each language"
    (other,) = made.others
    assert other == (
        f"a folder old/LANG for each language (--source en={tmp_path}/old/en --target es={tmp_path}/old/es)"
    )


def test_another_layout_with_settings_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "0.md", "1.md", "es/0.md", "es/1.md", "2.md", "2.es.md")
    made = setup.create(tmp_path, ("en", None), {"es": None})
    assert made.others == (
        "name.LANG beside name, before the suffix"
        ' (in amts.toml: en path = "."; es path = ".", suffix = ".es")',
    )


def test_pages_that_do_not_count_are_named(tmp_path: Path) -> None:
    for lang in ("en", "zh"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "a.md").write_text("# One\n", encoding="utf-8")
        (tmp_path / lang / "b.html").write_text("<p>Two</p>\n", encoding="utf-8")
    (tmp_path / "en" / "build.txt").write_text("three\n", encoding="utf-8")
    made = setup.create(tmp_path, ("en", tmp_path / "en"), {"zh": tmp_path / "zh"})
    assert made.documents == {"en": 1, "zh": 1}
    assert [warning for warning in made.warnings if "b.html" in warning and "build.txt" not in warning]
