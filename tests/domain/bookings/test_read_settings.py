"""Settings of a file: what a profile keeps of them, and what holds for one file only."""

import pytest

from app.domain.bookings.read_settings import (
    AmountSign,
    DateOrder,
    DebitCredit,
    HeaderLines,
    ReadSettings,
    Unit,
    from_json,
    mark_of,
)


def test_only_what_is_not_usual_is_kept() -> None:
    assert ReadSettings().as_json() == {}
    settings = ReadSettings(unit=Unit.THOUSAND, header_row=3, last_row=90, header_mark="abc", end_mark="ende")
    assert settings.as_json() == {"unit": "thousand", "end_mark": "ende"}


def test_what_was_kept_comes_back() -> None:
    settings = ReadSettings(
        AmountSign.SPENDING_NEGATIVE, DebitCredit.TURN, Unit.EURO, DateOrder.MONTH_FIRST, HeaderLines.TWO
    )
    assert from_json(settings.as_json()) == settings
    assert from_json({"unit": "euro", "of_a_later_version": 1}) == ReadSettings(unit=Unit.EURO)


@pytest.mark.parametrize(
    ("by_hand", "detected", "unit", "factor"),
    [
        (Unit.AUTOMATIC, Unit.EURO, Unit.EURO, 1),
        (Unit.AUTOMATIC, Unit.THOUSAND, Unit.THOUSAND, 1000),
        (Unit.EURO, Unit.THOUSAND, Unit.EURO, 1),
        (Unit.THOUSAND, Unit.EURO, Unit.THOUSAND, 1000),
    ],
)
def test_the_unit_set_by_hand_wins(by_hand: Unit, detected: Unit, unit: Unit, factor: int) -> None:
    found = ReadSettings(unit=by_hand).unit_of(detected)
    assert (found, found.factor) == (unit, factor)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("Erstellt am 03.04.2026", "erstelltam"), ("*** ENDE ***", "ende"), ("3 S.", ""), ("12.04.2026", "")],
)
def test_how_the_end_is_known_again(text: str, mark: str) -> None:
    assert mark_of(text) == mark
