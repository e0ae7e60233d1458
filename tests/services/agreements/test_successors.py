"""The agreement that follows: what it takes along, when it begins, and the chain."""

from datetime import date

import pytest

from app.domain.agreements.agreements import GoalState, Stage
from app.domain.errors import UserError
from app.services.agreements import agreement_text, agreements, successors
from db.database import Database
from db.models import Agreement, AgreementClause
from tests.services.agreements.life_samples import ON, agreement_in_force


def create(database: Database, agreement_id: int) -> int:
    with database.write("Folgevereinbarung angelegt") as session:
        return successors.create(session, agreement_id, ON)


def test_it_begins_the_day_after_and_takes_along_what_is_unfinished(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    with database.write("Text") as session:
        clause = AgreementClause(
            agreement_id=agreement_id, position=1, title="Präambel", text="Eigene Worte."
        )
        session.add(clause)
    after_id = create(database, agreement_id)
    with database.read() as session:
        after = agreements.load(session, after_id)
        copied = agreement_text.text(session, after_id).clauses
    assert (after.number, after.stage) == ("ZV-2027-01", Stage.DRAFT)
    assert (after.begin, after.end, after.renewal_months) == (date(2027, 1, 1), date(2027, 12, 31), 12)
    assert [(goal.nr, goal.state, goal.due) for goal in after.goals] == [
        ("1", GoalState.OPEN, None),
        ("2", GoalState.OPEN, None),
    ]
    assert len(after.parties) == 2
    assert all(party.signed_on is None for party in after.parties)
    assert after.amount_cents == 24_000_00
    assert [clause.text for clause in copied] == ["Eigene Worte."]


def test_an_agreement_ended_by_notice_is_followed_from_that_day(database: Database) -> None:
    agreement_id = agreement_in_force(database, stage=Stage.TERMINATED, terminated_to=date(2026, 9, 30))
    with database.read() as session:
        assert agreements.load(session, agreement_id).terminated_to == date(2026, 9, 30)
    after_id = create(database, agreement_id)
    with database.read() as session:
        after = agreements.load(session, after_id)
        assert (after.begin, after.end) == (date(2026, 10, 1), date(2027, 9, 30))


def test_the_chain_is_the_same_from_each_of_its_links(database: Database) -> None:
    first = agreement_in_force(database)
    second = create(database, first)
    third = create(database, second)
    with database.read() as session:
        for one in (first, second, third):
            assert [link.id for link in successors.chain(session, one)] == [first, second, third]


def test_a_second_successor_and_one_without_an_end_are_refused(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    create(database, agreement_id)
    with pytest.raises(UserError, match="schon eine Folgevereinbarung"):
        create(database, agreement_id)
    open_ended = agreement_in_force_open(database)
    with pytest.raises(UserError, match="unbefristet"):
        create(database, open_ended)


def agreement_in_force_open(database: Database) -> int:
    with database.write("unbefristet") as session:
        record = Agreement(number="ZV-9", kind="target", title="Offen", stage=Stage.IN_FORCE)
        session.add(record)
        session.flush()
        return record.id


def test_a_deleted_draft_leaves_the_one_before_without_successor(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    after_id = create(database, agreement_id)
    with database.write("gelöscht") as session:
        agreements.remove(session, after_id)
        assert session.get_one(Agreement, agreement_id).successor_id is None
    database.undo()
    with database.read() as session:
        assert session.get_one(Agreement, agreement_id).successor_id == after_id
        successors.chain(session, agreement_id)
