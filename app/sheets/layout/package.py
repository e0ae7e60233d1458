"""The zip of a workbook: its parts, how they hang together, and writing it again with some parts changed.

What is not changed keeps its bytes, its place, its kind of compression and its time.
"""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError

from app.domain.errors import UserError
from app.sheets.layout.markup import Element, as_utf8, elements
from app.sheets.reading.file_kinds import damaged
from app.sheets.reading.sheet_xml import ForbiddenXmlError

CONTENT_TYPES = "[Content_Types].xml"
READING_FAILS = (
    zipfile.BadZipFile, ExpatError, ForbiddenXmlError, KeyError, IndexError, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What a damaged or tricked file raises somewhere while it is read; bytes come from memory, so OSError is no disk."""

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

    def xml(self, name: str) -> bytes:
        """A part in UTF-8."""
        return as_utf8(self.read(name))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> last word of its type, and the part it points to; what points outside the file is left out."""
        name = relations_part(part)
        if name not in self:
            return {}
        return {
            one.attributes["Id"]: (
                one.attributes.get("Type", "").rpartition("/")[2],
                absolute(part, one.attributes.get("Target", "")),
            )
            for one in elements(self.xml(name))
            if one.name == "Relationship" and one.attributes.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that `part` points to and that are there."""
        return [target for found, target in self.relations(part).values() if found == kind and target in self]

    def types(self) -> list[Element]:
        """What the parts are, as the workbook says."""
        return elements(self.xml(CONTENT_TYPES))

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


class Changes:
    """Parts with new contents; a part that is changed twice is read as it was left the first time."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.parts: dict[str, Content] = {}

    def xml(self, name: str) -> bytes:
        """A part in UTF-8 as it is by now."""
        content = self.parts.get(name)
        return content if isinstance(content, bytes) else self._package.xml(name)

    def put(self, name: str, content: Content) -> None:
        self.parts[name] = content


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
