import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from amts_tui.amazon import model
from amts_tui.local_aws.server import ROLE_ARN
from amts_tui.local_aws.translator import TRANSLATOR_LABEL
from tests.local_aws.conftest import wait
from tests.local_aws.test_parallel_data import code

PAGE = '<!DOCTYPE html>\n<html><body>\n<p id="b1">The tide turns.</p>\n</body></html>\n'


def test_output_keeps_folders_and_comes_with_details(
    translate: Any,
    bucket: str,
    upload: Callable[..., str],
    download: Callable[[str], str],
    job: Callable[..., str],
    finished: Callable[[str], Any],
) -> None:
    upload("in/one.html", PAGE)
    upload("in/deep/er/two.html", PAGE)
    upload("input-beside/three.html", PAGE)
    job_id = job(["zh", "es"], JobName="Both")
    properties = finished(job_id)
    assert properties["JobStatus"] == "COMPLETED"
    assert properties["JobDetails"] == {
        "TranslatedDocumentsCount": 2,
        "DocumentsWithErrorsCount": 0,
        "InputDocumentsCount": 2,
    }
    assert TRANSLATOR_LABEL in properties["Message"]
    folder = f"s3://{bucket}/out/123456789012-TranslateText-{job_id}/"
    assert properties["OutputDataConfig"]["S3Uri"] == folder
    assert properties["InputDataConfig"]["S3Uri"] == f"s3://{bucket}/in/"
    assert properties["EndTime"] >= properties["SubmittedTime"]
    page = download(f"{folder}deep/er/zh.two.html")
    assert page.startswith('<!DOCTYPE html>\n<html><body>\n<p id="b1">')
    assert "turns" not in page
    details = json.loads(download(f"{folder}details/es.auxiliary-translation-details.json"))
    assert details["charactersTranslated"] == str(2 * len("The tide turns."))
    assert details["documentCountWithCustomerError"] == "0"
    assert {
        "sourceFile": "deep/er/two.html",
        "targetFile": "deep/er/es.two.html",
        "auxiliaryData": {},
    } in details["details"]
    assert download(f"s3://{bucket}/out/.write_access_check_file.temp") == ""


def test_a_document_that_is_not_utf8_fails_alone(
    upload: Callable[..., str],
    download: Callable[[str], str],
    job: Callable[..., str],
    finished: Callable[[str], Any],
) -> None:
    upload("in/good.html", PAGE)
    upload("in/bad.html", b"<p>caf\xe9</p>")
    properties = finished(job(["zh"]))
    assert properties["JobStatus"] == "COMPLETED_WITH_ERROR"
    assert properties["JobDetails"]["DocumentsWithErrorsCount"] == 1
    folder = properties["OutputDataConfig"]["S3Uri"]
    details = json.loads(download(f"{folder}details/zh.auxiliary-translation-details.json"))
    failed = next(detail for detail in details["details"] if detail["sourceFile"] == "bad.html")
    assert "targetFile" not in failed
    assert failed["auxiliaryData"]["error"]["errorMessage"] == "Invalid utf-8 encoded texts detected"
    assert details["documentCountWithCustomerError"] == "1"


def test_parallel_data_decides_the_translation(
    upload: Callable[..., str],
    download: Callable[[str], str],
    imported: Callable[..., Any],
    job: Callable[..., str],
    finished: Callable[[str], Any],
) -> None:
    imported("tides", "en,zh\nThe tide turns.,潮水转向了。\n")
    upload("in/one.html", PAGE)
    with_data = finished(job(["zh"], ParallelDataNames=["tides"]))
    without = finished(job(["zh"]))
    assert "潮水转向了。" in download(with_data["OutputDataConfig"]["S3Uri"] + "zh.one.html")
    assert "潮水转向了。" not in download(without["OutputDataConfig"]["S3Uri"] + "zh.one.html")
    assert with_data["ParallelDataNames"] == ["tides"]


def test_plain_text_keeps_its_lines(
    upload: Callable[..., str],
    download: Callable[[str], str],
    job: Callable[..., str],
    finished: Callable[[str], Any],
) -> None:
    text = "The data.\n\n  The model. \n3.14\n"
    upload("in/lines.txt", text)
    properties = finished(job(["es"], "text/plain"))
    lines = download(properties["OutputDataConfig"]["S3Uri"] + "es.lines.txt").split("\n")
    assert len(lines) == len(text.split("\n"))
    assert lines[1] == ""
    assert lines[2].startswith("  ")
    assert lines[2].endswith(" ")
    assert lines[3] == "3.14"


def test_an_empty_folder_fails(job: Callable[..., str], finished: Callable[[str], Any]) -> None:
    properties = finished(job(["zh"]))
    assert properties["JobStatus"] == "FAILED"
    assert "No document" in properties["Message"]


def test_auto_detects_each_document(
    upload: Callable[..., str],
    download: Callable[[str], str],
    job: Callable[..., str],
    finished: Callable[[str], Any],
) -> None:
    upload("in/en.html", PAGE)
    upload("in/es.html", "<p>La marea cambia y el viento no.</p>")
    properties = finished(job(["es"], SourceLanguageCode="auto"))
    folder = properties["OutputDataConfig"]["S3Uri"]
    assert download(f"{folder}es.es.html") == "<p>La marea cambia y el viento no.</p>"
    assert "The" not in download(f"{folder}es.en.html")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"TargetLanguageCodes": ["xx"]}, "UnsupportedLanguagePairException"),
        ({"SourceLanguageCode": "xx"}, "UnsupportedLanguagePairException"),
        ({"TargetLanguageCodes": ["auto"]}, "UnsupportedLanguagePairException"),
        ({"TargetLanguageCodes": ["zh", "zh"]}, "InvalidParameterValueException"),
        (
            {"TargetLanguageCodes": ["zh", "es", "de", "fr", "it", "ja", "ko", "pt", "tr", "vi", "nl"]},
            "InvalidParameterValueException",
        ),
        ({"ParallelDataNames": ["nobody"]}, "ResourceNotFoundException"),
        ({"TerminologyNames": ["nobody"]}, "ResourceNotFoundException"),
        ({"ParallelDataNames": ["one", "two"]}, "InvalidParameterValueException"),
        ({"JobName": "it's"}, "InvalidParameterValueException"),
        ({"Settings": {"Brevity": "ON"}}, "InvalidRequestException"),
        (
            {"InputDataConfig": {"S3Uri": "s3://no-such-bucket/in/", "ContentType": "text/html"}},
            "InvalidRequestException",
        ),
        ({"OutputDataConfig": {"S3Uri": "s3://no-such-bucket/out/"}}, "InvalidRequestException"),
    ],
)
def test_jobs_that_cannot_run_are_refused(
    job: Callable[..., str], change: dict[str, Any], error: str
) -> None:
    with pytest.raises(ClientError) as failed:
        job(["zh"], **change)
    assert code(failed) == error


@pytest.mark.parametrize(
    ("content_type", "error"),
    [
        ("text/markdown", "InvalidParameterValueException"),
        ("application/x-xliff+xml", "InvalidRequestException"),
        ("text/html; charset=utf-8", "InvalidParameterValueException"),
    ],
)
def test_content_types_are_checked(job: Callable[..., str], content_type: str, error: str) -> None:
    with pytest.raises(ClientError) as failed:
        job(["zh"], content_type)
    assert code(failed) == error


def test_layout_rules_of_the_input_folder(
    translate: Any, bucket: str, upload: Callable[..., str], job: Callable[..., str]
) -> None:
    root = {"S3Uri": f"s3://{bucket}", "ContentType": "text/html"}
    with pytest.raises(ClientError) as failed:
        job(["zh"], InputDataConfig=root)
    assert code(failed) == "InvalidRequestException"
    upload("in/details/page.html", PAGE)
    with pytest.raises(ClientError) as failed:
        job(["zh"])
    assert "details" in str(failed.value)


def test_parallel_data_must_cover_the_languages(
    translate: Any, imported: Callable[..., Any], upload: Callable[..., str], job: Callable[..., str]
) -> None:
    imported("only-zh", "en,zh\na,甲\n")
    for change in (
        {"TargetLanguageCodes": ["zh", "es"]},
        {"SourceLanguageCode": "fr"},
        {"SourceLanguageCode": "auto"},
    ):
        with pytest.raises(ClientError) as failed:
            job(["zh"], ParallelDataNames=["only-zh"], **change)
        assert code(failed) == "InvalidRequestException"
    imported("never", "nothing")
    with pytest.raises(ClientError) as failed:
        job(["zh"], ParallelDataNames=["never"])
    assert "FAILED, not ACTIVE" in str(failed.value)


def test_batch_is_refused_where_it_is_not_offered(endpoint: Any, session: Any, bucket: str) -> None:
    elsewhere = session.client("translate", endpoint_url=endpoint.url, region_name="ap-east-1")
    with pytest.raises(ClientError) as failed:
        elsewhere.start_text_translation_job(
            InputDataConfig={"S3Uri": f"s3://{bucket}/in/", "ContentType": "text/html"},
            OutputDataConfig={"S3Uri": f"s3://{bucket}/out/"},
            DataAccessRoleArn=ROLE_ARN,
            SourceLanguageCode="en",
            TargetLanguageCodes=["zh"],
        )
    assert code(failed) == "NotAuthorizedException"


def test_regions_do_not_see_each_other(
    endpoint: Any, session: Any, bucket: str, job: Callable[..., str]
) -> None:
    job_id = job(["zh"])
    elsewhere = session.client("translate", endpoint_url=endpoint.url, region_name="eu-west-1")
    with pytest.raises(ClientError) as failed:
        elsewhere.describe_text_translation_job(JobId=job_id)
    assert code(failed) == "ResourceNotFoundException"
    with pytest.raises(ClientError) as failed:
        elsewhere.start_text_translation_job(
            InputDataConfig={"S3Uri": f"s3://{bucket}/in/", "ContentType": "text/html"},
            OutputDataConfig={"S3Uri": f"s3://{bucket}/out/"},
            DataAccessRoleArn=ROLE_ARN,
            SourceLanguageCode="en",
            TargetLanguageCodes=["zh"],
        )
    assert "us-west-2" in str(failed.value)


def test_a_client_token_starts_one_job(
    job: Callable[..., str], translate: Any, upload: Callable[..., str]
) -> None:
    upload("in/one.html", PAGE)
    first = job(["zh"], ClientToken="job-token", JobName="token job")
    assert job(["zh"], ClientToken="job-token", JobName="token job") == first
    listed = translate.list_text_translation_jobs(Filter={"JobName": "token job"})
    assert len(listed["TextTranslationJobPropertiesList"]) == 1
    with pytest.raises(ClientError) as failed:
        job(["es"], ClientToken="job-token", JobName="token job")
    assert code(failed) == "InvalidRequestException"


def test_jobs_are_listed_filtered_and_paged(
    translate: Any, upload: Callable[..., str], job: Callable[..., str], finished: Callable[[str], Any]
) -> None:
    upload("in/one.html", PAGE)
    ids = [job(["zh"], JobName="listed job") for _ in range(3)]
    for job_id in ids:
        finished(job_id)

    def found(**request: Any) -> list[str]:
        answer = translate.list_text_translation_jobs(**request)
        assert list(model.response_problems("ListTextTranslationJobs", answer)) == []
        return [job["JobId"] for job in answer["TextTranslationJobPropertiesList"]]

    assert found(Filter={"JobName": "listed job"}) == ids[::-1]
    assert set(ids) <= set(found(Filter={"JobStatus": "COMPLETED"}))
    assert found(Filter={"SubmittedBeforeTime": datetime.now(UTC) - timedelta(hours=1)}) == []
    after = found(Filter={"SubmittedAfterTime": datetime.now(UTC) - timedelta(hours=1)})
    assert set(ids) <= set(after)
    first = translate.list_text_translation_jobs(Filter={"JobName": "listed job"}, MaxResults=2)
    rest = found(Filter={"JobName": "listed job"}, MaxResults=2, NextToken=first["NextToken"])
    assert rest == [ids[0]]
    with pytest.raises(ClientError) as failed:
        found(Filter={"JobName": "listed job", "JobStatus": "COMPLETED"})
    assert code(failed) == "InvalidFilterException"
    with pytest.raises(ClientError) as failed:
        found(NextToken="made-up")
    assert code(failed) == "InvalidRequestException"


def test_stopping(
    translate: Any, upload: Callable[..., str], job: Callable[..., str], finished: Callable[[str], Any]
) -> None:
    upload("in/one.html", PAGE)
    ended = job(["zh"])
    finished(ended)
    assert translate.stop_text_translation_job(JobId=ended)["JobStatus"] == "COMPLETED"
    running = job(["zh"])
    status = translate.stop_text_translation_job(JobId=running)["JobStatus"]
    assert status in ("STOP_REQUESTED", "COMPLETED")
    assert finished(running)["JobStatus"] == ("STOPPED" if status == "STOP_REQUESTED" else "COMPLETED")


@pytest.mark.parametrize("operation", ["describe_text_translation_job", "stop_text_translation_job"])
@pytest.mark.parametrize("job_id", ["0" * 32, "0" * 33, "no, job"])
def test_unknown_jobs_are_not_found(translate: Any, operation: str, job_id: str) -> None:
    with pytest.raises(ClientError) as failed:
        getattr(translate, operation)(JobId=job_id)
    assert code(failed) == "ResourceNotFoundException"


def test_every_status_on_the_way_is_a_real_one(
    translate: Any, upload: Callable[..., str], job: Callable[..., str]
) -> None:
    upload("in/one.html", PAGE)
    job_id = job(["zh"])
    seen: list[str] = []
    wait(
        lambda: seen.append(status(translate, job_id)) or seen[-1],  # type: ignore[func-returns-value]
        lambda last: last == "COMPLETED",
    )
    order = ["SUBMITTED", "IN_PROGRESS", "COMPLETED"]
    assert [order.index(one) for one in seen] == sorted(order.index(one) for one in seen)


def status(translate: Any, job_id: str) -> str:
    answer = translate.describe_text_translation_job(JobId=job_id)
    assert list(model.response_problems("DescribeTextTranslationJob", answer)) == []
    return str(answer["TextTranslationJobProperties"]["JobStatus"])
