"""Sentences: where they end and where they do not, in each group of languages."""

from __future__ import annotations

import random
import re
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.books import sentences as module
from amts_tui.books.sentences import split

_LANGUAGES = ("en", "es", "de", "fr", "ru", "ar", "hi", "zh", "ja", "ko", "pt", "tr", "vi", "xx")
_FRAGMENTS = (
    "Mr. ", "e.g. ", "1. ", "(a) ", '"', ". ", "? ", "! ", "… ", "...", "word ", "Word ", "U.S. ",
    "{1}", "{2>}", "{<2}", "Fig. ", "。", "「", "」", "”", "“", "（", "）", "http://e.org/a ", "3.5", "\n",
    "'", "[", ")", "다.",
)  # fmt: skip


def sentences(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in split(text, lang)]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["One here.", "Two there?", "Three!", "Four"]),
        ("en", ["See Fig. 3.", "In Sec. 2 and Eq. {1} it holds, e.g. here, i.e. there."]),
        ("en", ["Dr. Smith et al. {1} found 3.14 of it.", "Then H. G. Wells wrote."]),
        ("en", ["It waits...", "Then it goes on."]),
        ("en", ["It waits… and goes on."]),
        ("en", ["Look: there it is.", "Well?"]),
        ("en", ["Let it be \"one\".", "Or \"two\".", "Or \"three\"."]),
        ("en", ["Go to \"7. Review\" and click."]),
        ("en", ["The answer is {1}.", "{2} shows it."]),
        ("en", ["{1>}First.{<1}", "{2>}Second one.{<2}", "Third."]),
        ("en", ["A {1>}pair that.", "Spans two{<1} sentences."]),
        ("en", ["One line\nand another.", "Then the\nnext."]),
        ("en", ["(All of it in brackets.)", "Then more."]),
("en", ["See https://e.org/a.b?c=d today.", "Then go."]),
        ("es", ["¿Qué es?", "Es la Sra. López.", "Véase la Fig. 3.", "¡Ya está!"]),
        ("de", ["Das ist z.B. ein Satz.", "Und noch einer."]),
        ("zh", ["他说：“你好。”", "然后走了！", "真的？！", "是"]),
        ("zh", ["这是正文（见图1。）下一句。", "完"]),
        ("zh", ["正文。", "（见图1。）", "下一句。"]),
        ("zh", ["好的“为什么？”是一个问题。", "对。"]),
        ("zh", ["“那是他！", "我记得他！”"]),
        ("zh", ["他喊：“那是他！我记得他！”"]),
        ("zh", ["进入“7. Review”并单击。"]),
        ("zh", ["GPU的延迟是3.5。", "下一句"]),
        ("zh", ["{1>}第一句。{<1}", "第二句{2}。", "{3}第三句"]),
        ("zh", ["用分号；也不分：就这样。"]),
        ("ja", ["「行こう。すぐに。」と言った。", "彼は（図1。）を見た。", "終わり。"]),
        ("ko", ["그렇습니다.", "다음 문장은 3.5입니다.", "왜요?"]),
        ("zh", ["第一句。", "i.第二句。", "ii.第三句。"]),
        ("zh", ["看“Hello, world!” 程序。", "看“真的！”", "程序。"]),
        ("zh", ["第一句。{1}{2}"]),
        ("zh", ["第一句。{1}。", "第二句。"]),
        ("ko", ["그렇습니다.{1}"]),
        ("pt", ["No séc. XX, no cap. V, havia luz.", "Fim."]),
        ("en", ["He said no.", "I left."]),
        ("pt", ["O Sr. Silva chegou (p.ex. hoje).", "Fim!", "Sim."]),
        ("tr", ["Bkz. Şek. 3.", "Bu 19. Yüzyıl örneğidir.", "Yıl 2019.", "Son."]),
        ("vi", ["Đây là TP. HCM.", "Tốt v.v.", "Hết?"]),
        ("en", ["Use numpy 1.2.3.", "Version 3 is out (v4.0.1).", "It costs $3.50."]),
        ("en", ["Is it so?!", "Yes!!!", "Well..."]),
        ("en", ["It works. . .", "Then more."]),
        ("en", ["It works; it is fast; e.g. so.", "(b) It is small.", "(c) It is old."]),
        ("en", ["Two rows vs. three (cf. Fig. {1}, approx. 3, etc.) hold.", "{2} is one."]),
        ("en", ["He moved to the U.S. in 1990.", "Then to Inc. magazine in Oct. 1991."]),
        ("en", ["iPhone came.", "iPad followed."]),
        ("en", ["It weighs 5 kg.", "That is much."]),
        ("en", ["This is known.{1}", "That is not.{2}{3}", "So it goes."]),
        ("en", ["Great! 🎉", "You did it. 😀"]),
        ("en", ["“I see.”", "“Do you?”", "“Yes, I do.", "And more than that.”", "He left."]),
        ("en", ["He said, “I see. I go.”", "She said, “Then go. Now.” and left."]),
        ("en", ["“Why?” he asked.", "“Because!” — she said."]),
        ("en", ["Use the .NET runtime.", "See a.b.c for it."]),
        ("en", ["1. First step.", "2. Second step."]),
        ("en", ["iv) The fourth.", "v) The fifth."]),
        ("es", ["—¿Qué hay? —preguntó él.", "—Nada.", "—Calló."]),
        ("es", ["«Ya voy.", "Espera.»", "Se fue a los EE. UU. en enero.", "¿Ves?", "¡No!"]),
        ("es", ["El Dr. Ruiz y la Dra. Gil (p. 5, págs. 6-7) lo dicen.", "Fin."]),
        ("fr", ["« Oui ! »", "M. Dupont et Mme Roy sont là, c.-à-d. ici.", "Voir p. 3."]),
        ("fr", ["Il dit : « Non. »", "Puis il part."]),
        ("de", ["„Ja.“", "Dr. Müller kam am 3. Mai mit Prof. Ott.", "Es waren 12 kg.", "Gut, d.h. gut."]),
        ("de", ["»Komm. Jetzt.« sagte er.", "Das Haus ist ca. 20 m hoch."]),
        ("it", ["Il sig. Rossi vede la fig. 3.", "Perché?", "Così!"]),
        ("ru", ["Это стр. 5 и т.д. на рис. 2 и 3.", "Да!", "Он родился в 1990 г. в Омске."]),
        ("el", ["Τι είναι αυτό;", "Είναι ένα βιβλίο."]),
        ("hi", ["यह एक वाक्य है।", "यह दूसरा है।"]),
        ("ar", ["هل هذا كتاب؟", "نعم."]),
        ("zh", ["看《摔跤吧！爸爸》好吗？", "好！"]),
        ("zh", ["他说：“我说过‘不行。’吧。”", "“是的……”", "“好。”"]),
        ("zh", ["（第一句。（第二句。）第三句。）", "然后（一。（二。）三。）走。"]),
        ("zh", ["例如1. 安装、2. 运行。", "见v1.0.3和https://e.org/a?b=c页面。", "等等……还有。"]),
        ("zh", ["使用GPU.", "然后运行.", "结束"]),
        ("zh", ["“怎么办？”这个问题很难。", "“走吧。”", "这时候他来了。"]),
        ("zh", ["{1}是一句。", "{2}表示x。", "numpy也是。", "真的?!", "😀好。"]),
        ("ja", ["「はい。」", "「いいえ。」", "彼は『行く。』と言う。", "本当か？", "そうだ！"]),
        ("ja", ["値は３．１４です．", "次に進む．", "（注。）で終わる。"]),
        ("ko", ["“가자.”라고 말했다.", "“싫다.” 라고 했다.", "끝."]),
        ("ko", ["값은 3.14이고 버전은 v1.2.3입니다.", "numpy는 라이브러리다.", "{1}을 보라.", "네?"]),
        ("pt", ["A Dra. Lima, o Eng. Sá e a Profa. Luz vivem na Av. Brasil.", "V. nº. 5, i.é. ali."]),
        ("pt", ["Veja a Fig. 3, o cap. 2 etc. e a pág. 7.", "A S.A. fechou.", "“Sim.”", "“Não.”"]),
        ("pt", ["— Vamos! — disse ele.", "— Já?"]),
        ("tr", ["Prof. Dr. Ayşe Kaya geldi.", "II. Abdülhamid ve XIX. Yüzyıl.", "1. Bölüm ile 2. Adım."]),
        ("tr", ["Örn. bu vb. şeyler vardır.", "T.C. Anayasası md. 3.", "“Geldi.” dedi.", "5. adım odur."]),
        ("vi", ["GS. TS. Lê An ở TP. Huế, Q. 5.", "Có táo, cam, v.v.", "VD. như thế.", "Sao?"]),
        ("vi", ["Xem Hình 3.", "Ông nói: “Đi. Nhanh.”", "Rồi đi..."]),
        ("hu", ["A 33. Filmszemle II. János idején volt.", "Vége."]),
        ("xx", ["Abra kadabra.", "Sim sala bim."]),
    ],
)  # fmt: skip
def test_sentences_of_a_paragraph(lang: str, expected: list[str]) -> None:
    glue = "" if lang in ("zh", "ja") else " "
    text = glue.join(expected)
    assert sentences(text, lang) == expected


def test_korean_sentences_without_a_space_between() -> None:
    assert sentences("그렇습니다.다음 문장입니다.", "ko") == ["그렇습니다.", "다음 문장입니다."]


def test_korean_items_without_a_space_after_the_stop_begin_the_next_sentence() -> None:
    assert sentences("그렇습니다.{1} 값을 봅니다.“등” 값은 없습니다.", "ko") == [
        "그렇습니다.",
        "{1} 값을 봅니다.",
        "“등” 값은 없습니다.",
    ]


def test_an_english_paragraph_in_a_chinese_document() -> None:
    assert sentences("Not yet translated. Dr. Who will do it.", "zh") == [
        "Not yet translated.",
        "Dr. Who will do it.",
    ]


def test_regions_of_a_language_share_its_rules() -> None:
    assert sentences("Chegou o Sr. Silva. Fim.", "pt-BR") == sentences("Chegou o Sr. Silva. Fim.", "pt")
    assert len(sentences("一句。两句。", "zh_TW")) == 2


def test_outer_white_space_is_excluded() -> None:
    assert split("  One.   Two. ", "en") == [(2, 6), (9, 13)]
    assert split("   ", "en") == []


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=25).map("".join), st.sampled_from(_LANGUAGES))
def test_sentences_cover_the_text_and_cut_no_placeholder(text: str, lang: str) -> None:
    position = 0
    cuts = []
    for start, end in split(text, lang):
        assert position <= start < end
        assert not text[position:start].strip()
        cuts += [start, end]
        position = end
    assert not text[position:].strip()
    for match in re.finditer(r"\{\d+\}|\{\d+>\}|\{<\d+\}", text):
        assert not [cut for cut in cuts if match.start() < cut < match.end()]


@pytest.mark.parametrize("lang", ["en", "zh", "ko", "tr"])
@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "Ab. " * 30_000, "文。" * 50_000, "(" * 50_000, "“文。" * 30_000]
)
def test_time_stays_linear(lang: str, text: str) -> None:
    assert split(text, lang)[-1][1] == len(text.rstrip())


def test_a_change_of_the_rules_is_told_to_projects() -> None:
    """If this fails because sentences are meant to come out otherwise: raise `_VERSION`, or one of
    `_VERSIONS` for a single language, and put the new digest here. A new version of pysbd tells itself.
    """
    dice = random.Random(7)
    digest = blake2b(digest_size=8)
    for lang in _LANGUAGES:
        for _ in range(40):
            digest.update(repr(split("".join(dice.choices(_FRAGMENTS, k=25)), lang)).encode())
    assert (digest.hexdigest(), module._VERSION, dict(module._VERSIONS)) == ("daa2dff373b755ea", 1, {})


def test_the_rules_of_a_language_are_those_of_its_regions() -> None:
    assert module.rules_of("pt-BR") == module.rules_of("pt")
    assert len({module.rules_of(lang) for lang in ("en", "ko")}) == 2
