from typing import Any

import pytest

from amts_tui.amazon import model

JOB: dict[str, Any] = {
    "JobName": "Chapter 3: Café",
    "InputDataConfig": {"S3Uri": "s3://book-texts/jobs/1/in/", "ContentType": "text/html"},
    "OutputDataConfig": {"S3Uri": "s3://book-texts/jobs/1/out/"},
    "DataAccessRoleArn": "arn:aws:iam::123456789012:role/TranslateBatch",
    "SourceLanguageCode": "en",
    "TargetLanguageCodes": ["zh"],
    "ClientToken": "token-1",
}


def problems(operation: str, params: dict[str, Any]) -> list[str]:
    return [str(problem) for problem in model.request_problems(operation, params)]


def test_the_model_has_19_operations() -> None:
    assert len(model.operation_names()) == 19


def test_a_good_request_has_no_problem() -> None:
    assert problems("StartTextTranslationJob", JOB) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"JobName": "it's, a name"}, "JobName"),
        ({"JobName": "Cafe\N{COMBINING ACUTE ACCENT}"}, "JobName"),
        ({"JobName": "n" * 257}, "JobName"),
        ({"TargetLanguageCodes": []}, "TargetLanguageCodes"),
        ({"TargetLanguageCodes": ["zh", 3]}, "TargetLanguageCodes[1]"),
        ({"TargetLanguageCodes": ["zh-Hans"]}, "TargetLanguageCodes[0]"),
        ({"SourceLanguageCode": None}, "SourceLanguageCode"),
        ({"Colour": "blue"}, "Colour"),
        ({"Settings": {"Formality": "RUDE"}}, "Settings.Formality"),
        ({"InputDataConfig": {"S3Uri": "s3://book-texts/in/"}}, "InputDataConfig.ContentType"),
        ({"OutputDataConfig": {"S3Uri": "s3://Book_Texts/out/"}}, "OutputDataConfig.S3Uri"),
        ({"DataAccessRoleArn": "arn:aws:iam::12:role/TranslateBatch"}, "DataAccessRoleArn"),
        ({"ParallelDataNames": ["a__b"]}, "ParallelDataNames[0]"),
    ],
)
def test_each_broken_rule_is_named_by_its_path(change: dict[str, Any], path: str) -> None:
    found = list(model.request_problems("StartTextTranslationJob", JOB | change))
    assert [problem.path for problem in found] == [path]


def test_content_type_has_no_charset() -> None:
    config = {"S3Uri": "s3://book-texts/in/", "ContentType": "text/html; charset=utf-8"}
    assert len(problems("StartTextTranslationJob", JOB | {"InputDataConfig": config})) == 1


def test_blobs_are_bytes() -> None:
    request = {"Name": "n", "MergeStrategy": "OVERWRITE", "TerminologyData": {"File": b"", "Format": "CSV"}}
    assert problems("ImportTerminology", request) == []
    request["TerminologyData"] = {"File": "text", "Format": "CSV"}
    assert problems("ImportTerminology", request) == ["TerminologyData.File: expected blob, got str"]


def test_numbers_have_bounds_and_truth_is_no_number() -> None:
    assert problems("ListParallelData", {"MaxResults": 500}) == []
    assert len(problems("ListParallelData", {"MaxResults": 501})) == 1
    assert len(problems("ListParallelData", {"MaxResults": True})) == 1


def test_responses_are_walked_without_boto3s_metadata() -> None:
    answer: dict[str, Any] = {"JobId": "abc", "JobStatus": "SUBMITTED", "ResponseMetadata": {}}
    assert list(model.response_problems("StartTextTranslationJob", answer)) == []
    assert len(list(model.response_problems("StartTextTranslationJob", {"JobStatus": "DONE"}))) == 1
    assert list(model.response_problems("DeleteTerminology", {"ResponseMetadata": {}})) == []
    assert len(list(model.response_problems("DeleteTerminology", {"Name": "n"}))) == 1


def test_errors_carry_their_http_status() -> None:
    assert model.error_statuses()["TooManyRequestsException"] == 429
    assert "LimitExceededException" not in model.modeled_errors("StartTextTranslationJob")
    assert model.modeled_errors("GetParallelData")["ResourceNotFoundException"] == 404
