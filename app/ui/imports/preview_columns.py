"""The columns of the preview: state, decision, old and new values in the cell."""

from datetime import date
from typing import Any

from app.domain.bookings.booking_plan import Decision
from app.domain.bookings.bookings import BookingField, Shape
from app.domain.money import amount
from app.ui.imports.booking_rows import PILLS, PreviewRow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import OldNew, Pill

_OPEN = Pill("offen", Tone.WARNING, "half-circle", 0)
_SAME = Pill("dieselbe", Tone.SUCCESS, "link", 1)
_IS_NEW = Pill("neu", Tone.SUCCESS, "plus", 2)
_LEFT = Pill("bleibt alt", Tone.NEUTRAL, "lock", 3)
_TAKEN = Pill("wird neu", Tone.SUCCESS, "edit", 4)
_REMOVED = Pill("entfernen", Tone.DANGER, "trash", 5)
_STAYS = Pill("bleibt", Tone.NEUTRAL, "lock", 6)


def decision_pill(row: PreviewRow) -> Pill | None:
    """What was decided, or what happens as long as nothing is."""
    if row.is_missing:
        return _REMOVED if row.gone else _STAYS
    if row.is_changed:
        return _LEFT if row.answer is Decision.KEPT else _TAKEN
    if row.is_uncertain:
        return _OPEN if row.answer is None else _IS_NEW if row.answer is Decision.NEW else _SAME
    return None


def _day(row: PreviewRow) -> date | OldNew | None:
    if row.planned is not None and row.stored is not None and BookingField.DAY in row.planned.changes:
        before, after = row.stored.day, row.planned.posting.day
        short = f"{before:%d.%m.}" if before.year == after.year else f"{before:%d.%m.%Y}"
        return OldNew(short, f"{after:%d.%m.%Y}")
    day: date | None = _of(row, "day")
    return day


def _amount(row: PreviewRow) -> int | OldNew | str | None:
    if row.rejected is not None and row.rejected.amount_cents is None:
        return None
    cents = _cents(row)
    if row.stored is not None and cents is not None:
        before = row.stored.amount_cents
        if row.new_cents is not None or (
            row.planned is not None and BookingField.AMOUNT in row.planned.changes
        ):
            return OldNew(amount(before), amount(cents))
    return cents


def _cents(row: PreviewRow) -> int | None:
    if row.new_cents is not None:
        return row.new_cents
    if row.planned is not None:
        return row.planned.amount_cents
    value: int | None = _of(row, "amount_cents")
    return value


def _of(row: PreviewRow, name: str) -> Any:
    if row.planned is not None:
        return getattr(row.planned.posting, name)
    source = row.rejected or row.stored
    return getattr(source, name, None)


def _changeable(name: str, field: BookingField) -> Any:
    def value(row: PreviewRow) -> str | OldNew | None:
        new = _of(row, name)
        if row.planned is not None and row.stored is not None and field in row.planned.changes:
            return OldNew(getattr(row.stored, name) or "", new or "")
        return str(new) if new is not None else None

    return value


_ORDER = _changeable("internal_order", BookingField.INTERNAL_ORDER)
_ACCOUNT = _changeable("account", BookingField.ACCOUNT)


def _document(row: PreviewRow) -> str | None:
    number, line = _of(row, "document_number"), _of(row, "line")
    return f"{number}/{line}" if number and line else number


def _order_of_day(row: PreviewRow) -> int | None:
    day = _of(row, "day")
    return day.toordinal() if day is not None else None


def _budget_tip(row: PreviewRow) -> str:
    """The budget and, where a rule decided, which one."""
    return f"{row.budget}\nRegel: {row.rule}" if row.rule else row.budget


def _words(row: PreviewRow) -> str:
    """Why the row needs looking at; where it does not, what was booked."""
    return row.reason or _of(row, "text") or ""


def _what(row: PreviewRow) -> str:
    """The same where the reason stands beside the table: what was booked tells rows apart."""
    text: str | None = _of(row, "text") or _of(row, "payee")
    return text if (row.is_uncertain or row.is_missing) and text else _words(row)


def columns(shape: Shape, *, rejected: bool, asking: bool = False) -> tuple[Column[PreviewRow], ...]:
    """The columns of the preview for this shape of file; with `rejected` rows their reasons get more room.

    `asking`: some rows ask for a decision; what stands beside the table in full can be missing in it.
    """
    title = "Differenz" if shape is Shape.CUMULATIVE else "Betrag"
    reason, room = (_what, 100) if asking else (_words, 170)
    return (
        Column("row", "Zeile", lambda row: row.row, Kind.NUMBER, 46 if asking else 54),
        Column("state", "Stand", lambda row: PILLS[row.key], Kind.PILL, 112 if asking else 116),
        *([Column("decision", "Entscheidung", decision_pill, Kind.PILL, 108)] if asking else []),
        Column("day", "Datum", _day, Kind.DATE, 128 if asking else 138, sort=_order_of_day),
        Column("document", "Beleg", _document, width=114, hidden=asking or shape is Shape.CUMULATIVE),
        Column("order", "Auftrag", _ORDER, width=84, hidden=asking),
        Column("account", "Konto", _ACCOUNT, width=76, hidden=asking or rejected),
        Column("amount", title, _amount, Kind.AMOUNT, 118 if asking else 128, sort=_cents, strong=True),
        Column(
            "budget", "Budget", lambda row: row.budget, width=92, hidden=asking or rejected, tip=_budget_tip
        ),
        Column("reason", "Grund / Text", reason, width=room, stretch=True, tip=_words),
        Column("text", "Text", lambda row: _of(row, "text"), width=170, hidden=True),
        Column("payee", "Empfänger", lambda row: _of(row, "payee"), width=150, hidden=True),
    )
