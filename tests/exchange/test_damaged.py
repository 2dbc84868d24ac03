"""Files of pairs of any content: read or refused in one line, never a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amts_tui.errors import AmtsError
from amts_tui.exchange.readers import SUFFIXES, read_pairs

SOUND = {
    ".tmx": """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header/><body><tu tuid="1"><prop type="x-confidence">0.5</prop>
<tuv xml:lang="en"><seg>a <bpt i="1">*</bpt>b<ept i="1">*</ept></seg></tuv>
<tuv xml:lang="es"><seg>é</seg></tuv>
</tu></body></tmx>""",
    ".xlf": """<xliff version="2.0" srcLang="en" trgLang="es"><file id="f"><unit id="u">
<originalData><data id="d">x<cp hex="41"/></data></originalData>
<segment><source>a<ph id="1" dataRef="d"/></source><target>é</target></segment></unit></file></xliff>""",
    ".po": r"""msgid ""
msgstr "Language: es\nContent-Type: text/plain; charset=UTF-8\n"

#: a.rst:1
#, fuzzy
#| msgid "old"
msgctxt "c"
msgid "a"
msgid_plural "b"
msgstr[0] "é"
msgstr[1] "\"ñ\n"

#~ msgid "x"
#~ msgstr "y"
""",
    ".csv": 'en,es,id\n"a, b","é ""ñ""",1\n',
    ".tsv": "en\tes\tdocument\na\té\tch/a.md\n",
    ".jsonl": '{"source": "a", "target": "é"}\n{"translation": {"en": "b", "es": "ñ"}, "id": 1}\n',
}


def check(path: Path, data: bytes) -> None:
    """Reads a file; if it is refused, then in one line that names it."""
    path.write_bytes(data)
    refusal = ""
    try:
        pairs = read_pairs(path, source_lang="en", target_lang="es")
    except AmtsError as error:
        refusal = str(error)
    if refusal:
        assert "\n" not in refusal
        assert str(path) in refusal
    else:
        assert all(isinstance(pair.source, str) and isinstance(pair.target, str) for pair in pairs)


@pytest.mark.parametrize("suffix", SOUND)
def test_sound_files_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(SOUND[suffix], encoding="utf-8")
    assert read_pairs(path, source_lang="en", target_lang="es")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_damaged_files(tmp_path: Path, suffix: str, data: st.DataObject) -> None:
    content = SOUND[suffix].encode()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 30)))
    piece = data.draw(
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from(
                [b'"', b"\\", b"<", b"&amp;", b"&x;", b"\r\n", b"\xff\xfe", b"]]>", b"[9]", b"{", b"msgid"]
            ),
        )
    )
    check(tmp_path / f"a{suffix}", content[:start] + piece + content[end:])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(SUFFIXES), st.binary(max_size=60))
def test_any_bytes(tmp_path: Path, suffix: str, data: bytes) -> None:
    check(tmp_path / f"a{suffix}", data)


@pytest.mark.parametrize("suffix", SOUND)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp037"])
def test_other_encodings(tmp_path: Path, suffix: str, encoding: str) -> None:
    check(tmp_path / f"a{suffix}", SOUND[suffix].encode(encoding))
