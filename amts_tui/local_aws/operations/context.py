"""What an operation works with: the caller's holdings and the parts of the endpoint."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from amts_tui.amazon.regions import partition
from amts_tui.local_aws.clock import Clock
from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.locations import Locations
from amts_tui.local_aws.records import Replay
from amts_tui.local_aws.state import Holdings, State
from amts_tui.local_aws.storage import Storage
from amts_tui.local_aws.translator.choice import Translators


@dataclass(frozen=True, slots=True)
class Context:
    """One request: who asks where, and what the endpoint has to answer it."""

    state: State
    holdings: Holdings
    clock: Clock
    storage: Storage
    locations: Locations
    translators: Translators
    base_url: str

    def arn(self, resource: str) -> str:
        """The ARN of a resource such as `parallel-data/name` of the caller."""
        region = self.holdings.region
        return f"arn:{partition(region)}:translate:{region}:{self.holdings.account}:{resource}"

    def location(self, key: str | None) -> dict[str, str] | None:
        """The presigned location of a stored file, if there is one."""
        return None if key is None else self.locations.sign(self.base_url, key)


def once(
    context: Context,
    operation: str,
    params: Mapping[str, Any],
    conflict: str,
    answer: Callable[[], tuple[str, dict[str, object]]],
) -> dict[str, object]:
    """The answer for a request with a client token: made once, then repeated for the same token and request.

    `answer` returns the name of the resource that the token belongs to, and the answer. The same token with
    another request raises the service's error `conflict`.
    """
    key = (operation, params["ClientToken"])
    request = json.dumps(params, sort_keys=True, default=str)
    replay = context.holdings.replays.get(key)
    if replay is None:
        resource, given = answer()
        context.holdings.replays[key] = Replay(request, given, resource)
        return given
    if replay.request != request:
        raise ServiceError(conflict, "The client token was already used for another request.")
    return dict(replay.answer)


def new_job_id() -> str:
    """A job id as the service makes them: 32 hexadecimal digits."""
    return secrets.token_hex(16)
