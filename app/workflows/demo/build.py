"""Makes the demo database file from all its parts."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.deadlines.deadlines import DeadlineKind
from app.services.agreements import signed_state
from app.services.deadlines import deadlines
from app.workflows.demo import agreements, places
from app.workflows.demo.bookings import import_bookings
from app.workflows.demo.budget_plan import Spending, make_budgets
from app.workflows.demo.clauses import make_clauses
from app.workflows.demo.commitments import make_commitments, make_transfers
from app.workflows.demo.funding import make_funding
from app.workflows.demo.goal_reports import make_goal_reports
from app.workflows.demo.grants import make_grants
from app.workflows.demo.later_life import make_later_life
from app.workflows.demo.making import Making
from app.workflows.demo.negotiations import make_negotiations
from app.workflows.demo.papers import make_papers
from app.workflows.demo.postings import postings
from db.database import create_database

Progress = Callable[[int, int], None]
"""progress(parts done, PARTS); may raise Cancelled."""

PARTS = 3
"""Records, papers, bookings."""


def build(path: Path, day: date | None = None, progress: Progress = lambda _done, _total: None) -> Path:
    """Make a demo database for a day (today by default).

    Raises UserError if the file exists already, and what `progress` raises; then there is no file.
    """
    day = day or date.today()
    database = create_database(path)
    try:
        with database.write("Beispieldaten angelegt", undoable=False) as session:
            making = Making(session, day)
            places.make_office(making)
            places.make_quarters(making)
            places.make_actors(making)
            places.make_offers(making)
            places.make_figures(making)
            places.make_board(making)
            agreements.make_agreements(making)
            make_goal_reports(making)
            make_clauses(making)
            make_negotiations(making)
            spending = Spending(postings(day), day)
            make_grants(making, spending)
            make_budgets(making, spending)
            settled = make_commitments(making, spending)
            make_transfers(making, spending)
            make_funding(making, spending.years)
            signed_state.settle_all(session, at_signature=True)
            make_later_life(making)
        progress(1, PARTS)
        make_papers(database, day)
        progress(2, PARTS)
        import_bookings(database, making.ids["budget"], spending, settled)
        with database.write("Erledigtes abgehakt", undoable=False) as session:
            _tick_off(session, day)
        progress(PARTS, PARTS)
    except BaseException:
        database.close()
        path.unlink()  # half a demo would be taken for a whole one
        raise
    database.close()
    return path


def _tick_off(session: Session, day: date) -> None:
    """What lies long behind has been done, as in an office that keeps up with most of it."""
    for deadline in deadlines.deadlines(session, day):
        if deadline.day < day - timedelta(days=50) and deadline.kind is not DeadlineKind.GOAL:
            deadlines.mark_done(session, deadline, "erledigt und abgelegt")
