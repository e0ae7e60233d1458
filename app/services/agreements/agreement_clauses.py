"""The wording of one agreement: made from a template, then reworded, left out, moved and added to as it needs."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.domain.errors import Invalid, UserError, refuse
from app.services.agreements import clauses, signed
from app.services.agreements.agreement_text import (
    LOCKED,
    Wording,
    lock,
    template_rows,
    template_version,
    text,
)
from app.services.records import the_one
from db.models import Agreement, AgreementClause, ClauseVersion, Template, TemplateVersion


def pin(session: Session, agreement_id: int, template_id: int | None = None) -> None:
    """Note the version an agreement is made from: of this template, or of the default one of its kind.

    Without `template_id` nothing happens if it has one of its own kind already, or a wording of its own.
    """
    agreement = session.get_one(Agreement, agreement_id)
    if template_id is not None:
        agreement.template_version_id = clauses.newest_template(session, template_id).id
        session.flush()
        return
    had = agreement.template_version_id
    version = session.get_one(TemplateVersion, had) if had is not None else None
    fits = version is not None and session.get_one(Template, version.template_id).kind is agreement.kind
    if not fits and not _has_own(session, agreement_id):
        agreement.template_version_id = _default_version(session, agreement.kind)


def pin_new(session: Session) -> None:
    """Agreements that came without a template, from a list, count as made from the default one of their kind."""
    for kind in AgreementKind:
        version_id = _default_version(session, kind)
        if version_id is not None:
            session.execute(
                update(Agreement)
                .where(Agreement.kind == kind, Agreement.template_version_id.is_(None))
                .values(template_version_id=version_id)
            )


def adopt(session: Session, agreement_id: int, template_id: int | None = None) -> None:
    """Give the agreement a wording of its own, as its template (or this other one) has it now.

    A wording it has already is given up. Raises UserError where it cannot be changed any more.
    """
    _require_open(session, agreement_id)
    _adopt(session, agreement_id, template_id)


def _adopt(session: Session, agreement_id: int, template_id: int | None = None) -> None:
    agreement = session.get_one(Agreement, agreement_id)
    if template_id is not None:
        agreement.template_version_id = clauses.newest_template(session, template_id).id
    elif agreement.template_version_id is None:
        agreement.template_version_id = _default_version(session, agreement.kind)
    session.execute(delete(AgreementClause).where(AgreementClause.agreement_id == agreement_id))
    session.flush()
    version = template_version(session, agreement)
    for row in template_rows(session, version):
        session.add(
            AgreementClause(
                agreement_id=agreement_id,
                position=row.position,
                clause_version_id=row.origin.id if row.origin else None,
                title=row.title,
                text=row.text,
                is_numbered=row.is_numbered,
            )
        )


def reword(session: Session, agreement_id: int, position: int, title: str, wording: str) -> None:
    """Another title and text for the clause at a position. Raises Invalid for an empty one."""
    problems = {}
    if not title.strip():
        problems["title"] = "Bitte eine Überschrift angeben."
    if not wording.strip():
        problems["text"] = "Bitte den Text angeben, oder die Klausel weglassen."
    refuse(problems)
    clause = _own(session, agreement_id, position)
    clause.title, clause.text = title.strip(), wording.strip()


def set_included(session: Session, agreement_id: int, position: int, included: bool) -> None:
    """Leave a clause out, or take it in again."""
    _own(session, agreement_id, position).is_included = included


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
    _require_open(session, agreement_id)
    _make_own(session, agreement_id)
    order = _ordered(session, agreement_id)
    added = AgreementClause(agreement_id=agreement_id, position=0, title=title.strip(), text=wording.strip())
    if clause_id is not None:
        version = clauses.newest_version(session, clause_id)
        _follow(added, version)
    session.add(added)
    order.insert(max(0, min(len(order), after)), added)
    _number(session, order)
    return added.position


def add_new(session: Session, agreement_id: int, clause_id: int) -> int:
    """Take in a clause that the template has now, behind the one it follows there; its position."""
    shown = text(session, agreement_id)
    order = [one.clause_id for one in _newest_of(session, shown.template_id)]
    after = _place_of(clause_id, order, [row.clause_id for row in shown.clauses])
    return add(session, agreement_id, after, "", "", clause_id)


def take_all(session: Session, agreement_id: int) -> None:
    """Everything as the template has it now, but nothing that was reworded here: that is taken clause by clause."""
    _require_open(session, agreement_id)
    shown = text(session, agreement_id)
    now = _newest_of(session, shown.template_id)
    newest = clauses.newest_of(session, [row.clause_id for row in shown.clauses if row.clause_id is not None])
    _make_own(session, agreement_id)
    order = _ordered(session, agreement_id)
    for row, clause in zip(shown.clauses, order, strict=True):
        if row.position in shown.dropped:
            clause.is_included = False
        elif row.clause_id is not None and row.newer is not None and row.wording is Wording.UNCHANGED:
            _follow(clause, newest[row.clause_id])
    ids, wanted = [row.clause_id for row in shown.clauses], [one.clause_id for one in now]
    for version in now:
        if version.clause_id not in ids:
            at = _place_of(version.clause_id, wanted, ids)
            clause = AgreementClause(agreement_id=agreement_id)
            _follow(clause, version)
            order.insert(at, clause)
            ids.insert(at, version.clause_id)
            session.add(clause)
    _number(session, order)


def remove(session: Session, agreement_id: int, position: int) -> None:
    """Take away a clause that was added for this agreement. Raises UserError for one of the template."""
    clause = _own(session, agreement_id, position)
    version = template_version(session, session.get_one(Agreement, agreement_id))
    made_of = clauses.clauses_of(session, version.id) if version is not None else []
    origin = session.get(ClauseVersion, clause.clause_version_id) if clause.clause_version_id else None
    if origin is not None and origin.clause_id in {one.clause_id for one in made_of}:
        raise UserError("Eine Klausel aus der Vorlage wird weggelassen, nicht gelöscht.")
    session.delete(clause)
    session.flush()
    _number(session, _ordered(session, agreement_id))


def reset(session: Session, agreement_id: int, position: int) -> None:
    """Back to the wording the clause came from."""
    clause = _own(session, agreement_id, position)
    if clause.clause_version_id is not None:
        _follow(clause, session.get_one(ClauseVersion, clause.clause_version_id))
        clause.is_included = True


def take_newest(session: Session, agreement_id: int, position: int) -> None:
    """The clause as the library has it now; what was reworded here is given up."""
    clause = _own(session, agreement_id, position)
    if clause.clause_version_id is not None:
        origin = session.get_one(ClauseVersion, clause.clause_version_id)
        _follow(clause, clauses.newest_version(session, origin.clause_id))


# --- inside ----------------------------------------------------------------------------------------------------


def _default_version(session: Session, kind: AgreementKind) -> int | None:
    default = clauses.default_template(session, kind)
    return default.version_id if default else None


def _newest_of(session: Session, template_id: int | None) -> list[ClauseVersion]:
    if template_id is None:
        return []
    return clauses.clauses_of(session, clauses.newest_template(session, template_id).id)


def _place_of(clause_id: int, template: Sequence[int], text_ids: Sequence[int | None]) -> int:
    """How many clauses of a text stand before one that its template has now: up to the last that is before it there."""
    before = set(template[: template.index(clause_id)]) if clause_id in template else set()
    return max((at for at, one in enumerate(text_ids, 1) if one in before), default=0)


def _follow(clause: AgreementClause, version: ClauseVersion) -> None:
    """The clause is this version of the library."""
    clause.clause_version_id = version.id
    clause.title, clause.text, clause.is_numbered = version.title, version.text, version.is_numbered


def _make_own(session: Session, agreement_id: int) -> None:
    if not _has_own(session, agreement_id):
        _adopt(session, agreement_id)


def _has_own(session: Session, agreement_id: int) -> bool:
    some = select(AgreementClause.id).where(AgreementClause.agreement_id == agreement_id).limit(1)
    return session.scalar(some) is not None


def _require_open(session: Session, agreement_id: int) -> None:
    why = lock(session, agreement_id)
    if why is not None and not signed.is_correcting(session, agreement_id):
        raise UserError(LOCKED[why])


def _own(session: Session, agreement_id: int, position: int) -> AgreementClause:
    """The clause at a position, to be changed; the agreement gets a wording of its own with the first change."""
    _require_open(session, agreement_id)
    _make_own(session, agreement_id)
    own = select(AgreementClause).where(AgreementClause.agreement_id == agreement_id)
    return the_one(session, own.where(AgreementClause.position == position))


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
