"""Reports on a goal: what was said of it on which day; the newest one sets the goal's state."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import GoalState
from app.domain.errors import Invalid, refuse
from app.services.records import assign, columns, delete, filled, lacking, proposed, read, values_of, write
from db.models import Attachment, Goal, GoalReport


@dataclass(frozen=True, slots=True)
class ReportInput:
    """A report to edit. `figure`: in the unit of the goal's target."""

    day: date | None = None
    state: GoalState = GoalState.RUNNING
    figure: Decimal | None = None
    text: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as shown; `files`: how many lie with it as evidence."""

    id: int
    day: date
    state: GoalState
    figure: Decimal | None
    text: str | None
    author: str | None
    files: int


def rows(session: Session, goal_id: int) -> list[ReportRow]:
    """The reports on a goal, newest first."""
    files = (
        select(func.count())
        .where(Attachment.goal_report_id == GoalReport.id)
        .correlate(GoalReport)
        .scalar_subquery()
    )
    query = select(*columns(ReportRow, GoalReport, files=files)).where(GoalReport.goal_id == goal_id)
    return read(session, ReportRow, query.order_by(GoalReport.day.desc(), GoalReport.id.desc()))


def authors(session: Session) -> list[str]:
    """Who has reported so far, to choose from."""
    return proposed(session, GoalReport.author)


def blank(session: Session, goal_id: int, on: date) -> ReportInput:
    """A new report of today; a goal that was open so far is running."""
    state = session.get_one(Goal, goal_id).state
    return ReportInput(on, GoalState.RUNNING if state is GoalState.OPEN else state)


def load(session: Session, report_id: int) -> ReportInput:
    """The report as it can be edited."""
    return filled(ReportInput, session.get_one(GoalReport, report_id))


def save(session: Session, goal_id: int, report_id: int | None, data: ReportInput, on: date) -> int:
    """Write a report; its id. Raises Invalid without a day or with one to come."""
    refuse(lacking(data, day="Bitte den Tag des Berichts eintragen."))
    if data.day is not None and data.day > on:
        raise Invalid({"day": "Der Tag liegt in der Zukunft."})
    record = write(session, GoalReport, report_id, values_of(data) | {"goal_id": goal_id})
    _set_state(session, record.goal_id)
    return record.id


def remove(session: Session, report_id: int) -> None:
    """Delete a report; its files stay with the agreement, and the report before it sets the goal's state."""
    goal_id = session.get_one(GoalReport, report_id).goal_id
    delete(session, GoalReport, report_id)
    _set_state(session, goal_id)


def _set_state(session: Session, goal_id: int) -> None:
    """As the newest report says; a goal without any keeps the state it has."""
    newest = session.scalar(
        select(GoalReport.state)
        .where(GoalReport.goal_id == goal_id)
        .order_by(GoalReport.day.desc(), GoalReport.id.desc())
        .limit(1)
    )
    if newest is not None:
        assign(session.get_one(Goal, goal_id), {"state": newest})
