"""Notices received and sent: what they do to the agreement, and how they are taken back."""

from datetime import date

import pytest

from app.domain.agreements.agreements import NoticeDirection, Stage
from app.domain.errors import Invalid, UserError
from app.services.agreements import agreement_register, agreements, notices
from app.services.agreements.notices import NoticeInput, NoticeRow
from app.services.deadlines.deadlines import deadlines
from db.database import Database
from db.models import Agreement, Amendment, StageChange
from tests.services.agreements.life_samples import ON, agreement_in_force, parties

RECEIVED, SENT = NoticeDirection.RECEIVED, NoticeDirection.SENT


def record(
    database: Database, agreement_id: int, data: NoticeInput, on: date = ON, notice_id: int | None = None
) -> NoticeRow:
    with database.write("Kündigung eingetragen") as session:
        return notices.save(session, agreement_id, notice_id, data, on)


def stage(database: Database, agreement_id: int) -> tuple[Stage, date | None]:
    with database.read() as session:
        found = session.get_one(Agreement, agreement_id)
        return found.stage, found.terminated_to


def test_a_received_notice_ends_the_agreement_in_one_step(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    first = parties(database, agreement_id)[0]
    row = record(database, agreement_id, NoticeInput(RECEIVED, date(2026, 6, 25), ON, party_id=first))
    assert (row.ends_on, row.party) == (date(2026, 12, 31), "Nachbarschaft Nord e.V.")
    assert stage(database, agreement_id) == (Stage.TERMINATED, date(2026, 12, 31))
    with database.read() as session:
        kinds = {str(found.kind) for found in deadlines(session, ON) if found.record == "ZV-2026-01"}
        changes = session.query(StageChange).filter_by(agreement_id=agreement_id).all()
        assert [(change.stage, change.note) for change in changes] == [(Stage.TERMINATED, "zum 31.12.2026")]
    assert "term_end" in kinds
    assert "notice" not in kinds
    database.undo()
    assert stage(database, agreement_id) == (Stage.IN_FORCE, None)


def test_too_late_reaches_the_next_end(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    on = date(2026, 10, 5)
    data = NoticeInput(RECEIVED, date(2026, 9, 29), date(2026, 10, 1), wanted=date(2026, 12, 31))
    with database.read() as session:
        term = agreement_register.detail(session, agreement_id, on).row.term
    said = notices.answer(term, data)
    assert said is not None
    assert "1 Tag zu spät" in said.sentence
    assert record(database, agreement_id, data, on).ends_on == date(2027, 12, 31)


def test_a_sent_notice_is_reckoned_until_its_arrival_is_known(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    row = record(database, agreement_id, NoticeInput(SENT, date(2026, 9, 25)), date(2026, 9, 25))
    assert (row.arrived_on, row.ends_on) == (None, date(2026, 12, 31))  # reckoned on 30.09.
    with database.read() as session:
        entered = notices.load(session, row.id)
    late = NoticeInput(SENT, entered.dated, date(2026, 10, 2), wanted=entered.wanted)
    assert record(database, agreement_id, late, date(2026, 10, 2), row.id).ends_on == date(2027, 12, 31)


def test_an_extraordinary_notice_has_its_own_end(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    data = NoticeInput(RECEIVED, None, ON, is_extraordinary=True, own_end=date(2026, 7, 31), note="Insolvenz")
    row = record(database, agreement_id, data)
    assert (row.ends_on, row.is_extraordinary, row.note) == (date(2026, 7, 31), True, "Insolvenz")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (NoticeInput(RECEIVED), "arrived_on"),
        (NoticeInput(SENT), "dated"),
        (NoticeInput(RECEIVED, date(2026, 6, 30), date(2026, 6, 29)), "arrived_on"),
        (NoticeInput(RECEIVED, None, date(2026, 7, 2)), "arrived_on"),
        (NoticeInput(RECEIVED, None, ON, is_extraordinary=True), "own_end"),
        (NoticeInput(RECEIVED, None, ON, is_extraordinary=True, own_end=date(2026, 6, 30)), "own_end"),
        (NoticeInput(RECEIVED, None, date(2025, 11, 1), True, own_end=date(2025, 12, 1)), "own_end"),
    ],
)
def test_what_lacks_or_contradicts_is_said_at_its_field(
    database: Database, data: NoticeInput, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        record(database, agreement_in_force(database), data)
    assert list(caught.value.problems) == [field]


def test_a_fixed_term_has_no_ordinary_notice(database: Database) -> None:
    agreement_id = agreement_in_force(database, renewal_months=None)
    with pytest.raises(Invalid) as caught:
        record(database, agreement_id, NoticeInput(RECEIVED, None, ON))
    assert "endet von selbst am 31.12.2026" in caught.value.problems["own_end"]
    by_agreement = NoticeInput(RECEIVED, None, ON, own_end=date(2026, 9, 30))
    assert record(database, agreement_id, by_agreement).ends_on == date(2026, 9, 30)


def test_the_earlier_of_two_counts_and_taken_back_it_runs_on(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    ordinary = record(database, agreement_id, NoticeInput(RECEIVED, None, ON))
    other = record(
        database, agreement_id, NoticeInput(SENT, ON, None, is_extraordinary=True, own_end=date(2026, 8, 31))
    )
    assert stage(database, agreement_id) == (Stage.TERMINATED, date(2026, 8, 31))
    with database.write("zurück") as session:
        notices.withdraw(session, other.id, ON)
    assert stage(database, agreement_id) == (Stage.TERMINATED, date(2026, 12, 31))
    with database.write("zurück") as session:
        notices.withdraw(session, ordinary.id, ON)
    assert stage(database, agreement_id) == (Stage.IN_FORCE, None)


def test_only_an_agreement_in_force_can_be_ended_and_then_it_stays(database: Database) -> None:
    with pytest.raises(UserError, match="nicht in Kraft"):
        record(
            database, agreement_in_force(database, stage=Stage.NEGOTIATION), NoticeInput(RECEIVED, None, ON)
        )


def test_an_agreement_with_a_notice_is_not_deleted(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    record(database, agreement_id, NoticeInput(RECEIVED, None, ON))
    with pytest.raises(UserError, match="1 Kündigung daran"), database.write("weg") as session:
        agreements.remove(session, agreement_id)


def test_an_agreement_that_was_amended_comes_back_as_amended(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    with database.write("Nachtrag") as session:
        session.add(
            Amendment(
                agreement_id=agreement_id,
                nr=1,
                title="Mehr Geld",
                stage=Stage.SIGNED,
                effective_from=date(2026, 5, 1),
            )
        )
    notice = record(database, agreement_id, NoticeInput(RECEIVED, None, ON))
    with database.write("zurück") as session:
        notices.withdraw(session, notice.id, ON)
    with database.read() as session:
        stages = [agreements.load(session, agreement_id, day).stage for day in (date(2026, 4, 30), ON)]
    assert stages == [Stage.IN_FORCE, Stage.AMENDED]


def test_nothing_ends_later_than_its_fixed_term(database: Database) -> None:
    agreement_id = agreement_in_force(database, renewal_months=None)
    late = NoticeInput(RECEIVED, None, ON, is_extraordinary=True, own_end=date(2027, 1, 31))
    with pytest.raises(Invalid) as caught:
        record(database, agreement_id, late)
    assert caught.value.problems == {"own_end": "Die Vereinbarung endet schon am 31.12.2026 von selbst."}
    assert stage(database, agreement_id) == (Stage.IN_FORCE, None)
