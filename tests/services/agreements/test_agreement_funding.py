"""Instalments, what is paid of them, and the commitments a signed agreement asks for."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.agreements.agreement_timeline import EventKind
from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.instalments import PaidState
from app.domain.budgets.budgets import BookingSource
from app.domain.deadlines.deadlines import DeadlineKind
from app.domain.errors import Invalid
from app.services.agreements import agreement_funding, agreements, commitment_offers, instalments
from app.services.agreements.agreement_funding import FrameInput
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.agreements.commitment_offers import CommitmentOfferInput, CommitmentOfferLine
from app.services.agreements.instalments import InstalmentInput
from app.services.budgets import commitments
from app.services.deadlines.deadlines import deadlines
from db.database import Database
from db.models import Actor, Agreement, Booking, Budget, Commitment

ON = date(2026, 7, 1)
RATES = tuple(
    InstalmentInput(day, 500_000, None)
    for day in (date(2026, 2, 1), date(2026, 6, 1), date(2027, 2, 1), date(2028, 2, 1))
)


@pytest.fixture
def draft(database: Database) -> int:
    """A draft over 20.000 €, its budget of 2026 with 15.000 €, one of 2027 with the same order, none of 2028."""
    with database.write("x") as session:
        actor = Actor(short="A", name="Nachbarschaft Nord e.V.")
        pot = Budget(
            number="B26-DOE", title="Döhren", year=2026, planned_cents=1_500_000, internal_order="4711"
        )
        following = Budget(
            number="B27-DOE", title="Döhren", year=2027, planned_cents=0, internal_order="4711"
        )
        session.add_all([actor, pot, following])
        session.flush()
        made = agreements.save(
            session,
            None,
            AgreementInput(
                "ZV-2026-01",
                AgreementKind.TARGET,
                "Treff",
                (PartyInput(actor.id),),
                begin=date(2026, 1, 1),
                end=date(2028, 12, 31),
                amount_cents=2_000_000,
            ),
        )
        frame = FrameInput(2_000_000, pot.id, " Beirat 12.03., TOP 4 ")
        agreement_funding.save_frame(session, made, frame)
        instalments.save(session, made, RATES)
    return made


@pytest.fixture
def agreement(database: Database, draft: int) -> int:
    """The same in force, as one that came signed from a list."""
    with database.write("in Kraft") as session:
        agreements.save(session, draft, replace(agreements.load(session, draft), stage=Stage.IN_FORCE))
    return draft


def test_instalments_are_numbered_as_they_stand(database: Database, draft: int) -> None:
    agreement = draft
    with database.write("weniger") as session:
        first = instalments.records(session, agreement)[0].id
        instalments.save(session, agreement, (InstalmentInput(None, 100, " nach Abruf "), RATES[0]))
    with database.read() as session:
        rows = instalments.records(session, agreement)
        assert [(row.nr, row.amount_cents, row.condition) for row in rows] == [
            (1, 100, "nach Abruf"),
            (2, 500_000, None),
        ]
        assert rows[0].id == first
    database.undo()
    with database.read() as session:
        assert instalments.load(session, agreement) == RATES


@pytest.mark.parametrize("cents", [None, 0, -1])
def test_an_instalment_needs_an_amount(database: Database, agreement: int, cents: int | None) -> None:
    with database.write("x") as session, pytest.raises(Invalid, match="Rate 2"):
        instalments.save(session, agreement, (RATES[0], InstalmentInput(None, cents)))


def pay(database: Database, commitment_id: int, *amounts: int) -> None:
    with database.write("gebucht") as session:
        for cents in amounts:
            session.add(
                Booking(
                    day=ON,
                    budget_year=2026,
                    amount_cents=cents,
                    source=BookingSource.MANUAL,
                    commitment_id=commitment_id,
                )
            )


def test_paid_oldest_first_and_overdue(database: Database, agreement: int) -> None:
    with database.write("gebunden") as session:
        made = commitment_offers.create(
            session,
            agreement,
            CommitmentOfferInput("Treff", (commitment_offers.offer(session, agreement, ON).whole,)),
            ON,
        )
    pay(database, made[0], 700_000, -50_000)
    with database.read() as session:
        funding = agreement_funding.load(session, agreement, ON)
        events = agreement_funding.payments(session, agreement, ON)
        uncommitted = agreement_funding.uncommitted_of(session, agreement)
    assert [row.paid_cents for row in funding.instalments] == [500_000, 150_000, 0, 0]
    assert [row.state for row in funding.instalments] == [
        PaidState.PAID,
        PaidState.OVERDUE,
        PaidState.OPEN,
        PaidState.OPEN,
    ]
    assert (funding.paid_cents, funding.open_cents, uncommitted) == (650_000, 1_350_000, 0)
    assert [event.kind for event in events] == [
        EventKind.PAYMENT_OVERDUE,
        EventKind.PAYMENT,
        EventKind.PAYMENT,
    ]
    assert events[0].text == "Rate 2: 3.500,00 € überfällig"
    assert len(funding.commitments[0].bookings) == 2


def instalment_deadlines(database: Database, days: int) -> list[tuple[date, str, str]]:
    with database.read() as session:
        found = deadlines(session, ON, days)
    return [(one.day, one.title, one.rule) for one in found if one.kind is DeadlineKind.INSTALMENT]


def test_the_deadlines_know_what_the_record_calls_overdue(database: Database, agreement: int) -> None:
    with database.write("gebunden") as session:
        whole = commitment_offers.offer(session, agreement, ON).whole
        data = CommitmentOfferInput("Treff", (whole,))
        made = commitment_offers.create(session, agreement, data, ON)
    pay(database, made[0], 650_000)
    late = (date(2026, 6, 1), "Rate 2 zahlen: Treff", "3.500,00 € sind noch nicht bezahlt.")
    following = (date(2027, 2, 1), "Rate 3 zahlen: Treff", "5.000,00 € sind noch nicht bezahlt.")
    assert instalment_deadlines(database, 214) == [late]
    assert instalment_deadlines(database, 215) == [late, following]
    with database.write("beendet") as session:  # what was promised is owed after the end too
        session.get_one(Agreement, agreement).stage = Stage.ENDED
    assert instalment_deadlines(database, 215) == [late, following]
    pay(database, made[0], 1_350_000)
    assert instalment_deadlines(database, 3_650) == []


def test_before_the_signature_nothing_is_overdue(database: Database, draft: int) -> None:
    with database.read() as session:
        funding = agreement_funding.load(session, draft, ON)
        events = agreement_funding.payments(session, draft, ON)
    assert {one.state for one in funding.instalments} == {PaidState.OPEN}
    assert {event.kind for event in events} == {EventKind.PAYMENT}
    assert instalment_deadlines(database, 3_650) == []


def test_nothing_is_owed_by_a_draft_that_was_given_up(database: Database, draft: int) -> None:
    with database.write("aufgegeben") as session:
        agreements.set_stage(session, draft, Stage.ENDED, ON)
        funding = agreement_funding.load(session, draft, ON)
        assert deadlines(session, ON, 3_650) == []
    assert {one.state for one in funding.instalments} == {PaidState.OPEN}


def test_what_falls_due_after_an_end_by_notice_is_to_be_settled(database: Database, agreement: int) -> None:
    with database.write("gekündigt") as session:
        record = session.get_one(Agreement, agreement)
        record.stage, record.terminated_to = Stage.TERMINATED, date(2026, 12, 31)
    doubts = ["Bitte prüfen, ob" in rule for _, _, rule in instalment_deadlines(database, 3_650)]
    assert doubts == [False, False, True, True]


def test_the_offer_reaches_into_later_years_or_is_made_by_year(database: Database, agreement: int) -> None:
    with database.read() as session:
        found = commitment_offers.offer(session, agreement, ON)
        by_number = {row.number: row.id for row in session.query(Budget)}
    assert found.whole == CommitmentOfferLine("MB26-1", by_number["B26-DOE"], 2_000_000, 2028)
    assert found.yearly == (
        CommitmentOfferLine("MB26-1", by_number["B26-DOE"], 1_000_000),
        CommitmentOfferLine("MB27-1", by_number["B27-DOE"], 500_000),
    )
    assert found.without_budget == ((2028, 500_000),)
    assert (found.recipient, found.decision) == ("Nachbarschaft Nord e.V.", "Beirat 12.03., TOP 4")


def test_what_had_no_budget_is_offered_again(database: Database, agreement: int) -> None:
    with database.write("gebunden") as session:
        found = commitment_offers.offer(session, agreement, ON)
        made = commitment_offers.create(session, agreement, CommitmentOfferInput("Treff", found.yearly), ON)
        rows = commitments.rows(session, agreement_id=agreement)
        assert [(row.number, row.amount_cents, row.decision) for row in rows] == [
            ("MB26-1", 1_000_000, "Beirat 12.03., TOP 4"),
            ("MB27-1", 500_000, "Beirat 12.03., TOP 4"),
        ]
        assert agreement_funding.uncommitted_of(session, agreement) == 500_000
        assert agreement_funding.uncommitted_agreements(session) == {agreement: ("ZV-2026-01", 500_000)}
        session.add(Budget(number="B28-DOE", title="D", year=2028, planned_cents=0, internal_order="4711"))
        session.flush()
        later = commitment_offers.offer(session, agreement, ON)
        assert len(made) == 2
        assert later.whole.amount_cents == 500_000
        assert later.yearly == ()  # one year is left, so there is nothing to choose


def test_a_year_that_is_over_takes_no_more(database: Database, agreement: int) -> None:
    with database.read() as session:
        found = commitment_offers.offer(session, agreement, date(2027, 3, 1))
        by_number = {row.number: row.id for row in session.query(Budget)}
    assert found.whole.budget_id == by_number["B27-DOE"]
    assert [(line.number, line.amount_cents) for line in found.yearly] == [("MB27-1", 1_500_000)]


def test_overspending_is_told_and_its_reason_kept(database: Database, agreement: int) -> None:
    with database.write("gebunden") as session:
        found = commitment_offers.offer(session, agreement, ON)
        assert commitment_offers.overspent(session, (found.whole,)) == [("B26-DOE", 1_500_000, -500_000)]
        commitment_offers.create(
            session, agreement, CommitmentOfferInput("Treff", (found.whole,), "Rest kommt vom Land"), ON
        )
        reasons = {row.number: row.overspending_reason for row in session.query(Budget)}
    assert reasons == {"B26-DOE": "Rest kommt vom Land", "B27-DOE": None}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (CommitmentOfferInput("", (CommitmentOfferLine(None, 1, 100),)), "title"),
        (CommitmentOfferInput("Treff", ()), "lines"),
        (CommitmentOfferInput("Treff", (CommitmentOfferLine(None, 1, None),)), "lines"),
        (CommitmentOfferInput("Treff", (CommitmentOfferLine(None, None, 100),)), "lines"),
        (CommitmentOfferInput("Treff", (CommitmentOfferLine(None, 1, 100, 2020),)), "lines"),
        (
            CommitmentOfferInput(
                "Treff", (CommitmentOfferLine("MB", 1, 100), CommitmentOfferLine("MB", 1, 100))
            ),
            "lines",
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    database: Database, agreement: int, data: CommitmentOfferInput, field: str
) -> None:
    with pytest.raises(Invalid) as told, database.write("x") as session:
        commitment_offers.create(session, agreement, data, ON)
    assert list(told.value.problems) == [field]
    with database.read() as session:
        assert session.query(Commitment).count() == 0


@pytest.mark.parametrize(
    ("stage", "cents"),
    [
        (Stage.DRAFT, 0),
        (Stage.READY_TO_SIGN, 0),
        (Stage.SIGNED, 2_000_000),
        (Stage.TERMINATED, 0),
        (Stage.ENDED, 0),
    ],
)
def test_only_what_was_signed_asks_for_a_commitment(
    database: Database, draft: int, stage: Stage, cents: int
) -> None:
    with database.write("x") as session:
        agreements.save(session, draft, replace(agreements.load(session, draft), stage=stage))
        assert agreement_funding.uncommitted_of(session, draft) == cents


def test_a_negative_amount_is_refused(database: Database, agreement: int) -> None:
    with database.write("x") as session, pytest.raises(Invalid, match="negativ"):
        agreement_funding.save_frame(session, agreement, FrameInput(-1))
