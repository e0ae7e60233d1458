"""Agreements with their parties and goals: to edit, to sign, to end."""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, count

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.actor_proofs import USUAL_MONTHS
from app.domain.agreements.agreements import BINDING_STAGES, AgreementKind, GoalState, Stage
from app.domain.agreements.goal_wording import said_figure
from app.domain.agreements.goals import goal_order
from app.domain.agreements.term import NoticeEffect, NoticeUnit, Term, term_problems
from app.domain.agreements.what_is_signed import notice_refusal
from app.domain.budgets.budgets import number_after
from app.domain.deadlines.deadlines import DEFAULT_REMINDERS, reminder_days
from app.domain.errors import UserError, refuse
from app.services.agreements import (
    agreed,
    agreement_clauses,
    signatories,
    signed,
    signed_state,
    stage_changes,
)
from app.services.agreements.agreement_terms import parties_of
from app.services.records import (
    Hanging,
    delete,
    field_names,
    filled,
    is_taken,
    lacking,
    refuse_if_used,
    values_of,
    write,
)
from db.models import (
    Agreement,
    Amendment,
    AmendmentGoal,
    Attachment,
    Booking,
    Commitment,
    Correction,
    Goal,
    GoalReport,
    Instalment,
    Notice,
    Paper,
    Party,
)


@dataclass(frozen=True, slots=True)
class PartyInput:
    """An actor that signs; the first one of an agreement is the main partner."""

    actor_id: int
    represented_by: str | None = None
    function: str | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class GoalInput:
    """A goal; `nr` names it within its agreement. `id`: of the stored one, which keeps its reports if `nr` changes."""

    nr: str
    title: str
    building_block_id: int | None = None
    measure: str | None = None
    indicator: str | None = None
    target: str | None = None
    due: date | None = None
    responsible: str | None = None
    evidence: str | None = None
    state: GoalState = GoalState.OPEN
    id: int | None = field(default=None, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class AgreementInput:
    """An agreement to edit, with its parties and goals in their order."""

    number: str
    kind: AgreementKind
    title: str
    parties: tuple[PartyInput, ...] = ()
    goals: tuple[GoalInput, ...] = ()
    quarter_id: int | None = None
    stage: Stage = Stage.DRAFT
    signed_on: date | None = None
    begin: date | None = None
    end: date | None = None
    minimum_until: date | None = None
    renewal_months: int | None = None
    notice: int | None = None
    notice_unit: NoticeUnit | None = None
    notice_effect: NoticeEffect | None = None
    terminated_to: date | None = None
    amount_cents: int | None = None
    proof_months: int | None = USUAL_MONTHS
    belongs_to_id: int | None = None
    reminders: tuple[int, ...] = DEFAULT_REMINDERS
    notes: str | None = None

    @property
    def term(self) -> Term:
        """What it says about its duration."""
        return filled(Term, self)


_GOAL_FIELDS = tuple(name for name in field_names(GoalInput) if name != "id")


def load(session: Session, agreement_id: int, on: date | None = None) -> AgreementInput:
    """The agreement as it can be edited, with the amendments that act on a day (None: today)."""
    on = on or date.today()
    record = session.get_one(Agreement, agreement_id)
    now = agreed.acting_of(session, agreement_id, on)
    loaded = filled(
        AgreementInput,
        record,
        parties=tuple(filled(PartyInput, party) for party, _ in parties_of(session, agreement_id, on)),
        goals=tuple(filled(GoalInput, goal) for goal in agreed.goals(session, on, agreement_id)),
        stage=now.stage(record.stage),
        reminders=reminder_days(record.reminder_days),
    )
    return replace(loaded, **now.values)


def save(
    session: Session,
    agreement_id: int | None,
    data: AgreementInput,
    on: date | None = None,
    template_id: int | None = None,
) -> int:
    """Write an agreement with its parties and goals; its id. Raises Invalid with a sentence for each field.

    Once it is signed, what is agreed stays (domain.md, "What is signed is agreed"). `on`: the day another stage is
    noted for, and whose words these are; None: today. `template_id`: what its text is made from, see
    `agreement_clauses.pin`.
    """
    on = on or date.today()
    refuse(_problems(session, agreement_id, data) | _hidden(session, agreement_id, data, on))
    with signed_state.kept(session, agreement_id):
        record_id = _write(session, agreement_id, data, on, template_id)
    if agreement_id is None:  # of one that was there `kept` has seen to it
        signed_state.settle(session, record_id, at_signature=False)
    return record_id


def _write(
    session: Session, agreement_id: int | None, data: AgreementInput, on: date, template_id: int | None
) -> int:
    before = None
    if agreement_id is not None:
        before = session.get_one(Agreement, agreement_id).stage
        if data.stage is not before:
            signed.refuse_back(session, agreement_id, data.stage)
    values = values_of(data, without=("parties", "goals", "reminders"))
    values["reminder_days"] = ";".join(map(str, data.reminders))
    if agreement_id is not None:
        values = agreed.at_source(session, agreement_id, values, on)
    record = write(session, Agreement, agreement_id, values)
    if record.stage is not before and (before is not None or record.stage is Stage.DRAFT):
        # one that is entered when it runs already came to its stage on a day that nobody asks for
        stage_changes.note_change(session, record, on)
    agreement_clauses.pin(session, record.id, template_id)
    _save_parties(session, record.id, data.parties, on)
    _save_goals(session, record.id, data.goals, on)
    return record.id


def remove(session: Session, agreement_id: int) -> None:
    """Delete an agreement with its parties and goals; raises UserError while money or a duty to keep hangs on it.

    What came of one that is signed or ended is part of what must be kept: its signed state, instalments, scans,
    letters, notices, amendments, reports (domain.md: not deletable while money or retention hangs on it).
    """
    record = session.get_one(Agreement, agreement_id)
    commitments = select(Commitment.id).where(Commitment.agreement_id == agreement_id)
    goals = select(Goal.id).where(Goal.agreement_id == agreement_id)
    hanging: list[Hanging] = [
        (Commitment.agreement_id, "Mittelbindung", "Mittelbindungen"),
        (Booking.commitment_id.in_(commitments), "Buchung", "Buchungen"),
        (Paper.agreement_id, "ausgefertigtes Schriftstück", "ausgefertigte Schriftstücke"),
        (Agreement.belongs_to_id, "andere Vereinbarung", "andere Vereinbarungen"),
    ]
    if signed.is_signed(session, agreement_id) or record.stage is Stage.ENDED:
        hanging += [
            ((Agreement.id == agreement_id) & (Agreement.amount_cents > 0), "vereinbarter Betrag", "Beträge"),
            (Instalment.agreement_id, "vereinbarte Rate", "vereinbarte Raten"),
            (Notice.agreement_id, "Kündigung", "Kündigungen"),
            (Amendment.agreement_id, "Nachtrag", "Nachträge"),
            (Correction.agreement_id, "Korrektur", "Korrekturen"),
            (Attachment.agreement_id, "Anlage", "Anlagen"),
            (GoalReport.goal_id.in_(goals), "Bericht zu einem Ziel", "Berichte zu Zielen"),
        ]
    ended = record.stage is Stage.ENDED
    advice = "Sie bleibt als „beendet“ in der Liste." if ended else _END_INSTEAD
    refuse_if_used(session, record.number, agreement_id, hanging, advice)
    for before in session.scalars(select(Agreement).where(Agreement.successor_id == agreement_id)):
        before.successor_id = None
    session.flush()
    delete(session, Agreement, agreement_id)


_END_INSTEAD = "Statt zu löschen, kann der Stand auf „beendet“ gesetzt werden."


def set_stage(
    session: Session,
    agreement_id: int,
    stage: Stage,
    day: date | None = None,
    who: str | None = None,
    note: str | None = None,
) -> None:
    """Put an agreement into another stage, on a day (None: today), by whom (None: the office).

    Raises UserError where it would bind although not all have signed, Invalid for a stage from before the signature
    once somebody has. One that came with its stage from a list,
    already binding, needs no signature on record.
    """
    record = session.get_one(Agreement, agreement_id)
    signed.refuse_back(session, agreement_id, stage)
    if stage in BINDING_STAGES and record.stage not in BINDING_STAGES:
        missing = signatories.unsigned(session, agreement_id)
        if missing:
            raise UserError(not_signed(record.number, stage, missing))
    stage_changes.put(session, record, stage, day or date.today(), who, note)


def not_signed(number: str, stage: Stage, missing: list[str]) -> str:
    """Why an agreement cannot come to a stage yet, and who is missing."""
    return (
        f"{number} kann noch nicht „{stage.word}“ sein: Die Unterschrift von {' und '.join(missing)} fehlt. "
        "Bitte unter „Unterschrift“ eintragen oder „Unterzeichnet am“ angeben, wenn alle am selben Tag "
        "unterschrieben haben."
    )


def set_goal_state(session: Session, goal_id: int, state: GoalState) -> None:
    """Note how far a goal is."""
    session.get_one(Goal, goal_id).state = state


BEFORE_SIGNING = frozenset({Stage.DRAFT, Stage.NEGOTIATION, Stage.READY_TO_SIGN, Stage.SIGNED})


def proposed_number(session: Session, kind: AgreementKind, year: int) -> str:
    """The next free number: ZV-2026-03."""
    prefix = f"{'ZV' if kind is AgreementKind.TARGET else 'KV'}-{year}-"
    taken = session.scalars(select(Agreement.number).where(Agreement.number.startswith(prefix)))
    head, tail = number_after(list(taken), prefix).rsplit("-", 1)
    return f"{head}-{tail.zfill(2)}"


def _problems(session: Session, agreement_id: int | None, data: AgreementInput) -> dict[str, str]:
    problems = term_problems(data.term) | lacking(
        data,
        number="Bitte eine Nummer eintragen.",
        title="Bitte einen Titel eintragen.",
        parties="Bitte mindestens einen Träger als Partner eintragen.",
    )
    if is_taken(session, Agreement.number, data.number.strip(), agreement_id):
        problems["number"] = f"Die Nummer {data.number.strip()} gibt es schon."
    if len({party.actor_id for party in data.parties}) < len(data.parties):
        problems["parties"] = "Ein Träger steht zweimal unter den Partnern."
    problems.update(_goal_problems(data.goals))
    if agreement_id is not None and _departs_from_notice(session, agreement_id, data.terminated_to):
        problems["terminated_to"] = notice_refusal(data.number)
    if agreement_id is not None and _hangs_on(session, data.belongs_to_id, agreement_id):
        problems["belongs_to_id"] = "Die Vereinbarung würde über „Gehört zu“ zu sich selbst gehören."
    if data.amount_cents is not None and data.amount_cents < 0:
        problems["amount_cents"] = "Der Betrag darf nicht negativ sein."
    return problems


def _hidden(session: Session, agreement_id: int | None, data: AgreementInput, on: date) -> dict[str, str]:
    """A new goal cannot have the number of one that an amendment has dropped, or adds later; nor a partner be taken in
    that leaves or joins by one.
    """
    if agreement_id is None:
        return {}
    problems = {}
    moved = agreed.hidden_parties(session, on, agreement_id)
    others = set(session.scalars(select(Party.actor_id).where(Party.id.in_(moved))))
    if others & {party.actor_id for party in data.parties}:
        problems["parties"] = (
            "Ein Träger in der Liste tritt durch einen Nachtrag erst später bei oder ist durch einen ausgeschieden."
        )
    now = {goal.id for goal in agreed.goals(session, on, agreement_id)}
    used = {goal.nr for goal in _goals(session, agreement_id) if goal.id not in now}
    taken = [nr for goal in data.goals if (nr := goal.nr.strip()) in used]
    if taken:
        problems["goals"] = number_of_another_day(taken[0])
    return problems


def number_of_another_day(nr: str) -> str:
    """Why a goal cannot have a number."""
    return (
        f"Die Nummer {nr} hat ein Ziel, das an diesem Tag nicht gilt (entfallen, oder es kommt erst später dazu). "
        "Bitte eine neue Nummer nehmen."
    )


def _departs_from_notice(session: Session, agreement_id: int, terminated_to: date | None) -> bool:
    """Whether another end is entered although a notice says it; it is kept as it stands."""
    noted = signed.has_notice(session, agreement_id)
    return noted and session.get_one(Agreement, agreement_id).terminated_to != terminated_to


def _goal_problems(goals: tuple[GoalInput, ...]) -> dict[str, str]:
    numbers = [goal.nr.strip() for goal in goals]
    if not all(numbers):
        return {"goals": "Jedes Ziel braucht eine Nummer."}
    if len(set(numbers)) < len(numbers):
        twice = next(nr for nr in numbers if numbers.count(nr) > 1)
        return {"goals": f"Die Nummer {twice} steht an zwei Zielen."}
    unnamed = [goal.nr for goal in goals if not goal.title.strip()]
    return {"goals": f"Ziel {unnamed[0]} braucht einen Wortlaut."} if unnamed else {}


def _hangs_on(session: Session, start: int | None, wanted: int) -> bool:
    seen: set[int] = set()
    while start is not None and start not in seen:
        if start == wanted:
            return True
        seen.add(start)
        start = session.scalar(select(Agreement.belongs_to_id).where(Agreement.id == start))
    return False


def _save_parties(session: Session, agreement_id: int, wanted: tuple[PartyInput, ...], on: date) -> None:
    """Those that are none on that day, before their amendment acts or after it, are no part of this, and keep their
    places.
    """
    known = {party.actor_id: party for party, _ in parties_of(session, agreement_id, on)}
    for gone in known.keys() - {party.actor_id for party in wanted}:
        session.delete(known[gone])
    last = select(func.max(Party.position)).where(Party.agreement_id == agreement_id)
    places = chain(sorted(party.position for party in known.values()), count((session.scalar(last) or 0) + 1))
    for position, data in zip(places, wanted, strict=False):
        party = known.get(data.actor_id) or Party(agreement_id=agreement_id, actor_id=data.actor_id)
        party.position = position
        party.represented_by, party.function = data.represented_by, data.function
        party.signed_on = data.signed_on
        session.add(party)


def _save_goals(session: Session, agreement_id: int, wanted: tuple[GoalInput, ...], on: date) -> None:
    """A goal is known by its id, one that was entered elsewhere (a list, an amendment) by its number.

    Goals that are not agreed on that day, before their amendment acts or after it, are no part of this.
    """
    now = {goal.id: goal for goal in agreed.goals(session, on, agreement_id)}
    stored = [goal for goal in _goals(session, agreement_id) if goal.id in now]
    by_id = {goal.id: goal for goal in stored}
    by_nr = {goal.nr: goal for goal in stored}
    taken = {data.id for data in wanted if data.id is not None}
    pairs = []
    for data in wanted:
        goal = by_id.get(data.id or 0)
        if goal is None and (same := by_nr.get(data.nr.strip())) is not None and same.id not in taken:
            goal = same
        pairs.append((goal or Goal(agreement_id=agreement_id), data))
    kept = {goal.id for goal, _ in pairs}
    for goal in stored:
        if goal.id not in kept:
            session.delete(goal)
    session.flush()
    moved = [goal for goal, data in pairs if goal.id is not None and goal.nr != data.nr.strip()]
    for goal in moved:
        goal.nr = f"{goal.nr}\n{goal.id}"  # free of every number while two change places
    if moved:
        session.flush()
    holders = agreed.words_holder(session, agreement_id, on)
    for goal, data in pairs:
        words = holders.get(goal.id, goal)
        measure_by(words, data.target)
        for name in _GOAL_FIELDS:
            setattr(words if name in agreed.GOAL_WORDS else goal, name, getattr(data, name))
        words.title = data.title.strip()
        goal.nr = data.nr.strip()
        session.add(goal)


def measure_by(goal: Goal | AmendmentGoal, target: str | None) -> None:
    """Where another target is agreed that is a figure, it is what the goal is measured by.

    A figure she chose herself, other than the one that was agreed, stays.
    """
    before, now = said_figure(goal.target), said_figure(target)
    own = goal.target_value is not None and (before is None or goal.target_value != before[0])
    if own or goal.target == target:
        return
    goal.target_value = now[0] if now else None
    if now and now[1]:
        goal.unit = now[1]


def _goals(session: Session, agreement_id: int) -> list[Goal]:
    found = session.scalars(select(Goal).where(Goal.agreement_id == agreement_id))
    return sorted(found, key=lambda goal: goal_order(goal.nr))
