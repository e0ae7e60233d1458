"""The history of an agreement in words a person understands."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.agreements.draft_comparison import DraftWords
from app.services.agreements import (
    agreement_clauses,
    agreement_funding,
    agreements,
    amendments,
    corrections,
    drafts,
    goal_reports,
    instalments,
)
from app.services.agreements.agreement_funding import FrameInput
from app.services.agreements.agreement_history import agreement_history
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.agreements.amendments import GoalChangeInput
from app.services.agreements.goal_reports import ReportInput
from app.services.agreements.instalments import InstalmentInput
from app.services.papers import attachments, papers
from app.services.papers.attachments import Belonging
from db.attachments import Stored
from db.database import Database
from db.models import Actor, Budget, Goal
from tests.services.agreements.life_samples import ON, agreement_in_force


def test_each_command_is_an_entry_with_old_and_new_values(database: Database) -> None:
    with database.write("Träger angelegt") as session:
        actor = Actor(short="K", name="Küche")
        session.add(actor)
        session.flush()
        actor_id = actor.id
    data = AgreementInput(
        "ZV-1", AgreementKind.TARGET, "Treff", (PartyInput(actor_id),), (GoalInput("1", "a"),)
    )
    with database.write("Vereinbarung angelegt") as session:
        agreement_id = agreements.save(session, None, data)
    changed = replace(
        data,
        amount_cents=1_200_000,
        begin=date(2026, 2, 1),
        stage=Stage.NEGOTIATION,
        goals=(GoalInput("1", "a", state=GoalState.RUNNING), GoalInput("2", "b")),
    )
    with database.write("Vereinbarung geändert") as session:
        agreements.save(session, agreement_id, changed)
    with database.write("Ziele entfernt") as session:
        agreements.save(session, agreement_id, replace(changed, goals=()))
    with database.read() as session:
        newest, second, first = agreement_history(session, agreement_id)
    assert set(newest.lines) == {"Ziel 1 entfernt", "Ziel 2 entfernt"}
    assert second.label == "Vereinbarung geändert"
    assert set(second.lines) == {
        "Betrag: leer → 12.000,00 €",
        "Beginn: leer → 01.02.2026",
        "Stand: Entwurf → in Abstimmung",
        "Ziel 1, Stand: offen → läuft",
        "Ziel 2 hinzugefügt",
    }
    assert set(first.lines) == {"angelegt", "Partner Küche hinzugefügt", "Ziel 1 hinzugefügt"}


def test_money_is_told_in_words(database: Database) -> None:
    with database.write("angelegt") as session:
        actor = Actor(short="K", name="Küche")
        pot = Budget(number="B26-K", title="Küche", year=2026, planned_cents=0)
        session.add_all([actor, pot])
        session.flush()
        key = agreements.save(
            session, None, AgreementInput("ZV-1", AgreementKind.TARGET, "Treff", (PartyInput(actor.id),))
        )
        budget_id = pot.id
    with database.write("Geld") as session:
        agreement_funding.save_frame(session, key, FrameInput(100, budget_id, "Beirat"))
        instalments.save(session, key, (InstalmentInput(None, 100),))
    with database.write("Rate") as session:
        instalments.save(session, key, (InstalmentInput(date(2026, 3, 1), 90, "nach Bericht"),))
    with database.read() as session:
        second, first, _made = agreement_history(session, key)
    assert set(first.lines) == {
        "Betrag: leer → 1,00 €",
        "Budget: leer → B26-K",
        "Beschluss: leer → Beirat",
        "Rate 1 hinzugefügt",
    }
    assert set(second.lines) == {
        "Rate 1, Fällig am: leer → 01.03.2026",
        "Rate 1, Betrag: 1,00 € → 0,90 €",
        "Rate 1, Voraussetzung: leer → nach Bericht",
    }


def test_wording_papers_drafts_and_reports_are_told(database: Database) -> None:
    key = agreement_in_force(database)
    with database.write("Gegeben") as session:
        goal = session.scalars(select(Goal.id).order_by(Goal.id)).first() or 0
        goal_reports.save(session, goal, None, ReportInput(ON, GoalState.PARTLY, text="Gut."), ON)
        papers.keep(session, key, "ZV.pdf", b"%PDF", datetime(2026, 7, 1, 9))
        drafts.keep(session, key, DraftWords(), datetime(2026, 7, 1, 9), "an den Partner")
        attachments.add(session, Belonging(key), "Plan.csv", Stored("a" * 64, 1, False), datetime(2026, 7, 1))
    with database.write("Umformuliert") as session:
        corrections.correct(session, key, "Tippfehler", ON, agreement_clauses.reword, key, 2, "Zweck", "Neu.")
    with database.write("Nachtrag") as session:
        amendment = amendments.save(session, key, None, amendments.blank(session, key))
        goals_of = replace(amendments.load(session, amendment), goals=(GoalChangeInput("1", title="Café"),))
        amendments.save(session, key, amendment, goals_of)
    with database.read() as session:
        addition, reworded, given, _made = agreement_history(session, key)
    assert set(given.lines) == {
        "Bericht vom 01.07.2026 hinzugefügt",
        "Ziel 1, Stand: offen → teilweise",
        "Vereinbarung ZV.pdf hinzugefügt",
        "Entwurf 1 hinzugefügt",
        "Anlage Plan.csv hinzugefügt",
    }
    assert "Korrektur („Tippfehler“) hinzugefügt" in reworded.lines
    assert any(line.endswith("Klauseln hinzugefügt") for line in reworded.lines)
    assert set(addition.lines) == {"Nachtrag 1 hinzugefügt", "Ziel 1 im Nachtrag hinzugefügt"}
