"""The clause library and its templates: dated versions, and what an agreement keeps of them."""

from datetime import date

import pytest

from app.domain.agreements.agreements import AgreementKind
from app.domain.errors import Invalid, UserError
from app.services.agreements import agreement_clauses, agreement_text, clauses
from app.services.agreements.agreement_text import Wording
from app.services.agreements.clauses import ClauseInput, TemplateInput
from db.database import Database
from db.models import Agreement

TODAY = date(2026, 12, 1)
LATER = date(2027, 3, 1)


@pytest.fixture
def agreement(database: Database) -> int:
    with database.write("x") as session:
        record = Agreement(number="ZV-1", kind=AgreementKind.TARGET, title="Treff")
        session.add(record)
        session.flush()
        return int(record.id)


def test_both_kinds_have_a_standard_template(database: Database) -> None:
    with database.read() as session:
        for kind in AgreementKind:
            template = clauses.default_template(session, kind)
            assert template is not None
            assert len(template.clause_ids) >= 15


def test_an_agreement_follows_its_template_until_it_is_changed(database: Database, agreement: int) -> None:
    with database.read() as session:
        text = agreement_text.text(session, agreement)
    assert not text.is_own
    assert text.template_name == "Zielvereinbarung (Standard)"
    with database.write("x") as session:
        agreement_clauses.reword(session, agreement, 2, "Gegenstand", "Nur dies.")
    with database.read() as session:
        text = agreement_text.text(session, agreement)
    assert text.is_own
    assert [clause.wording for clause in text.clauses[:3]] == [
        Wording.UNCHANGED,
        Wording.REWORDED,
        Wording.UNCHANGED,
    ]
    assert text.clauses[1].origin.text != text.clauses[1].text
    assert database.undo() == "x"
    with database.read() as session:
        assert not agreement_text.text(session, agreement).is_own


def test_a_new_wording_leaves_the_agreement_alone_and_is_shown(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        agreement_clauses.adopt(session, agreement)
        clause = clauses.default_template(session, AgreementKind.TARGET).clause_ids[0]  # type: ignore[union-attr]
        before = clauses.load(session, clause)
        clauses.save(session, clause, ClauseInput(before.title, "Ganz neu.", before.kind), LATER)
    with database.read() as session:
        text = agreement_text.text(session, agreement)
        template = clauses.default_template(session, AgreementKind.TARGET)
    assert text.clauses[0].text == before.text
    assert text.clauses[0].newer.text == "Ganz neu."
    assert template is not None
    assert (template.number, template.as_of) == (2, LATER)
    with database.write("x") as session:
        agreement_clauses.take_newest(session, agreement, 1)
    with database.read() as session:
        first = agreement_text.text(session, agreement).clauses[0]
    assert (first.text, first.newer, first.wording) == ("Ganz neu.", None, Wording.UNCHANGED)


def test_a_clause_new_in_the_template_is_offered(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        agreement_clauses.adopt(session, agreement)
        added = clauses.save(session, None, ClauseInput("Klima", "Man schont es."), LATER)
        template = clauses.default_template(session, AgreementKind.TARGET)
        assert template is not None
        data = clauses.load_template(session, template.id)
        order = TemplateInput(data.name, data.kind, (*data.clause_ids, added), data.is_default)
        clauses.save_template(session, template.id, order, LATER)
    with database.read() as session:
        text = agreement_text.text(session, agreement)
    assert text.new_clauses == ((added, "Klima"),)
    with database.write("x") as session:
        agreement_clauses.add(session, agreement, 1, "", "", clause_id=added)
    with database.read() as session:
        text = agreement_text.text(session, agreement)
    assert text.new_clauses == ()
    assert text.clauses[1].title == "Klima"


def test_move_leave_out_add_and_remove(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        assert agreement_clauses.move(session, agreement, 2, -1) == 1
        agreement_clauses.set_included(session, agreement, 3, included=False)
        at = agreement_clauses.add(session, agreement, 3, "Eigenes", "Text.")
        with pytest.raises(UserError, match="weggelassen"):
            agreement_clauses.remove(session, agreement, 1)
    with database.read() as session:
        rows = agreement_text.text(session, agreement).clauses
    assert [row.title for row in rows[:4]] == ["Gegenstand und Zweck", "Präambel", "Ziele", "Eigenes"]
    assert [row.wording for row in rows[1:4]] == [Wording.UNCHANGED, Wording.LEFT_OUT, Wording.OWN]
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    with database.write("x") as session:
        agreement_clauses.remove(session, agreement, at)
    with database.read() as session:
        assert len(agreement_text.text(session, agreement).clauses) == len(rows) - 1


def test_what_a_template_has_is_not_removed(database: Database) -> None:
    with database.write("x") as session:
        template = clauses.default_template(session, AgreementKind.COOPERATION)
        assert template is not None
        with pytest.raises(UserError, match="Kooperationsvereinbarung"):
            clauses.remove(session, template.clause_ids[0], TODAY)
        with pytest.raises(UserError, match="letzte Vorlage"):
            clauses.remove_template(session, template.id, TODAY)


def test_incomplete_clauses_and_twins_are_refused(database: Database) -> None:
    with database.write("x") as session:
        with pytest.raises(Invalid):
            clauses.save(session, None, ClauseInput(" ", ""), TODAY)
        with pytest.raises(Invalid, match="gibt es schon"):
            clauses.save_template(
                session, None, TemplateInput("Zielvereinbarung (Standard)", AgreementKind.TARGET), TODAY
            )
