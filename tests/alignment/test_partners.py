"""Renamed, split and merged documents find their partners; what is only guessed is not taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from amts_tui.alignment.fingerprints import Fingerprint, Trait, fingerprint
from amts_tui.alignment.namesakes import namesakes
from amts_tui.alignment.pairing import pair_documents
from amts_tui.alignment.partners import Partners, Relation, find_partners, guess_by_meaning
from amts_tui.books.reading import parse

TOPICS = ("tide", "kiln", "loom", "forge", "mill", "press")
WORDS = {"en": "The {} number {} turns.", "zh": "第{1}台机器转动。"}


def section(topic: str, part: int, lang: str) -> str:
    """A part of a document: prose that differs by language, code and formulas that do not."""
    lines = [f"## {WORDS[lang].format(topic, part)}", ""]
    for n in range(4):
        at = part * 10 + n
        lines += [WORDS[lang].format(topic, at), "", f"$$v_{{{topic}{at}}} = {at}{n} + x$$", ""]
        lines += ["```", f"measure_{topic}_{at}(speed={at})", "```", ""]
    return "\n".join(lines)


def text(topic: str, lang: str, parts: Sequence[int] = (1, 2), *, label: bool = True) -> str:
    title = f"# {topic.title()}" if lang == "en" else "# 机器"
    own = f"\n:label:`sec_{topic}`\n" if label else "\n"
    return title + own + "\n" + "\n".join(section(topic, part, lang) for part in parts)


def prints(texts: Mapping[str, str], lang: str) -> dict[str, Fingerprint]:
    return {
        path: fingerprint(parse(body, path=path, lang=lang, sentences=False)) for path, body in texts.items()
    }


def search(
    source: Mapping[str, str],
    target: Mapping[str, str],
    *,
    before: Mapping[str, str] | None = None,
    alone: Sequence[str] = (),
) -> Partners:
    left, right = prints(source, "en"), prints(target, "zh")
    settled = pair_documents(left, right)
    return find_partners(left, right, settled, langs=("en", "zh"), before=before or {}, alone=alone)


def book(lang: str, *, label: bool = True) -> dict[str, str]:
    return {f"{topic}.md": text(topic, lang, label=label) for topic in TOPICS}


def renamed(texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{number:02}.md": texts[path] for number, path in enumerate(sorted(texts, reverse=True))}


def test_the_fingerprint_of_a_document() -> None:
    found = prints(
        {"a.md": text("tide", "en", (1,)) + "\nSee [the map](map.html#here) of 1984, `go()`.\n"}, "en"
    )["a.md"]
    assert (found.title, found.opening) == ("Tide", "sec_tide")
    assert found.lead == "The tide number 10 turns."
    assert {trait.value: len(codes) for trait, codes in found.traits.items()} == {
        "label": 1,
        "code block": 4,
        "line of code": 4,
        "formula": 4,
        "image": 0,
        "link": 1,
        "reference": 0,
        "code word": 1,
        "number": 5,
        "word": 6,
    }


def test_comments_and_messages_in_code_may_be_translated() -> None:
    one = prints({"a.md": '# A\n\n```\nrun("the mill")  # slowly\n```\n'}, "en")["a.md"]
    other = prints({"a.md": '# A\n\n```\nrun("磨坊")  # 慢慢地\n```\n'}, "zh")["a.md"]
    assert one.traits[Trait.CODE] == other.traits[Trait.CODE]


def test_words_meet_across_related_languages_and_inside_chinese() -> None:
    english = prints({"a.md": "Information from Wellington, by LSTM.\n"}, "en")["a.md"]
    spanish = prints({"a.md": "Información de Wellington, por LSTM.\n"}, "es")["a.md"]
    chinese = prints({"a.md": "用LSTM处理Wellington的信息。\n"}, "zh")["a.md"]
    assert len(english.traits[Trait.WORD] & spanish.traits[Trait.WORD]) == 3
    assert len(english.traits[Trait.WORD] & chinese.traits[Trait.WORD]) == 2


@pytest.mark.parametrize("label", [True, False])
def test_every_renamed_document_finds_its_partner(label: bool) -> None:
    target = renamed(book("zh", label=label))
    found = search(book("en", label=label), target)
    true = {f"{n:02}.md": path for n, path in enumerate(sorted(book("zh"), reverse=True))}
    assert {pair.target: pair.source for pair in found.certain} == true
    assert found.guesses == found.parts == found.doubted == ()
    reason = found.certain[0].reason
    assert ("same label sec_" in reason) is label
    assert "shares 8 of 8" in reason


def test_documents_of_one_path_are_let_alone_and_nothing_is_made_of_what_is_missing() -> None:
    source, target = book("en"), book("zh")
    del source["kiln.md"], target["loom.md"]
    found = search(source, target)
    assert found == Partners()


def test_a_document_that_two_claim_alike_is_only_guessed() -> None:
    target = book("zh", label=False)
    body = target.pop("tide.md")
    found = search(book("en", label=False), target | {"one.md": body, "two.md": body})
    assert found.certain == ()
    assert [(guess.source, guess.likely) for guess in found.guesses] == [("tide.md", False)]


def test_a_label_tells_where_the_text_is_short() -> None:
    source = book("en") | {"index.md": "# Machines\n:label:`chap_machines`\n\nAll of them.\n"}
    target = book("zh") | {"start.md": "# 机器\n:label:`chap_machines`\n\n全部。\n"}
    assert [pair.target for pair in search(source, target).certain] == ["start.md"]


def test_a_name_alone_makes_a_guess() -> None:
    source, target = {"01-Intro.md": "# A\n\nHere we go.\n"}, {"1-intro.rst": "甲\n==\n\n我们走。\n"}
    found = search(source, target)
    assert found.certain == ()
    assert [(guess.target, guess.reason) for guess in found.guesses] == [("1-intro.rst", "name alike")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/chapter.md", "a/chapter.ipynb"),
        ("a/README.md", "a/index.md"),
        ("01-intro.md", "1-intro.md"),
        ("Intro.md", "intro.md"),
        ("a/intro.en.md", "a/intro_zh.md"),
        ("a_b.md", "a-b.rst"),
    ],
)
def test_names_that_are_alike(one: str, other: str) -> None:
    assert namesakes([one], [other], ("en", "zh")) == {one: other}


def test_names_that_are_not_alike_or_not_alone() -> None:
    assert namesakes(["a/x.md"], ["b/x.md"], ("en", "zh")) == {}
    assert namesakes(["10-x.md"], ["1-x.md"], ("en", "zh")) == {}
    assert namesakes(["x.md"], ["X.md", "x.rst"], ("en", "zh")) == {}
    assert namesakes(["x.md", "X.md"], ["x.rst"], ("en", "zh")) == {}


def test_a_split_document_is_paired_with_its_larger_part() -> None:
    source = book("en") | {"tide.md": text("tide", "en", (1, 2, 3))}
    target = book("zh")
    target |= {"tide.md": text("tide", "zh", (1, 2)), "ebb.md": section("tide", 3, "zh")}
    target["flow.md"] = target.pop("tide.md")
    found = search(source, target)
    assert [(pair.source, pair.target) for pair in found.certain] == [("tide.md", "flow.md")]
    assert [(part.source, part.target, part.relation) for part in found.parts] == [
        ("tide.md", "ebb.md", Relation.SPLIT)
    ]


def test_a_merged_document_is_part_of_the_one_that_took_it_in() -> None:
    target = book("zh")
    target["kiln.md"] += "\n" + section("loom", 1, "zh") + section("loom", 2, "zh")
    del target["loom.md"]
    found = search(book("en"), target)
    assert found.certain == ()
    assert [(part.source, part.target, part.relation) for part in found.parts] == [
        ("loom.md", "kiln.md", Relation.MERGED)
    ]


def test_a_short_document_that_was_swallowed_is_known_by_its_label() -> None:
    source = book("en") | {"index.md": "# All\n:label:`chap_all`\n\nA list.\n"}
    target = book("zh")
    target["kiln.md"] = "# 全部\n:label:`chap_all`\n\n目录。\n\n" + target["kiln.md"]
    assert [(part.source, part.target) for part in search(source, target).parts] == [("index.md", "kiln.md")]


def test_a_copy_is_no_part() -> None:
    target = book("zh")
    target["tide-old.md"] = target["tide.md"]
    assert search(book("en"), target).parts == ()


def test_what_was_paired_before_stays_though_it_has_grown_apart() -> None:
    source, target = book("en", label=False), book("zh", label=False)
    target["ebb.md"] = section("tide", 1, "zh")[:200] + "\n".join(section("sail", n, "zh") for n in (3, 4))
    del target["tide.md"]
    assert search(source, target).certain == ()
    assert [pair.target for pair in search(source, target, before={"tide.md": "ebb.md"}).certain] == [
        "ebb.md"
    ]
    gone = {"tide.md": "gone.md", "kiln.md": "ebb.md"}
    assert search(source, target, before=gone).certain == ()


def test_documents_without_a_translation_get_no_partner() -> None:
    target = renamed(book("zh"))
    found = search(book("en"), target, alone=["tide.md"])
    assert "tide.md" not in {pair.source for pair in (*found.certain, *found.guesses)}
    assert len(found.certain) == len(TOPICS) - 1


def test_texts_that_have_changed_places_are_doubted_but_stay() -> None:
    source, target = book("en"), book("zh")
    target["tide.md"], target["kiln.md"] = target["kiln.md"], target["tide.md"]
    target["new.md"] = "# 新\n"
    found = search(source, target)
    assert found.certain == ()
    assert [(pair.source, pair.target) for pair in found.doubted] == [
        ("kiln.md", "tide.md"),
        ("tide.md", "kiln.md"),
    ]


def test_openings_that_mean_the_same_make_a_guess_of_what_is_left() -> None:
    left = prints({"a.md": "# One\n", "b.md": "# Two\n"}, "en")
    right = prints({"x.md": "# 一\n", "y.md": "# 二\n", "z.md": "# 三\n"}, "zh")
    alike = {("One", "一"): 0.8, ("One", "二"): 0.3, ("Two", "二"): 0.45, ("Two", "三"): 0.42}

    def compare(some: Sequence[Fingerprint], others: Sequence[Fingerprint]) -> list[list[float]]:
        return [[alike.get((one.title, other.title), 0.0) for other in others] for one in some]

    found = guess_by_meaning(left, right, compare)
    assert [(guess.source, guess.target, guess.likely) for guess in found] == [
        ("a.md", "x.md", True),
        ("b.md", "y.md", False),
    ]
    assert "mean the same" in found[0].reason
    assert guess_by_meaning(left, {}, compare) == []
