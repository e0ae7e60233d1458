"""Comments on the clauses of an agreement while it is negotiated: to write, to list, to settle."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import refuse
from app.services.agreements import agreement_clauses
from app.services.records import delete, filled, lacking, the_one, values_of, write
from db.models import AgreementClause, ClauseComment


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment with the clause it belongs to; `position` of that clause, from 1."""

    id: int
    clause_id: int  # of the agreement's own clause
    position: int
    title: str
    is_included: bool
    day: date
    author: str | None
    text: str
    settled_on: date | None

    @property
    def is_open(self) -> bool:
        return self.settled_on is None


@dataclass(frozen=True, slots=True)
class CommentInput:
    """A comment to write. `position`: the place of its clause."""

    position: int | None
    day: date
    author: str | None = None
    text: str = ""


def rows(session: Session, agreement_id: int) -> list[CommentRow]:
    """All comments in the order of the clauses, those of one clause oldest first."""
    query = (
        select(ClauseComment, AgreementClause)
        .join(AgreementClause, AgreementClause.id == ClauseComment.agreement_clause_id)
        .where(AgreementClause.agreement_id == agreement_id)
        .order_by(AgreementClause.position, ClauseComment.day, ClauseComment.id)
    )
    return [
        filled(
            CommentRow,
            comment,
            clause_id=clause.id,
            position=clause.position,
            title=clause.title,
            is_included=clause.is_included,
        )
        for comment, clause in session.execute(query)
    ]


def open_count(session: Session, agreement_id: int) -> int:
    """How many comments need more talk."""
    query = (
        select(func.count())
        .select_from(ClauseComment)
        .join(AgreementClause, AgreementClause.id == ClauseComment.agreement_clause_id)
        .where(AgreementClause.agreement_id == agreement_id, ClauseComment.settled_on.is_(None))
    )
    return session.scalar(query) or 0


def load(session: Session, comment_id: int) -> CommentInput:
    """The comment as it can be edited."""
    record = session.get_one(ClauseComment, comment_id)
    position = session.get_one(AgreementClause, record.agreement_clause_id).position
    return filled(CommentInput, record, position=position)


def save(session: Session, agreement_id: int, comment_id: int | None, data: CommentInput) -> int:
    """Write a comment; its id. It stays with its clause wherever that moves. Raises Invalid.

    An agreement that follows its template gets a wording of its own, since only such clauses can be talked about.
    """
    refuse(lacking(data, position="Bitte die Klausel wählen.", text="Bitte den Kommentar eintragen."))
    own = select(AgreementClause).where(AgreementClause.agreement_id == agreement_id)
    if session.scalar(own.limit(1)) is None:
        agreement_clauses.adopt(session, agreement_id)
    clause = the_one(session, own.where(AgreementClause.position == data.position))
    values = values_of(data, without=("position",)) | {"agreement_clause_id": clause.id}
    return write(session, ClauseComment, comment_id, values).id


def settle(session: Session, comment_id: int, day: date | None) -> None:
    """Note that a comment needs no more talk since a day; None: it is open again."""
    session.get_one(ClauseComment, comment_id).settled_on = day


def remove(session: Session, comment_id: int) -> None:
    """Take a comment away."""
    delete(session, ClauseComment, comment_id)
