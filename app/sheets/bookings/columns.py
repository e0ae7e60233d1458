"""Which column of a finance file means what: the header row and the names seen (exchange.md, 2)."""

import hashlib
import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from itertools import pairwise, zip_longest

from app.domain.bookings.bookings import BookingField, Shape
from app.domain.bookings.read_settings import HeaderLines, ReadSettings, Unit
from app.domain.parsing import plain_text, repair_text
from app.sheets.bookings.stated_unit import stated_unit
from app.sheets.reading.cells import Cell, Row, Sheet, column_letters

NAMES: dict[BookingField, tuple[str, ...]] = {
    BookingField.DAY: ("Buchungsdatum", "Buch.dat.", "Buchungsdat.", "Buch.datum", "BuDat", "Buchungstag",
                "Anordnung Datum", "Anordnungen Datum", "Anordnungsdatum", "AO-Datum", "Gebucht am"),
    BookingField.DOCUMENT_DATE: ("Belegdatum", "Beleg Datum", "Belegdat."),
    BookingField.PAYMENT_DATE: ("Ausgleichsdatum", "Zahldatum", "Valuta"),
    BookingField.BUDGET_YEAR: ("Geschäftsjahr", "Haushaltsjahr"),
    BookingField.DOCUMENT_NUMBER: ("Belegnummer", "Belegnr.", "Beleg-Nr.", "Dokumentnummer", "Beleg Nr.",
                  "Beleg Nummer"),
    BookingField.LINE: ("Position", "Pos.", "Buchungszeile", "BuZei"),
    BookingField.INTERNAL_ORDER: ("Innenauftrag", "Auftrag", "PSP-Element/Auftrag", "Innenauftragsnummer",
                  "Auftragsnummer"),
    BookingField.COST_CENTRE: ("Kostenstelle", "KoSt", "Kostenst."),
    BookingField.ACCOUNT: ("Sachkonto", "Kostenart", "Konto"),
    BookingField.ACCOUNT_NAME: ("Kostenartenbezeichnung", "Sachkontobezeichnung", "Kontobezeichnung"),
    BookingField.AMOUNT: ("Betrag in Hauswährung", "Betrag HW", "Betrag in HW", "Betr. in HW", "Wert/KWähr",
                   "Wert/BWähr", "Betrag", "Anordnung Betrag", "Anordnungen Betrag", "Anordnungsbetrag", "AO-Betrag",
                   "Ist-Betrag", "Buchungsbetrag"),
    BookingField.DEBIT_CREDIT: ("S/H", "Soll/Haben"),
    BookingField.TEXT: ("Buchungstext", "Text", "Positionstext", "Bezeichnung"),
    BookingField.PAYEE: ("Kreditor", "Name des Gegenkontos", "Empfänger", "Lieferant", "Zahlungsempfänger",
                  "Empfänger/Grund", "Empfänger/Zweck"),
    BookingField.CURRENCY: ("Währung",),
    BookingField.MONTH: ("Monat", "Periode"),
    BookingField.CUMULATED: ("Ist kumuliert", "Ist kum.", "Kumuliert"),
}  # fmt: skip
"""The first of a field's names that is there wins."""

_HEADER_WITHIN = 300  # rows
_BELOW_HEADER = 20  # rows that are still tried once a header is found
_MARK_WITHIN = 60  # rows in which the header of a known file is looked for
_UNIT = re.compile(r"(in)?(eur|€|euro)$")
_THOUSANDS = re.compile(r"(in)?((t|tsd|tausend)(eur|€|euro)|tsd|tausend)$")
_AROUND_MONTH = re.compile(r"\b(ist|kumuliert|kum\.?|bis|per|ende|stand|monat)\b\.?:?")
_UNIT_OF_MONTH = re.compile(r"\(?(?:in )?(?:\bt ?|tsd\.? ?)?(?:€|\beur\b|\beuro\b|\bt€|\bteur\b)\)?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ANY_YEAR = 2000  # of month columns whose year stands in each row
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_MONTH_NAMES = (
    "januar", "februar", "maerz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "dezember",
)  # fmt: skip
_LEAST_OF_MONTH = 3  # letters
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[./-](?P<year>\d{4})")
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[./-]?(?P<month>\d{2})")
_NAMED_MONTH = re.compile(r"(?P<name>[a-zäöü]+)\.?\s*(?P<year>\d{4}|\d{2})?")


def folded(text: str) -> str:
    """A header made comparable: no case, blanks, line breaks, dots or hyphens; umlauts spelt out."""
    small = repair_text(text).casefold().translate(_UMLAUTS)
    return re.sub(r"[^a-z0-9/€]", "", small).rstrip("/")


def _bare(header: str) -> tuple[str, str]:
    """A folded header without its unit, without that of thousands: "betragineur" and "betragt€" are "betrag"."""
    return _UNIT.sub("", header), _THOUSANDS.sub("", header)


_FOLDED = {field: tuple(folded(name) for name in names) for field, names in NAMES.items()}


@dataclass(slots=True)
class Columns:
    """The header row of a sheet (index from 0), its texts as they stand there, and what each field's column is.

    Of two header lines `header_row` is the lower one; without any it is -1. `unit`: what header or titles say that
    amounts count; settings made by hand win (`ReadSettings.unit_of`).
    """

    header_row: int
    headers: list[str]
    index: dict[BookingField, int] = field(default_factory=dict)
    months: dict[int, date] = field(default_factory=dict)  # column -> last day of its month
    lines: HeaderLines = HeaderLines.ONE
    unit: Unit = Unit.EURO

    @property
    def shape(self) -> Shape | None:
        """What the found columns are enough for."""
        if {BookingField.DAY, BookingField.AMOUNT} <= self.index.keys():
            return Shape.POSTINGS
        if BookingField.INTERNAL_ORDER in self.index and (
            self.months or {BookingField.MONTH, BookingField.CUMULATED} <= self.index.keys()
        ):
            return Shape.CUMULATIVE
        return None

    def header(self, of: BookingField) -> str:
        """The header of a field's column as it stands in the file; the field's usual name if there is none."""
        column = self.index.get(of)
        return NAMES[of][0] if column is None else self.title(column)

    def title(self, column: int) -> str:
        """The header of a column, or its letters if it has none."""
        return (self.headers[column] if column < len(self.headers) else "") or letters_title(column)

    @property
    def titles(self) -> list[str]:
        """A name for each column that no other has: its header, with its letters where that is missing or not alone."""
        found: list[str] = []
        seen: set[str] = set()
        for column in range(len(self.headers)):
            title = self.title(column)
            if (name := folded(title)) in seen:
                title = f"{title} ({letters_title(column)})"
            seen.add(name)
            found.append(title)
        return found

    @property
    def fingerprint(self) -> str:
        """The same for all files with the same headers, in whatever order; empty without a header."""
        if self.lines is HeaderLines.NONE:
            return ""
        names = sorted(folded(header) for header in self.headers if header)
        return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]


def letters_title(column: int) -> str:
    """What a column without a name is called."""
    return f"Spalte {column_letters(column)}"


def find_columns(
    sheet: Sheet, profile: Mapping[BookingField, str] | None = None, settings: ReadSettings | None = None
) -> Columns | None:
    """The header row below any titles: the first of those that name the most fields; None if nothing is recognised.

    `profile` maps fields to header texts assigned once by hand and goes before what the file's format says of its
    columns, and that before the names seen. A header row in the `settings` is taken as it is.
    """
    columns = _found_columns(sheet, {**sheet.meaning, **(profile or {})}, settings or ReadSettings())
    if columns is not None:
        amounts = (columns.index.get(of) for of in (BookingField.AMOUNT, BookingField.CUMULATED))
        places = [place for place in (*amounts, *columns.months) if place is not None]
        columns.unit = stated_unit(map(columns.title, places), _titles(sheet, columns.header_row))
    return columns


def _found_columns(
    sheet: Sheet, profile: Mapping[BookingField, str], settings: ReadSettings
) -> Columns | None:
    if (columns := _by_hand(sheet, settings)) is not None:
        row = list[Cell](columns.headers)
        if columns.lines is HeaderLines.ONE and columns.header_row < len(sheet.rows):
            row = sheet.rows[columns.header_row]
        _recognise(columns, row, profile, partial(_title_year, sheet, columns.header_row))
        return columns if columns.index else None
    rows = sheet.rows[:_HEADER_WITHIN]
    single = _best(sheet, enumerate(rows), profile, HeaderLines.ONE)
    if single is not None and single.shape is not None:
        return single
    double = _best(sheet, _double_rows(rows), profile, HeaderLines.TWO)
    return double if double is not None and double.shape is not None else single


def likely_header(sheet: Sheet) -> int:
    """The row (from 0) that looks most like a header where no name is known: the first with the most words.

    A cell without a letter (a date or an amount as text) speaks against it.
    """
    words = [sum(map(_is_word, row)) for row in sheet.rows[:_HEADER_WITHIN]]
    return words.index(max(words)) if words else 0


def _is_word(cell: Cell) -> int:
    if cell is None:
        return 0
    return 1 if isinstance(cell, str) and any(sign.isalpha() for sign in cell) else -1


def headers_of(sheet: Sheet, header_row: int, lines: HeaderLines = HeaderLines.ONE) -> Columns:
    """The texts of a header row, nothing recognised; with two lines `header_row` is the lower one."""
    if lines is HeaderLines.NONE:
        width = max((len(row) for row in sheet.rows[:_HEADER_WITHIN]), default=0)
        return Columns(-1, [letters_title(column) for column in range(width)], lines=lines)
    row = sheet.rows[header_row] if header_row < len(sheet.rows) else []
    if lines is HeaderLines.TWO and 0 < header_row < len(sheet.rows):
        row = _joined(sheet.rows[header_row - 1], row)
    return _columns(header_row, row, lines)


def fingerprints(sheet: Sheet) -> dict[str, tuple[int, HeaderLines]]:
    """Of each row that may be a header, its fingerprint and place; the first of several alike."""
    rows = sheet.rows[:_MARK_WITHIN]
    found: dict[str, tuple[int, HeaderLines]] = {}
    for number, row in enumerate(rows):
        if sum(isinstance(cell, str) for cell in row) > 1:
            found.setdefault(_columns(number, row).fingerprint, (number, HeaderLines.ONE))
    for number, row in _double_rows(rows):
        found.setdefault(_columns(number, row, HeaderLines.TWO).fingerprint, (number, HeaderLines.TWO))
    return found


def _by_hand(sheet: Sheet, settings: ReadSettings) -> Columns | None:
    """The header that was chosen by hand, for this file or for one like it."""
    if settings.header_lines is HeaderLines.NONE:
        return headers_of(sheet, -1, HeaderLines.NONE)
    if settings.header_row is not None:
        return headers_of(sheet, settings.header_row - 1, settings.header_lines)
    if settings.header_mark and (place := fingerprints(sheet).get(settings.header_mark)) is not None:
        return headers_of(sheet, *place)
    return None


def _best(
    sheet: Sheet,
    candidates: Iterable[tuple[int, Row]],
    profile: Mapping[BookingField, str],
    lines: HeaderLines,
) -> Columns | None:
    best: Columns | None = None
    best_score = (False, 0)
    for number, row in candidates:
        if best is not None and best.shape is not None and number > best.header_row + _BELOW_HEADER:
            break
        columns = _columns(number, row, lines)
        _recognise(columns, row, profile, partial(_title_year, sheet, number))
        score = (columns.shape is not None, len(columns.index))
        if score > best_score:
            best, best_score = columns, score
    return best


def _double_rows(rows: list[Row]) -> Iterator[tuple[int, Row]]:
    """Headers that are written over two rows, with the number of the lower one."""
    for number, (above, below) in enumerate(pairwise(rows), start=1):
        if _only_text(above) and _only_text(below):
            yield number, _joined(above, below)


def _joined(above: Row, below: Row) -> Row:
    """One row of two; a merged name above ("Anordnung") belongs to all below it where these alone are not clear."""
    names = [folded(cell) for cell in below if isinstance(cell, str)]
    if len(set(names)) < len(names):
        above = [*above, *([None] * (len(below) - len(above)))]
        for column in range(1, min(len(above), len(below))):
            if above[column] is None and names.count(folded(_shown(below[column]))) > 1:
                above[column] = above[column - 1]
    pairs = zip_longest(above, below)
    return [" ".join(_shown(part) for part in pair if part is not None) or None for pair in pairs]


def _titles(sheet: Sheet, header_row: int) -> Iterator[str]:
    """The texts above the header; without one (-1) there are none."""
    return (cell for row in sheet.rows[: max(header_row, 0)] for cell in row if isinstance(cell, str))


def _title_year(sheet: Sheet, header_row: int) -> int | None:
    """The one year that the titles or the sheet's name speak of, for month columns without a year."""
    texts = (sheet.name, *_titles(sheet, header_row))
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _only_text(row: Row) -> bool:
    return sum(cell is not None for cell in row) >= 2 and all(
        cell is None or isinstance(cell, str) for cell in row
    )


def _columns(number: int, row: Row, lines: HeaderLines = HeaderLines.ONE) -> Columns:
    return Columns(number, [_shown(cell) for cell in row], lines=lines)


def _recognise(
    columns: Columns, row: Row, profile: Mapping[BookingField, str], year: Callable[[], int | None]
) -> None:
    """Find out what the columns mean; `year`: of month columns that name none, asked only where there may be some."""
    names: dict[str, int] = {}
    bare: dict[str, int] = {}
    for index, header in enumerate(columns.headers):
        if header:
            name = folded(header)
            names.setdefault(name, index)
            for without_unit in _bare(name):
                bare.setdefault(without_unit, index)
    if profile:
        for index, title in enumerate(columns.titles):
            names.setdefault(folded(title), index)
    for meaning, header in profile.items():
        if (assigned := names.get(folded(header))) is not None:
            columns.index[meaning] = assigned
    taken = set(columns.index.values())
    for meaning, known in _FOLDED.items():
        if meaning in columns.index or (meaning in profile and not profile[meaning]):
            continue
        for name in known:
            found = names.get(name, bare.get(name))
            if found is not None and found not in taken:
                columns.index[meaning] = found
                taken.add(found)
                break
    if BookingField.INTERNAL_ORDER in columns.index and BookingField.DAY not in columns.index:
        default = year() or (_ANY_YEAR if BookingField.BUDGET_YEAR in columns.index else None)
        columns.months = {
            index: month
            for index, cell in enumerate(row)
            if index not in taken and (month := month_of(cell, default)) is not None
        }


def _shown(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return "" if cell is None else str(cell)


def month_of(cell: Cell, year: int | None = None) -> date | None:
    """The last day of a month written 07/2026, 2026-07, 202607, Juli 2026, or as any date in it; else None.

    A bare month name needs the `year` from elsewhere.
    """
    if isinstance(cell, datetime | date):
        return _last_day(cell.year, cell.month)
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        cell = str(int(cell)) if cell == int(cell) and 190001 <= cell <= 219912 else ""
    if not isinstance(cell, str):
        return None
    text = _UNIT_OF_MONTH.sub("", plain_text(repair_text(cell)).casefold())
    text = _AROUND_MONTH.sub("", text).strip()
    if found := _MONTH_YEAR.fullmatch(text) or _YEAR_MONTH.fullmatch(text):
        return _last_day(int(found["year"]), int(found["month"]))
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}", text):
        day, month, of = (int(part) for part in text.split("."))
        return _last_day(of, month) if 1 <= day <= 31 else None
    if found := _NAMED_MONTH.fullmatch(text):
        short = found["name"].translate(_UMLAUTS)
        months = enumerate(_MONTH_NAMES if len(short) >= _LEAST_OF_MONTH else (), 1)
        month = next((number for number, name in months if name.startswith(short)), 0)
        of = int(found["year"]) if found["year"] else (year or 0)
        return _last_day(of + 2000 if 0 < of < 100 else of, month) if month else None
    return None


def _last_day(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and 1990 <= year <= 2199):
        return None
    return date(year, month, monthrange(year, month)[1])
