"""Reckons what a booking does to a commitment: what stays open, what is set free, what is too much."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.budgets.budgets import open_commitment
from app.domain.settlement.settlement_evidence import CommitmentFacts, Payment, says_final
from app.domain.terms import Worded


class Strength(Worded):
    """How much a proposal can be relied on."""

    SURE = "sure", "sicher"
    LIKELY = "likely", "wahrscheinlich"
    POSSIBLE = "possible", "möglich"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Strength).index(self)

    @property
    def weaker(self) -> "Strength":
        """The next weaker one; the weakest stays."""
        return list(Strength)[min(self.rank + 1, len(Strength) - 1)]


class SettlementKind(Worded):
    """What a booking is to its commitment: the final one closes it and sets the rest free."""

    PARTIAL = "partial", "Teilzahlung"
    FINAL = "final", "Schlussrechnung"


@dataclass(frozen=True, slots=True)
class SettlementProposal:
    """A booking and the commitment it probably settles.

    `reasons` speak for it, the strongest first, `doubts` against it; both are German words.
    """

    payment: Payment
    commitment: CommitmentFacts
    strength: Strength
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()


class Balance(NamedTuple):
    """What a booking does to its commitment, in cents: open before and after, rest set free, more than promised."""

    before: int
    after: int
    freed: int = 0
    over: int = 0


class Step(NamedTuple):
    """A booking that is put on a commitment of which so much is booked already."""

    booking_id: int
    amount_cents: int
    kind: SettlementKind
    commitment_id: int
    committed_cents: int
    booked_cents: int
    is_closed: bool


def balances(steps: Iterable[Step]) -> dict[int, Balance]:
    """What each booking leaves open if these are put on their commitments in this order (domain.md, Money)."""
    booked: dict[int, int] = {}
    closed: set[int] = set()
    found = {}
    for step in steps:
        so_far = booked.get(step.commitment_id, step.booked_cents)
        was_closed = step.is_closed or step.commitment_id in closed
        after = booked[step.commitment_id] = so_far + step.amount_cents
        closes = step.kind is SettlementKind.FINAL and not was_closed
        if closes:
            closed.add(step.commitment_id)
        found[step.booking_id] = Balance(
            before=open_commitment(step.committed_cents, so_far, closed=was_closed),
            after=open_commitment(step.committed_cents, after, closed=was_closed or closes),
            freed=open_commitment(step.committed_cents, after, closed=not closes),
            over=max(0, min(step.amount_cents, after - step.committed_cents)),
        )
    return found


def ordered(proposals: Iterable[SettlementProposal]) -> list[SettlementProposal]:
    """The strongest first; within a commitment by date, what calls itself the last one at the end."""
    return sorted(
        proposals,
        key=lambda one: (
            one.strength.rank,
            one.commitment.id,
            says_final(one.payment.text),
            one.payment.day,
            one.payment.id,
        ),
    )


def sensible_kinds(proposals: Sequence[SettlementProposal]) -> dict[int, SettlementKind]:
    """The kind of each booking if they come in this order: final where nothing stays open or the text says so."""
    booked: dict[int, int] = defaultdict(int)
    kinds = {}
    for one in proposals:
        booked[one.commitment.id] += one.payment.amount_cents
        left = one.commitment.amount_cents - one.commitment.booked_cents - booked[one.commitment.id]
        last = left <= 0 or says_final(one.payment.text)
        final = last and one.payment.amount_cents > 0 and not one.commitment.is_closed
        kinds[one.payment.id] = SettlementKind.FINAL if final else SettlementKind.PARTIAL
    return kinds
