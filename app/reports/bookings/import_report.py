"""The report of an import as PDF: what became of the file, its control, and the rows worth a look."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from app.domain.bookings import import_wording as words
from app.domain.bookings.bookings import Shape
from app.domain.bookings.import_report import (
    Correction,
    Doubt,
    Gone,
    ImportOutcome,
    ImportReport,
    Refusal,
    ReportLine,
)
from app.domain.bookings.import_sums import PlaceControl
from app.domain.counting import counted
from app.domain.dates import german
from app.domain.money import amount, euro
from app.reports import styles
from app.reports.blocks import TIGHT, info_block, light_table
from app.reports.layout import INFO_WIDTH, TEXT_WIDTH, PaperSheet, render
from app.services.office import OfficeInput

LONGEST_LIST = 1000
"""Rows of one list on paper; the workbook has them all."""

T = TypeVar("T")


def import_report_pdf(report: ImportReport, office: OfficeInput) -> bytes:
    """The report on the office's paper. Raises UserError if the office's logo cannot be read."""
    name = f"Lieferung {report.batch}" if report.batch is not None else "Prüfung"
    sheet = PaperSheet(
        office=office,
        title=f"Importbericht – {report.file.name}",
        label=f"Importbericht {name} · {report.file.name}",
        day=report.made_at.date(),
        draft=False,
    )
    return render(sheet, lambda: _story(report))


def _story(report: ImportReport) -> list[Flowable]:
    story = [*_head(report), Spacer(1, 4 * mm), Paragraph(_text(words.outcome_sentence(report)), styles.BODY)]
    if not report.complete:
        story.append(
            Paragraph(
                "Zu dieser Lieferung wurde noch kein Bericht aufgehoben; bekannt sind nur Anzahl und Summen.",
                styles.BODY,
            )
        )
    story += [*_counts(report), *_total(report), *_places(report), *_explanations(report)]
    for title, header, widths, rows, right in _lists(report):
        story += _section(title, header, widths, rows, right)
    return story + _remarks(report)


def _head(report: ImportReport) -> list[Flowable]:
    file = report.file
    facts = [
        ("Lieferung", str(report.batch or "")),
        ("Datei", file.name),
        ("Blatt", file.sheet or ""),
        ("Form", words.SHAPES[file.shape]),
        ("Profil", file.profile or ""),
        ("Datum", german(report.made_at.date())),
        ("Auskunft", report.made_by),
        ("Prüfzahl", file.sha256[:16]),
    ]
    title = [
        Paragraph("Importbericht", styles.KIND),
        Paragraph(_text(file.name), styles.TITLE),
    ]
    return [
        Table(
            [[title, info_block(facts)]],
            colWidths=(TEXT_WIDTH - INFO_WIDTH, INFO_WIDTH),
            style=[*TIGHT, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (0, 0), 8 * mm)],
        )
    ]


def _counts(report: ImportReport) -> list[Flowable]:
    counts = report.counts
    written = report.outcome is ImportOutcome.IMPORTED
    assigned = (
        f"; {counted(counts.unassigned, 'Buchung ist', 'Buchungen sind')} keinem Budget zugeordnet"
        if counts.unassigned
        else ""
    )
    kept = sum(one.kept for one in report.changed)
    rows = [
        ("neu", counts.new, f"zusammen {euro(report.new_cents)}" if report.complete else ""),
        (
            "geändert",
            counts.changed,
            f"{counted(kept, 'Korrektur', 'Korrekturen')} nicht übernommen" if kept else "",
        ),
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
        Paragraph("Zeilen", styles.CLAUSE),
        Paragraph(_text(intro), styles.BODY),
        light_table(("Stand", "Anzahl", ""), (35 * mm, 25 * mm, 105 * mm), shown, right=1),
    ]


def _fallen(report: ImportReport) -> str:
    counts = report.counts
    kept, removed = counts.missing - counts.removed, counts.removed
    parts = [f"{kept} behalten"] if kept else []
    parts += [f"{removed} entfernt"] if removed else []
    return "frühere Buchungen ohne Zeile in der Datei: " + ", ".join(parts)


# --- control ---------------------------------------------------------------------------------------------------


def _total(report: ImportReport) -> list[Flowable]:
    total = report.control.total
    facts = [("Summe der übernommenen Zeilen", euro(total.sum_cents))]
    if total.income_cents:
        facts += [
            ("davon Ausgaben", euro(total.sum_cents - total.income_cents)),
            ("davon Einnahmen", euro(total.income_cents)),
        ]
    if total.total_cents is not None and total.difference_cents:
        facts.append(("Gesamtsumme der Datei", euro(total.total_cents)))
        facts.append(("Unterschied", euro(total.difference_cents)))
        facts.append(("davon in nicht übernommenen Zeilen", euro(total.explained_cents)))
        facts.append(("ungeklärt", euro(total.unexplained_cents or 0)))
    story: list[Flowable] = [
        Paragraph("Kontrolle: Gesamtsumme", styles.CLAUSE),
        Paragraph(_text(words.total_sentence(total)), styles.BODY),
    ]
    if len(facts) > 1:
        story.append(light_table(("Summe", "Betrag"), (120 * mm, 45 * mm), facts, right=1))
    if total.difference_cents and total.left_out:
        rows = [
            (
                str(one.row),
                words.STATES[one.state],
                _text(one.reason),
                amount(one.amount_cents) if one.amount_cents is not None else "nicht lesbar",
            )
            for one in total.left_out
        ]
        header = ("Zeile", "Stand", "Grund", "Betrag")
        widths = (16 * mm, 26 * mm, 93 * mm, 30 * mm)
        story += [Spacer(1, 4 * mm), *_long(header, widths, rows, (3,))]
    return story


def _places(report: ImportReport) -> list[Flowable]:
    places = report.control.places
    if not places:
        return []
    shape = report.file.shape
    sentence = words.places_sentence(report.control, after=report.outcome is ImportOutcome.IMPORTED)
    header = ("Innenauftrag", "Monat", "Datei", "Datenbank", "Differenz", "Stand")
    widths = (36 * mm, 33 * mm, 27 * mm, 27 * mm, 22 * mm, 20 * mm)
    return [
        Paragraph("Kontrolle: Aufträge und Monate", styles.CLAUSE),
        Paragraph(_text(sentence), styles.BODY),
        *_long(header, widths, [_place(group, shape) for group in _together(places, shape)], (2, 3, 4)),
    ]


def _together(places: Sequence[PlaceControl], shape: Shape) -> Iterable[list[PlaceControl]]:
    """Months of one order that agree stand on one line; sums so far cannot be added up, so each stands alone."""
    group: list[PlaceControl] = []
    for one in places:
        same = group and (
            shape is Shape.POSTINGS
            and not one.difference_cents
            and not group[-1].difference_cents
            and one.place._replace(month=None) == group[-1].place._replace(month=None)
        )
        if group and not same:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _place(group: list[PlaceControl], shape: Shape) -> tuple[str, ...]:
    first, last = group[0].place.month, group[-1].place.month
    months = words.month_words(first, shape)
    if len(group) > 1:
        months = f"{months}–{words.month_words(last, shape)}"
    file_cents = sum(one.file_cents for one in group)
    database_cents = sum(one.database_cents for one in group)
    return (
        _text(words.place_name(group[0])),
        months,
        amount(file_cents),
        amount(database_cents),
        amount(database_cents - file_cents),
        words.place_state(group[-1]),
    )


def _explanations(report: ImportReport) -> list[Flowable]:
    rows = [
        (
            f"{_text(words.place_name(place))}<br/>{words.month_words(place.place.month, report.file.shape)}",
            _text(words.item_where(item)),
            words.item_reason(item),
            amount(item.amount_cents),
        )
        for place in report.control.differing
        for item in place.items
    ]
    header = ("Auftrag, Monat", "Zeile oder Buchung", "Grund", "in Datenbank mehr")
    widths = (34 * mm, 58 * mm, 45 * mm, 28 * mm)
    return _section("Unterschiede im Einzelnen", header, widths, rows, (3,))


# --- lists -----------------------------------------------------------------------------------------------------

_List = tuple[str, tuple[str, ...], tuple[float, ...], list[tuple[str, ...]], tuple[int, ...]]


def _lists(report: ImportReport) -> list[_List]:
    return [
        (
            "Abgelehnte Zeilen",
            ("Zeile", "Spalte", "Wert", "Grund", "Betrag"),
            (14 * mm, 30 * mm, 32 * mm, 65 * mm, 24 * mm),
            [_refusal(one) for one in report.rejected],
            (4,),
        ),
        (
            "Unsichere Zeilen",
            ("Zeile", "Datum", "Auftrag", "Text", "ähnelt der Buchung", "Betrag"),
            (14 * mm, 21 * mm, 22 * mm, 42 * mm, 42 * mm, 24 * mm),
            [_doubt(one) for one in report.uncertain],
            (5,),
        ),
        (
            "Geänderte Buchungen",
            ("Zeile", "Beleg", "Auftrag", "Text", "Korrektur", "Differenz"),
            (14 * mm, 27 * mm, 22 * mm, 34 * mm, 46 * mm, 22 * mm),
            [_correction(one) for one in report.changed],
            (5,),
        ),
        (
            "Entfallene Buchungen",
            ("Datum", "Beleg", "Auftrag", "Text", "Entscheidung", "Betrag"),
            (21 * mm, 27 * mm, 22 * mm, 38 * mm, 33 * mm, 24 * mm),
            [_gone(one) for one in report.missing],
            (5,),
        ),
        (
            "Ersetzte Differenzbuchungen",
            ("Datum", "Auftrag", "bisher", "bleibt"),
            (30 * mm, 75 * mm, 30 * mm, 30 * mm),
            [
                (
                    _day(one.booking),
                    _text(one.booking.internal_order or ""),
                    amount(one.booking.amount_cents),
                    amount(one.left_cents or 0),
                )
                for one in report.replaced
            ],
            (2, 3),
        ),
    ]


def _refusal(one: Refusal) -> tuple[str, ...]:
    cents = amount(one.amount_cents) if one.amount_cents is not None else ""
    return str(one.row), _text(one.column), _text(styles.shorten(one.value)), _text(one.reason), cents


def _doubt(one: Doubt) -> tuple[str, ...]:
    like = f"{_day(one.like)} {_text(_what(one.like))}" if one.like is not None else ""
    row = one.row
    order = _text(row.internal_order or "")
    return str(row.row), _day(row), order, _text(_what(row)), like, amount(row.amount_cents)


def _correction(one: Correction) -> tuple[str, ...]:
    changes = "<br/>".join(_text(change) for change in words.corrections(one))
    if one.kept:
        changes += "<br/>nicht übernommen"
    difference = one.new.amount_cents - one.old.amount_cents
    new = one.new
    return (
        str(new.row), _text(new.document), _text(new.internal_order or ""), _text(_what(new)), changes,
        amount(difference) if difference else "",
    )  # fmt: skip


def _gone(one: Gone) -> tuple[str, ...]:
    booking = one.booking
    decision = "entfernt" if one.removed else "behalten"
    if one.batch_id is not None:
        decision += f" (Lieferung {one.batch_id})"
    return (
        _day(booking), _text(booking.document), _text(booking.internal_order or ""), _text(_what(booking)),
        decision, amount(booking.amount_cents),
    )  # fmt: skip


def _remarks(report: ImportReport) -> list[Flowable]:
    story: list[Flowable] = []
    rows = [(_text(reason), rows) for reason, rows in words.skipped_groups(report.skipped)]
    story += _section("Übersprungene Zeilen", ("Grund", "Zeilen"), (60 * mm, 105 * mm), rows, ())
    if report.notices:
        story.append(Paragraph("Hinweise beim Lesen", styles.CLAUSE))
        story += [Paragraph(_text(notice), styles.PLAIN_BULLET, bulletText="–") for notice in report.notices]
    return story


# --- pieces ----------------------------------------------------------------------------------------------------


def _section(
    title: str,
    header: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    right: tuple[int, ...],
) -> list[Flowable]:
    if not rows:
        return []
    return [Paragraph(title, styles.CLAUSE), *_long(header, widths, rows, right)]


def _long(
    header: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]], right: tuple[int, ...]
) -> list[Flowable]:
    """A table with repeated header; of a very long one the beginning, and where the rest stands."""
    story: list[Flowable] = [light_table(header, widths, rows[:LONGEST_LIST], right)]
    if len(rows) > LONGEST_LIST:
        more = counted(len(rows) - LONGEST_LIST, "weitere Zeile steht", "weitere Zeilen stehen")
        story.append(Paragraph(f"{more} in der Excel-Fassung dieses Berichts.", styles.CAPTION))
    return story


def _what(line: ReportLine) -> str:
    return styles.shorten(" · ".join(part for part in (line.text, line.payee) if part))


def _day(line: ReportLine) -> str:
    return german(line.day) if line.day is not None else ""


def _text(text: str) -> str:
    return styles.escape(text)
