"""Deadlines of everything on record, and what she noted on them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreed import UNAMENDED
from app.domain.agreements.agreements import OWING_STAGES
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import Term
from app.domain.dates import add_months, german
from app.domain.deadlines.deadline_rules import (
    CONFIRMATION_MONTHS,
    AgreementFacts,
    DatedRule,
    GrantFacts,
    PayoutFacts,
    Span,
    agreement_deadlines,
    contact_deadline,
    grant_deadlines,
    offer_deadline,
)
from app.domain.deadlines.deadlines import Deadline, DeadlineKind, RecordKey, reminder_days
from app.domain.errors import refuse
from app.domain.grants.grant_rules import Origin, SourcedValue
from app.services.agreements import agreed as agreed_on
from app.services.agreements import instalments, signed
from app.services.agreements.agreement_terms import TERM_COLUMNS, agreed, partner_names
from app.services.grants import grant_standing
from app.services.records import filled, grouped
from db.models import (
    Actor,
    Agreement,
    Contact,
    DeadlineMark,
    DrawDown,
    Grant,
    Offer,
    Quarter,
    YearlyTalk,
)

LONGEST_SPAN_DAYS = 36_500

Key = tuple[DeadlineKind, str, int, date]


@dataclass(frozen=True, slots=True)
class MarkedDeadline:
    """What she noted on a deadline: done (`until` None), or put off until a day."""

    deadline: Deadline
    until: date | None
    reason: str | None


def deadlines(session: Session, on: date, days: int = 365) -> list[Deadline]:
    """What is due from `on` for so many days, last day included, with what is overdue and can still be done.

    In order of date. What she marked as done is left out, what she put off comes back on its day.
    """
    return _shown(session, on, _all(session, on, days))


def by_quarter(session: Session, on: date) -> dict[int, list[Deadline]]:
    """What is due within a year by agreements and offers, in order of date, under the id of their quarter."""
    owners = {
        RecordKey(table, row_id): quarter_id
        for table, model in (("agreement", Agreement), ("offer", Offer))
        for row_id, quarter_id in session.execute(select(model.id, model.quarter_id))
    }
    found: defaultdict[int, list[Deadline]] = defaultdict(list)
    span = _span(on, 365)
    due = _in_order(*_of_agreements(session, span), *_of_offers(session, span))
    for deadline in _shown(session, on, due):
        owner = owners.get(deadline.opens)
        if owner is not None:
            found[owner].append(deadline)
    return found


def marked(session: Session, on: date, days: int = 365) -> list[MarkedDeadline]:
    """The deadlines of the same span that are done or put off, in order of date."""
    marks = _marks(session)
    return [
        MarkedDeadline(found, mark.until, mark.reason)
        for found in _all(session, on, days)
        if (mark := marks.get(_key(found))) is not None and _hidden(mark, on)
    ]


def mark_done(session: Session, deadline: Deadline, reason: str | None = None) -> None:
    """Note that a deadline is done."""
    _mark(session, deadline, None, reason)


def snooze(session: Session, deadline: Deadline, until: date, reason: str, on: date) -> None:
    """Put a deadline off until a day after `on`; raises Invalid without a reason or with a day that has passed."""
    problems = {}
    if until <= on:
        problems["until"] = f"Bitte einen Tag nach dem {german(on)} wählen."
    if not reason.strip():
        problems["reason"] = "Bitte kurz begründen, warum die Frist warten kann."
    refuse(problems)
    _mark(session, deadline, until, reason.strip())


def remove_marks(session: Session, found: Iterable[Deadline]) -> None:
    """Remove what was noted on these deadlines."""
    marks = _marks(session)
    for deadline in found:
        if (mark := marks.get(_key(deadline))) is not None:
            session.delete(mark)


def _mark(session: Session, deadline: Deadline, until: date | None, reason: str | None) -> None:
    mark = _marks(session).get(_key(deadline)) or DeadlineMark(
        kind=deadline.kind, table=deadline.about.table, record_id=deadline.about.id, day=deadline.day
    )
    mark.until, mark.reason = until, reason
    mark.marked_at = datetime.now().replace(microsecond=0)
    session.add(mark)


def _key(deadline: Deadline) -> Key:
    return deadline.kind, deadline.about.table, deadline.about.id, deadline.day


def _marks(session: Session) -> dict[Key, DeadlineMark]:
    found = session.scalars(select(DeadlineMark))
    return {(mark.kind, mark.table, mark.record_id, mark.day): mark for mark in found}


def _hidden(mark: DeadlineMark | None, on: date) -> bool:
    return mark is not None and (mark.until is None or mark.until > on)


def _shown(session: Session, on: date, found: list[Deadline]) -> list[Deadline]:
    """Without what she has marked."""
    marks = _marks(session)
    return [deadline for deadline in found if not _hidden(marks.get(_key(deadline)), on)]


def _span(on: date, days: int) -> Span:
    return Span(on, on + timedelta(days=min(max(days, 0), LONGEST_SPAN_DAYS)))


def _all(session: Session, on: date, days: int) -> list[Deadline]:
    span = _span(on, days)
    return _in_order(
        *_of_agreements(session, span),
        *_of_grants(session, span),
        *_of_offers(session, span),
        *_of_contacts(session, span),
    )


def _in_order(*found: Deadline) -> list[Deadline]:
    return sorted(found, key=lambda deadline: (deadline.day, deadline.kind, deadline.record, deadline.title))


def _of_agreements(session: Session, span: Span) -> Iterator[Deadline]:
    partners, talks = partner_names(session, span.on), _talks(session)
    goals, acting = _unfinished_goals(session, span.on), agreed_on.acting(session, span.on)
    coming = agreed_on.coming(session, span.on)
    own = (Agreement.id, Agreement.number, Agreement.title, Agreement.stage, Agreement.signed_on)
    money = Agreement.amount_cents, Agreement.proof_months
    unpaid = instalments.unpaid(session)
    query = select(*own, *money, Agreement.reminder_days, *TERM_COLUMNS)
    query = query.where(Agreement.stage.in_(OWING_STAGES), Agreement.id.not_in(signed.given_up()))
    for row in session.execute(query):
        now = acting.get(row.id, UNAMENDED)
        facts = filled(
            AgreementFacts,
            row,
            term=now.term(filled(Term, row)),
            amount_cents=now.amount_cents(row.amount_cents),
            partners=partners.get(row.id, ""),
            goals=tuple(goals.get(row.id, ())),
            reminders=reminder_days(row.reminder_days),
            talks=tuple(talks.get(row.id, ())),
            coming=coming.get(row.id, ()),
            instalments=tuple(unpaid.get(row.id, ())),
        )
        yield from agreement_deadlines(facts, span)


def _talks(session: Session) -> dict[int, list[date]]:
    """The days on which yearly talks were held, by agreement."""
    return grouped(session, select(YearlyTalk.agreement_id, YearlyTalk.day))


def _unfinished_goals(session: Session, on: date) -> dict[int, list[AgreedGoal]]:
    """As agreed on a day, by agreement."""
    goals: defaultdict[int, list[AgreedGoal]] = defaultdict(list)
    for goal in agreed_on.goals(session, on, unfinished=True):
        if goal.due is not None:
            goals[goal.agreement_id].append(agreed(goal))
    return goals


def _of_grants(session: Session, span: Span) -> Iterator[Deadline]:
    for grant in session.scalars(select(Grant).order_by(Grant.id)):
        yield from grant_deadlines(_grant_facts(session, grant, span.on), span)


def _grant_facts(session: Session, grant: Grant, on: date) -> GrantFacts:
    duties = grant_standing.duties(session, grant, on)
    values = duties.values
    window = values.usage_window.value
    numbered = session.execute(select(DrawDown.nr, DrawDown.id).where(DrawDown.grant_id == grant.id))
    ids = dict(numbered.all())
    notice = f"Bescheid vom {german(grant.notice_date)}" if grant.notice_date else f"Förderung {grant.short}"
    return GrantFacts(
        id=grant.id,
        short=grant.short,
        funder=grant.funder,
        end=grant.end,
        source=notice,
        proof=DatedRule(
            values.proof_due.value,
            f"Verwendungsnachweis nach dem Ende des Bewilligungszeitraums am {german(grant.end)}.",
            _source(values.proof_due),
        ),
        interim_proofs=tuple(
            DatedRule(
                day,
                f"Zwischennachweis {values.interim_months.value} Monate nach dem Ende des Haushaltsjahres.",
                _source(values.interim_months),
            )
            for day in duties.interim_proofs
        ),
        retention=_retention(session, grant, values.proof_due.value, values.retention_years),
        payouts=tuple(
            PayoutFacts(
                ids[use.payout.nr],
                use.payout.nr,
                use.open_cents,
                DatedRule(
                    use.payout.use_by,
                    f"Zu verwenden binnen {_window(window.months, window.weeks)} "
                    f"nach dem Erhalt am {german(use.payout.received_on)}.",
                    _source(values.usage_window),
                ),
            )
            for use in duties.payouts
        ),
    )


def _window(months: int, weeks: int | None) -> str:
    if weeks is not None:
        return f"{weeks} Wochen"
    return "eines Monats" if months == 1 else f"{months} Monaten"


def _source(rule: SourcedValue[Any]) -> str:
    """Where a value was read; one that is only assumed says so until she confirms it."""
    return f"{rule.source} (angenommen)" if rule.origin is Origin.ASSUMED else rule.source


def _retention(session: Session, grant: Grant, proof_due: date, years: SourcedValue[int]) -> DatedRule:
    """Receipts are kept from the day the proof was handed in: marked as done, else assumed on its due date."""
    handed_in = session.scalar(
        select(DeadlineMark.marked_at).where(
            DeadlineMark.kind == DeadlineKind.PROOF_OF_USE,
            DeadlineMark.table == Grant.__tablename__,
            DeadlineMark.record_id == grant.id,
            DeadlineMark.until.is_(None),
        )
    )
    start = handed_in.date() if handed_in else proof_due
    since = (
        f"nach Abgabe am {german(start)}"
        if handed_in
        else f"nach der Fälligkeit am {german(start)} (angenommen)"
    )
    return DatedRule(
        add_months(start, 12 * years.value),
        f"Belege {years.value} Jahre aufbewahren, {since}; eine längere städtische Frist geht vor.",
        _source(years),
    )


def _of_offers(session: Session, span: Span) -> Iterator[Deadline]:
    latest = add_months(span.until, -CONFIRMATION_MONTHS) + timedelta(days=3)  # clamped months: a little more
    query = (
        select(Offer.id, Offer.title, Actor.name, Offer.confirmed_on, Quarter.short)
        .join(Actor, Actor.id == Offer.actor_id)
        .join(Quarter, Quarter.id == Offer.quarter_id)
        .where(Offer.confirmed_on <= latest)
    )
    for offer_id, title, actor, confirmed_on, quarter in session.execute(query):
        if confirmed_on is not None:
            found = offer_deadline(offer_id, title, actor, confirmed_on, f"{quarter} · {title}")
            if span.pending(found.day):
                yield found


def _of_contacts(session: Session, span: Span) -> Iterator[Deadline]:
    query = (
        select(Contact.id, Actor.id, Actor.name, Contact.delete_on, Actor.short)
        .join(Actor, Actor.id == Contact.actor_id)
        .where(Contact.delete_on <= span.until)
    )
    for contact_id, actor_id, actor, delete_on, short in session.execute(query):
        if delete_on is not None:
            yield contact_deadline(contact_id, actor_id, actor, delete_on, short)
