"""The control by order and month: what a finance file says of each against what the database holds of it afterwards.

Pure: the same function makes the forecast before writing and the check after it (exchange.md, Control).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.domain.bookings.booking_plan import BookingPlan, PlannedRow
from app.domain.bookings.bookings import (
    INCOME_CLASSES,
    BookingField,
    Rejected,
    RowState,
    Shape,
    StoredBooking,
    is_income,
)
from app.domain.bookings.import_effect import Held, month_of, stored_after
from app.domain.bookings.import_total import TAKEN, once
from app.domain.budgets.budgets import BookingSource
from app.domain.terms import Worded


class Why(Worded):
    """Why a row or a booking makes the database differ from the file."""

    REJECTED = "rejected", "Zeile abgelehnt"
    UNCERTAIN = "uncertain", "Zeile nicht entschieden"  # so not taken
    KEPT = "kept", "Korrektur nicht übernommen"  # the row says one thing, the booking another
    ELSEWHERE = "elsewhere", "Buchung steht an anderer Stelle"  # in another month
    MISSING = "missing", "entfallen, aber behalten"
    MANUAL = "manual", "von Hand eingetragen"
    DIFFERENCE = "difference", "Differenz aus Monatssummen"  # of a cumulative file
    OTHER = "other", "nicht in dieser Datei"  # of another delivery


class Item(NamedTuple):
    """A row or a booking that explains a part of a difference: `amount_cents` more in the database than in the file.

    `row` is the sheet's; a booking has `day` and what names it, and the delivery it came with.
    """

    why: Why
    amount_cents: int
    row: int | None = None
    day: date | None = None
    document_number: str | None = None
    text: str | None = None
    batch_id: int | None = None


class ControlPlace(NamedTuple):
    """What one line of the control is about. `month` None: the row's date could not be read.

    `account` is None where the file's amounts stand for all accounts of an order, as single lines do here.
    """

    internal_order: str | None
    month: date | None
    is_income: bool
    account: str | None


@dataclass(frozen=True, slots=True)
class PlaceControl:
    """One order and month: what the file says, what the database holds afterwards, and what explains the rest."""

    place: ControlPlace
    rows: int
    file_cents: int
    database_cents: int
    items: tuple[Item, ...]

    @property
    def difference_cents(self) -> int:
        """How much the database holds more than the file says."""
        return self.database_cents - self.file_cents

    @property
    def unexplained_cents(self) -> int:
        """What of the difference no row and no booking explains; anything but zero is a mistake somewhere."""
        return self.difference_cents - sum(item.amount_cents for item in self.items)


class Scope:
    """Which bookings belong to which line: made from the file, the stored bookings and what was decided.

    `stored`: the bookings matching had; `given`: the fields the file has; `removed`: missing bookings to take away.
    """

    def __init__(
        self,
        plan: BookingPlan,
        stored: Sequence[StoredBooking],
        given: frozenset[BookingField],
        removed: Collection[int] = (),
        classes: str = INCOME_CLASSES,
    ) -> None:
        self.plan, self.given, self.classes = plan, given, classes
        self.after = stored_after(plan, stored, given, removed, classes)
        self.rows: dict[ControlPlace, int] = defaultdict(int)
        self.said: dict[ControlPlace, int] = defaultdict(int)
        self.items: dict[ControlPlace, list[Item]] = defaultdict(list)
        self._places: dict[tuple[str | None, date, bool], ControlPlace] = {}
        self.years: dict[ControlPlace, int] = {}  # budget years, which sums so far are about
        if plan.shape is Shape.POSTINGS:
            self._read_postings()
        else:
            self._read_sums_so_far()

    # --- single lines ------------------------------------------------------------------------------------------

    def _read_postings(self) -> None:
        by_id = {one.id: one for one in self.after}
        missing = {one.id for one in self.plan.missing}
        linked: set[int] = set()
        others: list[tuple[PlannedRow, StoredBooking, Why]] = []
        accounts: set[str | None] = {None}
        for row in self._say_new():
            booking = by_id.get(row.stored.id) if row.stored and row.state in TAKEN else None
            place = self._place_of(row, booking)
            self._say(place, row.posting.amount_cents)
            if row.state is RowState.UNCERTAIN:
                self._explain(place, self._row(row, Why.UNCERTAIN))
            elif booking is not None:
                linked.add(booking.id)
                accounts.add(booking.account)
                if not _same(row, place, booking):
                    why = Why.KEPT if row.kept else Why.ELSEWHERE
                    self._explain(place, self._row(row, why, booking.day))
                    others.append((row, booking, why))
        accounts.update(row.posting.account for row in self.plan.rows)
        accounts.update(one.account for one in self.plan.missing)
        self.accounts = accounts if BookingField.ACCOUNT in self.given else None
        self._add_rejected(once(self.plan.rejected))
        for row, booking, why in others:
            if (there := self._place(booking)) in self.said:
                self._explain(there, _booking(booking, why)._replace(row=row.posting.row))
        for one in self.after:
            if one.id in linked or not self._counts(one.account):
                continue
            if (place := self._place(one)) in self.said:
                self._explain(place, _booking(one, _why(one, missing)))

    def _say_new(self) -> list[PlannedRow]:
        """Add up the new rows, of which there are most; the others are returned, to be looked at one by one."""
        others = []
        sums: dict[tuple[str | None, date, str | None], list[int]] = defaultdict(lambda: [0, 0])
        for row in self.plan.rows:
            if row.state is not RowState.NEW:
                others.append(row)
                continue
            one = row.posting
            found = sums[one.internal_order, month_of(one.day), one.account]
            found[0] += 1
            found[1] += one.amount_cents
        for (order, month, account), (rows, cents) in sums.items():
            self._say(ControlPlace(order, month, is_income(account, self.classes), None), cents, rows)
        return others

    def _place_of(self, row: PlannedRow, booking: StoredBooking | None) -> ControlPlace:
        """Where a row belongs; what the file does not say is as its booking has it."""
        one = row.posting
        if booking is None:
            return self._at(one.internal_order, one.day, is_income(one.account, self.classes))
        order = one.internal_order if BookingField.INTERNAL_ORDER in self.given else None
        return self._at(booking.internal_order if order is None else order, one.day, booking.is_income)

    def _place(self, booking: StoredBooking) -> ControlPlace:
        return self._at(booking.internal_order, booking.day, booking.is_income)

    def _at(self, order: str | None, day: date, income: bool) -> ControlPlace:
        key = order, day, income
        place = self._places.get(key)  # few places, many rows
        if place is None:
            place = self._places[key] = ControlPlace(order, month_of(day), income, None)
        return place

    def _counts(self, account: str | None) -> bool:
        return self.accounts is None or account in self.accounts

    def _add_rejected(self, rejected: Iterable[Rejected]) -> None:
        for one in rejected:
            if one.amount_cents is None:
                continue
            month = month_of(one.day) if one.day is not None else None
            place = ControlPlace(one.internal_order, month, False, None)
            self._say(place, one.amount_cents)
            self._explain(
                place,
                Item(Why.REJECTED, -one.amount_cents, one.row, one.day, one.document_number, one.reason),
            )

    # --- sums so far -------------------------------------------------------------------------------------------

    def _read_sums_so_far(self) -> None:
        self.accounts = None
        for row in self.plan.rows:
            one = row.posting
            place = ControlPlace(
                one.internal_order, month_of(one.day), is_income(one.account, self.classes), one.account
            )
            self.years[place] = one.budget_year
            self._say(place, one.amount_cents)
        manual = [one for one in self.after if one.source is BookingSource.MANUAL]
        for place, year in self.years.items():
            for booking in manual:
                if _is_part(booking, month_of(booking.day), place, year):
                    self._explain(place, _booking(booking, Why.MANUAL))

    # --- both --------------------------------------------------------------------------------------------------

    def _say(self, place: ControlPlace, cents: int, rows: int = 1) -> None:
        self.rows[place] += rows
        self.said[place] += cents

    def _explain(self, place: ControlPlace, item: Item) -> None:
        self.items[place].append(item)

    @staticmethod
    def _row(row: PlannedRow, why: Why, day: date | None = None) -> Item:
        one = row.posting
        text = one.text or one.payee
        return Item(why, -one.amount_cents, one.row, day or one.day, one.document_number, text)

    def held_against(self, held: Iterable[Held]) -> tuple[PlaceControl, ...]:
        """Each order and month of the file against what the database holds."""
        found = self._posted(held) if self.plan.shape is Shape.POSTINGS else self._so_far(held)
        return tuple(
            PlaceControl(
                place,
                self.rows[place],
                self.said[place],
                found.get(place, 0),
                tuple(self.items.get(place, ())),
            )
            for place in sorted(self.said, key=_order)
        )

    def _posted(self, held: Iterable[Held]) -> dict[ControlPlace, int]:
        sums: dict[ControlPlace, int] = defaultdict(int)
        for one in held:
            if self._counts(one.account):
                sums[ControlPlace(one.internal_order, one.month, one.is_income, None)] += one.amount_cents
        return sums

    def _so_far(self, held: Iterable[Held]) -> dict[ControlPlace, int]:
        by_order: dict[str | None, list[Held]] = defaultdict(list)
        for one in held:
            by_order[one.internal_order].append(one)
        return {
            place: sum(
                one.amount_cents
                for one in by_order[place.internal_order]
                if _is_part(one, one.month, place, year)
            )
            for place, year in self.years.items()
        }


def _is_part(one: Held | StoredBooking, month: date, place: ControlPlace, year: int) -> bool:
    """Whether a booking is in a sum so far: counted as in cumulative_matching.py, all of the year for December."""
    assert place.month is not None
    return (
        one.internal_order == place.internal_order
        and one.budget_year == year
        and (place.month.month == 12 or month <= place.month)
        and (not one.is_income if place.account is None else one.account == place.account)
    )


def _same(row: PlannedRow, place: ControlPlace, booking: StoredBooking) -> bool:
    """Whether the booking of a row counts where the row does, and with the same amount."""
    return (
        booking.amount_cents == row.posting.amount_cents
        and booking.internal_order == place.internal_order
        and month_of(booking.day) == place.month
    )


def _booking(one: StoredBooking, why: Why) -> Item:
    return Item(
        why, one.amount_cents, None, one.day, one.document_number, one.text or one.payee, one.batch_id
    )


def _why(one: StoredBooking, missing: Collection[int]) -> Why:
    if one.id in missing:
        return Why.MISSING
    if one.source is BookingSource.MANUAL:
        return Why.MANUAL
    return Why.DIFFERENCE if one.source is BookingSource.DIFFERENCE else Why.OTHER


def _order(place: ControlPlace) -> tuple[str, date, bool, str]:
    return place.internal_order or "", place.month or date.max, place.is_income, place.account or ""
