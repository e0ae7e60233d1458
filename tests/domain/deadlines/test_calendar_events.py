"""Events of the calendar file: ids, the one alarm, and revisions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.deadlines.calendar_events import (
    CalendarEvent,
    Outgoing,
    SentState,
    event_of,
    event_uid,
    next_alarm,
    revised,
)
from app.domain.deadlines.deadlines import Deadline, DeadlineKind, RecordKey

NOTICE = Deadline(
    day=date(2026, 11, 30),
    kind=DeadlineKind.NOTICE,
    title="Letzter Tag für eine Kündigung",
    who="Küche",
    rule="3 Monate zum Laufzeitende.",
    source="Vereinbarung ZV-1",
    about=RecordKey("agreement", 1),
    opens=RecordKey("agreement", 1),
    record="ZV-1",
    sending=date(2026, 11, 25),
    reminders=(90, 30, 7),
)
ON = date(2026, 7, 1)
SPAN = (ON, ON + timedelta(days=365))
NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
EVENT = event_of(NOTICE, "a1", ON)


def sent(*outgoing: Outgoing) -> dict[str, SentState]:
    return {one.state.uid: one.state for one in outgoing}


@pytest.mark.parametrize(
    ("on", "alarm"),
    [
        (date(2026, 7, 1), 90),
        (date(2026, 8, 31), 90),
        (date(2026, 9, 1), 30),  # the first of September was the reminder of 90 days
        (date(2026, 11, 22), 7),
        (date(2026, 11, 23), 5),  # the day to send it
        (date(2026, 11, 26), 0),
        (date(2026, 11, 30), None),
        (date(2026, 12, 5), None),
    ],
)
def test_the_alarm_is_the_next_that_lies_ahead(on: date, alarm: int | None) -> None:
    assert next_alarm(NOTICE, on) == alarm


def test_an_id_stays_when_the_date_moves_and_differs_by_cycle_and_database() -> None:
    assert event_uid(NOTICE, "a1") == "notice-agreement-1@a1.quartiersbuero"
    assert event_uid(replace(NOTICE, day=date(2027, 1, 31)), "a1") == event_uid(NOTICE, "a1")
    assert event_uid(replace(NOTICE, cycle=1), "a1") == "notice-agreement-1-1@a1.quartiersbuero"
    assert event_uid(NOTICE, "b2") != event_uid(NOTICE, "a1")


@pytest.mark.parametrize(
    "change",
    [
        {"day": date(2026, 12, 1)},
        {"summary": "ZV-1: anders"},
        {"description": "anders"},
        {"alarm": 30},
    ],
)
def test_a_sequence_rises_exactly_when_something_changed(change: dict[str, object]) -> None:
    (first,) = revised([EVENT], {}, SPAN, NOW)
    later = NOW + timedelta(days=3)
    (same,) = revised([EVENT], sent(first), SPAN, later)
    assert same.state == first.state
    changed: CalendarEvent = replace(EVENT, **change)  # type: ignore[arg-type]
    (second,) = revised([changed], sent(same), SPAN, later)
    assert second.state.sequence > first.state.sequence
    assert second.state.changed_at == later
    (at_once,) = revised([EVENT], sent(second), SPAN, later)
    assert at_once.state.sequence == second.state.sequence + 1


def test_what_is_due_no_more_goes_out_as_cancelled_and_may_come_back() -> None:
    (first,) = revised([EVENT], {}, SPAN, NOW)
    (gone,) = revised([], sent(first), SPAN, NOW)
    assert (gone.event.uid, gone.event.day, gone.event.summary) == (EVENT.uid, EVENT.day, EVENT.summary)
    assert gone.state.is_cancelled
    assert gone.state.sequence > first.state.sequence
    (still,) = revised([], sent(gone), SPAN, NOW + timedelta(days=1))
    assert still.state == gone.state, "a file that was not taken over loses nothing"
    assert revised([], sent(gone), (EVENT.day + timedelta(days=1), SPAN[1]), NOW) == []
    (back,) = revised([EVENT], sent(still), SPAN, NOW)
    assert not back.state.is_cancelled
    assert back.state.sequence > gone.state.sequence


def test_what_was_not_asked_for_or_is_put_off_stays() -> None:
    known = sent(*revised([EVENT], {}, SPAN, NOW))
    assert revised([], known, SPAN, NOW, kinds=[DeadlineKind.GOAL]) == []
    assert revised([], known, (ON, ON + timedelta(days=10)), NOW) == []
    assert revised([], known, (date(2026, 12, 1), SPAN[1]), NOW) == [], "what has passed is history"
    assert revised([], known, SPAN, NOW, waiting={EVENT.uid}) == []
