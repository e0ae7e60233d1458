"""A version covers everything a clause is: no later one changes the paper of an agreement that exists."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import ClauseCondition
from app.domain.errors import Invalid
from app.reports.agreements.text import compose
from app.services.agreements import agreement_clauses, agreement_text, agreements, clauses
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.agreements.clauses import ClauseInput
from app.workflows.agreements.print_agreement import load_paper
from db.database import Database
from db.models import Actor
from db.seed import STANDARD_AS_OF

CHANGES: dict[str, Callable[[ClauseInput], ClauseInput]] = {
    "title": lambda clause: replace(clause, title="Anders"),
    "text": lambda clause: replace(clause, text="Ganz anders."),
    "condition": lambda clause: replace(clause, condition=ClauseCondition.UNFUNDED),
    "obligation": lambda clause: replace(clause, is_obligatory=False),
    "numbering": lambda clause: replace(clause, is_numbered=False),
    "kind": lambda clause: replace(clause, kind=None),
}


@pytest.fixture
def agreement(database: Database) -> int:
    with database.write("x") as session:
        actor = Actor(short="A", name="Träger")
        session.add(actor)
        session.flush()
        data = AgreementInput("ZV-1", AgreementKind.TARGET, "Treff", (PartyInput(actor.id),), amount_cents=1)
        return agreements.save(session, None, data)


def change(database: Database, what: str, on: date, key: str = "zv_privacy") -> None:
    with database.write("x") as session:
        clause_id = next(row.id for row in clauses.rows(session) if row.key == key)
        clauses.save(session, clause_id, CHANGES[what](clauses.load(session, clause_id)), on)


def words(database: Database, agreement_id: int) -> list[str]:
    with database.read() as session:
        text = compose(load_paper(session, agreement_id, date(2026, 12, 1)))
        return [repr(clause.printed) for clause in text.clauses]


@pytest.mark.parametrize("on", [STANDARD_AS_OF, date(2027, 3, 1)])
@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_is_a_new_version_and_leaves_the_paper_alone(
    database: Database, agreement: int, what: str, own: bool, on: date
) -> None:
    if own:
        with database.write("x") as session:
            agreement_clauses.adopt(session, agreement)
    before = words(database, agreement)
    with database.read() as session:
        rows = agreement_text.text(session, agreement).clauses
    change(database, what, on)
    assert words(database, agreement) == before
    with database.write("x") as session:
        text = agreement_text.text(session, agreement)
        changed = [row for row in text.clauses if row.newer is not None]
        assert [(row.key, row.newer.number) for row in changed] == [("zv_privacy", 2)]  # type: ignore[union-attr]
        same = [(row.condition, row.is_obligatory, row.is_numbered) for row in text.clauses]
        assert same == [(row.condition, row.is_obligatory, row.is_numbered) for row in rows]
        assert text.newest_as_of == on
        agreement_clauses.take_newest(session, agreement, changed[0].position)
        taken = agreement_text.text(session, agreement)
    assert taken.outdated == 0
    assert [one.origin for one in taken.clauses if one.key == "zv_privacy"] == [changed[0].newer]
    numbered = next(one.is_numbered for one in taken.clauses if one.key == "zv_privacy")
    assert numbered is (what != "numbering")


def test_a_new_agreement_has_the_new_version(database: Database, agreement: int) -> None:
    change(database, "condition", date(2027, 3, 1))
    with database.write("x") as session:
        data = replace(agreements.load(session, agreement), number="ZV-2")
        newer = agreements.save(session, None, data)
    assert len(words(database, newer)) == len(words(database, agreement)) - 1


def test_a_note_is_mended_without_a_new_version(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        row = next(row for row in clauses.rows(session) if row.key == "zv_privacy")
        clauses.save(
            session, row.id, replace(clauses.load(session, row.id), note="Besser."), date(2027, 3, 1)
        )
        assert [(one.number, one.note) for one in clauses.versions(session, row.id)] == [(1, "Besser.")]
        assert agreement_text.text(session, agreement).outdated == 0


def test_the_kind_of_a_template_stays(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        template = clauses.default_template(session, AgreementKind.TARGET)
        assert template is not None
        data = replace(clauses.load_template(session, template.id), kind=AgreementKind.COOPERATION)
        with pytest.raises(Invalid, match="bleibt"):
            clauses.save_template(session, template.id, data, date(2027, 3, 1))


def test_what_is_printed_for_signature_stays_whatever_becomes_of_templates_names_and_letterhead(
    database: Database, agreement: int
) -> None:
    from app.services import office
    from app.services.office import OfficeInput
    from app.services.papers import papers
    from app.workflows.agreements.print_agreement import printout

    with database.write("x") as session:
        papers.keep(session, agreement, "x.pdf", b"%PDF signed", datetime(2026, 12, 1))
    for what in CHANGES:
        change(database, what, date(2027, 3, 1))
    with database.write("x") as session:
        office.save(session, OfficeInput("Anders", authority="Region Hannover"))
        session.query(Actor).one().name = "Neuer Name"
    with database.read() as session:
        assert printout(session, agreement, date(2027, 4, 1)).pdf == b"%PDF signed"


def test_a_duty_that_would_not_print_is_not_missed_before_signature(
    database: Database, agreement: int
) -> None:
    from app.workflows.agreements.print_agreement import signature_check

    def missed() -> list[str]:
        with database.read() as session:
            points = signature_check(session, agreement, date(2026, 12, 1))
        return [said for point in points if point.title == "Pflichtklauseln" for said in point.open_points]

    with database.write("x") as session:
        places = {row.key: row.position for row in agreement_text.text(session, agreement).clauses}
        for key in ("zv_several", "zv_privacy"):
            agreement_clauses.set_included(session, agreement, places[key], included=False)
    assert missed() == ["„Datenschutz“ ist weggelassen."]  # with one partner nothing is said of several
