"""The control by the file's own grand total against the rows that are taken over, row by row (exchange.md, Control)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.domain.bookings.booking_plan import BookingPlan, PlannedRow
from app.domain.bookings.bookings import INCOME_CLASSES, Rejected, RowState, is_income

TAKEN = (RowState.NEW, RowState.CHANGED, RowState.KNOWN)
"""The states whose rows make the sum of a file."""


class LeftOut(NamedTuple):
    """A row that is not in the sum: rejected, undecided or skipped, in words (German) why.

    `amount_cents` None: there is none, or it could not be read. `is_total`: a row that sums up others.
    """

    row: int
    state: RowState
    amount_cents: int | None
    reason: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class TotalControl:
    """`total_cents` is the file's own grand total, None without one; all sums in cents, income included.

    `income_cents`: how much of `sum_cents` is income. `left_out`: rejected and undecided rows, and skipped ones with
    an amount that are no totals. `suspect`: a skipped total row that is exactly what remains unexplained.
    """

    total_cents: int | None
    sum_cents: int
    income_cents: int
    left_out: tuple[LeftOut, ...]
    suspect: LeftOut | None

    @property
    def difference_cents(self) -> int | None:
        """How much the file's own total is more than its rows."""
        return None if self.total_cents is None else self.total_cents - self.sum_cents

    @property
    def explained_cents(self) -> int:
        """What stands in rows that were not taken."""
        return sum(one.amount_cents or 0 for one in self.left_out)

    @property
    def unexplained_cents(self) -> int | None:
        """What remains of the difference after the rows that were not taken; None without a total."""
        return None if self.difference_cents is None else self.difference_cents - self.explained_cents

    @property
    def unreadable(self) -> int:
        """Rejected rows without a readable amount: what remains unexplained may stand there."""
        return sum(one.amount_cents is None for one in self.left_out)

    @property
    def agrees(self) -> bool | None:
        """Whether total and sum are the same; None without a total."""
        return None if self.total_cents is None else self.difference_cents == 0


def control_total(
    plan: BookingPlan,
    total_cents: int | None,
    skipped: Iterable[LeftOut],
    classes: str = INCOME_CLASSES,
) -> TotalControl:
    """Hold the rows of a decided plan against the file's own grand total. `skipped`: those with an amount."""
    taken = [row for row in plan.rows if row.state in TAKEN]
    skipped = tuple(skipped)
    undecided = [_undecided(row) for row in plan.rows if row.state is RowState.UNCERTAIN]
    left_out = [
        *map(_rejected, once(plan.rejected)),
        *undecided,
        *(one for one in skipped if not one.is_total),
    ]
    left_out.sort(key=lambda one: one.row)
    sum_cents = sum(row.posting.amount_cents for row in taken)
    found = TotalControl(
        total_cents,
        sum_cents,
        sum(row.posting.amount_cents for row in taken if is_income(row.posting.account, classes)),
        tuple(left_out),
        None,
    )
    totals = [one for one in skipped if one.is_total and one.amount_cents != total_cents]
    return _with_suspect(found, totals)


def _with_suspect(control: TotalControl, totals: Sequence[LeftOut]) -> TotalControl:
    """A booking without date and order whose text says "Gesamt" looks like a total; then it is what is missing."""
    rest = control.unexplained_cents
    suspects = [one for one in totals if one.amount_cents == rest] if rest else []
    if len(suspects) != 1:
        return control
    return replace(control, suspect=suspects[0])


def once(rejected: Iterable[Rejected]) -> list[Rejected]:
    """The first bad cell of each rejected row, with the row's amount if any of its cells tells that."""
    found: dict[int, Rejected] = {}
    for one in rejected:
        before = found.setdefault(one.row, one)
        if before.amount_cents is None and one.amount_cents is not None:
            found[one.row] = replace(before, amount_cents=one.amount_cents)
    return list(found.values())


def _rejected(one: Rejected) -> LeftOut:
    return LeftOut(one.row, RowState.REJECTED, one.amount_cents, f"{one.column}: {one.reason}")


def _undecided(row: PlannedRow) -> LeftOut:
    return LeftOut(
        row.posting.row, RowState.UNCERTAIN, row.posting.amount_cents, "Unsicher und nicht entschieden."
    )
