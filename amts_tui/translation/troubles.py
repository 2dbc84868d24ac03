"""What can go wrong with the service, each as one plain sentence with its remedy."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from amts_tui.errors import AmtsError

_LOG = logging.getLogger(__name__)

NETWORK: Final = "network"
"""The `code` of a trouble on the way to the service: worth another try later."""


class ServiceError(AmtsError):
    """An error of AWS or of the way there; `code` is the service's error code, or `NETWORK`, or botocore's
    class.
    """

    def __init__(self, message: str, *, code: str, remedy: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.code = code

    @property
    def refused(self) -> bool:
        """Whether the service has answered that it will not do this, so that nothing of it has begun."""
        return self.code in _REFUSALS


_REFUSALS: Final = frozenset(
    {
        "AccessDeniedException",
        "InvalidParameterValueException",
        "InvalidRequestException",
        "NotAuthorizedException",
        "ResourceNotFoundException",
        "UnsupportedLanguagePairException",
        "ValidationException",
    }
)


@contextmanager
def explained(
    action: str, *, profile: str | None = None, region: str | None = None, endpoint: str | None = None
) -> Iterator[None]:
    """botocore's errors inside become ServiceError, saying that `action` could not be done, why, and the
    remedy.
    """
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    names = {
        "profile": profile or "default",
        "region": region or "this region",
        "endpoint": endpoint or "the endpoint",
    }
    try:
        yield
    except ClientError as error:
        raise _of_service(action, error.response, names) from error
    except (BotoCoreError, Boto3Error) as error:
        if isinstance(error.__context__, ClientError):
            raise _of_service(action, error.__context__.response, names) from error
        raise _of_client(action, error, names) from error


_CLIENT: Final[dict[str, tuple[str, str]]] = {
    "ProfileNotFound": (
        "the AWS profile {profile} does not exist",
        "correct profile under [aws] in amts.toml; `aws configure list-profiles` shows yours",
    ),
    "NoRegionError": ("no AWS region is set", "set region under [aws] in amts.toml"),
    "NoCredentialsError": (
        "no AWS credentials were found",
        "log in with `aws configure` or `aws sso login --profile {profile}`",
    ),
    "PartialCredentialsError": (
        "the AWS credentials of profile {profile} are incomplete",
        "set both aws_access_key_id and aws_secret_access_key",
    ),
    "SSOTokenLoadError": (
        "you have not logged in with profile {profile}",
        "run `aws sso login --profile {profile}`",
    ),
    "TokenRetrievalError": ("the login has expired", "run `aws sso login --profile {profile}`"),
    "UnauthorizedSSOTokenError": ("the login has expired", "run `aws sso login --profile {profile}`"),
    "InvalidConfigError": (
        "the chain of roles of profile {profile} is broken",
        "check source_profile and role_arn in ~/.aws/config",
    ),
    "CredentialRetrievalError": (
        "the credential_process of profile {profile} failed",
        "run that command by hand and mend it",
    ),
    "MissingDependencyException": (
        "profile {profile} needs the AWS common runtime",
        "install `botocore[crt]`",
    ),
    "EndpointConnectionError": (
        "{endpoint} cannot be reached",
        "check the network, the region and endpoint_url; a local endpoint is started with `amts local`",
    ),
    "ConnectTimeoutError": ("{endpoint} does not answer", "check the network and try again"),
    "ReadTimeoutError": ("{endpoint} took too long to answer", "try again"),
    "ConnectionClosedError": ("{endpoint} cut the connection", "try again"),
    "ConnectionError": ("the connection to {endpoint} failed", "check the network and try again"),
    "HTTPClientError": ("the connection to {endpoint} failed", "check the network and try again"),
    "IncompleteReadError": ("the answer of {endpoint} broke off", "try again"),
    "ResponseStreamingError": ("the answer of {endpoint} broke off", "try again"),
    "SSLError": ("no safe connection to {endpoint}", "check the certificate and AWS_CA_BUNDLE"),
    "ProxyConnectionError": ("the proxy refuses the connection", "check HTTPS_PROXY and NO_PROXY"),
}
_NETWORK: Final = frozenset(
    {
        "EndpointConnectionError",
        "ConnectTimeoutError",
        "ReadTimeoutError",
        "ConnectionClosedError",
        "ConnectionError",
        "HTTPClientError",
        "IncompleteReadError",
        "ResponseStreamingError",
        "ProxyConnectionError",
    }
)

_EXPIRED: Final = (
    "the temporary credentials have expired",
    "log in again, for example `aws sso login --profile {profile}`; what was started goes on",
)
_KEYS: Final = ("AWS does not know these credentials", "check the keys of profile {profile}")
_BUSY: Final = ("the service asks for fewer requests", "wait a little and try again")
_DOWN: Final = ("the service has a fault of its own", "try again in a few minutes")
_DENIED: Final = ("no permission: {message}", "have the named action allowed for profile {profile}")
_ARGUMENT: Final = ("the service refuses the request: {message}", "correct that and try again")
_SERVICE: Final[dict[str, tuple[str, str]]] = {
    "AccessDeniedException": _DENIED,
    "AccessDenied": _DENIED,
    "403": ("no permission", "have the bucket's actions allowed for profile {profile}"),
    "NotAuthorizedException": (
        "batch jobs or parallel data are not offered in {region}",
        "use another region, for example us-west-2",
    ),
    "ExpiredTokenException": _EXPIRED,
    "ExpiredToken": _EXPIRED,
    "RequestExpired": ("the clock of this machine is wrong", "set it right"),
    "RequestTimeTooSkewed": ("the clock of this machine is wrong", "set it right"),
    "UnrecognizedClientException": _KEYS,
    "InvalidClientTokenId": _KEYS,
    "InvalidAccessKeyId": _KEYS,
    "InvalidSignatureException": _KEYS,
    "SignatureDoesNotMatch": _KEYS,
    "MissingAuthenticationTokenException": _KEYS,
    "IncompleteSignatureException": _KEYS,
    "ThrottlingException": _BUSY,
    "TooManyRequestsException": _BUSY,
    "SlowDown": _BUSY,
    "InternalServerException": _DOWN,
    "ServiceUnavailableException": _DOWN,
    "InternalError": _DOWN,
    "500": _DOWN,
    "502": _DOWN,
    "503": _DOWN,
    "504": _DOWN,
    "LimitExceededException": (
        "a quota of the account is used up: {message}",
        "wait for the running import or delete what is not needed",
    ),
    "ConcurrentModificationException": (
        "another change is being made: {message}",
        "wait until it has ended and try again",
    ),
    "ConflictException": ("it conflicts with what is there: {message}", "use another name, or update it"),
    "ResourceNotFoundException": ("it does not exist: {message}", "check the name and the region {region}"),
    "TextSizeLimitExceededException": ("the text is too long: {message}", "send a shorter one"),
    "UnsupportedLanguagePairException": ("{message}", "use the codes of Amazon Translate, such as zh or pt"),
    "DetectedLanguageLowConfidenceException": (
        "the source language could not be told",
        "name it with lang under [source]",
    ),
    "InvalidFilterException": _ARGUMENT,
    "InvalidParameterValueException": _ARGUMENT,
    "InvalidRequestException": _ARGUMENT,
    "ValidationException": _ARGUMENT,
    "TooManyTagsException": _ARGUMENT,
    "NoSuchBucket": ("the bucket does not exist", "correct bucket under [aws] in amts.toml"),
    "NoSuchKey": ("the object is not in the bucket", "it may have been deleted; start the job again"),
    "404": ("it does not exist", "check bucket under [aws] in amts.toml"),
    "PermanentRedirect": (
        "the bucket is in another region",
        "set region to the bucket's, or use another bucket",
    ),
    "IllegalLocationConstraintException": (
        "the bucket is in another region",
        "set region to the bucket's, or use another bucket",
    ),
}
_SPECIAL: Final = (
    (
        "iam:PassRole",
        "you may not pass the job's role on",
        "allow iam:PassRole on that role for profile {profile}; TranslateFullAccess does not include it",
    ),
    (
        "comprehend:DetectDominantLanguage",
        "the service may not detect languages for you",
        "name the source language instead of auto",
    ),
    ("autodetect is not supported", "languages cannot be detected in {region}", "name the source language"),
)


def _of_client(action: str, error: Exception, names: dict[str, str]) -> ServiceError:
    """By the nearest class of the error that the table knows."""
    kinds = [kind.__name__ for kind in type(error).__mro__]
    known = next((kind for kind in kinds if kind in _CLIENT), None)
    code = NETWORK if known in _NETWORK else kinds[0]
    if known is None:
        return ServiceError(f"cannot {action}: {error}", code=code)
    message, remedy = _CLIENT[known]
    endpoint = getattr(error, "kwargs", {}).get("endpoint_url") or names["endpoint"]
    names = names | {"endpoint": str(endpoint)}
    return ServiceError(
        f"cannot {action}: {message.format(**names)}", code=code, remedy=remedy.format(**names)
    )


def _of_service(action: str, response: Any, names: dict[str, str]) -> ServiceError:
    code, said = response["Error"].get("Code", ""), response["Error"].get("Message", "")
    request = response.get("ResponseMetadata", {}).get("RequestId", "none")
    _LOG.warning("%s: %s (request %s)", action, code, request)
    names = names | {"message": said.rstrip(".") or code}
    special = next((entry for mark, *entry in _SPECIAL if mark in said), None)
    message, remedy = special or _SERVICE.get(code, (f"{code}: {{message}}", ""))
    return ServiceError(
        f"cannot {action}: {message.format(**names)}", code=code, remedy=remedy.format(**names) or None
    )
