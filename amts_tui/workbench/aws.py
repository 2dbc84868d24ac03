"""The project's connection to AWS, or to whatever endpoint it names."""

from __future__ import annotations

import os
from functools import lru_cache

from amts_tui.translation.session import AwsSettings, Session, Where
from amts_tui.workbench.session import Workbench

__all__ = ["Session", "Where", "connect", "where"]


def connect(workbench: Workbench) -> Session:
    """The session of the project, the same one as long as the AWS variables of the process do not change.
    Raises AmtsError.
    """
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
    variables = tuple(sorted((name, value) for name, value in os.environ.items() if name.startswith("AWS_")))
    return _session(settings, variables)


@lru_cache(maxsize=4)
def _session(settings: AwsSettings, variables: tuple[tuple[str, str], ...]) -> Session:  # noqa: ARG001
    """Clients are slow to make and safe to share between threads; the variables are part of the key only."""
    return Session(settings)


def where(workbench: Workbench) -> Where:
    """Region, profile, account and endpoint, asked of the service. Raises AmtsError."""
    return connect(workbench).where()
