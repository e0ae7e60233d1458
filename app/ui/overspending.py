"""Says while she types by how much a budget would be overspent, and asks why; it never stands in the way."""

from collections.abc import Callable

from app.domain.money import euro
from app.ui.kit.editors import TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note

Question = Callable[[], tuple[str, int] | None]
"""Number of the budget and by how many cents it would be overspent; None while nothing can be said."""


class Overspending:
    """A note and a field for the reason, shown only when it comes to it."""

    def __init__(self, body: FormBody, question: Question) -> None:
        self._question = question
        self.note = Note(tone=Tone.WARNING)
        self.field = Field("overspending_reason", "Grund für die Überziehung", TextEditor())
        body.add(self.note)
        body.row(self.field)
        self.note.hide()
        self.field.hide()
        body.changed.connect(self.update)
        body.filled.connect(self.update)

    def update(self) -> None:
        """Ask again."""
        answer = self._question()
        number, cents = answer or ("", 0)
        self.note.set_text(
            f"{number or 'Das Budget'} ist damit um {euro(cents)} überzogen. "
            "Bitte einen Grund angeben; gespeichert werden kann auch ohne."
        )
        self.note.setVisible(cents > 0)
        self.field.setVisible(cents > 0)
