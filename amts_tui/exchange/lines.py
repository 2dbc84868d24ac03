"""Formats with one pair a line: JSON Lines, and the two parallel files of Moses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from amts_tui.errors import AmtsError
from amts_tui.exchange.codes import find_lang
from amts_tui.exchange.model import PlainPair


def parse_jsonl(text: str, where: str, source_lang: str, target_lang: str) -> Iterator[PlainPair]:
    """The pairs of a JSONL file: an object a line with `source` and `target`, or with the texts under their
    language codes, at the top or under `translation`; `id` and `document` if they are there.

    Raises AmtsError with `where` and the line for anything else; empty lines are passed over.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = f"{where}:{number}"
            value = _object(line, place)
            texts = value.get("translation", value)
            if not isinstance(texts, dict):
                raise AmtsError("`translation` is no object", where=place, remedy="check the line")
            source, target = _text(texts, "source", source_lang), _text(texts, "target", target_lang)
            if source is None or target is None:
                raise AmtsError(
                    "no text of both languages",
                    where=place,
                    remedy=f"name the fields source and target, or {source_lang} and {target_lang}",
                )
            yield PlainPair(source, target, _optional(value, "id"), _optional(value, "document"))


def _object(line: str, place: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = "too deep" if isinstance(error, RecursionError) else str(error)
        raise AmtsError(f"not JSON: {reason}", where=place, remedy="one object a line") from error
    if not isinstance(value, dict):
        raise AmtsError("not a JSON object", where=place, remedy="one object a line")
    return value


def _text(value: Mapping[str, Any], field: str, lang: str) -> str | None:
    keys = list(value)
    place = find_lang(keys, lang)
    found = value.get(field, None if place is None else value[keys[place]])
    return found if isinstance(found, str) else None


def _optional(value: Mapping[str, Any], field: str) -> str:
    found = value.get(field, "")
    return found if isinstance(found, str) else str(found)


def parse_moses(texts: tuple[str, str], where: tuple[str, str]) -> Iterator[PlainPair]:
    """The pairs of two texts, line by line; lines end at LF. Raises AmtsError if the numbers of lines differ;
    `where` names both files.
    """
    source, target = (_lines(text) for text in texts)
    if len(source) != len(target):
        raise AmtsError(
            f"{len(source)} lines, {where[1]} has {len(target)}",
            where=where[0],
            remedy="line n of one file must translate line n of the other",
        )
    for left, right in zip(source, target, strict=True):
        yield PlainPair(left, right)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]
