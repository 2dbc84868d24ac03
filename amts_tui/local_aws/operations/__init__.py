"""The operations of Amazon Translate, each a function from a valid request to an answer."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from amts_tui.amazon import model
from amts_tui.local_aws.errors import ServiceError, invalid
from amts_tui.local_aws.operations import jobs, languages, parallel_data, terminologies, text
from amts_tui.local_aws.operations.context import Context

Operation = Callable[[Context, Mapping[str, Any]], dict[str, object]]

OPERATIONS: Final[Mapping[str, Operation]] = {
    "CreateParallelData": parallel_data.create,
    "UpdateParallelData": parallel_data.update,
    "GetParallelData": parallel_data.get,
    "ListParallelData": parallel_data.list_all,
    "DeleteParallelData": parallel_data.delete,
    "ImportTerminology": terminologies.import_one,
    "GetTerminology": terminologies.get,
    "ListTerminologies": terminologies.list_all,
    "DeleteTerminology": terminologies.delete,
    "StartTextTranslationJob": jobs.start,
    "DescribeTextTranslationJob": jobs.describe,
    "ListTextTranslationJobs": jobs.list_all,
    "StopTextTranslationJob": jobs.stop,
    "TranslateText": text.translate,
    "ListLanguages": languages.list_all,
}

_FIRST_CHECKS: Final[Mapping[str, Callable[[Mapping[str, Any]], None]]] = {
    "TranslateText": text.check_size,
    "ListLanguages": languages.check_display_language,
}
"""Rules with errors of their own, checked before the model's rules on the same members would be."""


def invoke(name: str, context: Context, params: Mapping[str, Any]) -> dict[str, object]:
    """The answer of an operation; raises ServiceError, also for requests that break the model."""
    if name not in model.operation_names():
        raise ServiceError("UnknownOperationException", f"There is no operation '{name}'.")
    if name not in OPERATIONS:
        raise ServiceError("UnknownOperationException", f"The local endpoint does not offer '{name}'.")
    if name in _FIRST_CHECKS:
        _FIRST_CHECKS[name](params)
    problems = list(model.request_problems(name, params))
    if problems:
        raise invalid(name, problems)
    answer = {key: value for key, value in OPERATIONS[name](context, params).items() if value is not None}
    broken = [str(problem) for problem in model.response_problems(name, answer)]
    if broken:
        raise ServiceError("InternalServerException", f"The answer breaks the model: {'; '.join(broken)}")
    return answer
