"""Holds a workbook that came back from finance against what was exported and against what stands here now."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.dates import german
from app.domain.finance.finance_return import (
    Difference,
    DifferenceStanding,
    Edit,
    Meaning,
    Pair,
    ReturnedRecord,
    Unread,
    Values,
    pair_rows,
)
from app.domain.money import amount
from app.services.finance.finance_exports import FinanceData
from app.sheets.finance import rows as lists
from app.sheets.finance.returned_lists import (
    SPECS,
    ListSpec,
    ReadList,
    ReturnedKind,
    ReturnedLine,
    find_sheet,
    meaning,
    read_list,
)
from app.sheets.finance.rows import Rows
from app.sheets.list_writer import Money
from app.sheets.reading.cells import NO_RESULT, Cell, Workbook, column_letters
from app.sheets.reading.shown import shown

Progress = Callable[[int, int], None]
"""progress(lists done, all lists); may raise Cancelled."""

_FROM_FINANCE = "Kommt mit der nächsten Liste der Finanzabteilung; von hier aus wird nur gelesen."
_ELSEWHERE = "Wird von hier nicht übernommen; bitte bei Bedarf im Programm ändern."
_NEW_BOOKING = (
    "Neue Buchung: bitte mit der Liste der Finanzabteilung einlesen oder im Budget als Buchung von Hand "
    "eintragen."
)
_SUM_ROW = "Zeile ohne Beleg und Datum, vermutlich eine Summe oder Notiz."
_GONE = "Steht hier nicht mehr."
_REMOVED = "Fehlt in der Datei; hier bleibt es stehen. Bei Bedarf bitte im Programm löschen."
_COMPUTED = "Ergebnis einer Formel, nicht übernehmbar."


def compare(
    ours: Workbook, theirs: Workbook, now: FinanceData, progress: Progress | None = None
) -> list[Difference]:
    """All differences of an edited workbook, sheet by sheet, in the order of its rows.

    `ours`: the workbook as it was exported; `now`: the same budget year as it stands today.
    """
    current = _current(now)
    found: list[Difference] = []
    for done, spec in enumerate(SPECS):
        if progress is not None:
            progress(done, len(SPECS) + 1)
        found += _ListComparison(spec, ours, theirs, current[spec.name]).differences()
    found += _notes(ours, theirs)
    found += _new_sheets(ours, theirs)
    return [replace(one, id=number) for number, one in enumerate(found)]


# --- what stands here now --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Current:
    """A list as it stands today; `ids` of the records of its first rows."""

    rows: list[Values]
    ids: Sequence[int]


def _current(now: FinanceData) -> dict[str, _Current]:
    """All lists but the changes: what had changed since the export before is the export's own affair."""
    rows = Rows(now)
    ids = {
        lists.OVERVIEW: [row.id for row in now.budgets],
        lists.BOOKINGS: [row.id for row in now.bookings],
        lists.COMMITMENTS: [row.id for row in now.commitments],
        lists.TRANSFERS: [row.id for row in now.transfers],
    }
    found = {spec.name: _meanings(spec, rows.of(spec.name)) for spec in SPECS if spec.name in ids}
    return {spec.name: _Current(found.get(spec.name, []), ids.get(spec.name, [])) for spec in SPECS}


def _meanings(spec: ListSpec, rows: Iterable[Sequence[Cell | Money]]) -> list[Values]:
    """What the cells mean that the next export would write; values repeat, so each is read only once."""
    columns: list[tuple[ReturnedKind, dict[Cell | Money, Meaning]]] = [
        (kind, {}) for kind in spec.kinds.values()
    ]
    found = []
    for cells in rows:
        values: list[Meaning] = []
        for cell, (kind, known) in zip(cells, columns, strict=True):
            if cell not in known:
                known[cell] = cell.cents if isinstance(cell, Money) else meaning(cell, kind)
            values.append(known[cell])
        found.append(tuple(values))
    return found


# --- one list --------------------------------------------------------------------------------------------------


class _ListComparison:
    """Compares one list of the workbook."""

    def __init__(self, spec: ListSpec, ours: Workbook, theirs: Workbook, current: _Current) -> None:
        self._spec = spec
        self._current = current
        sheet = ours.sheet(spec.name)
        read = read_list(sheet, spec, base_1904=ours.base_1904) if sheet is not None else None
        self._ours = read.lines if read is not None else []
        self._known = read is not None
        self._sheet = find_sheet(theirs, spec)
        self._theirs = (
            read_list(self._sheet, spec, base_1904=theirs.base_1904, like=self._ours) if self._sheet else None
        )

    def differences(self) -> Iterator[Difference]:
        spec, sheet, read = self._spec, self._sheet, self._theirs
        if not self._known:
            return  # an older export did not have this list
        if sheet is None:
            words = f"Das Blatt „{spec.name}“ fehlt in der Datei; es wurde nicht verglichen."
            yield _layout(spec.name, words)
            return
        if sheet.name.strip().casefold() != spec.name.casefold():
            yield _layout(spec.name, f"Das Blatt „{spec.name}“ heißt jetzt „{sheet.name}“.")
        if read is None:
            yield _layout(spec.name, "Die Kopfzeile ist nicht zu finden; das Blatt wurde nicht verglichen.")
            return
        for remark in read.remarks:
            yield _layout(spec.name, remark)
        if spec.key[0] not in read.places:
            words = f"Ohne die Spalte „{spec.key[0]}“ lassen sich die Zeilen nicht einander zuordnen."
            yield _layout(spec.name, words)
            return
        yield from self._rows(read)

    def _rows(self, read: ReadList) -> Iterator[Difference]:
        headers = self._spec.headers
        stored = {at for at, header in enumerate(headers) if header not in self._spec.computed}
        compared = {at for at in stored if headers[at] in read.places}
        pairs = self._paired([line.meanings for line in read.lines], compared)
        today = dict(self._paired(self._current.rows, stored))
        added: list[Difference] = []
        by_place: list[tuple[int, list[Difference]]] = []
        for mine, other in pairs:
            if other is None:
                assert mine is not None
                by_place.append((self._ours[mine].row, [self._removed(self._ours[mine])]))
            elif mine is None:
                added.append(self._added(read.lines[other], read))
            else:
                line = read.lines[other]
                if line.meanings == self._ours[mine].meanings and not read.extra:
                    continue
                changes = list(self._changes(self._ours[mine], line, read, today.get(mine), mine))
                by_place.append((line.row, [*changes, *self._extra(line, read)]))
        by_place.sort(key=lambda place: place[0])
        for _, differences in by_place:
            yield from differences
        yield from added

    def _paired(self, others: list[Values], compared: set[int]) -> list[Pair]:
        """Our rows, as exported, with the others, as far as these columns tell."""
        spec, ours = self._spec, [line.meanings for line in self._ours]
        if len(compared) < len(spec.headers):
            ours, others = (
                [tuple(value if at in compared else None for at, value in enumerate(row)) for row in rows]
                for rows in (ours, others)
            )
        return pair_rows(ours, others, [spec.headers.index(header) for header in spec.key])

    def _changes(
        self, mine: ReturnedLine, line: ReturnedLine, read: ReadList, today: int | None, at: int
    ) -> Iterator[Difference]:
        spec = self._spec
        now = self._current.rows[today] if today is not None else None
        record_id = self._current.ids[today] if today is not None and today < len(self._current.ids) else None
        is_total = spec.name == lists.OVERVIEW and at >= len(self._ours) - 2
        for place, (header, kind) in enumerate(spec.kinds.items()):
            before, after = mine.meanings[place], line.meanings[place]
            if before == after or header not in read.places:
                continue
            today_value = now[place] if now is not None else None
            standing, reason, edit = DifferenceStanding.REMARK, "", None
            if header in spec.computed or is_total:
                if isinstance(after, Unread) and after.text == NO_RESULT.code:
                    continue  # written by a program that does not calculate
                standing, reason = DifferenceStanding.COMPUTED, _COMPUTED
            elif isinstance(after, Unread):
                reason = f"Nicht lesbar: {after.reason}"
            elif header not in spec.takes or spec.record is None:
                reason = _FROM_FINANCE if spec.record is ReturnedRecord.BOOKING else _ELSEWHERE
            elif record_id is None:
                reason = _GONE
            elif today_value == after:
                standing, reason = DifferenceStanding.SAME, "Steht hier schon so."
            else:
                written = _written(after, kind, self._cell(line, header))
                edit = Edit(spec.record, record_id, ((spec.takes[header], written),))
                standing = DifferenceStanding.OPEN
                if today_value != before:
                    standing, reason = DifferenceStanding.CONFLICT, "Auch hier seit dem Export geändert."
            differs_today = now is not None and today_value != before
            yield Difference(
                read.sheet.name, standing, line.row, self._key(mine), header, _text(before, kind),
                (_text(today_value, kind) or "leer") if differs_today else "", _text(after, kind), reason, edit,
            )  # fmt: skip

    def _extra(self, line: ReturnedLine, read: ReadList) -> Iterator[Difference]:
        """What stands in columns that we do not know."""
        for place, header in read.extra.items():
            text = shown(line.cells[place]).strip() if place < len(line.cells) else ""
            if text:
                yield Difference(
                    read.sheet.name, DifferenceStanding.REMARK, line.row, self._key(line), header, theirs=text,
                    reason="Neue Spalte; nur zur Kenntnis.",
                )  # fmt: skip

    def _removed(self, mine: ReturnedLine) -> Difference:
        sheet, standing = self._spec.name, DifferenceStanding.REMOVED
        return Difference(sheet, standing, None, self._key(mine), ours=self._words(mine), reason=_REMOVED)

    def _added(self, line: ReturnedLine, read: ReadList) -> Difference:
        spec, values, standing = self._spec, self._values(line), DifferenceStanding.ADDED
        difference = Difference(
            read.sheet.name, standing, line.row, self._key(line), theirs=self._words(line)
        )
        if spec.record is ReturnedRecord.BOOKING:
            is_booking = values["Belegnummer"] is not None or values["Buchungsdatum"] is not None
            return replace(difference, reason=_NEW_BOOKING if is_booking else _SUM_ROW)
        if spec.record is None:
            return replace(difference, standing=DifferenceStanding.REMARK, reason="Nur zur Kenntnis.")
        place = spec.headers.index("Nummer")
        if values["Nummer"] is not None and any(row[place] == values["Nummer"] for row in self._current.rows):
            return replace(difference, standing=DifferenceStanding.SAME, reason="Steht hier schon.")
        for header in spec.adds:
            if isinstance(value := values[header], Unread):
                return replace(difference, reason=f"{header}: {value.reason}")
        written = tuple(
            (name, _written(values[header], kind, self._cell(line, header)))
            for header, kind in spec.kinds.items()
            if (name := spec.adds.get(header)) is not None and header in read.places
        )
        return replace(difference, edit=Edit(spec.record, None, written))

    def _cell(self, line: ReturnedLine, header: str) -> Cell:
        assert self._theirs is not None
        place = self._theirs.places[header]
        return line.cells[place] if place < len(line.cells) else None

    def _key(self, line: ReturnedLine) -> str:
        """How a person names the row: number, or document and line."""
        values = self._values(line)
        if self._spec.record is not ReturnedRecord.BOOKING:
            return _text(values[self._spec.key[0]], ReturnedKind.TEXT)
        parts = [_text(values[name], ReturnedKind.TEXT) for name in ("Belegnummer", "Position")]
        day = _text(values["Buchungsdatum"], ReturnedKind.DAY)
        cents = _text(values["Betrag"], ReturnedKind.AMOUNT)
        return "/".join(filter(None, parts)) or " ".join(filter(None, (day, cents)))

    def _words(self, line: ReturnedLine) -> str:
        """A whole row in short: what it is called and its amount."""
        wanted = ("Budget", "Buchungsdatum", "Bezeichnung", "Text", "Grund", "Ansatz", "Betrag")
        kinds, values = self._spec.kinds, self._values(line)
        parts = [_text(values[name], kinds[name]) for name in wanted if name in kinds]
        everything = (shown(cell).strip() for cell in line.cells)
        return " · ".join(filter(None, parts)) or " · ".join(filter(None, everything))

    def _values(self, line: ReturnedLine) -> dict[str, Meaning]:
        """What the cells of a row mean, by the header of their column."""
        return dict(zip(self._spec.headers, line.meanings, strict=True))


def _text(value: Meaning, kind: ReturnedKind) -> str:
    match value:
        case None:
            return ""
        case Unread(text, _):
            return text
        case date():
            return german(value)
        case int():
            return amount(value) if kind is ReturnedKind.AMOUNT else str(value)
    return value


def _written(value: Meaning, kind: ReturnedKind, cell: Cell) -> Meaning:
    """What is stored: text as finance wrote it, without blanks around it; everything else as it is meant."""
    if kind in (ReturnedKind.TEXT, ReturnedKind.CODE) and value is not None:
        return shown(cell).strip() or value
    return value


# --- sheets ----------------------------------------------------------------------------------------------------


def _layout(sheet: str, words: str) -> Difference:
    return Difference(sheet, DifferenceStanding.LAYOUT, reason=words)


def _notes(ours: Workbook, theirs: Workbook) -> Iterator[Difference]:
    """What finance wrote into the sheet of notes; its figures are computed."""
    mine, other = ours.sheet(lists.NOTES), theirs.sheet(lists.NOTES)
    if mine is None:
        return
    if other is None:
        yield _layout(lists.NOTES, f"Das Blatt „{lists.NOTES}“ fehlt in der Datei.")
        return
    written = {shown(cell).strip() for row in mine.rows for cell in row if isinstance(cell, str)}
    for number, row in enumerate(other.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str) and (text := cell.strip()) and text not in written:
                key = shown(row[0]).strip() if place else ""
                yield Difference(
                    other.name, DifferenceStanding.REMARK, number, key, f"Spalte {column_letters(place)}",
                    theirs=text, reason="Nur zur Kenntnis.",
                )  # fmt: skip


def _new_sheets(ours: Workbook, theirs: Workbook) -> Iterator[Difference]:
    names = {sheet.name.strip().casefold() for sheet in ours.sheets}
    renamed = {find.name for spec in SPECS if (find := find_sheet(theirs, spec)) is not None}
    for sheet in theirs.sheets:
        if sheet.name.strip().casefold() not in names and sheet.name not in renamed and sheet.rows:
            yield _layout(sheet.name, f"Das Blatt „{sheet.name}“ ist neu.")
