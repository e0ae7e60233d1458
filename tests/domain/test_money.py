import pytest

from app.domain import money


@pytest.mark.parametrize(
    ("cents", "amount", "plain"),
    [
        (0, "0,00", "0.00"),
        (5, "0,05", "0.05"),
        (-5, "-0,05", "-0.05"),
        (123456, "1.234,56", "1234.56"),
        (-123456, "-1.234,56", "-1234.56"),
        (10000000000, "100.000.000,00", "100000000.00"),
    ],
)
def test_forms(cents: int, amount: str, plain: str) -> None:
    assert money.amount(cents) == amount
    assert money.euro(cents) == f"{amount} €"
    assert money.plain(cents) == plain


@pytest.mark.parametrize(
    ("cents", "part", "whole", "expected"),
    [
        (100, 1, 3, 33),
        (200, 1, 3, 67),
        (1, 1, 2, 1),  # half up
        (3, 1, 2, 2),
        (-1, 1, 2, -1),  # a credit note mirrors its booking
        (5520587, 72000, 120000, 3312352),
        (100, 1, 0, 0),
    ],
)
def test_a_share_is_rounded_half_up(cents: int, part: int, whole: int, expected: int) -> None:
    assert money.share(cents, part, whole) == expected


def test_sums_of_cents_are_exact() -> None:
    assert money.amount(3 * 3333 + 1) == "100,00"
