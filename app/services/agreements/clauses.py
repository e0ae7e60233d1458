"""The clause library and the templates made of it: to show, to edit, dated versions."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.domain.errors import Invalid, UserError, refuse
from app.domain.folding import spellings
from app.services.records import assign, columns, filled, is_taken, lacking, read, the_one, values_of, write
from db.models import (
    Agreement,
    AgreementClause,
    Clause,
    ClauseVersion,
    Template,
    TemplateClause,
    TemplateVersion,
)


@dataclass(frozen=True, slots=True)
class ClauseInput:
    """A clause of the library as it can be edited; `text` in the markup of app.domain.agreements.clauses."""

    title: str
    text: str
    kind: AgreementKind | None = None
    condition: ClauseCondition | None = None
    is_obligatory: bool = False
    is_numbered: bool = True
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause in its newest version. `used` = by how many agreements, in any version of it."""

    id: int
    key: str
    version_id: int
    number: int
    as_of: date
    title: str
    text: str
    kind: AgreementKind | None
    condition: ClauseCondition | None
    is_obligatory: bool
    is_numbered: bool
    note: str | None
    used: int


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One dated version of a clause: all that it is from that day on."""

    id: int
    number: int
    as_of: date
    title: str
    text: str
    kind: AgreementKind | None
    condition: ClauseCondition | None
    is_obligatory: bool
    is_numbered: bool
    note: str | None
    standard_as_of: date | None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template in its newest version."""

    id: int
    name: str
    kind: AgreementKind
    is_default: bool
    note: str | None
    version_id: int
    number: int
    as_of: date
    clause_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TemplateInput:
    """A template as it can be edited: its clauses in their order."""

    name: str
    kind: AgreementKind
    clause_ids: tuple[int, ...] = ()
    is_default: bool = False
    note: str | None = None


# --- the library -----------------------------------------------------------------------------------------------


def rows(session: Session, kind: AgreementKind | None = None) -> list[ClauseRow]:
    """The clauses that can be chosen (for a kind, or all), in the order in which they were made."""
    found = session.scalars(select(Clause).where(Clause.retired_on.is_(None)).order_by(Clause.id)).all()
    newest, uses = newest_of(session, [clause.id for clause in found]), using(session)
    return [
        filled(ClauseRow, now, id=one.id, key=one.key, version_id=now.id, used=len(uses.get(one.id, ())))
        for one in found
        if (now := newest[one.id]).kind in (None, kind) or kind is None
    ]


def using(session: Session) -> dict[int, set[int]]:
    """The agreements that use each clause: in a wording of their own, or by following a version of a template."""
    own = select(AgreementClause.agreement_id)
    worded = select(ClauseVersion.clause_id, AgreementClause.agreement_id).join(
        AgreementClause, AgreementClause.clause_version_id == ClauseVersion.id
    )
    following = (
        select(ClauseVersion.clause_id, Agreement.id)
        .join(TemplateClause, TemplateClause.clause_version_id == ClauseVersion.id)
        .join(Agreement, Agreement.template_version_id == TemplateClause.template_version_id)
        .where(Agreement.id.not_in(own))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for clause_id, agreement_id in session.execute(worded.union(following)):
        found[clause_id].add(agreement_id)
    return found


def load(session: Session, clause_id: int) -> ClauseInput:
    """A clause as it can be edited, in its newest version."""
    return filled(ClauseInput, newest_version(session, clause_id))


def save(session: Session, clause_id: int | None, data: ClauseInput, on: date) -> int:
    """Write a clause; its id. Whatever of it changes is a new version as of `on`, and the templates follow.

    Agreements keep the version they were made from. A version of the same day that none was made from is changed in
    place, and so is the note, which no paper shows. Raises Invalid.
    """
    refuse(lacking(data, title="Bitte eine Überschrift angeben.", text="Bitte den Text der Klausel angeben."))
    values = values_of(data)
    if clause_id is None:
        clause_id = add(session, _new_key(session, values["title"]), values, on)
    else:
        put(session, newest_version(session, clause_id), values, on)
        follow(session, {clause_id}, on)
    return clause_id


def add(session: Session, key: str, values: Mapping[str, Any], on: date) -> int:
    """A new clause with its first version; its id."""
    clause = Clause(key=key)
    session.add(clause)
    session.flush()
    session.add(ClauseVersion(clause_id=clause.id, number=1, as_of=on, **values))
    session.flush()
    return clause.id


def put(
    session: Session,
    newest: ClauseVersion,
    values: Mapping[str, Any],
    on: date,
    standard_as_of: date | None = None,
) -> None:
    """Make these values those in force of the clause whose newest version is given, as `save` says.

    `standard_as_of`: the edition of the standard texts they are from. Templates follow with `follow`.
    """
    if all(getattr(newest, name) == value for name, value in values.items() if name != "note"):
        newest.note = values["note"]
        newest.standard_as_of = standard_as_of or newest.standard_as_of
        return
    values = {**values, "standard_as_of": standard_as_of}
    if newest.as_of == on and not _is_in_use(session, newest.id):
        assign(newest, values)
        return
    number = newest.number + 1
    session.add(ClauseVersion(clause_id=newest.clause_id, number=number, as_of=on, **values))


def follow(session: Session, clause_ids: Collection[int], on: date) -> None:
    """The templates that have one of these clauses have its newest version: where it is new, as a new version."""
    session.flush()
    for row in templates(session):
        if set(row.clause_ids) & set(clause_ids):
            _save_order(session, row.id, row.clause_ids, on)


def remove(session: Session, clause_id: int, on: date) -> None:
    """Remove a clause from the library; agreements keep it. Raises UserError while a template has it."""
    names = [row.name for row in templates(session) if clause_id in row.clause_ids]
    if names:
        raise UserError(
            f"Die Klausel steht noch in: {', '.join(f'„{name}“' for name in names)}. Bitte sie zuerst dort "
            "herausnehmen."
        )
    session.get_one(Clause, clause_id).retired_on = on


def versions(session: Session, clause_id: int) -> list[VersionRow]:
    """All versions of a clause, newest first."""
    query = select(*columns(VersionRow, ClauseVersion)).where(ClauseVersion.clause_id == clause_id)
    return read(session, VersionRow, query.order_by(ClauseVersion.number.desc()))


def newest_version(session: Session, clause_id: int) -> ClauseVersion:
    """The version in force."""
    versions = select(ClauseVersion).where(ClauseVersion.clause_id == clause_id)
    return the_one(session, versions.order_by(ClauseVersion.number.desc()).limit(1))


def newest_of(session: Session, clause_ids: Collection[int]) -> dict[int, ClauseVersion]:
    """The version in force of each of these clauses, in one question."""
    newest = (
        select(ClauseVersion.clause_id, func.max(ClauseVersion.number).label("number"))
        .group_by(ClauseVersion.clause_id)
        .subquery()
    )
    is_newest = (newest.c.clause_id == ClauseVersion.clause_id) & (newest.c.number == ClauseVersion.number)
    query = select(ClauseVersion).join(newest, is_newest).where(ClauseVersion.clause_id.in_(clause_ids))
    return {version.clause_id: version for version in session.scalars(query)}


def _is_in_use(session: Session, version_id: int) -> bool:
    """Whether an agreement has this version of a clause: in its own text, or by following a version of a template."""
    own = select(AgreementClause.id).where(AgreementClause.clause_version_id == version_id)
    following = (
        select(Agreement.id)
        .join(TemplateClause, TemplateClause.template_version_id == Agreement.template_version_id)
        .where(TemplateClause.clause_version_id == version_id)
    )
    return session.scalar(own.union(following).limit(1)) is not None


def _new_key(session: Session, title: str) -> str:
    plain = spellings(title)[-1]
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or "klausel"
    taken = set(session.scalars(select(Clause.key).where(Clause.key.startswith(base))))
    return next(key for key in (base, *(f"{base}_{n}" for n in range(2, len(taken) + 3))) if key not in taken)


# --- templates -------------------------------------------------------------------------------------------------


def templates(session: Session, kind: AgreementKind | None = None) -> list[TemplateRow]:
    """The templates that can be chosen, the default of each kind first."""
    query = select(Template).where(Template.retired_on.is_(None))
    if kind is not None:
        query = query.where(Template.kind == kind)
    found = []
    for template in session.scalars(query.order_by(Template.is_default.desc(), Template.id)):
        version = newest_template(session, template.id)
        found.append(
            filled(
                TemplateRow,
                template,
                version_id=version.id,
                number=version.number,
                as_of=version.as_of,
                clause_ids=_clause_ids(session, version.id),
            )
        )
    return found


def default_template(session: Session, kind: AgreementKind) -> TemplateRow | None:
    """The template a new agreement of this kind is made from."""
    return next(iter(templates(session, kind)), None)


def load_template(session: Session, template_id: int) -> TemplateInput:
    """A template as it can be edited."""
    clause_ids = _clause_ids(session, newest_template(session, template_id).id)
    return filled(TemplateInput, session.get_one(Template, template_id), clause_ids=clause_ids)


def save_template(session: Session, template_id: int | None, data: TemplateInput, on: date) -> int:
    """Write a template; its id. Another choice or order is a new version as of `on`.

    Its kind stays: agreements were made from it. Raises Invalid.
    """
    name = data.name.strip()
    if not name:
        raise Invalid({"name": "Bitte der Vorlage einen Namen geben."})
    if is_taken(session, Template.name, name, template_id):
        raise Invalid({"name": f"Eine Vorlage „{name}“ gibt es schon."})
    if len(set(data.clause_ids)) != len(data.clause_ids):
        raise Invalid({"clause_ids": "Eine Klausel steht zweimal in der Vorlage."})
    if template_id is not None and session.get_one(Template, template_id).kind is not data.kind:
        raise Invalid({"kind": "Die Art einer Vorlage bleibt. Bitte für die andere Art eine neue anlegen."})
    template = write(session, Template, template_id, values_of(data, without=("clause_ids",)))
    if data.is_default:
        for other in session.scalars(select(Template).where(Template.kind == data.kind)):
            other.is_default = other.id == template.id
    _save_order(session, template.id, data.clause_ids, on)
    return template.id


def remove_template(session: Session, template_id: int, on: date) -> None:
    """Remove a template from the list; agreements made from it stay. Raises UserError for the last one of its kind."""
    template = session.get_one(Template, template_id)
    others = [row for row in templates(session, template.kind) if row.id != template_id]
    if not others:
        raise UserError("Das ist die letzte Vorlage dieser Art. Bitte zuerst eine andere anlegen.")
    template.retired_on, template.is_default = on, False


def newest_template(session: Session, template_id: int) -> TemplateVersion:
    """The version in force."""
    return the_one(session, _newest_of_template(template_id))


def _newest_of_template(template_id: int) -> Select[TemplateVersion]:
    versions = select(TemplateVersion).where(TemplateVersion.template_id == template_id)
    return versions.order_by(TemplateVersion.number.desc()).limit(1)


def clauses_of(session: Session, template_version_id: int) -> list[ClauseVersion]:
    """The wordings of a version of a template, in their order."""
    query = (
        select(ClauseVersion)
        .join(TemplateClause, TemplateClause.clause_version_id == ClauseVersion.id)
        .where(TemplateClause.template_version_id == template_version_id)
        .order_by(TemplateClause.position, TemplateClause.id)
    )
    return list(session.scalars(query))


def _clause_ids(session: Session, template_version_id: int) -> tuple[int, ...]:
    return tuple(version.clause_id for version in clauses_of(session, template_version_id))


def _save_order(session: Session, template_id: int, clause_ids: Sequence[int], on: date) -> None:
    """The newest wordings in this order: a new version, or the newest one where no agreement was made from it."""
    in_force = newest_of(session, clause_ids)
    wanted = [in_force[clause_id].id for clause_id in clause_ids]
    newest = session.scalar(_newest_of_template(template_id))
    if newest is not None and [version.id for version in clauses_of(session, newest.id)] == wanted:
        return
    in_use = newest is not None and session.scalar(
        select(Agreement.id).where(Agreement.template_version_id == newest.id).limit(1)
    )
    if newest is None or in_use is not None or newest.as_of != on:
        number = 1 if newest is None else newest.number + 1
        newest = TemplateVersion(template_id=template_id, number=number, as_of=on)
        session.add(newest)
        session.flush()
    session.execute(delete(TemplateClause).where(TemplateClause.template_version_id == newest.id))
    session.add_all(
        TemplateClause(template_version_id=newest.id, position=position, clause_version_id=version_id)
        for position, version_id in enumerate(wanted, 1)
    )
