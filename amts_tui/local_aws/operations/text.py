"""TranslateText."""

from collections.abc import Mapping
from typing import Any

from amts_tui.amazon.languages import AUTO, is_supported
from amts_tui.amazon.limits import APPLIED_TERMS, TERMINOLOGY_NAMES, TEXT_BYTES
from amts_tui.local_aws.documents import looks_like_html, translate_html, translate_plain
from amts_tui.local_aws.errors import ServiceError, unsupported_pair
from amts_tui.local_aws.operations import settings
from amts_tui.local_aws.operations.context import Context
from amts_tui.local_aws.terms import TermTranslator
from amts_tui.local_aws.translator.detection import detect


def check_size(params: Mapping[str, Any]) -> None:
    """Raise TextSizeLimitExceededException for more than 10,000 bytes."""
    text = params.get("Text")
    size = len(text.encode("utf-8", "surrogatepass")) if isinstance(text, str) else 0
    if size > TEXT_BYTES:
        raise ServiceError(
            "TextSizeLimitExceededException",
            f"Input text size exceeds limit. Max length of request text allowed is {TEXT_BYTES} bytes "
            f"while in this request the text size is {size} bytes",
        )


def translate(context: Context, params: Mapping[str, Any]) -> dict[str, object]:
    """The text in the target language, without any parallel data."""
    text, target = params["Text"], params["TargetLanguageCode"]
    source = params["SourceLanguageCode"]
    if not is_supported(target) or (source != AUTO and not is_supported(source)):
        raise unsupported_pair(source, target)
    names = params.get("TerminologyNames", [])
    if len(names) > TERMINOLOGY_NAMES:
        raise ServiceError("InvalidRequestException", "Only one terminology per request is possible.")
    terminologies = [context.holdings.get_terminology(name) for name in names]
    source = _detected(text) if source == AUTO else source
    terms = terminologies[0].terms.get((source, target), {}) if terminologies else {}
    translator = TermTranslator(context.translators.plain(source, target), terms)
    read = translate_html if looks_like_html(text) else translate_plain
    answer: dict[str, object] = {
        "TranslatedText": read(text, source, translator),
        "SourceLanguageCode": source,
        "TargetLanguageCode": target,
        "AppliedSettings": settings.applied(params.get("Settings", {}), source, target),
    }
    if terminologies:
        applied = list(translator.applied.items())[:APPLIED_TERMS]
        listed = [{"SourceText": term, "TargetText": translation} for term, translation in applied]
        answer["AppliedTerminologies"] = [{"Name": terminologies[0].name, "Terms": listed}]
    return answer


def _detected(text: str) -> str:
    code = detect(text)
    if code is None:
        raise ServiceError(
            "DetectedLanguageLowConfidenceException",
            "The source language of the text could not be detected with enough confidence.",
            DetectedLanguageCode="en",
        )
    return code
