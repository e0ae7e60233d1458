"""A goal as its agreement says it, for the register, papers, letters, the timeline, deadlines and the checklist."""

import re
from dataclasses import dataclass, field
from datetime import date

from app.domain.agreements.agreements import GoalState


@dataclass(frozen=True, slots=True)
class AgreedGoal:
    """`nr` names it within its agreement; `building_block`: the name. Empty texts and no day are not said (yet)."""

    nr: str
    title: str
    building_block: str = ""
    measure: str = ""
    indicator: str = ""
    target: str = ""
    due: date | None = None
    responsible: str = ""
    evidence: str = ""
    state: GoalState = GoalState.OPEN
    id: int = field(default=0, kw_only=True)  # of the stored goal


def goal_order(nr: str) -> list[tuple[int, str]]:
    """A sort key for the numbers of goals as she writes them: 2 before 10, 2 before 2a."""
    return [(int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d{1,18})", nr)]
