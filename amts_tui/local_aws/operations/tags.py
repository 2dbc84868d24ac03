"""The tags of parallel data and terminologies."""

from collections.abc import Mapping, Sequence

from amts_tui.amazon.limits import TAGS_PER_RESOURCE
from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.state import Holdings


def add_tags(holdings: Holdings, arn: str, tags: Sequence[Mapping[str, str]]) -> None:
    """Set tags of a resource; raises TooManyTagsException, or InvalidParameterValueException (bad keys)."""
    keys = [tag["Key"] for tag in tags]
    if len(set(keys)) < len(keys):
        raise ServiceError("InvalidParameterValueException", "A tag key occurs twice.")
    if any(key.lower().startswith("aws:") for key in keys):
        raise ServiceError("InvalidParameterValueException", "Tag keys must not start with 'aws:'.")
    merged = holdings.tags.get(arn, {}) | {tag["Key"]: tag["Value"] for tag in tags}
    if len(merged) > TAGS_PER_RESOURCE:
        message = f"A resource takes at most {TAGS_PER_RESOURCE} tags."
        raise ServiceError("TooManyTagsException", message, ResourceArn=arn)
    if merged:
        holdings.tags[arn] = merged
