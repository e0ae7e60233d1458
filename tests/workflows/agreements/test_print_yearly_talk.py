"""The sheet for the yearly talk as the record gives it."""

from datetime import date
from decimal import Decimal

from app.domain.agreements.agreements import GoalState
from app.domain.agreements.goal_light import GoalLight
from app.services.agreements import goal_reports, goals, yearly_talks
from app.services.agreements.goal_reports import ReportInput
from app.services.agreements.yearly_talks import TalkInput
from app.workflows.agreements.print_yearly_talk import talk_name, talk_pdf, talk_sheet
from db.database import Database
from tests.services.agreements.life_samples import ON, agreement_in_force


def test_the_sheet_says_how_the_goals_stand(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    with database.write("Bericht") as session:
        first = goals.rows(session, ON)[0].id
        report = ReportInput(date(2026, 6, 30), GoalState.RUNNING, Decimal(3), "Drei Tage.", "Vorstand")
        goal_reports.save(session, first, None, report, ON)
        yearly_talks.save(session, agreement_id, None, TalkInput(date(2026, 5, 2), None, "Gut."), ON)
        sheet = talk_sheet(session, agreement_id, ON)
    assert (sheet.number, sheet.talk_due, sheet.last_talk) == ("ZV-2026-01", date(2027, 1, 1), "Gut.")
    assert [(goal.nr, goal.light, goal.state) for goal in sheet.goals] == [
        ("1", GoalLight.ON_TRACK, "läuft"),
        ("2", GoalLight.UNREPORTED, "läuft"),
        ("3", GoalLight.REACHED, ""),
    ]
    assert sheet.goals[0].target == "4 Tage"
    assert sheet.goals[0].last_report == "30.06.2026 (Vorstand): Drei Tage."
    assert sheet.sentence == "1 von 3 Zielen erreicht, 1 ohne Bericht."
    assert sheet.parties[0] == ("Nachbarschaft Nord e.V.", "Sabine Öztürk")


def test_it_is_printed_under_the_number(database: Database) -> None:
    agreement_id = agreement_in_force(database, number="ZV 2026/01", goals=())
    with database.read() as session:
        assert talk_name(session, agreement_id, ON) == "Jahresgespräch-ZV-2026-01_2026-07-01.pdf"
        assert talk_pdf(session, agreement_id, ON).startswith(b"%PDF")
