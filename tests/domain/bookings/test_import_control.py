"""Orders and months of a file against what the database holds afterwards: each difference is explained."""

import random
from datetime import date
from typing import Any

import pytest

from app.domain.bookings.booking_plan import BookingPlan, Decision
from app.domain.bookings.bookings import BookingField, Posting, Rejected, StoredBooking
from app.domain.bookings.import_control import ImportControl, forecast
from app.domain.bookings.import_effect import stored_after
from app.domain.bookings.import_sums import PlaceControl, Scope, Why
from app.domain.bookings.import_total import control_total
from app.domain.budgets.budgets import BookingSource
from tests.domain.bookings.import_samples import (
    ALL,
    DAY,
    INCOME,
    manual,
    random_postings,
    row,
    single_lines,
    stored,
    sum_so_far,
    sums_so_far,
)

MARCH = date(2026, 3, 1)


def control(
    plan: BookingPlan,
    there: list[StoredBooking],
    given: frozenset[BookingField] = ALL,
    removed: tuple[int, ...] = (),
) -> ImportControl:
    found = forecast(Scope(plan, there, given, removed), control_total(plan, None, ()))
    assert not found.unexplained
    return found


def only(found: ImportControl) -> PlaceControl:
    (place,) = found.places
    return place


def said(place: PlaceControl) -> tuple[int, int, list[tuple[Why, int]]]:
    return place.file_cents, place.database_cents, [(item.why, item.amount_cents) for item in place.items]


FIRST = [stored(1)]
CASES: list[tuple[str, list[Posting], list[StoredBooking], list[Rejected], tuple[Any, ...]]] = [
    ("new", [row(2)], [], [], (1000, 1000, [])),
    ("known", [row(2)], FIRST, [], (1000, 1000, [])),
    ("changed", [row(2, amount_cents=1100)], FIRST, [], (1100, 1100, [])),
    ("moved by finance", [row(2, day=date(2026, 3, 20))], [stored(1, day=date(2026, 2, 1))], [], (1000, 1000, [])),
    ("twice in the file", [row(2, line=None), row(3, line=None)], [], [], (2000, 2000, [])),
    (
        "fell away",
        [row(2), row(4, line="3", day=date(2026, 3, 12))],
        [*FIRST, stored(2, line="2", amount_cents=50)],
        [],
        (2000, 2050, [(Why.MISSING, 50)]),
    ),
    ("of another delivery", [row(2)], [*FIRST, stored(2, line="2", day=date(2026, 3, 31))], [],
     (1000, 2000, [(Why.OTHER, 1000)])),
    ("by hand", [row(2)], [*FIRST, manual(amount_cents=70)], [], (1000, 1070, [(Why.MANUAL, 70)])),
    ("another account", [row(2)], [*FIRST, stored(2, line="2", account="99", day=date(2026, 3, 31))], [],
     (1000, 1000, [])),
    ("undecided", [row(2, document_number=None)], FIRST, [],
     (1000, 1000, [(Why.UNCERTAIN, -1000), (Why.OTHER, 1000)])),
    (
        "rejected",
        [row(2)],
        FIRST,
        [Rejected(3, "Währung", "USD", "Nur EUR.", internal_order="570", day=DAY, amount_cents=40)],
        (1040, 1000, [(Why.REJECTED, -40)]),
    ),
    ("rejected without amount", [row(2)], FIRST, [Rejected(3, "Betrag", "x", "Kein Betrag.", "20")],
     (1000, 1000, [])),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "there", "rejected", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_difference_is_explained_by_rows_and_bookings(
    rows: list[Posting], there: list[StoredBooking], rejected: list[Rejected], expected: tuple[Any, ...]
) -> None:
    place = only(control(single_lines(rows, there, rejected), there))
    assert said(place) == expected
    assert (place.place.internal_order, place.place.month, place.place.is_income) == ("570", MARCH, False)


def test_a_rejected_row_without_date_has_a_line_of_its_own() -> None:
    refused = Rejected(3, "Buchungsdatum", "bald", "Kein Datum.", "20", None, "570", None, 40)
    march, undated = control(single_lines([row(2)], [], [refused]), []).places
    assert (march.difference_cents, undated.place.month) == (0, None)
    assert said(undated) == (40, 0, [(Why.REJECTED, -40)])


@pytest.mark.parametrize(("removed", "expected"), [((), 1050), ((2,), 1000)])
def test_what_fell_away_counts_until_she_removes_it(removed: tuple[int, ...], expected: int) -> None:
    there = [stored(1), stored(2, line="2", amount_cents=50)]
    place = only(control(single_lines([row(2)], there), there, removed=removed))
    assert place.database_cents == expected


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (None, (1000, 1000, [(Why.UNCERTAIN, -1000), (Why.MANUAL, 1000)])),
        (Decision.NEW, (1000, 2000, [(Why.MANUAL, 1000)])),
        (Decision.KNOWN, (1000, 1000, [])),
    ],
)
def test_an_entry_by_hand_that_a_row_may_be(decision: Decision | None, expected: tuple[Any, ...]) -> None:
    there = [manual(day=date(2026, 3, 2))]
    plan = single_lines([row(2)], there, decide=lambda _: decision)
    assert said(only(control(plan, there))) == expected


def test_two_rows_are_never_one_booking() -> None:
    rows = [row(2, document_number=None), row(3, document_number=None)]
    plan = single_lines(rows, FIRST, decide=lambda _: Decision.KNOWN)
    assert said(only(control(plan, FIRST))) == (2000, 1000, [(Why.UNCERTAIN, -1000)])


@pytest.mark.parametrize(
    ("corrected", "expected"),
    [
        ({"amount_cents": 1100}, [(1100, 1000, [(Why.KEPT, -1100), (Why.KEPT, 1000)])]),
        ({"account": "43"}, [(1000, 1000, [])]),
        (
            {"day": date(2026, 4, 1)},
            [(2000, 3000, [(Why.KEPT, 1000)]), (1000, 0, [(Why.KEPT, -1000)])],
        ),
    ],
)
def test_a_correction_that_is_not_taken_over(
    corrected: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    rows = [row(2, **corrected)]
    if len(expected) > 1:
        rows.append(row(3, line="7", amount_cents=2000))
    plan = single_lines(rows, FIRST, decide=lambda _: Decision.KEPT)
    assert [said(place) for place in control(plan, FIRST).places] == expected


def test_a_row_whose_booking_stands_in_the_next_month() -> None:
    there = [stored(1, day=date(2026, 4, 1))]
    rows = [row(2, document_number=None, day=date(2026, 3, 30)), row(3, line="9", day=date(2026, 4, 2))]
    plan = single_lines(rows, there, decide=lambda _: Decision.KNOWN)
    march, april = control(plan, there).places
    assert said(march) == (1000, 0, [(Why.ELSEWHERE, -1000)])
    assert said(april) == (1000, 2000, [(Why.ELSEWHERE, 1000)])
    assert march.items[0].day == date(2026, 4, 1)
    assert april.items[0].row == 2


def test_income_is_a_line_of_its_own() -> None:
    rows = [row(2), row(3, line="2", account=INCOME, amount_cents=-300)]
    spent, earned = control(single_lines(rows, []), []).places
    assert (spent.place.is_income, spent.file_cents) == (False, 1000)
    assert (earned.place.is_income, earned.file_cents) == (True, -300)


def test_what_the_file_does_not_say_is_as_it_is_stored() -> None:
    given = ALL - {BookingField.INTERNAL_ORDER, BookingField.ACCOUNT}
    there = [stored(1), stored(2, line="2", account=INCOME, is_income=True)]
    rows = [row(2, internal_order=None, account=None), row(3, line="2", internal_order=None, account=None)]
    spent, earned = control(single_lines(rows, there, given=given), there, given).places
    assert (spent.place.internal_order, spent.place.is_income, spent.difference_cents) == ("570", False, 0)
    assert (earned.place.is_income, earned.difference_cents) == (True, 0)


def test_single_lines_that_replace_a_difference_booking() -> None:
    difference = stored(
        5,
        source=BookingSource.DIFFERENCE,
        day=date(2026, 3, 31),
        document_number=None,
        line=None,
        account=None,
    )
    assert said(only(control(single_lines([row(2)], [difference]), [difference]))) == (1000, 1000, [])
    later = difference._replace(day=date(2026, 4, 30), amount_cents=5000)
    march, april = control(
        single_lines([row(2), row(3, line="2", day=date(2026, 4, 1))], [later]), [later]
    ).places
    assert (march.difference_cents, april.difference_cents) == (0, 0)


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ([], [(1000, 1000, []), (2500, 2500, [])]),
        ([stored(1, amount_cents=400)], [(1000, 1000, []), (2500, 2500, [])]),
        ([manual(amount_cents=70)], [(1000, 1070, [(Why.MANUAL, 70)]), (2500, 2570, [(Why.MANUAL, 70)])]),
        ([stored(1, account=INCOME, is_income=True)], [(1000, 1000, []), (2500, 2500, [])]),
        (
            [stored(1, day=date(2026, 4, 2), amount_cents=400)],
            [(1000, 1000, []), (2500, 2500, [])],
        ),
    ],
)
def test_sums_so_far_against_the_sum_in_the_database(
    there: list[StoredBooking], expected: list[tuple[Any, ...]]
) -> None:
    plan = sums_so_far([sum_so_far(2, 3, 1000), sum_so_far(3, 4, 2500)], there)
    found = control(
        plan, there, frozenset({BookingField.INTERNAL_ORDER, BookingField.MONTH, BookingField.CUMULATED})
    )
    assert [said(place) for place in found.places] == expected


def test_sums_that_contradict_each_other_stay_unexplained() -> None:
    """All spending and one account of the same order: both are booked, so more stands there than finance said."""
    plan = sums_so_far([sum_so_far(2, 3, 1000), sum_so_far(3, 3, 600, account="42")], [])
    scope = Scope(plan, [], frozenset({BookingField.ACCOUNT}))
    found = forecast(scope, control_total(plan, None, ()))
    assert [place.unexplained_cents for place in found.unexplained] == [600]


@pytest.mark.parametrize("seed", range(60))
def test_no_random_plan_leaves_anything_unexplained(seed: int) -> None:
    chance = random.Random(seed)
    there = [
        stored(
            at + 1,
            source=(source := chance.choice((BookingSource.FINANCE, BookingSource.MANUAL))),
            day=one.day,
            amount_cents=one.amount_cents,
            document_number=one.document_number if source is BookingSource.FINANCE else None,
            line=one.line,
            internal_order=one.internal_order,
            account=one.account,
            is_income=one.account == INCOME,
        )
        for at, one in enumerate(random_postings(chance, 2, 25))
    ]
    rows = random_postings(chance, 2, 25)
    given = ALL - set(
        chance.sample(
            (BookingField.ACCOUNT, BookingField.LINE, BookingField.INTERNAL_ORDER), chance.randint(0, 2)
        )
    )
    rows = [
        one._replace(
            **{
                of.value: None
                for of in (BookingField.ACCOUNT, BookingField.LINE, BookingField.INTERNAL_ORDER)
                if of not in given
            }
        )
        for one in rows
    ]
    plan = single_lines(
        rows, there, given=given, decide=lambda _: chance.choice((None, Decision.NEW, Decision.KNOWN))
    )
    removed = tuple(one.id for one in plan.missing if chance.random() < 0.5)
    found = control(plan, there, given, removed)
    assert sum(place.file_cents for place in found.places) == sum(one.amount_cents for one in rows)


def test_a_corrected_budget_year_is_foretold() -> None:
    given = ALL | {BookingField.BUDGET_YEAR}
    plan = single_lines([row(2, budget_year=2025)], FIRST, given=given)
    [after] = stored_after(plan, FIRST, given)
    assert (after.budget_year, after.amount_cents) == (2025, 1000)
    assert said(only(control(plan, FIRST, given))) == (1000, 1000, [])
