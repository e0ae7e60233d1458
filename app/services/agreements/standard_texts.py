"""Newer standard texts that came with the program: what they would change in the library, taken over when she wants."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
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
    for standard in (one for kind in AgreementKind for one in standard_clauses(kind)):
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
    newest = clauses.newest_of(session, known.values())
    for kind in AgreementKind:
        new: dict[str, int] = {}
        for standard in standard_clauses(kind):
            clause_id = known.get(standard.key)
            if clause_id is None and standard.key in keys:
                values = standard.values | {"standard_as_of": EDITION}
                new[standard.key] = clauses.add(session, standard.key, values, on)
            elif clause_id is not None:
                version = newest[clause_id]
                if standard.key in keys or not _differs(version, standard):
                    clauses.put(session, version, standard.values, on, EDITION)
        _take_in(session, kind, new, on)
    clauses.follow(session, known.values(), on)


def take_all(session: Session, on: date) -> None:
    """All that does not undo words of her own."""
    take(session, {offer.key for offer in offers(session) if not offer.is_own}, on)


def _differs(version: ClauseVersion, standard: StandardClause) -> bool:
    return any(getattr(version, name) != value for name, value in standard.values.items() if name != "note")


def _shown(standard: StandardClause, number: int) -> VersionRow:
    return VersionRow(id=0, number=number, as_of=EDITION, standard_as_of=EDITION, **standard.values)


def _take_in(session: Session, kind: AgreementKind, new: Mapping[str, int], on: date) -> None:
    """Each new clause behind the last of those that stand before it in the standard."""
    template = _template(session, kind)
    if template is None or not new:
        return
    session.flush()
    keys = dict(session.execute(select(Clause.id, Clause.key)).all())
    before: set[str] = set()
    ids = list(template.clause_ids)
    for standard in standard_clauses(kind):
        if standard.key in new:
            place = max((at for at, one in enumerate(ids, 1) if keys[one] in before), default=0)
            ids.insert(place, new[standard.key])
        before.add(standard.key)
    data = clauses.load_template(session, template.id)
    clauses.save_template(session, template.id, replace(data, clause_ids=tuple(ids)), on)


def _template(session: Session, kind: AgreementKind) -> TemplateRow | None:
    """The standard template of a kind, or if it has another name or is gone, the one agreements begin with."""
    name = next(name for of, _, name, _ in STANDARD if of is kind)
    found: Sequence[TemplateRow] = clauses.templates(session, kind)
    return next((row for row in found if row.name == name), next(iter(found), None))
