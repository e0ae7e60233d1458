"""What became of an agreement's wording and of its template: locks, pins, changes taken over, uses."""

from datetime import date, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.errors import Gone, UserError
from app.services.agreements import (
    agreement_clauses,
    agreement_text,
    agreements,
    clause_comments,
    clause_uses,
    clauses,
)
from app.services.agreements.agreement_text import Lock, Wording
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.agreements.clause_comments import CommentInput
from app.services.agreements.clauses import ClauseInput, TemplateInput, TemplateRow
from app.services.papers import papers
from db.database import Database
from db.models import Actor, Agreement, Party

TODAY = date(2026, 12, 1)
LATER = date(2027, 3, 1)


@pytest.fixture
def agreement(database: Database) -> int:
    with database.write("x") as session:
        actor = Actor(short="A", name="Träger")
        session.add(actor)
        session.flush()
        data = AgreementInput("ZV-1", AgreementKind.TARGET, "Treff", (PartyInput(actor.id),))
        return agreements.save(session, None, data)


def standard(session: Session, kind: AgreementKind = AgreementKind.TARGET) -> TemplateRow:
    found = clauses.default_template(session, kind)
    assert found is not None
    return found


def reworded(session: Session, key: str, text: str) -> None:
    """Another wording in the library."""
    row = next(row for row in clauses.rows(session) if row.key == key)
    data = ClauseInput(row.title, text, row.kind, row.condition, row.is_obligatory, row.is_numbered, row.note)
    clauses.save(session, row.id, data, LATER)


def order(session: Session, clause_ids: tuple[int, ...]) -> None:
    """Another choice of clauses in the standard template."""
    row = standard(session)
    data = TemplateInput(row.name, row.kind, clause_ids, row.is_default)
    clauses.save_template(session, row.id, data, LATER)


def test_a_new_agreement_keeps_the_version_of_its_day(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        before = agreement_text.text(session, agreement)
        reworded(session, "zv_preamble", "Ganz neu.")
    with database.read() as session:
        after = agreement_text.text(session, agreement)
    assert not after.is_own
    assert after.clauses[0].text == before.clauses[0].text
    assert after.clauses[0].newer.text == "Ganz neu."
    assert (after.template_as_of, after.newest_as_of) == (before.template_as_of, LATER)
    assert (before.outdated, after.outdated) == (0, 1)


def test_another_kind_is_made_from_another_template(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        data = agreements.load(session, agreement)
        changed = AgreementInput("ZV-1", AgreementKind.COOPERATION, "Treff", data.parties)
        agreements.save(session, agreement, changed)
    with database.read() as session:
        assert agreement_text.text(session, agreement).template_name.startswith("Kooperations")


def test_a_chosen_template_is_pinned(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        copy = clause_uses.duplicate_template(session, standard(session).id, TODAY)
        agreement_clauses.pin(session, agreement, copy)
    with database.read() as session:
        text = agreement_text.text(session, agreement)
        assert text.template_name == "Zielvereinbarung (Standard) (Kopie)"
        assert clause_uses.made_from(session) == {copy: 1}


def test_agreements_of_a_list_keep_the_version_of_its_day(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        session.add(Agreement(number="KV-1", kind=AgreementKind.COOPERATION, title="Küche"))
        session.flush()
        before = session.get_one(Agreement, agreement).template_version_id
        agreement_clauses.pin_new(session)
        made = {one.number: one.template_version_id for one in session.query(Agreement)}
        cooperation = standard(session, AgreementKind.COOPERATION).version_id
    assert made == {"ZV-1": before, "KV-1": cooperation}


def test_what_the_template_gained_changed_and_lost(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        ids = standard(session).clause_ids
        added = clauses.save(session, None, ClauseInput("Klima", "Man schont es."), LATER)
        reworded(session, "zv_subject", "Nur dies.")
        order(session, (*ids[:3], added, *ids[3:-2], ids[-1]))  # without the last but one
    with database.read() as session:
        text = agreement_text.text(session, agreement)
    dropped = [row.title for row in text.clauses if row.position in text.dropped]
    assert text.new_clauses == ((added, "Klima"),)
    assert dropped == ["Anlagen"]
    assert text.outdated == 3
    with database.write("x") as session:
        agreement_clauses.take_all(session, agreement)
    with database.read() as session:
        text = agreement_text.text(session, agreement)
    assert text.outdated == 0
    assert text.clauses[3].title == "Klima"  # where the template has it
    assert text.clauses[1].text == "Nur dies."
    assert [row.title for row in text.clauses if not row.is_included] == dropped


def test_taking_all_leaves_her_own_words_alone(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        agreement_clauses.reword(session, agreement, 2, "Gegenstand", "Eigene Worte.")
        reworded(session, "zv_subject", "Neue Worte.")
        agreement_clauses.take_all(session, agreement)
    with database.read() as session:
        row = agreement_text.text(session, agreement).clauses[1]
    assert (row.text, row.newer.text, row.wording) == ("Eigene Worte.", "Neue Worte.", Wording.REWORDED)
    with database.write("x") as session:
        agreement_clauses.reset(session, agreement, 2)
    with database.read() as session:
        assert agreement_text.text(session, agreement).clauses[1].wording is Wording.UNCHANGED


def test_a_clause_added_from_the_library_can_be_removed(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        added = clauses.save(session, None, ClauseInput("Klima", "Man schont es."), LATER)
        at = agreement_clauses.add(session, agreement, 0, "", "", added)
        agreement_clauses.remove(session, agreement, at)
        with pytest.raises(UserError, match="weggelassen"):
            agreement_clauses.remove(session, agreement, 1)


@pytest.mark.parametrize(
    "stage", [Stage.SIGNED, Stage.IN_FORCE, Stage.AMENDED, Stage.TERMINATED, Stage.ENDED]
)
def test_what_is_signed_is_not_reworded(database: Database, agreement: int, stage: Stage) -> None:
    with database.write("x") as session:
        session.get_one(Agreement, agreement).stage = stage
        session.flush()
        assert agreement_text.text(session, agreement).lock is Lock.SIGNED
        with pytest.raises(UserError, match="Nachtrag"):
            agreement_clauses.reword(session, agreement, 1, "a", "b")


def test_what_was_printed_or_signed_by_one_is_locked(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        papers.keep(session, agreement, "x.pdf", b"%PDF", datetime(2026, 12, 1))
        for change in (
            lambda: agreement_clauses.move(session, agreement, 2, 1),
            lambda: agreement_clauses.set_included(session, agreement, 2, included=False),
            lambda: agreement_clauses.add(session, agreement, 0, "a", "b"),
            lambda: agreement_clauses.adopt(session, agreement, standard(session).id),
        ):
            with pytest.raises(UserError, match="zurückziehen"):
                change()
        papers.withdraw(session, papers.rows(session, agreement)[0].id, datetime(2026, 12, 2))
        agreement_clauses.move(session, agreement, 2, 1)
        session.query(Party).one().signed_on = TODAY
        session.flush()
        with pytest.raises(UserError, match="hat schon unterschrieben"):
            agreement_clauses.move(session, agreement, 2, 1)


def test_versions_of_a_template_in_words(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        template = standard(session)
        ids = template.clause_ids
        added = clauses.save(session, None, ClauseInput("Klima", "Man schont es."), LATER)
        order(session, (ids[1], ids[0], *ids[2:-1], added))
    with database.read() as session:
        newest, first = clause_uses.template_steps(session, template.id)
    assert (first.number, first.agreements, first.added) == (1, 1, ())
    assert (newest.number, newest.as_of, newest.agreements) == (2, LATER, 0)
    assert newest.added == ("Klima",)
    assert newest.removed == ("Schriftform, Textform und Teilnichtigkeit",)
    assert newest.reordered
    assert newest.reworded == ()


def test_uses_count_those_that_follow_and_those_with_own_words(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        key = standard(session).clause_ids[0]
        assert [use.name for use in clause_uses.agreements_with(session, key)] == ["ZV-1"]
        agreement_clauses.reword(session, agreement, 1, "P", "Q")
        assert [use.name for use in clause_uses.agreements_with(session, key)] == ["ZV-1"]
        assert next(row.used for row in clauses.rows(session) if row.id == key) == 1
        assert [use.name for use in clause_uses.templates_with(session, key)] == [
            "Zielvereinbarung (Standard)"
        ]


def test_a_new_template_begins_with_what_is_obligatory(database: Database) -> None:
    with database.write("x") as session:
        made = clause_uses.begin_template(session, TemplateInput("Neu", AgreementKind.TARGET), TODAY)
        library = {row.id: row for row in clauses.rows(session)}
        chosen = clauses.load_template(session, made).clause_ids
    assert len(chosen) >= 20
    assert all(library[key].is_obligatory for key in chosen)


def test_every_standard_clause_tells_its_author_something_and_names_known_placeholders(
    database: Database,
) -> None:
    from app.domain.agreements.clauses import text_problems

    with database.read() as session:
        titles = clause_uses.clause_titles(session)
        for row in clauses.rows(session):
            assert row.note, row.key
            assert text_problems(row.text, titles.keys()) == [], row.key


@pytest.mark.parametrize("is_own", [False, True])
def test_a_long_wording_is_read_with_no_more_questions_than_a_short_one(
    database: Database, agreement: int, is_own: bool
) -> None:
    counts = []
    for length in (1, 8):
        with database.write("x") as session:
            chosen = [row.id for row in clauses.rows(session, AgreementKind.TARGET)][:length]
            order(session, tuple(chosen))
            agreement_clauses.pin(session, agreement, standard(session).id)
            if is_own:
                agreement_clauses.adopt(session, agreement)
        asked: list[str] = []
        with database.read() as session:
            event.listen(
                session.get_bind(), "before_cursor_execute", lambda *said, a=asked: a.append(said[2])
            )
            assert len(agreement_text.text(session, agreement).clauses) == length
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_clause_that_is_gone_is_said_to_be_gone(database: Database, agreement: int) -> None:
    """What the page still shows may have been taken back meanwhile."""
    with pytest.raises(Gone), database.write("x") as session:
        agreement_clauses.reword(session, agreement, 99, "Titel", "Text")
    with pytest.raises(Gone), database.write("x") as session:
        comment = CommentInput(position=99, day=TODAY, author="Amt", text="Warum?")
        clause_comments.save(session, agreement, None, comment)
    with pytest.raises(Gone), database.read() as session:
        clauses.newest_version(session, 9_999)
    with pytest.raises(Gone), database.read() as session:
        clauses.newest_template(session, 9_999)
    with database.read() as session:
        assert not agreement_text.text(session, agreement).is_own
