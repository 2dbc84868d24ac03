"""Files inside a zip archive: read within limits, and some of them replaced with every other byte of the
archive kept.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from amts_tui.errors import AmtsError

LARGEST_ENTRY: Final = 256 * 2**20
"""Bytes that a file inside an archive may have."""
LARGEST_ARCHIVE: Final = 4 * 2**30
"""Bytes that all files of an archive may have together, decompressed."""
HIGHEST_RATIO: Final = 200
"""How many times its compressed size a file inside an archive may have; the best that text reaches is about
100, the best that the method can do is 1032."""
_RATIO_FREE = 2**20

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _CENTRAL_MARK, _LOCAL_MARK = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_DESCRIPTOR_MARK = b"PK\x07\x08"
_ENCRYPTED, _DESCRIBED, _UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_WIDE = 0xFFFFFFFF
_WIDE_FIELD = 1


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of an archive: what its record in the central directory says, and where its parts lie in the
    archive: record, local header, compressed data.
    """

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    record: tuple[int, int]
    header: int
    start: int

    @property
    def end(self) -> int:
        return self.start + self.packed


class Entries(Mapping[str, bytes]):
    """The files of an archive by name, in the order of its directory; each is decompressed when it is asked
    for, which raises AmtsError if it is damaged, encrypted or too large.
    """

    def __init__(self, data: bytes, entries: Sequence[_Entry], where: str) -> None:
        self._data = data
        self._entries = {entry.name: entry for entry in entries}
        self._where = where

    def __getitem__(self, name: str) -> bytes:
        return _content(self._data, self._entries[name], self._where)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def read_entries(data: bytes, where: str) -> Entries:
    """The files of the zip archive `data`. Raises AmtsError that names `where` for what is no archive, is
    damaged or cut off, or was made to harm: files that overlap, share a name, lead out of the archive, or
    grow beyond all measure.
    """
    return Entries(data, _directory(data, where), where)


def replace_entries(data: bytes, changed: Mapping[str, bytes], where: str) -> bytes:
    """The archive `data` with other contents for the files that `changed` names.

    Every other file keeps its bytes, compressed, with its header and its place in the order; a changed one
    keeps its name, time, attributes and method. `data` itself where no content differs. Raises AmtsError as
    `read_entries` does; KeyError for a name that is not in the archive.
    """
    entries = _directory(data, where)
    by_name = {entry.name: entry for entry in entries}
    new = {
        by_name[name]: content
        for name, content in changed.items()
        if content != _content(data, by_name[name], where)
    }
    return _rebuild(data, entries, new) if new else data


def _damaged(where: str, what: str) -> AmtsError:
    return AmtsError(f"the archive is damaged: {what}", where=where, remedy="get a fresh copy of the file")


def _directory(data: bytes, where: str) -> list[_Entry]:
    """The files of an archive, in the order of its directory, checked against each other."""
    if not data.startswith((_LOCAL_MARK, _END_MARK)):
        raise AmtsError("this is no zip archive", where=where, remedy="check the name of the file")
    end = _end_record(data)
    if end < 0:
        raise _damaged(where, "its directory is missing; it seems to be cut off")
    _, disk, first_disk, here, count, size, offset, _ = _END.unpack_from(data, end)
    if disk or first_disk or here != count:
        raise AmtsError("the archive has several volumes", where=where, remedy="save it as one file")
    if _WIDE in (size, offset) or count == 0xFFFF:
        raise AmtsError("the archive is too large (zip64)", where=where, remedy="split it")
    if offset != end - size:
        raise _damaged(where, "its directory is not where it should be")
    entries = []
    position = offset
    for _ in range(count):
        entry = _entry(data, position, end, where)
        entries.append(entry)
        position = entry.record[1]
    _check(entries, offset, where)
    return entries


def _end_record(data: bytes) -> int:
    """Where the record that ends an archive begins; -1 if there is none."""
    end = len(data) - _END.size
    while (end := data.rfind(_END_MARK, max(0, len(data) - _END.size - 0xFFFF), end + 4)) >= 0:
        if end + _END.size + int.from_bytes(data[end + 20 : end + 22], "little") <= len(data):
            return end
        end -= 1
    return -1


def _entry(data: bytes, position: int, limit: int, where: str) -> _Entry:
    """The file whose record in the directory begins at `position`."""
    if position + _CENTRAL.size > limit or data[position : position + 4] != _CENTRAL_MARK:
        raise _damaged(where, "its directory is cut off")
    record = _CENTRAL.unpack_from(data, position)
    flags, method = record[3:5]
    crc, packed, size, in_name, in_extra, in_comment = record[7:13]
    if _WIDE in (packed, size, record[16]):
        raise AmtsError("the archive is too large (zip64)", where=where, remedy="split it")
    header = record[16]
    raw = data[position + _CENTRAL.size : position + _CENTRAL.size + in_name]
    name = _decode(raw, flags)
    stop = position + _CENTRAL.size + in_name + in_extra + in_comment
    if stop > limit or header + _LOCAL.size > limit or data[header : header + 4] != _LOCAL_MARK:
        raise _damaged(where, f"{name!a} is not where its directory says")
    local = _LOCAL.unpack_from(data, header)
    start = header + _LOCAL.size + local[9] + local[10]
    if data[header + _LOCAL.size : header + _LOCAL.size + local[9]] != raw:
        raise _damaged(where, f"{name!a} has two names")
    return _Entry(name, flags, method, crc, packed, size, (position, stop), header, start)


def _decode(raw: bytes, flags: int) -> str:
    """The name of a file: UTF-8, also where a writer forgot to say so, else the old code page."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace") if flags & _UTF8 else raw.decode("cp437")


def _check(entries: Sequence[_Entry], limit: int, where: str) -> None:
    """Raise AmtsError if the files of an archive cannot stand beside each other."""
    seen: set[str] = set()
    for entry in entries:
        parts = entry.name.replace("\\", "/").split("/")
        if "\0" in entry.name or ".." in parts or not parts[0] or parts[0].endswith(":"):
            raise AmtsError(
                f"the archive holds a file with an unsafe name: {entry.name!a}",
                where=where,
                remedy="do not trust this file",
            )
        if entry.name in seen:
            raise _damaged(where, f"it holds {entry.name!a} twice")
        seen.add(entry.name)
    if sum(entry.size for entry in entries) > LARGEST_ARCHIVE:
        raise _too_large(where, "the archive")
    in_place = sorted(entries, key=lambda entry: entry.header)
    if any(one.end > other.header for one, other in pairwise(in_place)) or (
        in_place and in_place[-1].end > limit
    ):
        raise _damaged(where, "its files overlap")


def _too_large(where: str, what: str) -> AmtsError:
    return AmtsError(f"{what} is too large when decompressed", where=where, remedy="do not trust this file")


def _content(data: bytes, entry: _Entry, where: str) -> bytes:
    """The decompressed content of a file, checked."""
    if entry.flags & _ENCRYPTED:
        raise AmtsError(f"{entry.name!a} is encrypted", where=where, remedy="save it without a password")
    if entry.size > LARGEST_ENTRY or entry.size > max(_RATIO_FREE, HIGHEST_RATIO * entry.packed):
        raise _too_large(where, repr(entry.name))
    if entry.method not in (_STORED, _DEFLATED):
        message = f"{entry.name!a} is compressed by an unknown method ({entry.method})"
        raise AmtsError(message, where=where, remedy="save it as an ordinary zip file")
    packed = data[entry.start : entry.end]
    content = _inflate(packed, entry.size) if entry.method == _DEFLATED else packed
    if content is None or len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise _damaged(where, f"{entry.name!a} does not decompress to what it was")
    return content


def _inflate(packed: bytes, size: int) -> bytes | None:
    """The decompressed bytes, at most one more than `size`; None if they are damaged."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    except zlib.error:
        return None


def _rebuild(data: bytes, entries: Sequence[_Entry], new: Mapping[_Entry, bytes]) -> bytes:
    """The archive with new contents: local parts in their order, then the directory with the new offsets."""
    out = bytearray()
    position = 0
    moved: dict[_Entry, int] = {}
    facts: dict[_Entry, tuple[int, int, int, int]] = {}
    for entry in sorted(entries, key=lambda entry: entry.header):
        out += data[position : entry.header]
        moved[entry] = len(out) - entry.header
        position = entry.header
        if entry in new:
            content = new[entry]
            packed = _deflate(content) if entry.method == _DEFLATED else content
            facts[entry] = (entry.flags & ~_DESCRIBED, zlib.crc32(content), len(packed), len(content))
            out += _local_header(data, entry, facts[entry]) + packed
            position = entry.end + _descriptor_length(data, entry)
    first = entries[0].record[0]
    out += data[position:first]
    directory = len(out)
    for entry in entries:
        out += _record(data, entry, moved[entry], facts.get(entry))
    size = len(out) - directory
    tail = bytearray(data[entries[-1].record[1] :])
    out += _moved_end(tail, size, directory - first)
    return bytes(out)


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _local_header(data: bytes, entry: _Entry, facts: tuple[int, int, int, int]) -> bytes:
    mark, version, _, _, time, date, _, _, _, in_name, in_extra = _LOCAL.unpack_from(data, entry.header)
    name_end = entry.header + _LOCAL.size + in_name
    extra = _without_wide_field(data[name_end : name_end + in_extra])
    flags, *sizes = facts
    head = _LOCAL.pack(mark, version, flags, entry.method, time, date, *sizes, in_name, len(extra))
    return head + data[entry.header + _LOCAL.size : name_end] + extra


def _without_wide_field(extra: bytes) -> bytes:
    """The extra fields of a header without that for sizes of 64 bits, which overrides the others."""
    kept = bytearray()
    position = 0
    while position + 4 <= len(extra):
        field, length = struct.unpack_from("<2H", extra, position)
        if field != _WIDE_FIELD:
            kept += extra[position : position + 4 + length]
        position += 4 + length
    return bytes(kept + extra[position:])


def _descriptor_length(data: bytes, entry: _Entry) -> int:
    """How many bytes after the data of a file repeat its checksum and sizes."""
    if not entry.flags & _DESCRIBED:
        return 0
    for mark in (_DESCRIPTOR_MARK, b""):
        for form in ("<3L", "<L2Q"):
            descriptor = mark + struct.pack(form, entry.crc, entry.packed, entry.size)
            if data.startswith(descriptor, entry.end):
                return len(descriptor)
    return 0


def _record(data: bytes, entry: _Entry, moved: int, facts: tuple[int, int, int, int] | None) -> bytes:
    """The record of a file in the directory, its header `moved` by so many bytes, with its new `facts`."""
    start, stop = entry.record
    fields = list(_CENTRAL.unpack_from(data, start))
    fields[16] += moved
    if facts is not None:
        fields[3], fields[7], fields[8], fields[9] = facts
    return _CENTRAL.pack(*fields) + data[start + _CENTRAL.size : stop]


def _moved_end(tail: bytearray, size: int, moved: int) -> bytes:
    """What follows the directory, its record of the end brought up to date."""
    end = _end_record(bytes(tail))
    fields = list(_END.unpack_from(tail, end))
    fields[5] = size + end
    fields[6] += moved
    tail[end : end + _END.size] = _END.pack(*fields)
    return bytes(tail)
