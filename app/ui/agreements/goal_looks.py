"""How the standing of goals looks and reads: light, target, figure, the same in tab, overview and form."""

from dataclasses import dataclass

from app.domain.agreements.goal_light import GoalLight
from app.domain.agreements.goal_wording import reached_words, target_words
from app.domain.terms import word
from app.services.agreements.goals import GoalLine
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Bar, Pill

LIGHTS: dict[GoalLight, tuple[Tone, str]] = {
    GoalLight.OVERDUE: (Tone.DANGER, "clock"),
    GoalLight.AT_RISK: (Tone.WARNING, "warning"),
    GoalLight.UNREPORTED: (Tone.NEUTRAL, "dashed-circle"),
    GoalLight.MISSED: (Tone.DANGER, "x"),
    GoalLight.PARTLY: (Tone.WARNING, "half-circle"),
    GoalLight.ON_TRACK: (Tone.INFO, "arrow-right"),
    GoalLight.REACHED: (Tone.SUCCESS, "success"),
}


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


def light_pill(light: GoalLight) -> Pill:
    """Symbol, word and tint of a light."""
    tone, icon = LIGHTS[light]
    return Pill(word(light), tone, icon, rank=list(LIGHTS).index(light))


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
