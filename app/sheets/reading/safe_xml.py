"""Reads XML of unknown origin with lxml: no document type, no entities, no network, no endless tags or texts."""

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

Element = Any
"""An element of lxml."""

_OPTIONS = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class DamagedXmlError(ValueError):
    """The text is no XML, or has a document type declaration, which no table needs and entity tricks do."""


class HugeXmlError(DamagedXmlError):
    """A text or tag is longer than 10 million bytes, or elements lie too deep in each other."""


def parsed(content: bytes) -> Element:
    """The root of a document; raises DamagedXmlError."""
    try:
        root = etree.fromstring(content, etree.XMLParser(**_OPTIONS))
    except etree.XMLSyntaxError as error:
        raise _damage(error) from error
    _refuse_document_type(root)
    return root


def elements(stream: IO[bytes], *names: str, begun: bool = False) -> Iterator[tuple[str, Element]]:
    """Every element of these names, whatever its namespace, as ("end", element) when it is complete.

    `begun`: also as ("start", element), before its content is read. Who is done with one gives it to `release`, so that
    a long document never stands in memory as a whole. Raises DamagedXmlError.
    """
    events = ("start", "end") if begun else ("end",)
    tags = [f"{{*}}{name}" for name in names]
    try:
        for number, (event, element) in enumerate(
            etree.iterparse(stream, events=events, tag=tags, **_OPTIONS)
        ):
            if number == 0:
                _refuse_document_type(element)
            yield event, element
    except etree.XMLSyntaxError as error:
        raise _damage(error) from error


def release(element: Element) -> None:
    """Empty a complete element and drop those before it."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    if parent is not None and parent[0] is not element:
        del parent[: parent.index(element)]


def local(element: Element) -> str:
    """An element's name without its namespace."""
    name: str = element.tag
    return name.rpartition("}")[2]


def child(element: Element, name: str) -> Element | None:
    """The first child of this name, whatever its namespace."""
    return next(element.iterchildren("{*}" + name), None)


def inside(element: Element, *names: str) -> bool:
    """Whether an element of these names is around it."""
    return next(element.iterancestors(*("{*}" + name for name in names)), None) is not None


def _refuse_document_type(element: Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise DamagedXmlError("document type")


def _damage(error: etree.XMLSyntaxError) -> Exception:
    if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        return MemoryError()
    huge = error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT and "entity" not in error.msg
    return (HugeXmlError if huge else DamagedXmlError)(str(error))
