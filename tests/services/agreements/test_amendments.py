"""Amendments: incomplete drafts, contradictions, and the one step in which they come to hold."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.domain.agreements.agreements import GoalAction, GoalState, PaperKind, Stage
from app.domain.agreements.amendments import AmendedPoint
from app.domain.errors import Invalid, UserError
from app.services import office
from app.services.agreements import (
    agreement_register,
    agreements,
    amendment_register,
    amendment_signing,
    amendments,
    corrections,
)
from app.services.agreements.agreement_history import agreement_history
from app.services.agreements.amendments import AmendmentInput, GoalChangeInput
from app.services.office import OfficeInput, Signatory
from app.services.papers import papers
from app.workflows.agreements.print_agreement import keep_for_signature, withdraw
from db.database import Database
from db.models import Goal, GoalReport
from tests.services.agreements.life_samples import ON, agreement_in_force, parties, signing

CHANGE = AmendmentInput(
    title="Verlängerung und mehr Öffnungstage",
    effective_from=date(2026, 8, 1),
    changes_term=True,
    end=date(2028, 12, 31),
    renewal_months=6,
    notice=2,
    changes_amount=True,
    amount_cents=30_000_00,
    goals=(
        GoalChangeInput("1", GoalAction.CHANGE, "Offener Treff", target="5 Tage", due=date(2027, 12, 31)),
        GoalChangeInput("2", GoalAction.DROP),
        GoalChangeInput("4", GoalAction.ADD, "Spaziergänge", due=date(2027, 6, 30)),
    ),
)


def save(database: Database, agreement_id: int, data: AmendmentInput, amendment_id: int | None = None) -> int:
    with database.write("Nachtrag gespeichert") as session:
        return amendments.save(session, agreement_id, amendment_id, data)


def sign(database: Database, amendment_id: int, party_id: int | None, day: date) -> bool:
    with database.write("Unterschrift eingetragen") as session:
        return amendment_signing.sign(session, amendment_id, party_id, day, "Ada Muster")


def test_a_new_one_starts_with_what_holds_and_changes_nothing(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    with database.read() as session:
        start = amendments.blank(session, agreement_id)
    assert (start.end, start.notice, start.amount_cents) == (date(2026, 12, 31), 3, 24_000_00)
    amendment_id = save(database, agreement_id, start)
    with database.read() as session:
        row = amendment_register.row(session, amendment_id)
    assert (row.nr, row.changes) == (1, ())
    assert row.missing == (
        "Titel",
        "Tag, ab dem der Nachtrag gilt",
        "eine Änderung oder ein Text, der sie beschreibt",
    )


def test_old_beside_new(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    amendment_id = save(database, agreement_id, CHANGE)
    with database.read() as session:
        found = amendment_register.row(session, amendment_id).changes
    assert AmendedPoint("Ende der Laufzeit", "31.12.2026", "31.12.2028") in found
    assert AmendedPoint("Betrag der Förderung", "24.000,00 €", "30.000,00 €") in found
    assert (
        AmendedPoint("Ziel 1", "Soll: 4 Tage\nFrist: 31.12.2026", "Soll: 5 Tage\nFrist: 31.12.2027") in found
    )
    assert AmendedPoint("Ziel 2", "Ziel: Sprechstunde\nFrist: 30.09.2026", "entfällt") in found
    assert AmendedPoint("Ziel 4", "", "Ziel: Spaziergänge\nFrist: 30.06.2027") in found


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"end": date(2025, 1, 1)}, "end", "vor dem Beginn"),
        ({"effective_from": date(2025, 1, 1)}, "effective_from", "vor dem Beginn"),
        ({"amount_cents": -1}, "amount_cents", "negativ"),
        (
            {"goals": (GoalChangeInput("1", GoalAction.ADD, "Treff"),)},
            "goals",
            "gibt es in der Vereinbarung schon",
        ),
        ({"goals": (GoalChangeInput("9", GoalAction.DROP),)}, "goals", "Ein Ziel 9 gibt es"),
        ({"goals": (GoalChangeInput("4", GoalAction.ADD),) * 2}, "goals", "zweimal"),
    ],
)
def test_contradictions_are_said_at_their_field(
    database: Database, changes: dict[str, object], field: str, words: str
) -> None:
    agreement_id = agreement_in_force(database)
    with pytest.raises(Invalid) as caught:
        save(database, agreement_id, replace(CHANGE, **changes))  # type: ignore[arg-type]
    assert words in caught.value.problems[field]


def test_nothing_changes_before_the_last_signature_then_all_at_once_and_undo_takes_it_back(
    database: Database,
) -> None:
    agreement_id = agreement_in_force(database)
    with database.write("Bericht") as session:
        goal = session.query(Goal).filter_by(agreement_id=agreement_id, nr="2").one()
        session.add(
            GoalReport(goal_id=goal.id, day=date(2026, 5, 1), state=GoalState.RUNNING, text="läuft an")
        )
    amendment_id = save(database, agreement_id, CHANGE)
    with database.read() as session:
        before = agreements.load(session, agreement_id, ON)
    city, first, second = signing(database, agreement_id)
    assert not sign(database, amendment_id, first, date(2026, 7, 10))
    assert not sign(database, amendment_id, city, date(2026, 7, 11))
    with database.read() as session:
        assert agreements.load(session, agreement_id, ON) == before
    assert sign(database, amendment_id, second, date(2026, 7, 20))
    with database.read() as session:
        assert agreements.load(session, agreement_id, date(2026, 7, 31)) == before  # it acts from its day
        now = agreements.load(session, agreement_id, date(2026, 8, 1))
        shown = agreement_register.detail(session, agreement_id, date(2026, 8, 1)).row
        earlier = agreement_register.detail(session, agreement_id, date(2026, 7, 31)).row
        row = amendment_register.row(session, amendment_id)
    assert (now.end, now.renewal_months, now.notice, now.amount_cents) == (
        date(2028, 12, 31),
        6,
        2,
        30_000_00,
    )
    assert [(goal.nr, goal.target) for goal in now.goals] == [("1", "5 Tage"), ("3", None), ("4", None)]
    assert (shown.stage, shown.view.runs_until) == (Stage.AMENDED, date(2028, 12, 31))
    assert (earlier.stage, earlier.view.runs_until) == (Stage.IN_FORCE, date(2026, 12, 31))
    assert (shown.goals_total, earlier.goals_total, shown.amount_cents, earlier.amount_cents) == (
        3,
        3,
        30_000_00,
        24_000_00,
    )
    assert (row.is_signed, row.signed_on, row.missing) == (True, date(2026, 7, 20), ())
    assert (
        AmendedPoint("Ende der Laufzeit", "31.12.2026", "31.12.2028") in row.changes
    )  # still against what was
    with database.read() as session:
        history = [entry.label for entry in agreement_history(session, agreement_id)]
    assert history[0] == "Unterschrift eingetragen"
    assert "Nachtrag gespeichert" in history
    database.undo()
    with database.read() as session:
        assert agreements.load(session, agreement_id, date(2026, 8, 1)) == before
        assert session.query(GoalReport).count() == 1


def test_they_hold_in_their_order(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    first = save(database, agreement_id, CHANGE)
    later = AmendmentInput(
        title="Ziel 4 genauer",
        effective_from=date(2027, 1, 1),
        goals=(GoalChangeInput("4", GoalAction.CHANGE, "Spaziergänge", target="12 im Jahr"),),
    )
    second = save(database, agreement_id, later)
    party = signing(database, agreement_id)
    with pytest.raises(UserError, match="Nachtrag 1 ist noch nicht"):
        sign(database, second, party[0], ON)
    for amendment_id in (first, second):
        for party_id in party:
            sign(database, amendment_id, party_id, ON)
    with database.read() as session:
        goals = agreements.load(session, agreement_id, date(2027, 1, 1)).goals
        rows = amendment_register.rows(session, agreement_id)
    assert goals[-1].target == "12 im Jahr"
    assert [row.changes[-1].what for row in rows] == ["Ziel 4", "Ziel 4"]


def test_a_signature_can_be_taken_back_until_it_holds(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    amendment_id = save(database, agreement_id, CHANGE)
    city, first, second = signing(database, agreement_id)
    sign(database, amendment_id, city, ON)
    sign(database, amendment_id, first, ON)
    with database.write("zurück") as session:
        amendment_signing.withdraw(session, amendment_id, first)
        amendment_signing.withdraw(session, amendment_id, city)
    assert not sign(database, amendment_id, second, ON)
    assert not sign(database, amendment_id, first, ON)
    assert sign(database, amendment_id, city, ON)
    with pytest.raises(UserError, match="gilt schon"), database.write("zurück") as session:
        amendment_signing.withdraw(session, amendment_id, first)
    with pytest.raises(UserError, match="unterzeichnet und gilt"):
        save(database, agreement_id, CHANGE, amendment_id)


def test_both_who_sign_for_the_city_are_needed(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    amendment_id = save(database, agreement_id, CHANGE)
    with database.write("zwei") as session:
        people = (Signatory("Eva Amt"), Signatory("Jan Rat"))
        office.save(session, OfficeInput(name="Büro", authority="Stadt", signatories=people))
    for party_id in signing(database, agreement_id):
        assert not sign(database, amendment_id, party_id, ON)
    with database.read() as session:
        waiting = [
            who for who in amendment_register.row(session, amendment_id).signatures if not who.signed_on
        ]
    assert [(who.name, who.seat) for who in waiting] == [("Stadt (Jan Rat)", 2)]
    with database.write("zweite") as session:
        assert amendment_signing.sign(session, amendment_id, None, ON, "Jan Rat", seat=2)


def test_incomplete_is_neither_ready_nor_signed(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    amendment_id = save(database, agreement_id, AmendmentInput(title="Später"))
    with pytest.raises(UserError, match="Tag, ab dem"), database.write("reif") as session:
        amendment_signing.set_ready(session, amendment_id, True)
    with pytest.raises(UserError, match="Tag, ab dem"):
        sign(database, amendment_id, parties(database, agreement_id)[0], ON)


def test_one_that_no_longer_fits_is_refused_at_the_last_signature(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    amendment_id = save(database, agreement_id, CHANGE)
    city, first, second = signing(database, agreement_id)
    sign(database, amendment_id, city, ON)
    sign(database, amendment_id, first, ON)
    with database.write("Ziel 2 gelöscht") as session:
        data = agreements.load(session, agreement_id)
        fewer = replace(data, goals=data.goals[:1])
        corrections.correct(
            session, agreement_id, "Ziel 2 galt nie", ON, agreements.save, agreement_id, fewer
        )
    with pytest.raises(UserError, match="Nachtrag 1 passt nicht mehr: Ein Ziel 2"):
        sign(database, amendment_id, second, ON)


def test_only_an_agreement_that_holds_is_amended(database: Database) -> None:
    agreement_id = agreement_in_force(database, stage=Stage.DRAFT)
    with pytest.raises(UserError, match="noch nicht unterzeichnet"):
        save(database, agreement_id, CHANGE)


def test_what_was_printed_for_signature_stays(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    amendment_id = save(database, agreement_id, CHANGE)
    at = datetime(2026, 7, 1, 9, 0)
    with database.write("gedruckt", undoable=False) as session:
        kept = papers.keep(
            session, agreement_id, "n.pdf", b"%PDF", at, kind=PaperKind.AMENDMENT, amendment_id=amendment_id
        )
    with pytest.raises(UserError, match="zuerst zurückziehen"):
        save(database, agreement_id, CHANGE, amendment_id)
    with database.write("zurückgezogen", undoable=False) as session:
        assert papers.rows(session, agreement_id) == []
        papers.withdraw(session, kept, at)
    save(database, agreement_id, replace(CHANGE, title="Neu"), amendment_id)
    with pytest.raises(UserError, match="bleibt deshalb in der Akte"), database.write("weg") as session:
        amendments.remove(session, amendment_id)


def test_what_was_printed_is_what_is_signed(database: Database) -> None:
    """Steps of before the printing can be taken back; then the paper no longer says what the amendment does."""
    agreement_id = agreement_in_force(database)
    amendment_id = save(database, agreement_id, replace(CHANGE, amount_cents=28_000_00))
    save(database, agreement_id, CHANGE, amendment_id)
    at = datetime(2026, 7, 1, 9, 0)
    kept = keep_for_signature(database, "ZV Nachtrag 1", b"%PDF", at, agreement_id, amendment_id)
    who = signing(database, agreement_id)
    database.undo()
    with pytest.raises(UserError, match=r"nicht mehr dasselbe wie die gedruckte Fassung .*Nachtrag-1"):
        sign(database, amendment_id, who[0], ON)
    database.redo()
    sign(database, amendment_id, who[0], ON)
    database.undo()
    database.undo()
    withdraw(database, kept, at)
    sign(database, amendment_id, who[0], ON)


def test_a_draft_can_be_thrown_away(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    amendment_id = save(database, agreement_id, CHANGE)
    with database.write("weg") as session:
        amendments.remove(session, amendment_id)
        assert amendment_register.rows(session, agreement_id) == []
