"""The wording of one agreement as it is shown: each clause beside the template it came from, and what changed there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BINDING_STAGES, Stage
from app.domain.agreements.clauses import ClauseCondition
from app.services.agreements import clauses, signed
from app.services.agreements.clauses import VersionRow
from app.services.papers import papers
from app.services.records import filled
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


class Lock(StrEnum):
    """Why the wording of an agreement can no longer be changed."""

    PRINTED = "printed"
    SIGNING = "signing"
    SIGNED = "signed"


LOCKED = {
    Lock.PRINTED: "Der Text ist für die Unterschrift gedruckt und bleibt, wie er ist. Für Änderungen zuerst unter "
    "„Drucken“ die gedruckte Fassung zurückziehen.",
    Lock.SIGNING: "Eine Vertragspartei hat schon unterschrieben; der Text bleibt, wie er ist. Ein Schreibfehler wird "
    "mit einer Begründung korrigiert; soll etwas anderes gelten, die Unterschrift mit einer Begründung zurücknehmen.",
    Lock.SIGNED: "Die Vereinbarung ist unterzeichnet; der Text bleibt, wie er ist. Änderungen gehen über einen "
    "Nachtrag (Seite „Änderung und Ende“), ein Schreibfehler wird mit einer Begründung korrigiert.",
}
"""What is said of each, with what to do instead."""


@dataclass(frozen=True, slots=True)
class AgreementClauseRow:
    """One clause of an agreement.

    `id` None: the agreement has no wording of its own yet and follows the template. `origin`: the version it came
    from (None: added for this agreement); obligation and condition are those of it. `newer`: the library's version,
    if it has changed since.
    """

    id: int | None
    position: int
    clause_id: int | None
    key: str | None
    title: str
    text: str
    is_included: bool
    is_numbered: bool
    is_obligatory: bool
    condition: ClauseCondition | None
    note: str | None
    origin: VersionRow | None
    newer: VersionRow | None
    open_comments: int = 0

    @property
    def wording(self) -> Wording:
        if not self.is_included:
            return Wording.LEFT_OUT
        if self.origin is None:
            return Wording.OWN
        same = (self.title, self.text) == (self.origin.title, self.origin.text)
        return Wording.UNCHANGED if same else Wording.REWORDED


@dataclass(frozen=True, slots=True)
class AgreementWording:
    """The wording of an agreement with the template it was made from and what became of that since.

    `new_clauses`: (clause id, title) that the template has now and the agreement never had; `dropped`: positions of
    clauses that the template had then and has no more. `newest_as_of`: of the template's version in force.
    `lock`: why it cannot be changed.
    """

    template_id: int | None
    template_name: str
    template_as_of: date | None
    is_own: bool
    clauses: tuple[AgreementClauseRow, ...]
    new_clauses: tuple[tuple[int, str], ...] = ()
    dropped: tuple[int, ...] = ()
    newest_as_of: date | None = None
    lock: Lock | None = None

    @property
    def outdated(self) -> int:
        """How many clauses the template has changed, gained or lost since."""
        changed = sum(row.newer is not None for row in self.clauses)
        return changed + len(self.new_clauses) + len(self.dropped)


def text(session: Session, agreement_id: int) -> AgreementWording:
    """The clauses in their order; as long as the agreement has none of its own, those of its template."""
    agreement = session.get_one(Agreement, agreement_id)
    own = session.scalars(
        select(AgreementClause)
        .where(AgreementClause.agreement_id == agreement_id)
        .order_by(AgreementClause.position, AgreementClause.id)
    ).all()
    version = template_version(session, agreement)
    template = session.get(Template, version.template_id) if version is not None else None
    rows = _own_rows(session, own) if own else template_rows(session, version)
    if version is None or template is None:
        return AgreementWording(None, "", None, bool(own), tuple(rows), lock=lock(session, agreement_id))
    newest = clauses.newest_template(session, template.id)
    made_of = {one.clause_id for one in clauses.clauses_of(session, version.id)}
    now = clauses.clauses_of(session, newest.id)
    gone = made_of - {one.clause_id for one in now}
    had = {row.clause_id for row in rows}
    return AgreementWording(
        template_id=template.id,
        template_name=template.name,
        template_as_of=version.as_of,
        is_own=bool(own),
        clauses=tuple(rows),
        new_clauses=tuple((one.clause_id, one.title) for one in now if one.clause_id not in had),
        dropped=tuple(row.position for row in rows if row.clause_id in gone and row.is_included),
        newest_as_of=newest.as_of,
        lock=lock(session, agreement_id),
    )


def lock(session: Session, agreement_id: int) -> Lock | None:
    """Why the wording cannot be changed, None if it can."""
    stage = session.get_one(Agreement, agreement_id).stage
    if stage in BINDING_STAGES or stage is Stage.ENDED:
        return Lock.SIGNED
    if signed.is_signed(session, agreement_id):
        return Lock.SIGNING
    return Lock.PRINTED if papers.valid(session, agreement_id) is not None else None


def template_version(session: Session, agreement: Agreement) -> TemplateVersion | None:
    """The version an agreement was made from; without one, the default template of its kind as it is now."""
    if agreement.template_version_id is not None:
        return session.get_one(TemplateVersion, agreement.template_version_id)
    default = clauses.default_template(session, agreement.kind)
    return session.get_one(TemplateVersion, default.version_id) if default else None


def template_rows(session: Session, version: TemplateVersion | None) -> list[AgreementClauseRow]:
    """The clauses of a version of a template as an agreement that follows it has them."""
    found = clauses.clauses_of(session, version.id) if version is not None else []
    library = _Library(session, found)
    return [_row(library, None, position, one.title, one.text, one) for position, one in enumerate(found, 1)]


def _own_rows(session: Session, own: Sequence[AgreementClause]) -> list[AgreementClauseRow]:
    ids = [one.clause_version_id for one in own if one.clause_version_id is not None]
    origins = {one.id: one for one in session.scalars(select(ClauseVersion).where(ClauseVersion.id.in_(ids)))}
    library = _Library(session, list(origins.values()), own)
    return [
        _row(library, one, one.position, one.title, one.text, origins.get(one.clause_version_id or 0))
        for one in own
    ]


class _Library:
    """What the rows of one wording show of the library, read with one question for each kind, not for each row."""

    def __init__(
        self, session: Session, origins: Sequence[ClauseVersion], own: Sequence[AgreementClause] = ()
    ) -> None:
        ids = {one.clause_id for one in origins}
        self.keys = {
            row[0]: row[1] for row in session.execute(select(Clause.id, Clause.key).where(Clause.id.in_(ids)))
        }
        self.newest = clauses.newest_of(session, ids)
        self.open_comments = _open_comments(session, [one.id for one in own])


def _row(
    library: _Library,
    own: AgreementClause | None,
    position: int,
    title: str,
    wording: str,
    origin: ClauseVersion | None,
) -> AgreementClauseRow:
    newest = library.newest[origin.clause_id] if origin is not None else None
    newer = newest if newest is not None and origin is not None and newest.id != origin.id else None
    return AgreementClauseRow(
        id=own.id if own else None,
        position=position,
        clause_id=origin.clause_id if origin else None,
        key=library.keys[origin.clause_id] if origin else None,
        title=title,
        text=wording,
        is_included=own.is_included if own else True,
        is_numbered=own.is_numbered if own else (origin.is_numbered if origin else True),
        is_obligatory=origin.is_obligatory if origin else False,
        condition=origin.condition if origin else None,
        note=origin.note if origin else None,
        origin=filled(VersionRow, origin) if origin else None,
        newer=filled(VersionRow, newer) if newer else None,
        open_comments=library.open_comments.get(own.id, 0) if own else 0,
    )


def _open_comments(session: Session, agreement_clause_ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(ClauseComment.agreement_clause_id, func.count())
        .where(
            ClauseComment.agreement_clause_id.in_(agreement_clause_ids), ClauseComment.settled_on.is_(None)
        )
        .group_by(ClauseComment.agreement_clause_id)
    )
    return dict(session.execute(query).all())
