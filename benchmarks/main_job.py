"""The main job on real data, through the command line: round trip, alignment, export, scores.

    python benchmarks/main_job.py DATA

DATA holds `books/d2l/{en,zh}`, `corpora/`, `sync/` and `runs/{zh,tr}/{source,amazon-translate,reference}`.
Prints the tables of `docs/benchmarks.md`.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

AMTS = [sys.executable, "-m", "amts_tui.cli.main"]


def amts(*arguments: str | Path, project: Path | None = None) -> tuple[Any, float]:
    """The JSON value of a command and its seconds; ends the program if the command fails."""
    options = ["--project", str(project)] if project else []
    begun = time.perf_counter()
    done = subprocess.run(
        [*AMTS, *options, "--json", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return json.loads(done.stdout), seconds


def round_trips(data: Path) -> None:
    """Every Markdown file read, masked, spliced back and compared."""
    print("| folder | files | identical | seconds |\n| --- | --- | --- | --- |")
    for name in ("books", "corpora", "sync", "runs"):
        result, seconds = amts("roundtrip", data / name)
        print(f"| {name} | {result['files']} | {result['identical']} | {seconds:.1f} |")


def whole_book(data: Path) -> None:
    """A book of 102 document pairs from nothing to its exports."""
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary)
        book = data.resolve() / "books" / "d2l"
        steps: list[tuple[str, float, str]] = []
        made, seconds = amts(
            "init", project, "--source", f"en={book / 'en'}", "--target", f"zh={book / 'zh'}"
        )
        steps.append(("init", seconds, f"{made['documents']['en']} and {made['documents']['zh']} documents"))
        for label in ("align", "align again, nothing changed"):
            aligned, seconds = amts("align", project=project)
            beads = sum(document["beads"] for document in aligned["documents"])
            steps.append((label, seconds, f"{len(aligned['documents'])} documents, {beads} beads"))
        for granularity in ("sentence", "paragraph"):
            file = project / f"{granularity}.csv"
            written, seconds = amts(
                "export", "--format", "csv", "-o", file, "--granularity", granularity, project=project
            )
            steps.append((f"export {granularity} pairs", seconds, f"{written['written']} pairs"))
            with file.open(encoding="utf-8", newline="") as stream:
                found = [row for row in csv.reader(stream) if "eat, grandma" in row[0]]
            steps.append(
                ("", 0.0, f"the article's pair: {len(found)} row, {len(found[0][1])} characters of Chinese")
            )
    print("| step | seconds | result |\n| --- | --- | --- |")
    for label, seconds, result in steps:
        print(f"| {label} | {f'{seconds:.1f}' if seconds else ''} | {result} |")


def real_runs(data: Path) -> None:
    """Real Amazon Translate output against the later human text, chapter by chapter."""
    for lang in ("zh", "tr"):
        folder = data / "runs" / lang
        value, seconds = amts(
            "score",
            "--source",
            folder / "source",
            "--hypothesis",
            folder / "amazon-translate",
            "--reference",
            folder / "reference",
            "--target-lang",
            lang,
        )
        print(
            f"| {lang}, in {seconds:.0f} s | segments | BLEU | chrF | TER |\n| --- | --- | --- | --- | --- |"
        )
        for row in [*value["by"], value["total"] | {"name": "total"}]:
            scores = " | ".join(f"{row[metric]:.1f}" for metric in ("bleu", "chrf", "ter"))
            print(f"| {row['name']} | {row['segments']} | {scores} |")
        print(f"\n`{value['signature']}`\n")


def main() -> None:
    """Prints all tables."""
    if len(sys.argv) != 2 or not Path(sys.argv[1], "books").is_dir():
        sys.exit(__doc__)
    data = Path(sys.argv[1])
    round_trips(data)
    print()
    whole_book(data)
    print()
    real_runs(data)


if __name__ == "__main__":
    main()
