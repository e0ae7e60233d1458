"""The zip of a workbook: its parts, how they hang together, and writing it again with some parts changed.

What is not changed keeps its bytes, its place, its kind of compression and its time.
"""

import codecs
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from lxml import etree

from app.domain.errors import UserError
from app.sheets.reading.file_kinds import READING_FAILS, damaged
from app.sheets.reading.safe_xml import Element, parsed

CONTENT_TYPES = "[Content_Types].xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*\?>\s*")

Content = bytes | Iterable[bytes]
Progress = Callable[[int, int], None]


class Package:
    """A workbook in memory. Parts are named as in the zip; reading one that is not there raises KeyError."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = [member.filename for member in self._archive.infolist()]
        if len(set(self.names)) < len(self.names):
            raise zipfile.BadZipFile("a part is there twice")

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """A part as it stands there."""
        return self._archive.read(name)

    def tree(self, name: str) -> Element:
        """The root of a part."""
        return parsed(self.read(name))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> last word of its type, and the part it points to; what points outside the file is left out."""
        name = relations_part(part)
        if name not in self:
            return {}
        return {
            one.get("Id"): (one.get("Type", "").rpartition("/")[2], absolute(part, one.get("Target", "")))
            for one in self.tree(name).iter("{*}Relationship")
            if one.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that `part` points to and that are there."""
        return [target for found, target in self.relations(part).values() if found == kind and target in self]

    def kinds(self) -> list[str]:
        """The content types of the parts, as the workbook says."""
        return [one.get("ContentType", "") for one in self.tree(CONTENT_TYPES)]

    def write(self, changed: Mapping[str, Content], dropped: Iterable[str] = ()) -> bytes:
        """The workbook with other contents of some parts, some left out. Pieces are made while they are written."""
        gone = set(dropped)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as made:
            made.comment = self._archive.comment
            for member in self._archive.infolist():
                if member.filename in gone:
                    continue
                info = _same(member)
                content = changed.get(member.filename)
                if content is None:
                    content = self._archive.read(member)
                with made.open(info, "w", force_zip64=False) as target:
                    for piece in (content,) if isinstance(content, bytes) else content:
                        target.write(piece)
        return buffer.getvalue()


class PackagePart:
    """A part's tree to be changed, and its text again: declaration, prefixes and order as they were."""

    def __init__(self, content: bytes) -> None:
        self.root = parsed(content)
        self._declaration = declaration(content, self.root)
        self._before = text_of(self.root)

    def changed(self) -> bytes | None:
        """The text of the part; None if nothing in it was changed."""
        text = text_of(self.root)
        return None if text == self._before else self._declaration + text


class Changes:
    """Parts with new contents: trees that are changed in their place, and texts."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._trees: dict[str, PackagePart] = {}
        self._texts: dict[str, Content] = {}

    def tree(self, name: str) -> Element:
        """The root of a part, to be changed."""
        if name not in self._trees:
            self._trees[name] = PackagePart(self._package.read(name))
        return self._trees[name].root

    def put(self, name: str, content: Content) -> None:
        """Another content for a part; pieces are made while they are written."""
        self._texts[name] = content

    def contents(self) -> dict[str, Content]:
        """What is no longer as it was, by name."""
        trees = {name: text for name, part in self._trees.items() if (text := part.changed()) is not None}
        return {**trees, **self._texts}


def text_of(element: Element) -> bytes:
    """An element in UTF-8, without a declaration."""
    text: bytes = etree.tostring(element, encoding="UTF-8", with_tail=False)
    return text


def declared_in(element: Element) -> list[bytes]:
    """The namespaces that are known within an element, each as it is declared."""
    return [
        f' xmlns{":" + prefix if prefix else ""}="{escape(name)}"'.encode()
        for prefix, name in element.nsmap.items()
    ]


def text_within(element: Element, declared: Iterable[bytes]) -> bytes:
    """An element as it stands where these namespaces are declared already."""
    tag, close, content = text_of(element).partition(b">")
    for one in declared:
        tag = tag.replace(one, b"")
    return tag + close + content


def declaration(content: bytes, root: Element) -> bytes:
    """How a part begins in UTF-8: as it did, if it was in UTF-8."""
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in ("UTF-8", "ASCII", "US-ASCII"):
        return _DECLARATION
    found = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    return found[0] if found else b""


def _same(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(member.filename, member.date_time)
    info.compress_type = member.compress_type
    info.comment = member.comment
    info.create_system = member.create_system
    info.external_attr = member.external_attr
    info.internal_attr = member.internal_attr
    return info


def relations_part(part: str) -> str:
    """The part that holds the relations of another."""
    path = PurePosixPath(part)
    return str(path.parent / "_rels" / f"{path.name}.rels")


def absolute(part: str, target: str) -> str:
    """A target as it is written in the relations of `part`, as a name in the zip."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def opened(content: bytes, name: str) -> Package:
    """The workbook of these bytes; raises UserError with one sentence if it is damaged."""
    try:
        return Package(content)
    except READING_FAILS as error:
        raise UserError(damaged(name)) from error
