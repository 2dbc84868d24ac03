"""Calls of the command line inside this process, and a small aligned project that tests may change."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from amts_tui.cli.main import main
from tests.books_of_two import make_aligned


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


Call = Callable[..., Outcome]


@pytest.fixture
def amts(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Runs `amts` with the given arguments in an empty folder; nothing may ever look like a traceback."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    def call(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Outcome(status, out, err)

    return call


@pytest.fixture
def refused(amts: Call) -> Callable[..., str]:
    """A call that must end with status 2, nothing on stdout and one line on stderr, which is returned."""

    def call(*arguments: str | Path) -> str:
        outcome = amts(*arguments)
        assert outcome.status == 2, outcome
        assert outcome.out == ""
        lines = outcome.err.rstrip("\n").split("\n")
        assert len(lines) == 1, outcome.err
        assert lines[0].startswith("amts: ")
        return lines[0]

    return call


@pytest.fixture(scope="session")
def _aligned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_aligned(tmp_path_factory.mktemp("aligned"))


@pytest.fixture
def project(_aligned: Path, tmp_path: Path) -> Path:
    """The project of two books, aligned, for one test."""
    return Path(shutil.copytree(_aligned, tmp_path / "book"))


@pytest.fixture
def bead(amts: Call, project: Path) -> Callable[[str], str]:
    """The id of the bead that holds some words."""

    def find(words: str) -> str:
        for value in amts("beads", "--project", project, "--json").json:
            if any(words in text for text in (*value["source"], *value["target"])):
                return str(value["id"])
        raise AssertionError(f"no bead holds {words!r}")

    return find
