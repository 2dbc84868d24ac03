"""Errors of AWS as one plain sentence with the remedy."""

import logging

import pytest
from boto3.exceptions import S3UploadFailedError
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    SSLError,
    SSOTokenLoadError,
    TokenRetrievalError,
)

from amts_tui.translation.troubles import NETWORK, ServiceError, explained


def service_error(code: str, message: str = "") -> ClientError:
    answer = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"RequestId": "r-1"}}
    return ClientError(answer, "Operation")


def told(error: Exception) -> ServiceError:
    with pytest.raises(ServiceError) as caught, explained("start", profile="books", region="ap-east-1"):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("code", "message", "said", "remedy"),
    [
        ("NotAuthorizedException", "Your account", "not offered in ap-east-1", "us-west-2"),
        (
            "AccessDeniedException",
            "not allowed: translate:X",
            "no permission: not allowed: translate:X",
            "books",
        ),
        ("AccessDeniedException", "may not iam:PassRole on r", "may not pass the job's role", "iam:PassRole"),
        ("AccessDeniedException", "comprehend:DetectDominantLanguage", "detect languages", "source language"),
        ("ExpiredTokenException", "", "credentials have expired", "aws sso login --profile books"),
        ("ExpiredToken", "", "credentials have expired", "aws sso login --profile books"),
        ("UnrecognizedClientException", "", "does not know these credentials", "profile books"),
        ("ThrottlingException", "Rate exceeded", "fewer requests", "wait a little"),
        ("InternalServerException", "", "a fault of its own", "in a few minutes"),
        ("LimitExceededException", "Only one.", "quota of the account is used up: Only one", "delete"),
        ("InvalidRequestException", "A { brace }", "refuses the request: A { brace }", "try again"),
        ("UnsupportedLanguagePairException", "en to ef", "en to ef", "zh or pt"),
        ("PermanentRedirect", "", "the bucket is in another region", "set region"),
        ("RequestTimeTooSkewed", "", "the clock of this machine", "set it right"),
        ("Unheard", "of {this}", "Unheard: of {this}", ""),
    ],
)
def test_service_errors(code: str, message: str, said: str, remedy: str) -> None:
    error = told(service_error(code, message))
    assert said in error.message
    assert remedy in (error.remedy or "")
    assert str(error).startswith("cannot start: ")
    assert error.code == code


@pytest.mark.parametrize(
    ("error", "said", "network"),
    [
        (EndpointConnectionError(endpoint_url="http://host:1"), "http://host:1 cannot be reached", True),
        (ConnectTimeoutError(endpoint_url="http://host:1"), "http://host:1 does not answer", True),
        (SSLError(endpoint_url="https://host", error="bad"), "no safe connection to https://host", False),
        (SSOTokenLoadError(error_msg="x", profile_name="books"), "not logged in with profile books", False),
        (TokenRetrievalError(provider="sso", error_msg="x"), "the login has expired", False),
    ],
)
def test_errors_on_the_way(error: Exception, said: str, network: bool) -> None:
    found = told(error)
    assert said in str(found)
    assert (found.code == NETWORK) is network


def test_an_upload_error_is_told_by_its_cause() -> None:
    def failing() -> None:
        try:
            raise service_error("AccessDenied", "s3:PutObject")
        except ClientError as error:
            raise S3UploadFailedError("Failed to upload") from error

    with pytest.raises(ServiceError, match="no permission: s3:PutObject"), explained("upload"):
        failing()


def test_other_errors_pass_and_refusals_are_known() -> None:
    with pytest.raises(ZeroDivisionError), explained("divide"):
        _ = 1 // 0
    assert told(service_error("InvalidRequestException")).refused
    assert not told(service_error("InternalServerException")).refused


def test_the_request_id_is_in_the_log_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        told(service_error("InvalidRequestException", "Text 'a secret sentence' is bad"))
    assert "r-1" in caplog.text
    assert "secret" not in caplog.text
