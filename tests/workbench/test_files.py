"""Single files without a project: what folders are made of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from amts_tui.errors import AmtsError
from amts_tui.workbench import files


def test_a_folder_that_cannot_be_listed_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("A\n", encoding="utf-8")
    (tmp_path / "closed").mkdir()
    listed = os.scandir

    def scandir(path: str) -> object:
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(AmtsError, match="closed: cannot be listed: Permission denied"):
        files.roundtrip([tmp_path])
