"""The workbench in a browser: only on this machine, and a named command where the extra is missing."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from amts_tui.cli import web
from tests.cli.conftest import Call


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What a server in the place of textual-serve was asked to serve."""
    asked: list[tuple[object, ...]] = []
    module = ModuleType("textual_serve.server")

    def server(*arguments: object) -> SimpleNamespace:
        return SimpleNamespace(serve=lambda: asked.append(arguments))

    module.Server = server  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "textual_serve", ModuleType("textual_serve"))
    monkeypatch.setitem(sys.modules, "textual_serve.server", module)
    monkeypatch.setattr(web.importlib.util, "find_spec", lambda name: name)
    return asked


def test_without_the_extra_the_command_that_installs_it_is_named(
    refused: Callable[..., str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.importlib.util, "find_spec", lambda _name: None)
    for arguments in (["--web"], ["open", project, "--web"]):
        assert "pip install 'amts-tui[web]'" in refused(*arguments)


def test_a_browser_of_this_machine_gets_the_same_command(
    amts: Call, project: Path, served: list[tuple[object, ...]]
) -> None:
    outcome = amts("open", project, "--web", "--read-only")
    assert outcome.status == 0
    command, host, port, _title = served[0]
    assert str(command).endswith(f"-m amts_tui.cli.main open {project} --read-only")
    assert host == "127.0.0.1"
    assert f"http://127.0.0.1:{port}" in outcome.err


def test_a_folder_without_a_project_is_not_served(
    refused: Callable[..., str], tmp_path: Path, served: list[tuple[object, ...]]
) -> None:
    assert "no amts.toml" in refused("open", tmp_path, "--web")
    assert served == []


def test_a_port_that_is_taken_is_passed_over() -> None:
    first = web.free_port()
    with socket.socket() as listener:
        listener.bind((web.HOST, first))
        listener.listen()
        assert web.free_port() > first
