"""Deadlines as a calendar file (.ics) that other programs can take over and update."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.domain.dates import german
from app.domain.deadlines.deadlines import Deadline
from app.services.deadlines import deadlines
from app.workflows.files import write_file
from db.database import Database

ALARM_HOUR = 9
"""Reminders ring in office hours."""

SEQUENCE_SINCE = datetime(2020, 1, 1, tzinfo=UTC)
"""A revision's number is the minutes since then: a later file always counts as the newer one (RFC 5545, 3.8.7.4)."""


def export_calendar(database: Database, path: Path, on: date, days: int = 365) -> int:
    """Write what is due into a calendar file; the number of entries. Raises OutputError."""
    with database.read() as session:
        found = deadlines.deadlines(session, on, days)
    write_file(path, calendar(found, datetime.now(UTC)))
    return len(found)


def calendar(entries: Sequence[Deadline], now: datetime) -> bytes:
    """All-day entries with stable ids and reminders: importing a newer file updates what moved.

    Whether an entry was ever exported is not kept, so what is done since stays in the other calendar until she
    deletes it there.
    """
    import icalendar  # not at the start of the window

    sheet = icalendar.Calendar.new(
        prodid="-//Quartiersbüro//Fristen//DE", name="Fristen Quartiersbüro", uid="fristen@quartiersbuero"
    )
    sheet.add("method", "PUBLISH")
    for entry in entries:
        event = icalendar.Event.new(
            uid=entry_id(entry),
            stamp=now,
            start=entry.day,
            end=entry.day + timedelta(days=1),
            summary=f"{entry.record}: {entry.title}",
            description=_description(entry),
            categories=[entry.kind.word],
            transparency=icalendar.TRANSP.TRANSPARENT,
            last_modified=now,
            sequence=int((now - SEQUENCE_SINCE).total_seconds()) // 60,
        )
        for before in _alarm_days(entry):
            alarm = icalendar.Alarm.new(description=f"{german(entry.day)} · {entry.title}")
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", timedelta(hours=ALARM_HOUR) - timedelta(days=before))
            event.add_component(alarm)
        sheet.add_component(event)
    content: bytes = sheet.to_ical()
    return content


def entry_id(entry: Deadline) -> str:
    """The same deadline has the same id in every file, even if its date was moved."""
    cycle = f"-{entry.cycle}" if entry.cycle else ""
    return f"{entry.kind}-{entry.about.table}-{entry.about.id}{cycle}@quartiersbuero"


def _description(entry: Deadline) -> str:
    lines = [f"Wer: {entry.who}", f"Regel: {entry.rule}", f"Quelle: {entry.source}"]
    if entry.sending:
        lines.append(f"Absenden bis: {german(entry.sending)}")
    if entry.next_working_day:
        lines.append(f"Nächster Arbeitstag: {german(entry.next_working_day)}")
    return "\n".join(lines)


def _alarm_days(entry: Deadline) -> list[int]:
    days = set(entry.reminders)
    if entry.sending:
        days.add((entry.day - entry.sending).days)
    return sorted(days, reverse=True)
