import json
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from botocore.exceptions import ClientError

from amts_tui.amazon import model
from amts_tui.amazon.limits import LOCATION_SECONDS
from amts_tui.local_aws.locations import Locations
from amts_tui.local_aws.state import State
from tests.local_aws.conftest import wait

CSV = 'en,zh\nThe tide turns.,潮水转向。\n"Salt, and wind",盐与风\n'


def code(failed: pytest.ExceptionInfo[ClientError]) -> str:
    return str(failed.value.response["Error"]["Code"])


def test_a_file_becomes_active_with_its_counts(
    translate: Any, upload: Callable[..., str], imported: Callable[..., Any]
) -> None:
    properties = imported("counted", CSV)
    assert properties["Status"] == "ACTIVE"
    assert properties["SourceLanguageCode"] == "en"
    assert properties["TargetLanguageCodes"] == ["zh"]
    assert properties["ImportedRecordCount"] == 2
    assert properties["ImportedDataSize"] == len("The tide turns.潮水转向。Salt, and wind盐与风")
    assert properties["FailedRecordCount"] == properties["SkippedRecordCount"] == 0
    assert properties["Arn"] == "arn:aws:translate:us-west-2:123456789012:parallel-data/counted"
    answer = translate.get_parallel_data(Name="counted")
    assert list(model.response_problems("GetParallelData", answer)) == []
    with urlopen(answer["DataLocation"]["Location"]) as data:
        assert data.read().decode() == CSV


def test_what_is_left_out_is_counted_and_told(translate: Any, imported: Callable[..., Any]) -> None:
    rows = [
        "en,zh,es",
        f"{'long ' * 300},长,largo",
        "short,短,",
        "+1,加,más",
        "two,二",
        ",空,vacío",
        "good,好,bueno",
    ]
    properties = imported("left-out", "\n".join(rows))
    assert properties["ImportedRecordCount"] == 2
    assert properties["FailedRecordCount"] == 2
    assert properties["SkippedRecordCount"] == 3
    with urlopen(translate.get_parallel_data(Name="left-out")["AuxiliaryDataLocation"]["Location"]) as file:
        report = json.load(file)
    assert report["summary"] == {"record_error_count": 2, "record_skipped_count": 3}
    assert [message["content"] for message in report["messages"]] == [f"Line {n}" for n in (2, 3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("en,zh\n,\n", "no record"),
        ("en\nalone\n", "target language"),
        ("en,zz\na,b\n", "'zz' is not supported"),
        ("en,en\na,b\n", "occurs twice"),
        ("\ufeffen,zh\na,b\n", "byte order mark"),
        ("", "empty"),
        (b"en,zh\n\xff,\xfe\n", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_fails(
    imported: Callable[..., Any], translate: Any, text: str | bytes, reason: str
) -> None:
    properties = imported("unreadable", text)
    assert properties["Status"] == "FAILED"
    assert reason in properties["Message"]
    translate.delete_parallel_data(Name="unreadable")
    wait(lambda: names(translate), lambda found: "unreadable" not in found)


def names(translate: Any) -> list[str]:
    listed = translate.list_parallel_data(MaxResults=500)["ParallelDataPropertiesList"]
    return [properties["Name"] for properties in listed]


def test_a_missing_object_fails(translate: Any, bucket: str) -> None:
    config = {"S3Uri": f"s3://{bucket}/nowhere.csv", "Format": "CSV"}
    translate.create_parallel_data(Name="missing", ParallelDataConfig=config)
    properties = wait(
        lambda: translate.get_parallel_data(Name="missing")["ParallelDataProperties"],
        lambda found: found["Status"] != "CREATING",
    )
    assert properties["Status"] == "FAILED"


def test_tmx_takes_the_newest_of_two_and_any_first_character(imported: Callable[..., Any]) -> None:
    tmx = """<tmx version="1.4"><header srclang="en"/><body>
    <tu changedate="20260102T000000Z"><tuv xml:lang="en"><seg>- Yes.</seg></tuv>
      <tuv xml:lang="zh"><seg>——是。</seg></tuv></tu>
    <tu changedate="20250102T000000Z"><tuv xml:lang="en"><seg>- Yes.</seg></tuv>
      <tuv xml:lang="zh"><seg>旧</seg></tuv></tu>
    <tu><tuv xml:lang="zh"><seg>没有</seg></tuv><tuv xml:lang="es"><seg>sin</seg></tuv></tu>
    </body></tmx>"""
    properties = imported("dated", tmx, "TMX")
    assert properties["ImportedRecordCount"] == 2
    assert properties["FailedRecordCount"] == 1


def test_an_update_is_seen_in_its_attempt_and_replaces_everything(
    translate: Any, upload: Callable[..., str], imported: Callable[..., Any]
) -> None:
    imported("updated", CSV)
    config = {"S3Uri": upload("second.tsv", "en\tes\nThe tide turns.\tLa marea cambia.\n"), "Format": "TSV"}
    answer = translate.update_parallel_data(Name="updated", ParallelDataConfig=config)
    assert (answer["Status"], answer["LatestUpdateAttemptStatus"]) == ("ACTIVE", "UPDATING")
    properties = wait(
        lambda: translate.get_parallel_data(Name="updated")["ParallelDataProperties"],
        lambda found: found["LatestUpdateAttemptStatus"] != "UPDATING",
    )
    assert properties["LatestUpdateAttemptStatus"] == "ACTIVE"
    assert properties["TargetLanguageCodes"] == ["es"]


def test_a_failed_update_leaves_the_earlier_import(
    translate: Any, upload: Callable[..., str], imported: Callable[..., Any]
) -> None:
    imported("kept", CSV)
    config = {"S3Uri": upload("bad.csv", "en,zz\na,b\n"), "Format": "CSV"}
    translate.update_parallel_data(Name="kept", ParallelDataConfig=config)
    answer = wait(
        lambda: translate.get_parallel_data(Name="kept"),
        lambda found: found["ParallelDataProperties"]["LatestUpdateAttemptStatus"] != "UPDATING",
    )
    properties = answer["ParallelDataProperties"]
    assert (properties["Status"], properties["LatestUpdateAttemptStatus"]) == ("ACTIVE", "FAILED")
    assert properties["ImportedRecordCount"] == 2
    with urlopen(answer["DataLocation"]["Location"]) as data:
        assert data.read().decode() == CSV
    assert "LatestUpdateAttemptAuxiliaryDataLocation" in answer


def test_a_name_is_taken_once_and_free_again_after_deletion(
    translate: Any, upload: Callable[..., str], imported: Callable[..., Any]
) -> None:
    imported("once", CSV)
    config = {"S3Uri": upload("again.csv", CSV), "Format": "CSV"}
    with pytest.raises(ClientError) as failed:
        translate.create_parallel_data(Name="once", ParallelDataConfig=config)
    assert code(failed) == "ConflictException"
    assert translate.delete_parallel_data(Name="once") | {"ResponseMetadata": None} == {
        "Name": "once",
        "Status": "DELETING",
        "ResponseMetadata": None,
    }
    wait(lambda: names(translate), lambda found: "once" not in found)
    with pytest.raises(ClientError) as failed:
        translate.get_parallel_data(Name="once")
    assert code(failed) == "ResourceNotFoundException"
    assert imported("once", CSV)["Status"] == "ACTIVE"


def test_a_client_token_repeats_its_answer(translate: Any, upload: Callable[..., str]) -> None:
    config = {"S3Uri": upload("token.csv", CSV), "Format": "CSV"}
    request = {"Name": "tokened", "ParallelDataConfig": config, "ClientToken": "token-of-tokened"}
    first = translate.create_parallel_data(**request)
    again = translate.create_parallel_data(**request)
    assert (first["Name"], first["Status"]) == (again["Name"], again["Status"])
    with pytest.raises(ClientError) as failed:
        translate.create_parallel_data(**(request | {"Description": "another"}))
    assert code(failed) == "ConflictException"
    wait(
        lambda: translate.get_parallel_data(Name="tokened")["ParallelDataProperties"]["Status"],
        lambda status: status == "ACTIVE",
    )


def test_resources_are_listed_in_pages(translate: Any, imported: Callable[..., Any]) -> None:
    for number in range(3):
        imported(f"page-{number}", CSV)
    found: list[str] = []
    token: dict[str, str] = {}
    while True:
        answer = translate.list_parallel_data(MaxResults=2, **token)
        assert len(answer["ParallelDataPropertiesList"]) <= 2
        found += [properties["Name"] for properties in answer["ParallelDataPropertiesList"]]
        if "NextToken" not in answer:
            break
        token = {"NextToken": answer["NextToken"]}
    assert found == sorted(set(found))
    assert {"page-0", "page-1", "page-2"} <= set(found)
    with pytest.raises(ClientError) as failed:
        translate.list_parallel_data(NextToken="made-up")
    assert code(failed) == "InvalidParameterValueException"


@pytest.mark.parametrize(
    "request_part",
    [
        {"Name": "under__score"},
        {"Name": "n" * 257},
        {"ParallelDataConfig": {"S3Uri": "s3://UPPER/x.csv", "Format": "CSV"}},
        {"ParallelDataConfig": {"S3Uri": "s3://bucket/x.csv", "Format": "XLSX"}},
        {"ParallelDataConfig": {"Format": "CSV"}},
        {"Tags": [{"Key": "one", "Value": ""}, {"Key": "one", "Value": ""}]},
        {"Tags": [{"Key": "aws:one", "Value": ""}]},
    ],
)
def test_requests_that_break_the_model_are_refused(translate: Any, request_part: dict[str, Any]) -> None:
    request = {"Name": "valid", "ParallelDataConfig": {"S3Uri": "s3://bucket/x.csv", "Format": "CSV"}}
    with pytest.raises(ClientError) as failed:
        translate.create_parallel_data(**(request | request_part))
    assert code(failed) == "InvalidParameterValueException"


def test_too_many_tags_name_the_resource(translate: Any) -> None:
    tags = [{"Key": str(number), "Value": ""} for number in range(51)]
    config = {"S3Uri": "s3://bucket/x.csv", "Format": "CSV"}
    with pytest.raises(ClientError) as failed:
        translate.create_parallel_data(Name="tagged", ParallelDataConfig=config, Tags=tags)
    assert code(failed) == "TooManyTagsException"
    assert failed.value.response["ResourceArn"].endswith("parallel-data/tagged")  # type: ignore[typeddict-item]


@pytest.mark.parametrize("operation", ["get_parallel_data", "delete_parallel_data", "update_parallel_data"])
def test_unknown_names_are_not_found(translate: Any, operation: str) -> None:
    config = {"S3Uri": "s3://bucket/x.csv", "Format": "CSV"}
    more = {"ParallelDataConfig": config} if operation.startswith("update") else {}
    with pytest.raises(ClientError) as failed:
        getattr(translate, operation)(Name="nobody", **more)
    assert code(failed) == "ResourceNotFoundException"
    assert failed.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_a_forged_location_is_refused(translate: Any, imported: Callable[..., Any]) -> None:
    imported("located", CSV)
    location = translate.get_parallel_data(Name="located")["DataLocation"]["Location"]
    later = location.replace("X-Amz-Expires=1", "X-Amz-Expires=2")
    with pytest.raises(HTTPError) as failed:
        urlopen(later)
    assert failed.value.code == 403


def test_a_location_lives_for_half_an_hour() -> None:
    state, now = State(), [1_000.0]
    state.files["a b/file"] = b"content"
    locations = Locations(state, b"secret", lambda: now[0])
    path, _, query = locations.sign("", "a b/file")["Location"].partition("?")
    assert locations.serve(path, query) == (200, b"content")
    now[0] += LOCATION_SECONDS
    assert locations.serve(path, query)[0] == 200
    now[0] += 1
    status, body = locations.serve(path, query)
    assert status == 403
    assert b"expired" in body
