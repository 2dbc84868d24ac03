"""A local endpoint for the tests of this room, and a session on it through real boto3."""

from collections.abc import Iterator

import pytest

from amts_tui.local_aws.server import ROLE_ARN, LocalEndpoint
from amts_tui.translation.session import AwsSettings, Session

BUCKET = "amts-tests"


@pytest.fixture(scope="session")
def endpoint() -> Iterator[LocalEndpoint]:
    with LocalEndpoint(speed=200) as running:
        yield running


@pytest.fixture
def environment(endpoint: LocalEndpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variables that point boto3 at the local endpoint, for tests that make sessions of their own."""
    for name, value in endpoint.environment().items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def _session(endpoint: LocalEndpoint) -> Session:
    with pytest.MonkeyPatch.context() as variables:
        for name, value in endpoint.environment().items():
            variables.setenv(name, value)
        made = Session(AwsSettings(bucket=BUCKET, prefix="books/amts", role_arn=ROLE_ARN))
        assert made.endpoint == endpoint.url
        made.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": made.region})
    return made


@pytest.fixture
def session(_session: Session, environment: None) -> Session:
    return _session
