"""Requests and names checked before they are sent."""

import pytest

from amts_tui.errors import AmtsError
from amts_tui.translation.checks import check_request, job_name, language_code, resource_name


def test_what_botocore_lets_through_is_refused() -> None:
    with pytest.raises(AmtsError, match=r"ListParallelData is not valid: MaxResults: value 501 is above"):
        check_request("ListParallelData", {"MaxResults": 501})
    check_request("ListParallelData", {"MaxResults": 500})


def test_codes_of_the_service() -> None:
    assert [language_code(code) for code in ("zh-CN", "pt-BR", "zh-TW")] == ["zh", "pt", "zh-TW"]
    with pytest.raises(AmtsError, match="does not offer the language qq"):
        language_code("qq")


@pytest.mark.parametrize("title", ["Cafe\u0301, (a) 'book'—#1", "हिन्दी किताब", "x" * 400, "a\tb"])
def test_a_job_name_of_any_title_is_valid(title: str) -> None:
    name = job_name(title)
    assert name
    check_request(
        "StartTextTranslationJob",
        {
            "JobName": name,
            "ClientToken": "t",
            "InputDataConfig": {"S3Uri": "s3://bucket/in/", "ContentType": "text/html"},
            "OutputDataConfig": {"S3Uri": "s3://bucket/out/"},
            "DataAccessRoleArn": "arn:aws:iam::123456789012:role/role",
            "SourceLanguageCode": "en",
            "TargetLanguageCodes": ["es"],
        },
    )


def test_a_resource_name_of_a_title() -> None:
    assert resource_name("Mi  libro: año_1.2") == "Mi-libro-ano-1-2"
    check_request("GetParallelData", {"Name": resource_name("_" * 3 + "a" * 400)})
    with pytest.raises(AmtsError, match="no name can be made"):
        resource_name("学习")
