"""The light of a goal: the cases of its rule, and their order."""

from datetime import date
from decimal import Decimal

import pytest

from app.domain.agreements.agreements import GoalState
from app.domain.agreements.goal_light import (
    GoalLight,
    GoalStanding,
    Reported,
    elapsed,
    is_stale,
    share,
    verdict,
)

ON = date(2026, 7, 1)
BEGIN, DUE = date(2026, 1, 1), date(2026, 12, 31)
RECENT = Reported(date(2026, 7, 1))


def light(state: GoalState = GoalState.RUNNING, **changes: object) -> GoalLight:
    values: dict[str, object] = {"begin": BEGIN, "due": DUE, "last": RECENT, **changes}
    return verdict(GoalStanding(state, **values), ON).light  # type: ignore[arg-type]


def reported(figure: str, target: str = "100", day: date = ON, **changes: object) -> GoalLight:
    return light(target=Decimal(target), last=Reported(day, Decimal(figure)), **changes)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (GoalState.REACHED, GoalLight.REACHED),
        (GoalState.PARTLY, GoalLight.PARTLY),
        (GoalState.MISSED, GoalLight.MISSED),
    ],
)
def test_what_is_finished_stays_what_it_is(state: GoalState, expected: GoalLight) -> None:
    assert light(state, due=date(2026, 1, 31), last=None) is expected


def test_the_order_of_the_rule() -> None:
    passed = date(2026, 6, 30)
    assert light(due=passed) is GoalLight.OVERDUE
    assert light(due=passed, last=None) is GoalLight.OVERDUE
    assert light(due=passed, last=None, counts=False) is GoalLight.UNREPORTED
    assert light(due=ON) is GoalLight.ON_TRACK  # the last day still counts
    assert light(last=None) is GoalLight.UNREPORTED
    assert light(last=Reported(date(2025, 12, 31))) is GoalLight.AT_RISK
    assert light(last=Reported(date(2026, 1, 1))) is GoalLight.ON_TRACK


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("39", GoalLight.AT_RISK),  # 49 % of the time have gone, 80 % of that are 39,2
        ("40", GoalLight.ON_TRACK),
        ("100", GoalLight.ON_TRACK),
        ("0", GoalLight.AT_RISK),
    ],
)
def test_a_figure_is_held_against_the_time(figure: str, expected: GoalLight) -> None:
    assert reported(figure) is expected


def test_a_figure_counts_at_the_day_of_its_report() -> None:
    assert reported("20", day=date(2026, 3, 31)) is GoalLight.ON_TRACK
    assert reported("20", day=ON) is GoalLight.AT_RISK
    assert reported("1", begin=None) is GoalLight.ON_TRACK
    assert reported("1", target="0", state=GoalState.RUNNING) is GoalLight.ON_TRACK


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        (GoalState.OPEN, DUE, GoalLight.ON_TRACK),  # 49 %
        (GoalState.OPEN, date(2026, 12, 20), GoalLight.AT_RISK),  # 51 %
        (GoalState.OPEN, date(2026, 7, 31), GoalLight.AT_RISK),
        (GoalState.RUNNING, date(2026, 7, 31), GoalLight.ON_TRACK),
        (GoalState.OPEN, None, GoalLight.ON_TRACK),
    ],
)
def test_without_a_figure_the_time_decides(state: GoalState, due: date | None, expected: GoalLight) -> None:
    assert light(state, due=due) is expected


def test_the_reason_says_the_figures() -> None:
    goal = GoalStanding(
        GoalState.RUNNING, BEGIN, DUE, Decimal(15), Reported(date(2026, 4, 1), Decimal("1.5"))
    )
    assert verdict(goal, ON).reason == "Nur 10 % des Zielwerts nach 24 % der Zeit (am 01.04.2026)."


def test_parts() -> None:
    assert share(Decimal("7"), Decimal("9")) == 77
    assert share(None, Decimal(1)) is None
    assert elapsed(BEGIN, DUE, date(2025, 1, 1)) == 0
    assert elapsed(BEGIN, DUE, date(2028, 1, 1)) == 100
    assert elapsed(DUE, BEGIN, ON) is None
    assert is_stale(date(2025, 8, 31), date(2026, 3, 1))
    assert not is_stale(date(2025, 8, 31), date(2026, 2, 28))


def test_every_light_has_its_word() -> None:
    assert [one.word for one in GoalLight][:3] == ["überfällig", "gefährdet", "noch kein Bericht"]
