"""Goals of agreements: how each stands, over one agreement or all of them, and one to edit."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import UNAMENDED
from app.domain.agreements.agreements import BINDING_STAGES, AgreementKind, GoalState, Stage
from app.domain.agreements.goal_light import GoalStanding, Reported, Verdict, is_stale, share, verdict
from app.domain.agreements.goals import goal_order
from app.domain.agreements.term import Term
from app.domain.counting import next_number
from app.domain.errors import refuse
from app.services.agreements import agreed, signed_state
from app.services.agreements.agreed import GoalRow
from app.services.agreements.agreements import GoalInput
from app.services.records import delete, filled, lacking, pairs, values_of, write
from db.models import Actor, Agreement, BuildingBlock, Goal, GoalReport, Party, Quarter

SIGNED_STAGES = BINDING_STAGES | {Stage.ENDED}
"""Before the signature a goal is a plan; it cannot be overdue."""


@dataclass(frozen=True, slots=True)
class MeasuredGoal(GoalInput):
    """A goal with its target as a figure: `target_value` in `unit`."""

    target_value: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class OfAgreement:
    """The agreement a goal belongs to, as lists name it; `actors`: ids and names in the order of the parties."""

    id: int
    number: str
    title: str
    kind: AgreementKind
    stage: Stage
    stage_words: str
    begin: date | None
    quarter_id: int | None
    quarter: str
    actors: tuple[tuple[int, str], ...]

    @property
    def signed(self) -> bool:
        return self.stage in SIGNED_STAGES

    @property
    def partners(self) -> str:
        return ", ".join(name for _, name in self.actors)


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as it stands on a day."""

    id: int
    goal: MeasuredGoal
    building_block: str
    agreement: OfAgreement
    reports: int
    last: Reported | None
    verdict: Verdict

    @property
    def reached_percent(self) -> int | None:
        """The last figure in percent of the target."""
        return share(self.last.figure, self.goal.target_value) if self.last else None

    def unreported_since(self, on: date) -> bool:
        """Unfinished, and there was no report within half a year."""
        return self.goal.state in (GoalState.OPEN, GoalState.RUNNING) and (
            self.last is None or is_stale(self.last.day, on)
        )


def rows(session: Session, on: date, agreement_id: int | None = None) -> list[GoalLine]:
    """The goals of an agreement, or of all, in the order of agreement and number."""
    agreements = _agreements(session, on, agreement_id)
    lasts, counts = _last_reports(session, agreement_id)
    blocks = dict(pairs(session, select(BuildingBlock.id, BuildingBlock.name)))
    found = [
        _line(
            goal,
            blocks.get(goal.building_block_id or 0, ""),
            agreements[goal.agreement_id],
            lasts.get(goal.id),
            counts[goal.id],
            on,
        )
        for goal in agreed.goals(session, on, agreement_id)
    ]
    return sorted(found, key=lambda line: (line.agreement.number, goal_order(line.goal.nr)))


def load(session: Session, goal_id: int, on: date | None = None) -> MeasuredGoal:
    """The goal as it can be edited, in the words that hold on a day (None: today)."""
    goal = session.get_one(Goal, goal_id)
    words = agreed.acting_of(session, goal.agreement_id, on or date.today()).goal_words.get(goal_id, {})
    return filled(MeasuredGoal, goal, **words)


def blank(session: Session, agreement_id: int) -> MeasuredGoal:
    """A new goal with the next number."""
    numbers = session.scalars(select(Goal.nr).where(Goal.agreement_id == agreement_id))
    return MeasuredGoal(str(next_number(numbers)), "")


def save(
    session: Session, agreement_id: int, goal_id: int | None, data: MeasuredGoal, on: date | None = None
) -> int:
    """Write a goal; its id. Raises Invalid with a sentence for each field, and where it is agreed already.

    `on`: the day whose words these are.
    """
    data = replace(data, nr=data.nr.strip(), title=data.title.strip())
    problems = lacking(data, nr="Bitte eine Nummer eintragen.", title="Bitte den Wortlaut eintragen.")
    twin = select(Goal.id).where(
        Goal.agreement_id == agreement_id, Goal.nr == data.nr, Goal.id != (goal_id or 0)
    )
    if session.scalar(twin):
        problems["nr"] = f"Die Nummer {data.nr} steht schon an einem anderen Ziel."
    if data.target_value is not None and data.target_value <= 0:
        problems["target_value"] = "Der Zielwert muss über 0 liegen, sonst lässt sich nichts daran messen."
    refuse(problems)
    values = values_of(data, without={"id"}) | {"agreement_id": agreement_id}
    with signed_state.kept(session, agreement_id):
        if goal_id is not None:
            values = agreed.goal_at_source(session, goal_id, values, on or date.today())
        return write(session, Goal, goal_id, values).id


def change(session: Session, goal_id: int, data: MeasuredGoal) -> int:
    """Write a goal that is there, whichever agreement it belongs to. Raises Invalid as `save` does."""
    return save(session, session.get_one(Goal, goal_id).agreement_id, goal_id, data)


def remove(session: Session, goal_id: int) -> None:
    """Delete a goal with its reports. Raises Invalid where it is agreed already."""
    with signed_state.kept(session, session.get_one(Goal, goal_id).agreement_id):
        delete(session, Goal, goal_id)


def _line(
    goal: GoalRow, block: str, agreement: OfAgreement, last: Reported | None, count: int, on: date
) -> GoalLine:
    standing = GoalStanding(
        state=goal.state,
        begin=agreement.begin,
        due=goal.due,
        target=goal.target_value,
        last=last,
        counts=agreement.signed,
    )
    return GoalLine(
        id=goal.id,
        goal=filled(MeasuredGoal, goal),
        building_block=block,
        agreement=agreement,
        reports=count,
        last=last,
        verdict=verdict(standing, on),
    )


def _agreements(session: Session, on: date, agreement_id: int | None) -> dict[int, OfAgreement]:
    parties = (
        select(Party.agreement_id, Actor.id, Actor.name)
        .join(Actor, Actor.id == Party.actor_id)
        .where(agreed.is_party(session, on, agreement_id))
        .order_by(Party.position, Party.id)
    )
    query = select(Agreement, func.coalesce(Quarter.name, "")).outerjoin(
        Quarter, Quarter.id == Agreement.quarter_id
    )
    if agreement_id is not None:
        parties = parties.where(Party.agreement_id == agreement_id)
        query = query.where(Agreement.id == agreement_id)
    actors: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for of, actor_id, name in session.execute(parties):
        actors[of].append((actor_id, name))
    acting = agreed.acting(session, on, agreement_id)
    return {
        one.id: filled(
            OfAgreement,
            one,
            stage=acting.get(one.id, UNAMENDED).stage(one.stage),
            stage_words=acting.get(one.id, UNAMENDED).stage_words(one.stage, filled(Term, one), on),
            quarter=quarter,
            actors=tuple(actors[one.id]),
        )
        for one, quarter in session.execute(query)
    }


def _last_reports(session: Session, agreement_id: int | None) -> tuple[dict[int, Reported], Counter[int]]:
    query = select(GoalReport).order_by(GoalReport.day, GoalReport.id)
    if agreement_id is not None:
        query = query.join(Goal, Goal.id == GoalReport.goal_id).where(Goal.agreement_id == agreement_id)
    lasts: dict[int, Reported] = {}
    counts: Counter[int] = Counter()
    for report in session.scalars(query):
        lasts[report.goal_id] = filled(Reported, report)
        counts[report.goal_id] += 1
    return lasts, counts
