"""The project's connection to AWS, or to whatever endpoint it names."""

from __future__ import annotations

import os
from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path

from amts_tui.translation.session import AwsSettings, Session, Where
from amts_tui.workbench.session import Workbench

__all__ = ["Session", "Where", "connect", "where"]


def connect(workbench: Workbench) -> Session:
    """The session of the project, the same one until its configuration changes. Raises AmtsError."""
    aws = workbench.project.settings.aws
    settings = AwsSettings(
        profile=aws.profile,
        region=aws.region,
        bucket=aws.bucket,
        prefix=aws.prefix,
        role_arn=aws.role_arn,
        endpoint_url=aws.endpoint_url,
        max_job_cost_usd=aws.max_job_cost_usd,
    )
    return _session(settings, _configuration())


@lru_cache(maxsize=4)
def _session(settings: AwsSettings, configuration: Hashable) -> Session:  # noqa: ARG001
    """Clients are slow to make and safe to share; the configuration is part of the key only."""
    return Session(settings)


def _configuration() -> Hashable:
    """What changes when the user sets a variable, edits a file of theirs, or logs in."""
    variables = sorted((name, value) for name, value in os.environ.items() if name.startswith("AWS_"))
    home = Path("~/.aws").expanduser()
    files = (
        Path(os.environ.get("AWS_CONFIG_FILE", home / "config")),
        Path(os.environ.get("AWS_SHARED_CREDENTIALS_FILE", home / "credentials")),
        home / "sso" / "cache",
    )
    return (*variables, *(file.stat().st_mtime_ns if file.exists() else 0 for file in files))


def where(workbench: Workbench) -> Where:
    """Region, profile, account and endpoint, asked of the service. Raises AmtsError."""
    return connect(workbench).where()
