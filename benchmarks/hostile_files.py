"""Files that a book should not hold, given to the program itself: read as they are, or refused in one line.

    python benchmarks/hostile_files.py [--format SUFFIX ...]

Makes a folder of them (not UTF-8, NUL, control characters, returns, links that go round, bombs, …), runs
`amts extract`, `roundtrip`, `init` and `align` on each kind, and says what came of it; the exit status is
1 if a file changed, a message had more than a line, or the program fell. Run by root it first gives up the
right to read what it may not.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz_inputs import wrapped

from amts_tui.cli.main import main as amts

_FORMATS = (".md", ".mdx", ".html", ".xhtml", ".rst", ".adoc", ".txt", ".ipynb", ".epub", ".docx")
_ARCHIVES = (".epub", ".docx")
_GIVEN_UP = "AMTS_RIGHTS_GIVEN_UP"
_LONGEST = 60  # seconds that a command may take
_PROSE = "A first sentence. And{} another one.\n\nA second paragraph.\n"
_BLANKS = {"CRLF": "\r\n", "CR": "\r", "line separator": "\u2028", "next line": "\x85", "form feed": "\x0c"}
_LETTERS = {
    "control characters": "\x01\x08\x1b[31m\x7f",
    "private use": "\ue000\U000f0000",
    "no characters": "\ufffe\ufdd0",
    "marks of direction": "\u202e\u2066\u200f",
    "mark of order inside": "\ufeff",
}
_UNREADABLE = (
    "closed folder",
    "folder in itself",
    "folder in its own",
    "unreadable",
    "link that goes round",
    "link to nothing",
    "folder",
    "pipe",
)


def main() -> int:
    """Tries every kind of file in every format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--format", action="append", choices=_FORMATS)
    formats = parser.parse_args().format or _FORMATS
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        for suffix in formats:
            outcomes: Counter[str] = Counter()
            for kind, make in _kinds(suffix):
                for outcome in _tried(Path(name) / suffix[1:] / kind.replace(" ", "-"), kind, suffix, make):
                    outcomes[outcome.partition(":")[0]] += 1
                    failed += outcome.startswith("failed")
                    if outcome.startswith("failed"):
                        print(f"{suffix} {kind}: {outcome}", flush=True)
            print(f"{suffix}: {dict(outcomes)}", flush=True)
    return 1 if failed else 0


def _kinds(suffix: str) -> Iterator[tuple[str, Callable[[Path], object]]]:
    """The kinds of files of a format: a name, and what makes one at a path."""
    for kind, data in _contents(suffix):
        yield kind, lambda path, data=data: path.write_bytes(data)
    good = _file(_PROSE.format(""), suffix)
    yield "unreadable", lambda path: (path.write_bytes(good), path.chmod(0))
    yield "link that goes round", lambda path: path.symlink_to(path.name)
    yield "link to nothing", lambda path: path.symlink_to("nothing")
    yield "folder", lambda path: path.mkdir()
    yield "closed folder", lambda path: path.with_name("closed").mkdir(mode=0)
    yield "folder in itself", lambda path: path.with_name("round").symlink_to(".")
    yield "folder in its own", lambda path: path.with_name("up").symlink_to("..")
    yield "pipe", lambda path: os.mkfifo(path)


def _contents(suffix: str) -> Iterator[tuple[str, bytes]]:
    plain = _PROSE.format("")
    good = _file(plain, suffix)
    yield "good", good
    yield "no final newline", _file(plain.rstrip(), suffix)
    yield "empty", b""
    for kind, newline in _BLANKS.items():
        yield kind, _file(plain.replace("\n", newline), suffix)
    for kind, letters in _LETTERS.items():
        yield kind, _file(_PROSE.format(letters), suffix)
    for kind, data in {
        "not UTF-8": b"caf\xe9",
        "half a letter": b"\xe6\x96",
        "surrogate": b"\xed\xa0\x80",
    }.items():
        yield kind, _changed(good, b"another", data)
    yield "NUL", _changed(good, b"another", b"\0")
    yield "mark of order", _changed(good, None, b"\xef\xbb\xbf")
    if suffix not in _ARCHIVES:
        yield "UTF-16", plain.encode("utf-16")
        yield "an archive", wrapped("<p>x</p>", ".epub")
        return
    yield "text", plain.encode()
    yield "cut off", good[: len(good) // 2]
    yield "bomb", _changed(good, b"another", b" " * 200_000_000)
    yield "bomb of many files", _stuffed(suffix)


def _file(text: str, suffix: str) -> bytes:
    if suffix == ".docx":
        text = "".join(f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in text.split("\n\n"))
    elif suffix in (".html", ".xhtml", ".epub"):
        text = "".join(f"<p>{part}</p>\n" for part in text.split("\n\n"))
    if suffix == ".xhtml":
        text = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{text}</body></html>'
    return wrapped(text, suffix)


def _changed(data: bytes, old: bytes | None, new: bytes) -> bytes:
    """A file with other bytes in place of `old`, or (None) before all of its text; of an archive, those of
    the files in it.
    """
    if not data.startswith(b"PK"):
        return new + data if old is None else data.replace(old, new)
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as was, zipfile.ZipFile(buffer, "w") as made:
        for info in was.infolist():
            content = was.read(info)
            if b"A first sentence" in content:
                content = new + content if old is None else content.replace(old, new)
            made.writestr(info, content, zipfile.ZIP_DEFLATED if info.filename != "mimetype" else None)
    return buffer.getvalue()


def _stuffed(suffix: str) -> bytes:
    """An archive with thirty files of a hundred megabytes of blanks beside its text."""
    buffer = BytesIO(_file(_PROSE.format(""), suffix))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as made:
        for number in range(30):
            made.writestr(f"word/more{number}.xml", b" " * 100_000_000)
    return buffer.getvalue()


def _tried(folder: Path, kind: str, suffix: str, make: Callable[[Path], object]) -> Iterator[str]:
    """What came of each command on a file, alone and in a project beside a good one."""
    for lang in ("en", "zh"):
        (folder / lang).mkdir(parents=True)
        (folder / lang / f"good{suffix}").write_bytes(_file(_PROSE.format(""), suffix))
        make(folder / lang / f"odd{suffix}")
    path = folder / "en" / f"odd{suffix}"
    readable = kind not in _UNREADABLE
    before = path.read_bytes() if readable else b""
    project = folder / "project"
    for command in (
        ("extract", str(path), "--lang", "en"),
        ("roundtrip", str(path)),
        ("roundtrip", str(folder / "en")),
        ("init", str(project), "--source", f"en={folder / 'en'}", "--target", f"zh={folder / 'zh'}"),
        ("align", "--project", str(project), "--similarity", "lexical"),
    ):
        yield _run(command)
    if readable and path.read_bytes() != before:
        yield "failed: the file was changed"


def _run(command: tuple[str, ...]) -> str:
    told = StringIO()
    signal.alarm(_LONGEST)
    try:
        with redirect_stdout(StringIO()), redirect_stderr(told):
            status = amts(command)
    except Exception as error:  # noqa: BLE001
        return f"failed: {command[0]} fell: {error!a}"
    finally:
        signal.alarm(0)
    lines = [line for line in told.getvalue().split("\n") if line.startswith("amts: ")]
    if status and len(lines) != 1:
        return f"failed: {command[0]} ({status}) said {told.getvalue()[:500]!a}"
    return "refused in one line" if status else "done"


def _without_rights() -> None:
    """Starts this program anew, as one that may not read what is forbidden, if root has started it."""
    if os.geteuid() == 0 and _GIVEN_UP not in os.environ:
        command = ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all", sys.executable, *sys.argv]
        os.execvpe(command[0], command, {**os.environ, _GIVEN_UP: "1"})


if __name__ == "__main__":
    _without_rights()
    sys.exit(main())
