"""A tiny project for tests: two books of two documents, English and Spanish."""

from __future__ import annotations

from pathlib import Path

from amts_tui.workbench import setup
from amts_tui.workbench.aligning import align
from amts_tui.workbench.session import Workbench

EN_ONE = """# The lamp
:label:`sec_lamp`

The lamp stands on the table. It gives a warm light. Nobody remembers who bought it.

Every evening the lamp is lit at seven. The room has an area of $A = 12$ square metres.

```{.python .input}
light = 7
```

We keep the lamp because it still works.
"""

ES_ONE = """# La lámpara
:label:`sec_lamp`

La lámpara está sobre la mesa. Da una luz cálida. Nadie recuerda quién la compró.

Cada tarde la lámpara se enciende a las siete. La habitación tiene una superficie de $A = 12$ metros
cuadrados.

```{.python .input}
light = 7
```

Conservamos la lámpara porque todavía funciona.
"""

EN_TWO = """# The garden

Behind the house there is a small garden. Three old trees grow in it.

In spring the trees are white with flowers. Children climb them in summer.
"""

ES_TWO = """# El jardín

Detrás de la casa hay un pequeño jardín. En él crecen tres árboles viejos.

En primavera los árboles están blancos de flores. En verano los niños trepan a ellos.
"""


def write_books(folder: Path) -> None:
    """Writes both books below a folder."""
    for lang, one, two in (("en", EN_ONE, EN_TWO), ("es", ES_ONE, ES_TWO)):
        (folder / lang / "chapter_home").mkdir(parents=True)
        (folder / lang / "chapter_home" / "lamp.md").write_text(one, encoding="utf-8")
        (folder / lang / "chapter_home" / "garden.md").write_text(two, encoding="utf-8")


def make_project(folder: Path) -> Path:
    """A project of the two books, not aligned."""
    write_books(folder)
    setup.create(folder, ("en", None), {"es": None})
    return folder


def make_aligned(folder: Path) -> Path:
    """A project of the two books, aligned."""
    make_project(folder)
    with Workbench.open(folder) as workbench:
        summary = align(workbench, workbench.pipeline())
        assert not summary.failed
    return folder
