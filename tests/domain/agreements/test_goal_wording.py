"""Targets and figures in words."""

from decimal import Decimal

import pytest

from app.domain.agreements.goal_light import GoalLight
from app.domain.agreements.goal_wording import figure, reached_words, said_figure, summed_up, target_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("15", "15"),
        ("1234.50", "1.234,5"),
        ("0.25", "0,25"),
        ("100", "100"),
        ("1E+3", "1.000"),
        ("-2.0", "-2"),
    ],
)
def test_a_figure_in_german(value: str, words: str) -> None:
    assert figure(Decimal(value)) == words


@pytest.mark.parametrize(
    ("said", "value", "unit", "words"),
    [
        ("15", "15", "Ehrenamtliche", "15 Ehrenamtliche"),
        ("30 %", "30", "%", "30 %"),
        ("vier Tage", "4", "Tage", "vier Tage (4 Tage)"),
        ("ja", None, None, "ja"),
        (None, "4", None, "4"),
        (None, None, "Tage", ""),
    ],
)
def test_a_target(said: str | None, value: str | None, unit: str | None, words: str) -> None:
    assert target_words(said, Decimal(value) if value else None, unit) == words


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("15", (Decimal(15), None)),
        (" mindestens 15 Ehrenamtliche ", (Decimal(15), "Ehrenamtliche")),
        ("30 %", (Decimal(30), "%")),
        ("1.200,5 Stunden im Jahr", (Decimal("1200.5"), "Stunden im Jahr")),
        ("2 Treffen bis 31.12.", None),
        ("eröffnet", None),
        ("2027 eröffnet", None),
        ("2.027 Gäste", (Decimal(2027), "Gäste")),
        ("0", None),
        ("", None),
        (None, None),
    ],
)
def test_a_target_that_is_a_figure(said: str | None, found: tuple[Decimal, str | None] | None) -> None:
    assert said_figure(said) == found


def test_a_figure_against_its_target() -> None:
    assert reached_words(Decimal(6), Decimal(15), "Ehrenamtliche") == "6 von 15 Ehrenamtliche (40 %)"
    assert reached_words(Decimal(6), None, "Tage") == "6 Tage"
    assert reached_words(None, Decimal(15), None) == ""


def test_a_list_of_goals_in_a_sentence() -> None:
    lights = [GoalLight.REACHED, GoalLight.OVERDUE, GoalLight.ON_TRACK, GoalLight.UNREPORTED]
    assert summed_up(lights) == "1 von 4 Zielen erreicht, 1 überfällig, 1 ohne Bericht"
    assert summed_up([GoalLight.REACHED]) == "1 von 1 Ziel erreicht"
    assert summed_up([]) == ""
