"""Compares a line of finance with the booking it may be or changes, field by field."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple, Protocol

from app.domain.bookings.bookings import BookingField

Value = str | int | date | None

FIELDS = (
    BookingField.DAY,
    BookingField.AMOUNT,
    BookingField.INTERNAL_ORDER,
    BookingField.ACCOUNT,
    BookingField.DOCUMENT_NUMBER,
    BookingField.LINE,
    BookingField.TEXT,
    BookingField.PAYEE,
    BookingField.COST_CENTRE,
    BookingField.ACCOUNT_NAME,
    BookingField.DOCUMENT_DATE,
    BookingField.PAYMENT_DATE,
    BookingField.BUDGET_YEAR,
)
"""All that finance delivers of a booking; what decides about its state comes first."""


class ComparedLine(Protocol):
    """What both sides have: a Posting, or what is stored."""

    @property
    def day(self) -> date: ...
    @property
    def amount_cents(self) -> int: ...


class Compared(NamedTuple):
    """One field on both sides. `is_given`: the file has a column for it; what it lacks makes no difference."""

    field: BookingField
    new: Value
    old: Value
    is_given: bool

    @property
    def differs(self) -> bool:
        return self.is_given and self.new != self.old


def compare(
    line: ComparedLine | None, stored: ComparedLine | None, given: Collection[BookingField]
) -> list[Compared]:
    """The fields that one side has a value for. With one side only there is nothing to differ from."""
    both = line is not None and stored is not None
    found = []
    for field in FIELDS:
        new, old = _value(line, field), _value(stored, field)
        if new is not None or old is not None:
            is_given = both and (field in given or field in (BookingField.DAY, BookingField.AMOUNT))
            found.append(Compared(field, new, old, is_given))
    return found


def _value(line: ComparedLine | None, field: BookingField) -> Value:
    value: Value = getattr(line, "amount_cents" if field is BookingField.AMOUNT else field.value, None)
    return value
