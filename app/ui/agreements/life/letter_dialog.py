"""A letter about an agreement: its words at the left, the paper at the right, kept with the record once printed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.errors import Invalid
from app.domain.file_names import dated_pdf
from app.domain.papers.delivery import ARRIVAL, Delivery, explained
from app.reports.agreements.letters import DECLARATIONS, TITLES, LetterKind
from app.services.agreements.recipients import Recipient
from app.ui.context import Context
from app.ui.kit.editors import ChoiceEditor, MultilineEditor, SuggestEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.layout import grow, scrolled
from app.ui.kit.timers import later
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label, say
from app.ui.papers.marked import ABOUT_LINES, MarkedEditor
from app.ui.papers.paper_dialog import PaperDialog
from app.workflows.agreements.print_letters import (
    LetterInput,
    addressed,
    check_all,
    keep_letters,
    letters_pdf,
    propose,
)
from app.workflows.files import write_file

ALL = -1
"""Among the addressees: all partners, each with a letter of its own."""
PAUSE_MS = 350
"""The paper is set again so long after the last key."""


class LetterBody(FormBody):
    """The fields of a letter, in the order in which they stand on paper."""

    def __init__(self, recipients: Sequence[Recipient], partners: int, *, declares: bool) -> None:
        super().__init__()
        each = [(place, to.label) for place, to in enumerate(recipients)]
        everybody = (
            [(ALL, f"Alle Partner: {partners} Schreiben, je eines an die Vertretung")] if partners else []
        )
        self.to = ChoiceEditor([*everybody, *each], narrow=True)
        self.to.set_value(ALL if partners else 0)
        self.add(Field("to", "An", self.to))
        self.row(
            Field("recipient", "Anschrift", MultilineEditor(lines=5), required=True),
            Field("delivery", "Versandvermerk", SuggestEditor(list(Delivery), "keiner")),
        )
        self.way = label("", "caption", wrap=True)
        self.add(self.way)
        if declares:
            self.add(Note(ARRIVAL, Tone.INFO))
            self["delivery"].editor.changed.connect(self.explain)
            self.filled.connect(self.explain)
        self.row(Field("subject", "Betreff", TextEditor(), required=True))
        self.row(Field("salutation", "Anrede", TextEditor(), required=True))
        about = f"{ABOUT_LINES} Was in eckigen Klammern steht, ist noch auszufüllen."
        self.row(Field("body", "Text", MarkedEditor(lines=14), required=True, hint=about))
        self.row(Field("enclosures", "Anlagen", MultilineEditor("eine in jeder Zeile", lines=2)))

    @property
    def to_all(self) -> bool:
        """Whether each partner gets a letter of its own."""
        return bool(self.to.value() == ALL)

    def explain(self) -> None:
        """What to know of the chosen way of delivery; it is not printed."""
        say(self.way, explained(self["delivery"].editor.value()))

    def show_addressee(self) -> None:
        """Address and salutation are those of one addressee; of several they come from the record."""
        for name in ("recipient", "salutation"):
            self[name].setVisible(not self.to_all)


class LetterDialog(PaperDialog):
    """Nothing is kept before it is printed or saved; then exactly that PDF stays with the agreement."""

    def __init__(
        self, context: Context, agreement_id: int, kind: LetterKind, parent: QWidget | None = None
    ) -> None:
        about = "Vorschlag aus der Akte; alles lässt sich ändern. Gedruckt bleibt der Brief in der Akte."
        super().__init__(context, parent, TITLES[kind], about, printing_ends=True)
        self.print_button.setText("Drucken und ablegen")
        self._agreement_id = agreement_id
        self._kept: tuple[list[LetterInput], bytes] | None = None
        self.proposal = context.ask(propose, agreement_id, kind, context.today())
        self.say(f"{about} {self.proposal.left_out}".strip())
        partners = len(self.proposal.all_partners)
        self.body = LetterBody(self.proposal.recipients, partners, declares=kind in DECLARATIONS)
        self._timer = later(self, self.refresh, PAUSE_MS)
        self.build_paper(grow(scrolled(self.body)))
        self.body.to.changed.connect(self._address)
        self.body.finish()
        self.body.fill(self.proposal.letter)
        self.body.show_addressee()
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

    @property
    def letters(self) -> list[LetterInput]:
        """The letter to the one addressee, or to each partner."""
        letter = self.letter
        return [addressed(letter, to) for to in self.proposal.all_partners] if self.body.to_all else [letter]

    def refresh(self) -> None:
        """Set the paper again; what is incomplete is marked as a draft."""
        letter, letters = self.letter, self.letters
        lacking = check_all(letters)
        self.note.say(" ".join(lacking), Tone.WARNING)
        self.allow_output(not lacking)
        self.name = letter.label
        on = self.context.today()
        pdf = self.context.ask(letters_pdf, letters, on, draft=bool(lacking))
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
        letters = self.letters
        if self._kept is None or self._kept[0] != letters:
            try:
                pdf = keep_letters(self.context.database, self._agreement_id, letters, self.context.now())
            except Invalid as error:  # typed while the timer still ran
                self.refresh()
                raise Invalid(error.problems) from error
            self._kept = letters, pdf
        return self._kept[1]

    def _address(self) -> None:
        """Another addressee: address and salutation follow."""
        self.body.show_addressee()
        chosen = 0 if self.body.to_all else self.body.to.value()
        letter = addressed(self.letter, self.proposal.recipients[chosen])
        self.body["recipient"].editor.set_value(letter.recipient)
        self.body["salutation"].editor.set_value(letter.salutation)
        self.refresh()
