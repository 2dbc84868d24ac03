"""documents list, pair, unpair: who is with whom, the guesses, and what a person says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Call

LAMP, LAMPARA = "chapter_home/lamp.md", "chapter_home/lampara.md"
GARDEN, JARDIN = "chapter_home/garden.md", "chapter_home/jardin.md"


@pytest.fixture
def renamed(project: Path) -> Path:
    """Both Spanish documents have Spanish names; the garden has nothing but prose."""
    (project / "es" / LAMP).rename(project / "es" / LAMPARA)
    (project / "es" / GARDEN).rename(project / "es" / JARDIN)
    return project


def test_the_list_tells_how_documents_were_paired_and_what_is_guessed(amts: Call, renamed: Path) -> None:
    garden, lamp, jardin = amts("documents", "list", "--project", renamed, "--json").json
    assert (lamp["target_document"], lamp["paired"], lamp["guess"]) == (LAMPARA, "found", None)
    assert lamp["reason"].startswith("same label sec_lamp")
    assert (garden["target_document"], garden["paired"], garden["state"]) == (None, "unpaired", "no target")
    assert garden["guess"] == jardin["guess"]
    assert {name: garden["guess"][name] for name in ("source", "target", "relation", "likely")} == {
        "source": GARDEN,
        "target": JARDIN,
        "relation": "renamed",
        "likely": True,
    }
    table = amts("documents", "list", "--project", renamed).out
    assert f"{LAMPARA}: same label sec_lamp" in table
    assert f"likely {JARDIN}: title and first words mean the same" in table


def test_a_list_without_anything_to_tell_has_no_column_for_it(amts: Call, project: Path) -> None:
    assert "partner" not in amts("documents", "list", "--project", project).out


def test_likely_guesses_are_accepted_only_with_consent(
    amts: Call, refused: Callable[..., str], renamed: Path
) -> None:
    file = renamed / "amts-data" / "en-es" / "pairings.json"
    outcome = amts("documents", "pair", "--guesses", "--project", renamed)
    assert outcome.status == 2
    assert f"{GARDEN} with {JARDIN}: title" in outcome.err
    assert "add --yes" in outcome.err
    assert not file.exists()
    accepted = amts("documents", "pair", "--guesses", "--yes", "--project", renamed, "--json").json
    assert accepted == [{"pipeline": "en-es", "document": GARDEN, "target_document": JARDIN}]
    assert json.loads(file.read_text(encoding="utf-8")) == {GARDEN: JARDIN}
    assert amts("documents", "list", "--project", renamed, "--json").json[0]["paired"] == "hand"
    again = amts("documents", "pair", "--guesses", "--project", renamed)
    assert (again.status, again.out) == (0, "en-es: 0 documents paired\n")


def test_the_list_counts_what_is_not_paired_by_path(amts: Call, renamed: Path) -> None:
    amts("documents", "pair", GARDEN, JARDIN, "--project", renamed)
    told = amts("documents", "list", "--project", renamed).err
    assert (
        "en-es: of 2 pairs of documents 1 by hand and 1 by what their texts share, the others by their paths"
        in told
    )


def test_a_target_document_is_called_the_translators_own(
    amts: Call, refused: Callable[..., str], renamed: Path
) -> None:
    assert "which document has no source?" in refused("documents", "unpair", "-", "--project", renamed)
    outcome = amts("documents", "unpair", "-", JARDIN, "--project", renamed)
    assert (outcome.status, outcome.out) == (0, f"en-es: {JARDIN} has no source\n")
    *_, row = amts("documents", "list", "--project", renamed, "--json").json
    assert (row["target_document"], row["state"], row["paired"]) == (JARDIN, "own", "no source")
    assert f"{JARDIN}: no source" not in amts("align", "--project", renamed, "--json").out


def test_a_document_is_unpaired(amts: Call, renamed: Path) -> None:
    assert amts("documents", "unpair", LAMP, "--project", renamed).status == 0
    rows = {row["document"]: row for row in amts("documents", "list", "--project", renamed, "--json").json}
    assert (rows[LAMP]["paired"], rows[LAMP]["target_document"]) == ("no translation", None)
    assert rows[LAMPARA]["state"] == "no source"


@pytest.mark.parametrize("arguments", [[], [LAMP], [LAMP, LAMPARA, "--guesses"], [LAMP, "--guesses"]])
def test_pairing_needs_both_documents_or_the_guesses(
    refused: Callable[..., str], renamed: Path, arguments: list[str]
) -> None:
    assert "which documents?" in refused("documents", "pair", *arguments, "--project", renamed)


def test_a_partner_named_to_be_unpaired_is_checked(amts: Call, renamed: Path) -> None:
    assert amts("documents", "unpair", LAMP, JARDIN, "--project", renamed).status == 2
    assert amts("documents", "unpair", LAMP, LAMPARA, "--project", renamed).status == 0
