from typing import Any

import pytest
from botocore.exceptions import ClientError

from amts_tui.amazon import model
from amts_tui.amazon.languages import LANGUAGES
from amts_tui.local_aws.translator import TRANSLATOR_LABEL
from tests.local_aws.test_parallel_data import code


def text(translate: Any, words: str, target: str = "es", **more: Any) -> Any:
    request = {"Text": words, "SourceLanguageCode": "en", "TargetLanguageCode": target}
    return translate.translate_text(**(request | more))


def test_the_answer_fits_the_model_and_names_its_translator(translate: Any) -> None:
    answer = text(translate, "The model learns from data.")
    assert list(model.response_problems("TranslateText", answer)) == []
    assert answer["TranslatedText"] != "The model learns from data."
    assert "modelo" in answer["TranslatedText"].lower()
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert headers["x-amts-translator"] == TRANSLATOR_LABEL
    assert answer["ResponseMetadata"]["RequestId"]


def test_parallel_data_is_never_used(translate: Any) -> None:
    with pytest.raises(Exception, match="ParallelDataNames"):
        text(translate, "The model.", ParallelDataNames=["one"])


def test_markup_and_protected_items_stay(translate: Any) -> None:
    words = 'The <b id="e1">model</b> <span translate="no" id="p1">model</span> &amp; data'
    translated = text(translate, words, "zh")["TranslatedText"]
    assert '<span translate="no" id="p1">model</span>' in translated
    assert '<b id="e1">模型</b>' in translated
    assert "&amp;" in translated


def test_the_limit_is_in_bytes(translate: Any) -> None:
    assert text(translate, "值" * 3_333, "en", SourceLanguageCode="zh")["TranslatedText"]
    with pytest.raises(ClientError) as failed:
        text(translate, "值" * 3_334, "en", SourceLanguageCode="zh")
    assert code(failed) == "TextSizeLimitExceededException"
    assert "10002 bytes" in str(failed.value)


@pytest.mark.parametrize("codes", [("en", "ef"), ("zh-CN", "en"), ("en", "auto")])
def test_unknown_languages_are_named(translate: Any, codes: tuple[str, str]) -> None:
    with pytest.raises(ClientError) as failed:
        text(translate, "Model", codes[1], SourceLanguageCode=codes[0])
    response: Any = failed.value.response
    assert code(failed) == "UnsupportedLanguagePairException"
    assert (response["SourceLanguageCode"], response["TargetLanguageCode"]) == codes


@pytest.mark.parametrize(
    ("words", "detected"),
    [
        ("The model is in the book", "en"),
        ("El modelo está en la casa", "es"),
        ("这个模型学习数据", "zh"),
        ("これはモデルです", "ja"),
    ],
)
def test_auto_answers_with_the_language(translate: Any, words: str, detected: str) -> None:
    answer = text(translate, words, "de", SourceLanguageCode="auto")
    assert answer["SourceLanguageCode"] == detected


def test_auto_refuses_to_guess(translate: Any) -> None:
    with pytest.raises(ClientError) as failed:
        text(translate, "12345", SourceLanguageCode="auto")
    assert code(failed) == "DetectedLanguageLowConfidenceException"


def test_settings_are_echoed_where_they_are_supported(translate: Any) -> None:
    settings = {"Formality": "FORMAL", "Profanity": "MASK", "Brevity": "ON"}
    assert text(translate, "Model", "es", Settings=settings)["AppliedSettings"] == settings
    assert text(translate, "Model", "pt", Settings={"Formality": "FORMAL"}).get("AppliedSettings") is None


def test_a_language_into_itself_stays(translate: Any) -> None:
    assert text(translate, "The model.", "en")["TranslatedText"] == "The model."


def test_a_missing_terminology_is_not_found(translate: Any) -> None:
    with pytest.raises(ClientError) as failed:
        text(translate, "Model", TerminologyNames=["nobody"])
    assert code(failed) == "ResourceNotFoundException"
    with pytest.raises(ClientError) as failed:
        text(translate, "Model", TerminologyNames=["one", "two"])
    assert code(failed) == "InvalidRequestException"


def test_languages_are_listed_in_pages(translate: Any) -> None:
    found: list[str] = []
    token: dict[str, str] = {}
    while True:
        answer = translate.list_languages(MaxResults=50, **token)
        assert list(model.response_problems("ListLanguages", answer)) == []
        found += [language["LanguageCode"] for language in answer["Languages"]]
        if "NextToken" not in answer:
            break
        token = {"NextToken": answer["NextToken"]}
    assert sorted(found) == sorted([*LANGUAGES, "auto"])
    with pytest.raises(ClientError) as failed:
        translate.list_languages(DisplayLanguageCode="tr")
    assert code(failed) == "UnsupportedDisplayLanguageCodeException"


@pytest.mark.parametrize("operation", ["tag_resource", "list_tags_for_resource"])
def test_operations_that_are_not_offered_say_so(translate: Any, operation: str) -> None:
    more: dict[str, Any] = {"Tags": []} if operation == "tag_resource" else {}
    with pytest.raises(ClientError, match="does not offer") as failed:
        getattr(translate, operation)(ResourceArn="arn:aws:translate:us-west-2:1:x", **more)
    assert code(failed) == "UnknownOperationException"
