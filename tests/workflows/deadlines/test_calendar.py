"""The calendar file is read back strictly, and with the library that many calendar programs use."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.domain.deadlines.deadlines import DeadlineKind
from app.domain.errors import OutputError
from app.services.deadlines import deadlines
from app.workflows.deadlines.calendar import CalendarFile, export_calendar
from db.database import Database, create_database, open_database
from db.models import Actor, Agreement, Contact, Goal
from tests import ics

ON = date(2026, 7, 1)
NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
TITLE = "Räume, Büro; \\ „Küche“ ≤ −5 %\x0b\u200b 👩‍🍳" + "ä" * 90

Export = Callable[..., tuple[CalendarFile, dict[str, ics.Part]]]


def fill(database: Database) -> None:
    """An agreement with two goals, and a contact to be deleted."""
    with database.write("Anfang") as session:
        session.add(
            Agreement(
                id=1, number="ZV-1", kind=AgreementKind.TARGET, title="Treff", stage=Stage.IN_FORCE,
                begin=date(2026, 7, 1), reminder_days="60;10",
            )
        )  # fmt: skip
        actor = Actor(short="K", name="Küche")
        session.add(actor)
        session.flush()
        session.add(Contact(actor_id=actor.id, last_name="Geheim", delete_on=date(2026, 8, 15)))
        for key, title in ((1, TITLE), (2, "Zweites")):
            session.add(
                Goal(
                    id=key, agreement_id=1, nr=str(key), title=title, due=date(2026, 9, 30), responsible="A\nB",
                    state=GoalState.OPEN,
                )
            )  # fmt: skip


@pytest.fixture
def export(database: Database, tmp_path: Path) -> Export:
    fill(database)

    def run(
        at: datetime = NOW, of: Database = database, **options: object
    ) -> tuple[CalendarFile, dict[str, ics.Part]]:
        path = tmp_path / "fristen.ics"
        path.unlink(missing_ok=True)
        made = export_calendar(of, path, at.date(), at=at, **options)  # type: ignore[arg-type]
        found = ics.read(path.read_bytes()).parts if path.exists() else []
        return made, {event.values["UID"].partition("@")[0]: event for event in found}

    return run


def test_an_entry_says_all_and_reminds_once(export: Export, tmp_path: Path) -> None:
    made, events = export()
    assert (made.due, made.cancelled, made.is_noted) == (4, 0, True)
    goal = events["goal-goal-1"]
    assert goal.day == date(2026, 9, 30)
    assert "„Küche“ ≤ −5 %" in goal.text("SUMMARY")
    assert "Räume, Büro; \\ " in goal.text("SUMMARY")
    assert goal.text("DESCRIPTION").startswith("Wer: A")
    assert [alarm.values["TRIGGER"] for alarm in goal.parts] == ["-P59DT15H"], "60 days before, at nine"
    content = (tmp_path / "fristen.ics").read_bytes()
    assert "Geheim" not in content.decode()
    assert len(icalendar.Calendar.from_ical(content).events) == 4


def test_each_file_continues_the_one_before(export: Export, database: Database) -> None:
    _, first = export()
    _, same = export(at=NOW + timedelta(days=1))
    stamp = {"DTSTAMP"}
    for uid, event in first.items():
        again = same[uid]
        assert {k: v for k, v in event.values.items() if k not in stamp} == {
            k: v for k, v in again.values.items() if k not in stamp
        }
        assert again.values["DTSTAMP"] == "20260702T080000Z"
    with database.write("Verschoben, gelöscht") as session:
        session.get_one(Goal, 1).due = date(2026, 10, 31)
        session.delete(session.get_one(Goal, 2))
    later = NOW + timedelta(days=2)
    made, changed = export(at=later)
    assert (made.due, made.cancelled) == (3, 1)
    assert made.sentence == "3 Fristen in „fristen.ics“ gespeichert, 1 als entfallen gemeldet"
    gone = changed["goal-goal-2"]
    assert gone.values["STATUS"] == "CANCELLED"
    assert gone.text("SUMMARY") == "Entfallen: ZV-1: Ziel 2: Zweites"
    assert gone.parts == []
    assert gone.day == first["goal-goal-2"].day
    risen = {
        uid
        for uid, event in changed.items()
        if int(event.values["SEQUENCE"]) > int(first[uid].values["SEQUENCE"])
    }
    assert risen == {"goal-goal-1", "goal-goal-2"}
    assert changed["goal-goal-1"].values["LAST-MODIFIED"] == "20260703T080000Z"


def test_what_is_moved_beyond_the_days_asked_for_is_not_gone(export: Export, database: Database) -> None:
    _, first = export(days=100)
    with database.write("Verschoben") as session:
        session.get_one(Goal, 1).due = date(2027, 3, 31)
    made, moved = export(at=NOW + timedelta(days=1), days=100)
    assert (made.due, made.cancelled) == (len(first), 0)
    goal = moved["goal-goal-1"]
    assert (goal.day, goal.values["STATUS"]) == (date(2027, 3, 31), "CONFIRMED")
    assert int(goal.values["SEQUENCE"]) > int(first["goal-goal-1"].values["SEQUENCE"])
    # Now it lies outside, as all that never went out.
    made, later = export(at=NOW + timedelta(days=2), days=100)
    assert (made.due, made.cancelled) == (len(first) - 1, 0)
    assert "goal-goal-1" not in later


def test_an_alarm_that_rang_is_followed_by_the_next(export: Export) -> None:
    _, first = export()
    _, later = export(at=datetime(2026, 8, 10, tzinfo=UTC))
    assert [alarm.values["TRIGGER"] for alarm in later["goal-goal-2"].parts] == ["-P9DT15H"]
    assert int(later["goal-goal-2"].values["SEQUENCE"]) > int(first["goal-goal-2"].values["SEQUENCE"])


def test_done_is_cancelled_put_off_is_not(export: Export, database: Database) -> None:
    export()
    with database.write("x") as session:
        found = {
            due.about.id: due for due in deadlines.deadlines(session, ON) if due.kind is DeadlineKind.GOAL
        }
        deadlines.mark_done(session, found[1])
        deadlines.snooze(session, found[2], date(2026, 8, 1), "wartet", ON)
    _, events = export()
    assert events["goal-goal-1"].values["STATUS"] == "CANCELLED"
    assert "goal-goal-2" not in events
    database.undo()
    _, back = export()
    assert back["goal-goal-1"].values["STATUS"] == "CONFIRMED"
    assert int(back["goal-goal-1"].values["SEQUENCE"]) > int(events["goal-goal-1"].values["SEQUENCE"])


def test_what_was_overdue_and_is_done_is_cancelled_once(export: Export, database: Database) -> None:
    overdue, day = datetime(2026, 10, 5, tzinfo=UTC), timedelta(days=1)
    export()
    export(at=overdue)
    with database.write("Beides") as session:
        for key in (1, 2):
            session.get_one(Goal, key).state = GoalState.REACHED
    made, events = export(at=overdue + day)
    assert made.cancelled == 2
    assert {events[uid].values["STATUS"] for uid in ("goal-goal-1", "goal-goal-2")} == {"CANCELLED"}
    _, later = export(at=overdue + 2 * day)
    assert not {"goal-goal-1", "goal-goal-2"} & later.keys()


def test_a_choice_of_kinds_and_period_says_nothing_of_the_rest(export: Export) -> None:
    export()
    made, events = export(kinds=[DeadlineKind.CONTACT_DELETION], days=60)
    assert (made.due, made.cancelled) == (1, 0)
    assert list(events) == ["contact_deletion-contact-1"]


def test_ids_of_two_databases_differ(export: Export, tmp_path: Path) -> None:
    _, own = export()
    with_other = create_database(tmp_path / "zwei.db")
    fill(with_other)
    _, others = export(of=with_other)
    with_other.close()
    assert own.keys() == others.keys()
    assert not {e.values["UID"] for e in own.values()} & {e.values["UID"] for e in others.values()}


def test_what_went_out_is_no_step_of_hers(export: Export, database: Database) -> None:
    label = database.undo_label
    export()
    assert database.undo_label == label


def test_nothing_due_is_said_and_not_written(export: Export, database: Database, tmp_path: Path) -> None:
    made, events = export(days=0, kinds=[DeadlineKind.GRANT_END])
    assert (made.is_written, events, list(tmp_path.glob("*.ics"))) == (False, {}, [])
    assert made.sentence == "Es ist nichts fällig. Deshalb wurde keine Kalenderdatei gespeichert."


def test_a_file_that_could_not_be_written_is_not_noted(
    export: Export, database: Database, tmp_path: Path
) -> None:
    with pytest.raises(OutputError):
        export_calendar(database, tmp_path / "fehlt" / "fristen.ics", ON, at=NOW)
    with database.write("Gelöscht") as session:
        session.delete(session.get_one(Goal, 2))
    made, _ = export()
    assert made.cancelled == 0


def test_beside_a_writer_the_file_is_written_but_not_noted(export: Export, database: Database) -> None:
    reader = open_database(database.path, writer=False)
    made, events = export(of=reader)
    reader.close()
    assert (made.is_noted, len(events)) == (False, 4)
    with database.write("Gelöscht") as session:
        session.delete(session.get_one(Goal, 2))
    assert export()[0].cancelled == 0
