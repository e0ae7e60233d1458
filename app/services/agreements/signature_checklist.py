"""Gathers what the checklist before signature is judged by."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.agreements.signature_checklist import BudgetFacts, ChecklistFacts, PartyFacts
from app.services import office
from app.services.agreements import (
    agreement_register,
    agreements,
    clause_comments,
    instalments,
)
from app.services.agreements.agreement_terms import parties_of, represented
from app.services.budgets import budgets
from db.models import Agreement, Budget, Commitment


def facts(
    session: Session,
    agreement_id: int,
    on: date,
    gaps: tuple[str, ...] = (),
    left_out: tuple[str, ...] = (),
) -> ChecklistFacts:
    """What an agreement says on a day.

    `gaps`: what the printed text lacks beyond that, in words; `left_out`: obligatory clauses that it lacks.
    """
    record = session.get_one(Agreement, agreement_id)
    data = agreements.load(session, agreement_id, on)
    return ChecklistFacts(
        kind=data.kind,
        term=data.term,
        parties=_parties(session, agreement_id, on),
        goals=agreement_register.goals_of(session, agreement_id, on),
        city_lacks=_city_lacks(session),
        amount_cents=data.amount_cents,
        instalments=tuple((one.due, one.amount_cents) for one in instalments.records(session, agreement_id)),
        budget=_budget(session, agreement_id, record.budget_id),
        decision=record.decision or "",
        open_comments=clause_comments.open_count(session, agreement_id),
        left_out=left_out,
        gaps=gaps,
    )


def _parties(session: Session, agreement_id: int, on: date) -> tuple[PartyFacts, ...]:
    return tuple(
        PartyFacts(
            actor.id,
            actor.name,
            bool(actor.street and actor.city),
            bool(represented(party, actor)[0].strip()),
        )
        for party, actor in parties_of(session, agreement_id, on)
    )


def _city_lacks(session: Session) -> tuple[str, ...]:
    said = office.load(session)
    return tuple(
        sentence
        for there, sentence in (
            (said.authority, "Der Name der Stadt fehlt."),
            (said.street and said.city, "Die Anschrift der Stadt fehlt."),
            (said.signatories, "Es fehlt, wer für die Stadt unterschreibt."),
        )
        if not there
    )


def _budget(session: Session, agreement_id: int, budget_id: int | None) -> BudgetFacts | None:
    """The budget with what is left in it, this agreement's own commitments not counted as used by others."""
    if budget_id is None:
        return None
    budget = session.get_one(Budget, budget_id)
    own = select(func.coalesce(func.sum(Commitment.amount_cents), 0)).where(
        Commitment.agreement_id == agreement_id,
        Commitment.budget_id == budget_id,
        Commitment.closed_on.is_(None),
    )
    available = budgets.available(session, budget_id)
    return BudgetFacts(budget.number, budget.year, available + (session.scalar(own) or 0))
