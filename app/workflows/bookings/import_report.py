"""Makes the report of an import from its file, its plan and what was decided about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.bookings.booking_plan import BookingPlan, MatchingFacts, PlannedRow
from app.domain.bookings.bookings import Rejected, RowState, StoredBooking
from app.domain.bookings.import_control import ImportControl, forecast
from app.domain.bookings.import_counts import import_counts
from app.domain.bookings.import_report import (
    Correction,
    Doubt,
    FileFacts,
    Gone,
    ImportOutcome,
    ImportReport,
    Refusal,
    Replaced,
    ReportLine,
)
from app.domain.bookings.import_sums import Scope
from app.domain.bookings.import_total import LeftOut, TotalControl, control_total
from app.services import office
from app.services.assignment import booking_assignment
from app.services.bookings import import_sums
from app.services.records import filled
from app.sheets.bookings.file import BookingFile, Skipped
from app.sheets.bookings.rows import TOTAL_ROW


@dataclass(frozen=True, slots=True)
class Examined:
    """A file with its decided plan. `removed`: ids of missing bookings she does not want to keep."""

    about: FileFacts
    file: BookingFile
    plan: BookingPlan
    facts: MatchingFacts
    removed: frozenset[int] = frozenset()

    def total(self) -> TotalControl:
        """The file's own total against its rows: the quick half of the control."""
        total, skipped = self.file.control_total_cents, self._skipped_amounts()
        return control_total(self.plan, total, skipped, self.facts.income_classes)

    def forecast(self) -> ImportControl:
        """The control as it will be once this is written."""
        return forecast(self._scope(), self.total())

    def after_writing(self, session: Session) -> ImportControl:
        """The same control, held against what the database says now."""
        scope = self._scope()
        return ImportControl(self.total(), scope.held_against(import_sums.held(session, scope)))

    def _scope(self) -> Scope:
        facts = self.facts
        return Scope(self.plan, facts.stored, self.file.given, self.removed, facts.income_classes)

    def _skipped_amounts(self) -> list[LeftOut]:
        return [one for one in map(_skipped, self.file.skipped) if one.amount_cents is not None]


def describe(
    session: Session,
    examined: Examined,
    control: ImportControl,
    outcome: ImportOutcome,
    *,
    now: datetime,
    with_new: bool = True,
) -> ImportReport:
    """The report of a file; bookings are named with the numbers that budgets have now. `with_new`: and each new row."""
    plan, file = examined.plan, examined.file
    numbers = booking_assignment.budget_numbers(session)
    of: dict[RowState, list[PlannedRow]] = {state: [] for state in RowState}
    for row in plan.rows:
        of[row.state].append(row)
    gone = tuple(
        Gone(_stored(one, numbers), one.batch_id, one.id in examined.removed) for one in plan.missing
    )
    return ImportReport(
        file=examined.about,
        outcome=outcome,
        made_at=now,
        made_by=office.load(session).contact_person,
        counts=import_counts(plan, len(file.skipped), examined.removed),
        new_cents=sum(row.amount_cents for row in of[RowState.NEW]),
        control=control,
        rejected=_refusals(plan.rejected),
        changed=tuple(
            Correction(_stored(row.stored, numbers), _planned(row, numbers), row.changes, row.kept)
            for row in of[RowState.CHANGED]
            if row.stored is not None
        ),
        uncertain=tuple(
            Doubt(_planned(row, numbers), _stored(row.stored, numbers) if row.stored else None)
            for row in of[RowState.UNCERTAIN]
        ),
        missing=gone,
        replaced=tuple(Replaced(_stored(one.stored, numbers), one.amount_cents) for one in plan.replaced),
        skipped=tuple(map(_skipped, file.skipped)),
        notices=tuple(file.notices),
        new=tuple(_planned(row, numbers) for row in of[RowState.NEW]) if with_new else (),
    )


def _skipped(one: Skipped) -> LeftOut:
    return LeftOut(one.row, RowState.SKIPPED, one.amount_cents, one.reason, one.reason == TOTAL_ROW)


def _refusals(rejected: Sequence[Rejected]) -> tuple[Refusal, ...]:
    return tuple(filled(Refusal, one) for one in rejected)


def _planned(row: PlannedRow, numbers: Mapping[int, str]) -> ReportLine:
    budget = _number(row.assignment.budget_id, numbers)
    return filled(ReportLine, row.posting, amount_cents=row.amount_cents, budget=budget)


def _stored(one: StoredBooking, numbers: Mapping[int, str]) -> ReportLine:
    return filled(ReportLine, one, row=None, budget=_number(one.budget_id, numbers))


def _number(budget_id: int | None, numbers: Mapping[int, str]) -> str | None:
    return numbers.get(budget_id) if budget_id is not None else None
