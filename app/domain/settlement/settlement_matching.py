"""Matches bookings with commitments by score; nothing is used twice, ties are broken always the same way."""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.settlement import settlement_evidence as evidence
from app.domain.settlement.settlement import SettlementProposal, Strength
from app.domain.settlement.settlement_credits import Settled, match_credits
from app.domain.settlement.settlement_evidence import CommitmentFacts, Evidence, Payment, Seen
from app.domain.settlement.settlement_names import Likeness, Recipients, words
from app.domain.settlement.settlement_numbers import KnownNumbers

LIKELY_FROM, POSSIBLE_FROM = 45, 30
"""Points."""
RIVAL_WITHIN = 5
"""A second commitment so close in points makes a proposal less sure."""
MOST_PARTS = 8
"""Sums of several bookings are looked for among so many at most."""


def propose(
    payments: Sequence[Payment],
    commitments: Sequence[CommitmentFacts],
    settled: Sequence[Settled],
    *,
    other_numbers: Iterable[str] = (),
    agreements: Iterable[str] = (),
    declined: Collection[tuple[int, int]] = (),
) -> list[SettlementProposal]:
    """For each payment at most one commitment; credit notes go where the booking went that they belong to.

    `settled`: what is on these commitments already. `other_numbers`: of commitments that are none of these: who
    names one means that one. `agreements`: the numbers of all agreements. `declined`: (payment, commitment) she has
    said no to.
    """
    matching = _SettlementMatching(commitments, other_numbers, agreements, declined)
    found = matching.match([payment for payment in payments if payment.amount_cents > 0])
    credits = [payment for payment in payments if payment.amount_cents < 0]
    if credits:
        taken = {one.payment.id for one in found}
        left = [one for one in payments if one.amount_cents > 0 and one.id not in taken]
        originals = [*settled, *(Settled(one.commitment.id, one.payment) for one in found)]
        found += match_credits(
            credits,
            originals,
            left,
            {one.id: one for one in commitments},
            matching.named_in,
            frozenset(declined),
        )
    return found


@dataclass(slots=True)
class _Pair:
    """A payment that could settle a commitment. `open_cents` is what `points` were reckoned with."""

    payment: Payment
    commitment: CommitmentFacts
    seen: Seen
    fixed: list[Evidence]
    open_cents: int
    points: int = 0
    of_amount: list[Evidence] = field(default_factory=list)
    parts: tuple[int, ...] = ()
    """The payments that together are what is open."""

    def weigh(self, open_cents: int) -> None:
        self.open_cents = open_cents
        self.of_amount = evidence.of_amount(self.payment.amount_cents, open_cents, self.commitment)
        self.points = sum(one.points for one in self.everything)

    @property
    def everything(self) -> list[Evidence]:
        found = [*self.fixed, *self.of_amount]
        if self.parts:
            others = len(self.parts) - 1
            more = "einer weiteren Buchung" if others == 1 else f"{others} weiteren Buchungen"
            found.append(Evidence(20, f"mit {more} genau der offene Betrag"))
        return found

    @property
    def is_exact(self) -> bool:
        """The amount alone says it; what is exact only after other proposals is no surer than they are."""
        return self.payment.amount_cents in (self.commitment.open_cents, *self.commitment.instalments)

    @property
    def order(self) -> tuple[int, int, int, int]:
        return -self.points, self.payment.day.toordinal(), self.payment.id, self.commitment.id


class _SettlementMatching:
    def __init__(
        self,
        commitments: Sequence[CommitmentFacts],
        other_numbers: Iterable[str],
        agreements: Iterable[str],
        declined: Collection[tuple[int, int]],
    ) -> None:
        self._declined = frozenset(declined)
        self._recipients = Recipients({name for one in commitments for name in one.recipients})
        self._by_number = {one.number: one for one in commitments}
        self._commitments = KnownNumbers([*self._by_number, *other_numbers])
        self._agreements = KnownNumbers(agreements)
        self._by_budget: dict[int, list[CommitmentFacts]] = defaultdict(list)
        for one in commitments:
            for budget_id in one.budget_ids:
                self._by_budget[budget_id].append(one)
        self._open = {one.id: one.open_cents for one in commitments}

    def named_in(self, payment: Payment) -> list[CommitmentFacts]:
        """The commitments whose number stands in a payment's text."""
        named = sorted(self._commitments.named_in(payment.text))
        return [self._by_number[number] for number in named if number in self._by_number]

    # --- what could belong together ----------------------------------------------------------------------------

    def _pairs_of(self, payment: Payment) -> Iterator[_Pair]:
        named = self._commitments.named_in(payment.text)
        places = {one.id: one for budget in payment.budget_ids for one in self._by_budget.get(budget, ())}
        if named:  # the text means that one, even where it lies elsewhere
            places = {key: one for key, one in places.items() if one.number in named}
            if not payment.has_budget:
                places |= {one.id: one for one in self.named_in(payment)}
        if not places:
            return
        agreements = self._agreements.named_in(payment.text)
        like = self._recipients.like(payment.payee)
        text = frozenset(words(payment.text))
        for commitment in places.values():
            seen = self._see(payment, commitment, like, text, named, agreements)
            if seen is None or (payment.id, commitment.id) in self._declined:
                continue
            pair = _Pair(payment, commitment, seen, _fixed(payment, commitment, seen), commitment.open_cents)
            pair.weigh(commitment.open_cents)
            yield pair

    def _see(
        self,
        payment: Payment,
        commitment: CommitmentFacts,
        like: Mapping[str, Likeness],
        text: frozenset[str],
        named: frozenset[str],
        agreements: frozenset[str],
    ) -> Seen | None:
        """What the two have in common; None where nothing speaks for them, or too much against."""
        likeness = Likeness.NONE
        if like:
            likeness = max((like.get(name, likeness) for name in commitment.recipients), default=likeness)
        in_text = not likeness and any(
            self._recipients.stands_in(name, text) for name in commitment.recipients
        )
        stranger = not likeness and not in_text and bool(commitment.recipients and payment.payee)
        is_named = commitment.number in named
        if stranger and not is_named:
            return None
        agreement_named = commitment.agreement in agreements
        if agreements and commitment.agreement is not None and not agreement_named and not is_named:
            return None
        exact = (
            payment.amount_cents == commitment.open_cents or payment.amount_cents in commitment.instalments
        )
        if not (likeness or in_text or is_named or agreement_named or exact):
            return None
        seen = Seen(is_named, len(named) == 1, agreement_named, likeness, in_text, stranger, text)
        return None if evidence.is_out_of_question(payment, commitment, commitment.open_cents, seen) else seen

    def _find_sums(self, pairs: Iterable[_Pair]) -> None:
        """Several bookings of one recipient that are exactly what is open."""
        for commitment_pairs in _grouped(pairs).values():
            parts = [
                one
                for one in commitment_pairs
                if one.seen.likeness or one.seen.in_text or one.seen.agreement_named
            ]
            if not 2 <= len(parts) <= MOST_PARTS or any(
                one.payment.amount_cents == one.open_cents for one in parts
            ):
                continue
            together = _summing_to(parts, parts[0].open_cents)
            for pair in together:
                pair.parts = tuple(one.payment.id for one in together)
                pair.weigh(pair.open_cents)

    # --- which of them it is -----------------------------------------------------------------------------------

    def match(self, payments: Sequence[Payment]) -> list[SettlementProposal]:
        """Always take the best pair that is left; what is open shrinks with each."""
        pairs = [pair for payment in payments for pair in self._pairs_of(payment)]
        self._find_sums(pairs)
        waiting = [(pair.order, pair) for pair in pairs if pair.points >= POSSIBLE_FROM]
        heapq.heapify(waiting)
        rivals = _Rivals(pairs)
        chosen: dict[int, tuple[_Pair, list[str]]] = {}
        while waiting:
            _, pair = heapq.heappop(waiting)
            payment, commitment = pair.payment, pair.commitment
            if payment.id in chosen:
                continue
            left = self._open[commitment.id]
            if left != pair.open_cents:
                if evidence.is_out_of_question(payment, commitment, left, pair.seen):
                    continue
                before = pair.points
                pair.weigh(left)
                if pair.points < POSSIBLE_FROM:
                    continue
                if pair.points < before:
                    heapq.heappush(waiting, (pair.order, pair))
                    continue
            chosen[payment.id] = pair, rivals.of(pair, self._open, chosen)
            self._open[commitment.id] = max(0, left - payment.amount_cents)
        return [self._proposal(pair, against, chosen) for pair, against in chosen.values()]

    def _proposal(
        self, pair: _Pair, against: list[str], chosen: dict[int, tuple[_Pair, list[str]]]
    ) -> SettlementProposal:
        if any(one not in chosen or chosen[one][0].commitment is not pair.commitment for one in pair.parts):
            pair.parts = ()  # another commitment has got one of them
        pair.weigh(pair.open_cents)
        strength = _strength(pair)
        if against:
            strength = strength.weaker
        found = sorted(pair.everything, key=lambda one: -one.points)
        reasons = tuple(one.words for one in found if one.points >= 0)
        doubts = (*(one.words for one in found if one.points < 0), *against)
        return SettlementProposal(pair.payment, pair.commitment, strength, reasons, doubts)


class _Rivals:
    """What else would fit as well: other commitments for a booking, other bookings of the same amount."""

    def __init__(self, pairs: Sequence[_Pair]) -> None:
        self._first = {id(pair): pair.points for pair in pairs}
        self._of_payment: dict[int, list[_Pair]] = defaultdict(list)
        self._twins: dict[tuple[int, int], list[_Pair]] = defaultdict(list)
        for pair in pairs:
            self._of_payment[pair.payment.id].append(pair)
            self._twins[pair.commitment.id, pair.payment.amount_cents].append(pair)

    def of(self, pair: _Pair, open_now: dict[int, int], chosen: Collection[int]) -> list[str]:
        found = []
        points = self._first[id(pair)]
        for other in self._of_payment[pair.payment.id]:
            close = self._first[id(other)] >= points - RIVAL_WITHIN
            if other is not pair and close and open_now[other.commitment.id] >= pair.payment.amount_cents:
                found.append(f"passt ebenso zu {other.commitment.number}")
        left = open_now[pair.commitment.id] - pair.payment.amount_cents
        for other in self._twins[pair.commitment.id, pair.payment.amount_cents]:
            waits = other is not pair and other.payment.id not in chosen
            if waits and left < pair.payment.amount_cents and self._first[id(other)] >= points - RIVAL_WITHIN:
                found.append(f"dieselbe Zahlung gibt es auch am {other.payment.day:%d.%m.%Y}")
        return found[:2]


def _fixed(payment: Payment, commitment: CommitmentFacts, seen: Seen) -> list[Evidence]:
    return [
        *evidence.identity(seen, commitment),
        *evidence.of_title(seen, commitment),
        *evidence.of_circumstances(payment, commitment),
    ]


def _strength(pair: _Pair) -> Strength:
    payment, commitment, seen = pair.payment, pair.commitment, pair.seen
    in_place = payment.has_budget or bool(commitment.budget_ids.intersection(payment.budget_ids))
    in_time = commitment.day is None or payment.day >= commitment.day
    bearable = payment.amount_cents <= pair.open_cents and not commitment.is_closed
    told = seen.named and seen.only_named and not seen.stranger
    if in_place and in_time and bearable and (told or (seen.likeness is Likeness.SAME and pair.is_exact)):
        return Strength.SURE
    return Strength.LIKELY if pair.points >= LIKELY_FROM else Strength.POSSIBLE


def _grouped(pairs: Iterable[_Pair]) -> dict[int, list[_Pair]]:
    found: dict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        found[pair.commitment.id].append(pair)
    return found


def _summing_to(parts: Sequence[_Pair], wanted: int) -> list[_Pair]:
    """The fewest parts that are together the wanted sum, the earliest of these; empty where there are none."""
    sums: dict[int, list[_Pair]] = {0: []}
    for part in sorted(parts, key=lambda one: (one.payment.day, one.payment.id)):
        for so_far, used in list(sums.items()):
            total = so_far + part.payment.amount_cents
            if total <= wanted and (total not in sums or len(sums[total]) > len(used) + 1):
                sums[total] = [*used, part]
    found = sums.get(wanted, [])
    return found if len(found) > 1 else []
