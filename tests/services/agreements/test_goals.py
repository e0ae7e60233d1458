"""Goals over one agreement and over all, and the reports that set their state."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.domain.agreements.agreements import GoalState, Stage
from app.domain.agreements.goal_light import GoalLight
from app.domain.errors import Invalid
from app.services.agreements import agreements, corrections, goal_reports, goals
from app.services.agreements.goal_reports import ReportInput
from app.services.agreements.goals import MeasuredGoal
from app.services.papers import attachments
from app.services.papers.attachments import Belonging
from db.attachments import Stored
from db.database import Database
from tests.services.agreements.life_samples import ON, agreement_in_force, negotiated


def goal_ids(database: Database) -> list[int]:
    with database.read() as session:
        return [line.id for line in goals.rows(session, ON)]


def test_the_newest_report_sets_the_state(database: Database) -> None:
    agreement_in_force(database)
    first = goal_ids(database)[0]
    with database.write("Berichte") as session:
        newest = goal_reports.save(
            session,
            first,
            None,
            ReportInput(date(2026, 6, 1), GoalState.PARTLY, Decimal("3.5"), " Gut. "),
            ON,
        )
        goal_reports.save(session, first, None, ReportInput(date(2026, 5, 1), GoalState.RUNNING), ON)
        line = goals.rows(session, ON)[0]
        assert (line.goal.state, line.reports, line.verdict.light) == (GoalState.PARTLY, 2, GoalLight.PARTLY)
        assert line.last is not None
        assert (line.last.day, line.last.figure, line.last.text) == (date(2026, 6, 1), Decimal("3.5"), "Gut.")
        goal_reports.remove(session, newest)
        line = goals.rows(session, ON)[0]
        assert (line.goal.state, line.reports) == (GoalState.RUNNING, 1)
        only = goal_reports.rows(session, first)[0]
        goal_reports.remove(session, only.id)
        assert goals.load(session, first).state is GoalState.RUNNING
    database.undo()
    with database.read() as session:
        assert goals.load(session, first).state is GoalState.OPEN


@pytest.mark.parametrize("day", [None, date(2026, 7, 2)])
def test_a_report_has_a_day_that_has_been(database: Database, day: date | None) -> None:
    agreement_in_force(database)
    with pytest.raises(Invalid), database.write("Bericht") as session:
        goal_reports.save(session, goal_ids(database)[0], None, ReportInput(day), ON)


def test_files_stay_with_the_agreement_when_their_report_goes(database: Database) -> None:
    agreement_id = agreement_in_force(database)
    first = goal_ids(database)[0]
    with database.write("Bericht") as session:
        report = goal_reports.save(session, first, None, ReportInput(ON), ON)
        belongs = Belonging(agreement_id, goal_report_id=report)
        attachments.add(session, belongs, "Liste.pdf", Stored("a" * 64, 3, False), datetime(2026, 7, 1))
        assert goal_reports.rows(session, first)[0].files == 1
        goal_reports.remove(session, report)
        assert [row.file_name for row in attachments.rows(session, agreement_id)] == ["Liste.pdf"]


def test_figures_are_held_against_the_target(database: Database) -> None:
    agreement_in_force(database)
    first = goal_ids(database)[0]
    with database.write("Ziele") as session:
        before = goals.load(session, first)
        agreement_id = goals.rows(session, ON)[0].agreement.id
        measured = replace(before, target="15", target_value=Decimal(15), unit="Ehrenamtliche")
        slip = "Tippfehler im Soll"
        corrections.correct(session, agreement_id, slip, ON, goals.save, agreement_id, first, measured)
        goal_reports.save(session, first, None, ReportInput(ON, figure=Decimal(3)), ON)
        line = goals.rows(session, ON, agreement_id)[0]
        assert (line.reached_percent, line.verdict.light) == (20, GoalLight.AT_RISK)
        assert [row.unreported_since(ON) for row in goals.rows(session, ON)] == [False, True, False]


def test_a_new_goal_has_the_next_number(database: Database) -> None:
    agreement_id = negotiated(database)
    with database.write("Ziel") as session:
        new = goals.blank(session, agreement_id)
        assert new.nr == "4"
        goals.save(session, agreement_id, None, MeasuredGoal("10", " Neu "))
        assert [line.goal.nr for line in goals.rows(session, ON)] == ["1", "2", "3", "10"]
        goals.remove(session, goals.rows(session, ON)[0].id)
        assert [line.goal.title for line in goals.rows(session, ON)][-1] == "Neu"


@pytest.mark.parametrize(
    ("goal", "field"),
    [
        (MeasuredGoal("2", "doppelt"), "nr"),
        (MeasuredGoal(" ", "ohne Nummer"), "nr"),
        (MeasuredGoal("9", " "), "title"),
        (MeasuredGoal("9", "a", target_value=Decimal(0)), "target_value"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(database: Database, goal: MeasuredGoal, field: str) -> None:
    agreement_id = agreement_in_force(database)
    with pytest.raises(Invalid) as error, database.write("Ziel") as session:
        goals.save(session, agreement_id, None, goal)
    assert list(error.value.problems) == [field]


def test_before_the_signature_nothing_is_overdue(database: Database) -> None:
    agreement_in_force(database, stage=Stage.DRAFT)
    with database.read() as session:
        later = goals.rows(session, date(2027, 3, 1))
        assert [line.verdict.light for line in later][:2] == [GoalLight.UNREPORTED, GoalLight.UNREPORTED]
        assert later[0].agreement.partners == "Nachbarschaft Nord e.V., Diakonie Süd gGmbH"


def test_another_number_in_the_form_keeps_reports_and_target(database: Database) -> None:
    agreement_id = negotiated(database)
    first, second, _ = goal_ids(database)
    with database.write("Bericht") as session:
        measured = replace(goals.load(session, first), target_value=Decimal(4), unit="Tage")
        goals.save(session, agreement_id, first, measured)
        goal_reports.save(session, first, None, ReportInput(ON), ON)
    with database.write("Nummern getauscht") as session:
        data = agreements.load(session, agreement_id)
        one, two, three = data.goals
        goals_now = (replace(one, nr="2"), replace(two, nr="1"), replace(three, nr="7"))
        agreements.save(session, agreement_id, replace(data, goals=goals_now), ON)
        found = {line.goal.nr: line for line in goals.rows(session, ON)}
        assert {nr: line.id for nr, line in found.items()} == {"2": first, "1": second, "7": found["7"].id}
        assert (found["2"].reports, found["2"].goal.target_value) == (1, Decimal(4))
    database.undo()
    assert goal_ids(database)[:2] == [first, second]


def test_a_target_that_is_a_figure_is_what_the_goal_is_measured_by(database: Database) -> None:
    agreement_id = negotiated(database)

    def agree(target: str) -> tuple[Decimal | None, str | None]:
        with database.write("Vereinbart") as session:
            data = agreements.load(session, agreement_id)
            first = replace(data.goals[0], target=target)
            agreements.save(session, agreement_id, replace(data, goals=(first, *data.goals[1:])), ON)
            goal = goals.rows(session, ON)[0].goal
            return goal.target_value, goal.unit

    agree("wie besprochen")
    assert agree("60 Gäste")[0] == 60
    assert agree("mindestens 80") == (Decimal(80), "Gäste")
    assert agree("deutlich mehr")[0] is None
    first = goal_ids(database)[0]
    with database.write("Eigener Zielwert") as session:
        own = replace(goals.load(session, first), target="70 Gäste", target_value=Decimal(75))
        goals.save(session, agreement_id, first, own)
    assert agree("90 Gäste")[0] == 75
