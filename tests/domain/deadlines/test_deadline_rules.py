"""Which deadlines follow from agreements, grants, offers and contacts."""

from datetime import date, timedelta

import pytest

from app.domain.agreements.agreements import Stage
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.term import NoticeEffect, NoticeUnit, Term
from app.domain.deadlines.deadline_rules import (
    AgreementFacts,
    DatedRule,
    GrantFacts,
    PayoutFacts,
    Span,
    agreement_deadlines,
    application_day,
    contact_deadline,
    grant_deadlines,
    offer_deadline,
)
from app.domain.deadlines.deadlines import Deadline, DeadlineKind, RecordKey, reminder_days

SPAN = Span(date(2026, 7, 1), date(2027, 7, 1))
FIXED = Term(date(2026, 2, 1), date(2026, 12, 31), None, None, 6, NoticeUnit.WEEKS)
RENEWING = Term(date(2025, 6, 1), date(2026, 8, 31), None, 6, 2, NoticeUnit.MONTHS)
OPEN_ENDED = Term(date(2026, 1, 1), notice=4, notice_unit=NoticeUnit.WEEKS)


def of(stage: Stage, term: Term, *goals: AgreedGoal, span: Span = SPAN) -> list[Deadline]:
    facts = AgreementFacts(1, "ZV-1", "Treff", stage, term, "Träger", date(2026, 1, 20), goals)
    return list(agreement_deadlines(facts, span))


def kinds(deadlines: list[Deadline]) -> list[tuple[str, date]]:
    return [
        (str(deadline.kind), deadline.day)
        for deadline in deadlines
        if deadline.kind != DeadlineKind.YEARLY_TALK
    ]


@pytest.mark.parametrize(
    ("stage", "term", "expected"),
    [
        (Stage.SIGNED, FIXED, [("term_end", date(2026, 12, 31))]),
        (Stage.IN_FORCE, RENEWING, [("notice", date(2026, 12, 31))]),
        (Stage.AMENDED, RENEWING, [("notice", date(2026, 12, 31))]),
        (Stage.IN_FORCE, OPEN_ENDED, []),
        (Stage.TERMINATED, RENEWING, [("term_end", date(2026, 8, 31))]),
        (Stage.TERMINATED, OPEN_ENDED, []),
        (Stage.DRAFT, FIXED, []),
        (Stage.READY_TO_SIGN, FIXED, []),
        (Stage.ENDED, RENEWING, []),
        (Stage.IN_FORCE, Term(), []),
        (Stage.IN_FORCE, Term(end=date(2026, 6, 30)), []),
        (Stage.IN_FORCE, Term(end=date(2026, 7, 1)), [("term_end", date(2026, 7, 1))]),
        (Stage.IN_FORCE, Term(end=date(2027, 7, 1)), [("term_end", date(2027, 7, 1))]),
        (Stage.IN_FORCE, Term(end=date(2027, 7, 2)), []),
    ],
)
def test_an_end_by_itself_or_a_notice_while_it_binds(
    stage: Stage, term: Term, expected: list[tuple[str, date]]
) -> None:
    assert kinds(of(stage, term)) == expected


def test_a_termination_replaces_the_notice() -> None:
    term = Term(
        date(2025, 6, 1),
        date(2026, 8, 31),
        None,
        6,
        2,
        NoticeUnit.MONTHS,
        NoticeEffect.END_OF_TERM,
        date(2027, 2, 28),
    )
    assert kinds(of(Stage.TERMINATED, term)) == [("term_end", date(2027, 2, 28))]
    open_ended = Term(date(2025, 6, 1), terminated_to=date(2026, 9, 30))
    assert kinds(of(Stage.TERMINATED, open_ended)) == [("term_end", date(2026, 9, 30))]


def test_a_notice_carries_rule_source_and_sending_day() -> None:
    (notice,) = [found for found in of(Stage.IN_FORCE, RENEWING) if found.kind is DeadlineKind.NOTICE]
    assert notice.sending == date(2026, 12, 28)
    assert notice.title == "Kündigungsfrist endet: Treff"
    assert notice.rule.startswith("2 Monate zum Laufzeitende, Ende 28.02.2027. Fristen nach §§ 187, 188 BGB.")
    assert notice.source == "Vereinbarung ZV-1, unterzeichnet am 20.01.2026"
    assert notice.who == "Träger"
    assert notice.next_working_day is None
    assert notice.days_left(SPAN.on) == 183


def test_unfinished_goals_stay_when_overdue() -> None:
    goals = (
        AgreedGoal("1", "Offener Treff", due=date(2020, 6, 30), responsible="Nachbarschaft", id=7),
        AgreedGoal("2", "Sprechstunde", due=date(2027, 7, 1), id=8),
        AgreedGoal("3", "Später", due=date(2027, 7, 2), id=9),
    )
    found = [deadline for deadline in of(Stage.IN_FORCE, OPEN_ENDED, *goals) if deadline.kind == "goal"]
    assert [(deadline.day, deadline.who, deadline.about) for deadline in found] == [
        (date(2020, 6, 30), "Nachbarschaft", RecordKey("goal", 7)),
        (date(2027, 7, 1), "Träger", RecordKey("goal", 8)),
    ]
    assert {deadline.opens for deadline in found} == {RecordKey("agreement", 1)}
    assert of(Stage.DRAFT, OPEN_ENDED, *goals) == []


def test_yearly_talks_until_the_end_and_a_missed_one_until_the_next_is_due() -> None:
    term = Term(date(2024, 5, 15), date(2027, 5, 14))
    talks = [found.day for found in of(Stage.IN_FORCE, term) if found.kind is DeadlineKind.YEARLY_TALK]
    assert talks == [date(2026, 5, 15)]
    later = Span(date(2026, 9, 1), date(2027, 9, 1))
    assert [
        found.day
        for found in of(Stage.IN_FORCE, Term(date(2024, 5, 15)), span=later)
        if found.kind == "yearly_talk"
    ] == [date(2026, 5, 15), date(2027, 5, 15)]


def grant(
    open_cents: int = 0, end: date = date(2027, 12, 31), proof: date = date(2028, 12, 31)
) -> GrantFacts:
    return GrantFacts(
        1,
        "LAND",
        "Landesamt",
        end,
        "Bescheid vom 02.12.2024",
        DatedRule(proof, "12 Monate nach dem Ende", "ANBest-Gk"),
        (),
        DatedRule(date(2033, 12, 31), "5 Jahre", "ANBest-Gk"),
        (
            PayoutFacts(11, 1, 0, DatedRule(date(2026, 3, 20), "2 Monate", "ANBest-Gk 1.2")),
            PayoutFacts(12, 2, open_cents, DatedRule(date(2026, 7, 20), "2 Monate", "ANBest-Gk 1.2")),
        ),
    )


def test_a_payout_stops_nagging_once_it_is_used() -> None:
    (payout,) = grant_deadlines(grant(587648), SPAN)
    assert (payout.kind, payout.day, payout.record) == ("payout_use_by", date(2026, 7, 20), "LAND")
    assert payout.title == "Auszahlung 2 verwenden: 5.876,48 € noch nicht belegt"
    assert payout.about == RecordKey("draw_down", 12)
    assert list(grant_deadlines(grant(0), SPAN)) == []
    overdue = Span(date(2026, 9, 1), date(2026, 9, 30))
    assert [found.day for found in grant_deadlines(grant(1), overdue)] == [date(2026, 7, 20)]


def test_end_of_a_grant_application_and_proof_on_a_holiday() -> None:
    span = Span(date(2027, 10, 1), date(2028, 12, 31))
    found = {str(deadline.kind): deadline for deadline in grant_deadlines(grant(), span)}
    assert set(found) == {"grant_end", "grant_application", "proof_of_use"}
    assert found["grant_application"].day == date(2027, 11, 1)
    assert found["proof_of_use"].next_working_day == date(2029, 1, 2)  # a Sunday, then New Year
    after = {
        str(deadline.kind) for deadline in grant_deadlines(grant(), Span(date(2029, 6, 1), date(2029, 7, 1)))
    }
    assert after == {"proof_of_use"}


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2027, 12, 31), date(2027, 11, 1)),
        (date(2027, 6, 30), date(2026, 11, 1)),
    ],
)
def test_application_day(end: date, expected: date) -> None:
    assert application_day(end) == expected


def test_offers_are_confirmed_yearly_and_contacts_named_by_their_actor() -> None:
    offer = offer_deadline(3, "Mittagstisch", "Küche", date(2024, 2, 29), "MUE")
    assert (offer.day, offer.opens) == (date(2025, 2, 28), RecordKey("offer", 3))
    contact = contact_deadline(5, 2, "Küche", date(2026, 9, 1), "KGMK")
    assert contact.about == RecordKey("contact", 5)
    assert contact.opens == RecordKey("actor", 2)


def test_reminder_days() -> None:
    assert reminder_days("90;30;7") == (90, 30, 7)
    assert reminder_days("7, 30 ; x; 30") == (30, 7)
    assert reminder_days("") == ()


def proofs(
    stage: Stage, term: Term, *, on: date, amount: int | None = 100_00, months: int | None = 3
) -> list[Deadline]:
    facts = AgreementFacts(
        1, "ZV-1", "Treff", stage, term, "Träger", None, amount_cents=amount, proof_months=months
    )
    found = agreement_deadlines(facts, Span(on, on + timedelta(days=365)))
    return [one for one in found if one.kind is DeadlineKind.ACTOR_PROOF]


def test_an_actor_proves_each_budget_year_and_the_rest_after_the_end() -> None:
    term = Term(begin=date(2025, 7, 1), end=date(2027, 6, 30))
    missed, following = proofs(Stage.IN_FORCE, term, on=date(2026, 6, 1))
    assert (missed.day, missed.title) == (date(2026, 3, 31), "Nachweis des Trägers 2025: Treff")
    assert following.day == date(2027, 3, 31)
    assert following.rule == "Verwendungsnachweis binnen 3 Monaten nach dem Ende des Haushaltsjahres 2026."
    # the second one missed takes the place of the first; the last one is due after the end
    missed, last = proofs(Stage.ENDED, term, on=date(2027, 8, 1))
    assert (missed.day, last.day) == (date(2027, 3, 31), date(2027, 9, 30))
    assert last.title == "Nachweis des Trägers bis 30.06.2027: Treff"
    assert last.rule == "Verwendungsnachweis binnen 3 Monaten nach dem Ende der Laufzeit."


def test_a_proof_due_on_a_holiday_names_the_next_working_day() -> None:
    term = Term(begin=date(2023, 1, 1), end=date(2023, 12, 31))
    (found,) = proofs(Stage.ENDED, term, on=date(2024, 1, 1))
    assert (found.day, found.next_working_day) == (date(2024, 3, 31), date(2024, 4, 2))  # Easter


@pytest.mark.parametrize(
    ("stage", "amount", "months"),
    [
        (Stage.IN_FORCE, None, 3),
        (Stage.IN_FORCE, 0, 3),
        (Stage.IN_FORCE, 100_00, None),
    ],
)
def test_without_money_or_without_a_time_nothing_is_proved(
    stage: Stage, amount: int | None, months: int | None
) -> None:
    term = Term(begin=date(2025, 1, 1), end=date(2027, 12, 31))
    assert proofs(stage, term, on=date(2026, 6, 1), amount=amount, months=months) == []


def test_of_one_that_ended_on_an_unknown_day_nothing_is_known() -> None:
    assert proofs(Stage.ENDED, Term(begin=date(2025, 1, 1)), on=date(2026, 6, 1)) == []
