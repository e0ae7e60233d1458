"""What is due from real records, and what she noted on it."""

from datetime import date

import pytest

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.budgets.budgets import BookingSource
from app.domain.deadlines.deadlines import Deadline, DeadlineKind
from app.domain.errors import Invalid
from app.services.agreements import agreements, yearly_talks
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.deadlines import deadlines
from app.services.deadlines.deadlines import MarkedDeadline
from db.database import Database
from db.models import Actor, Booking, Budget, Contact, DrawDown, Grant, Offer, Quarter

ON = date(2026, 7, 1)
MONTHS, WEEKS = NoticeUnit.MONTHS, NoticeUnit.WEEKS
TERM_END, QUARTER_END = NoticeEffect.END_OF_TERM, NoticeEffect.END_OF_QUARTER


def an_agreement(number: str, actor: int, stage: Stage, begin: date, **term: object) -> AgreementInput:
    return AgreementInput(
        number=number,
        kind=AgreementKind.TARGET,
        title=f"Titel {number}",
        parties=(PartyInput(actor),),
        stage=stage,
        begin=begin,
        **term,  # type: ignore[arg-type]
    )


@pytest.fixture
def office(database: Database) -> Database:
    """The agreements and the grant of the office's own lists."""
    with database.write("Stammdaten") as session:
        actor = Actor(short="TNORD", name="Nachbarschaft Nord e.V.")
        session.add(actor)
        session.flush()
        a = actor.id
        for data in (
            an_agreement(
                "ZV-2025-01", a, Stage.IN_FORCE, date(2025, 2, 1),
                end=date(2028, 1, 31), renewal_months=12, notice=3, notice_unit=MONTHS, notice_effect=TERM_END,
                goals=(
                    GoalInput("1", "Treff", due=date(2026, 6, 30), state=GoalState.RUNNING),
                    GoalInput("2", "Sprechstunde", due=date(2026, 12, 31)),
                    GoalInput("3", "erreicht", due=date(2026, 8, 1), state=GoalState.REACHED),
                ),
            ),
            an_agreement(
                "ZV-2025-02", a, Stage.IN_FORCE, date(2025, 3, 1),
                end=date(2026, 2, 28), renewal_months=12, notice=3, notice_unit=MONTHS, notice_effect=TERM_END,
            ),
            an_agreement(
                "ZV-2026-01", a, Stage.SIGNED, date(2026, 2, 1),
                end=date(2026, 12, 31), notice=6, notice_unit=WEEKS, notice_effect=TERM_END,
                goals=(GoalInput("1", "Besuchsdienst", due=date(2026, 10, 15)),),
            ),
            an_agreement(
                "ZV-2026-02", a, Stage.DRAFT, date(2026, 9, 1),
                end=date(2027, 2, 28), goals=(GoalInput("1", "Mittagstisch", due=date(2026, 11, 30)),),
            ),
            an_agreement(
                "KV-2025-01", a, Stage.IN_FORCE, date(2025, 6, 1),
                end=date(2026, 8, 31), renewal_months=6, notice=2, notice_unit=MONTHS, notice_effect=TERM_END,
            ),
            an_agreement(
                "KV-2026-01", a, Stage.IN_FORCE, date(2026, 1, 1),
                notice=4, notice_unit=WEEKS, notice_effect=QUARTER_END,
            ),
        ):  # fmt: skip
            agreements.save(session, None, data)
        grant = Grant(
            short="LAND",
            funder="Landesamt",
            notice_date=date(2024, 12, 2),
            begin=date(2025, 1, 1),
            end=date(2027, 12, 31),
            granted_cents=7_200_000,
            own_funds_cents=4_800_000,
            rules_as_of=date(2024, 12, 2),
        )
        session.add(grant)
        session.flush()
        budget = Budget(number="B26", title="Budget", year=2026, planned_cents=9_000_000, grant_id=grant.id)
        received = [(1, date(2026, 1, 20), 900_000), (2, date(2026, 5, 20), 3_000_000)]
        session.add_all(
            [
                budget,
                *(
                    DrawDown(grant_id=grant.id, nr=nr, received_on=day, received_cents=cents)
                    for nr, day, cents in received
                ),
            ]
        )
        session.flush()
        session.add(
            Booking(
                source=BookingSource.MANUAL,
                day=date(2026, 6, 1),
                budget_year=2026,
                amount_cents=5_520_587,
                budget_id=budget.id,
            )
        )
    return database


def due(database: Database, on: date = ON, days: int = 365) -> list[Deadline]:
    with database.read() as session:
        return deadlines.deadlines(session, on, days)


def test_the_office_in_july_2026(office: Database) -> None:
    compared = {
        DeadlineKind.TERM_END,
        DeadlineKind.NOTICE,
        DeadlineKind.GOAL,
        DeadlineKind.PAYOUT_USE_BY,
    }
    assert [(str(d.day), str(d.kind), d.record) for d in due(office) if d.kind in compared] == [
        ("2026-06-30", "goal", "ZV-2025-01"),
        ("2026-07-20", "payout_use_by", "LAND"),
        ("2026-10-15", "goal", "ZV-2026-01"),
        ("2026-11-30", "notice", "ZV-2025-02"),
        ("2026-12-31", "goal", "ZV-2025-01"),
        ("2026-12-31", "notice", "KV-2025-01"),
        ("2026-12-31", "term_end", "ZV-2026-01"),
    ]


def test_every_deadline_says_what_who_and_why(office: Database) -> None:
    found = due(office, days=4000)
    assert {str(d.kind) for d in found} == {
        "term_end",
        "notice",
        "goal",
        "yearly_talk",
        "payout_use_by",
        "grant_end",
        "grant_application",
        "proof_of_use",
        "retention_end",
    }
    for deadline in found:
        assert deadline.title
        assert deadline.who
        assert deadline.rule.endswith((".", "!"))
        assert deadline.source
        assert deadline.record
    proof = next(d for d in found if d.kind is DeadlineKind.PROOF_OF_USE)
    assert (proof.day, proof.next_working_day) == (date(2028, 12, 31), date(2029, 1, 2))
    assert proof.source == "ANBest-Gk (angenommen)"


def test_no_more_days_and_absurdly_many(office: Database) -> None:
    assert {d.day for d in due(office, days=0) if d.kind is not DeadlineKind.YEARLY_TALK} == {
        date(2026, 6, 30)
    }
    assert due(office, days=10**9)


def test_a_missed_talk_is_overdue_in_the_list_as_long_as_in_the_record(office: Database) -> None:
    talks = {d.opens.id: d.day for d in reversed(due(office, days=0)) if d.kind is DeadlineKind.YEARLY_TALK}
    assert talks
    with office.read() as session:
        for agreement_id, day in talks.items():
            assert yearly_talks.next_due(session, agreement_id, ON) == day


def test_done_is_gone_and_undo_brings_it_back(office: Database) -> None:
    goal = due(office)[1]
    with office.write("Ziel erledigt") as session:
        deadlines.mark_done(session, goal, "am 20.06. besichtigt")
    assert goal not in due(office)
    with office.read() as session:
        assert deadlines.marked(session, ON) == [MarkedDeadline(goal, None, "am 20.06. besichtigt")]
    office.undo()
    assert goal in due(office)


def test_put_off_comes_back(office: Database) -> None:
    goal = due(office)[1]
    with office.write("Zurückgestellt") as session:
        deadlines.snooze(session, goal, date(2026, 8, 1), "Träger im Urlaub", ON)
    assert goal not in due(office)
    assert goal in due(office, date(2026, 8, 1))
    with office.write("Zurückgestellt") as session:
        deadlines.remove_marks(session, [goal])
    assert goal in due(office)


def test_putting_off_needs_a_reason_and_a_later_day(office: Database) -> None:
    goal = due(office)[1]
    with pytest.raises(Invalid) as caught, office.write("Zurückgestellt") as session:
        deadlines.snooze(session, goal, ON, " ", ON)
    assert set(caught.value.problems) == {"until", "reason"}


def test_retention_runs_from_the_day_the_proof_was_done(office: Database) -> None:
    proof = next(d for d in due(office, days=4000) if d.kind is DeadlineKind.PROOF_OF_USE)
    with office.write("Nachweis abgegeben") as session:
        deadlines.mark_done(session, proof)
    retention = next(d for d in due(office, days=9000) if d.kind is DeadlineKind.RETENTION_END)
    assert retention.day.year == date.today().year + 5
    assert "nach Abgabe am" in retention.rule


def test_offers_and_contacts(database: Database) -> None:
    with database.write("Angebote") as session:
        actor, quarter = Actor(short="K", name="Küche"), Quarter(short="MUE", name="Mühlenberg")
        session.add_all([actor, quarter])
        session.flush()
        session.add_all(
            [
                Offer(quarter_id=quarter.id, actor_id=actor.id, title="Alt", confirmed_on=date(2025, 3, 1)),
                Offer(quarter_id=quarter.id, actor_id=actor.id, title="Neu", confirmed_on=date(2026, 7, 1)),
                Offer(quarter_id=quarter.id, actor_id=actor.id, title="Nie"),
                Contact(actor_id=actor.id, last_name="Geheim", delete_on=date(2026, 7, 15)),
                Contact(actor_id=actor.id, last_name="Bleibt"),
            ]
        )
    found = due(database)
    assert [(str(d.kind), d.day, d.record) for d in found] == [
        ("offer_confirmation", date(2026, 3, 1), "MUE · Alt"),
        ("contact_deletion", date(2026, 7, 15), "K"),
        ("offer_confirmation", date(2027, 7, 1), "MUE · Neu"),
    ]
    assert not any("Geheim" in d.title for d in found)
