"""How rules and payouts of a grant are worded."""

from datetime import date

import pytest

from app.domain.grants.grant_standing import UNLIMITED, Payout, PayoutUse, Window
from app.ui.grants.words import late_words, rule_value, settled_late

PAYOUT = Payout(1, date(2026, 1, 10), 100_000, date(2026, 3, 10))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("usage_window", Window(2), "2 Monate nach Erhalt"),
        ("usage_window", Window(weeks=6), "6 Wochen nach Erhalt"),
        ("tolerance_percent", 20, "20 % je Position"),
        ("tolerance_percent", UNLIMITED, "unbegrenzt, wenn an anderer Stelle gespart"),
        ("interim_months", 1, "1 Monat nach jedem Haushaltsjahr"),
        ("interim_months", None, "keiner"),
        ("proof_months", 6, "6 Monate"),
        ("retention_years", 1, "1 Jahr"),
        ("refund_threshold_cents", 50_000, "500,00 €"),
        ("another", "so", "so"),
    ],
)
def test_each_rule_has_its_words(name: str, value: object, words: str) -> None:
    assert rule_value(name, value) == words


@pytest.mark.parametrize(
    ("use", "words"),
    [
        (PayoutUse(PAYOUT, 100_000, 0, 0), ""),
        (
            PayoutUse(PAYOUT, 100_000, 2_550, 1),
            "Am 10.03.2026 waren 25,50 € noch nicht verwendet; das dauerte 1 Tag länger.",
        ),
        (PayoutUse(PAYOUT, 90_000, 10_000, 5), "Seit dem 10.03.2026 sind 100,00 € nicht verwendet."),
    ],
)
def test_what_was_late_stays_on_record(use: PayoutUse, words: str) -> None:
    assert late_words(use) == words


def test_one_or_several_were_settled_late() -> None:
    assert settled_late(["1"]) == "Mittelabruf 1 wurde erst nach der Frist ganz verwendet."
    assert settled_late(["1", "2", "4"]) == (
        "Die Mittelabrufe 1, 2 und 4 wurden erst nach der Frist ganz verwendet."
    )
