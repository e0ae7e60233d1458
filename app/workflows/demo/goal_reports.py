"""Demo data of goals: their targets as figures, and what was reported on them so far."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from app.domain.agreements.agreements import BINDING_STAGES, UNFINISHED_GOALS, GoalState, Stage
from app.domain.agreements.goal_light import elapsed
from app.domain.dates import add_months
from app.workflows.demo.making import Making, demo_texts, random_for
from db.models import Agreement, Goal, GoalReport

QUARTERLY = 3
"""Months between two reports of a partner that keeps up."""
MOST_REPORTS = 6
SHARES = {
    GoalState.REACHED: (1.0, 1.15),
    GoalState.PARTLY: (0.6, 0.85),
    GoalState.MISSED: (0.15, 0.4),
    GoalState.RUNNING: (0.6, 1.2),
    GoalState.OPEN: (0.0, 1.0),
}
"""How much of the target the last report names, from and to, by the state it ends in; of what the time gone lets
expect while it is not finished."""


def make_goal_reports(making: Making) -> None:
    """Most goals of signed agreements have reports, some old ones only, some none."""
    roll = random_for("goal reports")
    texts = demo_texts()["goals"]["reports"]
    query = select(Goal, Agreement).join(Agreement, Agreement.id == Goal.agreement_id).order_by(Goal.id)
    for place, (goal, agreement) in enumerate(making.session.execute(query).all()):
        goal.target_value, goal.unit = _figure(goal)
        if agreement.stage not in BINDING_STAGES | {Stage.ENDED} or place % 6 == 5:
            continue
        days = _days(making.day, agreement.begin, goal, old=place % 7 == 3)
        last_share = roll.uniform(*SHARES[goal.state])
        if goal.state in UNFINISHED_GOALS:
            last_share *= min(0.9, (elapsed(agreement.begin, goal.due, making.day) or 0) / 100)
        for nr, day in enumerate(days, 1):
            newest = nr == len(days)
            making.session.add(
                GoalReport(
                    goal_id=goal.id,
                    day=day,
                    state=goal.state if newest else GoalState.RUNNING,
                    figure=_reported(roll, goal, last_share * nr / len(days), newest),
                    text=texts[goal.state if newest else "running"][(place + nr) % 3],
                    author=roll.choice(demo_texts()["people"]["functions"]),
                )
            )


def _figure(goal: Goal) -> tuple[Decimal | None, str | None]:
    """The target as a figure, where the text has one: "15", "30 %"."""
    number, _, sign = (goal.target or "").partition(" ")
    return (Decimal(number), sign or goal.indicator) if number.isdecimal() else (None, None)


def _days(today: date, begin: date | None, goal: Goal, *, old: bool) -> list[date]:
    """About every three months since the begin; `old`: nothing in the last eight months."""
    assert begin is not None
    last = add_months(today, -8) if old else today - timedelta(days=9)
    if goal.state not in (GoalState.OPEN, GoalState.RUNNING) and goal.due is not None:
        last = min(last, goal.due)
    days: list[date] = []
    day = last
    while len(days) < MOST_REPORTS and day > begin:
        days.append(day)
        day = add_months(day, -QUARTERLY) - timedelta(days=len(days) * 2)
    return days[::-1]


def _reported(roll: Random, goal: Goal, share: float, newest: bool) -> Decimal | None:
    if goal.target_value is None:
        return None
    wobble = 1.0 if newest else roll.uniform(0.85, 1.1)
    figure = Decimal(round(float(goal.target_value) * share * wobble))
    return max(figure, goal.target_value) if newest and goal.state is GoalState.REACHED else figure
