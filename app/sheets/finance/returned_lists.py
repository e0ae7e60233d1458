"""The lists of a workbook for finance read back: where they stand by now, and what their cells mean."""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from app.domain.bookings.bookings import normal_code
from app.domain.finance.finance_return import ExportKey, Meaning, ReturnedRecord, Unread, Values, find_key
from app.domain.parsing import AmountError, DateError, parse_amount, parse_date, parse_whole, plain_text
from app.sheets.finance import rows as lists
from app.sheets.reading.cells import Cell, CellError, Row, Sheet, Workbook, column_letters, is_empty
from app.sheets.reading.shown import shown

_ROWS_FOR_HEADER = 40
_ROWS_FOR_KEY = 60
_PROPERTIES = ("docProps/custom.xml", "meta.xml")
"""Where .xlsx and .ods keep the properties of a document."""
_MOST_BYTES = 1 << 20
_SAME_VALUES = 0.5
"""A column with another header counts as renamed if this share of its values is the same."""


class ReturnedKind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    CODE = "code"
    AMOUNT = "amount"
    DAY = "day"
    WHOLE = "whole"


_KINDS: Mapping[str, ReturnedKind] = {
    **dict.fromkeys(lists.AMOUNTS, ReturnedKind.AMOUNT),
    **dict.fromkeys(
        ("Buchungsdatum", "Belegdatum", "Zahldatum", "Datum", "Geschlossen am"), ReturnedKind.DAY
    ),
    **dict.fromkeys(
        ("Belegnummer", "Position", "Innenauftrag", "Kostenstelle", "Sachkonto"), ReturnedKind.CODE
    ),
    **dict.fromkeys(("Haushaltsjahr", "Reicht bis", "Aus dem Jahr"), ReturnedKind.WHOLE),
}


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One list of the workbook. `takes`: header -> field that can be taken over; `adds`: the same for a new row.

    `blank`: header -> what an empty cell of that column means.
    """

    name: str
    headers: tuple[str, ...]
    key: tuple[str, ...]
    record: ReturnedRecord | None = None
    takes: Mapping[str, str] = field(default_factory=dict)
    adds: Mapping[str, str] = field(default_factory=dict)
    computed: frozenset[str] = frozenset()
    blank: Mapping[str, Meaning] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, ReturnedKind]:
        """What each column holds, by its header."""
        return {header: _KINDS.get(header, ReturnedKind.TEXT) for header in self.headers}


def _headers(listed: str) -> tuple[str, ...]:
    return tuple(header for header, _ in lists.LISTS[listed])


_BUDGET = {"Bezeichnung": "title", "Art": "kind", "Innenauftrag": "internal_order", "Ansatz": "planned_cents"}
_COMMITMENT = {
    "Budget": "budget", "Bezeichnung": "title", "Empfänger": "recipient", "Datum": "day", "Beschluss": "decision",
    "Reicht bis": "until_year", "Geschlossen am": "closed_on", "Betrag": "amount_cents",
}  # fmt: skip
_TRANSFER = {"Datum": "day", "Betrag": "amount_cents", "Grund": "reason"}

SPECS: tuple[ListSpec, ...] = (
    ListSpec(
        lists.OVERVIEW, _headers(lists.OVERVIEW), ("Nummer",), ReturnedRecord.BUDGET, _BUDGET,
        {"Nummer": "number", "Quartier": "quarter", **_BUDGET},
        frozenset({"Umschichtung", "Gebunden", "Ist", "Verfügbar", "Einnahmen"}),
    ),
    ListSpec(
        lists.BOOKINGS, _headers(lists.BOOKINGS), ("Belegnummer", "Position", "Haushaltsjahr"),
        ReturnedRecord.BOOKING, {"Budget": "budget", "Text": "text"}, blank={"Budget": lists.UNASSIGNED},
    ),
    ListSpec(
        lists.COMMITMENTS, _headers(lists.COMMITMENTS), ("Nummer",), ReturnedRecord.COMMITMENT, _COMMITMENT,
        {"Nummer": "number", **_COMMITMENT}, frozenset({"Gebucht", "Offen"}),
    ),
    ListSpec(
        lists.TRANSFERS, _headers(lists.TRANSFERS), ("Nummer",), ReturnedRecord.TRANSFER, _TRANSFER,
        {"Nummer": "number", "Von Budget": "from", "Nach Budget": "to", **_TRANSFER},
    ),
    ListSpec(lists.CHANGES, _headers(lists.CHANGES), ("Nummer", "Was", "Vorgang", "Datum")),
)  # fmt: skip


class ReturnedLine(NamedTuple):
    """A row of a list: its number in the sheet from 1, what its cells mean, and the cells as they stand there."""

    row: int
    meanings: Values
    cells: Row


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list found in a workbook. `places`: header of ours -> column from 0; `extra`: column -> header of a new one."""

    sheet: Sheet
    lines: list[ReturnedLine]
    places: Mapping[str, int]
    extra: Mapping[int, str]
    remarks: tuple[str, ...]


# --- whose workbook --------------------------------------------------------------------------------------------


def find_export_key(path: Path, workbook: Workbook) -> ExportKey | None:
    """The key that an exported workbook carries in its notes and in its properties; None: it is not one of ours."""
    notes_first = sorted(workbook.sheets, key=lambda sheet: sheet.name != lists.NOTES)
    for sheet in notes_first:
        for row in sheet.rows[:_ROWS_FOR_KEY]:
            for cell in row:
                if isinstance(cell, str) and cell.startswith("QB-") and (key := find_key(cell)):
                    return key
    return next((key for text in _properties(path) if (key := find_key(text))), None)


def _properties(path: Path) -> Iterator[str]:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            for name in set(_PROPERTIES) & set(archive.namelist()):
                with archive.open(name) as part:
                    yield part.read(_MOST_BYTES).decode("utf-8", "replace")
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return  # odd packaging; its cells were read


# --- what cells mean -------------------------------------------------------------------------------------------

_READERS: Mapping[ReturnedKind, Callable[..., Meaning]] = {
    ReturnedKind.AMOUNT: parse_amount,
    ReturnedKind.WHOLE: parse_whole,
}


def meaning(cell: Cell, kind: ReturnedKind, *, base_1904: bool = False) -> Meaning:
    """What a cell means in a column of this kind: "1.234,56" and 1234.56 are one amount, blanks around do not count."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, CellError):
        return Unread(cell.code, cell.reason)
    if kind is ReturnedKind.TEXT or isinstance(cell, bool):
        return plain_text(shown(cell))
    if kind is ReturnedKind.CODE:
        return normal_code(cell) if isinstance(cell, str | int | float) else shown(cell)
    try:
        if kind is ReturnedKind.DAY:
            return parse_date(cell, base_1904=base_1904)  # type: ignore[arg-type]  # refuses what is no date
        if not isinstance(cell, str | int | float):
            return Unread(shown(cell), "Hier wird eine Zahl erwartet, kein Datum.")
        return _READERS[kind](cell)
    except (AmountError, DateError) as error:
        return Unread(shown(cell), error.reason)


# --- where a list stands ---------------------------------------------------------------------------------------


def find_sheet(workbook: Workbook, spec: ListSpec) -> Sheet | None:
    """The sheet of a list: by its name, else one with another name and the same headers."""
    if found := workbook.sheet(spec.name):
        return found
    names = {one.name.casefold() for one in SPECS} | {lists.NOTES.casefold()}
    others = [sheet for sheet in workbook.sheets if sheet.name.strip().casefold() not in names]
    best = max(others, key=lambda sheet: _known(sheet, spec)[1], default=None)
    return best if best is not None and _known(best, spec)[1] >= 0.8 * len(spec.headers) else None


def _known(sheet: Sheet, spec: ListSpec) -> tuple[int, int]:
    """The row (from 0) with most of the headers of a list, and how many they are."""
    wanted = {header.casefold() for header in spec.headers}
    best = (0, 0)
    for at, row in enumerate(sheet.rows[:_ROWS_FOR_HEADER]):
        count = len(wanted & {plain_text(cell).casefold() for cell in row if isinstance(cell, str)})
        if count > best[1]:
            best = (at, count)
    return best


def read_list(
    sheet: Sheet, spec: ListSpec, *, base_1904: bool = False, like: Sequence[ReturnedLine] | None = None
) -> ReadList | None:
    """Read a list; None without its header row. `like`: our lines, by which renamed columns are known again."""
    at, count = _known(sheet, spec)
    if count < max(2, len(spec.headers) // 3):
        return None
    head, rows = sheet.rows[at], sheet.rows[at + 1 :]
    places, extra, remarks = _places(head, rows, spec, base_1904=base_1904, like=like or ())
    memory: dict[ReturnedKind, dict[tuple[type, Cell], Meaning]] = {kind: {} for kind in ReturnedKind}
    columns = [
        (places.get(header), kind, memory[kind], spec.blank.get(header))
        for header, kind in spec.kinds.items()
    ]
    lines = []
    for number, cells in enumerate(rows, at + 2):
        if is_empty(cells) or cells == head:
            continue
        values: list[Meaning] = []
        for place, kind, known, blank in columns:
            cell = cells[place] if place is not None and place < len(cells) else None
            if cell is None:
                values.append(blank)
                continue
            if (cell_key := (type(cell), cell)) not in known:
                known[cell_key] = meaning(cell, kind, base_1904=base_1904)
            found = known[cell_key]
            values.append(blank if found is None else found)
        lines.append(ReturnedLine(number, tuple(values), cells))
    return ReadList(sheet, lines, places, extra, remarks)


def _places(
    head: Row, rows: list[Row], spec: ListSpec, *, base_1904: bool, like: Sequence[ReturnedLine]
) -> tuple[dict[str, int], dict[int, str], tuple[str, ...]]:
    """Where our columns stand, which columns are new, and what is to be said of them."""
    names = {header.casefold(): header for header in spec.headers}
    places: dict[str, int] = {}
    extra: dict[int, str] = {}
    remarks = []
    width = max((len(row) for row in rows), default=0)
    for place in range(max(width, len(head))):
        title = plain_text(shown(head[place])) if place < len(head) else ""
        header = names.get(title.casefold())
        if header is not None and header not in places:
            places[header] = place
        elif header is not None:
            remarks.append(f"Die Spalte „{header}“ steht doppelt da; verglichen wurde die erste.")
        elif title or any(place < len(row) and row[place] is not None for row in rows):
            extra[place] = title or f"Spalte {column_letters(place)}"
    for header, kind in [(header, kind) for header, kind in spec.kinds.items() if header not in places]:
        mine = Counter(line.meanings[spec.headers.index(header)] for line in like)
        best, share = None, 0.0
        for place in extra:
            theirs = Counter(
                meaning(row[place] if place < len(row) else None, kind, base_1904=base_1904) for row in rows
            )
            del theirs[None]
            common = sum((mine & theirs).values())
            filled = sum(mine.values()) - mine[None]
            if filled and common / filled > share:
                best, share = place, common / filled
        if best is not None and share >= _SAME_VALUES:
            remarks.append(f"Die Spalte „{header}“ heißt jetzt „{extra.pop(best)}“.")
            places[header] = best
        else:
            remarks.append(f"Die Spalte „{header}“ fehlt; sie wurde nicht verglichen.")
    remarks += [f"Die Spalte „{title}“ ist neu." for title in extra.values()]
    return places, extra, tuple(remarks)
