"""The wording of one agreement: made from a template, then reworded, left out, moved and added to as it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.domain.clauses import ClauseCondition
from app.domain.errors import Invalid, UserError
from app.services import clauses
from db.models import (
    Agreement,
    AgreementClause,
    Clause,
    ClauseComment,
    ClauseVersion,
    Template,
    TemplateVersion,
)


class Wording(StrEnum):
    """How a clause of an agreement stands to the template it came from."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    LEFT_OUT = "left_out"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class AgreementClauseRow:
    """One clause of an agreement.

    `id` None: the agreement has no wording of its own yet and follows the template. `origin_*`: the wording it came
    from (None: added for this agreement). `newer_*`: the library's wording, if it has changed since.
    """

    id: int | None
    position: int
    key: str | None
    title: str
    text: str
    is_included: bool
    is_numbered: bool
    is_obligatory: bool
    condition: ClauseCondition | None
    note: str | None
    origin_version_id: int | None
    origin_title: str | None
    origin_text: str | None
    newer_version_id: int | None
    newer_title: str | None
    newer_text: str | None
    open_comments: int = 0

    @property
    def wording(self) -> Wording:
        if not self.is_included:
            return Wording.LEFT_OUT
        if self.origin_version_id is None:
            return Wording.OWN
        same = (self.title, self.text) == (self.origin_title, self.origin_text)
        return Wording.UNCHANGED if same else Wording.REWORDED


@dataclass(frozen=True, slots=True)
class AgreementText:
    """The wording of an agreement with the template it was made from and what became of that since.

    `new_clauses`: (clause id, title) that the template has now and the agreement never had.
    """

    template_id: int | None
    template_name: str
    template_as_of: date | None
    is_own: bool
    clauses: tuple[AgreementClauseRow, ...]
    new_clauses: tuple[tuple[int, str], ...] = ()


def text(session: Session, agreement_id: int) -> AgreementText:
    """The clauses in their order; as long as the agreement has none of its own, those of its template."""
    agreement = session.get_one(Agreement, agreement_id)
    own = session.scalars(
        select(AgreementClause)
        .where(AgreementClause.agreement_id == agreement_id)
        .order_by(AgreementClause.position, AgreementClause.id)
    ).all()
    version = _template_version(session, agreement)
    template = session.get(Template, version.template_id) if version is not None else None
    rows = _own_rows(session, own) if own else _template_rows(session, version)
    return AgreementText(
        template.id if template else None,
        template.name if template else "",
        version.as_of if version else None,
        bool(own),
        tuple(rows),
        _new_clauses(session, template, rows) if own and template else (),
    )


def adopt(session: Session, agreement_id: int, template_id: int | None = None) -> None:
    """Give the agreement a wording of its own, as its template (or this other one) has it now.

    A wording it has already is given up.
    """
    agreement = session.get_one(Agreement, agreement_id)
    if template_id is not None:
        agreement.template_version_id = clauses.newest_template(session, template_id).id
    elif agreement.template_version_id is None:
        default = clauses.default_template(session, agreement.kind)
        agreement.template_version_id = default.version_id if default else None
    session.execute(delete(AgreementClause).where(AgreementClause.agreement_id == agreement_id))
    session.flush()
    version = _template_version(session, agreement)
    for row in _template_rows(session, version):
        session.add(
            AgreementClause(
                agreement_id=agreement_id,
                position=row.position,
                clause_version_id=row.origin_version_id,
                title=row.title,
                text=row.text,
                is_numbered=row.is_numbered,
            )
        )
    session.flush()


def reword(session: Session, agreement_id: int, position: int, title: str, wording: str) -> None:
    """Another title and text for the clause at a position. Raises Invalid for an empty one."""
    problems = {}
    if not title.strip():
        problems["title"] = "Bitte eine Überschrift angeben."
    if not wording.strip():
        problems["text"] = "Bitte den Text angeben, oder die Klausel weglassen."
    if problems:
        raise Invalid(problems)
    clause = _own(session, agreement_id, position)
    clause.title, clause.text = title.strip(), wording.strip()
    session.flush()


def set_included(session: Session, agreement_id: int, position: int, included: bool) -> None:
    """Leave a clause out, or take it in again."""
    _own(session, agreement_id, position).is_included = included
    session.flush()


def move(session: Session, agreement_id: int, position: int, step: int) -> int:
    """A clause so many places up (negative) or down; its new position."""
    moved = _own(session, agreement_id, position)
    order = _ordered(session, agreement_id)
    at = order.index(moved)
    target = max(0, min(len(order) - 1, at + step))
    order.insert(target, order.pop(at))
    _number(session, order)
    return target + 1


def add(
    session: Session,
    agreement_id: int,
    after: int,
    title: str,
    wording: str,
    clause_id: int | None = None,
) -> int:
    """A clause of its own, or one of the library, behind a position (0: first); its position. Raises Invalid."""
    if clause_id is None and not (title.strip() and wording.strip()):
        raise Invalid({"title": "Bitte Überschrift und Text angeben."})
    _make_own(session, agreement_id)
    order = _ordered(session, agreement_id)
    added = AgreementClause(agreement_id=agreement_id, position=0, title=title.strip(), text=wording.strip())
    if clause_id is not None:
        version = clauses.newest_version(session, clause_id)
        added.clause_version_id, added.title, added.text = version.id, version.title, version.text
        added.is_numbered = session.get_one(Clause, clause_id).is_numbered
    session.add(added)
    order.insert(max(0, min(len(order), after)), added)
    _number(session, order)
    return added.position


def remove(session: Session, agreement_id: int, position: int) -> None:
    """Take away a clause that was added for this agreement. Raises UserError for one of the template."""
    clause = _own(session, agreement_id, position)
    if clause.clause_version_id is not None:
        raise UserError("Eine Klausel aus der Vorlage wird weggelassen, nicht gelöscht.")
    session.delete(clause)
    session.flush()
    _number(session, _ordered(session, agreement_id))


def reset(session: Session, agreement_id: int, position: int) -> None:
    """Back to the wording the clause came from."""
    clause = _own(session, agreement_id, position)
    if clause.clause_version_id is not None:
        version = session.get_one(ClauseVersion, clause.clause_version_id)
        clause.title, clause.text, clause.is_included = version.title, version.text, True
        session.flush()


def take_newest(session: Session, agreement_id: int, position: int) -> None:
    """The wording the library has now; what was reworded here is given up."""
    clause = _own(session, agreement_id, position)
    if clause.clause_version_id is not None:
        origin = session.get_one(ClauseVersion, clause.clause_version_id)
        version = clauses.newest_version(session, origin.clause_id)
        clause.clause_version_id, clause.title, clause.text = version.id, version.title, version.text
        session.flush()


# --- inside ----------------------------------------------------------------------------------------------------


def _template_version(session: Session, agreement: Agreement) -> TemplateVersion | None:
    if agreement.template_version_id is not None:
        return session.get_one(TemplateVersion, agreement.template_version_id)
    default = clauses.default_template(session, agreement.kind)
    return session.get_one(TemplateVersion, default.version_id) if default else None


def _template_rows(session: Session, version: TemplateVersion | None) -> list[AgreementClauseRow]:
    found = clauses.clauses_of(session, version.id) if version is not None else []
    return [_row(session, None, position, one.title, one.text, one) for position, one in enumerate(found, 1)]


def _own_rows(session: Session, own: Sequence[AgreementClause]) -> list[AgreementClauseRow]:
    return [
        _row(
            session,
            one,
            one.position,
            one.title,
            one.text,
            session.get(ClauseVersion, one.clause_version_id) if one.clause_version_id else None,
        )
        for one in own
    ]


def _row(
    session: Session,
    own: AgreementClause | None,
    position: int,
    title: str,
    wording: str,
    origin: ClauseVersion | None,
) -> AgreementClauseRow:
    clause = session.get(Clause, origin.clause_id) if origin is not None else None
    newest = (
        clauses.newest_version(session, origin.clause_id) if origin is not None and own is not None else None
    )
    newer = newest if newest is not None and origin is not None and newest.id != origin.id else None
    return AgreementClauseRow(
        id=own.id if own else None,
        position=position,
        key=clause.key if clause else None,
        title=title,
        text=wording,
        is_included=own.is_included if own else True,
        is_numbered=own.is_numbered if own else (clause.is_numbered if clause else True),
        is_obligatory=clause.is_obligatory if clause else False,
        condition=clause.condition if clause else None,
        note=clause.note if clause else None,
        origin_version_id=origin.id if origin else None,
        origin_title=origin.title if origin else None,
        origin_text=origin.text if origin else None,
        newer_version_id=newer.id if newer else None,
        newer_title=newer.title if newer else None,
        newer_text=newer.text if newer else None,
        open_comments=_open_comments(session, own.id) if own else 0,
    )


def _open_comments(session: Session, agreement_clause_id: int) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(ClauseComment)
            .where(
                ClauseComment.agreement_clause_id == agreement_clause_id, ClauseComment.settled_on.is_(None)
            )
        )
        or 0
    )


def _new_clauses(
    session: Session, template: Template, rows: Sequence[AgreementClauseRow]
) -> tuple[tuple[int, str], ...]:
    had = {row.key for row in rows}
    newest = clauses.newest_template(session, template.id)
    return tuple(
        (version.clause_id, version.title)
        for version in clauses.clauses_of(session, newest.id)
        if session.get_one(Clause, version.clause_id).key not in had
    )


def _make_own(session: Session, agreement_id: int) -> None:
    some = select(AgreementClause.id).where(AgreementClause.agreement_id == agreement_id).limit(1)
    if session.scalar(some) is None:
        adopt(session, agreement_id)


def _own(session: Session, agreement_id: int, position: int) -> AgreementClause:
    """The clause at a position; the agreement gets a wording of its own with the first change."""
    _make_own(session, agreement_id)
    return session.scalars(
        select(AgreementClause).where(
            AgreementClause.agreement_id == agreement_id, AgreementClause.position == position
        )
    ).one()


def _ordered(session: Session, agreement_id: int) -> list[AgreementClause]:
    query = (
        select(AgreementClause)
        .where(AgreementClause.agreement_id == agreement_id)
        .order_by(AgreementClause.position, AgreementClause.id)
    )
    return list(session.scalars(query))


def _number(session: Session, order: Sequence[AgreementClause]) -> None:
    for position, clause in enumerate(order, 1):
        clause.position = position
    session.flush()
