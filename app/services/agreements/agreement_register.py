"""The register of agreements: rows to show, filters, and all that belongs to one agreement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import UNAMENDED, Acting
from app.domain.agreements.agreement_wording import Finding, findings, term_phrase
from app.domain.agreements.agreements import BINDING_STAGES, UNFINISHED_GOALS, AgreementKind, Stage
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import Outlook, Term, outlook
from app.domain.dates import german
from app.services.agreements import agreed as agreed_on
from app.services.agreements.agreement_terms import agreed, parties_of, partner_names, represented
from app.services.agreements.agreements import AgreementInput, load
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.services.records import columns, filled, grouped, pairs, read
from db.models import Actor, Agreement, BuildingBlock, Commitment, Goal, Party, Quarter

DECISION_DAYS = 90
"""An agreement wants a decision when it ends, or its last day of notice comes, within so many days."""


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """What the register shows; None = everything. `due_days`: a date to act by within so many days."""

    kind: AgreementKind | None = None
    stage: Stage | None = None
    quarter_id: int | None = None
    actor_id: int | None = None
    due_days: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in the register. `stage_words`: the stage with what it points to, as it is shown everywhere."""

    id: int
    number: str
    kind: AgreementKind
    title: str
    stage: Stage
    stage_words: str
    quarter_id: int | None
    quarter: str
    partners: str
    term: Term
    view: Outlook
    amount_cents: int | None
    goals_open: int
    goals_total: int
    signed_on: date | None

    @property
    def binding(self) -> bool:
        return self.stage in BINDING_STAGES

    @property
    def over(self) -> bool:
        """Its last day has passed although the stage says that it still binds."""
        return self.binding and self.view.over

    @property
    def act_by(self) -> date | None:
        """The next date to act by: its end, or the last day a notice can arrive."""
        if not self.binding or self.view.over:
            return None
        if self.view.final is not None:
            return self.view.final
        if self.view.runs_until is None or self.view.next_possible_end is None:
            return None
        return self.view.next_possible_end.receipt

    def due_within(self, days: int, on: date) -> bool:
        """Something is to be decided within so many days, or its end has passed unnoticed."""
        return self.over or (self.act_by is not None and self.act_by <= on + timedelta(days=days))

    @property
    def duration(self) -> str:
        return term_phrase(self.term)


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer to "what is running, what wants a decision"; `over`: ended although the stage says otherwise."""

    running: int
    over: int
    deciding: int
    first_day: date | None


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party as shown; `represented_by` and `function` also where the agreement leaves them to the actor."""

    actor_id: int
    name: str
    represented_by: str
    function: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementDetail:
    """All that belongs to one agreement."""

    row: AgreementRow
    data: AgreementInput
    parties: tuple[PartyRow, ...]
    goals: tuple[AgreedGoal, ...]
    findings: tuple[Finding, ...]
    belongs_to: str | None
    dependents: tuple[tuple[int, str], ...]
    committed_cents: int
    papers: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class ActorChoice:
    """An actor to choose as party, with who usually represents it."""

    id: int
    short: str
    name: str
    represented_by: str | None
    function: str | None


@dataclass(frozen=True, slots=True)
class AgreementChoices:
    """What the form offers: (id, text) pairs, and actors."""

    quarters: tuple[tuple[int, str], ...] = ()
    actors: tuple[ActorChoice, ...] = ()
    building_blocks: tuple[tuple[int, str], ...] = ()
    agreements: tuple[tuple[int, str], ...] = ()


def rows(session: Session, on: date, wanted: AgreementFilter = AgreementFilter()) -> list[AgreementRow]:
    """The register as it stands on a day, by number."""
    query = select(Agreement, Quarter.name).outerjoin(Quarter, Quarter.id == Agreement.quarter_id)
    for name in ("id", "kind", "quarter_id"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(getattr(Agreement, name) == value)
    if wanted.actor_id is not None:
        query = query.where(
            Agreement.id.in_(select(Party.agreement_id).where(Party.actor_id == wanted.actor_id))
        )
    partners, acting = partner_names(session), agreed_on.acting(session, on)
    goals = _goal_counts(session, acting)
    found = [
        _row(record, acting.get(record.id, UNAMENDED), quarter, partners.get(record.id, ""), counts, on)
        for record, quarter in session.execute(query.order_by(Agreement.number))
        for counts in (goals.get(record.id, (0, 0)),)
    ]
    if wanted.stage is not None:
        found = [row for row in found if row.stage is wanted.stage]
    if wanted.due_days is None:
        return found
    return [row for row in found if row.due_within(wanted.due_days, on)]


def summary(session: Session, on: date) -> Summary:
    """How many run, how many want a decision soon, and the first day for it."""
    return summed_up(rows(session, on), on)


def summed_up(shown: Sequence[AgreementRow], on: date) -> Summary:
    """The same for rows that are there already."""
    binding = [row for row in shown if row.binding]
    over = sum(row.over for row in binding)
    until = on + timedelta(days=DECISION_DAYS)
    days = sorted(row.act_by for row in binding if row.act_by is not None and row.act_by <= until)
    return Summary(len(binding) - over, over, len(days), days[0] if days else None)


def detail(session: Session, agreement_id: int, on: date) -> AgreementDetail:
    """All that belongs to one agreement."""
    record = session.get_one(Agreement, agreement_id)
    quarter = session.scalar(select(Quarter.name).where(Quarter.id == record.quarter_id))
    parties, goals = _party_rows(session, agreement_id), goals_of(session, agreement_id, on)
    counts = (sum(goal.state in UNFINISHED_GOALS for goal in goals), len(goals))
    acting = agreed_on.acting_of(session, agreement_id, on)
    row = _row(record, acting, quarter, "; ".join(party.name for party in parties), counts, on)
    committed = select(func.coalesce(func.sum(Commitment.amount_cents), 0))
    parent = select(Agreement.number).where(Agreement.id == record.belongs_to_id)
    children = select(Agreement.id, Agreement.number).where(Agreement.belongs_to_id == agreement_id)
    return AgreementDetail(
        row=row,
        data=load(session, agreement_id, on),
        parties=parties,
        goals=goals,
        findings=tuple(
            findings(row.term, on, agreed_on.coming(session, on, agreement_id).get(agreement_id, ()))
        ),
        belongs_to=session.scalar(parent),
        dependents=pairs(session, children.order_by(Agreement.number)),
        committed_cents=session.scalar(committed.where(Commitment.agreement_id == agreement_id)) or 0,
        papers=tuple(papers.rows(session, agreement_id)),
    )


def choices(session: Session) -> AgreementChoices:
    """What the form and the filters offer."""
    named = Agreement.number + " · " + Agreement.title
    actors = select(*columns(ActorChoice, Actor)).order_by(Actor.name)
    return AgreementChoices(
        quarters=pairs(session, select(Quarter.id, Quarter.name).order_by(Quarter.name)),
        actors=tuple(read(session, ActorChoice, actors)),
        building_blocks=pairs(
            session, select(BuildingBlock.id, BuildingBlock.name).order_by(BuildingBlock.position)
        ),
        agreements=pairs(session, select(Agreement.id, named).order_by(Agreement.number)),
    )


def _row(
    record: Agreement,
    acting: Acting,
    quarter: str | None,
    partners: str,
    goals: tuple[int, int],
    on: date,
) -> AgreementRow:
    term = acting.term(filled(Term, record))
    view = outlook(term, on)
    return filled(
        AgreementRow,
        record,
        stage=acting.stage(record.stage),
        stage_words=_said(acting, record, view, on),
        amount_cents=acting.amount_cents(record.amount_cents),
        quarter=quarter or "",
        partners=partners,
        term=term,
        view=view,
        goals_open=goals[0],
        goals_total=goals[1],
    )


def _said(acting: Acting, record: Agreement, view: Outlook, on: date) -> str:
    """The stage in words; one that has run out while it still counts as running says so."""
    if record.stage in BINDING_STAGES and view.over:
        return "abgelaufen" if view.runs_until is None else f"abgelaufen am {german(view.runs_until)}"
    return acting.stage_words(record.stage, filled(Term, record), on)


def actors_by_agreement(session: Session) -> dict[int, frozenset[int]]:
    """The actors that are party of each agreement."""
    found = grouped(session, select(Party.agreement_id, Party.actor_id))
    return {agreement_id: frozenset(actors) for agreement_id, actors in found.items()}


def _goal_counts(session: Session, acting: Mapping[int, Acting]) -> dict[int, tuple[int, int]]:
    """(unfinished, all) goals of each agreement with the amendments that act; counted by the store."""
    unfinished = func.count().filter(Goal.state.in_(UNFINISHED_GOALS))
    query = select(Goal.agreement_id, unfinished, func.count()).group_by(Goal.agreement_id)
    hidden = {goal_id for now in acting.values() for goal_id in now.hidden}
    query = query.where(Goal.id.not_in(hidden))
    return {agreement_id: (open_, total) for agreement_id, open_, total in session.execute(query)}


def _party_rows(session: Session, agreement_id: int) -> tuple[PartyRow, ...]:
    return tuple(_party_row(party, actor) for party, actor in parties_of(session, agreement_id))


def _party_row(party: Party, actor: Actor) -> PartyRow:
    by, function = represented(party, actor)
    return filled(PartyRow, party, name=actor.name, represented_by=by, function=function)


def goals_of(session: Session, agreement_id: int, on: date) -> tuple[AgreedGoal, ...]:
    """The goals of an agreement as agreed on a day, in their order."""
    blocks = dict(pairs(session, select(BuildingBlock.id, BuildingBlock.name)))
    found = agreed_on.goals(session, on, agreement_id)
    return tuple(agreed(goal, blocks.get(goal.building_block_id or 0, "")) for goal in found)
