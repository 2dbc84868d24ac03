"""Options that every command takes, usage errors, and what needs a terminal."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from amts_tui import __version__
from tests.cli.conftest import Call


@pytest.mark.parametrize(
    "order",
    [
        ("--project", "DIR", "--json", "beads"),
        ("beads", "--project", "DIR", "--json"),
        ("--json", "beads", "--project=DIR"),
        ("beads", "--json", "--target", "es", "--project", "DIR"),
    ],
)
def test_global_options_stand_before_or_after_the_command(
    amts: Call, project: Path, order: tuple[str, ...]
) -> None:
    outcome = amts(*(part.replace("DIR", str(project)) for part in order))
    assert outcome.status == 0
    assert len(outcome.json) == 12


def test_without_project_the_nearest_one_upwards_counts(
    amts: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "en" / "chapter_home")
    assert len(amts("--json", "beads").json) == 12


def test_a_named_folder_must_be_the_project_itself(refused: Callable[..., str], project: Path) -> None:
    assert "no amts.toml" in refused("--project", project / "en", "beads")
    assert "no amts.toml" in refused("--project", project / "misspelt", "align")
    assert "no amts.toml here or above" in refused("beads")


@pytest.mark.parametrize(
    "arguments", [["beads", "--project"], ["--project=", "beads"], ["--project", "--json", "beads"]]
)
def test_project_needs_a_folder(refused: Callable[..., str], arguments: list[str]) -> None:
    assert refused(*arguments) == "amts: --project needs a folder (--project DIR)"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nosuch"], "No such command 'nosuch'"),
        (["beads", "--nosuch"], "No such option: --nosuch"),
        (["beads", "--status", "perhaps"], "'perhaps' is not one of 'auto', 'confirmed'"),
        (["beads", "--max-confidence", "high"], "--max-confidence"),
        (["beads", "--max-confidence", "70"], "--max-confidence"),
        (["edit", "move", "x", "sideways", "--side", "source"], "'sideways' is not one of 'up', 'down'"),
        (["edit"], "Missing command"),
        (["extract"], "Missing argument 'FILE'"),
        (["export", "--format", "csv"], "Missing option '-o'"),
        (["export", "--format", "odt", "-o", "x"], "'odt' is not one of"),
        (["evaluate", "run", "--fail-under", "bleu"], "not a gate: 'bleu'"),
    ],
)
def test_wrong_usage_is_one_line(refused: Callable[..., str], arguments: list[str], words: str) -> None:
    line = refused(*arguments)
    assert words in line
    assert "Value error" not in line


def test_the_version_tells_the_environment(amts: Call) -> None:
    assert amts("--version").out.startswith(f"amts {__version__}\nPython 3.")
    facts = amts("--version", "--json").json
    assert facts["amts"] == __version__
    assert {"Python", "system", "boto3", "sacrebleu", "textual"} <= facts.keys()


def test_the_workbench_needs_a_terminal(
    refused: Callable[..., str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    for arguments in ([], ["open", project], ["--project", project]):
        assert "needs a terminal" in refused(*arguments)


def test_a_command_that_takes_one_target_refuses_two(refused: Callable[..., str], project: Path) -> None:
    both = ("--project", project, "--target", "es", "--target", "zh")
    assert "one target" in refused("export", "--format", "csv", "-o", "x.csv", *both)
    assert "one target" in refused("parallel-data", "create", "name", *both)
