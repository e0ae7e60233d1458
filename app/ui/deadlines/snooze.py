"""Putting a deadline off: until when, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.dates import add_months
from app.domain.deadlines.deadlines import Deadline
from app.ui.kit.editors import DateEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, held, row
from app.ui.kit.widgets.text import button


@dataclass(frozen=True, slots=True)
class Snooze:
    """What the form asks."""

    until: date | None
    reason: str | None = None


def snooze_dialog(
    deadline: Deadline, today: date, save: Callable[[Snooze], None], parent: QWidget
) -> FormDialog[Snooze]:
    """The form; `save` stores and may raise Invalid for "until" and "reason"."""
    body = FormBody()
    until = Field("until", "Wieder zeigen ab", DateEditor(), required=True)
    body.row(until, Field("reason", "Grund", TextEditor("Warum kann das warten?"), required=True, stretch=2))

    def propose(day: date) -> None:
        until.editor.set_value(day)
        until.set_problem("")

    proposals = (
        ("in 1 Woche", today + timedelta(days=7)),
        ("in 2 Wochen", today + timedelta(days=14)),
        ("in 1 Monat", add_months(today, 1)),
    )
    chips = (button(words, partial(propose, day), role="chip") for words, day in proposals)
    body.add(held(row(*chips, STRETCH, spacing=6)))
    return FormDialog(
        "Zurückstellen",
        body,
        Snooze(today + timedelta(days=14)),
        save,
        parent=parent,
        sentence=deadline.title,
        save_text="Zurückstellen",
    )
