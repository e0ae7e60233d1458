"""Random walks: whatever finance delivers and whatever is taken back, what she entered herself stays as it was."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from app.domain.bookings.booking_decisions import Decisions
from app.domain.bookings.bookings import RowState
from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.domain.errors import UserError
from app.services.assignment import booking_assignment
from app.services.bookings import manual_bookings
from app.services.bookings.manual_bookings import ManualBookingInput
from app.services.budgets import budgets, commitments
from app.services.budgets.budgets import BudgetInput
from app.services.budgets.commitments import CommitmentInput
from app.services.grants import grants
from app.services.grants.grants import GrantInput, PlanItemInput
from app.sheets.reading.cells import Sheet, Workbook
from app.workflows.bookings import import_bookings
from app.workflows.bookings.import_bookings import OpenedFile
from db.database import Database
from db.models import Booking, PlanItem

HEADER = [
    "Buchungsdatum",
    "Belegnummer",
    "Pos.",
    "Innenauftrag",
    "Sachkonto",
    "Betrag",
    "Text",
    "Kostenstelle",
]
FIRST = date(2026, 3, 1)
TEXTS = ("Miete", "Miete März", "Honorar Kern", "Druck Flyer", "Bücher")


@dataclass(frozen=True)
class Line:
    """A line as finance has it at the moment."""

    day: date
    document: str | None
    order: str
    cents: int
    text: str
    account: str = "4271000"

    @property
    def cells(self) -> list[Any]:
        line = "1" if self.document else None
        return [self.day, self.document, line, self.order, self.account, self.cents / 100, self.text, "1234"]


@dataclass
class Walk:
    """One office over some months: finance's list, and by booking what she entered herself."""

    database: Database
    chance: random.Random
    budget_ids: list[int]
    item_ids: list[int]
    commitment_id: int
    lines: list[Line] = field(default_factory=list)
    hers: dict[int, dict[str, Any]] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    taken_back: int = 0
    documents: Iterator[int] = field(default_factory=lambda: iter(range(100, 10_000)))

    # --- finance ---

    def finance_books(self) -> None:
        for _ in range(self.chance.randint(1, 4)):
            document = None if self.chance.random() < 0.3 else str(next(self.documents))
            day = FIRST + timedelta(self.chance.randint(0, 20))
            order, cents = self.chance.choice(("570", "571")), self.chance.choice((1000, 2000, 3000))
            self.lines.append(Line(day, document, order, cents, self.chance.choice(TEXTS)))

    def finance_corrects(self) -> None:
        for place, line in enumerate(self.lines):
            if self.chance.random() < 0.4:
                what = self.chance.choice(("cents", "day", "order", "order", "text", "account"))
                value: Any = {
                    "cents": line.cents + 10,
                    "day": line.day + timedelta(self.chance.randint(1, 3)),
                    "order": "571" if line.order == "570" else "570",
                    "text": f"{line.text} neu",
                    "account": "4318000",
                }[what]
                self.lines[place] = replace(line, **{what: value})
        if self.lines and self.chance.random() < 0.5:
            self.lines.pop(self.chance.randrange(len(self.lines)))

    def import_file(self) -> None:
        if self.chance.random() < 0.5:
            self.finance_corrects()
        if not self.lines:
            return
        opened = OpenedFile(
            Path("liste.xlsx"),
            "0",
            Workbook([Sheet("Liste", [list(HEADER), *(one.cells for one in self.lines)])]),
        )
        prepared = import_bookings.plan_import(self.database, opened)
        decisions = Decisions(prepared.plan, prepared.facts.stored, prepared.file.given)
        prepared.decide = decisions.answer
        for row in prepared.plan.rows:
            if row.state is RowState.UNCERTAIN:
                chosen = self.chance.choice((None, *(one.booking for one in decisions.candidates(row))))
                if self.chance.random() < 0.3:
                    decisions.new(row)
                else:
                    decisions.same(row, chosen)
            elif row.state is RowState.CHANGED and self.chance.random() < 0.1:
                decisions.keep(row)
        removed = [one.id for one in decisions.missing() if self.chance.random() < 0.3]
        before, hers = self.stored(), dict(self.hers)
        assert not prepared.examined(removed).forecast().unexplained
        result = import_bookings.apply(self.database, prepared, remove_missing=removed)
        after = self.stored()
        assert set(before) - set(after) == (set(removed) if result.batch is not None else set())
        assert len(set(after) - set(before)) == result.counts.new
        for one in set(after) - set(before):
            self.hers.pop(one, None)  # the number of a booking that went is given again
        kept = [row.stored.id for row in prepared.decided_plan.rows if row.kept and row.stored is not None]
        assert [after[one] for one in kept] == [before[one] for one in kept]
        if result.batch is not None:
            for row in prepared.decided_plan.rows:
                if row.stored is not None and not row.kept and row.state is not RowState.UNCERTAIN:
                    assert _finance(after[row.stored.id]) == (BookingSource.FINANCE, row.posting.amount_cents)
            self.batches.append(result.batch)
            if self.chance.random() < 0.15:
                self.database.undo()
                self.batches.pop()
                assert self.stored() == before
                self.hers = hers

    def take_back_a_delivery(self) -> None:
        if self.batches:
            before = set(self.stored())
            try:
                import_bookings.undo(self.database, self.batches[-1])
            except UserError:
                return
            self.batches.pop()
            self.taken_back += 1
            for one in before - set(self.stored()):
                self.hers.pop(one, None)  # her work on a booking goes with it

    # --- she ---

    def assign(self) -> None:
        for one in self.some():
            budget, item = self.chance.choice(self.budget_ids), self.chance.choice((None, *self.item_ids))
            with self.database.write("Zuordnung") as session:
                booking_assignment.assign(session, [one], budget, plan_item_id=item)
            self.hers[one] |= {"budget_id": budget, "plan_item_id": item, "assigned_by": AssignedBy.HAND}

    def note(self) -> None:
        for one in self.some():
            words = f"Notiz {self.chance.randint(1, 999)}"
            with self.database.write("Notiz") as session:
                session.execute(update(Booking).where(Booking.id == one).values(note=words))
            self.hers[one]["note"] = words

    def settle(self) -> None:
        for one in self.some():
            with self.database.write("Bindung") as session:
                commitments.settle(session, self.commitment_id, [one], final_on=None)
            row = self.stored()[one]
            assert row["commitment_id"] == self.commitment_id
            self.hers[one] |= {"commitment_id": self.commitment_id}
            if row["assigned_by"] is AssignedBy.HAND:
                self.hers[one] |= {name: row[name] for name in ("budget_id", "plan_item_id", "assigned_by")}

    def enter_by_hand(self) -> None:
        day, cents = FIRST + timedelta(self.chance.randint(0, 20)), self.chance.choice((1000, 2000, 3000))
        values = ManualBookingInput(
            day, cents, self.budget_ids[0], text=self.chance.choice(TEXTS), note="von Hand"
        )
        with self.database.write("Von Hand") as session:
            one = manual_bookings.save(session, None, values)
        self.hers[one] = {"budget_id": self.budget_ids[0], "assigned_by": AssignedBy.HAND, "note": "von Hand"}

    def some(self) -> list[int]:
        found = self.chance.sample(sorted(self.stored()), k=len(self.stored()) // 3)
        for one in found:
            self.hers.setdefault(one, {})
        return found

    # --- what stands there ---

    def stored(self) -> dict[int, dict[str, Any]]:
        names = [column.key for column in Booking.__table__.columns]
        query = select(*(getattr(Booking, name) for name in names))
        with self.database.read() as session:
            return {row.id: dict(zip(names, row, strict=True)) for row in session.execute(query)}

    def check(self) -> None:
        rows = self.stored()
        for one, wanted in self.hers.items():
            if one in rows:
                assert {name: rows[one][name] for name in wanted} == wanted, (one, rows[one])
        numbered = [(row["document_number"], row["line"]) for row in rows.values() if row["document_number"]]
        assert len(numbered) == len(set(numbered))
        assert all(row["source"] is not BookingSource.DIFFERENCE for row in rows.values())


def _finance(stored: dict[str, Any]) -> tuple[BookingSource, int]:
    return stored["source"], stored["amount_cents"]


@pytest.fixture
def walk(database: Database) -> Walk:
    with database.write("Anfang") as session:
        items = tuple(PlanItemInput(None, str(one), f"Position {one}", 100) for one in (1, 2))
        grant = GrantInput("LAND", "Land", date(2026, 1, 1), date(2026, 12, 31), 1_000_000, items=items)
        grant_id = grants.save(session, None, grant)
        ids = [
            budgets.save(
                session,
                None,
                BudgetInput(f"B{order}", "Topf", 2026, 900_000, internal_order=order, grant_id=grant_id),
            )
            for order in ("570", "571", "579")
        ]
        commitment = commitments.save(session, None, CommitmentInput(ids[0], "Miete", 900_000, number="M1"))
        item_ids = list(session.scalars(select(PlanItem.id)))
    return Walk(database, random.Random(0), ids, item_ids, commitment)


@pytest.mark.parametrize("seed", range(8))
def test_what_she_entered_herself_stays(walk: Walk, seed: int) -> None:
    chance = walk.chance = random.Random(seed)
    for _ in range(4):
        walk.finance_books()
    for _ in range(40):
        step = chance.choices(
            (
                walk.finance_books,
                walk.finance_corrects,
                walk.import_file,
                walk.take_back_a_delivery,
                walk.assign,
                walk.note,
                walk.settle,
                walk.enter_by_hand,
            ),
            (2, 6, 9, 5, 5, 2, 2, 2),
        )[0]
        step()
        walk.check()
