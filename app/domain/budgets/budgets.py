"""Words and arithmetic of budgets: money planned, committed, spent and still available."""

import re
from dataclasses import dataclass, fields

from app.domain.counting import next_number
from app.domain.terms import Worded

BUDGET_KINDS = ("Quartiersbudget", "Starterbudget", "Öffentlichkeitsarbeit", "Personal")
"""Proposed kinds; she may write another."""


class TransferKind(Worded):
    """A transfer within a budget year, or into a later one; it follows from the two budgets."""

    SHIFT = "shift", "Umschichtung"
    CARRY_OVER = "carry_over", "Übertragung"  # into the next year


class BookingSource(Worded):
    """Where a booking comes from."""

    FINANCE = "finance", "Finanzliste"  # one line of a finance file
    # What a cumulative file has more than finance's lines so far.
    DIFFERENCE = "difference", "Differenzbuchung"
    MANUAL = "manual", "von Hand"


class AssignedBy(Worded):
    """Who gave a booking its budget; what was done by hand no rule and no import changes."""

    ORDER = "order", "Innenauftrag"  # the budget has the booking's internal order and year
    RULE = "rule", "Regel"  # see app.domain.assignment.assignment_rules
    HAND = "hand", "von Hand"


@dataclass(frozen=True, slots=True)
class BudgetFigures:
    """The figures of one budget or of any selection of them, in cents (domain.md, Money)."""

    planned_cents: int = 0
    transfers_in_cents: int = 0
    transfers_out_cents: int = 0
    committed_cents: int = 0  # open commitments only
    actual_cents: int = 0  # without income
    income_cents: int = 0  # shown apart, never part of actual

    @property
    def transfers_cents(self) -> int:
        """In less out."""
        return self.transfers_in_cents - self.transfers_out_cents

    @property
    def disposable_cents(self) -> int:
        """What may be spent at all: planned and transferred."""
        return self.planned_cents + self.transfers_cents

    @property
    def available_cents(self) -> int:
        return self.disposable_cents - self.committed_cents - self.actual_cents

    @property
    def overspent_cents(self) -> int:
        """By how much more is spent and committed than there is; 0 if it suffices."""
        return max(0, -self.available_cents)

    @property
    def used_share(self) -> float | None:
        """Spent and committed as a part of what may be spent, for bars only; None where nothing may be."""
        if self.disposable_cents <= 0:
            return None
        return (self.actual_cents + self.committed_cents) / self.disposable_cents

    def overspent_after(self, more_cents: int) -> int:
        """By how much it would be overspent if `more_cents` more were spent, committed or taken away."""
        return max(0, more_cents - self.available_cents)

    def __add__(self, other: "BudgetFigures") -> "BudgetFigures":
        names = [field.name for field in fields(self)]
        return BudgetFigures(**{name: getattr(self, name) + getattr(other, name) for name in names})


def open_commitment(amount_cents: int, booked_cents: int, *, closed: bool) -> int:
    """What a commitment still binds: its amount less its bookings, never below zero; closed: nothing."""
    return 0 if closed else max(0, amount_cents - booked_cents)


def reaches_into_later_years(budget_year: int, until_year: int | None) -> bool:
    """Whether a commitment is a Verpflichtungsermächtigung."""
    return until_year is not None and until_year > budget_year


def number_of_next_year(number: str, year: int) -> str:
    """The number a budget of `year` gets a year later: B26-DOE -> B27-DOE, P-2026 -> P-2027, P -> P-2027."""
    for this, following in ((f"{year}", f"{year + 1}"), (f"{year % 100:02d}", f"{(year + 1) % 100:02d}")):
        moved, found = re.subn(rf"(?<!\d){this}(?!\d)", following, number, count=1)
        if found:
            return moved
    return f"{number}-{year + 1}"


def title_of_next_year(title: str, year: int) -> str:
    """A title that names its year names the next one: "Personal 2026" -> "Personal 2027"."""
    return re.sub(rf"(?<!\d){year}(?!\d)", f"{year + 1}", title)


def number_after(numbers: list[str], prefix: str) -> str:
    """The next running number behind `prefix`: ["UM26-1", "UM26-3"], "UM26-" -> "UM26-4"."""
    tails = [number.removeprefix(prefix) for number in numbers if number.startswith(prefix)]
    return f"{prefix}{next_number(tails)}"
