"""Presigned locations: addresses of the endpoint's own files that are good for half an hour."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlencode

from amts_tui.amazon.limits import LOCATION_SECONDS
from amts_tui.local_aws.state import State

PREFIX: Final = "/aws-translate-local/"


class Locations:
    """Signs and serves addresses below `PREFIX`."""

    def __init__(self, state: State, secret: bytes, now: Callable[[], float]) -> None:
        self._state = state
        self._secret = secret
        self._now = now

    def sign(self, base_url: str, key: str) -> dict[str, str]:
        """The location of a stored file, as GetParallelData returns it."""
        expires = str(int(self._now()) + LOCATION_SECONDS)
        query = urlencode({"X-Amz-Expires": expires, "X-Amz-Signature": self._signature(key, expires)})
        return {"RepositoryType": "S3", "Location": f"{base_url}{PREFIX}{quote(key)}?{query}"}

    def serve(self, path: str, query: str) -> tuple[int, bytes]:
        """The HTTP status and body for a GET of a location; 403 if it is forged or too old."""
        key = unquote(path.removeprefix(PREFIX))
        values = {name: value[0] for name, value in parse_qs(query).items()}
        expires, signature = values.get("X-Amz-Expires", ""), values.get("X-Amz-Signature", "")
        if not hmac.compare_digest(signature.encode(), self._signature(key, expires).encode()):
            return 403, _error("SignatureDoesNotMatch", "The signature does not match.")
        if self._now() > int(expires):
            return 403, _error("AccessDenied", "Request has expired")
        with self._state.lock:
            data = self._state.files.get(key)
        return (404, _error("NoSuchKey", "The file is gone.")) if data is None else (200, data)

    def _signature(self, key: str, expires: str) -> str:
        return hmac.new(self._secret, f"{key}\n{expires}".encode(), hashlib.sha256).hexdigest()


def _error(code: str, message: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>{message}</Message></Error>".encode()
