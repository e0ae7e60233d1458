"""A workbook that is to be filled: its sheets by name, shared texts, styles, tables and date system."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from app.domain.errors import UserError
from app.sheets.layout.cell_texts import meant
from app.sheets.layout.grid import Cell, SheetGrid, Tick
from app.sheets.layout.package import Package
from app.sheets.layout.styles import Styles
from app.sheets.reading.cells import column_index
from app.sheets.reading.safe_xml import Element, child, elements, inside, release
from app.sheets.reading.sheet_xml import relation_of

_MACROS = "macroEnabled.main+xml"
_TICK_EVERY = 5000
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class TablePart:
    """An Excel table: where it lies (rows from 1, columns from 0, header and totals included)."""

    part: str
    name: str
    top: int
    left: int
    bottom: int
    right: int
    headers: int
    totals: int


class Corners(NamedTuple):
    """A rectangle of cells: columns from 0, rows from 1."""

    left: int
    top: int
    right: int
    bottom: int


class Book:
    """Reads what is asked for, and only once."""

    def __init__(self, package: Package, tick: Tick = lambda: None) -> None:
        self.package = package
        self._tick = tick
        self.part = self._workbook_part()
        self.root: Element = package.tree(self.part)
        relations = package.relations(self.part)
        self.sheets: dict[str, str] = {}
        self.order: list[str] = []
        """All sheets, also those of other kinds, as names that belong to one count them."""
        for element in self.root.iterfind("{*}sheets/{*}sheet"):
            name = element.attrib["name"]
            self.order.append(name)
            kind, part = relations.get(relation_of(element), ("", ""))
            if kind == "worksheet" and part in package:
                self.sheets[name] = part
        self._grids: dict[str, SheetGrid] = {}

    @cached_property
    def is_1904(self) -> bool:
        """Whether days are counted from 1904, as old workbooks from the Mac do."""
        found = child(self.root, "workbookPr")
        return found is not None and found.get("date1904", "0").lower() in ("1", "true", "on")

    @cached_property
    def has_macros(self) -> bool:
        """Whether it is an .xlsm."""
        return any(kind.endswith(_MACROS) for kind in self.package.kinds())

    @cached_property
    def styles(self) -> Styles:
        """The cell styles; new ones are added here."""
        part = self.styles_part
        return Styles(self.package.read(part) if part else None)

    @cached_property
    def styles_part(self) -> str | None:
        """The name of the part with the styles; None if there is none."""
        return next(iter(self.package.related(self.part, "styles")), None)

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells share."""
        part = next(iter(self.package.related(self.part, "sharedStrings")), None)
        if part is None:
            return []
        result = []
        for number, (_, element) in enumerate(elements(io.BytesIO(self.package.read(part)), "si")):
            if number % _TICK_EVERY == 0:
                self._tick()
            texts = [one.text or "" for one in element.iter("{*}t") if not inside(one, "rPh")]
            result.append(meant("".join(texts)))
            release(element)
        return result

    def grid(self, sheet: str) -> SheetGrid:
        """The rows of a sheet."""
        if sheet not in self._grids:
            self._grids[sheet] = SheetGrid(self.package.read(self.sheets[sheet]), self._tick)
        return self._grids[sheet]

    def read_all(self) -> None:
        """Read everything that filling will need, so that what is damaged is known at once."""
        assert self.styles is not None
        assert self.texts is not None
        for sheet in self.sheets:
            self.grid(sheet)
            self.tables(sheet)

    def text(self, cell: Cell) -> str:
        """What a cell holds, as text; of a formula its stored result."""
        if cell.kind == "s":
            number = int(cell.value or -1)
            return self.texts[number] if 0 <= number < len(self.texts) else ""
        return meant(cell.value) if cell.kind in ("inlineStr", "str") else cell.value

    def serial(self, day: date) -> int:
        """A day as the workbook counts it."""
        return (day - (_EPOCH_1904 if self.is_1904 else _EPOCH)).days

    def day(self, serial: float) -> date | None:
        """The day a number means; None beyond the calendar."""
        if not 0 < serial < 2_958_466:
            return None
        return (_EPOCH_1904 if self.is_1904 else _EPOCH) + timedelta(days=int(serial))

    def tables(self, sheet: str) -> list[TablePart]:
        """The Excel tables of a sheet."""
        result = []
        for part in self.package.related(self.sheets[sheet], "table"):
            root = self.package.tree(part)
            left, top, right, bottom = corners(root.attrib["ref"])
            totals = int(root.get("totalsRowCount", "0"))
            headers = int(root.get("headerRowCount", "1"))
            name = root.get("displayName", root.get("name", ""))
            result.append(TablePart(part, name, top, left, bottom, right, headers, totals))
        return result

    def pivots(self, sheet: str) -> list[Corners]:
        """The places of the pivot tables that stand on a sheet."""
        return [
            corners(one.attrib["ref"])
            for part in self.package.related(self.sheets[sheet], "pivotTable")
            for one in self.package.tree(part).iter("{*}location")
        ]

    def _workbook_part(self) -> str:
        for kind, part in self.package.relations("").values():
            if kind == "officeDocument" and part in self.package:
                return part
        raise KeyError("workbook")


def corners(reference: str) -> Corners:
    """The corners of `A1:C5` or `A1`. Whole columns or rows: ValueError."""
    first, _, last = reference.replace("$", "").partition(":")
    (left, top), (right, bottom) = _place(first), _place(last or first)
    return Corners(left, top, right, bottom)


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    if not letters:
        raise ValueError(cell)
    return column_index(letters.upper()), int(cell[len(letters) :])


def refuse_foreign(book: Book, name: str) -> None:
    """Raise UserError for what looks like a workbook and cannot be filled: templates, workbooks without a sheet."""
    if any("template" in kind for kind in book.package.kinds()):
        raise UserError(
            f"„{name}“ ist eine Mustervorlage (.xltx). Bitte in Excel als .xlsx oder .xlsm speichern."
        )
    if not book.sheets:
        raise UserError(f"In „{name}“ gibt es kein Tabellenblatt. Bitte eine andere Datei wählen.")
