"""The HTTP side: Amazon Translate's JSON 1.1 protocol as a WSGI application before moto's S3, STS and IAM."""

import base64
import binascii
import json
import logging
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, cast

from amts_tui.amazon import model
from amts_tui.local_aws import locations
from amts_tui.local_aws.clock import Clock
from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.locations import Locations
from amts_tui.local_aws.operations import invoke
from amts_tui.local_aws.operations.context import Context
from amts_tui.local_aws.state import State
from amts_tui.local_aws.storage import Storage
from amts_tui.local_aws.translator import TRANSLATOR_LABEL
from amts_tui.local_aws.translator.choice import Translators

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from botocore.model import ListShape, Shape, StructureShape

_LOG = logging.getLogger(__name__)
_SCOPE: Final = re.compile(r"Credential=([^/,\s]+)/\d{8}/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request")
_OTHER_SERVICES: Final = frozenset({"s3", "sts", "iam"})
_DEFAULT_REGION: Final = "us-east-1"
_STATUS_TEXTS: Final = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found"}


class Wire:
    """Answers Amazon Translate's requests itself and hands those for S3, STS and IAM to `aws`."""

    def __init__(
        self,
        aws: "WSGIApplication",
        account_of: Callable[[str], str],
        tick: Callable[[], None],
        state: State,
        clock: Clock,
        storage: Storage,
        signed: Locations,
        translators: Translators,
    ) -> None:
        self._aws = aws
        self._account_of = account_of
        self._tick = tick
        self._state = state
        self._clock = clock
        self._storage = storage
        self._locations = signed
        self._translators = translators

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The WSGI entry point."""
        scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        key, region, service = scope.groups() if scope else ("", _DEFAULT_REGION, "")
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        if service == "translate" or target.startswith(f"{model.TARGET_PREFIX}."):
            return self._translate(environ, start_response, key, region, target)
        path = environ.get("PATH_INFO", "/")
        if path.startswith(locations.PREFIX):
            status, body = self._locations.serve(path, environ.get("QUERY_STRING", ""))
            return _respond(start_response, status, body, {"Content-Type": "application/octet-stream"})
        if (service and service not in _OTHER_SERVICES) or path.startswith("/moto-api"):
            error = ServiceError(
                "UnknownOperationException",
                "The local endpoint offers S3, STS, IAM and Amazon Translate only.",
            )
            return _respond_json(start_response, error.status, error.body())
        return self._aws(environ, start_response)

    def _translate(
        self,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        access_key: str,
        region: str,
        target: str,
    ) -> Iterable[bytes]:
        name = target.removeprefix(f"{model.TARGET_PREFIX}.")
        try:
            params = decode_request(name, _body(environ))
            context = self._context(environ, access_key, region)
            self._tick()
            answer = encode_response(name, invoke(name, context, params))
        except ServiceError as error:
            _LOG.info("%s: %s", name, error)
            return _respond_json(start_response, error.status, error.body())
        return _respond_json(start_response, 200, answer)

    def _context(self, environ: "WSGIEnvironment", access_key: str, region: str) -> Context:
        with self._state.lock:
            holdings = self._state.of(self._account_of(access_key), region)
        return Context(
            state=self._state,
            holdings=holdings,
            clock=self._clock,
            storage=self._storage,
            locations=self._locations,
            translators=self._translators,
            base_url=f"http://{environ['HTTP_HOST']}",
        )


def decode_request(name: str, body: bytes) -> dict[str, Any]:
    """The members of a JSON request, blobs as bytes; raises SerializationException for any other body."""
    try:
        params = json.loads(body or b"{}")
    except (ValueError, UnicodeDecodeError) as error:
        raise ServiceError("SerializationException", "The request is not valid JSON.") from error
    if not isinstance(params, dict):
        raise ServiceError("SerializationException", "The request is not a JSON object.")
    if name not in model.operation_names():
        return params
    decoded = _blobs(model.operation(name).input_shape, params, _from_base64)
    return {key: value for key, value in decoded.items() if value is not None}


def encode_response(name: str, answer: Mapping[str, object]) -> Any:
    """The answer as JSON values, bytes as base64."""
    shape = model.operation(name).output_shape
    return _blobs(shape, answer, lambda value: base64.b64encode(value).decode()) if shape else {}


def _blobs(shape: "Shape | None", value: Any, convert: Callable[[Any], Any]) -> Any:
    """A value with its blobs converted; what does not fit the shape is left for the walker to name."""
    if shape is None:
        return value
    if shape.type_name == "blob":
        return convert(value)
    if shape.type_name == "structure" and isinstance(value, Mapping):
        members = cast("StructureShape", shape).members
        return {key: _blobs(members.get(key), member, convert) for key, member in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [_blobs(cast("ListShape", shape).member, item, convert) for item in value]
    return value


def _from_base64(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ServiceError("SerializationException", "A blob is not valid base64.") from error


def _body(environ: "WSGIEnvironment") -> bytes:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(length)
    return body


def _respond_json(start_response: "StartResponse", status: int, answer: Any) -> Iterable[bytes]:
    headers = {"Content-Type": "application/x-amz-json-1.1", "x-amts-translator": TRANSLATOR_LABEL}
    return _respond(start_response, status, json.dumps(answer).encode(), headers)


def _respond(
    start_response: "StartResponse", status: int, body: bytes, headers: Mapping[str, str]
) -> Iterable[bytes]:
    every = {**headers, "Content-Length": str(len(body)), "x-amzn-RequestId": str(uuid.uuid4())}
    start_response(f"{status} {_STATUS_TEXTS.get(status, 'Error')}", list(every.items()))
    return [body]
