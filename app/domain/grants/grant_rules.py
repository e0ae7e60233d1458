"""Rule sets of grants as dated data, and where each value that holds for a grant came from (domain.md, Grant rules)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Generic, TypeVar

from app.domain.dates import add_months, german
from app.domain.grants.grant_standing import RuleSetName, Window
from app.domain.terms import Worded

T = TypeVar("T")


class Origin(Worded):
    """Where a value that holds for a grant came from."""

    RULE_SET = "rule_set", "Regelwerk"
    NOTICE = "notice", "Bescheid"
    HAND = "hand", "von Hand"  # entered for the grant before its notice is there
    ASSUMED = "assumed", "angenommen"


@dataclass(frozen=True, slots=True)
class SourcedValue(Generic[T]):
    """A value with its origin; `source` names the place it was read in."""

    value: T
    origin: Origin
    source: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of the general conditions; durations in the unit the name says."""

    name: RuleSetName
    version: date
    usage_window: SourcedValue[Window]  # after receipt of a payout
    tolerance_percent: SourcedValue[int]  # of a plan item, or grants.UNLIMITED
    proof_months: SourcedValue[int]  # after the end of the grant period
    interim_months: SourcedValue[int | None]  # after the end of a budget year; None: no interim proof
    retention_years: SourcedValue[int]  # after the proof was handed in
    refund_threshold_cents: SourcedValue[int]  # below it a refund is only a note


def _first_versions() -> tuple[RuleSet, RuleSet]:
    p, assumed = Origin.RULE_SET, Origin.ASSUMED
    return (
        RuleSet(
            RuleSetName.ANBEST_P,
            date(2024, 1, 1),
            usage_window=SourcedValue(Window(months=2), p, "ANBest-P 1.4"),
            tolerance_percent=SourcedValue(20, p, "ANBest-P 1.2"),
            proof_months=SourcedValue(6, p, "ANBest-P 6.1"),
            interim_months=SourcedValue(4, p, "ANBest-P 6.1"),
            retention_years=SourcedValue(5, p, "ANBest-P 6.5"),
            refund_threshold_cents=SourcedValue(0, assumed, "bis der Bescheid eine Grenze nennt"),
        ),
        # The wording for Lower Saxony was not to be had: assumed until she confirms it from her notice.
        RuleSet(
            RuleSetName.ANBEST_GK,
            date(2024, 1, 1),
            usage_window=SourcedValue(Window(months=2), assumed, "ANBest-Gk 1.2"),
            tolerance_percent=SourcedValue(20, assumed, "wie ANBest-P 1.2"),
            proof_months=SourcedValue(12, assumed, "ANBest-Gk"),
            interim_months=SourcedValue(None, assumed, "ANBest-Gk"),
            retention_years=SourcedValue(5, assumed, "ANBest-Gk"),
            refund_threshold_cents=SourcedValue(0, assumed, "bis der Bescheid eine Grenze nennt"),
        ),
    )


RULE_SETS: tuple[RuleSet, ...] = _first_versions()
"""Every version ever shipped; a new version is added, none is changed."""


def current_version(name: RuleSetName, on: date, rule_sets: Sequence[RuleSet] = RULE_SETS) -> date:
    """The version in force on a day (the first one for earlier days): what a new grant is bound to."""
    return version_of(name, on, rule_sets).version


def version_of(name: RuleSetName, as_of: date, rule_sets: Sequence[RuleSet] = RULE_SETS) -> RuleSet:
    """The newest version not younger than `as_of`, else the first one."""
    versions = sorted((rules for rules in rule_sets if rules.name is name), key=lambda rules: rules.version)
    return next((rules for rules in reversed(versions) if rules.version <= as_of), versions[0])


def differences(old: RuleSet, new: RuleSet) -> dict[str, tuple[object, object]]:
    """What a newer version would change: field name -> (old, new) value."""
    named = (f.name for f in fields(RuleSet) if isinstance(getattr(old, f.name), SourcedValue))
    values = {name: (getattr(old, name).value, getattr(new, name).value) for name in named}
    return {name: pair for name, pair in values.items() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class OwnValues:
    """What is stated for one grant itself; None: as the rule set says."""

    usage_window: Window | None = None
    tolerance_percent: int | None = None
    proof_due: date | None = None
    interim_months: int | None = None
    retention_years: int | None = None
    refund_threshold_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Effective:
    """The values that hold for a grant, each with its origin."""

    usage_window: SourcedValue[Window]
    tolerance_percent: SourcedValue[int]
    proof_due: SourcedValue[date]
    interim_months: SourcedValue[int | None]
    retention_years: SourcedValue[int]
    refund_threshold_cents: SourcedValue[int]


def effective(own: OwnValues, rules: RuleSet, end: date, notice_date: date | None) -> Effective:
    """The notice wins over the rule set; a value stated without a notice counts as entered by hand."""
    if notice_date is None:
        stated: SourcedValue[None] = SourcedValue(None, Origin.HAND, "von Hand eingetragen")
    else:
        stated = SourcedValue(None, Origin.NOTICE, f"Bescheid vom {german(notice_date)}")
    proof = rules.proof_months

    def chosen(value: T | None, default: SourcedValue[T]) -> SourcedValue[T]:
        return default if value is None else SourcedValue(value, stated.origin, stated.source)

    return Effective(
        usage_window=chosen(own.usage_window, rules.usage_window),
        tolerance_percent=chosen(own.tolerance_percent, rules.tolerance_percent),
        proof_due=chosen(
            own.proof_due, SourcedValue(add_months(end, proof.value), proof.origin, proof.source)
        ),
        interim_months=chosen(own.interim_months, rules.interim_months),
        retention_years=chosen(own.retention_years, rules.retention_years),
        refund_threshold_cents=chosen(own.refund_threshold_cents, rules.refund_threshold_cents),
    )
