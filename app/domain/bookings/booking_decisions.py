"""Keeps her decisions about a plan, row by row: which booking a row is, which correction she wants, what goes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.bookings.booking_plan import ASKING, Answer, BookingPlan, Decision, PlannedRow, SameBooking
from app.domain.bookings.bookings import BookingField, RowState, Shape, StoredBooking
from app.domain.bookings.lookalikes import Lookalike, Lookalikes


class BookingCandidate(NamedTuple):
    """A booking that an uncertain row may be. `held_by`: the row of the file that is this booking already."""

    lookalike: Lookalike
    held_by: int | None

    @property
    def booking(self) -> StoredBooking:
        return self.lookalike.booking


class Decisions:
    """The answers to one plan so far; each is quick to give and to take back, however many rows there are.

    No booking is given to two rows. `removed`: ids of the missing bookings that shall go.
    """

    def __init__(
        self, plan: BookingPlan, stored: Sequence[StoredBooking], given: frozenset[BookingField]
    ) -> None:
        self.plan = plan
        self.removed: set[int] = set()
        self._answers: dict[int, Answer] = {}
        self._asking = {row.posting.row: row for row in plan.rows if row.state in ASKING}
        uncertain = [row for row in self._asking.values() if row.state is RowState.UNCERTAIN]
        self._lookalikes = Lookalikes(stored if uncertain else (), given, (row.posting for row in uncertain))
        self._holders = {
            row.stored.id: row.posting.row
            for row in (plan.rows if uncertain else ())
            if row.stored is not None and row.state is not RowState.UNCERTAIN
        }
        self._doubtful = {one.id: place for place, one in enumerate(plan.doubtful)}
        self._standing = Counter(row.stored.id for row in uncertain if row.stored is not None)
        self._left: set[int] = set()  # doubtful ones whose rows are all said to be some booking
        self.uncertain = len(uncertain)
        self.undecided = len(uncertain)
        self._taken_cents = sum(
            row.posting.amount_cents for row in plan.rows if row.state is not RowState.UNCERTAIN
        )

    # --- asking ------------------------------------------------------------------------------------------------

    def answer(self, row: PlannedRow) -> Answer | None:
        """What was decided about a row; None: nothing yet."""
        return self._answers.get(row.posting.row)

    def candidates(self, row: PlannedRow) -> list[BookingCandidate]:
        """The bookings that an uncertain row may be: the one proposed or chosen first, then as they are alike."""
        found = self._lookalikes.of(row.posting)
        first = self.booking_of(row)
        found.sort(key=lambda one: first is None or one.booking.id != first.id)
        own = row.posting.row
        holders = [self._holders.get(one.booking.id) for one in found]
        return [
            BookingCandidate(one, None if holder == own else holder)
            for one, holder in zip(found, holders, strict=True)
        ]

    def booking_of(self, row: PlannedRow) -> StoredBooking | None:
        """The booking a row was said to be, or else is proposed to be; the first free one if another row has that."""
        answer = self.answer(row)
        if isinstance(answer, SameBooking):
            return answer.booking
        if row.stored is None or row.stored.id not in self._holders or row.state is not RowState.UNCERTAIN:
            return row.stored
        free = (
            one.booking for one in self._lookalikes.of(row.posting) if one.booking.id not in self._holders
        )
        return next(free, row.stored)

    def missing(self) -> list[StoredBooking]:
        """The bookings no row stands for, after the decisions: which booking a row is said to be counts."""
        left = sorted(self._doubtful[one] for one in self._left if one not in self._holders)
        found = [one for one in self.plan.missing if one.id not in self._holders]
        return found + [self.plan.doubtful[place] for place in left]

    def removed_now(self) -> frozenset[int]:
        """Ids of the missing bookings that go."""
        return frozenset(self.removed & {one.id for one in self.missing()}) if self.removed else frozenset()

    def taken_cents(self) -> int:
        """The sum of the rows that are new, changed or known by now, as the file has them."""
        return self._taken_cents

    @property
    def can_keep(self) -> bool:
        """Whether a correction can be left out: not of sums so far, whose later months count on it."""
        return self.plan.shape is Shape.POSTINGS

    # --- answering ---------------------------------------------------------------------------------------------

    def same(self, row: PlannedRow, booking: StoredBooking | None = None) -> bool:
        """It is this booking (None: the one proposed); False if another row is it already, then nothing changes."""
        booking = booking or self.booking_of(row)
        if booking is None or self._holders.get(booking.id, row.posting.row) != row.posting.row:
            return False
        self._give(row, SameBooking(booking))
        return True

    def new(self, row: PlannedRow) -> None:
        """It is a booking of its own."""
        self._give(row, Decision.NEW)

    def keep(self, row: PlannedRow) -> None:
        """The booking stays as it is, whatever finance corrected."""
        if self.can_keep:
            self._give(row, Decision.KEPT)

    def undo(self, row: PlannedRow) -> None:
        """As if nothing had been decided about it."""
        answer = self._answers.pop(row.posting.row, None)
        if isinstance(answer, SameBooking):
            del self._holders[answer.booking.id]
            self._stand(row, 1)
        if answer is not None and row.state is RowState.UNCERTAIN:
            self.undecided += 1
            self._taken_cents -= row.posting.amount_cents

    def _give(self, row: PlannedRow, answer: Answer) -> None:
        self.undo(row)
        self._answers[row.posting.row] = answer
        if isinstance(answer, SameBooking):
            self._holders[answer.booking.id] = row.posting.row
            self._stand(row, -1)
        if row.state is RowState.UNCERTAIN:
            self.undecided -= 1
            self._taken_cents += row.posting.amount_cents

    def _stand(self, row: PlannedRow, by: int) -> None:
        """The row stands for the booking it is proposed to be (1), or for the one it was said to be (-1)."""
        if row.stored is None or row.stored.id not in self._doubtful:
            return
        self._standing[row.stored.id] += by
        if self._standing[row.stored.id]:
            self._left.discard(row.stored.id)
        else:
            self._left.add(row.stored.id)

    # --- another check of the same file ------------------------------------------------------------------------

    def take_over(self, earlier: "Decisions") -> None:
        """Answer as before where the row is still the same and asks the same."""
        for number, answer in earlier._answers.items():
            before, row = earlier._asking[number], self._asking.get(number)
            if row is None or (row.posting, row.state) != (before.posting, before.state):
                continue
            if isinstance(answer, SameBooking):
                still = (one.booking for one in self._lookalikes.of(row.posting))
                found = next((one for one in still if one.id == answer.booking.id), None)
                if found is not None:
                    self.same(row, found)
            elif answer is Decision.NEW:
                self.new(row)
            elif _same_question(row, before):
                self.keep(row)
        self.removed = earlier.removed & {one.id for one in (*self.plan.missing, *self.plan.doubtful)}


def _same_question(row: PlannedRow, before: PlannedRow) -> bool:
    """Whether finance corrects the same booking in the same way; what she did with it herself does not matter."""
    if row.stored is None or before.stored is None or row.changes != before.changes:
        return False
    return _as_delivered(row.stored) == _as_delivered(before.stored)


def _as_delivered(one: StoredBooking) -> Iterable[object]:
    return one.id, one.day, one.amount_cents, one.budget_year, one.internal_order, one.account
