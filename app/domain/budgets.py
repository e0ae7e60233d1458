"""Words of budgets: transfers and where a booking comes from."""

from enum import StrEnum

BUDGET_KINDS = ("Quartiersbudget", "Starterbudget", "Öffentlichkeitsarbeit", "Personal")
"""Proposed kinds; she may write another."""


class TransferKind(StrEnum):
    SHIFT = "shift"  # Umschichtung
    CARRY_OVER = "carry_over"  # Übertragung into the next year


class BookingSource(StrEnum):
    FINANCE = "finance"  # one line of a finance file
    DIFFERENCE = "difference"  # what a cumulative file has more than finance's lines so far
    MANUAL = "manual"  # entered by hand


class AssignedBy(StrEnum):
    ORDER = "order"  # the budget has the booking's internal order and year
    RULE = "rule"  # "always for this order"
    HAND = "hand"
