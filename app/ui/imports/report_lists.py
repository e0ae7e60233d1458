"""The lists of an import report as tables: what was refused, corrected, unsure, fell away."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.domain.bookings import import_wording as words
from app.domain.bookings.import_report import (
    Correction,
    Doubt,
    Gone,
    ImportReport,
    Refusal,
    Replaced,
    ReportLine,
)
from app.domain.bookings.import_total import LeftOut
from app.domain.money import amount
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import OldNew, Pill


class ReportList(NamedTuple):
    """One tab: its words, the name under which its columns are remembered, columns and rows."""

    title: str
    name: str
    columns: tuple[Column[Any], ...]
    rows: Sequence[Any]


def report_lists(report: ImportReport) -> list[ReportList]:
    """The lists that have rows."""
    lists = [
        ReportList("Abgelehnt", "rejected", _REJECTED, report.rejected),
        ReportList("Unsicher", "uncertain", _UNCERTAIN, report.uncertain),
        ReportList("Geändert", "changed", _CHANGED, report.changed),
        ReportList("Entfallen", "missing", _MISSING, report.missing),
        ReportList("Ersetzt", "replaced", _REPLACED, report.replaced),
        ReportList("Übersprungen", "skipped", _SKIPPED, report.skipped),
    ]
    return [one for one in lists if one.rows]


def _what(line: ReportLine) -> str:
    return " · ".join(part for part in (line.text, line.payee) if part)


def _change(one: Correction) -> str:
    return "; ".join(words.corrections(one))


def _amounts(one: Correction) -> OldNew | int:
    old, new = one.old.amount_cents, one.new.amount_cents
    return new if old == new else OldNew(amount(old), amount(new))


def _taken(one: Correction) -> Pill:
    if one.kept:
        return Pill("nicht übernommen", Tone.NEUTRAL, "lock")
    return Pill("übernommen", Tone.SUCCESS, "success")


def _fate(one: Gone) -> Pill:
    return Pill("entfernt", Tone.WARNING, "trash") if one.removed else Pill("behalten", Tone.NEUTRAL, "lock")


def _like(one: Doubt) -> str:
    if one.like is None or one.like.day is None:
        return ""
    return f"{one.like.day:%d.%m.%Y} · {_what(one.like)}"


_REJECTED: tuple[Column[Refusal], ...] = (
    Column("row", "Zeile", lambda one: one.row, Kind.NUMBER, 58),
    Column("column", "Spalte", lambda one: one.column, width=150),
    Column("value", "Wert", lambda one: one.value, width=130),
    Column("reason", "Grund", lambda one: one.reason, width=240, stretch=True),
    Column("amount", "Betrag", lambda one: one.amount_cents, Kind.AMOUNT),
)
_UNCERTAIN: tuple[Column[Doubt], ...] = (
    Column("row", "Zeile", lambda one: one.row.row, Kind.NUMBER, 58),
    Column("day", "Datum", lambda one: one.row.day, Kind.DATE),
    Column("order", "Auftrag", lambda one: one.row.internal_order, width=94),
    Column("text", "Text", lambda one: _what(one.row), width=170, stretch=True),
    Column("like", "Ähnelt der Buchung", _like, width=240),
    Column("amount", "Betrag", lambda one: one.row.amount_cents, Kind.AMOUNT),
)
_CHANGED: tuple[Column[Correction], ...] = (
    Column("row", "Zeile", lambda one: one.new.row, Kind.NUMBER, 58),
    Column("document", "Beleg", lambda one: one.new.document, width=114),
    Column("order", "Auftrag", lambda one: one.new.internal_order, width=94),
    Column("text", "Text", lambda one: _what(one.new), width=110),
    Column("change", "Korrektur", _change, width=180, stretch=True),
    Column("amount", "Betrag", _amounts, Kind.AMOUNT, 130),
    Column("taken", "Entscheidung", _taken, Kind.PILL, 142),
)
_MISSING: tuple[Column[Gone], ...] = (
    Column("day", "Datum", lambda one: one.booking.day, Kind.DATE),
    Column("document", "Beleg", lambda one: one.booking.document, width=114),
    Column("order", "Auftrag", lambda one: one.booking.internal_order, width=94),
    Column("text", "Text", lambda one: _what(one.booking), width=170, stretch=True),
    Column("batch", "Lieferung", lambda one: one.batch_id, Kind.NUMBER, 84),
    Column("amount", "Betrag", lambda one: one.booking.amount_cents, Kind.AMOUNT),
    Column("fate", "Entscheidung", _fate, Kind.PILL, 122),
)

_REPLACED: tuple[Column[Replaced], ...] = (
    Column("day", "Datum", lambda one: one.booking.day, Kind.DATE),
    Column("order", "Auftrag", lambda one: one.booking.internal_order, width=120, stretch=True),
    Column("before", "Bisher", lambda one: one.booking.amount_cents, Kind.AMOUNT),
    Column("after", "Bleibt", lambda one: one.left_cents or 0, Kind.AMOUNT),
)

_SKIPPED: tuple[Column[LeftOut], ...] = (
    Column("row", "Zeile", lambda one: one.row, Kind.NUMBER, 58),
    Column("reason", "Grund", lambda one: one.reason, width=240, stretch=True),
    Column("amount", "Betrag", lambda one: one.amount_cents, Kind.AMOUNT),
)
