"""The checklist before an agreement is printed for signature, point by point, each with what is still open.

A point is hard where the paper itself would be incomplete or contradict itself; then it is not printed for signature.
The others are asked for, but she decides: overspending warns and does not block (domain.md, "Money").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import Term, TermKind, last_receipt, term_problems
from app.domain.counting import counted
from app.domain.dates import german
from app.domain.money import euro


class ChecklistPlace(StrEnum):
    """Where an open point is mended."""

    FORM = "form"
    ACTOR = "actor"
    OFFICE = "office"
    TEXT = "text"
    COMMENTS = "comments"
    FUNDING = "funding"


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the list; `open_points`: sentences on what is left, empty: done. `said`: what a done point says.

    `actor_id`: whose record lacks something, where `place` is the actor.
    """

    title: str
    open_points: tuple[str, ...]
    is_hard: bool
    place: ChecklistPlace
    said: str = ""
    actor_id: int | None = None

    @property
    def is_done(self) -> bool:
        return not self.open_points


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """What a partner needs to sign."""

    actor_id: int
    name: str
    has_address: bool
    is_represented: bool


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """The budget that pays. `available_cents` without what this agreement has bound there already."""

    number: str
    year: int
    available_cents: int


@dataclass(frozen=True, slots=True)
class ChecklistFacts:
    """What the points are judged by; money in cents.

    `instalments`: day and amount of each. `left_out`: titles of obligatory clauses that are. `gaps`: what the text
    lacks apart from parties and goals, in words.
    """

    kind: AgreementKind
    term: Term
    parties: tuple[PartyFacts, ...] = ()
    goals: tuple[AgreedGoal, ...] = ()
    city_lacks: tuple[str, ...] = ()
    amount_cents: int | None = None
    instalments: tuple[tuple[date | None, int], ...] = ()
    budget: BudgetFacts | None = None
    decision: str = ""
    open_comments: int = 0
    left_out: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


def checklist(facts: ChecklistFacts) -> list[Check]:
    """All points in the order of the paper; an agreement without money is not asked for budget and decision."""
    text, office = ChecklistPlace.TEXT, ChecklistPlace.OFFICE
    left_out = [f"„{title}“ ist weggelassen." for title in facts.left_out]
    return [
        _parties(facts),
        _must("Stadt", facts.city_lacks, office, "Anschrift und Unterschrift sind eingetragen"),
        _must("Laufzeit", _term(facts.term), ChecklistPlace.FORM, "vollständig und ohne Widerspruch"),
        *_notice(facts.term),
        *_goals(facts),
        *_funding(facts),
        _must("Text ohne Lücken", facts.gaps, text, "keine leeren oder unbekannten Platzhalter"),
        _asked("Pflichtklauseln", left_out, text, "alle aufgenommen"),
        _asked("Kommentare", _comments(facts.open_comments), ChecklistPlace.COMMENTS, "keiner mehr offen"),
    ]


def _must(title: str, open_points: Iterable[str], place: ChecklistPlace, said: str = "") -> Check:
    return Check(title, tuple(open_points), is_hard=True, place=place, said=said)


def _asked(title: str, open_points: Iterable[str], place: ChecklistPlace, said: str = "") -> Check:
    return Check(title, tuple(open_points), is_hard=False, place=place, said=said)


def hard_points(checks: list[Check]) -> list[str]:
    """What forbids the print for signature: "Laufzeit: Das Ende liegt vor dem Beginn."."""
    return _open(checks, hard=True)


def other_points(checks: list[Check]) -> list[str]:
    """What is asked for before the print for signature, but does not forbid it."""
    return _open(checks, hard=False)


def _open(checks: list[Check], *, hard: bool) -> list[str]:
    return [
        f"{check.title}: {point}" for check in checks if check.is_hard is hard for point in check.open_points
    ]


def notice_problem(term: Term) -> str:
    """A sentence if the notice is longer than the first term, so that no notice could reach its end; else empty."""
    if not term.notice or term.begin is None or term.end is None or term.end < term.begin:
        return ""
    receipt = last_receipt(term.end, term.notice, term.unit)
    if receipt >= term.begin:
        return ""
    if term.kind is TermKind.FIXED:
        return (
            "Die Kündigungsfrist ist länger als die Laufzeit: Vor dem "
            f"{german(term.end)}, dem festen Ende, lässt sich nicht ordentlich kündigen."
        )
    return (
        "Die Kündigungsfrist ist länger als die erste Laufzeit: Eine Kündigung zum "
        f"{german(term.end)} müsste schon bis {german(receipt)} zugehen, vor dem Beginn."
    )


def _parties(facts: ChecklistFacts) -> Check:
    lacking = [
        (party, what)
        for party in facts.parties
        for there, what in (
            (party.has_address, f"{party.name}: Die Anschrift fehlt."),
            (party.is_represented, f"{party.name}: Es fehlt, wer unterschreibt."),
        )
        if not there
    ]
    sentences = [what for _, what in lacking] if facts.parties else ["Es fehlt ein Partner."]
    place = ChecklistPlace.ACTOR if lacking else ChecklistPlace.FORM
    found = _must("Partner", sentences, place, "Anschrift und Vertretung sind eingetragen")
    return replace(found, actor_id=lacking[0][0].actor_id) if lacking else found


def _term(term: Term) -> Iterator[str]:
    if term.begin is None:
        yield "Der Beginn fehlt."
    if term.kind is not TermKind.FIXED and term.notice is None:
        yield "Die Kündigungsfrist fehlt."
    yield from term_problems(term).values()
    problem = notice_problem(term)
    if problem and term.kind is TermKind.RENEWING:
        yield problem


def _notice(term: Term) -> Iterator[Check]:
    """A term that ends by itself may be meant to have no way out before."""
    problem = notice_problem(term)
    if problem and term.kind is TermKind.FIXED:
        yield _asked("Kündigungsfrist", (problem,), ChecklistPlace.FORM)


def _goals(facts: ChecklistFacts) -> Iterator[Check]:
    if facts.kind is not AgreementKind.TARGET and not facts.goals:
        return
    sentences = [] if facts.goals else ["Es fehlt mindestens ein Ziel."]
    for goal in facts.goals:
        lacking = [
            word
            for there, word in (
                (goal.indicator.strip(), "Indikator"),
                (goal.target.strip(), "Soll"),
                (goal.due, "Frist"),
                (goal.responsible.strip(), "Verantwortliche"),
            )
            if not there
        ]
        if lacking:
            sentences.append(f"Ziel {goal.nr}: {', '.join(lacking)} {_lack(lacking)}.")
    said = "alle mit Indikator, Soll, Frist und Verantwortlichen"
    yield _must("Ziele", sentences, ChecklistPlace.FORM, said)
    outside = tuple(_outside(facts.goals, facts.term))
    if outside:
        yield _asked("Fristen der Ziele", outside, ChecklistPlace.FORM)


def _outside(goals: tuple[AgreedGoal, ...], term: Term) -> Iterator[str]:
    """Goals that are due while nothing is agreed; a renewing term goes on."""
    end = term.end if term.kind is TermKind.FIXED else None
    for goal in goals:
        if goal.due and term.begin and goal.due < term.begin:
            yield f"Ziel {goal.nr} wäre schon vor dem Beginn fällig."
        elif goal.due and end and goal.due > end:
            yield f"Ziel {goal.nr} wäre erst nach dem Ende fällig."


def _lack(words: list[str]) -> str:
    return "fehlt" if len(words) == 1 and words[0] != "Verantwortliche" else "fehlen"


def _funding(facts: ChecklistFacts) -> Iterator[Check]:
    amount = facts.amount_cents
    if amount is None:
        if facts.kind is AgreementKind.TARGET:
            sentence = "Der Betrag fehlt (0, wenn es keine Förderung gibt)."
            yield _must("Förderung", (sentence,), ChecklistPlace.FORM)
        return
    if amount == 0:
        yield _must("Förderung", (), ChecklistPlace.FORM, "keine vereinbart")
        return
    total = sum(cents for _, cents in facts.instalments)
    differs = bool(facts.instalments) and total != amount
    sums = [f"Die Raten ergeben {euro(total)}, vereinbart sind {euro(amount)}."] if differs else []
    said = (
        f"ergeben zusammen {euro(amount)}"
        if facts.instalments
        else "keine, der Betrag wird in einer Summe gezahlt"
    )
    yield _must("Raten", sums, ChecklistPlace.FUNDING, said)
    yield _asked("Budget", _budget(facts, amount), ChecklistPlace.FUNDING, _covered(facts, amount))
    decision = facts.decision.strip()
    undecided = [] if decision else ["Es ist kein Beschluss des Beirats eingetragen."]
    yield _asked("Beschluss", undecided, ChecklistPlace.FUNDING, decision)


def _budget(facts: ChecklistFacts, amount: int) -> tuple[str, ...]:
    budget = facts.budget
    if budget is None:
        return ("Es ist kein Budget zugeordnet.",)
    needed = needed_in(facts.instalments, amount, budget.year)
    if not needed:
        years = sorted({day.year for day, _ in facts.instalments if day is not None})
        return (
            f"{budget.number} ist ein Budget für {budget.year}, die Raten sind "
            f"{' und '.join(map(str, years))} fällig.",
        )
    if needed <= budget.available_cents:
        return ()
    return (
        f"{budget.number} reicht nicht: {euro(needed)} im Jahr {budget.year} gebraucht, "
        f"{euro(budget.available_cents)} verfügbar.",
    )


def needed_in(instalments: tuple[tuple[date | None, int], ...], amount_cents: int, year: int) -> int:
    """What a budget of this year has to pay: the instalments due in it and those without a day, else the amount."""
    if not instalments:
        return amount_cents
    return sum(cents for day, cents in instalments if day is None or day.year == year)


def _covered(facts: ChecklistFacts, amount: int) -> str:
    budget = facts.budget
    if budget is None:
        return ""
    needed = needed_in(facts.instalments, amount, budget.year)
    part = (
        "den Betrag" if needed == amount else f"die Raten des Jahres {budget.year}, zusammen {euro(needed)}"
    )
    return f"{budget.number} deckt {part}"


def _comments(count: int) -> list[str]:
    return [f"{counted(count, 'Kommentar ist', 'Kommentare sind')} noch offen."] if count else []
