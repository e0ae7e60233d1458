"""What was done in this file, step by step, as the list from which steps are taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db import history
from db.models.history import Command, CommandKind, CommandState

NEWEST = 500
"""So many steps are listed; nobody looks for an older one in order to take all since then back."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One command: when, what, whether it holds, and how many steps it takes to get there.

    `steps`: to take back (it holds) or to do again (it does not); 0 where it stays, as a paper printed for signature.
    """

    id: int
    at: datetime
    label: str
    holds: bool
    steps: int


def newest(session: Session) -> int | None:
    """The step that is taken back next."""
    return next((step.id for step in history.targets(session, CommandKind.UNDO)), None)


def holds(session: Session, step_id: int) -> bool:
    """Whether a step was not taken back, alone or with those before it."""
    return session.get_one(Command, step_id).state is CommandState.DONE


def rows(session: Session) -> list[StepRow]:
    """The newest steps first."""
    found = history.steps(session, NEWEST)
    can_go = [step.id for step in found if step.undoable and step.state is CommandState.DONE]
    can_come = sorted(step.id for step in found if step.state is CommandState.UNDONE)
    distance = {key: place + 1 for way in (can_go, can_come) for place, key in enumerate(way)}
    return [
        StepRow(step.id, step.at, step.label, step.state is CommandState.DONE, distance.get(step.id, 0))
        for step in found
    ]
