"""One boto3 session for the project: the user's own profile, region, endpoints and retries; clients made
once.
"""

from __future__ import annotations

import os
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from amts_tui.amazon.regions import ACT_REGIONS, BATCH_REGIONS
from amts_tui.errors import AmtsError
from amts_tui.translation.troubles import explained

if TYPE_CHECKING:
    from boto3.session import Session as Boto3Session
    from botocore.config import Config

TRANSLATOR_HEADER: Final = "x-amts-translator"
"""The answer header in which a local endpoint names what translates there."""
AMAZON_LABEL: Final = "Amazon Translate"
UNNAMED_LABEL: Final = "an unnamed translator"

_CONNECT_SECONDS: Final = 5
_READ_SECONDS: Final = 60
_TRANSLATE_ATTEMPTS: Final = 8


@dataclass(frozen=True, slots=True)
class AwsSettings:
    """What the project says about AWS; whatever is None is left to boto3's own configuration."""

    profile: str | None = None
    region: str | None = None
    bucket: str | None = None
    prefix: str = "amts"
    role_arn: str | None = None
    endpoint_url: str | None = None
    max_job_cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Whom the calls reach, for the line that is always in sight; `is_aws` False asks for a loud badge."""

    region: str
    profile: str | None
    account: str
    endpoint: str
    is_aws: bool
    translator: str


class Session:
    """The clients of one project. Make it in one thread; its clients may be used from any."""

    def __init__(self, settings: AwsSettings) -> None:
        """Raises AmtsError for an unknown profile and when no region is set."""
        from boto3.session import Session as Boto3Session

        self.settings = settings
        with explained("read the AWS configuration", profile=settings.profile):
            self._boto3: Boto3Session = Boto3Session(
                profile_name=settings.profile, region_name=settings.region
            )
            region = self._boto3.region_name
        if not region:
            raise AmtsError(
                "no AWS region is set",
                remedy="set region under [aws] in amts.toml, in your AWS profile, or AWS_DEFAULT_REGION "
                "(AWS_REGION does not count for boto3)",
            )
        self.region: str = region
        self._clients: dict[str, Any] = {}
        self._lock = threading.Lock()

    @property
    def translate(self) -> Any:
        """The Amazon Translate client."""
        return self._client("translate")

    @property
    def s3(self) -> Any:
        """The S3 client."""
        return self._client("s3")

    @property
    def profile(self) -> str | None:
        """The profile in use: the project's, else the environment's; None for boto3's default."""
        return self.settings.profile or os.environ.get("AWS_PROFILE") or None

    @property
    def endpoint(self) -> str:
        """The address that Amazon Translate's calls go to."""
        return str(self.translate.meta.endpoint_url)

    @property
    def is_aws(self) -> bool:
        """Whether that address is Amazon's own."""
        host = urlsplit(self.endpoint).hostname or ""
        return host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws"))

    def account(self) -> str:
        """The number of the account that the credentials belong to."""
        with explained("ask who is calling", profile=self.profile, endpoint=self.settings.endpoint_url):
            return str(self._client("sts").get_caller_identity()["Account"])

    def translator(self) -> str:
        """What translates at the endpoint: Amazon Translate, or what a local endpoint calls itself."""
        if self.is_aws:
            return AMAZON_LABEL
        with self.explained("reach the endpoint"):
            answer = self.translate.list_languages(MaxResults=1)
        headers = answer["ResponseMetadata"]["HTTPHeaders"]
        return str(headers.get(TRANSLATOR_HEADER, UNNAMED_LABEL))

    def where(self) -> Where:
        """Region, profile, account, endpoint and translator; asks the services. Raises AmtsError."""
        return Where(self.region, self.profile, self.account(), self.endpoint, self.is_aws, self.translator())

    def bucket(self) -> str:
        """The project's bucket. Raises AmtsError if none is set."""
        if not self.settings.bucket:
            raise AmtsError("no bucket is set", remedy="set bucket under [aws] in amts.toml")
        return self.settings.bucket

    def role_arn(self) -> str:
        """The role under which a job reads and writes the bucket. Raises AmtsError if none is set."""
        if not self.settings.role_arn:
            raise AmtsError(
                "no role for batch jobs is set",
                remedy="set role_arn under [aws] in amts.toml",
            )
        return self.settings.role_arn

    def check_region(self) -> None:
        """Raises AmtsError if the region is known not to offer batch jobs; other endpoints are not judged."""
        if self.is_aws and self.region not in BATCH_REGIONS:
            raise AmtsError(
                f"Amazon Translate offers no batch jobs in {self.region}",
                remedy=f"use one of {', '.join(sorted(BATCH_REGIONS))}",
            )

    def act_warning(self) -> str | None:
        """A warning if the region is not known to offer parallel data; the list may have grown."""
        if not self.is_aws or self.region in ACT_REGIONS:
            return None
        known = ", ".join(sorted(ACT_REGIONS))
        return f"{self.region} is not among the regions known to offer parallel data ({known})"

    def explained(self, action: str) -> AbstractContextManager[None]:
        """The context manager that turns botocore's errors into ours, with this session's names in the
        remedies.
        """
        return explained(
            action, profile=self.profile, region=self.region, endpoint=self.settings.endpoint_url
        )

    def _client(self, service: str) -> Any:
        with self._lock:
            if service not in self._clients:
                with explained(f"make a client for {service}", profile=self.profile):
                    self._clients[service] = self._boto3.client(
                        service,  # type: ignore[call-overload,unused-ignore]
                        endpoint_url=self.settings.endpoint_url,
                        config=self._config(service),
                    )
            return self._clients[service]

    def _config(self, service: str) -> Config:
        from botocore.config import Config

        timeouts = Config(connect_timeout=_CONNECT_SECONDS, read_timeout=_READ_SECONDS, tcp_keepalive=True)
        if service != "translate" or self._retries_configured():
            return timeouts
        return timeouts.merge(Config(retries={"mode": "adaptive", "total_max_attempts": _TRANSLATE_ATTEMPTS}))

    def _retries_configured(self) -> bool:
        scoped = self._boto3._session.get_scoped_config()
        in_environment = {"AWS_RETRY_MODE", "AWS_MAX_ATTEMPTS"} & os.environ.keys()
        return bool(in_environment or {"retry_mode", "max_attempts"} & scoped.keys())
