"""When an actor proves how it used the money of an agreement: after each budget year, and after the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.dates import add_months

USUAL_MONTHS = 3
"""So long after a budget year or the end an actor may take, where the agreement says nothing else (its clause)."""


@dataclass(frozen=True, slots=True)
class ActorProof:
    """The last day of the time that is proved, and the day by which the proof is due."""

    closing: date
    due: date


def actor_proofs(begin: date, end: date | None, months: int, until: date) -> Iterator[ActorProof]:
    """The proofs due up to `until`: for each budget year of the agreement, the last one for what is left to its end.

    `months`: after the end of each, as the clause on the proof of use says (domain.md, Dates: Kinds).
    """
    for year in range(begin.year, until.year + 1):
        last = date(year, 12, 31)
        closing = last if end is None else min(last, end)
        due = add_months(closing, months)
        if due > until or closing < begin:
            return
        yield ActorProof(closing, due)
        if closing == end:
            return


def months_phrase(months: int) -> str:
    """ "einem Monat", "3 Monaten": within which time."""
    return "einem Monat" if months == 1 else f"{months} Monaten"
