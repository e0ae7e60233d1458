"""Rules tried before they are saved, and made from bookings."""

import random
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.assignment.assignment_rules import RuleBook
from app.domain.budgets.budgets import AssignedBy, BookingSource
from app.domain.errors import Invalid
from app.services.assignment import assignment_rules
from app.services.assignment.assignment_rules import RuleInput
from app.services.assignment.rule_probe import RuleOutcome, probe
from app.services.assignment.rule_proposals import proposal
from app.services.bookings.rule_subjects import subjects
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetInput
from db.database import Database
from db.models import Booking
from tests.services.assignment.rule_samples import booked, made_budgets, ruled


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    return made_budgets(database)


def test_what_a_rule_would_do(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regeln") as session:
        nord, mitte = ids["B26-N"], ids["B26-M"]
        ruled(session, None, title="Fragen", text="juli")
        expected = {
            booked(session): RuleOutcome.WAITING,
            booked(session, budget_id=mitte, assigned_by=AssignedBy.ORDER): RuleOutcome.OTHER,
            booked(session, budget_id=nord, assigned_by=AssignedBy.RULE): RuleOutcome.SAME,
            booked(session, budget_id=mitte, assigned_by=AssignedBy.HAND): RuleOutcome.BY_HAND,
            booked(session, text="Miete Juli"): RuleOutcome.EARLIER,
        }
        booked(session, text="Strom")
        booked(session, budget_year=2027)  # there is no budget for that
        values = RuleInput(budget_id=nord, text="miete")
        tried = probe(session, None, values)
        assert {hit.id: hit.outcome for hit in tried.hits} == expected
        assert {hit.target for hit in tried.hits} == {"B26-N"}
        assert [hit.earlier for hit in tried.hits if hit.earlier] == ["Fragen"]
        assert tried.caught == 4
        first = probe(session, None, values, 1)
        assert (first.caught, first.counts[RuleOutcome.WAITING]) == (5, 2)
        undecided = probe(session, None, RuleInput(text="miete"))
        assert (len(undecided.hits), undecided.hits[0].target) == (6, None)
        assert probe(session, None, RuleInput(year=2026)).hits == ()
        with pytest.raises(Invalid):
            probe(session, None, RuleInput(account="*7"))


def test_a_stored_rule_is_tried_at_its_place(database: Database, ids: dict[str, int]) -> None:
    with database.write("Regeln") as session:
        booked(session)
        ruled(session, None, text="miete")
        later = ruled(session, ids["B26-N"], text="miete")
        values = assignment_rules.load(session, later)
        assert probe(session, later, values).counts == {RuleOutcome.EARLIER: 1}
        assignment_rules.move(session, later, 1)
        assert probe(session, later, values).counts == {RuleOutcome.WAITING: 1}


def test_narrowing_by_sql_never_loses_a_booking(database: Database, ids: dict[str, int]) -> None:
    """Random rules over random bookings: what SQL lets through holds all that the engine finds among all."""
    chance = random.Random(7)
    codes = [None, "1", "12", "0012", "123", "12_", "2%", "K-1"]
    texts = [
        None,
        "Miete",
        "MIETE Müller",
        "Mueller 50%",
        "müller  a_b",
        "Café",
        "Straße",
        "a\\b",
        "ſtrom",
        "ﬁn",
    ]
    patterns = [
        "miete",
        "Müller",
        "mueller",
        "M*",
        "?afe",
        "50%",
        "a_b",
        "strasse",
        "a\\b",
        "strom",
        "fin",
        "r a",
        "*",
    ]
    with database.write("Viele") as session:
        for _ in range(150):
            booked(
                session,
                source=chance.choice([BookingSource.FINANCE, BookingSource.FINANCE, BookingSource.MANUAL]),
                budget_year=chance.choice([2025, 2026]),
                internal_order=chance.choice(codes),
                cost_centre=chance.choice(codes),
                account=chance.choice(codes),
                text=chance.choice(texts),
                payee=chance.choice(texts),
                amount_cents=chance.randint(-3, 3),
            )
        every = subjects(session, list(session.scalars(select(Booking.id))))

        def maybe(value: Any, share: float = 0.6) -> Any:
            return None if chance.random() < share else value

        found = 0
        for _ in range(150):
            values = RuleInput(
                year=maybe(2026),
                internal_order=maybe(chance.choice(["12", "1*", "12_*", "2%", "*", "K*"])),
                cost_centre=maybe(chance.choice(["12", "1*"]), 0.8),
                account=maybe(chance.choice(["123", "12*"]), 0.8),
                text=maybe(chance.choice(patterns), 0.3),
                amount_from_cents=maybe(chance.randint(-3, 3), 0.8),
                amount_to_cents=maybe(chance.randint(-3, 3), 0.8),
                always_ask=True,
            )
            if values.conditions.empty:
                continue
            book = RuleBook([assignment_rules.as_rule(session, 0, values)])
            expected = {booking for booking, look in every.items() if book.find(look) is not None}
            assert {hit.id for hit in probe(session, None, values).hits} == expected, values
            found += len(expected)
    assert found > 1_000


# --- made from bookings ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bookings", "proposed"),
    [
        ([{}, {"text": "anders", "account": "8"}], {"title": "Innenauftrag 999", "internal_order": "999"}),
        (
            [{"internal_order": None}, {"internal_order": None, "account": "7319002"}],
            {"title": "Müller GmbH", "account": "731900*", "text": "Müller GmbH"},
        ),
        (
            [
                {"internal_order": "1", "payee": None, "text": "Miete Treff 07/2026", "cost_centre": "4"},
                {
                    "internal_order": "2",
                    "payee": None,
                    "text": "Miete Treff Nord",
                    "cost_centre": "4",
                    "account": "1",
                },
            ],
            {"title": "Miete Treff", "text": "Miete Treff", "cost_centre": "4"},
        ),
        ([{"internal_order": None, "account": None, "payee": None, "text": "Rg 4711"}], {}),
    ],
)
def test_what_bookings_have_in_common(
    database: Database, ids: dict[str, int], bookings: list[dict[str, Any]], proposed: dict[str, Any]
) -> None:
    with database.write("Buchungen") as session:
        made = [booked(session, **values) for values in bookings]
        found = proposal(session, made, ids["B26-N"], ids["item 2"])
    assert found.values == RuleInput(budget_id=ids["B26-N"], plan_item_id=ids["item 2"], **proposed)
    assert found.number is None


def test_an_order_that_two_budgets_have_says_too_little(database: Database, ids: dict[str, int]) -> None:
    with database.write("Buchungen") as session:
        budgets.save(session, None, BudgetInput("B26-X", "Nord II", 2026, 1, internal_order="570"))
        ruled(session, ids["B26-N"], title="Strom", text="strom")
        ruled(session, None, title="Fragen", account="7*")
        made = booked(session, internal_order="570", budget_id=ids["B26-N"], assigned_by=AssignedBy.HAND)
        found = proposal(session, [made])
        assert found.values == RuleInput(
            "Müller GmbH",
            internal_order="570",
            account="7319001",
            text="Müller GmbH",
            budget_id=ids["B26-N"],
        )
        assert found.number == 2
        saved = assignment_rules.save(session, None, found.values, found.number)
        assert probe(session, saved, found.values).counts == {RuleOutcome.BY_HAND: 1}
