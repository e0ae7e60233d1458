"""Stages, comments and drafts of an agreement that is talked about."""

from datetime import date, datetime

import pytest

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.draft_comparison import DraftWords, Part
from app.domain.errors import Invalid
from app.services import office
from app.services.agreements import (
    agreement_clauses,
    agreement_text,
    agreements,
    clause_comments,
    drafts,
    stage_changes,
)
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.agreements.clause_comments import CommentInput
from app.services.office import OfficeInput
from db.database import Database
from db.models import Actor

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 10, 30)


@pytest.fixture
def agreement(database: Database) -> int:
    with database.write("Probe") as session:
        office.save(session, OfficeInput("Alter im Quartier", contact_person="Annika Feldmann"))
        actor = Actor(short="D", name="Diakonie")
        session.add(actor)
        session.flush()
        data = AgreementInput("ZV-2027-01", AgreementKind.TARGET, "Treff", (PartyInput(actor.id),))
        return agreements.save(session, None, data, DAY)


def test_every_change_of_stage_is_noted_with_day_and_person(database: Database, agreement: int) -> None:
    with database.write("Stand") as session:
        agreements.set_stage(session, agreement, Stage.READY_TO_SIGN, DAY)
        agreements.set_stage(session, agreement, Stage.READY_TO_SIGN, DAY)  # nothing new
        agreements.set_stage(
            session, agreement, Stage.NEGOTIATION, date(2026, 11, 25), "M. Kaya", "Rückfrage"
        )
    with database.read() as session:
        found = stage_changes.rows(session, agreement)
        stage = agreements.load(session, agreement).stage
    assert stage is Stage.NEGOTIATION
    assert [(row.stage, row.day, row.who, row.note, row.is_back) for row in found] == [
        (Stage.NEGOTIATION, date(2026, 11, 25), "M. Kaya", "Rückfrage", True),
        (Stage.READY_TO_SIGN, DAY, "Annika Feldmann", None, False),
        (Stage.DRAFT, DAY, "Annika Feldmann", None, False),
    ]
    database.undo()
    with database.read() as session:
        assert [row.stage for row in stage_changes.rows(session, agreement)] == [Stage.DRAFT]


def test_a_comment_stays_with_its_clause_wherever_it_goes(database: Database, agreement: int) -> None:
    with database.write("Kommentar") as session:
        third = agreement_text.text(session, agreement).clauses[2].title
        comment = clause_comments.save(
            session, agreement, None, CommentInput(3, DAY, " Frau Kaya ", "Bitte kürzer.")
        )
        agreement_clauses.move(session, agreement, 3, 5)
        agreement_clauses.set_included(session, agreement, 8, included=False)
    with database.read() as session:
        (row,) = clause_comments.rows(session, agreement)
        assert clause_comments.open_count(session, agreement) == 1
    assert (row.title, row.position, row.is_included) == (third, 8, False)
    assert (row.author, row.text, row.is_open) == ("Frau Kaya", "Bitte kürzer.", True)
    with database.write("Erledigt") as session:
        clause_comments.settle(session, comment, DAY)
        assert clause_comments.open_count(session, agreement) == 0
        clause_comments.settle(session, comment, None)
        assert clause_comments.open_count(session, agreement) == 1
        clause_comments.remove(session, comment)
        assert clause_comments.rows(session, agreement) == []


def test_an_empty_comment_is_refused_at_its_fields(database: Database, agreement: int) -> None:
    with database.write("Kommentar") as session, pytest.raises(Invalid) as refused:
        clause_comments.save(session, agreement, None, CommentInput(None, DAY, None, "  "))
    assert set(refused.value.problems) == {"position", "text"}


def test_drafts_are_numbered_and_the_same_words_are_kept_once(database: Database, agreement: int) -> None:
    first = DraftWords(clauses=(Part("goals", "Ziele", "Vier Tage.", "§ 2"),))
    second = DraftWords(clauses=(Part("goals", "Ziele", "Fünf Tage.", "§ 2"),), facts=(Part("a", "b", "c"),))
    with database.write("Entwürfe") as session:
        assert drafts.keep(session, agreement, first, AT, "an die Diakonie").number == 1
        assert drafts.keep(session, agreement, first, AT).number == 1
        assert drafts.keep(session, agreement, second, AT).number == 2
        assert drafts.keep(session, agreement, first, AT).number == 3
    with database.read() as session:
        rows = drafts.rows(session, agreement)
        assert [(row.number, row.title) for row in rows] == [(3, None), (2, None), (1, "an die Diakonie")]
        assert drafts.words(session, rows[1].id) == second
        assert drafts.next_number(session, agreement) == 4
