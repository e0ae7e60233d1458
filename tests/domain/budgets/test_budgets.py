import pytest

from app.domain.budgets.budgets import (
    BudgetFigures,
    number_after,
    number_of_next_year,
    open_commitment,
    reaches_into_later_years,
    title_of_next_year,
)


def test_available_is_what_nobody_spent_committed_or_took_away() -> None:
    figures = BudgetFigures(100_000, 20_000, 5_000, 30_000, 40_000, income_cents=7_000)
    assert figures.transfers_cents == 15_000
    assert figures.disposable_cents == 115_000
    assert figures.available_cents == 45_000
    assert figures.overspent_cents == 0
    assert figures.used_share == pytest.approx(70 / 115)


def test_overspending_has_an_amount_and_no_bar_without_money() -> None:
    figures = BudgetFigures(actual_cents=100)
    assert figures.available_cents == -100
    assert figures.overspent_cents == 100
    assert figures.used_share is None


@pytest.mark.parametrize(("more", "over"), [(99, 0), (100, 0), (101, 1), (-5, 0)])
def test_a_planned_change_is_told_by_how_much_it_overspends(more: int, over: int) -> None:
    assert BudgetFigures(planned_cents=100).overspent_after(more) == over


def test_figures_add_up() -> None:
    total = BudgetFigures(1, 2, 3, 4, 5, 6) + BudgetFigures(10, 20, 30, 40, 50, 60)
    assert total == BudgetFigures(11, 22, 33, 44, 55, 66)


@pytest.mark.parametrize(
    ("amount", "booked", "closed", "left"),
    [
        (60_000, 0, False, 60_000),
        (60_000, 25_000, False, 35_000),
        (60_000, 70_000, False, 0),  # never below zero
        (60_000, -5_000, False, 65_000),  # a credit note binds again
        (60_000, 25_000, True, 0),
    ],
)
def test_open_part_of_a_commitment(amount: int, booked: int, closed: bool, left: int) -> None:
    assert open_commitment(amount, booked, closed=closed) == left


@pytest.mark.parametrize(("until", "later"), [(None, False), (2026, False), (2027, True)])
def test_commitments_into_later_years(until: int | None, later: bool) -> None:
    assert reaches_into_later_years(2026, until) is later


@pytest.mark.parametrize(
    ("number", "following"),
    [
        ("B26-DOE", "B27-DOE"),
        ("P-2026", "P-2027"),
        ("2026/26-1", "2027/26-1"),
        ("PERSONAL", "PERSONAL-2027"),
        ("B126-X", "B126-X-2027"),  # 26 inside a longer number is no year
    ],
)
def test_numbers_of_the_next_year(number: str, following: str) -> None:
    assert number_of_next_year(number, 2026) == following


def test_the_turn_of_the_century_keeps_two_digits() -> None:
    assert number_of_next_year("B99-X", 2099) == "B00-X"


def test_titles_of_the_next_year() -> None:
    assert title_of_next_year("Starterbudget Döhren 2026", 2026) == "Starterbudget Döhren 2027"
    assert title_of_next_year("Starterbudget 12026", 2026) == "Starterbudget 12026"


def test_running_numbers() -> None:
    assert number_after([], "UM26-") == "UM26-1"
    assert number_after(["UM26-9", "UM26-10", "UM26-x", "UM25-77"], "UM26-") == "UM26-11"
