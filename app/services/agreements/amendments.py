"""Amendments (Nachträge) of an agreement: to write, to compare with what holds now, to throw away."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import TERM_FIELDS
from app.domain.agreements.agreements import BINDING_STAGES, GoalAction, Stage
from app.domain.agreements.amendments import (
    AmendedPoint,
    TermChange,
    amended,
    amendment_problems,
    term_change_of,
    term_changes,
)
from app.domain.agreements.goals import goal_order
from app.domain.agreements.term import Term
from app.domain.dates import german
from app.domain.errors import UserError, refuse
from app.domain.money import euro
from app.services.agreements import agreements, amendment_parties, signed
from app.services.agreements.agreed import changed_fields, changes_between
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.records import delete, filled, values_of, write
from db.models import (
    Agreement,
    Amendment,
    AmendmentGoal,
    BuildingBlock,
    Goal,
    Paper,
)

GOAL_WORDS = {
    "title": "Ziel",
    "building_block_id": "Baustein",
    "measure": "Maßnahme",
    "indicator": "Indikator",
    "target": "Soll",
    "due": "Frist",
    "responsible": "verantwortlich",
    "evidence": "Nachweis",
}
"""What a goal says, field by field, as in the table "bisher / neu"."""
GOAL_FIELDS = tuple(GOAL_WORDS)


@dataclass(frozen=True, slots=True)
class GoalChangeInput:
    """A goal that is added, changed or dropped; a changed one carries its whole new wording."""

    nr: str
    action: GoalAction = GoalAction.CHANGE
    title: str | None = None
    building_block_id: int | None = None
    measure: str | None = None
    indicator: str | None = None
    target: str | None = None
    due: date | None = None
    responsible: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class AmendmentInput(TermChange):
    """An amendment to edit. The fields of the term count only with `changes_term`, the amount with `changes_amount`.

    `joining`: who becomes a party with its day; `leaving`: the actors that are one no more from then on.
    """

    title: str = ""
    text: str | None = None
    effective_from: date | None = None
    changes_term: bool = False
    changes_amount: bool = False
    amount_cents: int | None = None
    goals: tuple[GoalChangeInput, ...] = ()
    joining: tuple[PartyInput, ...] = ()
    leaving: tuple[int, ...] = ()

    def term(self, before: Term) -> Term:
        """The term of the agreement once this holds."""
        return amended(before, self) if self.changes_term else before


def blank(session: Session, agreement_id: int, on: date | None = None) -> AmendmentInput:
    """A new amendment: its fields start with what the agreement says on a day (None: today)."""
    agreement = agreements.load(session, agreement_id, on)
    return AmendmentInput(**asdict(term_change_of(agreement.term)), amount_cents=agreement.amount_cents)


def basis(session: Session, agreement_id: int, effective_from: date | None) -> AgreementInput:
    """What an amendment changes: the agreement as it stands on the amendment's day; without one, today."""
    return agreements.load(session, agreement_id, effective_from)


def load(session: Session, amendment_id: int) -> AmendmentInput:
    """The amendment as it can be edited; what it does not change is as it holds on its day."""
    record = session.get_one(Amendment, amendment_id)
    goals = session.scalars(select(AmendmentGoal).where(AmendmentGoal.amendment_id == amendment_id))
    ordered = sorted(goals, key=lambda goal: goal_order(goal.nr))
    before = basis(session, record.agreement_id, record.effective_from)
    said = changed_fields(record.changed_fields)
    unsaid = {name: getattr(before, name) for name in TERM_FIELDS if name not in said}
    if not record.changes_amount:
        unsaid["amount_cents"] = before.amount_cents
    goal_changes = tuple(filled(GoalChangeInput, goal) for goal in ordered)
    joining, leaving = amendment_parties.load(session, amendment_id)
    return filled(
        AmendmentInput,
        record,
        **unsaid,
        goals=goal_changes,
        joining=joining,
        leaving=leaving,
    )


def save(session: Session, agreement_id: int, amendment_id: int | None, data: AmendmentInput) -> int:
    """Write an amendment; its id. Incomplete is fine.

    Raises Invalid for contradictions, UserError if the agreement is not signed yet or the amendment is signed.
    """
    agreement = session.get_one(Agreement, agreement_id)
    if agreement.stage not in BINDING_STAGES:
        raise UserError(
            f"{agreement.number} ist noch nicht unterzeichnet oder schon beendet. "
            "Ein Nachtrag ändert nur eine Vereinbarung, die gilt; ein Entwurf lässt sich direkt bearbeiten."
        )
    if amendment_id is not None:
        refuse_fixed(session, session.get_one(Amendment, amendment_id))
    refuse(_problems(session, agreement_id, amendment_id, data))
    before = basis(session, agreement_id, data.effective_from)
    fields = changes_between(before.term, data.term(before.term))
    values = values_of(data, without=("goals", "joining", "leaving")) | {
        "title": (data.title or "").strip(),  # empty in a form: asked for before it is signed
        "changed_fields": ";".join(fields),
    }
    if amendment_id is None:
        last = select(func.max(Amendment.nr)).where(Amendment.agreement_id == agreement_id)
        values |= {"agreement_id": agreement_id, "nr": (session.scalar(last) or 0) + 1}
    record = write(session, Amendment, amendment_id, values)
    _save_goals(session, record.id, data.goals)
    amendment_parties.save(session, record, data.joining, data.leaving)
    return record.id


def remove(session: Session, amendment_id: int) -> None:
    """Delete an amendment; raises UserError once it was printed for signature, or is signed."""
    record = session.get_one(Amendment, amendment_id)
    refuse_fixed(session, record)
    if session.scalar(select(func.count()).where(Paper.amendment_id == amendment_id)):
        raise UserError(
            f"Nachtrag {record.nr} wurde schon für die Unterschrift gedruckt und bleibt deshalb in der Akte."
        )
    delete(session, Amendment, amendment_id)


def said(session: Session, amendment_id: int) -> str:
    """What the amendment itself says, as it is kept beside what is printed of it."""
    record = session.get_one(Amendment, amendment_id)
    names = ["title", "text", "effective_from", *changed_fields(record.changed_fields)]
    if record.changes_amount:
        names.append("amount_cents")
    goals = session.scalars(select(AmendmentGoal).where(AmendmentGoal.amendment_id == amendment_id))
    words = ("nr", "action", *GOAL_FIELDS)
    values = {name: getattr(record, name) for name in names}
    rows = [{name: getattr(goal, name) for name in words} for goal in goals]
    found: dict[str, Any] = values | {"goals": sorted(rows, key=lambda row: goal_order(row["nr"]))}
    found |= amendment_parties.said(session, amendment_id)
    return json.dumps(found, ensure_ascii=False, default=str)


def changes(session: Session, before: AgreementInput, data: AmendmentInput) -> list[AmendedPoint]:
    """What the amendment changes, old beside new."""
    found = term_changes(before.term, data.term(before.term))
    if data.changes_amount and data.amount_cents != before.amount_cents:
        found.append(
            AmendedPoint("Betrag der Förderung", _money(before.amount_cents), _money(data.amount_cents))
        )
    if data.joining or data.leaving:
        there = amendment_parties.after(before.parties, data.joining, data.leaving)
        was, will = (amendment_parties.names(session, parties) for parties in (before.parties, there))
        found.append(AmendedPoint("Partner", before=was, after=will))
    blocks = {block.id: block.name for block in session.scalars(select(BuildingBlock))}
    known = {goal.nr: goal for goal in before.goals}
    for goal in data.goals:
        old = _goal_lines(known.get(goal.nr), blocks)
        new = {} if goal.action is GoalAction.DROP else _goal_lines(goal, blocks)
        what = f"Ziel {goal.nr}"
        if goal.action is GoalAction.CHANGE:
            differing = [word for word in GOAL_WORDS.values() if old.get(word) != new.get(word)]
            old = {word: old[word] for word in differing if word in old}
            new = {word: new.get(word, "entfällt") for word in differing}
            if not differing:
                continue
        found.append(
            AmendedPoint(what, _lines(old), "entfällt" if goal.action is GoalAction.DROP else _lines(new))
        )
    return found


def missing(session: Session, agreement_id: int, data: AmendmentInput) -> list[str]:
    """German phrases for what still lacks before it can be printed for signature."""
    found = []
    if not (data.title or "").strip():
        found.append("Titel")
    if data.effective_from is None:
        found.append("Tag, ab dem der Nachtrag gilt")
    before = basis(session, agreement_id, data.effective_from)
    if not changes(session, before, data) and not (data.text or "").strip():
        found.append("eine Änderung oder ein Text, der sie beschreibt")
    found += [
        f"Wortlaut von Ziel {goal.nr}"
        for goal in data.goals
        if goal.action is not GoalAction.DROP and not (goal.title or "").strip()
    ]
    return found


def fixed(session: Session, record: Amendment) -> str:
    """A sentence on why the amendment may not be changed now: signed, or out for signature; else empty."""
    if record.stage is Stage.SIGNED:
        return f"Nachtrag {record.nr} ist unterzeichnet und gilt. Für eine Änderung bitte einen weiteren anlegen."
    if signed.is_amendment_signed(session, record.id):
        return (
            f"Nachtrag {record.nr} ist schon unterschrieben und bleibt, wie er ist. "
            "Bitte zuerst die Unterschrift zurücknehmen, wenn sich noch etwas ändern soll."
        )
    out = select(func.count()).where(Paper.amendment_id == record.id, Paper.withdrawn_at.is_(None))
    if session.scalar(out):
        return (
            f"Nachtrag {record.nr} ist für die Unterschrift gedruckt. "
            "Bitte diese Fassung zuerst zurückziehen, wenn sich noch etwas ändern soll."
        )
    return ""


def refuse_fixed(session: Session, record: Amendment) -> None:
    """Raise UserError if the amendment may not be changed now."""
    if sentence := fixed(session, record):
        raise UserError(sentence)


def refuse_contradiction(session: Session, record: Amendment, data: AmendmentInput) -> None:
    """Raise UserError if the agreement has changed since so that the amendment no longer fits it."""
    problems = _problems(session, record.agreement_id, record.id, data)
    if problems:
        raise UserError(f"Nachtrag {record.nr} passt nicht mehr: {' '.join(problems.values())}")


def numbers(
    session: Session, agreement_id: int, before_id: int | None = None, on: date | None = None
) -> list[str]:
    """The goals there will be on a day (None: today) once the earlier amendments hold that are not signed yet."""
    known = {goal.nr for goal in agreements.load(session, agreement_id, on).goals}
    earlier = select(Amendment.id).where(
        Amendment.agreement_id == agreement_id, Amendment.stage != Stage.SIGNED
    )
    if before_id is not None:
        earlier = earlier.where(Amendment.nr < session.get_one(Amendment, before_id).nr)
    pending = session.scalars(
        select(AmendmentGoal)
        .where(AmendmentGoal.amendment_id.in_(earlier))
        .order_by(AmendmentGoal.amendment_id)
    )
    for goal in pending:
        if goal.action is GoalAction.DROP:
            known.discard(goal.nr)
        else:
            known.add(goal.nr)
    return sorted(known, key=goal_order)


def _problems(
    session: Session, agreement_id: int, amendment_id: int | None, data: AmendmentInput
) -> dict[str, str]:
    before = basis(session, agreement_id, data.effective_from).term
    problems = amendment_problems(before, data.term(before), data.effective_from)
    if data.changes_amount and data.amount_cents is not None and data.amount_cents < 0:
        problems["amount_cents"] = "Der Betrag darf nicht negativ sein."
    joining, leaving = data.joining, data.leaving
    if sentence := amendment_parties.joining_problem(session, agreement_id, amendment_id, joining):
        problems["joining"] = sentence
    if sentence := amendment_parties.leaving_problem(
        session, agreement_id, amendment_id, joining, leaving, data.effective_from
    ):
        problems["leaving"] = sentence
    known = numbers(session, agreement_id, amendment_id, data.effective_from)
    used = session.scalars(select(Goal.nr).where(Goal.agreement_id == agreement_id))
    sentence = _goal_problem(data.goals, known, set(used) - set(known))
    if sentence:
        problems["goals"] = sentence
    return problems


def _goal_problem(goals: Sequence[GoalChangeInput], known: Iterable[str], used: set[str]) -> str:
    """`known`: the goals of the amendment's day, `used`: numbers of goals that are not agreed on that day."""
    there = set(known)
    seen: set[str] = set()
    for goal in goals:
        nr = goal.nr.strip()
        if not nr:
            return "Jedes Ziel braucht eine Nummer."
        if nr in seen:
            return f"Ziel {nr} steht zweimal im Nachtrag."
        seen.add(nr)
        if goal.action is GoalAction.ADD and nr in there:
            return f"Ziel {nr} gibt es in der Vereinbarung schon; es kann geändert werden oder entfallen."
        if goal.action is GoalAction.ADD and nr in used:
            return agreements.number_of_another_day(nr)
        if goal.action is not GoalAction.ADD and nr not in there:
            return f"Ein Ziel {nr} gibt es in der Vereinbarung nicht; es kann nur neu dazukommen."
    return ""


def _save_goals(session: Session, amendment_id: int, wanted: Sequence[GoalChangeInput]) -> None:
    stored = session.scalars(select(AmendmentGoal).where(AmendmentGoal.amendment_id == amendment_id))
    known = {goal.nr: goal for goal in stored}
    for gone in known.keys() - {goal.nr.strip() for goal in wanted}:
        session.delete(known[gone])
    for data in wanted:
        nr = data.nr.strip()
        goal = known.get(nr) or AmendmentGoal(amendment_id=amendment_id, nr=nr)
        goal.action = data.action
        for name in GOAL_FIELDS:
            setattr(goal, name, None if data.action is GoalAction.DROP else getattr(data, name))
        session.add(goal)


def _goal_lines(goal: GoalInput | GoalChangeInput | None, blocks: dict[int, str]) -> dict[str, str]:
    if goal is None:
        return {}
    found = {}
    for name, word in GOAL_WORDS.items():
        value = getattr(goal, name)
        text = blocks.get(value, "") if name == "building_block_id" else value
        if text:
            found[word] = german(text) if isinstance(text, date) else str(text)
    return found


def _lines(values: dict[str, str]) -> str:
    return "\n".join(f"{word}: {text}" for word, text in values.items())


def _money(cents: int | None) -> str:
    return "" if cents is None else euro(cents)
