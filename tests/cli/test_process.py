"""`amts` as a process of its own: exit statuses, streams, Control-C."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import boto3
import pytest

from amts_tui.workbench import setup

AMTS = [sys.executable, "-m", "amts_tui.cli.main"]


def amts(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*AMTS, *map(str, arguments)], capture_output="stdout" not in options, timeout=60, **options
    )


def test_result_on_stdout_messages_on_stderr(project: Path) -> None:
    done = amts(
        "--project",
        project,
        "export",
        "--format",
        "csv",
        "-o",
        project / "x.csv",
        "--status",
        "edited",
        "--json",
    )
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"written": 0, "left_out": 12}
    assert b"note: --report" in done.stderr


def test_an_error_is_one_line_with_status_2(tmp_path: Path) -> None:
    done = amts("--project", tmp_path, "beads")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1


def test_results_are_utf_8_in_any_locale(project: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = amts("--project", project, "beads", "--json", env=environment)
    assert done.returncode == 0
    assert "La lámpara" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(project: Path) -> None:
    with subprocess.Popen(
        [*AMTS, "--project", str(project), "beads", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_result_that_finds_no_room_is_an_error(project: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        for arguments in (["beads"], ["beads", "--json"], ["--help"]):
            done = amts("--project", project, *arguments, stdout=full, stderr=subprocess.PIPE)
            assert done.returncode == 2
            assert b"No space left on device" in done.stderr
            assert done.stderr.count(b"\n") == 1


def test_without_a_terminal_nothing_that_asks_is_started(project: Path) -> None:
    done = amts("--project", project, "translate", "--document", "*lamp*", stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert b"add --yes" in done.stderr
    assert not (project / "amts-data").exists()


def aligned(database: Path) -> list[str]:
    if not database.exists():
        return []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        try:
            rows = db.execute("SELECT source_path FROM documents WHERE aligner != ''").fetchall()
        except sqlite3.OperationalError:
            return []
    return sorted(path for (path,) in rows)


def test_control_c_while_aligning_keeps_what_is_finished(tmp_path: Path) -> None:
    for lang, words in (
        ("en", "The number {} is written in chapter {}."),
        ("es", "El número {} está en el capítulo {}."),
    ):
        (tmp_path / lang).mkdir()
        for n in range(40):
            text = "\n\n".join(words.format(1000 * n + m, n) for m in range(25))
            (tmp_path / lang / f"part{n:02}.md").write_text(f"# {n} {lang}\n\n{text}\n", encoding="utf-8")
    setup.create(tmp_path, ("en", None), {"es": None})
    with subprocess.Popen(
        [*AMTS, "--project", str(tmp_path), "align"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        until = time.monotonic() + 150
        while not aligned(tmp_path / ".amts" / "workspace.db"):
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    assert b"amts: interrupted" in err
    kept = aligned(tmp_path / ".amts" / "workspace.db")
    assert 0 < len(kept) < 40
    listed = json.loads(amts("--project", tmp_path, "documents", "list", "--json").stdout)
    assert [row["document"] for row in listed if row["state"] == "aligned"] == kept


def test_the_local_endpoint_has_the_buckets_that_are_asked_for() -> None:
    command = [*AMTS, "--json", "local", "--port", "0", "--bucket", "first-book", "--bucket", "second-book"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        text = ""
        while (line := process.stdout.readline()) != "}\n":
            assert line, process.stderr.read() if process.stderr else ""
            text += line
        ready = json.loads(text + "}")
        s3 = boto3.client(
            "s3",
            endpoint_url=ready["url"],
            region_name=ready["environment"]["AWS_DEFAULT_REGION"],
            aws_access_key_id=ready["environment"]["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=ready["environment"]["AWS_SECRET_ACCESS_KEY"],
        )
        names = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert names == ["first-book", "second-book"]


def test_a_bucket_that_cannot_be_is_one_line_with_status_2() -> None:
    done = amts("local", "--port", "0", "--bucket", "No_Bucket")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"'No_Bucket' cannot be the name of a bucket" in done.stderr
    assert done.stderr.count(b"\n") == 1
