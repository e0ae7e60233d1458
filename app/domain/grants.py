"""Words of grants: kinds of financing and rule sets."""

from enum import StrEnum


class FinancingKind(StrEnum):
    SHARE = "share"  # Anteilfinanzierung
    DEFICIT = "deficit"  # Fehlbedarfsfinanzierung
    FIXED = "fixed"  # Festbetragsfinanzierung


class RuleSetName(StrEnum):
    ANBEST_GK = "ANBest-Gk"
    ANBEST_P = "ANBest-P"
