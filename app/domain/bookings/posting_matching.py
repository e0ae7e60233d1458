"""Single lines of finance held against the bookings that are there: new, changed, known, uncertain (exchange.md, 2).

Pure: takes what was read and what is stored, returns a plan, writes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.bookings.booking_plan import (
    Assignment,
    BookingPlan,
    MatchingFacts,
    PlannedRow,
    as_stored,
    subject_of,
)
from app.domain.bookings.bookings import BookingField, Posting, Rejected, RowState, Shape, StoredBooking
from app.domain.bookings.lookalikes import SAME_WITHIN, Lookalikes
from app.domain.budgets.budgets import AssignedBy, BookingSource

_RULED = (
    BookingField.BUDGET_YEAR,
    BookingField.INTERNAL_ORDER,
    BookingField.COST_CENTRE,
    BookingField.ACCOUNT,
    BookingField.TEXT,
    BookingField.PAYEE,
)
"""What an assignment looks at; of columns that the file lacks the stored value stays and counts."""

_Index = dict[tuple[object, ...], list[StoredBooking]]


def match_postings(
    postings: Sequence[Posting],
    rejected: Sequence[Rejected],
    given: frozenset[BookingField],
    facts: MatchingFacts,
) -> BookingPlan:
    """The plan for a file of single lines; `given` are the fields it has a column for.

    A column that the file lacks never makes a change. Truly identical lines are kept as often as they stand there.
    """
    return _PostingMatching(postings, rejected, given, facts).plan()


class _PostingMatching:
    def __init__(
        self,
        postings: Sequence[Posting],
        rejected: Sequence[Rejected],
        given: frozenset[BookingField],
        facts: MatchingFacts,
    ) -> None:
        self.postings, self.rejected, self.given, self.facts = postings, rejected, given, facts
        self.has_order = BookingField.INTERNAL_ORDER in given
        self.has_account = BookingField.ACCOUNT in given
        self.by_line: _Index = defaultdict(list)
        self.by_amount: _Index = defaultdict(list)
        self.by_day: _Index = defaultdict(list)
        self.by_order: dict[tuple[str | None, int], Assignment] = {}  # without rules
        self.taken: set[int] = set()
        self.partner: list[StoredBooking | None] = [None] * len(postings)
        for stored in facts.stored:
            self._index(stored)

    def _index(self, stored: StoredBooking) -> None:
        order = stored.internal_order if self.has_order else None
        if stored.source is BookingSource.FINANCE and stored.document_number is not None:
            document = stored.document_number
            if stored.line is not None:
                self.by_line[stored.budget_year, document, stored.line].append(stored)
            self.by_amount[stored.budget_year, document, order, stored.amount_cents].append(stored)
            self.by_day[document, stored.day].append(stored)

    def plan(self) -> BookingPlan:
        if self.by_day:
            self._pair()
        like = self._lookalikes() if self.facts.stored else {}
        rows = [
            self._row(posting, stored, like.get(place))
            for place, (posting, stored) in enumerate(zip(self.postings, self.partner, strict=True))
        ]
        differences = [one for one in self.facts.stored if one.source is BookingSource.DIFFERENCE]
        only_alike = {one.id for one in like.values()} - self.taken
        fallen = self._not_in_file()
        return BookingPlan(
            Shape.POSTINGS,
            rows,
            list(self.rejected),
            [one for one in fallen if one.id not in only_alike],
            [one for one in fallen if one.id in only_alike],
            differences,
        )

    # --- identity ----------------------------------------------------------------------------------------------

    def _pair(self) -> None:
        """Finds each line's booking: those without any difference first, so that identical lines pair well."""
        for candidates, unchanged in (
            (self._same_line, True),
            (self._same_line, False),
            (self._same_amount, True),
            (self._same_amount, False),
            (self._same_day, False),
        ):
            for index, posting in enumerate(self.postings):
                if self.partner[index] is None and posting.document_number is not None:
                    self.partner[index] = self._first(candidates(posting), posting, unchanged)

    def _first(
        self, candidates: Iterable[StoredBooking], posting: Posting, unchanged: bool
    ) -> StoredBooking | None:
        for stored in candidates:
            if stored.id not in self.taken and not (unchanged and self._changes(posting, stored)):
                self.taken.add(stored.id)
                return stored
        return None

    def _same_line(self, posting: Posting) -> Iterable[StoredBooking]:
        if posting.line is None:
            return ()
        return self.by_line.get((posting.budget_year, posting.document_number, posting.line), ())

    def _same_amount(self, posting: Posting) -> Iterable[StoredBooking]:
        """Without a line, on one side at least: document, order and amount, by occurrence."""
        order = posting.internal_order if self.has_order else None
        found = self.by_amount.get(
            (posting.budget_year, posting.document_number, order, posting.amount_cents), ()
        )
        return found if posting.line is None else [stored for stored in found if stored.line is None]

    def _same_day(self, posting: Posting) -> Iterable[StoredBooking]:
        """The same line under another budget year: one of the files did not say the year."""
        return [
            stored
            for stored in self.by_day.get((posting.document_number, posting.day), ())
            if stored.budget_year != posting.budget_year
            and stored.amount_cents == posting.amount_cents
            and (posting.line is None or stored.line in (None, posting.line))
        ]

    def _changes(self, posting: Posting, stored: StoredBooking) -> tuple[BookingField, ...]:
        changes = []
        if posting.amount_cents != stored.amount_cents:
            changes.append(BookingField.AMOUNT)
        if posting.day != stored.day:
            changes.append(BookingField.DAY)
        if self.has_order and posting.internal_order != stored.internal_order:
            changes.append(BookingField.INTERNAL_ORDER)
        if self.has_account and posting.account != stored.account:
            changes.append(BookingField.ACCOUNT)
        if BookingField.BUDGET_YEAR in self.given and posting.budget_year != stored.budget_year:
            changes.append(BookingField.BUDGET_YEAR)
        return tuple(changes)

    # --- states ------------------------------------------------------------------------------------------------

    def _row(self, posting: Posting, stored: StoredBooking | None, like: StoredBooking | None) -> PlannedRow:
        cents = posting.amount_cents
        if stored is not None:
            changes = self._changes(posting, stored)
            if not changes:
                return PlannedRow(posting, RowState.KNOWN, cents, as_stored(stored), stored)
            return PlannedRow(
                posting, RowState.CHANGED, cents, self._corrected(posting, stored), stored, changes
            )
        state = RowState.NEW if like is None else RowState.UNCERTAIN
        return PlannedRow(posting, state, cents, self._assignment(posting), like)

    def _lookalikes(self) -> dict[int, StoredBooking]:
        """What the rows that no number tells may be, by their place: entries by hand, or any without a number."""
        open_rows = [
            (place, posting) for place, posting in enumerate(self.postings) if self.partner[place] is None
        ]
        lookalikes = Lookalikes(self.facts.stored, self.given, (posting for _, posting in open_rows))
        return lookalikes.propose(open_rows, self.taken)

    def _corrected(self, posting: Posting, stored: StoredBooking) -> Assignment:
        """An assignment by hand survives, an automatic one follows what finance corrected."""
        if stored.assigned_by is AssignedBy.HAND:
            return Assignment(stored.budget_id, AssignedBy.HAND, plan_item_id=stored.plan_item_id)
        lacking = {of.value: getattr(stored, of.value) for of in _RULED if of not in self.given}
        return self._assignment(posting._replace(**lacking) if lacking else posting)

    def _assignment(self, posting: Posting) -> Assignment:
        order, year = posting.internal_order, posting.budget_year
        if self.facts.rules:
            return self.facts.assignment(subject_of(posting, posting.amount_cents))
        found = self.by_order.get((order, year))
        if found is None:
            found = self.by_order[order, year] = self.facts.by_order(order, year)
        return found

    # --- what no row stands for --------------------------------------------------------------------------------

    def _not_in_file(self) -> list[StoredBooking]:
        """Imported earlier, within the file's orders and span of dates, and no row is known to be it."""
        everything: list[Posting | Rejected] = [*self.postings, *self.rejected]
        orders = {one.internal_order for one in everything if one.internal_order is not None}
        days = [one.day for one in everything if one.day is not None]
        if not orders or not days or not self.facts.stored:
            return []
        first, last = min(days), max(days)
        excused = _Excuses(self.rejected)
        return [
            stored
            for stored in self.facts.stored
            if stored.source is BookingSource.FINANCE
            and stored.id not in self.taken
            and stored.internal_order in orders
            and first <= stored.day <= last
            and not excused.covers(stored)
        ]


class _Excuses:
    """The rejected rows: what could be read of them still stands for bookings that came earlier."""

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        self.lines = {(one.document_number, one.line) for one in rejected if one.document_number is not None}
        self.whole_documents = {document for document, line in self.lines if line is None}
        self.others = [
            one for one in rejected if one.document_number is None and one.internal_order is not None
        ]

    def covers(self, stored: StoredBooking) -> bool:
        if stored.document_number is not None:
            document = stored.document_number
            if document in self.whole_documents or (document, stored.line) in self.lines:
                return True
            if stored.line is None and any(document == other for other, _ in self.lines):
                return True
        return any(
            one.internal_order == stored.internal_order
            and (one.day is None or _near(one.day, stored.day))
            and (one.amount_cents is None or one.amount_cents == stored.amount_cents)
            for one in self.others
        )


def _near(day: date, other: date) -> bool:
    return abs(day - other) <= SAME_WITHIN
