"""The figures of the year on the overview."""

from datetime import date

from sqlalchemy import insert

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.budgets.budgets import BookingSource
from app.services.overview.overview import TIGHTEST, year_figures
from db.database import Database
from db.models import Agreement, Booking, Budget, Quarter

TODAY = date(2026, 11, 24)


def test_a_new_file_has_nothing_yet(database: Database) -> None:
    with database.read() as session:
        figures = year_figures(session, TODAY)
    assert figures.nothing_yet
    assert (figures.budgets.year, figures.agreements, figures.quarters, figures.tightest) == (2026, 0, 0, ())
    assert (figures.budgets.total.available_cents, figures.budgets.unassigned.count) == (0, 0)


def test_figures_of_the_year_and_the_tightest_budgets_first(database: Database) -> None:
    with database.write("Anfang") as session:
        session.execute(insert(Quarter).values(short="SAH", name="Sahlkamp"))
        for number in range(1, TIGHTEST + 3):
            session.execute(
                insert(Budget).values(
                    number=f"B-{number}", title="Topf", year=2026, planned_cents=1000 * number
                )
            )
        session.execute(insert(Budget).values(number="alt", title="Topf", year=2025, planned_cents=99))
        session.execute(
            insert(Booking).values(
                budget_year=2026,
                day=TODAY,
                amount_cents=2500,
                budget_id=2,
                source=BookingSource.MANUAL,
                is_income=False,
            )
        )
        for nr, stage in enumerate((Stage.IN_FORCE, Stage.DRAFT)):
            session.execute(
                insert(Agreement).values(
                    number=f"ZV-{nr}", kind=AgreementKind.TARGET, title="Treff", stage=stage
                )
            )
    with database.read() as session:
        figures = year_figures(session, TODAY)
    assert not figures.nothing_yet
    assert (figures.agreements, figures.quarters) == (1, 1)
    assert figures.budgets.total.planned_cents == sum(1000 * number for number in range(1, TIGHTEST + 3))
    assert figures.budgets.total.actual_cents == 2500
    assert len(figures.tightest) == TIGHTEST
    assert figures.tightest[0].number == "B-2"
    assert figures.tightest[0].figures.overspent_cents == 500
