"""Bytes of any kind into every reader: no crash, no hang, no loss.

    python benchmarks/fuzz_books.py [--seconds N] [--format SUFFIX ...] [--seeds FOLDER ...] [--keep FOLDER]

Runs N seconds (60) on each format. With atheris (`pip install atheris`; Linux, a Python that it has a wheel
for) the inputs are led by coverage; without, they are random changes of the seeds. An input that fails is
written to the folder of --keep, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from amts_tui.books.formats import SUFFIXES
from amts_tui.books.inline import outside_placeholders, unmask
from amts_tui.books.model import Document
from amts_tui.books.reading import parse_bytes
from amts_tui.books.writing import splice
from amts_tui.errors import AmtsError

_SLOWEST = (0.5, 2e-4)  # seconds of the processor: at most a start and so much for each byte
_LONGEST = 20_000  # bytes
_ACCENTS = str.maketrans("aeioun", "áéíóúñ")
_MARKS = (
    "# ;## A\n;- ;1. ;> ;```;```py\n;~~~;$;$$;`;*;**;_;|;| a | b |\n|---|---|\n| c | d |\n;[;](;);![;"
    "<;>;</p>;<p>;<b>;<!--;-->;<![CDATA[;]]>;&amp;&#x;{;};{1};{2>};{<2};\n;\n\n;\r\n;\t;    ;\\;"
    ":label:`a`\n;:numref:`a`;:begin_tab:`x`\n;:end_tab:\n;:::note\n;---\n;---\ntitle: A\n---\n;"
    "===\n;+++\n;{{< a >}};{% raw %};import a from 'b'\n;.. note::\n\n   A\n;::\n\n;``;:ref:`a`;|a|;"
    "_a:;====\nA\n====\n;* * *\n;= A\n;----\n;|===\n;//\n;[source]\n;image::a[]\n;+\n;''';\";';"
    '""";文字。;“文。”;é;\u2028;\ufeff;\ue000;A sentence. Another one!;e.g. a;http://a.b/c;\x01;'
)
_PIECES = [mark.encode() for mark in _MARKS.split(";") if mark]
_BAD_PIECES = [b"\xff", b"\0", b"\xed\xa0\x80", b"\xe6\x96"]


def main() -> int:
    """Fuzzes each format in a process of its own and says how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--format", action="append", choices=SUFFIXES)
    parser.add_argument("--seeds", action="append", type=Path, default=[])
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "amts-fuzz")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.keep.mkdir(parents=True, exist_ok=True)
    if arguments.inside:
        (suffix,) = arguments.format
        return _fuzz(suffix, _seeds(suffix, arguments.seeds), arguments.seconds, arguments.keep)
    failed = 0
    for suffix in arguments.format or SUFFIXES:
        command = [sys.executable, __file__, "--inside", "--format", suffix, "--keep", str(arguments.keep)]
        command += ["--seconds", str(arguments.seconds)]
        command += [part for folder in arguments.seeds for part in ("--seeds", str(folder))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print("\n".join(line for line in done.stdout.split("\n") if line.startswith(suffix)), flush=True)
        if done.returncode:
            failed += 1
            print(done.stderr[-2_000:], flush=True)
    return 1 if failed else 0


def check(data: bytes, suffix: str, lang: str) -> str:
    """Reads `data` as a document and tests what must hold; tells how it went: `refused` or `read`."""
    start = time.process_time()
    try:
        document = parse_bytes(data, path=f"a{suffix}", lang=lang)
    except AmtsError as error:
        return "refused" if "\n" not in str(error) else _fail("a message of two lines")
    _covers(document)
    segments = document.segments()
    for segment in segments:
        assert unmask(segment.text, segment.items, segment.breaks) == document.raw(segment), "mask"
    same = splice(document, {number: segment.text for number, segment in enumerate(segments)})
    assert same.data == data, "unchanged"
    _pseudo(document)
    seconds = time.process_time() - start
    assert seconds < _SLOWEST[0] + _SLOWEST[1] * len(data), f"slow: {seconds:.1f} s for {len(data)} bytes"
    return "read"


def _fail(what: str) -> str:
    raise AssertionError(what)


def _covers(document: Document) -> None:
    position = 0
    for block in document.blocks:
        assert position <= block.start < block.end, "overlap"
        assert not document.text[position : block.start].strip().strip("\ufeff"), "cover"
        position = block.end
        for segment in block.segments:
            assert block.start <= segment.start < segment.end <= block.end, "segment"
            inner = segment.start
            for unit in segment.units:
                assert inner <= unit.start < unit.end <= segment.end, "unit"
                inner = unit.end
    assert not document.text[position:].strip().strip("\ufeff"), "end"


def _pseudo(document: Document) -> None:
    """A translation that is accepted keeps the blocks."""
    segments = document.segments()
    for change in (lambda text: text.translate(_ACCENTS).replace("\n", " "), lambda text: "译" * len(text)):
        texts = {
            number: outside_placeholders(segment.text, change) for number, segment in enumerate(segments)
        }
        try:
            spliced = splice(document, texts)
        except AmtsError:
            continue
        again = parse_bytes(spliced.data, path=document.path, lang=document.lang, options=document.options)
        assert [_signature(block) for block in again.blocks] == [
            _signature(block) for block in document.blocks
        ], "structure"


def _signature(block: object) -> tuple[object, ...]:
    return tuple(getattr(block, name) for name in ("kind", "level", "name", "within"))


def _fuzz(suffix: str, seeds: Sequence[bytes], seconds: int, keep: Path) -> int:
    if find_spec("atheris"):
        return _led(suffix, seeds, seconds, keep)
    counts = {"read": 0, "refused": 0}
    failures: set[str] = set()
    random_ = random.Random(int(hashlib.blake2b(suffix.encode()).hexdigest(), 16))
    end = time.monotonic() + seconds
    for data in _changed(seeds, random_):
        if time.monotonic() > end:
            break
        try:
            counts[check(data, suffix, random_.choice(("en", "zh", "ko", "xx")))] += 1
        except Exception as error:  # noqa: BLE001
            _note(error, data, suffix, keep, failures)
    _tell(suffix, "random changes", counts, failures)
    return 1 if failures else 0


def _led(suffix: str, seeds: Sequence[bytes], seconds: int, keep: Path) -> int:
    import atheris

    counts = {"read": 0, "refused": 0}
    failures: set[str] = set()

    def one(data: bytes) -> None:
        try:
            counts[check(data[1:], suffix, ("en", "zh", "ko", "xx")[data[0] % 4] if data else "en")] += 1
        except Exception as error:  # noqa: BLE001
            _note(error, data[1:], suffix, keep, failures)
        if time.monotonic() > end:
            _tell(suffix, "atheris", counts, failures)
            sys.stdout.flush()
            import os

            os._exit(1 if failures else 0)

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            (Path(corpus) / str(number)).write_bytes(b"\0" + seed)
        atheris.instrument_all()
        options = [f"-max_len={_LONGEST}", "-timeout=60", "-rss_limit_mb=4000", f"-artifact_prefix={keep}/"]
        end = time.monotonic() + seconds
        atheris.Setup([sys.argv[0], *options, corpus], one)
        atheris.Fuzz()
    return 0


def _note(error: Exception, data: bytes, suffix: str, keep: Path, failures: set[str]) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    place = frames[-1]
    kind = f"{type(error).__name__} {str(error)[:60]} at {Path(place.filename).name}:{place.lineno}"
    kind = kind if not isinstance(error, AssertionError) else f"not held: {str(error)[:12]}"
    if kind not in failures:
        failures.add(kind)
        (keep / f"{hashlib.blake2b(data, digest_size=6).hexdigest()}{suffix}").write_bytes(data)


def _tell(suffix: str, how: str, counts: dict[str, int], failures: set[str]) -> None:
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items())
    print(f"{suffix}: {how}: {told}, {len(failures)} kinds of failure")
    for kind in sorted(failures):
        print(f"{suffix}:   {kind}")


def _seeds(suffix: str, folders: Sequence[Path]) -> list[bytes]:
    """Files of the folders, and a small one of our own where a format is a container."""
    wrapped = suffix in (".ipynb", ".epub", ".docx")
    found = [] if wrapped else [b"", *(piece + b"A sentence. Another one!\n" for piece in _PIECES)]
    if suffix == ".ipynb":
        cell = b'{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# A\\n", "b *c*. D"]}'
        found.append(b'{"cells": [' + cell + b'], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    if suffix in (".epub", ".docx"):
        found += [_archive(suffix)]
    for folder in folders:
        files = [path for path in sorted(folder.rglob(f"*{suffix}")) if path.stat().st_size <= _LONGEST]
        found += [path.read_bytes() for path in files[:100]]
    return found


def _archive(suffix: str) -> bytes:
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>A</h1><p>B <b>c</b>. D</p></body></html>'
    rootfile = b'<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/>'
    files = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        b"<rootfiles>" + rootfile + b"</rootfiles></container>",
        "a.opf": b'<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="p" href="p.xhtml"'
        b' media-type="application/xhtml+xml"/></manifest><spine><itemref idref="p"/></spine></package>',
        "p.xhtml": page,
    }
    if suffix == ".docx":
        body = b"<w:p><w:r><w:t>A b. C</w:t></w:r></w:p>"
        space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        files = {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "word/document.xml": b'<w:document xmlns:w="'
            + space
            + b'"><w:body>'
            + body
            + b"</w:body></w:document>",
        }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _changed(seeds: Sequence[bytes], random_: random.Random) -> Iterator[bytes]:
    """The seeds, then seeds with pieces put in, taken out, doubled and bytes changed; of an archive, also
    those of its files.
    """
    yield from seeds
    while True:
        data = random_.choice(seeds)
        if data.startswith(b"PK") and random_.random() < 0.9:
            yield _repacked(data, random_)
        else:
            yield _mutated(data, random_)


def _mutated(seed: bytes, random_: random.Random) -> bytes:
    data = bytearray(seed)
    for _ in range(random_.choice((1, 2, 4, 8, 30))):
        place, other = random_.randrange(len(data) + 1), random_.randrange(len(data) + 1)
        first, last = min(place, other), min(max(place, other), min(place, other) + 200)
        match random_.randrange(6):
            case 0 | 1 | 2:
                data[place:place] = random_.choice(_PIECES)
            case 3:
                del data[first:last]
            case 4:
                data[place:place] = data[first:last] * random_.choice((1, 1, 20))
            case _ if place < len(data):
                data[place] = random_.randrange(128)
    if seed.startswith(b"PK"):
        return bytes(data)
    if random_.random() < 0.02:
        return bytes(data) + random_.choice(_BAD_PIECES)
    return data[:_LONGEST].decode("utf-8", "ignore").replace("\0", "").encode()


def _repacked(seed: bytes, random_: random.Random) -> bytes:
    """An archive with one of its files changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as old, zipfile.ZipFile(buffer, "w") as new:
        chosen = random_.choice([*old.namelist(), *old.namelist()[-1:] * 5])
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _mutated(data, random_) if name == chosen else data)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
