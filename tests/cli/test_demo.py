"""amts demo: the whole main job on the sample book, unattended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from amts_tui.cli.main import main
from tests.cli.conftest import Call


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "book"


@pytest.mark.slow
def test_the_demo_scores_every_chapter_and_keeps_its_folder(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["demo", str(demo), "--headless", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["target"] for row in rows} == {"zh", "es"}
    chapters = {row["chapter"] for row in rows}
    assert len(chapters) >= 4
    assert len(rows) == 2 * len(chapters)
    for row in rows:
        assert set(row) == {"target", "chapter", "bleu"}
        assert set(row["bleu"]) == {"without", "sentence", "paragraph"}
    for target in ("zh", "es"):
        for column in ("without", "sentence", "paragraph"):
            assert any(row["bleu"][column] > 0 for row in rows if row["target"] == target)

    # A second call goes on with the folder as it is; the jobs themselves need not be watched twice.
    changed = demo / "zh" / "index.md"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n一句话。\n", encoding="utf-8")
    files = {path for path in demo.rglob("*") if ".amts" not in path.parts}
    monkeypatch.setattr("amts_tui.workbench.demo.main_job", lambda _workbench, _say: [])
    assert main(["demo", str(demo), "--headless"]) == 0
    assert "not neural" in capsys.readouterr().out
    assert changed.read_text(encoding="utf-8").endswith("一句话。\n")
    assert {path for path in demo.rglob("*") if ".amts" not in path.parts} == files


def test_the_demo_refuses_a_folder_of_somebody_else(
    amts: Call, refused: Callable[..., str], project: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine", encoding="utf-8")
    for folder in (tmp_path / "notes", tmp_path / "notes" / "a.txt", project):
        before = sorted(tmp_path.rglob("*"))
        assert "not empty and not a demo" in refused("demo", folder, "--headless")
        assert sorted(tmp_path.rglob("*")) == before
