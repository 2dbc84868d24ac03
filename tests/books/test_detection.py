"""Layouts of repositories, told apart by their files."""

from __future__ import annotations

import pytest

from amts_tui.books.detection import Place, catalogues, detect, documents_at, settle
from amts_tui.books.spellings import distance, language_of


@pytest.mark.parametrize(
    ("files", "places"),
    [
        (("en/a.md", "es/a.md"), {"en": Place("en"), "es": Place("es")}),
        (("docs/en/x/a.md", "docs/es/x/a.md"), {"en": Place("docs/en"), "es": Place("docs/es")}),
        (("i18n/en/a.mdx", "i18n/es/a.mdx"), {"en": Place("i18n/en"), "es": Place("i18n/es")}),
        (("_i18n/en/a.md", "_i18n/es/a.md"), {"en": Place("_i18n/en"), "es": Place("_i18n/es")}),
        (("en_US/a.md", "es-ES/a.md"), {"en": Place("en_US"), "es": Place("es-ES")}),
        (
            ("book/English/a.md", "book/Spanish/a.md"),
            {"en": Place("book/English"), "es": Place("book/Spanish")},
        ),
        (("x/a.en.md", "x/a.es.md"), {"en": Place(".", ".en"), "es": Place(".", ".es")}),
        (("x/a.md", "x/a.es.md"), {"en": Place("."), "es": Place(".", ".es")}),
        (("x/a.md", "x/a_es.md", "b.md"), {"en": Place("."), "es": Place(".", "_es")}),
        (("x/a.md", "x/a_origin.md"), {"en": Place(".", "_origin"), "es": Place(".")}),
        (
            ("content/a.md", "content/a.es.md", "content/a.fr.md", "README.es.md"),
            {"en": Place("content", exclude=("*.fr.*",)), "es": Place("content", ".es")},
        ),
        (
            ("content/a.md", "content/es/a.md", "content/fr/a.md"),
            {"en": Place("content", exclude=("es/", "fr/")), "es": Place("content/es")},
        ),
        (("docs/a.md", "i18n/es/a.md"), {"en": Place("docs"), "es": Place("i18n/es")}),
        (
            ("docs/a.md", "i18n/es/docusaurus-plugin-content-docs/current/a.md", "blog/b.md"),
            {"en": Place("docs"), "es": Place("i18n/es/docusaurus-plugin-content-docs/current")},
        ),
        (
            ("docs/a.md", "website/i18n/es/docusaurus-plugin-content-docs/current/a.md"),
            {"en": Place("docs"), "es": Place("website/i18n/es/docusaurus-plugin-content-docs/current")},
        ),
        (
            ("a.md", "translations/es/a.md"),
            {"en": Place(".", exclude=("translations/",)), "es": Place("translations/es")},
        ),
        (("a.md", "a.es.md", "say.no.md"), {"en": Place("."), "es": Place(".", ".es")}),
        (("a.md", "it/works.md", "es/a.md"), {"en": Place(".", exclude=("es/",)), "es": Place("es")}),
        (("a.md", "b.md", "es/a.md"), {"en": Place(".", exclude=("es/",)), "es": Place("es")}),
    ],
)
def test_layouts(files: tuple[str, ...], places: dict[str, Place]) -> None:
    found = detect(files, "en", ["es"])
    assert found is not None
    assert found.places == places
    assert found.found
    paired = documents_at(files, places, "en") & documents_at(files, places, "es")
    assert [name.rpartition("/")[2].partition(".")[0] for name in paired] == ["a"]


def test_a_language_spelled_with_its_country_or_script() -> None:
    for folder in ("zh-CN", "zh_CN", "zh-Hans", "cn", "zh"):
        found = detect(["en/a.md", f"{folder}/a.md", "zh-TW/a.md"], "en", ["zh"])
        assert found is not None
        assert found.places["zh"] == Place(folder)
    assert detect(["en/a.md", "zh-TW/a.md"], "en", ["zh"]) is None
    found = detect(["en/a.md", "zh/a.md", "zh-Hant/a.md", "pt-br/a.md"], "en", ["zh-TW", "pt"])
    assert found is not None
    assert (found.places["zh-TW"], found.places["pt"]) == (Place("zh-Hant"), Place("pt-br"))
    assert found.found == "a folder LANG for each language, zh-TW in zh-Hant, pt in pt-br"


def test_where_several_layouts_fit_the_one_with_the_most_pairs_is_taken() -> None:
    files = ["en/old.md", "es/older.md", *(f"content/{n}.md" for n in range(9))]
    files += [f"content/{n}.es.md" for n in range(9)]
    found = detect(files, "en", ["es"])
    assert found is not None
    assert found.places["es"] == Place("content", ".es")


def test_folders_of_languages_count_even_if_no_path_agrees() -> None:
    found = detect(["en/a.md", "es/b.md"], "en", ["es"])
    assert found is not None
    assert found.places == {"en": Place("en"), "es": Place("es")}


def test_beside_each_other_each_document_is_one() -> None:
    files = ["a.md", "a_origin.md", "b.md"]
    found = detect(files, "en", ["zh"])
    assert found is not None
    assert documents_at(files, found.places, "en") == {"a.md"}
    assert documents_at(files, found.places, "zh") == {"a.md", "b.md"}


@pytest.mark.parametrize(
    "files", [["a.md", "b/c.md"], [], ["README.md", "README.es.md"], ["a.md", "es/b.md"]]
)
def test_nothing_fits(files: list[str]) -> None:
    assert detect(files, "en", ["es"]) is None


def test_a_tree_for_each_book() -> None:
    same = {"x/a.md", "x/b.md"}
    assert settle({"en": same, "zh": same}, "en") == {"en": Place("."), "zh": Place(".")}
    origins = same | {"x/a_origin.md", "x/b_origin.md"}
    assert settle({"en": same, "zh": origins}, "en")["zh"] == Place(".", exclude=("*_origin.*",))
    inside = {f"docs/{name}" for name in same} | {"README.md"}
    assert settle({"en": inside, "zh": same}, "en") == {"en": Place("docs"), "zh": Place(".")}
    spelled = {f"src/zh_CN/{name}" for name in same} | {"src/fr/x/a.md"}
    assert settle({"en": inside, "zh": spelled}, "en") == {"en": Place("docs"), "zh": Place("src/zh_CN")}
    both = {"en/a.md", "zh/a.md"}
    assert settle({"en": both, "zh": both | {"en/b.md"}}, "en") == {"en": Place("en"), "zh": Place("zh")}
    assert settle({"en": origins, "zh": origins}, "en") == {
        "en": Place(".", "_origin"),
        "zh": Place(".", exclude=("*_origin.*",)),
    }
    other = {"y/c.md"}
    assert settle({"en": same, "zh": other}, "en") == {"en": Place("."), "zh": Place(".")}


def test_catalogues_are_known_for_what_they_are() -> None:
    assert catalogues(["locale/es/LC_MESSAGES/a/b.po"], ["es"]) == "locale/es/LC_MESSAGES"
    assert catalogues(["locales/zh_CN/LC_MESSAGES/a.po"], ["es", "zh"]) == "locales/zh_CN/LC_MESSAGES"
    assert catalogues(["po/es.po"], ["es"]) == "po"
    assert catalogues(["es.po"], ["es"]) == "."
    assert catalogues(["locale/fr/LC_MESSAGES/a.po", "a.md"], ["es"]) is None


def test_spellings() -> None:
    assert [language_of(name) for name in ("zh_CN", "jp", "Spanish", "docs", "es-old", "x")] == [
        "zh-cn", "ja", "es", None, None, None,
    ]  # fmt: skip
    assert (distance("es", "es"), distance("es-ES", "es"), distance("es-MX", "es")) == (0, 1, 2)
    assert (distance("pt", "pt-BR"), distance("pt_BR", "pt"), distance("zh", "zh-TW")) == (1, 1, None)
