"""Yearly talks that were held, and the next one."""

from datetime import date

import pytest

from app.domain.agreements.agreements import Stage
from app.domain.deadlines.deadlines import DeadlineKind
from app.domain.errors import Invalid
from app.services.agreements import yearly_talks
from app.services.agreements.yearly_talks import TalkInput
from app.services.deadlines.deadlines import deadlines
from db.database import Database
from tests.services.agreements.life_samples import agreement_in_force

ON = date(2027, 2, 1)


def test_the_next_one_follows_from_those_held(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    with database.write("Gespräch") as session:
        assert yearly_talks.next_due(session, agreement_id, ON) == date(2027, 1, 1)
        talk = yearly_talks.save(
            session, agreement_id, None, TalkInput(date(2027, 1, 20), "Frau Öztürk", " Gut. "), ON
        )
        assert yearly_talks.next_due(session, agreement_id, ON) == date(2028, 1, 1)
        row = yearly_talks.rows(session, agreement_id)[0]
        assert (row.day, row.participants, row.result) == (date(2027, 1, 20), "Frau Öztürk", "Gut.")
        yearly_talks.save(session, agreement_id, talk, TalkInput(date(2027, 1, 21)), ON)
        assert yearly_talks.load(session, talk) == TalkInput(date(2027, 1, 21))
        yearly_talks.remove(session, talk)
        assert yearly_talks.next_due(session, agreement_id, ON) == date(2027, 1, 1)


def test_a_talk_that_was_held_is_no_deadline_any_more(database: Database) -> None:
    agreement_id = agreement_in_force(database)

    def due() -> list[date]:
        with database.read() as session:
            found = deadlines(session, date(2026, 12, 1), 500)
        return [one.day for one in found if one.kind is DeadlineKind.YEARLY_TALK]

    assert due() == [date(2027, 1, 1), date(2028, 1, 1)]
    with database.write("Gespräch") as session:
        yearly_talks.save(session, agreement_id, None, TalkInput(date(2026, 11, 20)), date(2026, 12, 1))
    assert due() == [date(2028, 1, 1)]


def test_a_draft_has_none(database: Database) -> None:
    agreement_id = agreement_in_force(database, stage=Stage.DRAFT)
    with database.read() as session:
        assert yearly_talks.next_due(session, agreement_id, ON) is None


@pytest.mark.parametrize("day", [None, date(2027, 2, 2)])
def test_a_talk_has_a_day_that_has_been(database: Database, day: date | None) -> None:
    agreement_id = agreement_in_force(database)
    with pytest.raises(Invalid), database.write("Gespräch") as session:
        yearly_talks.save(session, agreement_id, None, TalkInput(day), ON)
