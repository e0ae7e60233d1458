"""Lines without a number of their own meet the bookings they may be: by text, by date, none twice."""

import random
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.bookings.bookings import BookingField, Posting, StoredBooking
from app.domain.bookings.lookalikes import Lookalikes, likeness
from app.domain.budgets.budgets import BookingSource

DAY = date(2026, 3, 10)
ALL = frozenset(BookingField)


def row(number: int, days: int = 0, text: str | None = None, **values: Any) -> Posting:
    return Posting(number, DAY + timedelta(days), 2026, 1000, internal_order="570", text=text, **values)


def stored(
    number: int, days: int = 0, text: str | None = None, source: BookingSource = BookingSource.FINANCE
) -> StoredBooking:
    return StoredBooking(
        number, source, 1, DAY + timedelta(days), 2026, 1000, None, None, 1, "570", None, False, None, None,
        text, None,
    )  # fmt: skip


def proposed(
    rows: list[Posting], there: list[StoredBooking], taken: set[int] | None = None
) -> dict[int, int]:
    """Number of the row -> id of the booking."""
    lookalikes = Lookalikes(there, ALL, rows)
    found = lookalikes.propose(list(enumerate(rows)), taken or set())
    return {rows[place].row: booking.id for place, booking in found.items()}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("Miete März", "Müller"), ("Mueller Miete März", None), 1.0),
        (("MIETE", None), ("Miete", None), 1.0),
        ((None, None), (None, None), 1.0),
        (("Miete", None), (None, None), 0.5),
        (("Miete März", None), ("Miete April", None), 0.8),
        (("Miete", None), ("Honorar", "Kern"), 0.1),
    ],
)
def test_how_alike_two_lines_are(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], alike: float
) -> None:
    assert likeness(*one, *other) == alike
    assert likeness(*other, *one) == alike


def test_the_text_says_which_booking_comes_first() -> None:
    there = [stored(1, 0, "Honorar Kern"), stored(2, 3, "Miete März"), stored(3, 4)]
    line = row(2, 0, "Miete 03 März")
    assert [one.booking.id for one in Lookalikes(there, ALL, [line]).of(line)] == [2, 3, 1]
    assert proposed([line], there) == {2: 2}


def test_without_texts_the_nearest_comes_first() -> None:
    assert proposed([row(2, 2)], [stored(1, 0), stored(2, 3)]) == {2: 2}


def test_identical_rows_meet_as_many_bookings() -> None:
    there = [stored(1, 0, "Miete"), stored(2, 0, "Miete")]
    rows = [row(2, 0, "Miete"), row(3, 0, "Miete"), row(4, 0, "Miete")]
    assert proposed(rows, there) == {2: 1, 3: 2, 4: 1}


def test_what_equals_exactly_goes_before_what_is_alike() -> None:
    there = [stored(1, 1, "Miete"), stored(2, 0, "Miete")]
    assert proposed([row(2, 0, "Miete"), row(3, 1, "Miete")], there) == {2: 2, 3: 1}


def test_what_another_row_is_comes_last() -> None:
    there = [stored(1, 0, "Miete"), stored(2, 4, "Strom")]
    assert proposed([row(2, 0, "Miete")], there, taken={1}) == {2: 2}
    assert proposed([row(2, 0, "Miete")], there, taken={1, 2}) == {2: 1}


def test_a_row_moves_on_so_that_the_other_gets_one_too() -> None:
    """Both want the booking of the 12th, only the first can also be that of the 10th."""
    assert proposed([row(2, 3), row(3, 6)], [stored(1, 0), stored(2, 2)]) == {2: 1, 3: 2}


def test_what_equals_exactly_never_moves_on() -> None:
    assert proposed([row(2, 3), row(3, 6)], [stored(1, 0), stored(2, 3)]) == {2: 2, 3: 2}


def test_with_a_number_only_entries_by_hand_come_into_question() -> None:
    there = [stored(1), stored(2, -14, source=BookingSource.MANUAL)]
    assert proposed([row(2, document_number="19")], there) == {2: 2}
    assert proposed([row(2, 1, document_number="19")], there) == {}


def test_a_file_without_orders_meets_bookings_of_any() -> None:
    line = row(2)._replace(internal_order=None)
    lookalikes = Lookalikes([stored(1)], ALL - {BookingField.INTERNAL_ORDER}, [line])
    assert [one.booking.id for one in lookalikes.of(line)] == [1]
    assert Lookalikes([stored(1)], ALL, [line]).of(line) == []


@settings(max_examples=60)
@given(st.lists(st.integers(0, 12), max_size=5), st.lists(st.integers(0, 12), max_size=5))
def test_as_many_rows_as_possible_have_a_booking_of_their_own(days: list[int], there: list[int]) -> None:
    rows = [row(number, day, "Miete") for number, day in enumerate(days)]
    bookings = [stored(number, day) for number, day in enumerate(there)]
    found = proposed(rows, bookings)
    assert len(set(found.values())) == _most(days, there)
    assert set(found) == {number for number, day in enumerate(days) if any(abs(day - o) <= 4 for o in there)}


def _most(days: list[int], there: list[int]) -> int:
    """The most pairs there can be, found by trying all orders."""
    few, many = sorted((days, there), key=len)
    return max(
        (
            sum(abs(a - b) <= 4 for a, b in zip(few, some, strict=True))
            for some in permutations(many, len(few))
        ),
        default=0,
    )


def test_thousands_of_alike_lines_take_no_time() -> None:
    chance = random.Random(1)
    rows = [row(number, chance.randint(0, 300), chance.choice(("Miete", None))) for number in range(3000)]
    there = [stored(number, chance.randint(0, 300), "Miete") for number in range(2000)]
    found = proposed(rows, there)
    assert len(found) > 2900
    assert len(set(found.values())) > 1900
