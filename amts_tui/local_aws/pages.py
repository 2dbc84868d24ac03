"""Pages of long lists, with opaque tokens."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from amts_tui.local_aws.errors import ServiceError

DEFAULT_SIZE: Final = 100

T = TypeVar("T")


def page(
    items: Sequence[T], key: Callable[[T], str], token: str | None, size: int | None, error: str
) -> tuple[Sequence[T], str | None]:
    """The items after the one that `token` names, at most `size`, and the token of the next page.

    Raises the service's `error` for a token that no page gave or whose item is gone.
    """
    start = 0
    if token is not None:
        last = _decode(token)
        start = next((index for index, item in enumerate(items, 1) if key(item) == last), 0)
        if start == 0:
            raise ServiceError(error, "The NextToken is not valid.")
    end = start + (size or DEFAULT_SIZE)
    following = _encode(key(items[end - 1])) if end < len(items) else None
    return items[start:end], following


def _encode(key: str) -> str:
    return base64.urlsafe_b64encode(key.encode()).decode()


def _decode(token: str) -> str | None:
    try:
        return base64.urlsafe_b64decode(token.encode()).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
