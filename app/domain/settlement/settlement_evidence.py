"""Weighs what speaks for a booking settling a commitment: number, recipient, amount, text and date, in points."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.domain.budgets.budgets import open_commitment
from app.domain.money import euro
from app.domain.settlement.settlement_names import Likeness, Words

EARLY = timedelta(days=14)
"""An invoice may be booked so long before the day of its commitment; earlier only if it names the number."""
MOST_RATES = 12
GENEROUS = 10
"""Percent by which a booking may be above what is open without speaking against it."""
TOO_MUCH = 2
"""More than so many times what is open is another matter, unless the number is named."""

FINAL_WORDS = re.compile(
    r"\b(?:schluss|rest|abschluss)-?\s?(?:rechnung|zahlung|rate|betrag|rg)|\bendabrechnung|\bletzte\s+(?:rate|zahlung)",
    re.IGNORECASE,
)


class Evidence(NamedTuple):
    """Something that speaks for a proposal, or with less than no points against it, in German words."""

    points: int
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class CommitmentFacts:
    """A commitment as settling sees it.

    `budget_ids`: its own, and those of later years it reaches into. `recipients`: its own, or the parties of its
    agreement. `instalments`: amounts the agreement names, in cents. `booked_cents`: what is on it so far.
    """

    id: int
    number: str
    title: Words
    budget_ids: frozenset[int]
    day: date | None
    amount_cents: int
    booked_cents: int
    is_closed: bool = False
    recipients: tuple[str, ...] = ()
    agreement: str | None = None
    instalments: frozenset[int] = frozenset()

    @property
    def open_cents(self) -> int:
        return open_commitment(self.amount_cents, self.booked_cents, closed=self.is_closed)


@dataclass(frozen=True, slots=True)
class Payment:
    """A booking that is on no commitment. `budget_ids`: its budget, or those its order fits where it has none yet."""

    id: int
    day: date
    amount_cents: int
    text: str | None
    payee: str | None
    document_number: str | None
    budget_ids: tuple[int, ...]
    has_budget: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found out about a payment and a commitment before their amounts are held against each other."""

    named: bool = False  # the text names the commitment
    only_named: bool = False  # and no other one
    agreement_named: bool = False
    likeness: Likeness = Likeness.NONE
    in_text: bool = False  # the recipient stands in the text
    stranger: bool = False  # both names are there and differ
    text: frozenset[str] = frozenset()


def says_final(text: str | None) -> bool:
    """Whether a booking's text calls it the last one: Schlussrechnung, Restzahlung, letzte Rate."""
    return bool(text) and FINAL_WORDS.search(text or "") is not None


def identity(seen: Seen, commitment: CommitmentFacts) -> list[Evidence]:
    """Who and what was named."""
    found = []
    if seen.named:
        found.append(Evidence(60 if seen.only_named else 45, f"Text nennt {commitment.number}"))
    if seen.agreement_named:
        found.append(Evidence(35, f"Text nennt die Vereinbarung {commitment.agreement}"))
    if seen.likeness is Likeness.SAME:
        found.append(Evidence(30, "Empfänger stimmt überein"))
    elif seen.likeness is Likeness.SIMILAR:
        found.append(Evidence(20, "Empfänger ist ähnlich geschrieben"))
    elif seen.in_text:
        found.append(Evidence(20, "Empfänger steht im Buchungstext"))
    elif seen.stranger:
        found.append(Evidence(-15, "anderer Empfänger"))
    return found


def of_title(seen: Seen, commitment: CommitmentFacts) -> list[Evidence]:
    """Words of the title in the booking's text; short ones and figures say nothing."""
    telling = [word for word in dict.fromkeys(commitment.title) if len(word) > 3 and not word.isdigit()]
    found = [word for word in telling if _occurs(word, seen.text)]
    if not found:
        return []
    points = 15 if len(found) == len(telling) else 8
    return [Evidence(points, "Text passt zur Bezeichnung")]


def _occurs(word: str, text: Collection[str]) -> bool:
    """Also a part of a German compound: "Honorar" and "Honorarvertrag"."""
    if word in text:
        return True
    return len(word) > 4 and any(
        len(other) > 4 and (other.startswith(word) or word.startswith(other)) for other in text
    )


def of_amount(cents: int, open_cents: int, commitment: CommitmentFacts) -> list[Evidence]:
    """The booking's amount against what is open now."""
    if cents == open_cents:
        return [Evidence(30, "Betrag ist genau der offene Betrag")]
    if cents in commitment.instalments:
        return [Evidence(25, "Betrag ist eine Rate der Vereinbarung")]
    if cents > open_cents:
        over = euro(cents - open_cents)
        if commitment.is_closed:
            return [Evidence(-10, f"{commitment.number} ist schon geschlossen")]
        bearable = cents * 100 <= open_cents * (100 + GENEROUS)
        return [Evidence(-1 if bearable else -10, f"{over} mehr als offen")]
    rates, rest = divmod(commitment.amount_cents, cents)
    if not rest and 2 <= rates <= MOST_RATES:
        return [Evidence(15, f"Betrag ist eine von {rates} gleichen Raten")]
    return [Evidence(5, "Betrag ist ein Teil des offenen Betrags")]


def of_circumstances(payment: Payment, commitment: CommitmentFacts) -> list[Evidence]:
    """Budget and date."""
    found = []
    if not payment.has_budget:
        fits = bool(commitment.budget_ids.intersection(payment.budget_ids))
        found.append(
            Evidence(3, "noch ohne Budget, der Innenauftrag passt")
            if fits
            else Evidence(-5, "noch ohne Budget, der Innenauftrag passt nicht")
        )
    else:
        found.append(Evidence(5, "selbes Budget"))
    if commitment.day is not None and payment.day < commitment.day:
        found.append(Evidence(-5, f"gebucht vor dem {commitment.day:%d.%m.%Y}, dem Datum der Mittelbindung"))
    return found


def is_out_of_question(payment: Payment, commitment: CommitmentFacts, open_cents: int, seen: Seen) -> bool:
    """What only a named number can outweigh: closed or used up, far too much, too early, somebody else."""
    if seen.named:
        return False
    too_early = commitment.day is not None and payment.day < commitment.day - EARLY
    too_much = payment.amount_cents > open_cents * TOO_MUCH
    return commitment.is_closed or open_cents <= 0 or too_early or too_much or seen.stranger
