from __future__ import annotations

import sys

import pytest
from sacrebleu.metrics import BLEU, CHRF, TER

from amts_tui.errors import AmtsError
from amts_tui.evaluation.metrics import MetricName, Scorer, Scores, parse_metrics

TURKISH = (
    ["Model, Eğitim verisinde iyidir .", "Kayıp her adımda azalır.", ""],
    ["Model eğitim verisinde iyidir.", "Her adımda kayıp azalır ve durur.", "Bu boş kalmadı."],
)
CHINESE = (
    ["模型在训练数据上表现很好。", "损失 (loss) 会下降"],
    ["模型在训练集上的表现很好。", "损失（loss）会随之下降"],
)


@pytest.mark.parametrize(
    ("lang", "texts", "bleu", "ter"),
    [
        ("tr", TURKISH, BLEU(tokenize="13a"), TER()),
        ("zh", CHINESE, BLEU(tokenize="zh"), TER(normalized=True, asian_support=True)),
        ("zh-TW", CHINESE, BLEU(tokenize="zh"), TER(normalized=True, asian_support=True)),
    ],
)
def test_corpus_scores_and_signatures_are_sacrebleus_own(lang, texts, bleu, ter) -> None:
    hypotheses, references = texts
    scorer = Scorer(lang)
    chrf = CHRF()
    expected = Scores(*(metric.corpus_score(hypotheses, [references]).score for metric in (bleu, chrf, ter)))
    assert scorer.corpus(scorer.statistics(hypotheses, references)) == expected
    assert scorer.signature == (
        f"BLEU|{bleu.get_signature()}; chrF2|{chrf.get_signature()}; TER|{ter.get_signature()}"
    )


def test_any_part_scores_as_if_it_were_alone() -> None:
    scorer = Scorer("tr")
    hypotheses, references = TURKISH
    part = scorer.corpus(scorer.statistics(hypotheses, references)[1:])
    assert part == scorer.corpus(scorer.statistics(hypotheses[1:], references[1:]))


def test_a_sentence_is_scored_with_effective_order() -> None:
    scorer = Scorer("zh")
    hypothesis, reference = "损失", "损失"
    (statistics,) = scorer.statistics([hypothesis], [reference])
    scores = scorer.sentence(statistics)
    expected = BLEU(tokenize="zh", effective_order=True).sentence_score(hypothesis, [reference]).score
    assert scores.bleu == expected == pytest.approx(100)
    assert scores.chrf == pytest.approx(CHRF().sentence_score(hypothesis, [reference]).score)
    assert scores.ter == 0


def test_case_counts_in_bleu() -> None:
    scorer = Scorer("es", [MetricName.BLEU])
    texts = ["El modelo aprende de los datos"], ["el modelo aprende de los datos"]
    assert scorer.corpus(scorer.statistics(*texts)).bleu < 100


def test_what_was_not_asked_for_is_none_and_chrf_plus_plus_counts_words() -> None:
    scorer = Scorer("tr", [MetricName.CHRF_PLUS])
    scores = scorer.corpus(scorer.statistics(*TURKISH))
    assert scores == Scores(chrf=CHRF(word_order=2).corpus_score(TURKISH[0], [TURKISH[1]]).score)
    assert scorer.signature.startswith("chrF2++|nrefs:1|")
    assert scorer.corpus([]) == Scores()
    assert scorer.statistics([], []) == []


@pytest.mark.parametrize(("lang", "module"), [("ja", "ja_mecab"), ("ko", "ko_mecab")])
def test_a_missing_tokenizer_names_the_extra_and_is_not_replaced(
    lang: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"sacrebleu.tokenizers.tokenizer_{module}"
    __import__(name)
    monkeypatch.setattr(sys.modules[name], "MeCab", None)
    with pytest.raises(AmtsError) as caught:
        Scorer(lang)
    assert f"pip install 'amts-tui[{lang}]'" in str(caught.value)
    assert Scorer(lang, [MetricName.CHRF]).signature.startswith("chrF2|")


def test_metrics_are_named_in_a_list() -> None:
    assert parse_metrics("ter, BLEU,ter") == (MetricName.TER, MetricName.BLEU)
    with pytest.raises(AmtsError, match="no metric 'comet'"):
        parse_metrics("bleu,comet")
    with pytest.raises(AmtsError, match="share a column"):
        parse_metrics("chrf,chrf++")
