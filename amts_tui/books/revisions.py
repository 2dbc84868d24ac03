"""A book at a git revision: its files are read from the repository's object database.

Nothing is checked out, nothing is written to the repository, and nothing is fetched from elsewhere.
"""

from __future__ import annotations

import difflib
import os
import subprocess
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

from amts_tui.books.layout import passed_over
from amts_tui.errors import AmtsError

# What a git hook, or a shell prepared for another repository, may have set.
_FOREIGN: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")
_FILE_MODES: Final = (b"100644", b"100755")


def split_place(base: Path, path: str) -> tuple[Path, str] | None:
    """The folder and the revision that `path@rev`, relative to `base`, names; None for a plain path.

    A folder whose name holds an `@` goes before a revision. The folder need not exist any more, as long as
    one above it does.
    """
    if "@" not in path or (base / path).resolve().is_dir():
        return None
    places = [place for place, character in enumerate(path) if character == "@" and place + 1 < len(path)]
    splits = [((base / path[:place]).resolve(), path[place + 1 :]) for place in places]
    return next((split for split in splits if split[0].is_dir()), splits[-1] if splits else None)


def open_revision(folder: Path, revision: str) -> Revision:
    """The files below a folder of a git repository as they were at a revision (a tag, branch or commit).

    Raises AmtsError if git is not installed, the folder is in no repository, or the repository does not have
    the revision or, at it, the folder.
    """
    where = f"{folder}@{revision}"
    real = folder.resolve()
    existing = next(place for place in (real, *real.parents) if place.is_dir())
    prefix = _git(existing, ["rev-parse", "--show-prefix"])
    if prefix.returncode:
        _not_a_repository(folder, existing, prefix)
    above = Path(os.fsdecode(prefix.stdout).removesuffix("\n")).parts
    repository = existing.parents[len(above) - 1] if above else existing
    inside = real.relative_to(repository).as_posix()
    inside = "" if inside == "." else inside
    commit = _commit(repository, revision, where)
    files = _listed(repository, commit, inside, where)
    return Revision(repository, revision, commit, inside, files, _Objects(repository))


@dataclass(frozen=True, slots=True)
class Revision:
    """The tree of a book at a commit. `files` holds the ids of the blobs by path; `folder` is the book's
    place in the repository.
    """

    repository: Path
    revision: str
    commit: str
    folder: str
    files: Mapping[str, str] = field(compare=False, repr=False)
    objects: _Objects = field(compare=False, repr=False)

    def names(self) -> Iterable[str]:
        """The relative paths of all files but hidden and built ones; links and submodules are not among
        them.
        """
        return (name for name in self.files if not passed_over(name))

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self.files

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises AmtsError for one that is not there."""
        if name not in self.files:
            raise AmtsError("no such file", where=self.place(name), remedy="check the path and the revision")
        return self.objects.read(self.files[name], self.place(name))

    def place(self, name: str) -> str:
        """A file as git names it: `REVISION:path`."""
        return f"{self.repository}@{self.revision}:{'/'.join(filter(None, (self.folder, name)))}"

    def file(self, name: str) -> Path:
        """Raises AmtsError: there is no file to write to."""
        raise AmtsError(
            "a book at a git revision cannot be written",
            where=self.place(name),
            remedy="name a folder without @ in amts.toml, such as a checkout of that revision",
        )

    def close(self) -> None:
        """Ends the process that reads blobs; it comes back when it is needed."""
        self.objects.close()


class _Objects:
    """Blobs by id, from one `git cat-file --batch` that runs as long as it is wanted; threads may share
    it.
    """

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, blob: str, where: str) -> bytes:
        """The bytes of a blob. Raises AmtsError if the repository does not hold it."""
        with self._lock:
            process = self._process
            if process is None or process.poll() is not None:
                self._end()
                process = self._process = _start_reader(self._repository)
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(f"{blob}\n".encode())
                process.stdin.flush()
                header = process.stdout.readline().split()
                if len(header) != 3:
                    raise OSError
                size = int(header[2])
                data = process.stdout.read(size + 1)
            except OSError:
                data, size = b"", 0
            if len(data) != size + 1:
                raise AmtsError(
                    "git cannot read this file",
                    where=where,
                    remedy="the clone is partial or damaged: run `git fsck` there, or clone it anew",
                )
            return data[:-1]

    def close(self) -> None:
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            # Its input ends, so it ends: nothing is lost by waiting for that.
            process.communicate()


def _environment() -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return environment | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def _command(folder: Path, arguments: list[str]) -> list[str]:
    # A partial clone must not fetch what it lacks: older versions of git know no other way to say so.
    return ["git", "-c", "protocol.allow=never", "-C", str(folder), *arguments]


def _git(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(folder, arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            check=False,
        )
    except FileNotFoundError:
        raise _no_git() from None


def _start_reader(folder: Path) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            _command(folder, ["cat-file", "--batch"]),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
    except FileNotFoundError:
        raise _no_git() from None


def _no_git() -> AmtsError:
    return AmtsError(
        "git is not installed", remedy="install it, or name a folder instead of a path with @REVISION"
    )


def _not_a_repository(folder: Path, existing: Path, answer: subprocess.CompletedProcess[bytes]) -> NoReturn:
    said = os.fsdecode(answer.stderr).partition("\n")[0].removeprefix("fatal: ")
    if not said.startswith("not a git repository"):
        raise AmtsError(f"git refuses: {said}", where=str(existing), remedy="make git read this repository")
    if existing != folder.resolve():
        raise AmtsError("no such folder", where=str(folder), remedy="correct the path before the @")
    raise AmtsError(
        "not a git repository", where=str(folder), remedy="leave out @REVISION, or name a clone of the book"
    )


def _commit(folder: Path, revision: str, where: str) -> str:
    if not revision.startswith("-"):
        answer = _git(folder, ["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"])
        if answer.returncode == 0:
            return answer.stdout.decode().strip()
    raise AmtsError(f"no revision {revision}", where=where, remedy=_nearest(folder, revision))


def _nearest(folder: Path, revision: str) -> str:
    """What to do about a revision that is not there."""
    listed = _git(
        folder,
        [
            "for-each-ref",
            "--sort=-creatordate",
            "--format=%(refname:short)",
            "refs/tags",
            "refs/heads",
            "refs/remotes",
        ],
    )
    names = [name for name in os.fsdecode(listed.stdout).split("\n") if name]
    near = difflib.get_close_matches(revision, names, n=3, cutoff=0.5) or names[:3]
    shallow = _git(folder, ["rev-parse", "--is-shallow-repository"]).stdout.strip() == b"true"
    fetch = "the clone is shallow: `git fetch --unshallow --tags` brings the rest" if shallow else ""
    if near:
        return "; ".join(filter(None, (fetch, f"it has {', '.join(near)}")))
    return fetch or "the repository has no tags and no branches: name a commit"


def _listed(folder: Path, commit: str, inside: str, where: str) -> dict[str, str]:
    answer = _git(folder, ["ls-tree", "-r", "-z", "--full-tree", f"{commit}:{inside}"])
    if answer.returncode:
        raise AmtsError(
            f"there is no folder {inside} at that revision",
            where=where,
            remedy=f"`git -C {folder} ls-tree --full-tree {commit[:10]}` shows what is there",
        )
    files: dict[str, str] = {}
    for entry in answer.stdout.split(b"\0")[:-1]:
        about, _, name = entry.partition(b"\t")
        mode, _, blob = about.split(b" ")
        if mode in _FILE_MODES:
            files[os.fsdecode(name)] = blob.decode()
    return files
