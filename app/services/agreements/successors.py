"""Agreements that follow one another: a successor made from the one that ends, and the chain they form."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import Stage, stage_words
from app.domain.agreements.term import Term, outlook
from app.domain.dates import ONE_DAY, add_months, german, renewed
from app.domain.errors import UserError
from app.services.agreements import agreed, agreements
from app.services.agreements.agreed import GoalRow
from app.services.agreements.agreement_terms import parties_of
from app.services.records import filled
from db.models import Agreement, AgreementClause, Goal, Model, Party

LONGEST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class ChainLink:
    """An agreement of a chain, oldest first."""

    id: int
    number: str
    title: str
    stage: Stage
    begin: date | None
    end: date | None
    terminated_to: date | None

    @property
    def stage_words(self) -> str:
        """The stage with what its word points to."""
        return stage_words(self.stage, ends=self.terminated_to)


def create(session: Session, agreement_id: int, on: date) -> int:
    """Make the draft that follows an agreement: its id.

    Parties, unfinished goals, wording, term and amount come along; the term begins the day after the end and is as
    long as the first one. Signatures, board decision and reports do not. Raises UserError if there is a successor
    already, or no end to follow.
    """
    before = session.get_one(Agreement, agreement_id)
    day = _followed_on(session, agreement_id, on)
    now = agreed.acting_of(session, agreement_id, day)
    term = now.term(filled(Term, before))
    if before.successor_id is not None:
        number = session.get_one(Agreement, before.successor_id).number
        raise UserError(f"{before.number} hat mit {number} schon eine Folgevereinbarung.")
    end = outlook(term, day).runs_until
    if end is None:
        raise UserError(
            f"{before.number} läuft unbefristet. Bitte zuerst die Kündigung oder ein Ende eintragen; "
            "die Folgevereinbarung beginnt am Tag danach."
        )
    begin = end + ONE_DAY
    after = Agreement(
        number=agreements.proposed_number(session, before.kind, begin.year),
        **{name: now.values.get(name, value) for name, value in _copied(before, _AGREEMENT_FIELDS).items()},
        begin=begin,
        end=_same_length(term, begin),
        notes=f"Folgt auf {before.number}, die bis {german(end)} läuft.",
    )
    session.add(after)
    session.flush()
    before.successor_id = after.id
    _copy_parts(session, before.id, after, day)
    return after.id


def _followed_on(session: Session, agreement_id: int, on: date) -> date:
    """The day whose agreement is followed: today, or that of a later amendment with which it goes on before it ends."""
    amendments = agreed.amendments_of(session, agreement_id).get(agreement_id, ())
    for coming in sorted(one.effective_from for one in amendments if one.effective_from > on):
        end = outlook(agreed.term(session, agreement_id, on), on).runs_until
        if end is None or coming > end + ONE_DAY:
            break
        on = coming
    return on


def remove_link(session: Session, agreement_id: int) -> None:
    """Remove the link to the agreement that follows this one; both stay."""
    session.get_one(Agreement, agreement_id).successor_id = None


def chain(session: Session, agreement_id: int) -> list[ChainLink]:
    """The agreements before and after this one, oldest first, itself among them."""
    found = [session.get_one(Agreement, agreement_id)]
    seen = {agreement_id}
    while (earlier := _predecessor(session, found[0].id)) is not None and earlier.id not in seen:
        found.insert(0, earlier)
        seen.add(earlier.id)
    while found[-1].successor_id is not None and found[-1].successor_id not in seen:
        found.append(session.get_one(Agreement, found[-1].successor_id))
        seen.add(found[-1].id)
    return [filled(ChainLink, one, end=one.terminated_to or one.end) for one in found]


def _predecessor(session: Session, agreement_id: int) -> Agreement | None:
    return session.scalars(
        select(Agreement).where(Agreement.successor_id == agreement_id).order_by(Agreement.id)
    ).first()


def _same_length(before: Term, begin: date) -> date | None:
    """As many whole months as the first term had; None where it had none or no whole months."""
    if before.begin is None or before.end is None:
        return None
    months = (before.end.year - before.begin.year) * 12 + before.end.month - before.begin.month
    for count in (months, months + 1):
        if 0 < count <= LONGEST_MONTHS and renewed(before.begin - ONE_DAY, count) == before.end:
            return renewed(begin - ONE_DAY, count)
    return begin + (before.end - before.begin) if months < LONGEST_MONTHS else add_months(begin, 12) - ONE_DAY


def _copy_parts(session: Session, before_id: int, after: Agreement, on: date) -> None:
    for party, _ in parties_of(session, before_id, on):
        session.add(Party(agreement_id=after.id, **_copied(party, _PARTY_FIELDS)))
    for goal in agreed.goals(session, on, before_id, unfinished=True):
        late = goal.due is not None and after.begin is not None and goal.due < after.begin
        due = None if late else goal.due
        session.add(Goal(agreement_id=after.id, **_copied(goal, _GOAL_FIELDS), due=due))
    clauses = select(AgreementClause).where(AgreementClause.agreement_id == before_id)
    for clause in session.scalars(clauses):
        session.add(AgreementClause(agreement_id=after.id, **_copied(clause, _CLAUSE_FIELDS)))


def _copied(record: Model | GoalRow, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


_AGREEMENT_FIELDS = (
    "kind", "title", "quarter_id", "renewal_months", "notice", "notice_unit", "notice_effect", "amount_cents",
    "budget_id", "belongs_to_id", "template_version_id", "reminder_days",
)  # fmt: skip
_PARTY_FIELDS = ("actor_id", "position", "represented_by", "function")
_GOAL_FIELDS = (
    "nr", "title", "building_block_id", "measure", "indicator", "target", "target_value", "unit", "responsible",
    "evidence",
)  # fmt: skip
_CLAUSE_FIELDS = ("position", "clause_version_id", "title", "text", "is_included", "is_numbered")
