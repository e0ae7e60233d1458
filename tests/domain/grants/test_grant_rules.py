from dataclasses import replace
from datetime import date

from app.domain.grants.grant_rules import (
    RULE_SETS,
    Origin,
    OwnValues,
    SourcedValue,
    current_version,
    differences,
    effective,
    version_of,
)
from app.domain.grants.grant_standing import UNLIMITED, RuleSetName, Window

GK, P = RuleSetName.ANBEST_GK, RuleSetName.ANBEST_P
END = date(2027, 12, 31)


def test_the_rule_set_speaks_where_the_notice_is_silent() -> None:
    values = effective(OwnValues(), version_of(P, END), END, date(2024, 12, 2))
    assert values.usage_window == SourcedValue(Window(months=2), Origin.RULE_SET, "ANBest-P 1.4")
    assert values.proof_due.value == date(2028, 6, 30)
    assert values.interim_months.value == 4


def test_values_of_anbest_gk_are_assumed_until_the_notice_confirms_them() -> None:
    rules = version_of(GK, END)
    values = effective(OwnValues(), rules, END, None)
    assert values.tolerance_percent.origin is Origin.ASSUMED
    assert values.tolerance_percent.value == 20
    assert values.proof_due.value == date(2028, 12, 31)
    assert values.interim_months.value is None

    confirmed = effective(OwnValues(tolerance_percent=20), rules, END, date(2024, 12, 2))
    assert confirmed.tolerance_percent == SourcedValue(20, Origin.NOTICE, "Bescheid vom 02.12.2024")


def test_the_notice_wins_and_hand_made_values_are_told_apart() -> None:
    own = OwnValues(
        usage_window=Window(weeks=6),
        tolerance_percent=UNLIMITED,
        proof_due=date(2028, 3, 31),
        interim_months=2,
        retention_years=10,
        refund_threshold_cents=0,
    )
    values = effective(own, version_of(GK, END), END, None)
    assert values.usage_window == SourcedValue(Window(weeks=6), Origin.HAND, "von Hand eingetragen")
    assert values.tolerance_percent.value == UNLIMITED
    assert values.proof_due.value == date(2028, 3, 31)
    assert values.interim_months.value == 2
    assert values.retention_years.value == 10
    assert values.refund_threshold_cents.origin is Origin.HAND


def test_trap_6_a_new_version_leaves_old_grants_alone_and_shows_the_difference() -> None:
    entered = current_version(GK, date(2026, 5, 1))
    old = version_of(GK, entered)
    new = replace(
        old,
        version=date(2025, 6, 1),  # shipped later, though it holds from a day before the grant was entered
        usage_window=SourcedValue(Window(weeks=6), Origin.RULE_SET, "ANBest-Gk 1.2"),
        retention_years=SourcedValue(10, Origin.RULE_SET, "ANBest-Gk"),
    )
    shipped = (*RULE_SETS, new)
    assert version_of(GK, entered, shipped) is old
    assert current_version(GK, date(2026, 5, 1), shipped) == date(2025, 6, 1)
    assert differences(old, new) == {
        "usage_window": (Window(months=2), Window(weeks=6)),
        "retention_years": (5, 10),
    }


def test_a_grant_older_than_all_versions_gets_the_first() -> None:
    assert current_version(P, date(1999, 1, 1)) == min(rules.version for rules in RULE_SETS)
