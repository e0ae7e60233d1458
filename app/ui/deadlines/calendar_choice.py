"""Asks which deadlines go into a calendar file: kinds, and how far ahead."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.dates import add_months
from app.domain.deadlines.deadlines import Deadline, DeadlineKind
from app.domain.errors import Invalid
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.editors.checks import ChecksEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.widgets.text import label
from app.ui.preferences import page_state

PERIODS = ((3, "3 Monate"), (6, "6 Monate"), (12, "1 Jahr"), (24, "2 Jahre"))
LONGEST_MONTHS = PERIODS[-1][0]


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """Deadlines of these kinds, so many months ahead."""

    months: int = 12
    kinds: tuple[DeadlineKind, ...] = tuple(DeadlineKind)

    def days(self, today: date) -> int:
        """The months as days from today."""
        return (add_months(today, self.months) - today).days


def calendar_dialog(
    deadlines: Sequence[Deadline], today: date, chosen: Callable[[CalendarChoice], object], parent: QWidget
) -> FormDialog[CalendarChoice]:
    """The form; `deadlines` are those of the longest period. What she chose is remembered on this computer.

    Kinds of which there is nothing now are not asked about and stay as they were.
    """
    state = page_state("overview/calendar_file")
    last = _remembered(state.get())
    offered = [kind for kind in DeadlineKind if any(one.kind is kind for one in deadlines)]
    unasked = tuple(kind for kind in last.kinds if kind not in offered)
    body = FormBody()
    body.row(Field("months", "Zeitraum ab heute", ChoiceEditor(PERIODS)))
    body.row(
        Field("kinds", "Was in den Kalender kommt", ChecksEditor([(kind, kind.word) for kind in offered]))
    )
    found = label("", "muted")
    body.add(found)

    def count(now: CalendarChoice) -> None:
        until = add_months(today, now.months)
        kinds = Counter(one.kind for one in deadlines if one.day <= until)
        number = sum(kinds[kind] for kind in now.kinds if kind in offered)
        found.setText(f"{counted(number, 'Frist', 'Fristen')} mit je einer Erinnerung")

    def choose(now: CalendarChoice) -> CalendarChoice:
        if not now.kinds:
            raise Invalid({"kinds": "Bitte mindestens eine Art wählen."})
        kinds = now.kinds + unasked
        state.set({"months": now.months, "left_out": [kind for kind in DeadlineKind if kind not in kinds]})
        return CalendarChoice(now.months, kinds)

    start = CalendarChoice(last.months, tuple(kind for kind in last.kinds if kind in offered))
    return FormDialog(
        "In den Kalender",
        body,
        start,
        choose,
        parent=parent,
        sentence="Eine Datei für Outlook und andere Kalender. Jede spätere Datei bringt die früheren Einträge auf "
        "den neuen Stand.",
        save_text="Speichern unter …",
        saved=chosen,
        watch=count,
        chooses=True,
    )


def _remembered(stored: dict[str, object]) -> CalendarChoice:
    months, left_out = stored.get("months"), stored.get("left_out")
    known = months if months in dict(PERIODS) and isinstance(months, int) else CalendarChoice().months
    out = left_out if isinstance(left_out, list) else []
    return CalendarChoice(known, tuple(kind for kind in DeadlineKind if kind not in out))
