"""The calendar file is read back with the same library a calendar program would use."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from app.domain.deadlines.deadlines import Deadline, DeadlineKind, RecordKey
from app.domain.errors import OutputError
from app.workflows.deadlines.calendar import calendar, entry_id, export_calendar
from db.database import Database
from db.models import Actor, Contact

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
NOTICE = Deadline(
    day=date(2026, 11, 30),
    kind=DeadlineKind.NOTICE,
    title="Letzter Tag für eine Kündigung; Räume, Büro",
    who="Müller & Söhne",
    rule="3 Monate zum Laufzeitende.",
    source="Vereinbarung ZV-1",
    about=RecordKey("agreement", 1),
    opens=RecordKey("agreement", 1),
    record="ZV-1",
    sending=date(2026, 11, 25),
    reminders=(90, 7),
)


def test_an_entry_says_all_and_reminds() -> None:
    (event,) = icalendar.Calendar.from_ical(calendar([NOTICE], NOW)).events
    assert event.start == date(2026, 11, 30)
    assert event["SUMMARY"] == "ZV-1: Letzter Tag für eine Kündigung; Räume, Büro"
    assert "Absenden bis: 25.11.2026" in event["DESCRIPTION"]
    assert "Wer: Müller & Söhne" in event["DESCRIPTION"]
    nine = timedelta(hours=9)
    assert [alarm.TRIGGER for alarm in event.walk("VALARM")] == [
        nine - timedelta(days=90),
        nine - timedelta(days=7),
        nine - timedelta(days=5),
    ]


def test_an_id_stays_when_the_date_moves_and_the_next_cycle_has_another() -> None:
    goal = replace(NOTICE, kind=DeadlineKind.GOAL, about=RecordKey("goal", 4), sending=None)
    assert entry_id(goal) == entry_id(replace(goal, day=date(2027, 1, 1))) == "goal-goal-4@quartiersbuero"
    moved = replace(NOTICE, day=date(2027, 1, 31))
    assert entry_id(moved) == entry_id(NOTICE) == "notice-agreement-1@quartiersbuero"
    assert entry_id(replace(NOTICE, cycle=1)) == "notice-agreement-1-1@quartiersbuero"


def test_a_later_file_is_a_later_revision() -> None:
    early, late = (
        icalendar.Calendar.from_ical(calendar([NOTICE], datetime(2026, 11, day, tzinfo=UTC))).walk("VEVENT")[
            0
        ]
        for day in (24, 25)
    )
    assert early["UID"] == late["UID"]
    assert early["SEQUENCE"] < late["SEQUENCE"]
    assert late["LAST-MODIFIED"].dt == datetime(2026, 11, 25, tzinfo=UTC)


def test_lines_are_folded_as_the_standard_wants() -> None:
    content = calendar([replace(NOTICE, title="Ä" * 200)], NOW)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_exported_from_a_database(database: Database, tmp_path: Path) -> None:
    with database.write("Kontakt") as session:
        actor = Actor(short="K", name="Küche")
        session.add(actor)
        session.flush()
        session.add(Contact(actor_id=actor.id, last_name="Geheim", delete_on=date(2026, 8, 1)))
    target = tmp_path / "fristen.ics"
    assert export_calendar(database, target, date(2026, 7, 1)) == 1
    assert "Geheim" not in target.read_text("utf-8")
    with pytest.raises(OutputError):
        export_calendar(database, tmp_path / "fehlt" / "fristen.ics", date(2026, 7, 1))
