"""The first rule that fits decides; rules that can never decide are found."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.assignment.assignment_rules import (
    Conditions,
    Rule,
    RuleBook,
    RuleSubject,
    Target,
    never_reached,
)
from app.domain.bookings.booking_plan import Assignment, MatchingFacts, WhyUnassigned
from app.domain.budgets.budgets import AssignedBy

TARGETS = {2026: Target(7), 2027: Target(8, 3)}
LOOK = RuleSubject(2026, "570", "41", "7319001", "Miete Treff", "Müller GmbH", 50_000)


def rule(number: int = 1, budget: bool = True, **conditions: Any) -> Rule:
    return Rule(number, Conditions(**conditions), TARGETS if budget else None)


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({"internal_order": "570"}, True),
        ({"internal_order": "571"}, False),
        ({"cost_centre": "4*"}, True),
        ({"cost_centre": "5*"}, False),
        ({"account": "7319*"}, True),
        ({"account": "7319"}, False),
        ({"text": "mueller"}, True),
        ({"text": "strom"}, False),
        ({"amount_from_cents": 50_000}, True),
        ({"amount_from_cents": 50_001}, False),
        ({"amount_to_cents": 50_000}, True),
        ({"amount_to_cents": 49_999}, False),
        ({"amount_from_cents": -1, "amount_to_cents": 50_000}, True),
        ({"amount_from_cents": 0, "amount_to_cents": 0}, False),
        ({"account": "7319*", "year": 2026}, True),
        ({"account": "7319*", "year": 2027}, False),
        ({"account": "7319*", "text": "miete", "amount_to_cents": 60_000, "internal_order": "57*"}, True),
        ({"account": "7319*", "text": "miete", "amount_to_cents": 60_000, "internal_order": "58*"}, False),
    ],
)
def test_all_conditions_must_hold(conditions: dict[str, Any], fits: bool) -> None:
    assert (RuleBook([rule(**conditions)]).find(LOOK) is not None) is fits


def test_the_first_that_fits_decides() -> None:
    book = RuleBook(
        [rule(1, text="strom"), rule(2, account="7319*", amount_to_cents=1), rule(3, account="73*")]
    )
    found = book.find(LOOK)
    assert found is not None
    assert found.id == 3
    assert book.find(LOOK._replace(text="Strom")).id == 1  # type: ignore[union-attr]
    assert book.find(LOOK._replace(amount_cents=0)).id == 2  # type: ignore[union-attr]
    assert book.find(LOOK._replace(account=None)) is None


def test_a_rule_that_is_off_says_nothing() -> None:
    off = Rule(1, Conditions(account="7*"), TARGETS, is_active=False)
    assert not RuleBook([off])
    assert RuleBook([off]).find(LOOK) is None
    assert RuleBook([off]).name(1) == "Sachkonto 7*"


def test_a_rule_says_nothing_about_years_without_its_budget() -> None:
    assert RuleBook([rule(account="7*")]).find(LOOK._replace(budget_year=2028)) is None


@pytest.mark.parametrize(
    ("look", "assignment"),
    [
        (LOOK, Assignment(7, AssignedBy.RULE, None, None, 1)),
        (LOOK._replace(budget_year=2027), Assignment(8, AssignedBy.RULE, None, 3, 1)),
        (LOOK._replace(budget_year=2028), Assignment(9, AssignedBy.ORDER)),
        (LOOK._replace(account="1"), Assignment(None, None, WhyUnassigned.ALWAYS_ASK, rule_id=2)),
        (LOOK._replace(account="2"), Assignment(None, None, WhyUnassigned.NO_BUDGET)),
        (LOOK._replace(account="2", internal_order=None), Assignment(None, None, WhyUnassigned.NO_ORDER)),
    ],
)
def test_rules_come_before_the_order(look: RuleSubject, assignment: Assignment) -> None:
    rules = RuleBook([rule(1, account="7*"), rule(2, budget=False, account="1")])
    assert MatchingFacts((), {("570", 2028): [9]}, rules).assignment(look) == assignment


@pytest.mark.parametrize(
    ("earlier", "later", "hidden"),
    [
        ({"account": "73*"}, {"account": "7319*"}, True),
        ({"account": "73*"}, {"account": "7319"}, True),
        ({"account": "7319*"}, {"account": "73*"}, False),
        ({"account": "73*"}, {"account": "73*", "text": "miete"}, True),
        ({"account": "73*", "text": "miete"}, {"account": "73*"}, False),
        ({"text": "miete"}, {"text": "Miete Treff*"}, True),
        ({"text": "Miete*"}, {"text": "Miete Treff"}, False),
        ({"text": "mull"}, {"text": "Müller"}, False),  # "MUELLER" has no "mull"
        ({"text": "ller"}, {"text": "Müller"}, True),
        ({"account": "7*", "amount_to_cents": 500}, {"account": "7*", "amount_to_cents": 400}, True),
        ({"account": "7*", "amount_to_cents": 500}, {"account": "7*"}, False),
        ({"account": "7*", "amount_from_cents": 5}, {"account": "7*", "amount_from_cents": 4}, False),
        ({"account": "7*", "year": 2026}, {"account": "7*"}, False),
        ({"account": "7*"}, {"account": "7*", "year": 2026}, True),
        ({"internal_order": "570"}, {"account": "7*"}, False),
        ({"account": "7*", "budget": False}, {"account": "7*"}, True),
        ({"account": "7*"}, {"account": "7*", "budget": False}, False),  # other years are left
    ],
)
def test_what_can_never_be_reached(earlier: dict[str, Any], later: dict[str, Any], hidden: bool) -> None:
    rules = [rule(1, **earlier), rule(2, **later)]
    assert never_reached(rules) == ({2: rules[0]} if hidden else {})


def test_one_that_is_off_hides_nothing() -> None:
    assert (
        never_reached([Rule(1, Conditions(account="7*"), TARGETS, is_active=False), rule(2, account="71")])
        == {}
    )


def test_conditions_in_words() -> None:
    assert Conditions(2026, "570", "41", "73*", "Miete", 100, 100).words == (
        "Innenauftrag 570 · Kostenstelle 41 · Sachkonto 73* · Text oder Empfänger: Miete · Betrag 1,00 € · nur 2026"
    )
    assert Conditions(amount_from_cents=100).words == "Betrag ab 1,00 €"
    assert Conditions(amount_to_cents=250).words == "Betrag bis 2,50 €"
    assert Conditions(amount_from_cents=1, amount_to_cents=2).words == "Betrag 0,01 € bis 0,02 €"
    assert Conditions(2026).empty
    assert not Conditions(text="x").empty


CODE = st.none() | st.sampled_from(["1", "12", "123", "2"])
PATTERN = st.none() | st.sampled_from(["1", "12", "1*", "12*", "*", "2*"])
TEXT = st.none() | st.sampled_from(["Miete Müller", "MUELLER", "Strom", "Miete"])
AMOUNT = st.none() | st.integers(-3, 3)
LOOKS = st.builds(
    RuleSubject, st.sampled_from([2025, 2026, 2027]), CODE, CODE, CODE, TEXT, TEXT, st.integers(-3, 3)
)
RULES = st.builds(
    Rule,
    st.just(0),
    st.builds(
        Conditions,
        st.none() | st.sampled_from([2026, 2027]),
        PATTERN,
        PATTERN,
        PATTERN,
        st.none() | st.sampled_from(["miete", "Müller", "M*", "mueller", "?trom"]),
        AMOUNT,
        AMOUNT,
    ),
    st.none() | st.just(TARGETS),
    st.none(),
    st.booleans(),
)


def alone(one: Rule, look: RuleSubject) -> bool:
    return RuleBook([one]).find(look) is not None


@given(st.lists(RULES, max_size=6), st.lists(LOOKS, max_size=6))
def test_a_book_decides_as_its_rules_one_after_the_other(rules: list[Rule], looks: list[RuleSubject]) -> None:
    numbered = [Rule(n, one.conditions, one.targets, None, one.is_active) for n, one in enumerate(rules)]
    book = RuleBook(numbered)
    hidden = never_reached(numbered)
    for look in [*looks, *looks]:  # the second time from memory
        found = book.find(look)
        assert found == next((one for one in numbered if alone(one, look)), None)
        assert found is None or found.id not in hidden
