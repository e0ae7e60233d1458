"""An import of bookings on the database: the facts to match against, the write, and undoing a whole batch."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from app.domain.bookings.booking_plan import BookingPlan, MatchingFacts, PlannedRow
from app.domain.bookings.bookings import (
    INCOME_CLASSES,
    BookingField,
    Posting,
    RowState,
    Shape,
    StoredBooking,
    is_income,
    normal_code,
)
from app.domain.bookings.import_counts import ImportCounts
from app.domain.bookings.import_report import FileFacts
from app.domain.bookings.import_total import TotalControl
from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.domain.dates import last_of_month
from app.domain.errors import UserError
from app.services.assignment import assignment_rules
from app.services.bookings.batches import stored_counts
from app.services.bookings.rule_subjects import portions
from app.services.budgets import budgets
from app.services.records import columns
from db.bulk import insert_many
from db.history import commands_touching, revert
from db.models import Batch, Booking, Change, Setting

INCOME_SETTING = "office.income_account_classes"
"""Name of the setting: the first digits of accounts that are income, for example "36"."""

_STORED = tuple(columns(StoredBooking, Booking))


@dataclass(frozen=True, slots=True)
class Undone:
    """How many bookings went, and how many are as they were before the batch."""

    removed: int
    restored: int


# --- facts -----------------------------------------------------------------------------------------------------


def facts(session: Session, postings: Sequence[Posting], days: Collection[date]) -> MatchingFacts:
    """What matching needs, for the budget years of the postings and the span of `days` only."""
    return MatchingFacts(
        _stored(session, postings, days),
        budgets.by_order(session),
        assignment_rules.book(session),
        income_classes(session),
    )


def _stored(session: Session, postings: Sequence[Posting], days: Collection[date]) -> list[StoredBooking]:
    years = {posting.budget_year for posting in postings} | {day.year for day in days}
    if not years:
        return []
    wanted = [Booking.budget_year.in_(years)]
    if days:  # whole months, which the control is about
        wanted.append(Booking.day.between(min(days).replace(day=1), last_of_month(max(days))))
    found = session.execute(select(*_STORED).where(or_(*wanted)).order_by(Booking.id))
    bookings = map(
        StoredBooking._make, found
    )  # the columns are in the order of its fields, and these are many
    return [
        # Entries by hand take their order from the budget, as it is written there.
        booking._replace(internal_order=normal_code(booking.internal_order))
        if booking.source is BookingSource.MANUAL
        else booking
        for booking in bookings
    ]


def income_classes(session: Session) -> str:
    """The first digits of accounts that are income (a setting)."""
    stored = session.scalar(select(Setting.value).where(Setting.name == INCOME_SETTING))
    return INCOME_CLASSES if stored is None else "".join(stored.replace(",", " ").split())


# --- the write -------------------------------------------------------------------------------------------------


def apply_plan(
    session: Session,
    plan: BookingPlan,
    about: FileFacts,
    total: TotalControl,
    counts: ImportCounts,
    given: frozenset[BookingField],
    *,
    remove_missing: Collection[int] = (),
    classes: str = INCOME_CLASSES,
    now: datetime,
) -> int | None:
    """Write a plan as one batch; its id, or None if the plan brings nothing new.

    Undecided uncertain rows are left out, and so are corrections she does not want. `remove_missing`: ids of
    missing bookings she does not want to keep.
    """
    new = [row for row in plan.rows if row.state is RowState.NEW]
    changed = [row for row in plan.rows if row.is_correction]
    adopted = _adopted(plan)
    removed = [stored.id for stored in plan.missing if stored.id in remove_missing]
    if not (new or changed or adopted or removed):
        return None
    batch = Batch(
        file_name=about.name,
        sha256=about.sha256,
        shape=about.shape,
        profile=about.profile,
        sheet=about.sheet,
        sum_cents=total.sum_cents,
        control_total_cents=total.total_cents,
        **stored_counts(counts),
        imported_at=now,
        command_id=session.info["command_id"],
    )
    session.add(batch)
    session.flush()
    batch_id = int(batch.id)
    _insert(session, plan, new, batch_id, classes)
    _change(session, plan.shape, changed, given, classes)
    _adopt(session, adopted, batch_id, classes)
    _replace(session, plan)
    for ids in portions(removed):
        session.execute(delete(Booking).where(Booking.id.in_(ids)))
    return batch_id


def brings_something(plan: BookingPlan) -> bool:
    """Whether a plan changes any booking, what fell away apart."""
    return any(row.state is RowState.NEW or row.is_correction for row in plan.rows) or bool(_adopted(plan))


def _insert(
    session: Session, plan: BookingPlan, new: Sequence[PlannedRow], batch_id: int, classes: str
) -> None:
    source = BookingSource.FINANCE if plan.shape is Shape.POSTINGS else BookingSource.DIFFERENCE
    occurrences: Counter[tuple[object, ...]] = Counter(
        _identity(row.posting) for row in plan.rows if row.state is not RowState.NEW
    )
    values = []  # 50.000 rows are inserted as plain tuples, in the order of _INSERTED
    for row in new:
        posting, assignment = row.posting, row.assignment
        identity = _identity(posting)
        occurrences[identity] += 1
        values.append(
            (
                source,
                batch_id,
                occurrences[identity],
                row.amount_cents,
                is_income(posting.account, classes),
                assignment.budget_id,
                assignment.by,
                assignment.plan_item_id,
                *_from_posting(posting),
            )
        )
    insert_many(session, Booking.__table__, _INSERTED, values)  # type: ignore[arg-type]


def _identity(posting: Posting) -> tuple[object, ...]:
    if posting.line is not None:
        return posting.budget_year, posting.document_number, posting.line
    return posting.budget_year, posting.document_number, posting.internal_order, posting.amount_cents


_COPIED = tuple(name for name in Posting._fields if name not in ("row", "amount_cents"))
_from_posting = attrgetter(*_COPIED)
_INSERTED = (
    "source",
    "batch_id",
    "occurrence",
    "amount_cents",
    "is_income",
    "budget_id",
    "assigned_by",
    "plan_item_id",
    *_COPIED,
)

_DETAILS = (
    BookingField.DOCUMENT_DATE,
    BookingField.PAYMENT_DATE,
    BookingField.COST_CENTRE,
    BookingField.ACCOUNT,
    BookingField.ACCOUNT_NAME,
    BookingField.INTERNAL_ORDER,
    BookingField.BUDGET_YEAR,
    BookingField.TEXT,
    BookingField.PAYEE,
)


def _change(
    session: Session,
    shape: Shape,
    changed: Sequence[PlannedRow],
    given: frozenset[BookingField],
    classes: str,
) -> None:
    """Corrections by finance; note and commitment stay, columns that the file lacks stay."""
    for row in changed:
        assert row.stored is not None
        values: dict[str, Any] = {
            "amount_cents": row.amount_cents,
            "budget_id": row.assignment.budget_id,
            "assigned_by": row.assignment.by,
            "plan_item_id": row.assignment.plan_item_id,
        }
        if shape is Shape.POSTINGS:
            values["day"] = row.posting.day
            values |= {of.value: getattr(row.posting, of.value) for of in _DETAILS if of in given}
            if BookingField.ACCOUNT in given:
                values["is_income"] = is_income(row.posting.account, classes)
        session.execute(update(Booking).where(Booking.id == row.stored.id).values(values))


def _adopted(plan: BookingPlan) -> list[PlannedRow]:
    """Rows she said are her own entries by hand: finance's line takes the entry's place, each entry once."""
    found: dict[int, PlannedRow] = {}
    for row in plan.rows:
        if (
            row.state is RowState.KNOWN
            and row.stored is not None
            and row.stored.source is BookingSource.MANUAL
        ):
            found.setdefault(row.stored.id, row)
    return list(found.values())


def _adopt(session: Session, adopted: Sequence[PlannedRow], batch_id: int, classes: str) -> None:
    for row in adopted:
        assert row.stored is not None
        posting = row.posting
        given = {
            of.value: getattr(posting, of.value)
            for of in (*_DETAILS, BookingField.DOCUMENT_NUMBER, BookingField.LINE)
        }
        values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        values |= {"source": BookingSource.FINANCE, "batch_id": batch_id, "day": posting.day}
        if posting.account is not None:
            values["is_income"] = is_income(posting.account, classes)
        session.execute(update(Booking).where(Booking.id == row.stored.id).values(values))


def _replace(session: Session, plan: BookingPlan) -> None:
    for replacement in plan.replaced:
        this = Booking.id == replacement.stored.id
        if replacement.amount_cents is None:
            session.execute(delete(Booking).where(this))
        else:
            session.execute(update(Booking).where(this).values(amount_cents=replacement.amount_cents))


# --- batches ---------------------------------------------------------------------------------------------------


def undo_batch(session: Session, batch_id: int, *, now: datetime) -> Undone:
    """Undo a whole batch: its bookings go, corrected and removed ones are as before.

    What she did since with other fields of corrected bookings stays. Raises UserError for an unknown or undone batch,
    and when a later batch touched the same bookings, naming it.
    """
    batch = session.get(Batch, batch_id)
    if batch is None:
        raise UserError(f"Eine Lieferung {batch_id} gibt es nicht. Bitte die Nummer in der Liste prüfen.")
    if batch.undone_at is not None:
        raise UserError(f"Die Lieferung {batch_id} („{batch.file_name}“) wurde schon zurückgenommen.")
    touched = list(
        session.scalars(
            select(Change.row_id).where(
                Change.command_id == batch.command_id, Change.table_name == Booking.__tablename__
            )
        )
    )
    _refuse_if_built_upon(session, batch, touched)
    by_hand = _assigned_by_hand(session, touched)
    reverted = revert(session, batch.command_id, tables=frozenset({Booking.__tablename__}))
    if by_hand:
        session.execute(
            update(Booking.__table__)  # type: ignore[arg-type]
            .where(Booking.__table__.c.id == bindparam("booking"))
            .values(
                budget_id=bindparam("budget"), assigned_by=AssignedBy.HAND, plan_item_id=bindparam("item")
            ),
            by_hand,
        )
    session.get_one(Batch, batch_id).undone_at = now
    return Undone(reverted.removed, reverted.put_back + reverted.changed)


def _refuse_if_built_upon(session: Session, batch: Batch, touched: Sequence[int]) -> None:
    commands = commands_touching(session, Booking.__tablename__, touched, batch.command_id)
    later = session.scalars(
        select(Batch).where(Batch.id > batch.id, Batch.undone_at.is_(None)).order_by(Batch.id)
    )
    for other in later:
        if other.command_id in commands:
            raise UserError(
                f"Die Lieferung {batch.id} („{batch.file_name}“) lässt sich nicht zurücknehmen, weil die spätere "
                f"Lieferung {other.id} („{other.file_name}“) dieselben Buchungen geändert hat. Bitte zuerst diese "
                "zurücknehmen."
            )


def _assigned_by_hand(session: Session, touched: Sequence[int]) -> list[dict[str, int | None]]:
    """What she assigned by hand, which the playback of an older automatic assignment must not take away."""
    found: list[dict[str, int | None]] = []
    for ids in portions(touched):
        query = select(Booking.id, Booking.budget_id, Booking.plan_item_id).where(
            Booking.id.in_(ids),
            Booking.assigned_by == AssignedBy.HAND,
            Booking.budget_id.is_not(None),
        )
        found += [
            {"booking": booking, "budget": budget, "item": item}
            for booking, budget, item in session.execute(query)
        ]
    return found
