"""Which settings apply to a pair of languages. They are checked and echoed; they change no text."""

from collections.abc import Mapping
from typing import Any

from amts_tui.amazon.languages import LANGUAGES, supports_brevity
from amts_tui.local_aws.errors import ServiceError


def applied(settings: Mapping[str, Any], source: str, target: str) -> dict[str, str] | None:
    """The settings that TranslateText echoes; unsupported ones are dropped silently, as the service does."""
    language = LANGUAGES[target]
    supported = {
        "Formality": language.formality,
        "Profanity": language.profanity,
        "Brevity": supports_brevity(source, target),
    }
    kept = {name: value for name, value in settings.items() if supported[name]}
    return kept or None


def check_batch(settings: Mapping[str, Any]) -> None:
    """Raise InvalidRequestException for a setting that batch jobs do not offer."""
    if "Brevity" in settings:
        raise ServiceError("InvalidRequestException", "Brevity is not supported in batch translation jobs.")
