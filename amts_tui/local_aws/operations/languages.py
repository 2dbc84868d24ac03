"""ListLanguages."""

from collections.abc import Mapping
from typing import Any

from amts_tui.amazon.languages import AUTO, DISPLAY_CODES, LANGUAGES
from amts_tui.local_aws.errors import ServiceError
from amts_tui.local_aws.operations.context import Context
from amts_tui.local_aws.pages import page


def check_display_language(params: Mapping[str, Any]) -> None:
    """Raise the operation's own error for a display language that is not offered."""
    code = params.get("DisplayLanguageCode")
    if isinstance(code, str) and code not in DISPLAY_CODES:
        raise ServiceError(
            "UnsupportedDisplayLanguageCodeException",
            f"The display language '{code}' is not supported.",
            DisplayLanguageCode=code,
        )


def list_all(_context: Context, params: Mapping[str, Any]) -> dict[str, object]:
    """One page of the languages, `auto` included, by name; names are English for every display language."""
    named = [(AUTO, "Auto"), *((language.code, language.name) for language in LANGUAGES.values())]
    items, token = page(
        sorted(named, key=lambda entry: entry[1]),
        lambda entry: entry[0],
        params.get("NextToken"),
        params.get("MaxResults"),
        "InvalidParameterValueException",
    )
    return {
        "Languages": [{"LanguageName": name, "LanguageCode": code} for code, name in items],
        "DisplayLanguageCode": params.get("DisplayLanguageCode", "en"),
        "NextToken": token,
    }
