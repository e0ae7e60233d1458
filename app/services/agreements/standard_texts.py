"""Newer standard texts that came with the program: what they would change in the library, taken over when she wants."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.services.agreements import clauses
from app.services.agreements.clauses import TemplateRow, VersionRow
from app.services.records import filled
from db.models import Clause, ClauseVersion
from db.seed import STANDARD, STANDARD_AS_OF, StandardClause, standard_clauses

EDITION = STANDARD_AS_OF
"""The day of the standard texts that come with this program."""


@dataclass(frozen=True, slots=True)
class StandardOffer:
    """A standard clause that differs from the library. `before` None: it is new there; `is_own`: she reworded it."""

    key: str
    before: VersionRow | None
    after: VersionRow
    is_own: bool = False


def offers(session: Session) -> list[StandardOffer]:
    """What the library lacks of the standard texts, in their order; nothing that she had already or gave up."""
    known = {clause.key: clause for clause in session.scalars(select(Clause))}
    newest = clauses.newest_of(session, [clause.id for clause in known.values()])
    had = set(session.scalars(select(ClauseVersion.clause_id).where(ClauseVersion.standard_as_of >= EDITION)))
    found = []
    for standard in _standard():
        clause = known.get(standard.key)
        if clause is None:
            found.append(StandardOffer(standard.key, None, _shown(standard, 1)))
        elif clause.retired_on is None and clause.id not in had:
            version = newest[clause.id]
            if _differs(version, standard):
                before, after = filled(VersionRow, version), _shown(standard, version.number + 1)
                found.append(StandardOffer(standard.key, before, after, version.standard_as_of is None))
    return found


def take(session: Session, keys: Collection[str], on: date) -> None:
    """Make these standard clauses new versions of the library as of `on`; agreements keep the versions they have.

    One that is new is taken into the standard template of its kind, behind the one it follows there. Notes of
    clauses whose words stayed are those of now.
    """
    known = dict(session.execute(select(Clause.key, Clause.id)).all())
    for standard in _standard():
        clause_id = known.get(standard.key)
        if clause_id is None and standard.key in keys:
            values = standard.values | {"standard_as_of": EDITION}
            _take_in(session, standard, clauses.add(session, standard.key, values, on), on)
        elif clause_id is not None:
            same = not _differs(clauses.newest_version(session, clause_id), standard)
            if same or standard.key in keys:
                clauses.put(session, clause_id, standard.values, on, EDITION)


def take_all(session: Session, on: date) -> None:
    """All that does not undo words of her own."""
    take(session, {offer.key for offer in offers(session) if not offer.is_own}, on)


def _standard() -> list[StandardClause]:
    return [clause for kind in AgreementKind for clause in standard_clauses(kind)]


def _differs(version: ClauseVersion, standard: StandardClause) -> bool:
    return any(getattr(version, name) != value for name, value in standard.values.items() if name != "note")


def _shown(standard: StandardClause, number: int) -> VersionRow:
    return VersionRow(id=0, number=number, as_of=EDITION, standard_as_of=EDITION, **standard.values)


def _take_in(session: Session, standard: StandardClause, clause_id: int, on: date) -> None:
    template = _template(session, standard.kind)
    if template is None:
        return
    order = [clause.key for clause in standard_clauses(standard.kind)]
    before = set(order[: order.index(standard.key)])
    keys = dict(session.execute(select(Clause.id, Clause.key)).all())
    ids = list(template.clause_ids)
    ids.insert(max((at for at, one in enumerate(ids, 1) if keys[one] in before), default=0), clause_id)
    data = clauses.load_template(session, template.id)
    clauses.save_template(
        session, template.id, filled(clauses.TemplateInput, data, clause_ids=tuple(ids)), on
    )


def _template(session: Session, kind: AgreementKind) -> TemplateRow | None:
    """The standard template of a kind, or if it has another name or is gone, the one agreements begin with."""
    name = next(name for of, _, name, _ in STANDARD if of is kind)
    found: Sequence[TemplateRow] = clauses.templates(session, kind)
    return next((row for row in found if row.name == name), next(iter(found), None))
