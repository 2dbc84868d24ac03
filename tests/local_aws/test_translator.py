"""The translator on little texts of its own: tables, examples, alignment, placing."""

import random
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.local_aws import markers
from amts_tui.local_aws.translator import apertium, lexicon
from amts_tui.local_aws.translator.choice import Identity, Translators
from amts_tui.local_aws.translator.dictionary import Dictionary
from amts_tui.local_aws.translator.gloss import Gloss
from amts_tui.local_aws.translator.lemmas import bases
from amts_tui.local_aws.translator.placing import place
from amts_tui.local_aws.translator.segmenter import Segmenter, learn_words
from amts_tui.local_aws.translator.tables import MappingTable, Option
from amts_tui.local_aws.translator.tokens import characters, glue

M0, M1, M2 = (chr(markers.FIRST + number) for number in range(3))
SPANISH = Dictionary(
    {
        "red": "roja",
        "the": "el",
        "house": "casa",
        "white house": "Casa Blanca",
        "walk": "caminar",
        "deep": "profundo",
        "is": "es",
        "it": "ello",
    },
    english=True,
    joiner=" ",
)
CHINESE = Dictionary(
    {"the": "", "model": "模型", "learns": "学习", "learn": "学习", "data": "数据"}, True, ""
)


def spanish(text: str) -> str:
    return Gloss("en", "es", [SPANISH], characters).translate(text, {})


def chinese(text: str, texts: Mapping[str, str] | None = None) -> str:
    return Gloss("en", "zh", [CHINESE], characters).translate(text, texts or {})


def test_the_longest_phrase_wins() -> None:
    assert spanish("The white house, the house.") == "El Casa Blanca, el casa."


def test_inflected_and_compound_words_are_found_and_unknown_ones_kept() -> None:
    assert spanish("it walked: deep-red Xylophones") == "ello caminar: profundo roja Xylophones"
    assert "use" in bases("used")
    assert next(iter(bases("used"))) == "use"


def test_spanish_has_its_capitals_and_marks() -> None:
    assert spanish("Is it the house?") == "¿Es ello el casa?"


def test_chinese_has_no_spaces_and_wide_marks() -> None:
    assert chinese("The model learns, GPU Xy (data): “model”.") == "模型学习，GPU Xy（数据）：“模型”。"
    assert chinese("model.data, data") == "模型.数据，数据"


def test_a_word_without_a_translation_leaves_no_space_behind_a_quote() -> None:
    assert chinese("“The Xy model” learns.") == "“Xy模型”学习。"
    assert chinese("The (the Xy) learns the Xy.") == "（Xy）学习Xy。"


def test_markers_stay_in_their_relative_place() -> None:
    assert chinese(f"model {M0} learns {M1}data{M2}", {M0: "f(x)"}) == f"模型{M0}学习{M1}数据{M2}"


WORDS = st.lists(
    st.sampled_from(["The", "model", "data", "Xy", "3.5", ",", "(", ")", M0, M1, M2, ".", "用", "?"])
)


@given(WORDS)
def test_no_marker_is_lost_or_doubled(words: list[str]) -> None:
    sentence = " ".join(dict.fromkeys(words))
    texts = {M0: "f(x)", M1: "", M2: ""}
    for gloss in (Gloss("en", "zh", [CHINESE], characters), Gloss("en", "es", [SPANISH], characters)):
        assert markers.intact(sentence, gloss.translate(sentence, texts), texts)


@given(st.text(alphabet=f"ab f(x)用{M0}{M1}{M2}", max_size=20), st.text(alphabet="ab f(x)用 ", max_size=20))
def test_placing_keeps_every_marker_and_the_tags_in_order(sentence: str, target: str) -> None:
    sentence = "".join(dict.fromkeys(sentence))
    texts = {M0: "f(x)", M1: "", M2: ""}
    placed = place(sentence, texts, target)
    assert markers.intact(sentence, placed, texts)
    assert glue([(placed, False)]).replace(M1, "").replace(M2, "").replace(M0, "f(x)", 1) != "" or not target


def test_an_opaque_item_takes_the_place_of_its_text() -> None:
    assert place(f"The function {M0} grows.", {M0: "$x$"}, "$x$函数增长。") == f"{M0}函数增长。"
    assert place(f"{M0} a", {M0: "x"}, "max x") == f"max {M0}"
    assert place(f"Let {M0} be so.", {M0: "$y = f(x)$"}, "令$y=f(x)$如此。") == f"令{M0}如此。"
    assert place(f"The {M0} runs.", {M0: "`a b`"}, "运行`ab`。") != f"运行{M0}。"


def test_tags_stand_at_edges_of_words() -> None:
    assert place(f"{M0}all of it{M1}", {M0: "", M1: ""}, "todo ello") == f"{M0}todo ello{M1}"
    placed = place(f"one {M0}two{M1} three", {M0: "", M1: ""}, "primero segundo tercero")
    assert placed == f"primero{M0} segundo{M1} tercero"
    text = "a very long way to say " * 3
    assert place(f"{text}{M0}it{M1}.", {M0: "", M1: ""}, "说它。") == f"说{M0}它。{M1}"


def test_segmentation_prefers_known_words() -> None:
    segment = Segmenter({"神经": 5, "网络": 5, "神经网络": 3, "神": 1})
    assert segment("神经网络模") == ["神经网络", "模"]
    seed = random.Random(3)
    runs = ["".join(seed.choices(["损失", *(chr(0x4E00 + n) for n in range(30))], k=6)) for _ in range(90)]
    assert set(learn_words(runs)) == {"损失"}


NOUNS = {f"noun{c}": f"sust{c}" for c in "abcdefgh"}
VERBS = {f"verb{c}": f"accion{c}" for c in "abcd"}


def made_up_examples(count: int) -> list[tuple[str, str]]:
    """Sentences of made-up words with their translation, the object before the verb."""
    seed = random.Random(7)
    pairs = []
    for _ in range(count):
        subject, thing = seed.sample(sorted(NOUNS), 2)
        verb = seed.choice(sorted(VERBS))
        pairs.append((f"{subject} {verb} {thing} .", f"{NOUNS[subject]} {NOUNS[thing]} {VERBS[verb]} ."))
    return pairs


def pairs_of(examples: list[tuple[str, str]]) -> list[lexicon.Pair]:
    return [
        (lexicon.Side.of(source, characters), lexicon.Side.of(target, characters))
        for source, target in examples
    ]


def test_the_lexicon_learns_words_from_examples_alone() -> None:
    table = lexicon.learn(pairs_of(made_up_examples(60)))
    for source, target in (NOUNS | VERBS).items():
        option = table.lookup([source])
        assert option is not None
        assert option.text == target


def test_alignment_follows_reordered_words() -> None:
    examples = made_up_examples(60)
    links = lexicon.align(pairs_of(examples))[0]
    assert set(links) >= {(0, 0), (1, 2), (2, 1)}


def test_a_rival_that_the_examples_bear_out_is_left_alone() -> None:
    rival = MappingTable(
        {"nouna": Option("susta", 0.5), "nounb": Option("otro", 0.5), "nounc": Option("", 0.5)}
    )
    table = lexicon.learn(pairs_of(made_up_examples(60)), rival)
    assert table.lookup(["nouna"]) is None
    assert table.lookup(["nounc"]) is None
    learned = table.lookup(["nounb"])
    assert learned is not None
    assert learned.text == "sustb"


def test_nothing_is_learned_from_nothing() -> None:
    assert lexicon.align([]) == []
    assert lexicon.learn(pairs_of([("", ""), ("a", "")])).lookup(["a"]) is None


POOLING = (
    ("Pooling shrinks the image.", "汇聚会缩小图像。"),
    ("We use pooling after the convolution.", "我们在卷积之后使用汇聚。"),
    ("Average pooling keeps the mean.", "平均汇聚保留均值。"),
    ("The network learns without pooling.", "网络不用汇聚也能学习。"),
    ("Pooling has no weights.", "汇聚没有权重。"),
    ("The weights of the network are random.", "网络的权重是随机的。"),
    ("The image is small.", "图像很小。"),
    ("We keep the mean of the data.", "我们保留数据的均值。"),
    ("The convolution learns a function.", "卷积学习一个函数。"),
    ("The function has no name.", "函数没有名字。"),
)


def test_terminology_follows_the_examples() -> None:
    translators = Translators()
    sentence = "Later chapters explain why pooling often helps."
    assert "池化" in translators.plain("en", "zh").translate(sentence, {})
    assert "汇聚" in translators.custom("en", "zh", POOLING).translate(sentence, {})


EXAMPLES = (("The model learns from 300 noisy images.", "模型从300张噪声图像中学习。"), ("Yes", "是"))


def test_the_same_sentence_gets_its_translation_whatever_its_markup() -> None:
    translator = Translators().custom("en", "zh", EXAMPLES)
    assert translator.translate("the model  learns from 300 noisy images.", {}) == EXAMPLES[0][1]
    marked = f"The {M0}model{M1} learns from {M2} noisy images."
    translated = translator.translate(marked, {M0: "", M1: "", M2: "300"})
    assert markers.intact(marked, translated, {M0: "", M1: "", M2: "300"})
    assert f"{M2}张噪声" in translated


def test_a_similar_sentence_is_patched() -> None:
    translator = Translators().custom("en", "zh", EXAMPLES)
    assert (
        translator.translate("The model learns from 500 noisy images.", {}) == "模型从500张噪声图像中学习。"
    )


def test_an_example_cannot_bring_a_marker() -> None:
    translator = Translators().custom(
        "en", "de", ((f"One {M0} two.", f"Eins {M0} {M0}."), ("One two.", f"Eins {M0}"))
    )
    assert translator.translate(f"One {M0} two.", {M0: "x"}).count(M0) == 1


def test_short_sentences_need_the_very_same_example() -> None:
    translator = Translators().custom("en", "de", (("Yes", "Ja"),))
    assert translator.translate("Yep", {}) == "Yep"


def test_translating_is_deterministic_and_examples_are_not_remembered() -> None:
    translators = Translators()
    sentence = "The network learns a deep function of the data."
    first = translators.plain("en", "zh").translate(sentence, {})
    translators.custom("en", "zh", ((sentence, "句子"),)).translate(sentence, {})
    assert translators.plain("en", "zh").translate(sentence, {}) == first
    assert Translators().plain("en", "zh").translate(sentence, {}) == first


def test_chinese_and_spanish_go_back_into_english() -> None:
    translators = Translators()
    assert "network" in translators.plain("zh", "en").translate("网络。", {}).lower()
    assert translators.plain("es", "en").translate("Datos", {}) == "Data"
    assert isinstance(translators.plain("de", "de"), Identity)
    assert translators.plain("en", "tr").translate("One word.", {}) == "One word."


@pytest.fixture
def fake_apertium(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An executable with the mode eng-spa; answers with the file `answer` or, without one, in capitals."""
    program = tmp_path / "apertium"
    program.write_text(
        '#!/bin/sh\nif [ "$1" = "-l" ]; then echo "  eng-spa"; exit 0; fi\n'
        f'if [ -f "{tmp_path}/answer" ]; then cat "{tmp_path}/answer"; else /usr/bin/tr a-z A-Z; fi\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    apertium.installed_mode.cache_clear()
    yield tmp_path
    apertium.installed_mode.cache_clear()


def test_apertium_is_used_where_it_is_installed(fake_apertium: Path) -> None:
    translator = Translators().plain("en", "es")
    assert translator.translate(f"one {M0} two", {M0: "x"}) == f"ONE {M0} TWO"
    assert Translators().plain("en", "zh").translate("zzz", {}) == "zzz"


def test_what_apertium_breaks_is_glossed(fake_apertium: Path) -> None:
    (fake_apertium / "answer").write_text("lost")
    assert M0 in Translators().plain("en", "es").translate(f"one {M0} two", {M0: "x"})
