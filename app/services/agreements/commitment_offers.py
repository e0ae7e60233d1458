"""From a signed agreement to its commitments: what the program proposes to create, and creating it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.instalments import DuePart, by_year
from app.domain.agreements.term import outlook
from app.domain.errors import Invalid
from app.services.agreements import agreed, instalments
from app.services.agreements.agreement_funding import uncommitted_of
from app.services.agreements.agreement_terms import partner_names
from app.services.budgets import budgets, commitments
from app.services.budgets.commitments import CommitmentInput
from db.models import Agreement, Budget, Commitment


@dataclass(frozen=True, slots=True)
class CommitmentOfferLine:
    """A commitment to create. `budget_id` or `amount_cents` None: still to be entered."""

    number: str | None = None
    budget_id: int | None = None
    amount_cents: int | None = None
    until_year: int | None = None


@dataclass(frozen=True, slots=True)
class CommitmentOffer:
    """What is proposed for an agreement.

    `whole`: one commitment, reaching into later years where the agreement does (Verpflichtungsermächtigung).
    `yearly`: one for each budget year by the instalments, empty unless they fall into several years.
    `without_budget`: (year, cents) for which there is no budget yet; they stay uncommitted until there is.
    """

    title: str
    recipient: str
    decision: str | None
    uncommitted_cents: int
    last_year: int | None
    whole: CommitmentOfferLine
    yearly: tuple[CommitmentOfferLine, ...]
    without_budget: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CommitmentOfferInput:
    """What she made of the offer."""

    title: str
    lines: tuple[CommitmentOfferLine, ...]
    overspending_reason: str | None = None


def offer(session: Session, agreement_id: int, on: date) -> CommitmentOffer:
    """What to create for what is not committed yet."""
    record = session.get_one(Agreement, agreement_id)
    missing = uncommitted_of(session, agreement_id, on)
    budget = session.get(Budget, record.budget_id) if record.budget_id is not None else None
    if budget is not None and budget.year < on.year:  # a year that is over takes no more commitments
        budget = _budget_of(session, budget, on.year) or budget
    start = max(budget.year, on.year) if budget else on.year
    sums = _still_missing(session, record, start, missing)
    last = _last_year(session, record, list(sums), on)
    whole_until = last if last is not None and last > start else None
    lines: list[CommitmentOfferLine] = []
    without: list[tuple[int, int]] = []
    taken = list(session.scalars(select(Commitment.number)))
    number = commitments.next_number(taken, budget.year) if budget else None
    if len(sums) > 1 and budget is not None:
        for year, cents in sums.items():
            home = _budget_of(session, budget, year)
            if home is None:
                without.append((year, cents))
                continue
            taken.append(commitments.next_number(taken, home.year))
            lines.append(CommitmentOfferLine(taken[-1], home.id, cents))
    return CommitmentOffer(
        title=f"{record.number} {record.title}",
        recipient=partner_names(session, on).get(record.id, ""),
        decision=record.decision,
        uncommitted_cents=missing,
        last_year=last,
        whole=CommitmentOfferLine(number, budget.id if budget else None, missing, whole_until),
        yearly=tuple(lines),
        without_budget=tuple(without),
    )


def create(session: Session, agreement_id: int, data: CommitmentOfferInput, on: date) -> list[int]:
    """Create the commitments, all in one step. Raises Invalid; overspending is for the caller to warn of."""
    found = offer(session, agreement_id, on)
    if not data.lines:
        raise Invalid({"lines": "Bitte mindestens eine Mittelbindung eintragen."})
    made = []
    for place, line in enumerate(data.lines, start=1):
        if not line.amount_cents:
            raise Invalid({"lines": f"Zeile {place}: Bitte einen Betrag eintragen."})
        values = CommitmentInput(
            line.budget_id,
            data.title,
            line.amount_cents,
            number=line.number,
            day=on,
            recipient=found.recipient or None,
            agreement_id=agreement_id,
            decision=found.decision,
            until_year=line.until_year,
        )
        try:
            made.append(commitments.save(session, None, values))
        except Invalid as error:
            title = error.problems.pop("title", None)
            problems = {"title": title} if title else {}
            if error.problems:
                problems["lines"] = f"Zeile {place}: {' '.join(error.problems.values())}"
            raise Invalid(problems) from error
    for budget_id in {line.budget_id for line in data.lines if line.budget_id is not None}:
        if budgets.overspent_after(session, budget_id, 0):
            budgets.give_reason(session, budget_id, data.overspending_reason)
    return made


def overspent(session: Session, lines: Sequence[CommitmentOfferLine]) -> list[tuple[str, int, int]]:
    """(number of the budget, available now, available afterwards) for each budget of the lines, in cents."""
    sums: Counter[int] = Counter()
    for line in lines:
        if line.budget_id is not None:
            sums[line.budget_id] += line.amount_cents or 0
    found = []
    for budget_id, cents in sums.items():
        now = budgets.available(session, budget_id)
        found.append((session.get_one(Budget, budget_id).number, now, now - cents))
    return found


def _still_missing(session: Session, record: Agreement, start: int, missing: int) -> dict[int, int]:
    """What each budget year still needs: the instalments of the year less its commitments, in all `missing` at most.

    What is left of years before `start` is still to be paid, and so needed in `start`.
    """
    dues = [DuePart(one.amount_cents, one.due) for one in instalments.records(session, record.id)]
    needed = Counter(by_year(dues, start))
    for row in commitments.rows(session, agreement_id=record.id):
        needed[row.budget_year] -= row.amount_cents
    needed[start] += sum(max(needed.pop(year), 0) for year in list(needed) if year < start)
    rest, sums = missing, {}
    for year, cents in sorted(needed.items()):
        sums[year] = min(max(cents, 0), rest)
        rest -= sums[year]
    return {year: cents for year, cents in sums.items() if cents}


def _last_year(session: Session, record: Agreement, years: list[int], on: date) -> int | None:
    """The budget year the last payment falls into: by the instalments, else by the end of the term."""
    if years:
        return max(years)
    runs_until = outlook(agreed.term(session, record.id, on), on).runs_until
    return runs_until.year if runs_until else None


def _budget_of(session: Session, budget: Budget, year: int) -> Budget | None:
    """The budget that goes on as this one in another year: the only one with its internal order there."""
    if year == budget.year:
        return budget
    if budget.internal_order is None:
        return None
    query = select(Budget).where(Budget.internal_order == budget.internal_order, Budget.year == year)
    found = session.scalars(query).all()
    return found[0] if len(found) == 1 else None
