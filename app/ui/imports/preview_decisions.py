"""The rows of a preview and what she decides about them: quick for one row of 50.000, and never by what is filtered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.bookings.booking_decisions import Decisions
from app.domain.bookings.bookings import RowState, StoredBooking
from app.domain.bookings.import_counts import import_counts
from app.ui.imports.booking_rows import MISSING, PreviewRow, RowMaker
from app.workflows.bookings.import_bookings import BookingImport

SAME, NEW, OPEN, TAKE, LEAVE, KEEP, REMOVE = (
    "check.same",
    "check.new",
    "check.open",
    "check.take",
    "check.leave",
    "check.keep",
    "check.remove",
)
"""Ids of the actions that decide (app.ui.kit.actions)."""

_FEW = 500
"""So many rows are replaced one by one; more are shown anew."""


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What a decision did. `refused`: rows whose booking another row is already. `changed`: by place; None: all."""

    decided: int
    refused: int
    changed: Mapping[int, PreviewRow] | None


class PreviewDecisions:
    """Rows and decisions of one import; `earlier` ones count again where the rows are the same."""

    def __init__(
        self, prepared: BookingImport, budgets: Mapping[int, str], earlier: Decisions | None = None
    ) -> None:
        self.prepared = prepared
        self.decisions = Decisions(prepared.plan, prepared.facts.stored, prepared.file.given)
        if earlier is not None:
            self.decisions.take_over(earlier)
        prepared.decide = self.decisions.answer
        self._maker = RowMaker(prepared, self.decisions, budgets)
        self.rows = self._maker.all()
        self._places = {row.id: place for place, row in enumerate(self.rows)}
        counts = import_counts(prepared.plan, len(prepared.file.skipped))
        self._counts: dict[str, int] = {state: getattr(counts, state) for state in RowState}

    @property
    def asking(self) -> bool:
        """Whether anything can be decided."""
        counts = self._counts
        return bool(self.prepared.plan.missing or counts[RowState.UNCERTAIN] or counts[RowState.CHANGED])

    def counts(self) -> dict[str, int]:
        """How many rows each state has; decisions move none but missing ones."""
        return self._counts | {MISSING: len(self.decisions.missing())}

    def fits(self, action: str, row: PreviewRow) -> bool:
        """Whether this can be decided about such a row."""
        if action in (SAME, NEW):
            return row.is_uncertain
        if action == TAKE:
            return row.is_changed
        if action == LEAVE:
            return row.is_changed and self.decisions.can_keep
        if action in (KEEP, REMOVE):
            return row.is_missing
        return row.answer is not None or row.gone

    def affected(self, action: str) -> list[PreviewRow]:
        """The rows that deciding about all would change: of uncertain ones those that are open."""
        rows = [row for row in self.rows if self.fits(action, row)]
        return [row for row in rows if row.is_open] if action in (SAME, NEW) else rows

    def decide(
        self, action: str, rows: Sequence[PreviewRow], chosen: StoredBooking | None = None
    ) -> DecisionOutcome:
        """Decide about some rows. `chosen`: the booking that a single row is."""
        before = [one.id for one in self.decisions.missing()]
        decided = [row for row in rows if self._answer(action, row, chosen)]
        changed = {self._places[row.id]: self._after(row) for row in decided}
        for place, row in changed.items():
            self.rows[place] = row
        refused = len(rows) - len(decided)
        if before != [one.id for one in self.decisions.missing()] or self.prepared.plan.differences:
            self.rows = [row for row in self.rows if row.row is not None] + self._maker.without_row()
            self._places = {row.id: place for place, row in enumerate(self.rows)}
            return DecisionOutcome(len(decided), refused, None)
        return DecisionOutcome(len(decided), refused, changed if len(changed) <= _FEW else None)

    def _answer(self, action: str, row: PreviewRow, chosen: StoredBooking | None) -> bool:
        if row.planned is None:
            assert row.stored is not None
            if action == REMOVE:
                self.decisions.removed.add(row.stored.id)
            else:
                self.decisions.removed.discard(row.stored.id)
            return True
        if action == SAME:
            return self.decisions.same(row.planned, chosen)
        if action == NEW:
            self.decisions.new(row.planned)
        elif action == LEAVE:
            self.decisions.keep(row.planned)
        else:
            self.decisions.undo(row.planned)
        return True

    def _after(self, row: PreviewRow) -> PreviewRow:
        if row.planned is not None:
            return self._maker.planned(row.planned)
        return row._replace(gone=row.stored is not None and row.stored.id in self.decisions.removed)
