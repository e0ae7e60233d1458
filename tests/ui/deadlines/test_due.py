"""How a deadline is worded on the overview."""

from datetime import date

import pytest

from app.domain.deadlines.deadlines import Deadline, DeadlineKind, RecordKey
from app.ui.deadlines.due import Urgency, dates_beside, days_left, due
from app.ui.kit.tokens import Tone

TODAY = date(2026, 11, 24)


def deadline(day: date, **more: date) -> Deadline:
    record = RecordKey("agreement", 1)
    return Deadline(
        day, DeadlineKind.NOTICE, "Letzter Tag", "AWO", "Regel", "Quelle", record, record, "ZV-1", **more
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "heute"), (1, "morgen"), (2, "in 2 Tagen"), (-1, "seit gestern"), (-12, "seit 12 Tagen"),
    ],
)  # fmt: skip
def test_days_left_in_words(days: int, words: str) -> None:
    assert days_left(days) == words


@pytest.mark.parametrize(
    ("day", "urgency", "tone"),
    [
        (date(2026, 11, 23), Urgency.OVERDUE, Tone.DANGER),
        (date(2026, 11, 24), Urgency.SOON, Tone.WARNING),
        (date(2026, 12, 24), Urgency.SOON, Tone.WARNING),
        (date(2026, 12, 25), Urgency.LATER, Tone.NEUTRAL),
    ],
)
def test_which_column_a_deadline_belongs_to(day: date, urgency: Urgency, tone: Tone) -> None:
    found = due(deadline(day), TODAY)
    assert (found.urgency, found.pill.tone) == (urgency, tone)
    assert found.about == "ZV-1 · AWO"


def test_sending_day_and_next_working_day_are_said() -> None:
    found = deadline(date(2026, 11, 28), sending=date(2026, 11, 25), next_working_day=date(2026, 11, 30))
    assert dates_beside(due(found, TODAY)) == [
        "Spätestens am 25.11.2026 absenden.",
        "Erinnerung seit 21.11.2026.",
        "Nächster Arbeitstag: 30.11.2026.",
    ]
    assert dates_beside(due(deadline(date(2027, 11, 1)), TODAY)) == []


def test_a_screen_reader_hears_the_whole_row() -> None:
    assert due(deadline(date(2026, 11, 30)), TODAY).spoken == (
        "30.11.2026, in 6 Tagen: Letzter Tag, ZV-1 · AWO"
    )
