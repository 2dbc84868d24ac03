"""BLEU, chrF and TER as sacrebleu computes them.

Post, "A Call for Clarity in Reporting BLEU Scores", WMT 2018.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from amts_tui.errors import AmtsError

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

_TOKENIZERS: Final = {"zh": "zh", "ja": "ja-mecab", "ko": "ko-mecab"}
_DEFAULT_TOKENIZER: Final = "13a"


class MetricName(StrEnum):
    """The metrics; `chrf` is chrF2, `chrf++` counts words too."""

    BLEU = "bleu"
    CHRF = "chrf"
    CHRF_PLUS = "chrf++"
    TER = "ter"


_PRINTED: Final = {
    MetricName.BLEU: "BLEU",
    MetricName.CHRF: "chrF2",
    MetricName.CHRF_PLUS: "chrF2++",
    MetricName.TER: "TER",
}
"""The names that sacrebleu prints in front of a signature."""

DEFAULT_METRICS: Final = (MetricName.BLEU, MetricName.CHRF, MetricName.TER)

Step: TypeAlias = Callable[[int, int], None]
"""Told how many of how many segments have been counted."""

Statistics: TypeAlias = Mapping[MetricName, list[float]]
"""The counts of one segment from which the scores of any set of segments follow by addition."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores from 0 to 100 (TER may exceed it, less is better); None for what was not asked for."""

    bleu: float | None = None
    chrf: float | None = None
    ter: float | None = None


def parse_metrics(names: str) -> tuple[MetricName, ...]:
    """The metrics of a list such as `bleu,chrf,ter`; raises AmtsError for an unknown one or two of chrF."""
    metrics: list[MetricName] = []
    for name in names.split(","):
        try:
            metrics.append(MetricName(name.strip().lower()))
        except ValueError as error:
            known = ", ".join(MetricName)
            raise AmtsError(f"no metric {name.strip()!r}", remedy=f"choose of {known}") from error
    if MetricName.CHRF in metrics and MetricName.CHRF_PLUS in metrics:
        raise AmtsError("chrf and chrf++ share a column", remedy="ask for one of them")
    return tuple(dict.fromkeys(metrics))


class Scorer:
    """The metrics for one target language.

    BLEU's tokenizer and TER's treatment of Chinese, Japanese and Korean follow the language; case is kept in
    BLEU and chrF. Raises AmtsError if the tokenizer of the language is not installed.
    """

    def __init__(self, target_lang: str, metrics: Sequence[MetricName] = DEFAULT_METRICS) -> None:
        from sacrebleu.metrics.bleu import BLEU

        lang = target_lang.lower().replace("_", "-").split("-")[0]
        self._metrics = {name: _metric(name, lang) for name in metrics}
        # Shares the corpus metric's counts, so its own tokenizer is never called.
        self._sentence_bleu = BLEU(tokenize="none", effective_order=True)

    @property
    def signature(self) -> str:
        """The signatures of the metrics, which name every setting and sacrebleu's version."""
        return "; ".join(
            f"{_PRINTED[name]}|{metric.get_signature()}" for name, metric in self._metrics.items()
        )

    def statistics(
        self,
        hypotheses: Sequence[str],
        references: Sequence[str],
        step: Step = lambda _done, _all: None,
    ) -> list[Statistics]:
        """The counts of each segment, in order. `step` is called before each, and may raise to stop."""
        counted: list[Statistics] = []
        for hypothesis, reference in zip(hypotheses, references, strict=True):
            step(len(counted), len(hypotheses))
            counted.append(
                {
                    name: metric._extract_corpus_statistics([hypothesis], [[reference]])[0]
                    for name, metric in self._metrics.items()
                }
            )
        return counted

    def corpus(self, statistics: Sequence[Statistics]) -> Scores:
        """The corpus scores of segments, sacrebleu's `corpus_score` on their texts; None without segments."""
        return self._scores(statistics, self._metrics)

    def sentence(self, statistics: Statistics) -> Scores:
        """The scores of one segment; BLEU with effective order, as sacrebleu advises for sentences."""
        metrics = dict(self._metrics)
        if MetricName.BLEU in metrics:
            metrics[MetricName.BLEU] = self._sentence_bleu
        return self._scores([statistics], metrics)

    def _scores(self, statistics: Sequence[Statistics], metrics: Mapping[MetricName, Metric]) -> Scores:
        if not statistics:
            return Scores()
        found = {
            name: float(metric._aggregate_and_compute([counts[name] for counts in statistics]).score)
            for name, metric in metrics.items()
        }
        return Scores(
            bleu=found.get(MetricName.BLEU),
            chrf=found.get(MetricName.CHRF, found.get(MetricName.CHRF_PLUS)),
            ter=found.get(MetricName.TER),
        )


def _metric(name: MetricName, lang: str) -> Metric:
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    metric: Metric
    if name is MetricName.BLEU:
        metric = _bleu(lang)
    elif name is MetricName.TER:
        asian = lang in _TOKENIZERS
        metric = TER(normalized=asian, asian_support=asian)
    else:
        metric = CHRF(word_order=2 if name is MetricName.CHRF_PLUS else 0)
    metric.num_refs = 1
    return metric


def _bleu(lang: str) -> Metric:
    from sacrebleu.metrics.bleu import BLEU

    tokenizer = _TOKENIZERS.get(lang, _DEFAULT_TOKENIZER)
    try:
        # `force`: no warning about texts that end in a space and a full stop; it changes no count.
        return BLEU(tokenize=tokenizer, force=True)
    except RuntimeError as error:
        raise AmtsError(
            f"BLEU for {lang} needs the tokenizer {tokenizer}", remedy=f"pip install 'amts-tui[{lang}]'"
        ) from error
