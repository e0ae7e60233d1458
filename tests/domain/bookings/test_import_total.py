"""The file's total against its rows: what is not in the sum explains the difference row by row."""

from typing import Any

import pytest

from app.domain.bookings.booking_plan import Decision
from app.domain.bookings.bookings import Rejected, RowState
from app.domain.bookings.import_total import LeftOut, control_total
from tests.domain.bookings.import_samples import INCOME, manual, row, single_lines, stored

REJECTED, UNCERTAIN, SKIPPED = RowState.REJECTED, RowState.UNCERTAIN, RowState.SKIPPED


def refused(number: int, cents: int | None) -> Rejected:
    return Rejected(number, "Buchungsdatum", "bald", "Das ist kein Datum.", amount_cents=cents)


def skipped(number: int, cents: int | None, *, total: bool = False) -> LeftOut:
    return LeftOut(number, SKIPPED, cents, "Summenzeile" if total else "Zahlung", total)


@pytest.mark.parametrize(
    ("total", "rejected", "apart", "difference", "explained", "unexplained", "unreadable"),
    [
        (3000, [], [], 0, 0, 0, 0),
        (None, [], [], None, 0, None, 0),
        (None, [refused(9, 100)], [], None, 100, None, 0),
        (3100, [refused(9, 100)], [], 100, 100, 0, 0),
        (3100, [refused(9, 60)], [], 100, 60, 40, 0),
        (3100, [refused(9, None)], [], 100, 0, 100, 1),
        (3100, [refused(9, None), refused(10, 70)], [], 100, 70, 30, 1),
        (3100, [refused(9, 100), refused(9, 100)], [], 100, 100, 0, 0),
        (3100, [refused(9, None), refused(9, 100)], [], 100, 100, 0, 0),
        (2900, [refused(9, -100)], [], -100, -100, 0, 0),
        (3000, [refused(9, 100)], [], 0, 100, -100, 0),
        (3100, [], [skipped(9, 100)], 100, 100, 0, 0),
        (3100, [], [skipped(9, 100, total=True)], 100, 0, 100, 0),
    ],
)
def test_a_difference_is_explained_by_rows(
    total: int | None,
    rejected: list[Rejected],
    apart: list[LeftOut],
    difference: int | None,
    explained: int,
    unexplained: int | None,
    unreadable: int,
) -> None:
    plan = single_lines([row(2), row(3, line="2", amount_cents=2000)], [], rejected)
    found = control_total(plan, total, apart)
    assert found.sum_cents == 3000
    assert (found.difference_cents, found.explained_cents) == (difference, explained)
    assert (found.unexplained_cents, found.unreadable) == (unexplained, unreadable)
    assert found.agrees is (None if total is None else difference == 0)


def test_each_row_that_is_not_in_the_sum_is_named_in_order() -> None:
    plan = single_lines([row(2), row(5, amount_cents=700, document_number=None)], [stored(amount_cents=700)])
    plan.rejected.append(refused(4, 30))
    found = control_total(plan, 1730, [skipped(3, 5)])
    assert [(one.row, one.state, one.amount_cents) for one in found.left_out] == [
        (3, SKIPPED, 5),
        (4, REJECTED, 30),
        (5, UNCERTAIN, 700),
    ]
    assert found.left_out[1].reason == "Buchungsdatum: Das ist kein Datum."


@pytest.mark.parametrize(("decision", "left"), [(None, 1), (Decision.NEW, 0), (Decision.KNOWN, 0)])
def test_a_decided_row_is_in_the_sum(decision: Decision | None, left: int) -> None:
    plan = single_lines([row(2)], [manual()], decide=lambda _: decision)
    found = control_total(plan, 1000, [])
    assert (len(found.left_out), found.sum_cents) == (left, 0 if left else 1000)
    assert found.unexplained_cents == 0


@pytest.mark.parametrize(
    ("total", "totals", "suspect"),
    [
        (3000, [(9, 3000), (8, 2000)], 8),
        (3000, [(9, 3000), (8, 1999)], None),
        (3000, [(9, 3000), (8, 2000), (7, 2000)], None),
        (1000, [(9, 1000), (8, 0)], None),
    ],
)
def test_a_row_taken_for_a_total_that_is_exactly_what_is_missing(
    total: int, totals: list[tuple[int, int]], suspect: int | None
) -> None:
    apart = [skipped(number, cents, total=True) for number, cents in totals]
    found = control_total(single_lines([row(2)], []), total, apart)
    assert (found.suspect.row if found.suspect else None) == suspect


def test_income_is_said_apart() -> None:
    income: dict[str, Any] = {"line": "2", "account": INCOME, "amount_cents": -400}
    found = control_total(single_lines([row(2), row(3, **income)], []), None, [])
    assert (found.sum_cents, found.income_cents) == (600, -400)
    assert control_total(single_lines([row(2), row(3, **income)], []), None, [], "4").income_cents == 1000
