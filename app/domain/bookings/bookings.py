"""Bookings from finance: the words, how codes are made comparable, and what counts as income (exchange.md, 2)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.domain.parsing import plain_text
from app.domain.terms import Worded

INCOME_CLASSES = "36"
"""Default of the field: accounts that begin with one of these digits are income."""


class RowState(Worded):
    """The one state in which each row below the header ends."""

    NEW = "new", "neu"
    CHANGED = "changed", "geändert"
    KNOWN = "known", "vorhanden"
    UNCERTAIN = "uncertain", "unsicher"
    REJECTED = "rejected", "abgelehnt"
    SKIPPED = "skipped", "übersprungen"


class Shape(Worded):
    """Single lines, or what an order has spent so far by month."""

    POSTINGS = "postings", "Einzelposten"
    CUMULATIVE = "cumulative", "Monatssummen (Ist kumuliert)"


class BookingField(Worded):
    """What a column of a finance file can mean, in the order in which they are offered."""

    DAY = "day", "Buchungsdatum"
    AMOUNT = "amount", "Betrag"
    DEBIT_CREDIT = "debit_credit", "Soll/Haben"
    INTERNAL_ORDER = "internal_order", "Innenauftrag"
    DOCUMENT_NUMBER = "document_number", "Belegnummer"
    LINE = "line", "Position"
    BUDGET_YEAR = "budget_year", "Haushaltsjahr"
    ACCOUNT = "account", "Sachkonto"
    ACCOUNT_NAME = "account_name", "Kontobezeichnung"
    COST_CENTRE = "cost_centre", "Kostenstelle"
    TEXT = "text", "Buchungstext"
    PAYEE = "payee", "Empfänger"
    DOCUMENT_DATE = "document_date", "Belegdatum"
    PAYMENT_DATE = "payment_date", "Zahldatum"
    CURRENCY = "currency", "Währung"
    MONTH = "month", "Monat"
    CUMULATED = "cumulated", "Ist kumuliert"


class Posting(NamedTuple):
    """One line of a finance file, read and checked. `row` is the sheet's row from 1, codes are normalised.

    In a cumulative file `amount_cents` is what was spent up to `day`, the last day of the month.
    """

    row: int
    day: date
    budget_year: int
    amount_cents: int
    document_number: str | None = None
    line: str | None = None
    internal_order: str | None = None
    cost_centre: str | None = None
    account: str | None = None
    account_name: str | None = None
    document_date: date | None = None
    payment_date: date | None = None
    text: str | None = None
    payee: str | None = None


class StoredBooking(NamedTuple):
    """A booking in the database, as far as matching needs it."""

    id: int
    source: BookingSource
    batch_id: int | None
    day: date
    budget_year: int
    amount_cents: int
    document_number: str | None
    line: str | None
    occurrence: int
    internal_order: str | None
    account: str | None
    is_income: bool
    budget_id: int | None
    assigned_by: AssignedBy | None
    text: str | None
    payee: str | None
    cost_centre: str | None = None
    plan_item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken over: where, what stands there, and why (German).

    What could be read of it still stands for bookings that came earlier (exchange.md, entfallen).
    """

    row: int
    column: str
    value: str
    reason: str
    document_number: str | None = None
    line: str | None = None
    internal_order: str | None = None
    day: date | None = None
    amount_cents: int | None = None


_TRAILING_ZEROS = re.compile(r"(\d+)[.,]0{1,2}")


def normal_code(value: str | int | float | None) -> str | None:
    """A code (order, document, account, line) made comparable; None if there is none.

    Excel drops leading zeros from number cells, so they are dropped from whole numbers everywhere: "0057001000",
    57001000.0 and "57001000" are one order. Only zeros mean: none (SAP's initial value).
    """
    if value is None:
        return None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else str(value)
    text = plain_text(value) if isinstance(value, str) else str(value)
    if found := _TRAILING_ZEROS.fullmatch(text):
        text = found[1]
    if text.isdecimal():
        text = text.lstrip("0")
    return text or None


def is_income(account: str | None, classes: str = INCOME_CLASSES) -> bool:
    """Whether an account belongs to the classes of income."""
    return account is not None and account[:1] in classes and account[:1] != ""
