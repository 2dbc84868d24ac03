"""What the readers are fuzzed with: small books of our own, files of a folder, and changes of both."""

from __future__ import annotations

import io
import json
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.books import test_asciidoc, test_dialects, test_html, test_notebook, test_plain, test_writing
from tests.books.docx_files import BODY, docx
from tests.books.epubs import epub, epub_2
from tests.books.rest_texts import BOOK as REST

LONGEST = 20_000
"""Bytes of an input."""

_MARKS = (
    "# ;## A\n;- ;1. ;> ;```;```py\n;~~~;$;$$;`;*;**;_;|;| a | b |\n|---|---|\n| c | d |\n;[;](;);![;"
    "<;>;</p>;<p>;<b>;<!--;-->;<![CDATA[;]]>;&amp;&#x;{;};{1};{2>};{<2};\n;\n\n;\r\n;\r;\t;    ;\\;"
    ":label:`a`\n;:numref:`a`;:begin_tab:`x`\n;:end_tab:\n;:::note\n;---\n;---\ntitle: A\n---\n;"
    "===\n;+++\n;{{< a >}};{% raw %};import a from 'b'\n;.. note::\n\n   A\n;::\n\n;``;:ref:`a`;|a|;"
    "_a:;====\nA\n====\n;* * *\n;= A\n;----\n;|===\n;//\n;[source]\n;image::a[]\n;+\n;''';\";';"
    '""";文字。;“文。”;é;e\u0301;\u2028;\u0085;\x0b;\x0c;\u3000;\u00a0;\u200b;\ufeff;\ue000;\U000f0000;\ufffe;'
    "A sentence. Another one!;e.g. a;http://a.b/c;\x01;\x1b[31m;\x7f;<w:r>;</w:r>;<w:t>;</w:t>;<w:p>;</w:p>"
)
PIECES = [mark.encode() for mark in _MARKS.split(";") if mark]
"""Marks that mean something to a format, and characters that few programs expect."""

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    LookupError,
    ValueError,
    RuntimeError,
    OSError,
    EOFError,
)
_BAD = [b"\xff", b"\0", b"\xed\xa0\x80", b"\xe6\x96", b"\xc0\xaf"]
_NOTEBOOK = ("\n".join([test_writing.BOOK, "x <b>y</b>"]), ["# A\n", "b *c*. D"], "")


def seeds(suffix: str, folders: Sequence[Path]) -> list[bytes]:
    """Small files of a format, and those of the folders that are short enough."""
    found = [data[:LONGEST] if not _is_zip(data) else data for data in _own(suffix)]
    for folder in folders:
        files = [path for path in sorted(folder.rglob(f"*{suffix}")) if path.stat().st_size <= LONGEST]
        found += [path.read_bytes() for path in files[:: max(1, len(files) // 100)]]
    return found


def wrapped(text: str, suffix: str) -> bytes:
    """A file of a format that holds a text."""
    if suffix == ".ipynb":
        cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": text}
        return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    if suffix == ".epub":
        page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{text}</body></html>'
        return epub({"OEBPS/text/one.xhtml": page.encode()})
    return docx(text) if suffix == ".docx" else text.encode()


def _own(suffix: str) -> list[bytes]:
    if suffix == ".docx":
        return [docx(), *(docx(paragraph) for paragraph in BODY.split("\n"))]
    if suffix == ".epub":
        return [epub(), epub_2()]
    if suffix == ".ipynb":
        return [
            *test_notebook.FILES.values(),
            *(wrapped(text, suffix) for text in test_dialects.BOOKS.values()),
        ]
    books = {
        ".html": [test_html.PAGE], ".htm": [test_html.PAGE], ".xhtml": [test_html.XPAGE],
        ".rst": [REST], ".rest": [REST], ".txt": [test_plain.BOOK], ".text": [test_plain.BOOK],
        ".adoc": [test_asciidoc.BOOK], ".asciidoc": [test_asciidoc.BOOK], ".asc": [test_asciidoc.BOOK],
    }.get(suffix, [test_writing.BOOK, *test_dialects.BOOKS.values()])  # fmt: skip
    texts = [book.encode() for book in books]
    lines = [b"\xef\xbb\xbf" + texts[0], texts[0].replace(b"\n", b"\r\n"), texts[0].replace(b"\n", b"\r")]
    small = [b"", *(piece + b"A sentence. Another one!\n" for piece in PIECES)]
    return [*texts, *lines, *(part for text in texts for part in _parts(text)), *small]


def _parts(text: bytes) -> list[bytes]:
    """Stretches of a few paragraphs, which are read much faster than the whole."""
    paragraphs = text.split(b"\n\n")
    return [b"\n\n".join(paragraphs[start : start + 4]) for start in range(0, len(paragraphs), 3)]


def changed(data: bytes, random_: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """An input with `change` or a change of our own made to it; of an archive mostly to one of its files."""
    if not _is_zip(data) or random_.random() < 0.1:
        return _one(data, random_, change)
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
            texts = [name for name in old.namelist() if name.endswith((".xml", ".xhtml", ".opf", ".ncx"))]
            chosen = random_.choice(texts or old.namelist())
            for info in old.infolist():
                content = old.read(info)
                if info.filename == chosen:
                    content = _one(content, random_, change)
                new.writestr(info, content, random_.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    except _DAMAGED:
        return _one(data, random_, change)  # no archive any more
    return buffer.getvalue()


def _is_zip(data: bytes) -> bool:
    return data.startswith(b"PK")


def _one(data: bytes, random_: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    if data.startswith(b"{") and random_.random() < 0.8:
        return _json_changed(data, random_)
    if data.startswith(b"<") and random_.random() < 0.8:
        return _elements_changed(data, random_)
    return change(data) if random_.random() < 0.5 else mutated(data, random_)


def _json_changed(data: bytes, random_: random.Random) -> bytes:
    """A notebook whose strings are changed, so that it stays one."""
    try:
        root = json.loads(data)
        cell = random_.choice(root["cells"])
        text = mutated("".join(cell["source"]).encode(), random_).decode("utf-8", "replace")
        cell["source"] = text if random_.random() < 0.3 else text.splitlines(keepends=True)
        written = json.dumps(root, ensure_ascii=random_.random() < 0.5, indent=random_.choice((None, 1)))
        return written.encode("utf-8", "replace")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return mutated(data, random_)


def _elements_changed(data: bytes, random_: random.Random) -> bytes:
    """XML whose elements are doubled, moved and taken out whole, and whose texts are changed."""
    parts = re.split(rb"(<[^<>]*>)", data)
    for _ in range(random_.choice((1, 2, 5))):
        places = [index for index, part in enumerate(parts) if re.match(rb"<\w", part)]
        texts = [index for index, part in enumerate(parts) if part.strip() and part[:1] != b"<"]
        kind = random_.random()
        if kind < 0.4 and texts:
            text = random_.choice(texts)
            parts[text] = escape(mutated(parts[text], random_).decode("utf-8", "replace")).encode()
        elif places:
            first = random_.choice(places)
            taken = parts[first : _element_end(parts, first)]
            if kind > 0.6:
                del parts[first : first + len(taken)]
            if kind < 0.8:
                into = random_.choice([place for place in places if place < len(parts)] or [len(parts)])
                parts[into:into] = taken
    return b"".join(parts)


def _element_end(parts: Sequence[bytes], first: int) -> int:
    """Where the element ends whose tag is `parts[first]`."""
    depth = 0
    for index in range(first, len(parts)):
        part = parts[index]
        if part[:1] == b"<" and part[1:2] not in (b"?", b"!") and not part.endswith(b"/>"):
            depth += -1 if part[1:2] == b"/" else 1
        if depth <= 0:
            return index + 1
    return len(parts)


def mutated(seed: bytes, random_: random.Random) -> bytes:
    """Pieces put in, stretches taken out, doubled and moved, bytes changed; mostly still UTF-8."""
    data = bytearray(seed)
    for _ in range(random_.choice((1, 2, 4, 8, 30))):
        place, other = random_.randrange(len(data) + 1), random_.randrange(len(data) + 1)
        first, last = min(place, other), min(max(place, other), min(place, other) + 200)
        match random_.randrange(7):
            case 0 | 1 | 2:
                data[place:place] = random_.choice(PIECES)
            case 3:
                del data[first:last]
            case 4:
                data[place:place] = data[first:last] * random_.choice((1, 1, 20))
            case 5:
                stretch = data[first:last]
                del data[first:last]
                data[place:place] = stretch
            case _ if place < len(data):
                data[place] = random_.randrange(128)
    if _is_zip(seed):
        return bytes(data)
    if random_.random() < 0.02:
        data[(place := random_.randrange(len(data) + 1)) : place] = random_.choice(_BAD)
        return bytes(data)
    return data[:LONGEST].decode("utf-8", "ignore").replace("\0", "").encode()
