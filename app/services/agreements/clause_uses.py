"""Tells where a clause or a template is used, and how templates changed from version to version."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.services.agreements import clauses
from db.models import Agreement, Clause, ClauseVersion, Template, TemplateVersion


@dataclass(frozen=True, slots=True)
class Use:
    """A template or an agreement that uses a clause, or an agreement made from a template."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """A version of a template with what became of its clauses since the version before."""

    id: int
    number: int
    as_of: date
    agreements: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[str, ...]
    reordered: bool


def templates_with(session: Session, clause_id: int) -> list[Use]:
    """The templates that have this clause now."""
    return [Use(row.id, row.name) for row in clauses.templates(session) if clause_id in row.clause_ids]


def agreements_with(session: Session, clause_id: int) -> list[Use]:
    """The agreements that use this clause, in any wording of it, included or left out."""
    ids = clauses.using(session).get(clause_id, set())
    query = select(Agreement.id, Agreement.number).where(Agreement.id.in_(ids)).order_by(Agreement.number)
    return [Use(key, number) for key, number in session.execute(query)]


def made_from(session: Session) -> dict[int, int]:
    """How many agreements were made from each template, in any of its versions."""
    query = (
        select(TemplateVersion.template_id, func.count(Agreement.id))
        .join(Agreement, Agreement.template_version_id == TemplateVersion.id)
        .group_by(TemplateVersion.template_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def template_steps(session: Session, template_id: int) -> list[TemplateStep]:
    """All versions of a template, newest first."""
    counted = select(Agreement.template_version_id, func.count(Agreement.id)).group_by(
        Agreement.template_version_id
    )
    used = {row[0]: row[1] for row in session.execute(counted)}
    versions = session.scalars(
        select(TemplateVersion)
        .where(TemplateVersion.template_id == template_id)
        .order_by(TemplateVersion.number)
    )
    steps: list[TemplateStep] = []
    before: dict[int, ClauseVersion] = {}
    for version in versions:
        now = {wording.clause_id: wording for wording in clauses.clauses_of(session, version.id)}
        stayed = [key for key in now if key in before]
        steps.append(
            TemplateStep(
                id=version.id,
                number=version.number,
                as_of=version.as_of,
                agreements=used.get(version.id, 0),
                added=tuple(now[key].title for key in now if key not in before) if steps else (),
                removed=tuple(before[key].title for key in before if key not in now),
                reworded=tuple(now[key].title for key in stayed if now[key].id != before[key].id),
                reordered=stayed != [key for key in before if key in now],
            )
        )
        before = now
    return steps[::-1]


def duplicate_template(session: Session, template_id: int, on: date) -> int:
    """A copy of a template under another name, to be changed; its id."""
    data = clauses.load_template(session, template_id)
    taken = set(session.scalars(select(Template.name)))
    names = (f"{data.name} (Kopie{f' {nr}' if nr > 1 else ''})" for nr in range(1, len(taken) + 2))
    name = next(name for name in names if name not in taken)
    copy = clauses.TemplateInput(name, data.kind, data.clause_ids, is_default=False, note=data.note)
    return clauses.save_template(session, None, copy, on)


def begin_template(session: Session, data: clauses.TemplateInput, on: date) -> int:
    """A new template that begins with the obligatory clauses of the default one of its kind; its id."""
    default = clauses.default_template(session, data.kind)
    duties = {row.id for row in clauses.rows(session, data.kind) if row.is_obligatory}
    chosen = tuple(key for key in default.clause_ids if key in duties) if default else ()
    return clauses.save_template(session, None, replace(data, clause_ids=chosen), on)


def clause_titles(session: Session) -> dict[str, str]:
    """The titles of all clauses by the keys that {§key} may name, also of those no longer offered."""
    return {
        key: clauses.newest_version(session, clause_id).title
        for clause_id, key in session.execute(select(Clause.id, Clause.key).order_by(Clause.id))
    }
