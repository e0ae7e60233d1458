"""Proofs of the actor: which days the clause on the proof of use means."""

from datetime import date

import pytest

from app.domain.agreements.actor_proofs import ActorProof, actor_proofs, months_phrase

D = date


@pytest.mark.parametrize(
    ("begin", "end", "months", "until", "due"),
    [
        # each budget year, and what is left of the last one
        (D(2025, 7, 1), D(2027, 6, 30), 3, D(2030, 1, 1), [D(2026, 3, 31), D(2027, 3, 31), D(2027, 9, 30)]),
        (D(2026, 1, 1), D(2026, 12, 31), 3, D(2030, 1, 1), [D(2027, 3, 31)]),
        (D(2026, 1, 1), None, 3, D(2028, 3, 31), [D(2027, 3, 31), D(2028, 3, 31)]),
        (D(2026, 1, 1), None, 2, D(2027, 2, 28), [D(2027, 2, 28)]),  # clamped to the end of the month
        (D(2026, 1, 1), None, 3, D(2027, 3, 30), []),
        (D(2026, 5, 1), D(2026, 4, 30), 3, D(2030, 1, 1), []),  # it ends before it begins
        (D(2026, 1, 1), D(2026, 8, 31), 6, D(2030, 1, 1), [D(2027, 2, 28)]),
        (D(2027, 1, 1), None, 3, D(2026, 12, 31), []),
    ],
)
def test_days(begin: date, end: date | None, months: int, until: date, due: list[date]) -> None:
    assert [proof.due for proof in actor_proofs(begin, end, months, until)] == due


def test_the_last_time_ends_with_the_agreement() -> None:
    *_, last = actor_proofs(D(2025, 7, 1), D(2027, 6, 30), 3, D(2030, 1, 1))
    assert last == ActorProof(D(2027, 6, 30), D(2027, 9, 30))


def test_words() -> None:
    assert (months_phrase(1), months_phrase(3)) == ("einem Monat", "3 Monaten")
