"""Apertium, the rule-based translator, for English to Spanish where it is installed."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from typing import Final

from amts_tui.local_aws import markers
from amts_tui.local_aws.translator import Translator

_MODES: Final = ("eng-spa", "en-es")
_NAME: Final = "Xqz{}xq"
_NAMES: Final = re.compile(r"Xqz(\d+)xq", re.IGNORECASE)
_SECONDS: Final = 30


class Apertium:
    """Translates a sentence by running Apertium; what it cannot do is left to `other`."""

    def __init__(self, mode: str, other: Translator) -> None:
        self._mode = mode
        self._other = other

    def translate(self, sentence: str, texts: Mapping[str, str]) -> str:
        """See `Translator`."""
        found = markers.of(sentence)
        named = sentence
        for number, marker in enumerate(found):
            named = named.replace(marker, _NAME.format(number))
        answer = _run(["-u", self._mode], named)
        if answer is not None:
            answer = _NAMES.sub(lambda match: _marker(found, int(match[1])), answer.strip("\n"))
        if not answer or not markers.intact(sentence, answer, texts):
            return self._other.translate(sentence, texts)
        return answer


def _marker(found: list[str], number: int) -> str:
    return found[number] if number < len(found) else ""


@cache
def installed_mode() -> str | None:
    """The mode for English to Spanish of the installed Apertium; None without one."""
    listed = _run(["-l"], "")
    modes = {line.strip() for line in (listed or "").split("\n")}
    return next((mode for mode in _MODES if mode in modes), None)


def _run(arguments: list[str], text: str) -> str | None:
    """What Apertium answers; None if there is none or it fails."""
    program = shutil.which("apertium")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *arguments], input=text.encode(), capture_output=True, timeout=_SECONDS, check=True
        )
        return done.stdout.decode("utf-8")
    except (subprocess.SubprocessError, OSError, UnicodeDecodeError):
        return None
