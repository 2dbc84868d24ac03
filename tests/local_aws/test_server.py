import json
import logging
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import boto3
import pytest

from amts_tui.errors import AmtsError
from amts_tui.local_aws.server import HOST, LocalEndpoint, serve_forever

TARGET = "AWSShineFrontendService_20170701"


def post(url: str, target: str, body: bytes) -> tuple[int, Any]:
    request = Request(url, data=body, headers={"X-Amz-Target": target}, method="POST")
    try:
        with urlopen(request) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, json.load(error)


def test_the_variables_are_enough_for_any_client(
    endpoint: LocalEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in endpoint.environment().items():
        monkeypatch.setenv(name, value)
    session = boto3.Session()
    assert session.client("sts").get_caller_identity()["Account"] == "123456789012"
    assert session.client("iam").list_roles()["Roles"] == []
    assert session.client("s3").list_buckets()["Owner"]
    assert session.client("translate").meta.endpoint_url == endpoint.url


def test_it_listens_on_the_loopback_only(endpoint: LocalEndpoint) -> None:
    assert endpoint.url.startswith("http://127.0.0.1:")


def test_other_services_are_refused(endpoint: LocalEndpoint, session: boto3.Session) -> None:
    with pytest.raises(Exception, match="S3, STS, IAM and Amazon Translate only"):
        session.client("dynamodb", endpoint_url=endpoint.url).list_tables()


@pytest.mark.parametrize(
    ("target", "body", "code"),
    [
        (f"{TARGET}.ListLanguages", b"[]", "SerializationException"),
        (f"{TARGET}.ListLanguages", b"{", "SerializationException"),
        (f"{TARGET}.ListLanguages", b'{"MaxResults": "2"}', "InvalidParameterValueException"),
        (f"{TARGET}.FlyToTheMoon", b"{}", "UnknownOperationException"),
        (
            f"{TARGET}.ImportTerminology",
            b'{"Name": "n", "MergeStrategy": "OVERWRITE", "TerminologyData": {"File": "?", "Format": "CSV"}}',
            "SerializationException",
        ),
    ],
)
def test_bad_requests_get_the_right_error(
    endpoint: LocalEndpoint, target: str, body: bytes, code: str
) -> None:
    status, answer = post(endpoint.url, target, body)
    assert answer["__type"] == code
    assert status in (400, 404)


def test_nulls_count_as_absent(endpoint: LocalEndpoint) -> None:
    status, answer = post(endpoint.url, f"{TARGET}.ListParallelData", b'{"NextToken": null, "MaxResults": 1}')
    assert status == 200
    assert "ParallelDataPropertiesList" in answer


def test_a_port_in_use_is_one_clear_error() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AmtsError, match=f"port {port}"):
            LocalEndpoint(port).start()


def test_it_can_be_started_again_on_its_port(endpoint: LocalEndpoint) -> None:
    first = LocalEndpoint().start()
    port = int(first.url.rsplit(":", 1)[1])
    with pytest.raises(AmtsError, match="already"):
        first.start()
    first.stop()
    first.stop()
    with pytest.raises(AmtsError, match="not running"):
        _ = first.url
    with LocalEndpoint(port) as second:
        assert second.url.endswith(str(port))


def test_buckets_are_there_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalEndpoint(buckets=["first-book", "second.book", "first-book"]) as endpoint:
        for name, value in endpoint.environment().items():
            monkeypatch.setenv(name, value)
        s3 = boto3.client("s3")
        assert s3.get_bucket_location(Bucket="first-book")["LocationConstraint"] == "us-west-2"
        s3.put_object(Bucket="second.book", Key="kept", Body=b"x")
        with LocalEndpoint(buckets=["second.book"]):
            assert s3.get_object(Bucket="second.book", Key="kept")["Body"].read() == b"x"


@pytest.mark.parametrize(
    "name", ["", "ab", "Book", "my_book", "-book", "my..book", "a" * 64, "a book", "book\n"]
)
def test_a_name_that_no_bucket_can_have_is_refused(name: str) -> None:
    with pytest.raises(AmtsError, match="name of a bucket"):
        LocalEndpoint(buckets=[name])


def test_a_speed_must_be_positive() -> None:
    with pytest.raises(AmtsError, match="speed"):
        LocalEndpoint(speed=0)


def test_serving_ends_with_control_c(endpoint: LocalEndpoint) -> None:
    urls: list[str] = []

    def interrupt() -> None:
        raise KeyboardInterrupt

    serve_forever(0, 1.0, lambda ready: urls.append(ready.url), interrupt)
    assert urls
    assert urls[0] != endpoint.url


def test_it_writes_nothing_on_the_terminal(
    endpoint: LocalEndpoint, capfd: pytest.CaptureFixture[str]
) -> None:
    post(endpoint.url, f"{TARGET}.ListLanguages", b"{")
    with pytest.raises(HTTPError):
        urlopen(f"{endpoint.url}/no-such-bucket/key")
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("amts_tui.local_aws.server").handlers


def test_without_the_extra_the_error_names_the_command() -> None:
    script = (
        "import sys; sys.modules['moto'] = None\n"
        "from amts_tui.errors import AmtsError\n"
        "from amts_tui.local_aws.server import LocalEndpoint\n"
        "try:\n    LocalEndpoint().start()\n"
        "except AmtsError as error:\n    print(error)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=True
    )
    assert "pip install 'amts-tui[local]'" in done.stdout
