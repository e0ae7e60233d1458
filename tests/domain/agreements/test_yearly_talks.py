"""The next yearly talk follows from the begin and from the talks that were held."""

from datetime import date

import pytest

from app.domain.agreements.yearly_talks import next_talk

BEGIN = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("held", "on", "due"),
    [
        ((), date(2024, 5, 1), date(2025, 3, 1)),
        ((), date(2025, 6, 1), date(2025, 3, 1)),
        ((date(2025, 2, 12),), date(2025, 2, 20), date(2026, 3, 1)),
        ((date(2025, 4, 20),), date(2025, 6, 1), date(2026, 3, 1)),
        ((date(2025, 2, 12),), date(2026, 4, 1), date(2026, 3, 1)),
        ((), date(2026, 4, 1), date(2026, 3, 1)),
    ],
)
def test_the_next_one(held: tuple[date, ...], on: date, due: date) -> None:
    assert next_talk(BEGIN, None, held, on) == due


def test_none_after_the_last_day_and_none_without_a_begin() -> None:
    assert next_talk(BEGIN, date(2025, 2, 28), (), date(2024, 5, 1)) is None
    assert next_talk(None, None, (), date(2024, 5, 1)) is None
