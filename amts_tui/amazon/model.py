"""The walker over botocore's model of Amazon Translate: which members of a request or a response break it.

botocore itself checks required and unknown members, types and minima only; maxima, patterns and enumerations
come back as errors of the service unless they are checked here first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from botocore.model import ListShape, OperationModel, ServiceModel, Shape, StructureShape

TARGET_PREFIX: Final = "AWSShineFrontendService_20170701"
"""What stands before the operation's name in the `X-Amz-Target` header."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a value breaks the model; `path` reads like `Settings.Formality` or `Tags[2].Key`."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@cache
def service_model() -> "ServiceModel":
    """botocore's model of Amazon Translate."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    return ServiceModel(Loader().load_service_model("translate", "service-2"), "translate")


def operation_names() -> Sequence[str]:
    """The names of all operations, sorted."""
    return sorted(service_model().operation_names)


def operation(name: str) -> "OperationModel":
    """The model of one operation; raises `botocore.model.OperationNotFoundError` for an unknown name."""
    return service_model().operation_model(name)


@cache
def modeled_errors(name: str) -> Mapping[str, int]:
    """The errors that an operation declares, with their HTTP status."""
    return {shape.name: shape.metadata["error"]["httpStatusCode"] for shape in operation(name).error_shapes}


@cache
def error_statuses() -> Mapping[str, int]:
    """Every error that the service declares, with its HTTP status."""
    return {error: status for name in operation_names() for error, status in modeled_errors(name).items()}


def request_problems(name: str, params: Mapping[str, object]) -> Iterator[Problem]:
    """The problems of a request as a boto3 client takes it: blobs as bytes, times as numbers or datetimes."""
    shape = operation(name).input_shape
    if shape is not None:
        yield from _walk(shape, params, "")


def response_problems(name: str, response: Mapping[str, object]) -> Iterator[Problem]:
    """The problems of a response as a boto3 client returns it; `ResponseMetadata` is left aside."""
    shape = operation(name).output_shape
    body = {key: value for key, value in response.items() if key != "ResponseMetadata"}
    if shape is not None:
        yield from _walk(shape, body, "")
    elif body:
        yield Problem("", f"no members expected, got {', '.join(sorted(body))}")


def _walk(shape: "Shape", value: object, path: str) -> Iterator[Problem]:
    if not _has_type(shape.type_name, value):
        yield Problem(path, f"expected {shape.type_name}, got {type(value).__name__}")
        return
    yield from _bounds(shape, value, path)
    if isinstance(value, str):
        yield from _text(shape, value, path)
    elif isinstance(value, Mapping):
        yield from _members(cast("StructureShape", shape), value, path)
    elif isinstance(value, (list, tuple)):
        element = cast("ListShape", shape).member
        for index, item in enumerate(value):
            yield from _walk(element, item, f"{path}[{index}]")


_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "structure": (Mapping,),
    "list": (list, tuple),
    "string": (str,),
    "blob": (bytes, bytearray),
    "timestamp": (int, float, datetime),
    "integer": (int,),
    "long": (int,),
    "boolean": (bool,),
}


def _has_type(type_name: str, value: object) -> bool:
    if isinstance(value, bool):
        return type_name == "boolean"
    return isinstance(value, _TYPES[type_name])


def _bounds(shape: "Shape", value: object, path: str) -> Iterator[Problem]:
    sized = isinstance(value, (str, bytes, bytearray, list, tuple))
    number = len(value) if sized else value  # type: ignore[arg-type]
    if not isinstance(number, int):
        return
    what = "length" if sized else "value"
    minimum, maximum = shape.metadata.get("min"), shape.metadata.get("max")
    if minimum is not None and number < minimum:
        yield Problem(path, f"{what} {number} is below the minimum of {minimum}")
    if maximum is not None and number > maximum:
        yield Problem(path, f"{what} {number} is above the maximum of {maximum}")


def _text(shape: "Shape", value: str, path: str) -> Iterator[Problem]:
    import regex

    pattern = shape.metadata.get("pattern")
    if pattern is not None and regex.fullmatch(pattern, value) is None:
        yield Problem(path, f"value does not match the pattern {pattern}")
    choices: Sequence[str] | None = shape.metadata.get("enum")
    if choices and value not in choices:
        yield Problem(path, f"'{value}' is not one of {', '.join(choices)}")


def _members(shape: "StructureShape", value: Mapping[str, object], path: str) -> Iterator[Problem]:
    dot = f"{path}." if path else ""
    for name in shape.required_members:
        if value.get(name) is None:
            yield Problem(f"{dot}{name}", "required, but missing")
    for name, member in value.items():
        known = shape.members.get(name)
        if known is None:
            yield Problem(f"{dot}{name}", "unknown member")
        elif member is not None:
            yield from _walk(known, member, f"{dot}{name}")
