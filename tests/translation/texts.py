"""Documents of our own writing for the tests of this room."""

from amts_tui.books.model import Document
from amts_tui.books.reading import parse

SPRINGS = """# Springs and `stretch`
:label:`sec_springs`

A spring pulls back with a force that *grows* with its
stretch $x$; see :numref:`sec_springs` & [the notes](../notes.md).

```{.python .input}
force = -k * x
```

* The constant is **stiff & small**.
* Nothing here is {1} or <b>.

$$F = -k x$$

| Quantity | Symbol |
| --- | --- |
| Force | $F$ |

A dog sees the cat. The cat sees the dog.
"""

PENDULUM = """# The pendulum

A pendulum swings *slowly*. Its period depends on the length $l$.
"""


def document(text: str, path: str = "springs.md", lang: str = "en") -> Document:
    return parse(text, path=path, lang=lang)
