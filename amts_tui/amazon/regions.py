"""Where the service runs: regions for real-time calls, batch jobs and Active Custom Translation (ACT)."""

from typing import Final

REGIONS: Final = frozenset(
    {
        "ap-east-1",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ca-central-1",
        "eu-central-1",
        "eu-north-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
        "us-gov-west-1",
        "us-iso-east-1",
    }
)
"""Regions with an endpoint of Amazon Translate (botocore's endpoint data)."""

BATCH_REGIONS: Final = REGIONS - {"ap-east-1", "us-gov-west-1", "us-iso-east-1"}
"""Regions that offer batch jobs (developer guide, asynchronous batch processing)."""

ACT_REGIONS: Final = frozenset({"us-east-1", "us-west-2", "eu-west-1"})
"""Regions known to offer parallel data; the list may have grown, so a caller warns and does not refuse."""


def partition(region: str) -> str:
    """The partition in the ARNs of a region: `aws`, `aws-us-gov`, `aws-cn` or `aws-iso`."""
    prefixes = {"us-gov-": "aws-us-gov", "cn-": "aws-cn", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b"}
    return next((name for prefix, name in prefixes.items() if region.startswith(prefix)), "aws")
