"""What an amendment changes, in the words of the paper, and what contradicts itself in it."""

from datetime import date

from app.domain.agreements.amendments import (
    AmendedPoint,
    TermChange,
    amended,
    amendment_problems,
    term_change_of,
    term_changes,
)
from app.domain.agreements.term import NoticeEffect, Term

TERM = Term(
    date(2026, 1, 1),
    date(2026, 12, 31),
    renewal_months=12,
    notice=3,
    notice_effect=NoticeEffect.END_OF_TERM,
    terminated_to=date(2026, 12, 31),
)


def test_the_same_term_changes_nothing() -> None:
    assert amended(TERM, term_change_of(TERM)) == TERM
    assert term_changes(TERM, TERM) == []


def test_old_and_new_stand_beside_each_other() -> None:
    after = amended(TERM, TermChange(end=date(2028, 6, 30), notice=6, minimum_until=date(2027, 12, 31)))
    assert after.begin == TERM.begin
    assert after.terminated_to == TERM.terminated_to
    assert term_changes(TERM, after) == [
        AmendedPoint("Ende der Laufzeit", "31.12.2026", "30.06.2028"),
        AmendedPoint("Verlängerung", "um jeweils 12 Monate", "keine"),
        AmendedPoint("Mindestlaufzeit", "", "bis 31.12.2027"),
        AmendedPoint("Ordentliche Kündigung", "3 Monate zum Laufzeitende", "6 Monate zum Laufzeitende"),
    ]


def test_open_ended() -> None:
    after = amended(TERM, TermChange(notice=3, notice_effect=NoticeEffect.END_OF_QUARTER))
    assert [change.after for change in term_changes(TERM, after)] == [
        "unbefristet",
        "",
        "3 Monate zum Quartalsende",
    ]


def test_contradictions_have_a_sentence_at_their_field() -> None:
    before = amendment_problems(TERM, amended(TERM, TermChange(end=date(2025, 1, 1))), None)
    assert before == {"end": "Das Ende liegt vor dem Beginn."}
    early = amendment_problems(TERM, TERM, date(2025, 12, 31))
    assert "01.01.2026" in early["effective_from"]
    late = amendment_problems(TERM, amended(TERM, TermChange(end=date(2026, 6, 30))), date(2026, 7, 1))
    assert "ab dem der Nachtrag gilt" in late["end"]


def test_what_is_merely_missing_is_no_problem() -> None:
    assert amendment_problems(Term(), Term(), None) == {}
