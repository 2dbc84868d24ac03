"""Sessions: the user's own configuration, and whom the calls reach."""

from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.local_aws.server import ACCOUNT, REGION, LocalEndpoint
from amts_tui.translation.session import AwsSettings, Session


@pytest.fixture
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_ENDPOINT_URL", "AWS_RETRY_MODE"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "config"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    return file


def test_where_tells_a_local_endpoint_from_amazon(session: Session, endpoint: LocalEndpoint) -> None:
    where = session.where()
    assert (where.region, where.account, where.endpoint) == (REGION, ACCOUNT, endpoint.url)
    assert not where.is_aws
    assert where.translator not in ("", "Amazon Translate", "an unnamed translator")


def test_the_region_is_required(configuration: Path) -> None:
    with pytest.raises(AmtsError, match=r"no AWS region is set .*AWS_DEFAULT_REGION"):
        Session(AwsSettings())


def test_profile_region_and_endpoint_come_from_the_users_configuration(
    configuration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration.write_text("[profile books]\nregion = eu-west-1\n[default]\nregion = ap-east-1\n")
    session = Session(AwsSettings(profile="books"))
    assert (session.region, session.endpoint) == ("eu-west-1", "https://translate.eu-west-1.amazonaws.com")
    assert session.is_aws
    assert session.translator() == "Amazon Translate"
    monkeypatch.setenv("AWS_ENDPOINT_URL_TRANSLATE", "http://127.0.0.1:9")
    assert Session(AwsSettings(profile="books")).endpoint == "http://127.0.0.1:9"
    monkeypatch.delenv("AWS_ENDPOINT_URL_TRANSLATE")
    with pytest.raises(AmtsError, match=r"no batch jobs in ap-east-1 \(use one of .*us-west-2"):
        Session(AwsSettings()).check_region()


def test_the_endpoint_of_the_project_is_that_of_all_services(configuration: Path) -> None:
    session = Session(AwsSettings(region="us-west-2", endpoint_url="http://127.0.0.1:9"))
    assert session.s3.meta.endpoint_url == session.translate.meta.endpoint_url == "http://127.0.0.1:9"
    assert not session.is_aws


def test_the_users_own_retries_are_honoured(configuration: Path) -> None:
    configuration.write_text("[default]\nregion = us-west-2\nretry_mode = standard\nmax_attempts = 2\n")
    assert Session(AwsSettings()).translate.meta.config.retries["total_max_attempts"] == 2
    configuration.write_text("[default]\nregion = us-west-2\n")
    assert Session(AwsSettings()).translate.meta.config.retries["mode"] == "adaptive"


def test_an_unknown_profile_is_named(configuration: Path) -> None:
    with pytest.raises(AmtsError, match="the AWS profile nobody does not exist"):
        Session(AwsSettings(profile="nobody", region="us-west-2"))


def test_missing_credentials_and_endpoints_are_told(
    configuration: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    settings = AwsSettings(region="us-west-2", endpoint_url="http://127.0.0.1:9")
    with pytest.raises(AmtsError, match="no AWS credentials were found"):
        Session(settings).account()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "some")
    with pytest.raises(AmtsError, match="credentials of profile default are incomplete"):
        Session(settings).account()
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "thing")
    with pytest.raises(AmtsError, match=r"http://127\.0\.0\.1:9/? cannot be reached"):
        Session(settings).account()


def test_bucket_and_role_must_be_set(configuration: Path) -> None:
    session = Session(AwsSettings(region="us-west-2"))
    with pytest.raises(AmtsError, match="no bucket is set"):
        session.bucket()
    with pytest.raises(AmtsError, match="no role for batch jobs is set"):
        session.role_arn()


def test_a_region_without_known_parallel_data_is_a_warning_only(configuration: Path) -> None:
    assert Session(AwsSettings(region="us-west-2")).act_warning() is None
    assert "eu-north-1 is not among" in (Session(AwsSettings(region="eu-north-1")).act_warning() or "")
