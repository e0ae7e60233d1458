"""Matches credit notes with the commitment of the booking they take back."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.domain.settlement.settlement import SettlementProposal, Strength
from app.domain.settlement.settlement_evidence import CommitmentFacts, Evidence, Payment
from app.domain.settlement.settlement_names import Words, name_words

LIKELY_FROM, POSSIBLE_FROM = 45, 30
"""Points, as for bookings."""
_ELSEWHERE = "kann auch eine Buchung ohne Mittelbindung zurücknehmen"
_LEAST_NUMBER = 4
"""A document number needs so many signs to be recognised in a text."""


class Settled(NamedTuple):
    """A booking that is on a commitment, or is about to be."""

    commitment_id: int
    payment: Payment


class _Match(NamedTuple):
    points: int
    original: Settled
    evidence: tuple[Evidence, ...]
    is_told: bool  # a number in the text says so


def match_credits(
    credits: Sequence[Payment],
    originals: Sequence[Settled],
    unsettled: Sequence[Payment],
    commitments: Mapping[int, CommitmentFacts],
    named_in: Callable[[Payment], list[CommitmentFacts]],
    declined: frozenset[tuple[int, int]],
) -> list[SettlementProposal]:
    """For each credit note the commitment of its original; `unsettled` bookings could be the original as well."""
    places = _Originals(originals, unsettled)
    found = []
    for credit in sorted(credits, key=lambda one: (one.day, one.id)):
        proposal = _by_number(credit, named_in(credit), declined) or places.proposal(
            credit, commitments, declined
        )
        if proposal is not None:
            found.append(proposal)
    return found


def _by_number(
    credit: Payment, named: Sequence[CommitmentFacts], declined: frozenset[tuple[int, int]]
) -> SettlementProposal | None:
    for commitment in named:
        same_place = not credit.has_budget or bool(commitment.budget_ids.intersection(credit.budget_ids))
        if same_place and (credit.id, commitment.id) not in declined:
            strength = Strength.SURE if len(named) == 1 and credit.has_budget else Strength.LIKELY
            return SettlementProposal(
                credit, commitment, strength, (f"Gutschrift, Text nennt {commitment.number}",)
            )
    return None


class _Originals:
    """Bookings by what a credit note may share with them; each is taken back at most once in full."""

    def __init__(self, originals: Sequence[Settled], unsettled: Sequence[Payment]) -> None:
        self._left = {one.payment.id: one.payment.amount_cents for one in originals}
        self._by_document: dict[str, list[Settled]] = defaultdict(list)
        self._by_payee: dict[tuple[int, Words], list[Settled]] = defaultdict(list)
        self._by_amount: dict[tuple[int, int], list[Settled]] = defaultdict(list)
        self._waiting = {
            (budget, name_words(one.payee), one.amount_cents)
            for one in unsettled
            for budget in one.budget_ids
        }
        for one in originals:
            payment = one.payment
            if payment.amount_cents <= 0:
                continue
            if payment.document_number and len(payment.document_number) >= _LEAST_NUMBER:
                self._by_document[payment.document_number].append(one)
            for budget in payment.budget_ids:
                self._by_payee[budget, name_words(payment.payee)].append(one)
                self._by_amount[budget, payment.amount_cents].append(one)

    def proposal(
        self,
        credit: Payment,
        commitments: Mapping[int, CommitmentFacts],
        declined: frozenset[tuple[int, int]],
    ) -> SettlementProposal | None:
        candidates = {
            one.payment.id: one
            for one in self._near(credit)
            if one.payment.day <= credit.day
            and self._left[one.payment.id] >= -credit.amount_cents
            and one.commitment_id in commitments
            and (credit.id, one.commitment_id) not in declined
        }
        matches = [_match(credit, one) for one in candidates.values()]
        matches.sort(
            key=lambda one: (-one.points, -one.original.payment.day.toordinal(), one.original.payment.id)
        )
        if not matches or matches[0].points < POSSIBLE_FROM:
            return None
        best = matches[0]
        self._left[best.original.payment.id] += credit.amount_cents
        rivals = {one.original.commitment_id for one in matches if one.points == best.points}
        elsewhere = not best.is_told and any(
            (budget, name_words(credit.payee), -credit.amount_cents) in self._waiting
            for budget in credit.budget_ids
        )
        return SettlementProposal(
            credit,
            commitments[best.original.commitment_id],
            _strength(best, ambiguous=len(rivals) > 1 or elsewhere),
            tuple(one.words for one in sorted(best.evidence, key=lambda one: -one.points) if one.points >= 0),
            tuple(one.words for one in best.evidence if one.points < 0)
            + ((_ELSEWHERE,) if elsewhere else ()),
        )

    def _near(self, credit: Payment) -> list[Settled]:
        near: list[Settled] = []
        for word in (credit.text or "").replace(",", " ").replace("/", " ").split():
            near += self._by_document.get(word.strip(".:;()#"), ())
        for budget in credit.budget_ids:
            near += self._by_payee.get((budget, name_words(credit.payee)), ())
            near += self._by_amount.get((budget, -credit.amount_cents), ())
        return near


def _match(credit: Payment, original: Settled) -> _Match:
    booked = original.payment
    number = booked.document_number
    told = bool(number) and len(number or "") >= _LEAST_NUMBER and (number or "") in (credit.text or "")
    found = [Evidence(5, f"Gutschrift zur Buchung vom {booked.day:%d.%m.%Y}")]
    if told:
        found.append(Evidence(60, f"Gutschrift, Text nennt den Beleg {number}"))
    ours, theirs = name_words(credit.payee), name_words(booked.payee)
    if ours and ours == theirs:
        found.append(Evidence(30, "Empfänger stimmt überein"))
    elif ours and theirs:
        found.append(Evidence(-30, "anderer Empfänger"))
    if -credit.amount_cents == booked.amount_cents:
        found.append(Evidence(30, "nimmt den ganzen Betrag der Buchung zurück"))
    return _Match(sum(one.points for one in found), original, tuple(found), told)


def _strength(match: _Match, *, ambiguous: bool) -> Strength:
    exact = match.points >= 65
    strength = Strength.SURE if match.is_told or exact else Strength.POSSIBLE
    if strength is Strength.POSSIBLE and match.points >= LIKELY_FROM:
        strength = Strength.LIKELY
    return strength.weaker if ambiguous else strength
