"""A letter about an agreement: its words at the left, the paper at the right, kept with the record once printed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.errors import Invalid
from app.domain.file_names import dated_pdf
from app.reports.agreements.letters import TITLES, LetterKind
from app.services.agreements.recipients import Recipient
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor, MultilineEditor, SuggestEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.layout import grow, scrolled
from app.ui.kit.timers import later
from app.ui.kit.tokens import Tone
from app.ui.papers.paper_dialog import PaperDialog
from app.workflows.agreements.print_letters import (
    REGISTERED_MAIL,
    LetterInput,
    addressed,
    check,
    keep_letter,
    letter_pdf_of,
    propose,
)
from app.workflows.files import write_file

DELIVERIES = (REGISTERED_MAIL, "Einwurf-Einschreiben", "Gegen Empfangsbekenntnis", "Persönlich")
PAUSE_MS = 350
"""The paper is set again so long after the last key."""


class LetterBody(FormBody):
    """The fields of a letter, in the order in which they stand on paper."""

    def __init__(self, recipients: Sequence[Recipient]) -> None:
        super().__init__()
        self.to = ChoiceEditor([(place, to.label) for place, to in enumerate(recipients)], narrow=True)
        self.to.set_value(0)
        self.add(Field("to", "An", self.to))
        self.row(
            Field("recipient", "Anschrift", MultilineEditor(lines=5), required=True),
            Field("delivery", "Versandvermerk", SuggestEditor(DELIVERIES, "keiner")),
        )
        self.row(Field("subject", "Betreff", TextEditor(), required=True))
        self.row(Field("salutation", "Anrede", TextEditor(), required=True))
        markup = "Leerzeile: neuer Absatz · „- “ am Anfang: Punkt · **fett** · [Lücke]: noch auszufüllen"
        self.row(Field("body", "Text", MultilineEditor(lines=14), required=True, hint=markup))
        self.row(Field("enclosures", "Anlagen", MultilineEditor("eine in jeder Zeile", lines=2)))


class LetterDialog(PaperDialog):
    """Nothing is kept before it is printed or saved; then exactly that PDF stays with the agreement."""

    def __init__(
        self, context: Context, agreement_id: int, kind: LetterKind, parent: QWidget | None = None
    ) -> None:
        about = "Vorschlag aus der Akte; alles lässt sich ändern. Gedruckt bleibt der Brief in der Akte."
        super().__init__(context, parent, TITLES[kind], about, printing_ends=True)
        self.print_button.setText("Drucken und ablegen")
        self._agreement_id = agreement_id
        self._kept: tuple[LetterInput, bytes] | None = None
        self.proposal = context.ask(propose, agreement_id, kind, context.today())
        self.body = LetterBody(self.proposal.recipients)
        self._timer = later(self, self.refresh, PAUSE_MS)
        self.build_paper(grow(scrolled(self.body)))
        self.body.to.changed.connect(self._address)
        self.body.finish()
        self.body.fill(self.proposal.letter)
        self.body.changed.connect(self._timer.start)
        self.refresh()

    @property
    def letter(self) -> LetterInput:
        """The letter as it stands now."""
        now = self.body.readable(self.proposal.letter)
        return replace(
            now,
            recipient=now.recipient or "",
            subject=now.subject or "",
            salutation=now.salutation or "",
            body=now.body or "",
        )

    def refresh(self) -> None:
        """Set the paper again; what is incomplete is marked as a draft."""
        letter = self.letter
        lacking = check(letter)
        self.note.say(" ".join(lacking), Tone.WARNING)
        self.allow_output(not lacking)
        self.name = letter.label
        on = self.context.today()
        pdf = self.context.ask(letter_pdf_of, letter, on, draft=bool(lacking))
        self.show_paper(pdf, dated_pdf(letter.label, on))

    def print(self) -> None:
        """Keep the letter, then the system's print dialog."""
        self.show_paper(self._keep())
        super().print()

    def printed(self) -> None:
        self.accept()

    def save_to(self, path: Path) -> None:
        """Write the PDF and keep the same with the agreement. Raises OutputError."""
        write_file(path, self._keep())
        self.context.say(f"Gespeichert und abgelegt: {path}")
        self.accept()

    def _keep(self) -> bytes:
        """Once for the same words, however often the printer's dialog was left before."""
        letter = self.letter
        if self._kept is None or self._kept[0] != letter:
            try:
                pdf = keep_letter(self.context.database, self._agreement_id, letter, self.context.now())
            except Invalid as error:  # typed while the timer still ran
                self.refresh()
                raise Invalid(error.problems) from error
            self._kept = letter, pdf
        return self._kept[1]

    def _address(self) -> None:
        """Another addressee: address and salutation follow."""
        letter = addressed(self.letter, self.proposal.recipients[self.body.to.value()])
        self.body["recipient"].editor.set_value(letter.recipient)
        self.body["salutation"].editor.set_value(letter.salutation)
        self.refresh()
