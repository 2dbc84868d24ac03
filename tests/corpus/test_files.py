from __future__ import annotations

import os
from pathlib import Path

import pytest

from amts_tui.corpus.files import read_utf8, write_atomically
from amts_tui.errors import AmtsError


def test_text_is_written_as_it_is_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.jsonl"
    write_atomically(path, "größer\r\n\u2028\n")
    assert path.read_bytes() == "größer\r\n\u2028\n".encode()
    assert read_utf8(path) == "größer\r\n\u2028\n"
    assert path.stat().st_mode & 0o777 == 0o644


def test_rights_of_a_file_that_exists_stay(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text("old")
    path.chmod(0o600)
    write_atomically(path, "new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o600)


def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.jsonl"
    write_atomically(path, "old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AmtsError, match=r"c\.jsonl: cannot write: No space left"):
        write_atomically(path, "new")
    assert [file.name for file in tmp_path.iterdir()] == ["c.jsonl"]
    assert path.read_text() == "old"


def test_a_folder_in_the_way_is_reported(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("a file")
    with pytest.raises(AmtsError, match="cannot write"):
        write_atomically(tmp_path / "c" / "d.jsonl", "x")
    with pytest.raises(AmtsError, match="cannot read"):
        read_utf8(tmp_path / "c" / "d.jsonl")


def test_a_link_is_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "a.md", tmp_path / "link.md"
    path.write_bytes(b"old")
    link.symlink_to(path)
    write_atomically(link, "new")
    assert path.read_text() == "new"
    assert link.is_symlink()


def test_a_new_file_gets_the_rights_that_the_user_wants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a.md", "x")
    finally:
        os.umask(before)
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
