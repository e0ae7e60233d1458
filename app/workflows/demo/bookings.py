"""Demo data of bookings: what finance sent so far, a batch each quarter of a year."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy import insert

from app.domain.bookings.bookings import Shape
from app.domain.bookings.import_counts import ImportCounts
from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.services.bookings.batches import stored_counts
from app.workflows.demo.budget_plan import Spending, demo_budgets, is_income, number_of
from app.workflows.demo.commitments import Settled
from app.workflows.demo.postings import COST_CENTRE, PostingLine
from db import history
from db.database import Database
from db.models import Batch, Booking, FinanceExport


def import_bookings(
    database: Database, budget_ids: Mapping[str, int], spending: Spending, settled: Settled
) -> None:
    """What finance sent each quarter of a year: a batch each, imported in a write of its own."""
    budgets = {
        (budget.order, year): budget_ids[number_of(budget.tail, year)]
        for budget in demo_budgets()
        for year in spending.years
    }
    quarters = groupby(spending.known, lambda line: (line.day.year, (line.day.month + 2) // 3))
    portions = [(key, list(group)) for key, group in quarters]
    for (year, part), lines in portions:
        if (year, part) == portions[-1][0]:
            _send_to_finance(database, lines[0].day)
        name = f"Einzelposten_{year}_Q{part}.xlsx"
        with database.write(f"Buchungen aus „{name}“ übernommen", undoable=False) as session:
            batch = Batch(
                file_name=name,
                sha256=hashlib.sha256(name.encode()).hexdigest(),
                imported_at=datetime.combine(lines[-1].day + timedelta(days=4), time(9, 12)),
                shape=Shape.POSTINGS,
                sheet="Einzelposten",
                **stored_counts(ImportCounts(len(lines), 0, 0, 0, 0, 0, 0)),
                sum_cents=sum(line.amount_cents for line in lines),
                control_total_cents=sum(line.amount_cents for line in lines),
                command_id=session.info["command_id"],
            )
            session.add(batch)
            session.flush()
            session.execute(
                insert(Booking),
                [
                    _booking(line, batch.id, budgets.get((line.internal_order, year)), settled)
                    for line in lines
                ],
            )


def _send_to_finance(database: Database, day: date) -> None:
    """Before the newest list came, finance had been told how things stood."""
    moment = datetime.combine(day, time(15, 40))
    name = f"Finanzliste_{day.year}_Stand_{day:%Y-%m-%d}.xlsx"
    with database.write(f"Finanzliste {day.year} gesendet", undoable=False) as session:
        session.add(
            FinanceExport(
                exported_at=moment,
                year=day.year,
                file_name=name,
                sha256=hashlib.sha256(name.encode()).hexdigest(),
                last_change_id=history.last_change_id(session),
                sent_at=moment + timedelta(minutes=20),
            )
        )


def _booking(line: PostingLine, batch_id: int, budget_id: int | None, settled: Settled) -> dict[str, object]:
    return asdict(line) | {
        "source": BookingSource.FINANCE,
        "batch_id": batch_id,
        "budget_year": line.day.year,
        "line": str(line.line),
        "occurrence": 1,
        "cost_centre": COST_CENTRE,
        "is_income": is_income(line),
        "budget_id": budget_id,
        "assigned_by": AssignedBy.ORDER if budget_id else None,
        "commitment_id": settled.get((line.document_number, line.line)),
    }
