"""One running endpoint for all tests of the room, with a bucket of its own for each test."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from amts_tui.local_aws.server import REGION, ROLE_ARN, LocalEndpoint

SPEED = 2_000.0


@pytest.fixture(scope="session")
def endpoint() -> Iterator[LocalEndpoint]:
    with LocalEndpoint(speed=SPEED) as running:
        yield running


@pytest.fixture(scope="session")
def session(endpoint: LocalEndpoint) -> boto3.Session:
    environment = endpoint.environment()
    return boto3.Session(
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
        region_name=environment["AWS_DEFAULT_REGION"],
    )


@pytest.fixture(scope="session")
def s3(endpoint: LocalEndpoint, session: boto3.Session) -> Any:
    return session.client("s3", endpoint_url=endpoint.url)


@pytest.fixture(scope="session")
def translate(endpoint: LocalEndpoint, session: boto3.Session) -> Any:
    return session.client("translate", endpoint_url=endpoint.url)


@pytest.fixture
def bucket(s3: Any, request: pytest.FixtureRequest) -> str:
    name = "test-" + "".join(c if c.isalnum() else "-" for c in request.node.name.lower())[:50].strip("-")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    return name


@pytest.fixture
def upload(s3: Any, bucket: str) -> Callable[[str, str | bytes], str]:
    """Put an object into the test's bucket; gives its address."""

    def put(key: str, body: str | bytes) -> str:
        s3.put_object(Bucket=bucket, Key=key, Body=body.encode() if isinstance(body, str) else body)
        return f"s3://{bucket}/{key}"

    return put


@pytest.fixture
def download(s3: Any) -> Callable[[str], str]:
    """The text of an object by its address."""

    def get(uri: str) -> str:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        return str(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())

    return get


def wait(read: Callable[[], Any], done: Callable[[Any], bool]) -> Any:
    """Read until done; fails after 20 seconds."""
    deadline = time.monotonic() + 20
    while not done(value := read()):
        assert time.monotonic() < deadline, f"still {value}"
        time.sleep(0.02)
    return value


@pytest.fixture
def imported(translate: Any, upload: Callable[[str, str], str]) -> Callable[..., Any]:
    """Create parallel data from the text of a file, wait for the end of its import; gives the properties."""

    def create(name: str, text: str | bytes, file_format: str = "CSV") -> Any:
        uri = upload(f"{name}.{file_format.lower()}", text)  # type: ignore[arg-type]
        translate.create_parallel_data(Name=name, ParallelDataConfig={"S3Uri": uri, "Format": file_format})
        return wait(
            lambda: translate.get_parallel_data(Name=name)["ParallelDataProperties"],
            lambda properties: properties["Status"] != "CREATING",
        )

    return create


@pytest.fixture
def job(translate: Any, bucket: str) -> Callable[..., str]:
    """Start a job on the test's folders `in/` and `out/`; gives its id."""

    def start(targets: list[str], content_type: str = "text/html", **more: Any) -> str:
        request = {
            "InputDataConfig": {"S3Uri": f"s3://{bucket}/in/", "ContentType": content_type},
            "OutputDataConfig": {"S3Uri": f"s3://{bucket}/out/"},
            "DataAccessRoleArn": ROLE_ARN,
            "SourceLanguageCode": "en",
            "TargetLanguageCodes": targets,
        }
        return str(translate.start_text_translation_job(**(request | more))["JobId"])

    return start


@pytest.fixture
def finished(translate: Any) -> Callable[[str], Any]:
    """Wait for the end of a job; gives its properties."""

    def describe(job_id: str) -> Any:
        return wait(
            lambda: translate.describe_text_translation_job(JobId=job_id)["TextTranslationJobProperties"],
            lambda found: found["JobStatus"] in ("COMPLETED", "COMPLETED_WITH_ERROR", "FAILED", "STOPPED"),
        )

    return describe
