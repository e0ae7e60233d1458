from datetime import date

import pytest

from app.domain.grants.grant_standing import (
    UNLIMITED,
    Financing,
    FinancingKind,
    ItemCost,
    Light,
    Payout,
    Window,
    interim_proofs,
    lights,
    payout_uses,
    refund,
)

SHARE, DEFICIT, FIXED = FinancingKind.SHARE, FinancingKind.DEFICIT, FinancingKind.FIXED
G, Y, R = Light.GREEN, Light.YELLOW, Light.RED


@pytest.mark.parametrize(
    ("eligible", "income", "share", "deficit", "fixed"),
    [
        (110_000, 0, 66_000, 62_000, 72_000),
        (120_000, 5_000, 69_000, 67_000, 72_000),
        (130_000, 5_000, 72_000, 72_000, 72_000),
        (60_000, 0, 36_000, 12_000, 60_000),
        (40_000, 0, 24_000, 0, 40_000),
        (4_000, 5_000, 0, 0, 4_000),
        (-100, 0, 0, 0, 0),
    ],
)
def test_check_figures_of_the_final_grant(
    eligible: int, income: int, share: int, deficit: int, fixed: int
) -> None:
    for kind, expected in ((SHARE, share), (DEFICIT, deficit), (FIXED, fixed)):
        financing = Financing(kind, 7_200_000, 4_800_000, income * 100)
        assert financing.final_grant(eligible * 100) == expected * 100


def test_the_share_is_rounded_once_half_up() -> None:
    assert Financing(SHARE, 72_000_00, 48_000_00).final_grant(5_520_587) == 3_312_352
    assert Financing(SHARE, 1, 1).final_grant(1) == 1
    assert Financing(SHARE, 0, 0).final_grant(100) == 0


def test_refund() -> None:
    assert refund(3_900_000, 3_312_352) == 587_648
    assert refund(100, 200) == 0


@pytest.mark.parametrize(
    ("items", "tolerance", "expected"),
    [
        ([(100, 100), (100, 0)], 20, [G, G]),
        ([(100, 101), (100, 0)], 20, [Y, G]),
        ([(100, 120), (100, 80)], 20, [Y, G]),
        ([(100, 121), (100, 0)], 20, [R, G]),
        ([(0, 1), (100, 0)], 20, [R, G]),
        ([(0, 1), (100, 0)], UNLIMITED, [Y, G]),
        ([(0, 0), (100, 0)], 20, [G, G]),
        ([(100, 110), (100, 115), (100, 90)], 20, [R, R, G]),  # 25 over, only 10 left elsewhere
        ([(100, 110), (100, 115), (100, 75)], 20, [Y, Y, G]),
        ([(100, 500), (1000, 0)], UNLIMITED, [Y, G]),
        ([(100, 500), (1000, 900)], UNLIMITED, [R, G]),
        ([(333, 399), (1000, 0)], 20, [Y, G]),  # 399,6 is the limit: no rounding before the comparison
        ([(333, 400), (1000, 0)], 20, [R, G]),
        ([(100, 101), (100, 0)], 0, [R, G]),
    ],
)
def test_lights(items: list[tuple[int, int]], tolerance: int, expected: list[Light]) -> None:
    assert lights([ItemCost(*item) for item in items], tolerance, SHARE) == expected


def test_no_item_rule_for_a_fixed_sum() -> None:
    assert lights([ItemCost(0, 100)], 20, FIXED) == [G]


@pytest.mark.parametrize(
    ("window", "received", "use_by"),
    [
        (Window(months=2), date(2026, 1, 20), date(2026, 3, 20)),
        (Window(months=2), date(2026, 12, 31), date(2027, 2, 28)),
        (Window(months=6), date(2027, 8, 31), date(2028, 2, 29)),
        (Window(weeks=6), date(2026, 1, 20), date(2026, 3, 3)),
    ],
)
def test_use_by(window: Window, received: date, use_by: date) -> None:
    assert window.last_day(received) == use_by


def payout(nr: int, received_on: date, cents: int) -> Payout:
    return Payout(nr, received_on, cents, Window(months=2).last_day(received_on))


def half(cents: int) -> int:
    return cents // 2


def test_payouts_are_used_oldest_first_and_leftovers_stay_on_record() -> None:
    payouts = [payout(2, date(2026, 4, 1), 200), payout(1, date(2026, 1, 20), 100)]
    spending = [(date(2026, 1, 10), 60), (date(2026, 3, 20), 40), (date(2026, 3, 29), 160)]
    first, second = payout_uses(payouts, spending, half, date(2026, 5, 1))
    assert (first.payout.nr, first.used_cents, first.open_cents) == (1, 100, 0)
    assert (first.late_cents, first.late_days) == (50, 9)
    assert (second.payout.nr, second.used_cents, second.open_cents) == (2, 30, 170)
    assert (second.late_cents, second.late_days) == (0, 0)  # its day is still to come


def test_a_payout_is_in_time_on_its_last_day_and_late_the_day_after() -> None:
    [on_the_day] = payout_uses([payout(1, date(2026, 1, 20), 100)], [], half, date(2026, 3, 20))
    [day_after] = payout_uses([payout(1, date(2026, 1, 20), 100)], [], half, date(2026, 3, 21))
    assert (on_the_day.late_cents, on_the_day.late_days) == (0, 0)
    assert (day_after.late_cents, day_after.late_days) == (100, 1)


def test_own_money_goes_first_when_a_deficit_is_financed() -> None:
    financing = Financing(DEFICIT, 7_200_000, 4_800_000)
    assert financing.payouts_needed(4_800_000) == 0
    assert financing.payouts_needed(4_800_001) == 1


def test_a_fixed_sum_is_used_by_its_share() -> None:
    financing = Financing(FIXED, 7_200_000, 4_800_000)
    assert financing.payouts_needed(1_000_000) == 600_000
    assert financing.payouts_needed(99_000_000) == 7_200_000


def test_interim_proofs_follow_each_budget_year_that_ends_before_the_grant() -> None:
    begin, end = date(2025, 1, 1), date(2027, 12, 31)
    assert interim_proofs(begin, end, 4) == [date(2026, 4, 30), date(2027, 4, 30)]
    assert interim_proofs(begin, end, None) == []
    assert interim_proofs(begin, end, 0) == []
