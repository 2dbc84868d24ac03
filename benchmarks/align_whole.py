"""How the closer look does with an encoder that knows whole texts only: the default one, held to that.

    python benchmarks/align_whole.py DATA/gold --scorer SCORER.py [--cache FOLDER] SET…

For each set three rows: with sums over tokens, with sums of the units' vectors (what quick mode does with a
model of sentence-transformers), and with runs and clauses encoded (thorough mode).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
from align_gold import COLUMNS, lines, score

from amts_tui.alignment.documents import align_many, unit_pair
from amts_tui.alignment.embeddings import EmbeddingSimilarity
from amts_tui.alignment.encoder import Encoder
from amts_tui.alignment.encoder import _Loaded as Loaded


class WholeTexts(Encoder):
    """The default encoder without its sums over tokens; `asked` counts the texts that it encoded."""

    asked = 0

    @property
    def head(self) -> None:  # type: ignore[override]
        """None, as with a model of sentence-transformers."""
        return

    def _identity(self) -> str:
        return "whole texts"

    def _model_loaded(self) -> Loaded:
        loaded = super()._model_loaded()

        def encode(texts: list[str]) -> np.ndarray:
            self.asked += len(texts)
            totals = np.stack([rows.astype(np.float32).sum(axis=0) for rows in loaded.encode(texts)])
            assert loaded.head
            return loaded.head(totals[:, :-1], totals[:, -1])

        return Loaded(encode, None)


def main() -> None:
    """Three rows a set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_intermixed_args()
    print(f"{'set':20} {'vectors':7} " + " ".join(f"{name:>6}" for name in COLUMNS) + "  texts encoded")
    for name in options.sets:
        folder = options.gold / name
        documents = sorted(path.name.removesuffix(".gold.json") for path in folder.glob("*.gold.json"))
        pairs = [unit_pair(lines(folder / f"{one}.src"), lines(folder / f"{one}.tgt")) for one in documents]
        units = sum(len(pair.source.units) + len(pair.target.units) for pair in pairs)
        for kind in ("tokens", "sums", "whole"):
            encoder = Encoder(cache=options.cache) if kind == "tokens" else WholeTexts()
            similarity = EmbeddingSimilarity(kind, encoder, whole=kind == "whole")
            with tempfile.TemporaryDirectory() as output:
                for one, links in zip(documents, align_many(pairs, similarity), strict=True):
                    beads = [[link.source, link.target] for link in links]
                    (Path(output) / f"{one}.json").write_text(json.dumps(beads))
                found = score(options.scorer, folder, Path(output))
            asked = encoder.asked if isinstance(encoder, WholeTexts) else units
            figures = " ".join(f"{found[column]:6.3f}" for column in COLUMNS)
            print(f"{name:20} {kind:7} {figures}  {asked}", flush=True)


if __name__ == "__main__":
    main()
