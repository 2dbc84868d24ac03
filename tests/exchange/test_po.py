"""PO catalogues as pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from amts_tui.corpus.model import Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import PlainPair
from amts_tui.exchange.readers import read_pairs

HEADER = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset={}\\n"\n\n'
BODY = """#: ../a.rst:3
msgid "Use ``x`` "
"twice.\\n"
msgstr "用 ``x`` \u2028两次。\\n"

#, fuzzy
msgctxt "menu"
msgid "Open"
msgstr "打开"

msgid "one \\"file\\""
msgid_plural "%d files"
msgstr[0] "%d 个文件"

msgid "not yet"
msgstr ""

#~ msgid "gone"
#~ msgstr "没了"
"""


def read(tmp_path: Path, data: bytes, target_lang: str = "zh") -> list[PlainPair]:
    path = tmp_path / "a.po"
    path.write_bytes(data)
    return read_pairs(path, source_lang="en", target_lang=target_lang)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_entries(tmp_path: Path, encoding: str, newline: str) -> None:
    text = (HEADER.format(encoding) + BODY).replace("\n", newline)
    assert read(tmp_path, text.encode(encoding)) == [
        PlainPair("Use ``x`` twice.\n", "用 ``x`` \u2028两次。\n", "", "a.rst"),
        PlainPair("Open", "打开", "menu", "a.rst", status=Status.AUTO, confidence=0.5),
        PlainPair("%d files", "%d 个文件", "", "a.rst"),
        PlainPair("not yet", "", "", "a.rst"),
    ]


def test_a_byte_order_mark_and_no_header(tmp_path: Path) -> None:
    assert read(tmp_path, '\ufeffmsgid "a"\nmsgstr "b"\n'.encode()) == [PlainPair("a", "b")]


def test_both_numbers_where_the_target_has_them(tmp_path: Path) -> None:
    text = 'msgid "a file"\nmsgid_plural "%d files"\nmsgstr[0] "un"\nmsgstr[1] "dos"\nmsgstr[2] "tres"\n'
    assert read(tmp_path, text.encode()) == [PlainPair("a file", "un"), PlainPair("%d files", "tres")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'msgid "a"\nmsgstr "b\n', r"a\.po:2: not a PO file"),
        (b'msgid "a" b\nmsgstr "b"\n', r"a\.po:1: not a PO file"),
        (b'msgstr "b"\nmsgid "a"\n', r"a\.po:1: not a PO file"),
        (b"hello\n", r"a\.po:1: not a PO file"),
        (b'msgid "a"\nmsgstr "\xff"\n', r"a\.po:2: not utf-8"),
        (HEADER.format("klingon").encode(), "no encoding is called 'klingon'"),
        ((HEADER.format("utf-8") + BODY).replace("zh_CN", "fr").encode(), r"no pairs for zh \(.*holds fr\)"),
    ],
)
def test_what_is_no_catalogue(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(AmtsError, match=message):
        read(tmp_path, data)
