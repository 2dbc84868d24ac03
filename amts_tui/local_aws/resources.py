"""What a job may use: its targets with the translators that its parallel data and terminology make."""

from collections.abc import Sequence

from amts_tui.local_aws.batch import Target
from amts_tui.local_aws.records import Example, Job
from amts_tui.local_aws.state import Holdings, State
from amts_tui.local_aws.terms import TermTranslator
from amts_tui.local_aws.translator.choice import Translators


def targets(state: State, holdings: Holdings, job: Job, translators: Translators) -> Sequence[Target]:
    """One target per language of the job; raises ServiceError if a resource of the job is gone."""
    with state.lock:
        data = [holdings.get_parallel_data(name).result for name in job.parallel_data]
        terminologies = [holdings.get_terminology(name) for name in job.terminologies]
    examples = data[0].examples if data else ()
    terminology = terminologies[0] if terminologies else None

    def target(language: str) -> Target:
        pairs = example_pairs(examples, language)

        def translator(source: str) -> TermTranslator:
            inner = (
                translators.custom(source, language, pairs) if pairs else translators.plain(source, language)
            )
            terms = terminology.terms.get((source, language), {}) if terminology else {}
            return TermTranslator(inner, terms)

        return Target(language, translator, terminology.name if terminology else None)

    return [target(language) for language in job.targets]


def example_pairs(examples: Sequence[Example], language: str) -> tuple[tuple[str, str], ...]:
    """The source segments that have a translation into `language`, with it."""
    return tuple(
        (example.source, example.targets[language]) for example in examples if language in example.targets
    )
