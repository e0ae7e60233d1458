"""XML of other people's workbooks, changed at single places: where elements and attributes stand, byte for byte.

A tree that is read and written again would lose prefixes, order and what nobody knows; here the text stays.
"""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape as _unescape
from xml.parsers import expat
from xml.sax.saxutils import escape as _escape

from app.sheets.reading.sheet_xml import ForbiddenXmlError

_CHUNK = 1024 * 1024
_START_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_ATTRIBUTE = re.compile(rb"\s([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DECLARED = re.compile(rb"""^(\s*<\?xml[^>]*?encoding\s*=\s*["'])([\w.-]+)""")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

Tick = Callable[[], None]


@dataclass(slots=True)
class Element:
    """An element and where it stands: `start` `<`, `inner` behind the start tag, `close` before the end tag, `end`."""

    name: str  # without prefix
    attributes: dict[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    parent: "Element | None" = field(default=None, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether it is written as `<name/>`."""
        return self.inner == self.end

    def inside(self, *names: str) -> bool:
        """Whether an element of these names is around it."""
        element = self.parent
        while element is not None:
            if element.name in names:
                return True
            element = element.parent
        return False


def as_utf8(data: bytes) -> bytes:
    """The same text in UTF-8; what is UTF-8 already stays as it is."""
    encoding = None
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            encoding = name
    declared = _DECLARED.match(data)
    if (
        encoding is None
        and declared
        and declared[2].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    ):
        encoding = declared[2].decode("ascii")
    if encoding is None:
        return data
    try:
        text = data.decode(encoding).encode("utf-8")
    except LookupError as error:
        raise ValueError(encoding) from error
    return _DECLARED.sub(rb"\g<1>UTF-8", text, count=1)


def walk(
    data: bytes,
    start: Callable[[str, dict[str, str], int], None],
    end: Callable[[str, int], None],
    tick: Tick,
) -> None:
    """Calls for every start and end tag with its byte offset. Raises ExpatError, ForbiddenXmlError."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def forbid(*_: object) -> None:
        raise ForbiddenXmlError("part")

    parser.StartDoctypeDeclHandler = forbid
    parser.StartElementHandler = lambda name, attributes: start(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: end(name, parser.CurrentByteIndex)
    for place in range(0, len(data), _CHUNK):
        tick()
        parser.Parse(data[place : place + _CHUNK])
    parser.Parse(b"", True)


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def tag_end(data: bytes, start: int) -> tuple[int, bool]:
    """The place behind the start tag at `start`, and whether it closes itself."""
    found = _START_TAG.match(data, start)
    if found is None:
        raise ValueError(f"no tag at {start}")
    return found.end(), bool(found[1])


def elements(data: bytes, tick: Tick = lambda: None) -> list[Element]:
    """All elements in the order of their start tags."""
    found: list[Element] = []
    opened: list[Element] = []

    def start(name: str, attributes: dict[str, str], at: int) -> None:
        inner, closed = tag_end(data, at)
        element = Element(local(name), attributes, at, inner, parent=opened[-1] if opened else None)
        if closed:
            element.close = element.end = inner
        found.append(element)
        opened.append(element)

    def end(_name: str, at: int) -> None:
        element = opened.pop()
        if not element.end:
            element.close, element.end = at, data.index(b">", at) + 1

    walk(data, start, end, tick)
    return found


class Edits:
    """Changes of a text at byte offsets, applied all at once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._changes: list[tuple[int, int, bytes | Iterable[bytes]]] = []

    def __bool__(self) -> bool:
        return bool(self._changes)

    def replace(self, start: int, end: int, new: bytes | Iterable[bytes]) -> None:
        """Put `new` in the place of `start` .. `end`; several pieces are taken when they are written."""
        if not isinstance(new, bytes) or self.data[start:end] != new:
            self._changes.append((start, end, new))

    def remove(self, element: Element) -> None:
        self.replace(element.start, element.end, b"")

    def set_text(self, element: Element, text: str) -> None:
        """Another text of an element that holds text only."""
        if text != self.text(element):
            self.replace(element.inner, element.close, escaped(text).encode())

    def text(self, element: Element) -> str:
        """The text of an element that holds text only."""
        return unescaped(self.data[element.inner : element.close])

    def set_attribute(self, element: Element, name: str, value: str) -> None:
        """Another value of an attribute, or a new attribute. Names as they are written, prefix included."""
        tag = self.data[element.start : element.inner]
        for found in _ATTRIBUTE.finditer(tag):
            if found[1] == name.encode():
                group = 2 if found[2] is not None else 3
                at, to = found.span(group)
                if element.attributes.get(name) != value:
                    self.replace(element.start + at, element.start + to, _attribute(value))
                return
        at = element.inner - (2 if element.is_empty else 1)
        self.replace(at, at, b' %s="%s"' % (name.encode(), _attribute(value)))

    def pieces(self) -> Iterator[bytes]:
        """The changed text, piece by piece."""
        place = 0
        for start, end, new in sorted(self._changes, key=lambda change: change[:2]):
            if start < place:
                continue  # inside something that was replaced as a whole
            yield self.data[place:start]
            if isinstance(new, bytes):
                yield new
            else:
                yield from new
            place = end
        yield self.data[place:]

    def result(self) -> bytes:
        return b"".join(self.pieces())


def attributes_of(tag: bytes) -> dict[str, str]:
    """The attributes in the text of a start tag."""
    return {
        found[1].decode(): unescaped(found[2] if found[2] is not None else found[3])
        for found in _ATTRIBUTE.finditer(tag)
    }


def without_attribute(tag: bytes, *names: str) -> bytes:
    """The text of attributes without some of them."""
    unwanted = {name.encode() for name in names}
    return _ATTRIBUTE.sub(lambda found: b"" if found[1] in unwanted else found[0], tag)


def unescaped(raw: bytes) -> str:
    """Text as it is meant; entities of a text without document type are the five of XML and numbers."""
    return _unescape(raw.decode("utf-8")) if b"&" in raw else raw.decode("utf-8")


def escaped(text: str) -> str:
    """Text between tags."""
    return _escape(text)


def cell_text(text: str) -> str:
    """A text of ours between the tags of a cell: signs that XML has no place for as `_xHHHH_`, as Excel does."""
    if _LOOKS_ESCAPED.search(text):
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return _escape(text[:32767])  # more does not fit into a cell


def meant(text: str) -> str:
    """The reverse for a text read from a cell."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _attribute(value: str) -> bytes:
    return _escape(value, {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;"}).encode()
