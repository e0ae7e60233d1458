"""Derives the deadlines that follow from what is on record (domain.md, Dates; exchange.md, section 4)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from app.domain.agreements.actor_proofs import actor_proofs, months_phrase
from app.domain.agreements.agreement_wording import (
    ComingTerm,
    coming_words,
    notice_rule,
    renewal_before,
    term_end_rule,
)
from app.domain.agreements.agreements import BINDING_STAGES, OWING_STAGES, Stage
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.instalments import OpenInstalment
from app.domain.agreements.term import Term, final_end, next_possible_end, running_end, term_ends
from app.domain.agreements.yearly_talks import covered, next_talk, talk_days
from app.domain.dates import ONE_DAY, add_months, german, next_working_day
from app.domain.deadlines.deadlines import DEFAULT_REMINDERS, Deadline, DeadlineKind, RecordKey
from app.domain.money import euro

CONFIRMATION_MONTHS = 12
"""An offer is confirmed once a year (domain.md)."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days somebody asks for: `on` to `until`, both included."""

    on: date
    until: date

    def ahead(self, day: date) -> bool:
        """Not passed and near enough: for what cannot be made good later."""
        return self.on <= day <= self.until

    def pending(self, day: date) -> bool:
        """Near enough, or overdue: for what can still be done late."""
        return day <= self.until


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What an agreement says that deadlines follow from; `goals` only the unfinished ones, `talks` those held,
    `instalments` those not paid in full.

    `term`: as it holds on the day asked about; `coming`: what signed amendments make of it after that day.
    """

    id: int
    number: str
    title: str
    stage: Stage
    term: Term
    partners: str
    signed_on: date | None
    goals: tuple[AgreedGoal, ...] = ()
    reminders: tuple[int, ...] = DEFAULT_REMINDERS
    talks: tuple[date, ...] = ()
    amount_cents: int | None = None
    proof_months: int | None = None
    coming: tuple[ComingTerm, ...] = ()
    instalments: tuple[OpenInstalment, ...] = ()

    @property
    def source(self) -> str:
        signed = f", unterzeichnet am {german(self.signed_on)}" if self.signed_on else ""
        return f"Vereinbarung {self.number}{signed}"


def agreement_deadlines(facts: AgreementFacts, span: Span) -> Iterator[Deadline]:
    """End of term or last day of notice, goals and yearly talks while the agreement binds; what is owed in money and
    proofs also afterwards.
    """
    if facts.stage in OWING_STAGES:
        yield from _actor_proofs(facts, span)
        yield from _instalments(facts, span)
    if facts.stage not in BINDING_STAGES:
        return
    final = _final(facts, span.on)
    if final is not None:
        if span.ahead(final):
            # an amendment from the day after the end goes on with the agreement
            rule = term_end_rule(facts.term) + coming_words(facts.coming, final + ONE_DAY)
            yield _of_agreement(facts, DeadlineKind.TERM_END, final, f"Endet: {facts.title}", rule)
    elif facts.term.end is not None:
        yield from _notice(facts, span)
    for goal in facts.goals:
        if goal.due is not None and span.pending(goal.due):
            yield _goal(facts, goal, goal.due)
    if facts.term.begin is not None:
        yield from _talks(facts, facts.term.begin, final, span)


def _final(facts: AgreementFacts, on: date) -> date | None:
    final = final_end(facts.term)
    if final is None and facts.stage is Stage.TERMINATED:
        return running_end(facts.term, on)  # notice was given, the date is not entered yet
    return final


def _of_agreement(facts: AgreementFacts, kind: DeadlineKind, day: date, title: str, rule: str) -> Deadline:
    record = RecordKey("agreement", facts.id)
    return Deadline(
        day,
        kind,
        title,
        facts.partners,
        rule,
        facts.source,
        record,
        record,
        facts.number,
        reminders=facts.reminders,
    )


def _notice(facts: AgreementFacts, span: Span) -> Iterator[Deadline]:
    reachable = next_possible_end(facts.term, span.on)
    if reachable and span.ahead(reachable.receipt):
        title = f"Kündigungsfrist endet: {facts.title}"
        runs_until = running_end(facts.term, span.on)
        rule = (
            notice_rule(facts.term, reachable)
            + renewal_before(facts.term, reachable, runs_until)
            + coming_words(facts.coming, reachable.receipt)
        )
        before = takewhile(lambda end: end < reachable.end, term_ends(facts.term))
        found = _of_agreement(facts, DeadlineKind.NOTICE, reachable.receipt, title, rule)
        yield replace(found, sending=reachable.sending, cycle=sum(1 for _ in before))


def _goal(facts: AgreementFacts, goal: AgreedGoal, due: date) -> Deadline:
    rule = "Frist des Ziels, solange es offen ist oder läuft."
    found = _of_agreement(facts, DeadlineKind.GOAL, due, f"Ziel {goal.nr}: {goal.title}", rule)
    return replace(found, who=goal.responsible or facts.partners, about=RecordKey("goal", goal.id))


def _instalments(facts: AgreementFacts, span: Span) -> Iterator[Deadline]:
    """What falls due after an end by notice may not be owed any more; that is for her to say."""
    ended = facts.term.terminated_to
    for one in facts.instalments:
        if span.pending(one.due):
            rule = f"{euro(one.open_cents)} sind noch nicht bezahlt."
            if ended is not None and one.due > ended:
                rule += f" Gekündigt zum {german(ended)}: Bitte prüfen, ob die Rate noch zu zahlen ist."
            rule += f" Voraussetzung: {one.condition}" if one.condition else ""
            title = f"Rate {one.nr} zahlen: {facts.title}"
            found = _of_agreement(facts, DeadlineKind.INSTALMENT, one.due, title, rule)
            yield replace(found, about=RecordKey("instalment", one.id))


def _talks(facts: AgreementFacts, begin: date, final: date | None, span: Span) -> Iterator[Deadline]:
    """The talk that was missed, until the next one is due, and those to come: the same that the record names."""
    due = next_talk(begin, final, facts.talks, span.on)
    last = span.until if final is None else min(span.until, final)
    title, rule = f"Jahresgespräch: {facts.title}", f"Alle 12 Monate ab dem Beginn am {german(begin)}."
    for number, day in enumerate(talk_days(begin, last), 1):
        if due is not None and day >= due and not covered(day, facts.talks):
            found = _of_agreement(facts, DeadlineKind.YEARLY_TALK, day, title, rule)
            yield replace(found, cycle=number)


def _actor_proofs(facts: AgreementFacts, span: Span) -> Iterator[Deadline]:
    """What an actor proves of the money it got: the proof missed last, until the next one is due, and those to come."""
    begin, final = facts.term.begin, _final(facts, span.on)
    settled = facts.stage is Stage.ENDED and final is None  # nobody knows since when
    if not facts.amount_cents or facts.proof_months is None or begin is None or settled:
        return
    proofs = list(actor_proofs(begin, final, facts.proof_months, span.until))
    missed = [proof for proof in proofs if proof.due < span.on][-1:]
    for proof in [*missed, *(proof for proof in proofs if proof.due >= span.on)]:
        time = f"{proof.closing.year}" if final != proof.closing else f"bis {german(proof.closing)}"
        title = f"Nachweis des Trägers {time}: {facts.title}"
        after = (
            "Ende der Laufzeit"
            if final == proof.closing
            else f"Ende des Haushaltsjahres {proof.closing.year}"
        )
        rule = f"Verwendungsnachweis binnen {months_phrase(facts.proof_months)} nach dem {after}."
        found = _of_agreement(facts, DeadlineKind.ACTOR_PROOF, proof.due, title, rule)
        working = next_working_day(proof.due)
        yield replace(
            found, next_working_day=working if working != proof.due else None, cycle=proof.closing.year
        )


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A day with the rule it follows from and where that was read."""

    day: date
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class PayoutFacts:
    """A received payout with what is not yet covered by spending, in cents."""

    id: int
    nr: int
    open_cents: int
    use_by: DatedRule


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """What a grant says that deadlines follow from, in the values that hold for it."""

    id: int
    short: str
    funder: str
    end: date
    source: str
    proof: DatedRule
    interim_proofs: tuple[DatedRule, ...]
    retention: DatedRule
    payouts: tuple[PayoutFacts, ...]


def grant_deadlines(facts: GrantFacts, span: Span) -> Iterator[Deadline]:
    """Use of payouts, proofs, end, application for what follows, end of retention."""
    for payout in facts.payouts:
        if payout.open_cents > 0 and span.pending(payout.use_by.day):
            title = f"Auszahlung {payout.nr} verwenden: {euro(payout.open_cents)} noch nicht belegt"
            found = _of_grant(facts, DeadlineKind.PAYOUT_USE_BY, title, payout.use_by)
            yield replace(found, about=RecordKey("draw_down", payout.id))
    for number, proof in enumerate(facts.interim_proofs, 1):
        if span.pending(proof.day):
            title = "Zwischennachweis abgeben"
            found = _of_grant(facts, DeadlineKind.INTERIM_PROOF, title, proof, delivery=True)
            yield replace(found, cycle=number)
    if span.pending(facts.proof.day):
        yield _of_grant(
            facts, DeadlineKind.PROOF_OF_USE, "Verwendungsnachweis abgeben", facts.proof, delivery=True
        )
    if span.ahead(facts.end):
        ending = DatedRule(facts.end, "Ende des Bewilligungszeitraums.", facts.source)
        yield _of_grant(facts, DeadlineKind.GRANT_END, "Förderung endet", ending)
    if span.on <= facts.end and span.pending(application_day(facts.end)):
        application = DatedRule(
            application_day(facts.end),
            "Anschlussförderung: Antrag bis 1. November des Vorjahres.",
            "Programm „Wohnen und Pflege im Alter“ (angenommen)",
        )
        yield _of_grant(
            facts, DeadlineKind.GRANT_APPLICATION, "Folgeantrag stellen", application, delivery=True
        )
    if span.pending(facts.retention.day):
        yield _of_grant(facts, DeadlineKind.RETENTION_END, "Belege dürfen vernichtet werden", facts.retention)


def application_day(grant_end: date) -> date:
    """When to apply for a grant that follows on: 1 November of the year before it begins."""
    return date((grant_end + ONE_DAY).year - 1, 11, 1)


def _of_grant(
    facts: GrantFacts, kind: DeadlineKind, title: str, dated: DatedRule, *, delivery: bool = False
) -> Deadline:
    record = RecordKey("grant", facts.id)
    working = next_working_day(dated.day)
    return Deadline(
        dated.day,
        kind,
        title,
        facts.funder,
        dated.rule,
        dated.source,
        record,
        record,
        facts.short,
        next_working_day=working if delivery and working != dated.day else None,
    )


def offer_deadline(offer_id: int, title: str, actor: str, confirmed_on: date, record: str) -> Deadline:
    """When an offer wants to be confirmed again."""
    about = RecordKey("offer", offer_id)
    return Deadline(
        add_months(confirmed_on, CONFIRMATION_MONTHS),
        DeadlineKind.OFFER_CONFIRMATION,
        f"Angebot bestätigen lassen: {title}",
        actor,
        f"Zuletzt bestätigt am {german(confirmed_on)}, jedes Angebot einmal in {CONFIRMATION_MONTHS} Monaten.",
        "Regel des Büros",
        about,
        about,
        record,
    )


def contact_deadline(contact_id: int, actor_id: int, actor: str, delete_on: date, record: str) -> Deadline:
    """When a contact's data must go; the name stays out, because calendars outlive the deletion."""
    return Deadline(
        delete_on,
        DeadlineKind.CONTACT_DELETION,
        f"Kontakt bei {actor} löschen oder neu begründen",
        "Büro",
        f"Löschdatum {german(delete_on)} des Kontakts.",
        "Art. 5 und 17 DSGVO",
        RecordKey("contact", contact_id),
        RecordKey("actor", actor_id),
        record,
    )
