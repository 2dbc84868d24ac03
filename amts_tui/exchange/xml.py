"""Reading XML that others have made: element by element, without entities, external files or the network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from amts_tui.errors import AmtsError

if TYPE_CHECKING:
    from lxml import etree


def elements(data: bytes, where: str, *tags: str, root: str) -> Iterator[etree._Element]:
    """The elements of some names, of any namespace, in file order, each emptied after use; their ancestors
    have their attributes.

    Raises AmtsError with `where` and the line if the file is no XML, has another root, or declares entities;
    the limits of libxml2 (256 levels, 10 MB for one text) hold.
    """
    from lxml import etree

    names = [f"{{*}}{tag}" for tag in tags]
    found = etree.iterparse(
        io.BytesIO(data), tag=names, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    first = True
    try:
        for _, element in found:
            if first:
                _check_declarations(element.getroottree(), where)
                first = False
            yield element
            element.clear(keep_tail=True)
    except etree.XMLSyntaxError as error:
        raise AmtsError(
            f"not XML: {error.msg}", where=f"{where}:{error.lineno or 1}", remedy="export the file again"
        ) from error
    name = local_name(found.root)
    if name != root:
        raise AmtsError(f"its root is `{name}`, not `{root}`", where=f"{where}:1", remedy="check the format")


def _check_declarations(tree: etree._ElementTree, where: str) -> None:
    subset: Any = tree.docinfo.internalDTD
    if subset is not None and next(iter(subset.iterentities()), None) is not None:
        raise AmtsError(
            "the file declares entities", where=f"{where}:1", remedy="export it without a document type"
        )


def text_of(element: etree._Element) -> str:
    """All text in an element, that of the elements in it included, comments not."""
    return "".join(str(part) for part in element.itertext())


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment or a processing instruction."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
