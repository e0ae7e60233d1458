"""The columns that every list of goals has, in the tab of an agreement and in the view of all, and their values."""

from dataclasses import dataclass

from app.domain.agreements.goal_light import RULE
from app.domain.agreements.goal_wording import reached_words, target_words
from app.services.agreements.goals import GoalLine
from app.ui.agreements.pills import LIGHTS
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.widgets.figures import Bar


@dataclass(frozen=True, slots=True)
class TargetBar(Bar):
    """A figure against its target as a bar; more than the target fills it and no more. `words` say both exactly."""

    words: str = ""
    percent: int = 0

    @property
    def used(self) -> float:
        return self.percent / 100

    @property
    def sentence(self) -> str:
        return self.words


def target_bar(line: GoalLine) -> TargetBar | None:
    """The last figure against the target; None where there is no figure for one."""
    percent = line.reached_percent
    if percent is None or line.last is None:
        return None
    return TargetBar(100, max(0, min(percent, 100)), words=figure_words(line), percent=percent)


def figure_words(line: GoalLine) -> str:
    """The last figure against the target in words; empty without a figure."""
    reported = line.last.figure if line.last else None
    return reached_words(reported, line.goal.target_value, line.goal.unit)


def target_of(line: GoalLine) -> str:
    """The target in words."""
    return target_words(line.goal.target, line.goal.target_value, line.goal.unit)


def _title(line: GoalLine) -> str:
    return line.goal.title


def _light_tip(line: GoalLine) -> str:
    return f"{line.verdict.reason}\n\n{RULE}"


TITLE: Column[GoalLine] = Column("title", "Ziel", _title, width=110, stretch=True, strong=True, tip=_title)
BLOCK: Column[GoalLine] = Column(
    "block", "Baustein", lambda line: line.building_block, width=120, hidden=True
)
STANDING: tuple[Column[GoalLine], ...] = (
    Column("light", "Ampel", lambda line: LIGHTS[line.verdict.light], Kind.PILL, 146, tip=_light_tip),
    Column("due", "Frist", lambda line: line.goal.due, Kind.DATE, 88),
    Column("figure", "Erreicht", target_bar, Kind.BAR, 80, tip=figure_words),
    Column("last", "Bericht", lambda line: line.last and line.last.day, Kind.DATE, 88),
    Column("target", "Soll", target_of, width=110, hidden=True),
)
"""How a goal stands: light, due day, figure against its target, day of the last report, target."""
RESPONSIBLE: Column[GoalLine] = Column(
    "responsible", "Verantwortlich", lambda line: line.goal.responsible, width=130, hidden=True
)
