"""A line of finance and the booking it may be or changes, field by field."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple, Protocol

from app.domain.bookings.bookings import Field

Value = str | int | date | None

FIELDS = (
    Field.DAY,
    Field.AMOUNT,
    Field.INTERNAL_ORDER,
    Field.ACCOUNT,
    Field.DOCUMENT_NUMBER,
    Field.LINE,
    Field.TEXT,
    Field.PAYEE,
    Field.COST_CENTRE,
    Field.ACCOUNT_NAME,
    Field.DOCUMENT_DATE,
    Field.PAYMENT_DATE,
    Field.BUDGET_YEAR,
)
"""All that finance delivers of a booking; what decides about its state comes first."""


class Line(Protocol):
    """What both sides have: a Posting, or what is stored."""

    @property
    def day(self) -> date: ...
    @property
    def amount_cents(self) -> int: ...


class Compared(NamedTuple):
    """One field on both sides. `is_given`: the file has a column for it; what it lacks makes no difference."""

    field: Field
    new: Value
    old: Value
    is_given: bool

    @property
    def differs(self) -> bool:
        return self.is_given and self.new != self.old


def compare(line: Line | None, stored: Line | None, given: Collection[Field]) -> list[Compared]:
    """The fields that one side has a value for. With one side only there is nothing to differ from."""
    both = line is not None and stored is not None
    found = []
    for field in FIELDS:
        new, old = _value(line, field), _value(stored, field)
        if new is not None or old is not None:
            is_given = both and (field in given or field in (Field.DAY, Field.AMOUNT))
            found.append(Compared(field, new, old, is_given))
    return found


def _value(line: Line | None, field: Field) -> Value:
    value: Value = getattr(line, "amount_cents" if field is Field.AMOUNT else field.value, None)
    return value
