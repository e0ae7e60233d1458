"""Deadlines as a calendar file (.ics) that other programs take over, and whose later ones bring it up to date."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from app.domain.counting import counted
from app.domain.dates import german
from app.domain.deadlines.calendar_events import Outgoing
from app.domain.deadlines.deadlines import DeadlineKind
from app.services.deadlines import calendar_events
from app.workflows.files import write_file
from db.database import Database
from db.identity import database_id

ALARM_HOUR = 9
"""Reminders ring in office hours."""
GONE = "Entfallen: "
"""Before what is cancelled: not every calendar shows its status."""
EVERY_KIND = tuple(DeadlineKind)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """How many deadlines a file has, and how many it says are due no more; with neither it was not written.

    `is_noted`: whether the next file will know of it. It will not if the database was open for reading only.
    """

    path: Path
    due: int
    cancelled: int
    is_noted: bool

    @property
    def is_written(self) -> bool:
        return bool(self.due + self.cancelled)

    @property
    def sentence(self) -> str:
        """What happened, for a person."""
        if not self.is_written:
            return "Es ist nichts fällig. Deshalb wurde keine Kalenderdatei gespeichert."
        said = f"{counted(self.due, 'Frist', 'Fristen')} in „{self.path.name}“ gespeichert"
        return f"{said}, {self.cancelled} als entfallen gemeldet" if self.cancelled else said


def export_calendar(
    database: Database,
    path: Path,
    on: date,
    days: int = 365,
    kinds: Collection[DeadlineKind] = EVERY_KIND,
    at: datetime | None = None,
) -> CalendarFile:
    """Write what is due into a calendar file, and keep what it says for the next one. Raises OutputError.

    Nothing is written while there is nothing to say. `at` (UTC, aware): by default now.
    """
    now = at or datetime.now(UTC).replace(microsecond=0)
    if not database.is_writer:
        with database.read() as session:
            found = calendar_events.outgoing(session, on, now, days, kinds)
            _write(path, found, now, database_id(session))
    else:
        with database.write("Kalenderdatei gespeichert", undoable=False) as session:
            found = calendar_events.outgoing(session, on, now, days, kinds)
            calendar_events.keep(session, found)
            _write(path, found, now, database_id(session))  # last: if it fails, nothing is kept
    cancelled = sum(one.state.is_cancelled for one in found)
    return CalendarFile(path, len(found) - cancelled, cancelled, database.is_writer)


def _write(path: Path, events: Sequence[Outgoing], now: datetime, own_id: str) -> None:
    if events:
        write_file(path, calendar(events, now, own_id))


def calendar(events: Sequence[Outgoing], now: datetime, own_id: str) -> bytes:
    """All-day events (RFC 5545, published after RFC 5546); `own_id`: of the database, `now` in UTC."""
    import icalendar  # not at the start of the window

    sheet = icalendar.Calendar.new(
        prodid="-//Quartiersbüro//Fristen//DE",
        name="Fristen Quartiersbüro",
        uid=f"fristen@{own_id}.quartiersbuero",
        method="PUBLISH",
    )
    for one in events:
        said, state = one.event, one.state
        event = icalendar.Event.new(
            uid=said.uid,
            stamp=now,
            start=said.day,
            end=said.day + timedelta(days=1),
            summary=f"{GONE}{said.summary}" if state.is_cancelled else said.summary,
            description=said.description or None,
            categories=[said.kind.word],
            transparency=icalendar.TRANSP.TRANSPARENT,
            status=icalendar.STATUS.CANCELLED if state.is_cancelled else icalendar.STATUS.CONFIRMED,
            last_modified=state.changed_at,
            sequence=state.sequence,
        )
        if said.alarm is not None:
            alarm = icalendar.Alarm.new(description=f"{german(said.day)} · {said.summary}")
            alarm.add("action", "DISPLAY")
            alarm.add("trigger", timedelta(hours=ALARM_HOUR) - timedelta(days=said.alarm))
            event.add_component(alarm)
        sheet.add_component(event)
    content: bytes = sheet.to_ical()
    return content
