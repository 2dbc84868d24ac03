"""Files inside a zip archive: read within limits; replaced without a change to the others."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amts_tui.books import zip_parts
from amts_tui.books.zip_parts import read_entries, replace_entries
from amts_tui.errors import AmtsError

TEXTS = {"mimetype": b"a/b", "one.xml": b"<one>" * 99, "pics/two.png": bytes(range(256)), "last.txt": b""}


class _Stream(io.RawIOBase):
    """A sink that cannot be rewound, for which zip files get descriptors after the data."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self.data += piece
        return len(piece)


def archive(
    files: dict[str, bytes] = TEXTS, *, comment: bytes = b"", method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        for name, content in files.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else method)
        made.comment = comment
    return sink.getvalue()


def streamed(files: dict[str, bytes] = TEXTS, *, wide: bool = False) -> bytes:
    sink = _Stream()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            with made.open(name, "w", force_zip64=wide) as part:
                part.write(content)
    return bytes(sink.data)


def raw(data: bytes, name: str) -> bytes:
    """The bytes of a file in an archive: local header, compressed content, what follows up to the next."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        starts = sorted(info.header_offset for info in opened.infolist())
        start = opened.getinfo(name).header_offset
        return data[start : next((s for s in starts if s > start), opened.start_dir)]


def message(data: bytes, *, name: str = "one.xml") -> str:
    with pytest.raises(AmtsError) as caught:
        _ = read_entries(data, "a.zip")[name]
    line = str(caught.value)
    assert line.startswith("a.zip: ")
    assert "\n" not in line
    return line


@pytest.mark.parametrize(
    "data",
    [archive(), archive(comment=b"a comment"), archive(method=0), streamed(), streamed(wide=True)],
    ids=["plain", "comment", "stored", "streamed", "wide"],
)
def test_one_file_is_replaced_and_the_others_keep_their_bytes(data: bytes) -> None:
    assert dict(read_entries(data, "a.zip")) == TEXTS
    for name in TEXTS:
        new = replace_entries(data, {name: b"new " * 50}, "a.zip")
        assert dict(read_entries(new, "a.zip")) == {**TEXTS, name: b"new " * 50}
        with zipfile.ZipFile(io.BytesIO(new)) as opened, zipfile.ZipFile(io.BytesIO(data)) as before:
            assert opened.testzip() is None
            assert opened.namelist() == list(TEXTS)
            assert opened.comment == before.comment
            assert opened.getinfo(name).date_time == before.getinfo(name).date_time
            assert opened.getinfo(name).compress_type == before.getinfo(name).compress_type
        for other in TEXTS:
            if other != name:
                assert raw(new, other) == raw(data, other)
        back = replace_entries(new, {name: TEXTS[name]}, "a.zip")
        assert dict(read_entries(back, "a.zip")) == TEXTS


def test_the_archive_itself_where_nothing_differs() -> None:
    data = archive()
    assert replace_entries(data, {"one.xml": TEXTS["one.xml"]}, "a.zip") is data
    assert replace_entries(data, {}, "a.zip") is data


def test_bytes_after_the_end_stay() -> None:
    data = archive() + b"\0" * 40
    assert replace_entries(data, {"one.xml": b"x"}, "a.zip").endswith(b"\0" * 40)


def test_a_name_that_is_not_there() -> None:
    entries = read_entries(archive(), "a.zip")
    assert "none" not in entries
    with pytest.raises(KeyError):
        _ = entries["none"]


def test_names_in_any_script() -> None:
    data = archive({"書/é.xml": b"x"})
    assert list(read_entries(data, "a.zip")) == ["書/é.xml"]
    unsaid = data.replace(struct.pack("<2H", 0x800, 8), struct.pack("<2H", 0, 8))
    assert list(read_entries(unsaid, "a.zip")) == ["書/é.xml"]


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_no_archive(data: bytes) -> None:
    assert "no zip archive" in message(data)


def test_every_cut_is_refused() -> None:
    data = archive()
    for length in range(4, len(data)):
        assert "archive" in message(data[:length])


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/x", "a\\..\\x", "C:\\x", "C:/x", "a\\..", "\\x"])
def test_unsafe_names(name: str) -> None:
    data = archive({"a" * len(name): b"x"}).replace(b"a" * len(name), name.encode())
    assert "unsafe name" in message(data)


def test_the_same_name_twice() -> None:
    data = archive({"one.xml": b"x", "two.xml": b"y"}).replace(b"two.xml", b"one.xml")
    assert "twice" in message(data)


def test_two_names_for_one_file() -> None:
    data = archive({"one.xml": b"x"})
    assert "two names" in message(data.replace(b"one.xml", b"two.xml", 1))


def test_files_that_overlap() -> None:
    data = bytearray(archive({"a": b"x" * 9, "b": b"y"}, method=0))
    position = data.find(b"PK\x01\x02")
    data[position + 20 : position + 28] = struct.pack("<2L", 60, 60)
    assert "overlap" in message(bytes(data), name="a")


def test_a_bomb() -> None:
    bomb = archive({"one.xml": b"\0" * (8 * 2**20)})
    assert "too large" in message(bomb)
    honest = archive({"one.xml": b"ab" * 2**18})
    assert len(read_entries(honest, "a.zip")["one.xml"]) == 2**19


def test_a_file_that_is_larger_than_it_says() -> None:
    data = archive({"one.xml": b"\0" * 5000})
    lying = data.replace(struct.pack("<L", 5000), struct.pack("<L", 4000))
    assert "damaged" in message(lying)


def test_more_than_an_archive_may_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_parts, "LARGEST_ARCHIVE", 500)
    assert "too large" in message(archive())


def test_an_encrypted_file() -> None:
    data = archive({"one.xml": b"x"}).replace(struct.pack("<2H", 0, 8), struct.pack("<2H", 1, 8))
    assert "encrypted" in message(data)


def test_an_unknown_method() -> None:
    assert "unknown method" in message(archive(method=zipfile.ZIP_BZIP2))


def test_damaged_content() -> None:
    data = archive({"one.xml": b"some text"}, method=0).replace(b"some text", b"same text")
    assert "damaged" in message(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_is_refused_or_harmless(choice: st.DataObject) -> None:
    data = bytearray(archive())
    for _ in range(choice.draw(st.integers(1, 4))):
        data[choice.draw(st.integers(0, len(data) - 1))] = choice.draw(st.integers(0, 255))
    damaged = bytes(data)
    try:
        entries = dict(read_entries(damaged, "a.zip"))
        new = replace_entries(damaged, dict.fromkeys(entries, b"new"), "a.zip")
    except AmtsError:
        return
    assert dict(read_entries(new, "a.zip")) == dict.fromkeys(entries, b"new")


def test_ten_thousand_files_in_linear_time(tmp_path: Path) -> None:
    data = archive({f"{number}.txt": b"x" for number in range(10_000)})
    new = replace_entries(data, {"5000.txt": b"y"}, "a.zip")
    assert len(read_entries(new, "a.zip")) == 10_000
