"""The sentences that explain the dates of an agreement."""

from datetime import date

from app.domain.agreements.agreement_wording import (
    FindingTone,
    findings,
    notice_phrase,
    term_end_rule,
    term_phrase,
)
from app.domain.agreements.term import NoticeEffect, NoticeUnit, Term

ON = date(2026, 7, 1)
RENEWING = Term(date(2025, 6, 1), date(2026, 8, 31), None, 6, 2, NoticeUnit.MONTHS, NoticeEffect.END_OF_TERM)


def test_a_missed_notice_says_until_when_it_runs_and_when_it_can_end() -> None:
    found = {finding.label: finding for finding in findings(RENEWING, ON)}
    assert list(found) == [
        "Kündigungsfrist verstrichen",
        "Kündigung zum",
        "Letzter Tag für den Zugang",
        "Absenden bis",
        "Laufende Laufzeit bis",
    ]
    missed = found["Kündigungsfrist verstrichen"]
    assert missed.day == date(2026, 6, 30)
    assert missed.tone is FindingTone.NEWS
    assert (
        missed.sentence
        == "Ein Ende am 31.08.2026 ist nicht mehr möglich; läuft jetzt mindestens bis 28.02.2027."
    )
    assert found["Letzter Tag für den Zugang"].day == date(2026, 12, 31)
    assert "§ 193 BGB" in found["Letzter Tag für den Zugang"].rule
    assert found["Absenden bis"].day == date(2026, 12, 28)
    running = found["Laufende Laufzeit bis"]
    assert running.day == date(2026, 8, 31)
    assert running.sentence == "Erste Laufzeit. Verlängert sich um 6 Monate."


def test_a_fixed_end_ends_by_itself() -> None:
    (finding,) = findings(Term(end=date(2026, 12, 31)), ON)
    assert (finding.label, finding.day, finding.tone) == ("Ende", date(2026, 12, 31), FindingTone.MAIN)
    (finding,) = findings(Term(end=date(2026, 6, 30)), ON)
    assert finding.sentence == "Seit dem 30.06.2026 beendet."


def test_an_open_ended_one_has_a_next_possible_end() -> None:
    term = Term(date(2026, 1, 1), None, None, None, 4, NoticeUnit.WEEKS, NoticeEffect.END_OF_QUARTER)
    assert [(finding.label, finding.day) for finding in findings(term, ON)] == [
        ("Nächstes mögliches Ende", date(2026, 9, 30)),
        ("Letzter Tag für den Zugang", date(2026, 9, 2)),
        ("Absenden bis", date(2026, 8, 28)),
    ]


def test_nothing_entered_says_nothing() -> None:
    assert findings(Term(), ON) == []


def test_open_ended_without_notice_says_what_is_missing() -> None:
    (finding,) = findings(Term(begin=date(2026, 1, 1)), ON)
    assert finding.day is None
    assert "Kündigungsfrist" in finding.sentence


def test_phrases() -> None:
    assert notice_phrase(RENEWING) == "2 Monate zum Laufzeitende"
    assert notice_phrase(Term(notice=1, notice_unit=NoticeUnit.WEEKS)) == "1 Woche zu jedem Tag"
    assert notice_phrase(Term()) == "keine Kündigungsfrist eingetragen"
    assert term_phrase(RENEWING) == "verlängert sich um 6 Monate"
    assert term_phrase(Term(begin=ON)) == "unbefristet"
    assert term_phrase(Term(minimum_until=ON)) == "unbefristet, mindestens bis 01.07.2026"
    assert term_phrase(Term(end=ON)) == "festes Ende"
    assert term_end_rule(Term(terminated_to=ON)) == "Gekündigt zum 01.07.2026."
    assert term_end_rule(Term(end=ON)) == "Festes Ende ohne Verlängerung: endet von selbst (§ 188 BGB)."
