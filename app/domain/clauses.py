"""Clauses of agreements: when they apply, and the markup of their text."""

from enum import StrEnum


class ClauseCondition(StrEnum):
    """When a clause of a template applies; without a condition it always does."""

    FUNDED = "funded"
    UNFUNDED = "unfunded"
