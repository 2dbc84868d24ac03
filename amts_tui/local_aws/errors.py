"""The errors that the local endpoint answers with, by the names of the service's model."""

from collections.abc import Iterable
from typing import Final

from amts_tui.amazon import model

_UNMODELED_STATUS: Final = {
    "AccessDeniedException": 400,
    "NotAuthorizedException": 400,
    "SerializationException": 400,
    "UnknownOperationException": 404,
}


class ServiceError(Exception):
    """An error answer: the code that becomes `__type`, the message, and further modeled members."""

    def __init__(self, code: str, message: str, **members: str) -> None:
        self.code = code
        self.message = message
        self.members = members
        super().__init__(f"{code}: {message}")

    @property
    def status(self) -> int:
        """The HTTP status that the model gives this code; 400 for codes outside the model."""
        return model.error_statuses().get(self.code) or _UNMODELED_STATUS.get(self.code, 400)

    def body(self) -> dict[str, str]:
        """The JSON object of the answer; only TooManyTagsException has its message key in lower case."""
        key = "message" if self.code == "TooManyTagsException" else "Message"
        return {"__type": self.code, key: self.message, **self.members}


def invalid(operation: str, problems: Iterable[object]) -> ServiceError:
    """The error for a request that breaks the model, by the name that the operation declares for it."""
    found = [str(problem) for problem in problems]
    plural = "error" if len(found) == 1 else "errors"
    message = f"{len(found)} validation {plural} detected: {'; '.join(found)}"
    modeled = model.modeled_errors(operation)
    names = ("InvalidParameterValueException", "InvalidRequestException", "ResourceNotFoundException")
    return ServiceError(next(name for name in names if name in modeled), message)


def unsupported_pair(source: str, target: str) -> ServiceError:
    """The error for two languages of which one is not offered, worded as the service words it."""
    from amts_tui.amazon.languages import AUTO, is_supported

    side, code = ("Target", target) if source == AUTO or is_supported(source) else ("Source", source)
    return ServiceError(
        "UnsupportedLanguagePairException",
        f"Unsupported language pair: {source} to {target}. {side} language '{code}' is not supported",
        SourceLanguageCode=source,
        TargetLanguageCode=target,
    )
