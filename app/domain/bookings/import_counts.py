"""Counts how many rows of a finance file end in which state; everything that shows such counts reads these."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from app.domain.bookings.booking_plan import BookingPlan
from app.domain.bookings.bookings import RowState
from app.domain.bookings.import_total import TAKEN


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Rows by state, a row with several bad cells once. `missing`: earlier bookings that no row stands for.

    `removed` of the missing ones are taken away; `unassigned` of the rows that are taken find no budget.
    """

    new: int
    changed: int
    known: int
    uncertain: int
    rejected: int
    skipped: int
    missing: int
    removed: int = 0
    unassigned: int = 0

    @property
    def rows(self) -> int:
        """All rows of the file but skipped ones."""
        return self.new + self.changed + self.known + self.uncertain + self.rejected


def import_counts(plan: BookingPlan, skipped: int = 0, removed: Collection[int] = ()) -> ImportCounts:
    """The counts of a plan with the decisions made so far. `removed`: ids of missing bookings that shall go."""
    states = Counter(row.state for row in plan.rows)
    return ImportCounts(
        new=states[RowState.NEW],
        changed=states[RowState.CHANGED],
        known=states[RowState.KNOWN],
        uncertain=states[RowState.UNCERTAIN],
        rejected=len({one.row for one in plan.rejected}),
        skipped=skipped,
        missing=len(plan.missing),
        removed=sum(one.id in removed for one in plan.missing),
        unassigned=sum(row.state in TAKEN and row.assignment.budget_id is None for row in plan.rows),
    )
