"""Says by how much a budget would be overspent, and asks why; it never stands in the way."""

from collections.abc import Callable

from app.domain.money import euro
from app.services.budgets import budgets
from app.ui.context import Context
from app.ui.kit.form import Field, FormBody
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note

Question = Callable[[], tuple[str, int] | None]
"""Number of the budget and by how many cents it would be overspent; None while nothing can be said."""


def overspent(context: Context, budget_id: int, more_cents: int) -> tuple[str, int]:
    """Number of a budget, and by how many cents it would be overspent if so much more were taken from it."""
    number = context.ask(budgets.load, budget_id).number
    return number, context.ask(budgets.overspent_after, budget_id, more_cents)


def overspending_words(number: str, cents: int) -> str:
    """What `OverspendingReason` says of one budget; nothing where it is not overspent."""
    return f"{number or 'Das Budget'} ist damit um {euro(cents)} überzogen." if cents > 0 else ""


class OverspendingReason:
    """A note and a field for the reason, shown only when it comes to it.

    `done`: what can be done without a reason, as in "gespeichert".
    """

    def __init__(self, done: str) -> None:
        self._done = done
        self.note = Note(tone=Tone.WARNING)
        self.field = Field("overspending_reason", "Grund für die Überziehung")
        self.note.hide()
        self.field.hide()

    def say(self, what: str) -> None:
        """Say what would be overspent; nothing hides both."""
        without = f"{what} Bitte einen Grund angeben; {self._done} werden kann auch ohne."
        self.note.say(without if what else "")
        self.field.setVisible(bool(what))

    @property
    def reason(self) -> str | None:
        """What was entered, if it was asked for."""
        return None if self.field.isHidden() else self.field.editor.value()


class Overspending(OverspendingReason):
    """In a form: it asks anew with every change."""

    def __init__(self, body: FormBody, question: Question) -> None:
        super().__init__("gespeichert")
        self._question = question
        body.add(self.note)
        body.row(self.field)
        body.changed.connect(self.update)
        body.filled.connect(self.update)

    def update(self) -> None:
        """Ask again."""
        self.say(overspending_words(*(self._question() or ("", 0))))
