"""What an EPUB says about itself: its package document, the order of its pages, what of it is locked.

EPUB 3.3, sections 4 (container) and 5 (package). XML is parsed without network, entities or external
definitions.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from amts_tui.errors import AmtsError

if TYPE_CHECKING:
    from lxml import etree

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_PAGE: Final = "application/xhtml+xml"
_CONTENTS: Final = "application/x-dtbncx+xml"
_DAMAGED: Final = "get a fresh copy of the file"


@dataclass(frozen=True, slots=True)
class Package:
    """The texts of an EPUB by their names in the archive: pages in reading order, those that the order leaves
    out, the old table of contents (NCX), the package document.
    """

    pages: tuple[str, ...]
    contents: tuple[str, ...]
    document: str


def read_package(entries: Mapping[str, bytes], where: str) -> Package:
    """The package of an EPUB. Raises AmtsError if something is missing, damaged, locked or leads out of the
    archive.
    """
    document = _package_name(entries, where)
    root = parse_xml(_entry(entries, document, where), f"{where}:{document}")
    folder = posixpath.dirname(document)
    kinds: dict[str, tuple[str, str]] = {}
    for item in _elements(root, "item"):
        name = _resolve(folder, item.get("href") or "", where)
        kinds[item.get("id") or ""] = (name, item.get("media-type") or "")
    order = [item.get("idref") or "" for item in _elements(root, "itemref") if item.get("linear") != "no"]
    aside = [item.get("idref") or "" for item in _elements(root, "itemref") if item.get("linear") == "no"]
    pages: dict[str, None] = {}
    for key in [*order, *aside, *kinds]:
        name, kind = kinds.get(key, ("", ""))
        if kind == _PAGE and name:
            _check_present(entries, name, where)
            pages[name] = None
    if not pages:
        raise AmtsError("the EPUB has no pages", where=where, remedy=_DAMAGED)
    contents = tuple(name for name, kind in kinds.values() if kind == _CONTENTS and name in entries)
    package = Package(tuple(pages), contents, document)
    _check_open(entries, package, where)
    return package


@dataclass(frozen=True, slots=True)
class XmlFault:
    """Why a text is no well-formed XML, and where it shows: line and column from 1, 0 if that is unknown."""

    reason: str
    line: int = 0
    column: int = 0


def parse_xml(data: bytes, where: str) -> etree._Element:
    """The root element of an XML text. Raises AmtsError that names `where` if it is not well-formed."""
    root = _parsed(data)
    if isinstance(root, XmlFault):
        raise AmtsError(f"this is no well-formed XML: {root.reason}", where=where, remedy=_DAMAGED)
    return root


def xml_fault(data: bytes) -> XmlFault | None:
    """The first thing that keeps an XML text from being well-formed; None if it is."""
    root = _parsed(data)
    return root if isinstance(root, XmlFault) else None


def _parsed(data: bytes) -> etree._Element | XmlFault:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return XmlFault(str(error).partition(" (<string>")[0], *error.position)
    except (ValueError, LookupError) as error:
        return XmlFault(str(error))


def _package_name(entries: Mapping[str, bytes], where: str) -> str:
    if _CONTAINER not in entries:
        raise AmtsError(
            f"this is no EPUB: {_CONTAINER} is missing", where=where, remedy="check the name of the file"
        )
    root = parse_xml(entries[_CONTAINER], f"{where}:{_CONTAINER}")
    for file in _elements(root, "rootfile"):
        if name := _resolve("", file.get("full-path") or "", where):
            return name
    raise AmtsError("the EPUB names no package document", where=f"{where}:{_CONTAINER}", remedy=_DAMAGED)


def _elements(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of a local name, whatever their namespace."""
    yield from root.iter(f"{{*}}{name}")


def _resolve(folder: str, reference: str, where: str) -> str:
    """The name in the archive that a reference from `folder` means; "" for one that leads to the network."""
    path = reference.partition("#")[0]
    if "://" in path or path.startswith("data:") or not path:
        return ""
    name = posixpath.normpath(posixpath.join(folder, unquote(path)))
    if name.startswith(("../", "/")) or name == "..":
        raise AmtsError(
            f"the EPUB refers to a file outside of it: {reference!a}",
            where=where,
            remedy="do not trust this file",
        )
    return name


def _entry(entries: Mapping[str, bytes], name: str, where: str) -> bytes:
    _check_present(entries, name, where)
    return entries[name]


def _check_present(entries: Mapping[str, bytes], name: str, where: str) -> None:
    if name not in entries:
        raise AmtsError(f"the EPUB lacks its file {name!a}", where=where, remedy=_DAMAGED)


def _check_open(entries: Mapping[str, bytes], package: Package, where: str) -> None:
    """Raise AmtsError if one of the texts is encrypted; fonts often are, and are left alone."""
    if _ENCRYPTION not in entries:
        return
    root = parse_xml(entries[_ENCRYPTION], f"{where}:{_ENCRYPTION}")
    texts = {*package.pages, *package.contents, package.document}
    for reference in _elements(root, "CipherReference"):
        if _resolve("", reference.get("URI") or "", where) in texts:
            raise AmtsError(
                "the texts of the EPUB are locked by digital rights management",
                where=where,
                remedy="use a copy without it",
            )
