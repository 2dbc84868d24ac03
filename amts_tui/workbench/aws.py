"""The project's connection to AWS, or to whatever endpoint it names."""

from __future__ import annotations

from amts_tui.translation.session import AwsSettings, Session, Where
from amts_tui.workbench.session import Workbench

__all__ = ["Session", "Where", "connect", "where"]


def connect(workbench: Workbench) -> Session:
    """The session of the project; made anew, as the user's configuration may have changed. Raises
    AmtsError.
    """
    aws = workbench.project.settings.aws
    return Session(
        AwsSettings(
            profile=aws.profile,
            region=aws.region,
            bucket=aws.bucket,
            prefix=aws.prefix,
            role_arn=aws.role_arn,
            endpoint_url=aws.endpoint_url,
            max_job_cost_usd=aws.max_job_cost_usd,
        )
    )


def where(workbench: Workbench) -> Where:
    """Region, profile, account and endpoint, asked of the service. Raises AmtsError."""
    return connect(workbench).where()
