"""Models of the sentence-transformers package, by name or in a folder."""

from __future__ import annotations

import sys
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from amts_tui.errors import AmtsError

if TYPE_CHECKING:
    from amts_tui.alignment.encoder import Encode

_SIGNS = ("modules.json", "config.json", "config_sentence_transformers.json")
_REMEDY = "give the name of a sentence-transformers model, or a folder that holds one"


def check(name: str) -> None:
    """Raises AmtsError if the extra is not installed, or a folder is not there or holds no model."""
    if find_spec("sentence_transformers") is None:
        raise AmtsError(
            f"the model {name} needs sentence-transformers",
            remedy="install it with: pip install 'amts-tui[embeddings]'",
        )
    folder = Path(name)
    if not folder.is_dir():
        if _is_path(name):
            raise AmtsError(f"there is no folder {name}", remedy=_REMEDY)
    elif not any((folder / sign).is_file() for sign in _SIGNS):
        raise AmtsError(f"the folder {name} holds no model: no {' or '.join(_SIGNS[:2])}", remedy=_REMEDY)


def identity(name: str) -> str:
    """What tells the vectors of a model from those of others: its name, and of a folder the sizes and times
    of its files.
    """
    folder = Path(name)
    if not folder.is_dir():
        return name
    digest = blake2b(digest_size=16)
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        facts = file.stat()
        digest.update(f"{file.relative_to(folder)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return f"{name} {digest.hexdigest()}"


def load(name: str, threads: int) -> Encode:
    """A function from texts to vectors of length 1. Raises AmtsError if the model cannot be loaded."""
    try:
        from sentence_transformers import SentenceTransformer

        if torch := sys.modules.get("torch"):
            torch.set_num_threads(threads)
        model = SentenceTransformer(name)
    except (ImportError, LookupError, OSError, RuntimeError, TypeError, ValueError) as error:
        reason = next((line for line in str(error).split("\n") if line.strip()), type(error).__name__)
        raise AmtsError(f"the model {name} cannot be loaded: {reason.strip()}", remedy=_REMEDY) from error
    return lambda texts: np.asarray(model.encode(texts, normalize_embeddings=True, show_progress_bar=False))


def _is_path(name: str) -> bool:
    """Whether it cannot be the name of a published model, which has one slash at most."""
    return Path(name).is_absolute() or name.startswith((".", "~")) or name.count("/") > 1 or "\\" in name
