"""The columns that every list of goals has, in the tab of an agreement and in the view of all."""

from app.domain.agreements.goal_light import RULE
from app.services.agreements.goals import GoalLine
from app.ui.agreements.goal_looks import figure_words, light_pill, target_bar
from app.ui.kit.table.columns import Column, Kind

STANDING: tuple[Column[GoalLine], ...] = (
    Column(
        "light",
        "Ampel",
        lambda line: light_pill(line.verdict.light),
        Kind.PILL,
        146,
        tip=lambda line: f"{line.verdict.reason}\n\n{RULE}",
    ),
    Column("due", "Frist", lambda line: line.goal.due, Kind.DATE, 88),
    Column("figure", "Erreicht", target_bar, Kind.BAR, 80, tip=figure_words),
    Column("last", "Bericht", lambda line: line.last and line.last.day, Kind.DATE, 88),
)
"""How a goal stands: light, due day, figure against its target, day of the last report."""
