"""Papers of an agreement's life on screen: an amendment before and after it goes out, and letters that were kept."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from app.services.agreements import amendment_signing
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import STRETCH, grow
from app.ui.kit.questions import choose_target, confirm
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button
from app.ui.papers.printing import ask_and_print
from app.ui.papers.view import PaperView
from app.workflows.agreements.print_agreement import withdraw
from app.workflows.agreements.print_amendment import freeze, printout
from app.workflows.files import write_file

PDF = "PDF-Datei (*.pdf)"


class PaperDialog(Dialog):
    """A paper with its pages; saving and printing below."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, title)
        self.context = context
        self.pdf = b""
        self.name = ""
        self.paper = PaperView()
        self.state = PillLabel()
        self.note = Note()
        self.note.hide()
        self.build_form(
            grow(self.paper),
            foot=(
                self.close_button("Schließen"),
                STRETCH,
                button("Als PDF speichern", self.save, icon="save"),
                button("Drucken", self.print, icon="print"),
                *self.make_buttons(),
            ),
            above_foot=self.note,
            by_title=self.state,
        )

    def make_buttons(self) -> Sequence[QPushButton]:
        """More things to do with this kind of paper."""
        return ()

    def show_paper(self, pdf: bytes, name: str) -> None:
        """Show these pages; `name` is proposed for the file."""
        self.pdf, self.name = pdf, name
        self.paper.show_pdf(pdf)

    def save(self) -> None:
        """Ask where the PDF shall go."""
        choose_target(self, "Als PDF speichern", PDF, self.name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the PDF that is shown. Raises OutputError."""
        write_file(path, self.pdf)
        self.context.say(f"Gespeichert: {path}")

    def print(self) -> None:
        """The system's print dialog for what is shown."""
        name = self.name
        ask_and_print(
            self.paper.document, name, self, lambda: self.context.say(f"{name} an den Drucker gegeben")
        )


class AmendmentDialog(PaperDialog):
    """The paper of an amendment: draft, ready, out for signature."""

    def __init__(self, context: Context, amendment_id: int, title: str, parent: QWidget | None) -> None:
        super().__init__(context, title, parent)
        self._amendment_id = amendment_id
        self.refresh()

    def make_buttons(self) -> Sequence[QPushButton]:
        self.ready_button = button("Unterschriftsreif", lambda: self.set_ready(True), icon="check")
        self.back_button = button("Zurück in den Entwurf", lambda: self.set_ready(False), icon="edit")
        self.withdraw_button = button("Zurückziehen", self.withdraw, icon="undo")
        self.sign_button = button("Für Unterschrift drucken", self.sign, icon="signature", role="primary")
        return self.ready_button, self.back_button, self.withdraw_button, self.sign_button

    def refresh(self) -> None:
        """Set the paper again from what is stored now."""
        shown = self.context.ask(printout, self._amendment_id, self.context.today())
        self.kept = shown.kept
        self.show_paper(shown.pdf, shown.file_name)
        out = shown.kept is not None
        self.ready_button.setVisible(not out and shown.draft)
        self.back_button.setVisible(not out and not shown.draft)
        self.sign_button.setVisible(not out and not shown.draft)
        self.withdraw_button.setVisible(out)
        self.ready_button.setEnabled(not shown.missing)
        self.sign_button.setEnabled(not shown.missing)
        if out:
            self.state.set_pill(Pill("zur Unterschrift gedruckt", Tone.SUCCESS, "lock"))
            self.note.say(
                "Diese Fassung bleibt unverändert bei der Vereinbarung. Für Änderungen zuerst zurückziehen.",
                Tone.INFO,
            )
            return
        draft = Pill("Entwurf", Tone.WARNING, "edit")
        self.state.set_pill(draft if shown.draft else Pill("unterschriftsreif", Tone.INFO, "signature"))
        self.note.say(f"Es fehlt noch: {', '.join(shown.missing)}." if shown.missing else "", Tone.WARNING)

    def set_ready(self, ready: bool) -> None:
        """The draft is done, or it is worked on again."""
        word = "ist unterschriftsreif" if ready else "ist wieder ein Entwurf"
        self.context.do(f"Nachtrag {word}", amendment_signing.set_ready, self._amendment_id, ready)
        self.refresh()

    def sign(self) -> None:
        """Keep this version unchanged, then print it."""
        freeze(self.context.database, self._amendment_id, self.context.now())
        self.refresh()
        self.print()

    def withdraw(self) -> None:
        """Ask, then withdraw the paper that is out; undo cannot bring it back."""
        kept = self.kept
        if kept is not None:
            confirm(
                self,
                f"{kept.file_name} zurückziehen? Die Fassung bleibt lesbar, gilt aber nicht mehr.",
                "Zurückziehen",
                lambda: self._withdraw(kept),
            )

    def _withdraw(self, kept: PaperRow) -> None:
        withdraw(self.context.database, kept, self.context.now())
        self.refresh()


def open_amendment_paper(context: Context, amendment_id: int, title: str, parent: QWidget) -> AmendmentDialog:
    """Show the paper of an amendment in a dialog of its own."""
    return AmendmentDialog(context, amendment_id, title, parent).shown()


def open_kept(context: Context, row: PaperRow, title: str, parent: QWidget) -> PaperDialog:
    """Show a paper exactly as it was printed."""
    dialog = PaperDialog(context, title, parent)
    dialog.show_paper(context.ask(papers.content, row.id), row.file_name)
    dialog.state.set_pill(Pill("unverändert abgelegt", Tone.SUCCESS, "lock"))
    return dialog.shown()
