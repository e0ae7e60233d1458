"""Finds the stored bookings that a line without a number may be: close in date, same amount, alike in text.

exchange.md, 2 (unsicher). Pure: takes what is stored, proposes pairs, decides nothing.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from app.domain.bookings.bookings import BookingField, Posting, StoredBooking
from app.domain.budgets.budgets import BookingSource
from app.domain.settlement.settlement_names import words

SAME_WITHIN = timedelta(days=4)
"""Two lines of an order with the same amount may be the same one."""
MANUAL_WITHIN = timedelta(days=14)
"""An entry by hand carries the day of the invoice, finance's line that of the posting."""
NEAREST = 50
"""So many bookings around a line are compared with it where they are not identical."""
UNSAID = 0.5
"""How alike texts are of which one is empty."""

_Money = tuple[str | None, int]
_Row = tuple[int, Posting]
_day_of = attrgetter("day")


class Lookalike(NamedTuple):
    """A booking that a line may be. `alike`: 0 to 1, in tenths, how far text and payee say the same."""

    booking: StoredBooking
    alike: float
    days_apart: int


class Lookalikes:
    """The stored bookings that some lines may be; of a file without a column for the order, those of any order."""

    def __init__(
        self, stored: Iterable[StoredBooking], given: frozenset[BookingField], postings: Iterable[Posting]
    ) -> None:
        self._has_order = BookingField.INTERNAL_ORDER in given
        self._by_money: dict[_Money, list[StoredBooking]] = {self._money(one): [] for one in postings}
        for one in stored:
            same = self._by_money.get(self._money(one))
            if same is not None and one.source is not BookingSource.DIFFERENCE:
                same.append(one)
        for same in self._by_money.values():
            same.sort(key=_day_of)

    def of(self, posting: Posting) -> list[Lookalike]:
        """All that a line may be, the one whose text is most alike first, then the nearest in date."""
        found = [_seen(posting, one) for one in self._around(posting)]
        return sorted(found, key=lambda one: (-one.alike, one.days_apart, one.booking.id))

    def propose(self, rows: Sequence[_Row], taken: Collection[int]) -> dict[int, StoredBooking]:
        """For each row the booking it most likely is, by the row's place; rows without any are not in it.

        No booking is proposed twice as long as there are enough, so identical rows are held against as many bookings.
        `taken`: ids of bookings that other rows are already; such a one is named where nothing else is left.
        """
        by_money: dict[_Money, list[_Row]] = defaultdict(list)
        for row in rows:
            if self._by_money.get(self._money(row[1])):
                by_money[self._money(row[1])].append(row)
        found: dict[int, StoredBooking] = {}
        for money, group in by_money.items():
            free = [one for one in self._by_money[money] if one.id not in taken]
            pairs = _identical(group, free)
            rest = [row for row in group if row[0] not in pairs]
            used = {one.id for one in pairs.values()}
            pairs |= _likely(rest, [one for one in free if one.id not in used])
            pairs |= self._shared([row for row in rest if row[0] not in pairs])
            found |= pairs
        return found

    def _shared(self, rows: Iterable[_Row]) -> dict[int, StoredBooking]:
        """For rows that nothing is left for, the likeliest of all."""
        best: dict[tuple[object, ...], list[Lookalike]] = {}  # rows without number are often identical
        found = {}
        for place, posting in rows:
            look = posting.day, posting.text, posting.payee, posting.document_number is None
            if look not in best:
                best[look] = self.of(posting)[:1]
            for one in best[look]:
                found[place] = one.booking
        return found

    def _money(self, one: Posting | StoredBooking) -> _Money:
        return (one.internal_order if self._has_order else None), one.amount_cents

    def _around(self, posting: Posting) -> list[StoredBooking]:
        return _around(posting, self._by_money.get(self._money(posting), ()))


def _around(posting: Posting, same_money: Sequence[StoredBooking]) -> list[StoredBooking]:
    """Those of the same order and amount, in order of date, that the line may be."""
    first = bisect_left(same_money, posting.day - MANUAL_WITHIN, key=_day_of)
    end = bisect_right(same_money, posting.day + MANUAL_WITHIN, key=_day_of)
    return [one for one in same_money[first:end] if _may_be(posting, one)]


def _may_be(posting: Posting, one: StoredBooking) -> bool:
    if one.source is BookingSource.MANUAL:
        return abs(one.day - posting.day) <= MANUAL_WITHIN
    return posting.document_number is None and abs(one.day - posting.day) <= SAME_WITHIN


def _seen(posting: Posting, one: StoredBooking) -> Lookalike:
    alike = likeness(posting.text, posting.payee, one.text, one.payee)
    return Lookalike(one, alike, abs(one.day - posting.day).days)


def likeness(text: str | None, payee: str | None, other_text: str | None, other_payee: str | None) -> float:
    """How far two lines say the same, 0 to 1 in tenths; the words count, not their order or which column has them."""
    one, other = sorted((_wording(text, payee), _wording(other_text, other_payee)))
    return _alike(one, other)


@lru_cache(maxsize=1 << 14)
def _wording(text: str | None, payee: str | None) -> str:
    return " ".join(sorted({*words(text), *words(payee)}))


@lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if not one or not other:
        return UNSAID
    return round(SequenceMatcher(None, one, other, autojunk=False).ratio(), 1)


# --- pairs of one order and amount -----------------------------------------------------------------------------


def _identical(rows: Iterable[_Row], bookings: Iterable[StoredBooking]) -> dict[int, StoredBooking]:
    """Rows and bookings without any difference, by occurrence."""
    same: dict[tuple[date, str | None, str | None, bool], deque[StoredBooking]] = defaultdict(deque)
    for one in bookings:
        same[one.day, one.text, one.payee, one.source is BookingSource.MANUAL].append(one)
    found = {}
    for place, posting in rows:
        for by_hand in (True,) if posting.document_number is not None else (False, True):
            queue = same.get((posting.day, posting.text, posting.payee, by_hand))
            if queue:
                found[place] = queue.popleft()
                break
    return found


def _likely(rows: Sequence[_Row], bookings: Sequence[StoredBooking]) -> dict[int, StoredBooking]:
    """The likeliest pairs, each booking once; nobody goes without as long as another pairing serves one row more."""
    around: dict[int, list[StoredBooking]] = {}
    pairs = []
    for place, posting in rows:
        near = _around(posting, bookings)
        near.sort(key=lambda one: (abs(one.day - posting.day), one.id))
        around[place] = near[:NEAREST]
        pairs += [(place, _seen(posting, one)) for one in around[place]]
    pairs.sort(key=lambda pair: (-pair[1].alike, pair[1].days_apart, pair[0], pair[1].booking.id))
    found: dict[int, StoredBooking] = {}
    holder: dict[int, int] = {}
    for place, seen in pairs:
        if place not in found and seen.booking.id not in holder:
            found[place] = seen.booking
            holder[seen.booking.id] = place
    dead: set[int] = set()
    for place, _ in rows:
        if place not in found:
            _make_room(place, around, found, holder, dead)
    return found


def _make_room(
    place: int,
    around: Mapping[int, Sequence[StoredBooking]],
    found: dict[int, StoredBooking],
    holder: dict[int, int],
    dead: set[int],
) -> None:
    """Let rows move on to other bookings until one is free for this row (an augmenting path).

    `dead`: bookings from which no path led anywhere; none ever will.
    """
    asked_by: dict[int, int] = {}
    waiting = deque([place])
    while waiting:
        row = waiting.popleft()
        for booking in around[row]:
            if booking.id in asked_by or booking.id in dead:
                continue
            asked_by[booking.id] = row
            if booking.id in holder:
                waiting.append(holder[booking.id])
                continue
            given: StoredBooking | None = booking
            while given is not None:
                taker = asked_by[given.id]
                before = found.get(taker)
                found[taker], holder[given.id] = given, taker
                given = before
            return
    dead.update(asked_by)
