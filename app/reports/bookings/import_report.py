"""The report of an import as PDF: what became of the file, its control, and the rows worth a look."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from app.domain.bookings import import_wording as words
from app.domain.bookings.bookings import Shape
from app.domain.bookings.import_report import (
    Correction,
    Doubt,
    Gone,
    ImportOutcome,
    ImportReport,
    Refusal,
    Replaced,
    ReportLine,
)
from app.domain.bookings.import_sums import PlaceControl
from app.domain.counting import counted
from app.domain.dates import german
from app.domain.money import amount, euro
from app.domain.papers.paper_text import Block, PaperTable, Paragraph, ParagraphKind, shorten
from app.reports.glyphs import unprintable_sentence
from app.reports.layout import PaperSheet, render
from app.reports.pdf_head import head
from app.reports.pdf_text import flowables
from app.services.office import OfficeInput

LONGEST_LIST = 1000
"""Rows of one list on paper; the workbook has them all."""
FIGURES = frozenset({
    "Anzahl", "Betrag", "Datei", "Bestand", "Differenz", "im Bestand mehr", "bisher", "bleibt",
})  # fmt: skip
"""Headers of columns with numbers."""

NOT_KEPT = "Zu dieser Lieferung wurde noch kein Bericht aufgehoben; bekannt sind nur Anzahl und Summen."

Row = tuple[str, ...]


def import_report_pdf(report: ImportReport, office: OfficeInput) -> bytes:
    """The report on the office's paper. Raises UserError if the office's logo cannot be read."""
    name = f"Lieferung {report.batch}" if report.batch is not None else "Prüfung"
    title, label = f"Importbericht – {report.file.name}", f"Importbericht {name} · {report.file.name}"
    sheet = PaperSheet(office, title, label, report.made_at.date(), draft=False)
    return render(sheet, lambda: _story(report))


def unprintable_of(report: ImportReport) -> str:
    """A sentence on the signs of the report that will not print; empty if all will."""
    return unprintable_sentence([Paragraph(report.file.name), *_blocks(report)], "Datei")


def _story(report: ImportReport) -> list[Flowable]:
    file = report.file
    facts = [
        ("Lieferung", str(report.batch or "")),
        ("Datei", file.name),
        ("Blatt", file.sheet or ""),
        ("Form", file.shape.word),
        ("Profil", file.profile or ""),
        ("Datum", german(report.made_at.date())),
        ("Auskunft", report.made_by),
        ("Prüfsumme", file.sha256[:16]),
    ]
    return [
        *head("Importbericht", [file.name], facts),
        Spacer(1, 4 * mm),
        *flowables(_blocks(report), heading_room=0, after_table=0),
    ]


def _blocks(report: ImportReport) -> list[Block]:
    blocks: list[Block] = [Paragraph(words.outcome_sentence(report))]
    if not report.complete:
        blocks.append(Paragraph(NOT_KEPT))
    blocks += [*_counts(report), *_total(report), *_places(report), *_lists(report)]
    if report.notices:
        blocks.append(Paragraph("Hinweise beim Lesen", ParagraphKind.HEADING))
        blocks += [Paragraph(notice, ParagraphKind.ITEM) for notice in report.notices]
    return blocks


def _counts(report: ImportReport) -> list[Block]:
    counts = report.counts
    written = report.outcome is ImportOutcome.IMPORTED
    assigned = (
        f"; {counted(counts.unassigned, 'Buchung ist', 'Buchungen sind')} keinem Budget zugeordnet"
        if counts.unassigned
        else ""
    )
    kept = sum(one.kept for one in report.changed)
    not_taken = f"{counted(kept, 'Korrektur', 'Korrekturen')} nicht übernommen" if kept else ""
    rows = [
        ("neu", counts.new, f"zusammen {euro(report.new_cents)}" if report.complete else ""),
        ("geändert", counts.changed, not_taken),
        ("vorhanden", counts.known, "unverändert"),
        ("unsicher", counts.uncertain, "nicht entschieden, nicht übernommen"),
        ("abgelehnt", counts.rejected, "nicht übernommen"),
        ("entfallen", counts.missing, _fallen(report)),
        ("übersprungen", counts.skipped, "Summenzeilen, wiederholte Kopfzeilen, Hinweise"),
    ]
    shown = [
        (state, f"{number:,}".replace(",", "."), about if number else "") for state, number, about in rows
    ]
    verb = "Übernommen aus" if written else "Geprüft:"
    intro = f"{verb} {counted(counts.rows, 'Zeile', 'Zeilen')}{assigned}."
    return [
        Paragraph("Zeilen", ParagraphKind.HEADING),
        Paragraph(intro),
        _table({"Stand": 35, "Anzahl": 25, "": 105}, shown),
    ]


def _fallen(report: ImportReport) -> str:
    counts = report.counts
    kept, removed = counts.missing - counts.removed, counts.removed
    parts = [f"{kept} behalten"] if kept else []
    parts += [f"{removed} entfernt"] if removed else []
    return "frühere Buchungen ohne Zeile in der Datei: " + ", ".join(parts)


# --- control ---------------------------------------------------------------------------------------------------


def _total(report: ImportReport) -> list[Block]:
    total = report.control.total
    facts = [("Summe der übernommenen Zeilen", euro(total.sum_cents))]
    if total.income_cents:
        facts += [
            ("davon Ausgaben", euro(total.sum_cents - total.income_cents)),
            ("davon Einnahmen", euro(total.income_cents)),
        ]
    if total.total_cents is not None and total.difference_cents:
        facts += [
            ("Gesamtsumme der Datei", euro(total.total_cents)),
            ("Unterschied", euro(total.difference_cents)),
            ("davon in nicht übernommenen Zeilen", euro(total.explained_cents)),
            ("ungeklärt", euro(total.unexplained_cents or 0)),
        ]
    blocks: list[Block] = [
        Paragraph("Kontrolle: Gesamtsumme", ParagraphKind.HEADING),
        Paragraph(words.total_sentence(total)),
    ]
    if len(facts) > 1:
        blocks.append(_table({"Summe": 120, "Betrag": 45}, facts))
    if total.difference_cents and total.left_out:
        rows = [
            (str(one.row), one.state.word, one.reason, _cents(one.amount_cents, "nicht lesbar"))
            for one in total.left_out
        ]
        blocks += _long({"Zeile": 16, "Stand": 26, "Grund": 93, "Betrag": 30}, rows)
    return blocks


def _places(report: ImportReport) -> list[Block]:
    places = report.control.places
    if not places:
        return []
    shape = report.file.shape
    columns = {
        "Innenauftrag": 36, "Monat": 33, "Datei": 27, "Bestand": 27, "Differenz": 22, "Stand": 20,
    }  # fmt: skip
    return [
        Paragraph("Kontrolle: Aufträge und Monate", ParagraphKind.HEADING),
        Paragraph(words.places_sentence(report.control, after=report.outcome is ImportOutcome.IMPORTED)),
        *_long(columns, [_place(group, shape) for group in _together(places, shape)]),
    ]


def _together(places: Sequence[PlaceControl], shape: Shape) -> Iterable[list[PlaceControl]]:
    """Months of one order that agree stand on one line; sums so far cannot be added up, so each stands alone."""

    def line(numbered: tuple[int, PlaceControl]) -> object:
        number, one = numbered
        alone = one.difference_cents or shape is not Shape.POSTINGS
        return number if alone else one.place._replace(month=None)

    for _, group in groupby(enumerate(places), line):
        yield [one for _, one in group]


def _place(group: list[PlaceControl], shape: Shape) -> Row:
    first, last = group[0].place.month, group[-1].place.month
    months = words.month_words(first, shape)
    if len(group) > 1:
        months = f"{months}–{words.month_words(last, shape)}"
    file_cents = sum(one.file_cents for one in group)
    database_cents = sum(one.database_cents for one in group)
    return (
        words.place_name(group[0]), months, amount(file_cents), amount(database_cents),
        amount(database_cents - file_cents), words.place_state(group[-1]),
    )  # fmt: skip


def _explanation(place: PlaceControl, shape: Shape) -> list[Row]:
    where = f"{words.place_name(place)}\n{words.month_words(place.place.month, shape)}"
    return [
        (where, words.item_where(item), words.item_reason(item), amount(item.amount_cents))
        for item in place.items
    ]


# --- lists -----------------------------------------------------------------------------------------------------


def _lists(report: ImportReport) -> list[Block]:
    shape = report.file.shape
    lists: dict[str, tuple[Mapping[str, float], list[Row]]] = {
        "Unterschiede im Einzelnen": (
            {"Auftrag, Monat": 34, "Zeile oder Buchung": 58, "Grund": 45, "im Bestand mehr": 28},
            [row for place in report.control.differing for row in _explanation(place, shape)],
        ),
        "Abgelehnte Zeilen": (
            {"Zeile": 14, "Spalte": 30, "Wert": 32, "Grund": 65, "Betrag": 24},
            list(map(_refusal, report.rejected)),
        ),
        "Unsichere Zeilen": (
            {"Zeile": 14, "Datum": 21, "Auftrag": 22, "Text": 42, "ähnelt der Buchung": 42, "Betrag": 24},
            list(map(_doubt, report.uncertain)),
        ),
        "Geänderte Buchungen": (
            {"Zeile": 14, "Beleg": 27, "Auftrag": 22, "Text": 34, "Korrektur": 46, "Differenz": 22},
            list(map(_correction, report.changed)),
        ),
        "Entfallene Buchungen": (
            {"Datum": 21, "Beleg": 27, "Auftrag": 22, "Text": 38, "Entscheidung": 33, "Betrag": 24},
            list(map(_gone, report.missing)),
        ),
        "Ersetzte Differenzbuchungen": (
            {"Datum": 30, "Auftrag": 75, "bisher": 30, "bleibt": 30},
            list(map(_replaced, report.replaced)),
        ),
        "Übersprungene Zeilen": ({"Grund": 60, "Zeilen": 105}, list(words.skipped_groups(report.skipped))),
    }
    return [
        block
        for title, (columns, rows) in lists.items()
        if rows
        for block in (Paragraph(title, ParagraphKind.HEADING), *_long(columns, rows))
    ]


def _refusal(one: Refusal) -> Row:
    return str(one.row), one.column, shorten(one.value), one.reason, _cents(one.amount_cents)


def _doubt(one: Doubt) -> Row:
    like = f"{_day(one.like)} {_what(one.like)}" if one.like is not None else ""
    row = one.row
    return str(row.row), _day(row), row.internal_order or "", _what(row), like, amount(row.amount_cents)


def _correction(one: Correction) -> Row:
    changes = "\n".join([*words.corrections(one), *(["nicht übernommen"] if one.kept else [])])
    difference = one.new.amount_cents - one.old.amount_cents
    new = one.new
    return (
        str(new.row), new.document, new.internal_order or "", _what(new), changes,
        amount(difference) if difference else "",
    )  # fmt: skip


def _gone(one: Gone) -> Row:
    booking = one.booking
    decision = "entfernt" if one.removed else "behalten"
    if one.batch_id is not None:
        decision += f" (Lieferung {one.batch_id})"
    return (
        _day(booking), booking.document, booking.internal_order or "", _what(booking),
        decision, amount(booking.amount_cents),
    )  # fmt: skip


def _replaced(one: Replaced) -> Row:
    booking = one.booking
    order = booking.internal_order or ""
    return _day(booking), order, amount(booking.amount_cents), amount(one.left_cents or 0)


# --- pieces ----------------------------------------------------------------------------------------------------


def _table(columns: Mapping[str, float], rows: Iterable[Row]) -> PaperTable:
    """`columns`: their widths in mm by their headers."""
    right = frozenset(at for at, header in enumerate(columns) if header in FIGURES)
    return PaperTable(tuple(columns), tuple(columns.values()), tuple(rows), right)


def _long(columns: Mapping[str, float], rows: Sequence[Row]) -> list[Block]:
    """A table; of a very long one the beginning, and where the rest stands."""
    blocks: list[Block] = [_table(columns, rows[:LONGEST_LIST])]
    if len(rows) > LONGEST_LIST:
        more = counted(len(rows) - LONGEST_LIST, "weitere Zeile steht", "weitere Zeilen stehen")
        blocks.append(Paragraph(f"{more} in der Excel-Fassung dieses Berichts.", ParagraphKind.CAPTION))
    return blocks


def _what(line: ReportLine) -> str:
    return shorten(" · ".join(part for part in (line.text, line.payee) if part))


def _cents(cents: int | None, nothing: str = "") -> str:
    return nothing if cents is None else amount(cents)


def _day(line: ReportLine) -> str:
    return german(line.day) if line.day is not None else ""
