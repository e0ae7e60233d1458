"""Which column of a finance file means what: the header row and the names seen (exchange.md, 2)."""

import hashlib
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise, zip_longest

from app.domain.bookings import Field, Shape
from app.domain.parsing import plain_text, repair_text
from app.sheets.cells import Cell, Row, Sheet, column_letters

NAMES: dict[Field, tuple[str, ...]] = {
    Field.DAY: ("Buchungsdatum", "Buch.dat.", "Buchungsdat."),
    Field.DOCUMENT_DATE: ("Belegdatum",),
    Field.PAYMENT_DATE: ("Ausgleichsdatum", "Zahldatum", "Valuta"),
    Field.BUDGET_YEAR: ("Geschäftsjahr", "Haushaltsjahr"),
    Field.DOCUMENT_NUMBER: ("Belegnummer", "Belegnr.", "Beleg-Nr.", "Dokumentnummer"),
    Field.LINE: ("Position", "Pos.", "Buchungszeile", "BuZei"),
    Field.INTERNAL_ORDER: ("Innenauftrag", "Auftrag", "PSP-Element/Auftrag"),
    Field.COST_CENTRE: ("Kostenstelle", "KoSt"),
    Field.ACCOUNT: ("Sachkonto", "Kostenart", "Konto"),
    Field.ACCOUNT_NAME: ("Kostenartenbezeichnung", "Sachkontobezeichnung", "Kontobezeichnung"),
    Field.AMOUNT: ("Betrag in Hauswährung", "Betrag HW", "Wert/KWähr", "Wert/BWähr", "Betrag"),
    Field.DEBIT_CREDIT: ("S/H", "Soll/Haben"),
    Field.TEXT: ("Buchungstext", "Text", "Positionstext", "Bezeichnung"),
    Field.PAYEE: ("Kreditor", "Name des Gegenkontos", "Empfänger", "Lieferant"),
    Field.CURRENCY: ("Währung",),
    Field.MONTH: ("Monat", "Periode"),
    Field.CUMULATED: ("Ist kumuliert", "Ist kum.", "Kumuliert"),
}
"""The first of a field's names that is there wins."""

REQUIRED = {
    Shape.POSTINGS: (Field.DAY, Field.AMOUNT),
    Shape.CUMULATIVE: (Field.INTERNAL_ORDER,),
}
_HEADER_WITHIN = 300  # rows
_BELOW_HEADER = 20  # rows that are still tried once a header is found
_UNIT = re.compile(r"(in)?(eur|€|euro)$")
_AROUND_MONTH = re.compile(r"\b(ist|kumuliert|kum\.?|bis|per|ende|stand|monat)\b\.?:?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ANY_YEAR = 2000  # of month columns whose year stands in each row
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_MONTH_NAMES = ("jan", "feb", "maer", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[./-](?P<year>\d{4})")
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[./-]?(?P<month>\d{2})")
_NAMED_MONTH = re.compile(r"(?P<name>[a-zäöü]+)\.?\s*(?P<year>\d{4}|\d{2})?")


def folded(text: str) -> str:
    """A header made comparable: no case, blanks, line breaks, dots or hyphens; umlauts spelt out."""
    small = repair_text(text).casefold().translate(_UMLAUTS)
    return re.sub(r"[^a-z0-9/€]", "", small).rstrip("/")


def _bare(header: str) -> str:
    """A folded header without its unit: "betrageur" and "betragineur" are "betrag"."""
    return _UNIT.sub("", header)


_FOLDED = {field: tuple(folded(name) for name in names) for field, names in NAMES.items()}


@dataclass(slots=True)
class Columns:
    """The header row of a sheet (index from 0), its texts as they stand there, and what each field's column is."""

    header_row: int
    headers: list[str]
    index: dict[Field, int] = field(default_factory=dict)
    months: dict[int, date] = field(default_factory=dict)  # column -> last day of its month

    @property
    def shape(self) -> Shape | None:
        """What the found columns are enough for."""
        if {Field.DAY, Field.AMOUNT} <= self.index.keys():
            return Shape.POSTINGS
        if Field.INTERNAL_ORDER in self.index and (
            self.months or {Field.MONTH, Field.CUMULATED} <= self.index.keys()
        ):
            return Shape.CUMULATIVE
        return None

    def header(self, of: Field) -> str:
        """The header of a field's column as it stands in the file; the field's usual name if there is none."""
        column = self.index.get(of)
        return NAMES[of][0] if column is None else self.headers[column]

    def title(self, column: int) -> str:
        """The header of a column, or its letters if it has none."""
        return (
            self.headers[column] if column < len(self.headers) else ""
        ) or f"Spalte {column_letters(column)}"

    @property
    def fingerprint(self) -> str:
        """The same for all files with the same headers, in whatever order."""
        names = sorted(folded(header) for header in self.headers if header)
        return hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]


def find_columns(sheet: Sheet, profile: Mapping[Field, str] | None = None) -> Columns | None:
    """The header row below any titles: the first of those that name the most fields; None if nothing is recognised.

    `profile` maps fields to header texts assigned once by hand and goes before what the file's format says of its
    columns, and that before the names seen.
    """
    profile = {**sheet.meaning, **(profile or {})}
    rows = sheet.rows[:_HEADER_WITHIN]
    single = _best(sheet, [(number, row) for number, row in enumerate(rows)], profile)
    if single is not None and single.shape is not None:
        return single
    double = _best(sheet, _double_rows(rows), profile)
    return double if double is not None and double.shape is not None else single


def likely_header(sheet: Sheet) -> int:
    """The row (from 0) that looks most like a header where no name is known: the first with the most texts."""
    texts = [sum(isinstance(cell, str) for cell in row) for row in sheet.rows[:_HEADER_WITHIN]]
    return texts.index(max(texts)) if texts else 0


def headers_of(sheet: Sheet, header_row: int) -> Columns:
    """The texts of a header row, nothing recognised."""
    row = sheet.rows[header_row] if header_row < len(sheet.rows) else []
    return Columns(header_row, [_shown(cell) for cell in row])


def _best(
    sheet: Sheet, candidates: Iterable[tuple[int, Row]], profile: Mapping[Field, str]
) -> Columns | None:
    best: Columns | None = None
    best_score = (False, 0)
    for number, row in candidates:
        if best is not None and best.shape is not None and number > best.header_row + _BELOW_HEADER:
            break
        columns = _recognise(number, row, profile, _title_year(sheet, number))
        score = (columns.shape is not None, len(columns.index))
        if score > best_score:
            best, best_score = columns, score
    return best


def _double_rows(rows: list[Row]) -> Iterator[tuple[int, Row]]:
    """Headers that are written over two rows, with the number of the lower one."""
    for number, (above, below) in enumerate(pairwise(rows), start=1):
        if _only_text(above) and _only_text(below):
            pairs = zip_longest(above, below)
            yield number, [" ".join(str(part) for part in pair if part is not None) or None for pair in pairs]


def _title_year(sheet: Sheet, header_row: int) -> int | None:
    """The one year that the titles or the sheet's name speak of, for month columns without a year."""
    texts = [cell for row in sheet.rows[:header_row] for cell in row if isinstance(cell, str)]
    years = {int(year) for text in (sheet.name, *texts) for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _only_text(row: Row) -> bool:
    return sum(cell is not None for cell in row) >= 2 and all(
        cell is None or isinstance(cell, str) for cell in row
    )


def _recognise(number: int, row: Row, profile: Mapping[Field, str], year: int | None) -> Columns:
    columns = Columns(number, [_shown(cell) for cell in row])
    names: dict[str, int] = {}
    bare: dict[str, int] = {}
    for index, header in enumerate(columns.headers):
        if header:
            name = folded(header)
            names.setdefault(name, index)
            bare.setdefault(_bare(name), index)
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
    if Field.INTERNAL_ORDER in columns.index and Field.DAY not in columns.index:
        default = year or (_ANY_YEAR if Field.BUDGET_YEAR in columns.index else None)
        columns.months = {
            index: month
            for index, cell in enumerate(row)
            if index not in taken and (month := month_of(cell, default)) is not None
        }
    return columns


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
    text = _AROUND_MONTH.sub("", plain_text(repair_text(cell)).casefold()).strip()
    if found := _MONTH_YEAR.fullmatch(text) or _YEAR_MONTH.fullmatch(text):
        return _last_day(int(found["year"]), int(found["month"]))
    if re.fullmatch(r"\d{1,2}\.\d{1,2}\.\d{4}", text):
        day, month, of = (int(part) for part in text.split("."))
        return _last_day(of, month) if 1 <= day <= 31 else None
    if found := _NAMED_MONTH.fullmatch(text):
        short = found["name"].translate(_UMLAUTS)
        month = next((n for n, name in enumerate(_MONTH_NAMES, 1) if _is_month(short, name)), 0)
        of = int(found["year"]) if found["year"] else (year or 0)
        return _last_day(of + 2000 if 0 < of < 100 else of, month) if month else None
    return None


def _is_month(text: str, name: str) -> bool:
    full = {"jan": "januar", "feb": "februar", "maer": "maerz", "apr": "april", "jun": "juni", "jul": "juli",
            "aug": "august", "sep": "september", "okt": "oktober", "nov": "november", "dez": "dezember"}  # fmt: skip
    return len(text) >= 3 and (text == name or full.get(name, name).startswith(text))


def _last_day(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and 1990 <= year <= 2199):
        return None
    return date(year, month, monthrange(year, month)[1])
