"""Looks through a workbook beside calamine: extents, errors, formulas without result, the date system."""

import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import UserError
from app.sheets.reading import biff, compound, sheet_xml
from app.sheets.reading.file_kinds import MAX_UNPACKED_BYTES, FileKind, encrypted, too_large
from app.sheets.reading.sheet_xml import Scan


@dataclass(slots=True)
class Scans:
    """By the sheet's name, or in the order of the worksheets where the format is read by order (.xls)."""

    by_name: dict[str, Scan] = field(default_factory=dict)
    in_order: list[Scan] = field(default_factory=list)
    base_1904: bool = False

    def of(self, order: int, name: str) -> Scan:
        """The scan of a worksheet."""
        if order < len(self.in_order):
            return self.in_order[order]
        return self.by_name.get(name, Scan())


def scan(path: Path, kind: FileKind, scans: Scans) -> Iterator[None]:
    """Fills `scans`; yields now and then as a sign of life. Raises UserError for an .xls with a password."""
    if kind is FileKind.XLS:
        yield from _scan_xls(path, scans)
        return
    with zipfile.ZipFile(path) as archive:
        if kind is FileKind.XLSX:
            yield from _scan_xlsx(archive, scans)
        elif kind is FileKind.XLSB:
            yield from _scan_xlsb(archive, scans)
        else:
            with archive.open("content.xml") as stream:
                scans.base_1904 = yield from sheet_xml.scan_ods(stream, scans.by_name)


def _refuse_repeated(archive: zipfile.ZipFile, parts: Collection[str]) -> None:
    """Thousands of sheets may share one part: what is read counts, not what is stored."""
    sizes = {member.filename: member.file_size for member in archive.infolist()}
    if sum(sizes.get(part, 0) for part in parts) > MAX_UNPACKED_BYTES:
        raise UserError(too_large(Path(archive.filename or "").name))


def _scan_xlsx(archive: zipfile.ZipFile, scans: Scans) -> Iterator[None]:
    structure = sheet_xml.xlsx_structure(archive)
    scans.base_1904 = structure.base_1904
    _refuse_repeated(archive, structure.parts.values())
    for name, part in structure.parts.items():
        if part.startswith("xl/worksheets/") or "sheet" in part.lower():
            with archive.open(part) as stream:
                found = scans.by_name[name] = sheet_xml.scan_xlsx(stream)
            if found.unplaced:
                with archive.open(part) as stream:
                    yield from sheet_xml.scan_unplaced(stream, found)
        yield


def _scan_xlsb(archive: zipfile.ZipFile, scans: Scans) -> Iterator[None]:
    book = biff.xlsb_book(archive.read("xl/workbook.bin"))
    scans.base_1904 = book.base_1904
    targets = sheet_xml.relations(archive, "xl/_rels/workbook.bin.rels")
    parts = {
        name: sheet_xml.part_name(targets.get(relation, "")) for name, relation in book.relations.items()
    }
    _refuse_repeated(archive, parts.values())
    for name, part in parts.items():
        if part.startswith("xl/worksheets/"):
            found = scans.by_name[name] = Scan()
            yield from biff.scan_xlsb(archive.read(part), found)


def _scan_xls(path: Path, scans: Scans) -> Iterator[None]:
    stream = compound.stream(path.read_bytes(), ("workbook", "book"))
    if stream is None:
        return
    book = biff.xls_book(stream)
    if book.encrypted:
        raise UserError(encrypted(path.name))
    scans.base_1904 = book.base_1904
    for begin in book.sheets:
        scans.in_order.append(Scan(instead=biff.scan_xls(stream, begin)))
        yield
