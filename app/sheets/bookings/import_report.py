"""The report of an import as a workbook: every row of it, numbers as numbers, dates as dates, text never a formula."""

from collections.abc import Iterable, Sequence

from app.domain.bookings import import_wording as words
from app.domain.bookings.import_report import Correction, ImportOutcome, ImportReport, ReportLine
from app.domain.bookings.import_total import LeftOut
from app.sheets.list_writer import LOOK, SECTION, TITLE, WRAPPED, Cell, Columns, ListBook, Money, print_on_a4

CONTROL: Columns = (
    ("Innenauftrag", 20), ("Sachkonto", 12), ("Monat", 12), ("Art", 12), ("Zeilen", 9), ("Datei", 15),
    ("Bestand", 15), ("Differenz", 15), ("Stand", 12),
)  # fmt: skip
REASONS: Columns = (
    ("Innenauftrag", 20), ("Monat", 12), ("Zeile", 8), ("Datum", 12), ("Beleg", 16), ("Text", 40), ("Grund", 50),
    ("Im Bestand mehr", 18),
)  # fmt: skip
REJECTED: Columns = (("Zeile", 8), ("Spalte", 24), ("Wert", 30), ("Grund", 70), ("Betrag", 15))
_LINE_COLUMNS: Columns = (
    ("Zeile", 8), ("Datum", 12), ("Beleg", 16), ("Pos.", 8), ("Innenauftrag", 16), ("Sachkonto", 12),
    ("Betrag", 15), ("Text", 40), ("Empfänger", 28), ("Budget", 14),
)  # fmt: skip
CHANGED: Columns = (
    ("Zeile", 8), ("Beleg", 16), ("Pos.", 8), ("Datum bisher", 13), ("Datum neu", 12), ("Innenauftrag bisher", 19),
    ("Innenauftrag neu", 17), ("Sachkonto bisher", 16), ("Sachkonto neu", 14), ("Betrag bisher", 15),
    ("Betrag neu", 15), ("Differenz", 13), ("Text", 40), ("Empfänger", 28), ("Entscheidung", 18),
)  # fmt: skip
UNCERTAIN: Columns = (
    *_LINE_COLUMNS, ("Ähnelt: Datum", 14), ("Ähnelt: Text", 40), ("Ähnelt: Betrag", 15),
)  # fmt: skip
MISSING: Columns = (*_LINE_COLUMNS[1:], ("Lieferung", 10), ("Entscheidung", 14))
REPLACED: Columns = (("Datum", 12), ("Innenauftrag", 16), ("Betrag bisher", 15), ("Bleibt", 15))
LEFT_OUT: Columns = (("Zeile", 8), ("Stand", 14), ("Grund", 60), ("Betrag", 15))

FIGURES = frozenset({
    "Zeile", "Zeilen", "Datei", "Bestand", "Differenz", "Im Bestand mehr", "Betrag", "Betrag bisher",
    "Betrag neu", "Ähnelt: Betrag", "Lieferung", "Bleibt",
})  # fmt: skip
"""Headers of columns with numbers."""


def import_report_workbook(report: ImportReport, office: str = "") -> bytes:
    """The workbook as bytes."""
    with ListBook(LOOK, f"Importbericht {report.file.name}", office, streamed=True) as book:
        _Book(book, report).write()
    return book.content


class _Book:
    """One workbook while it is written."""

    def __init__(self, book: ListBook, report: ImportReport) -> None:
        self._book, self._report = book, report

    def write(self) -> None:
        report = self._report
        left_out = report.control.total.left_out
        self._overview()
        self._list("Kontrolle", CONTROL, self._control())
        self._list("Abgelehnt", REJECTED, self._rejected())
        self._list("Geändert", CHANGED, (_correction(one) for one in report.changed))
        self._list("Entfallen", MISSING, self._missing())
        self._list("Neu", _LINE_COLUMNS, (_line(one) for one in report.new))
        if report.uncertain:
            self._list("Unsicher", UNCERTAIN, self._uncertain())
        if any(place.items for place in report.control.places):
            self._list("Unterschiede", REASONS, self._reasons())
        if left_out:
            self._list("Nicht in der Summe", LEFT_OUT, map(_left_out, left_out))
        if report.replaced:
            self._list("Ersetzt", REPLACED, self._replaced())
        if report.skipped:
            self._list("Übersprungen", LEFT_OUT, map(_left_out, report.skipped))

    def _list(self, name: str, columns: Columns, rows: Iterable[Sequence[Cell]]) -> None:
        self._book.add_list(name, columns, rows, figures=FIGURES)

    # --- rows --------------------------------------------------------------------------------------------------

    def _control(self) -> Iterable[Sequence[Cell]]:
        shape = self._report.file.shape
        for one in self._report.control.places:
            place = one.place
            yield (
                place.internal_order or words.NO_ORDER, place.account, words.month_words(place.month, shape),
                "Einnahmen" if place.is_income else "Ausgaben", one.rows, Money(one.file_cents),
                Money(one.database_cents), Money(one.difference_cents), words.place_state(one),
            )  # fmt: skip

    def _reasons(self) -> Iterable[Sequence[Cell]]:
        shape = self._report.file.shape
        for one in self._report.control.places:
            for item in one.items:
                yield (
                    words.place_name(one), words.month_words(one.place.month, shape), item.row, item.day,
                    item.document_number, item.text, words.item_reason(item), Money(item.amount_cents),
                )  # fmt: skip

    def _rejected(self) -> Iterable[Sequence[Cell]]:
        for one in self._report.rejected:
            yield one.row, one.column, one.value, one.reason, _money(one.amount_cents)

    def _uncertain(self) -> Iterable[Sequence[Cell]]:
        for one in self._report.uncertain:
            like = one.like
            alike = () if like is None else (like.day, like.text, Money(like.amount_cents))
            yield *_line(one.row), *alike

    def _missing(self) -> Iterable[Sequence[Cell]]:
        for one in self._report.missing:
            yield *_line(one.booking)[1:], one.batch_id, "entfernt" if one.removed else "behalten"

    def _replaced(self) -> Iterable[Sequence[Cell]]:
        for one in self._report.replaced:
            booking = one.booking
            left = Money(one.left_cents or 0)
            yield booking.day, booking.internal_order, Money(booking.amount_cents), left

    # --- sheets ------------------------------------------------------------------------------------------------

    def _overview(self) -> None:
        page = self._book.book.add_worksheet("Übersicht")
        title, section = self._book.format(TITLE), self._book.format(SECTION)
        wrapped = self._book.format({**WRAPPED, "align": "left"})
        page.hide_gridlines(2)
        for place, width in enumerate((34, 24, 70)):
            page.set_column(place, place, width)
        page.write_string(0, 0, "Importbericht", title)
        row = 2
        for heading, facts in self._facts():
            page.write_string(row, 0, heading, section)
            known = [(name, value) for name, value in facts if value not in (None, "")]
            for place, (name, value) in enumerate(known, row + 1):
                page.write_string(place, 0, name, self._book.text)
                self._book.write(page, place, 1, value)
            row += len(known) + 2
        for heading, sentences in self._sentences():
            page.write_string(row, 0, heading, section)
            for place, sentence in enumerate(sentences, row + 1):
                page.set_row(place, 15.0 * max(1, -(-len(sentence) // 110)))
                page.merge_range(place, 0, place, 2, "", wrapped)
                page.write_string(place, 0, sentence, wrapped)
            row += len(sentences) + 2
        print_on_a4(page)

    def _facts(self) -> list[tuple[str, list[tuple[str, Cell]]]]:
        report = self._report
        file, counts, total = report.file, report.counts, report.control.total
        spent = total.sum_cents - total.income_cents
        explained = Money(total.explained_cents) if total.difference_cents else None
        return [
            ("Datei", [
                ("Lieferung", report.batch), ("Datei", file.name), ("Blatt", file.sheet),
                ("Form", file.shape.word), ("Profil", file.profile), ("Prüfsumme", file.sha256),
                ("Zeitpunkt", report.made_at), ("Von", report.made_by), ("Zurückgenommen", report.undone_at),
            ]),
            ("Zeilen", [
                ("neu", counts.new), ("geändert", counts.changed), ("vorhanden", counts.known),
                ("unsicher, nicht entschieden", counts.uncertain), ("abgelehnt", counts.rejected),
                ("übersprungen", counts.skipped), ("entfallen", counts.missing),
                ("davon entfernt", counts.removed), ("ohne Budget", counts.unassigned),
            ]),
            ("Summen", [
                ("Summe der Zeilen", Money(total.sum_cents)), ("davon Ausgaben", Money(spent)),
                ("davon Einnahmen", Money(total.income_cents)),
                ("Summe der neuen Buchungen", Money(report.new_cents)),
                ("Gesamtsumme der Datei", _money(total.total_cents)),
                ("Unterschied", _money(total.difference_cents)),
                ("davon in nicht übernommenen Zeilen", explained),
                ("ungeklärt", _money(total.unexplained_cents) if total.difference_cents else None),
            ]),
        ]  # fmt: skip

    def _sentences(self) -> list[tuple[str, list[str]]]:
        report = self._report
        written = report.outcome is ImportOutcome.IMPORTED
        control = [
            words.total_sentence(report.control.total),
            words.places_sentence(report.control, after=written),
        ]
        found = [
            ("Ergebnis", [words.outcome_sentence(report)]),
            ("Kontrolle", [sentence for sentence in control if sentence]),
        ]
        if report.notices:
            found.append(("Hinweise beim Lesen", list(report.notices)))
        return found


def _line(line: ReportLine) -> tuple[Cell, ...]:
    return (
        line.row, line.day, line.document_number, line.line, line.internal_order, line.account,
        Money(line.amount_cents), line.text, line.payee, line.budget,
    )  # fmt: skip


def _correction(one: Correction) -> tuple[Cell, ...]:
    old, new = one.old, one.new
    return (
        new.row, new.document_number, new.line, old.day, new.day, old.internal_order, new.internal_order,
        old.account, new.account, Money(old.amount_cents), Money(new.amount_cents),
        Money(new.amount_cents - old.amount_cents), new.text, new.payee,
        "nicht übernommen" if one.kept else "übernommen",
    )  # fmt: skip


def _left_out(one: LeftOut) -> tuple[Cell, ...]:
    return one.row, one.state.word, one.reason, _money(one.amount_cents)


def _money(cents: int | None) -> Money | None:
    return None if cents is None else Money(cents)
