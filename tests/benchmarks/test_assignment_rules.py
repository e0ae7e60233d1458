"""Fifty rules over 50.000 bookings, and trying a rule on 100.000 that are there.

Run with: pytest tests/benchmarks/test_assignment_rules.py --benchmark-only
"""

from datetime import date
from pathlib import Path

import pytest

from app.domain.assignment.assignment_rules import Conditions, Rule, RuleBook, RuleSubject, Target
from app.services.assignment.assignment_rules import RuleInput
from app.services.assignment.rule_probe import probe
from db.database import open_database
from tests.benchmarks.big_database import build_big

TARGETS = {2026: Target(1)}
LOOKS = [
    RuleSubject(
        2026,
        str(57001000 + n % 60),
        None,
        ("4271000", "4431000")[n % 2],
        f"Sachkosten {n}",
        f"Müller {n % 500}",
        n,
    )
    for n in range(50_000)
]


def test_fifty_rules_over_50000_bookings(benchmark) -> None:
    kinds = (
        lambda n: Conditions(text=f"Firma {n}x"),
        lambda n: Conditions(account="4*", text=f"*kosten {n}?"),
        lambda n: Conditions(internal_order=f"57001{n:03d}", amount_from_cents=49_000),
        lambda n: Conditions(account=f"44{n}*"),
    )
    rules = [Rule(n, kinds[n % 4](n), TARGETS) for n in range(50)]

    def decide() -> int:
        book = RuleBook(rules)
        return sum(book.find(look) is not None for look in LOOKS)

    assert benchmark(decide) > 0


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_big(tmp_path_factory.mktemp("gross") / "gross.db", date(2026, 7, 1))


RULES = (
    RuleInput(text="mittagstisch 99"),
    RuleInput(text="traeger nummer 7 *"),
    RuleInput(account="4271*"),
    RuleInput(text="e"),  # catches all of them
)


@pytest.mark.parametrize("values", RULES, ids=lambda values: values.conditions.words)
def test_trying_a_rule_on_100000_bookings(benchmark, big: Path, values: RuleInput) -> None:
    database = open_database(big, writer=False)
    with database.read() as session:
        assert benchmark(probe, session, None, values).caught > 0
    database.close()
