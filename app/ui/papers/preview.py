"""The printed agreement before it is printed: pages, what is missing, and what went out for signature."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.agreements.agreements import Stage
from app.domain.agreements.signature_checklist import hard_points
from app.domain.dates import german
from app.domain.file_names import dated_pdf
from app.services.agreements import agreements
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.context import Context
from app.ui.kit.questions import choose_target, confirm
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane, Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label
from app.ui.papers.printing import ask_and_print
from app.ui.papers.view import PaperView

if TYPE_CHECKING:
    from app.workflows.agreements.drafts import GivenOut

PDF, WORD = "PDF-Datei (*.pdf)", "Word-Datei (*.docx)"


def open_preview(context: Context, agreement_id: int, parent: QWidget | None = None) -> "PreviewDialog":
    """Show the paper of an agreement in a dialog of its own."""
    dialog = PreviewDialog(context, agreement_id, parent)
    dialog.open()
    return dialog


class PreviewDialog(QDialog):
    """Preview left, what is missing and the papers that went out right; saving and printing below."""

    def __init__(self, context: Context, agreement_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context.own(self)
        self._agreement_id = agreement_id
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.paper = PaperView()
        self.state = PillLabel()
        self.side = Pane(spacing=16, surface=False)
        self._title = label("", "title")
        self.word_button = button("Als Word-Datei", self.save_word, icon="document")
        self.save_button = button("Als PDF speichern", self.save, icon="save")
        self.print_button = button("Drucken", self.print, icon="print")
        self.sign_button = button("Für Unterschrift drucken", self.sign, icon="signature", role="primary")
        self._lay_out()
        self.resize(self.screen().availableSize() * 0.92)
        self._context.outdated.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Set the paper again from what is stored now."""
        from app.workflows.agreements.print_agreement import (  # the PDF library loads with it
            printout,
            signature_check,
        )

        self.printout = self._context.ask(printout, self._agreement_id, self._context.today())
        self._rows = self._context.ask(papers.rows, self._agreement_id)
        shown = self.printout
        self.setWindowTitle(f"{shown.number} drucken")
        self._title.setText(shown.number)
        self.state.set_pill(self._pill())
        self.paper.show_pdf(shown.pdf)
        self.sign_button.setVisible(shown.kept is None)
        self.word_button.setVisible(shown.kept is None)
        checks = self._context.ask(signature_check, self._agreement_id, self._context.today())
        self._open_points = [] if shown.kept or shown.missing else hard_points(checks)
        self.sign_button.setEnabled(not (shown.draft or shown.missing or self._open_points))
        self._fill_side()

    def save(self) -> None:
        """Ask where the PDF shall go."""
        choose_target(self, "Als PDF speichern", PDF, self._name(), self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the PDF that is shown; the words of a draft are kept. Raises OutputError."""
        from app.workflows.agreements.drafts import DraftFormat, give_out
        from app.workflows.files import write_file

        if self.printout.draft:
            database, at = self._context.database, self._context.now()
            self._given_out(give_out(database, self._agreement_id, path, DraftFormat.PDF, at))
            return
        write_file(path, self.printout.pdf)
        self._context.say(f"Gespeichert: {path}")

    def save_word(self) -> None:
        """Ask where the draft shall go as a Word file."""
        from app.workflows.agreements.drafts import DraftFormat, draft_file_name

        kind = DraftFormat.WORD
        name = self._context.ask(draft_file_name, self._agreement_id, kind, self._context.today())
        choose_target(self, "Entwurf speichern", WORD, name, self.save_word_to)

    def save_word_to(self, path: Path) -> None:
        """Write the draft as a Word file, beside the window: one of 80 pages takes some seconds."""
        from app.workflows.agreements.drafts import DraftFormat, give_out

        database, agreement_id, at = self._context.database, self._agreement_id, self._context.now()
        self._context.do_later(
            "Entwurf",
            lambda _progress: give_out(database, agreement_id, path, DraftFormat.WORD, at),
            self._given_out,
        )

    def _given_out(self, given: "GivenOut") -> None:
        self._context.say(f"Gespeichert: {given.file} (als Entwurf {given.draft.number} festgehalten)")

    def print(self) -> None:
        """The system's print dialog for what is shown."""
        name = self.printout.number
        ask_and_print(
            self.paper.document, name, self, lambda: self._context.say(f"{name} an den Drucker gegeben")
        )

    def sign(self) -> None:
        """Keep this version unchanged, then print it."""
        from app.workflows.agreements.print_agreement import freeze

        freeze(self._context.database, self._agreement_id, self._context.now())
        self.refresh()
        self.print()

    def withdraw(self, row: PaperRow) -> None:
        """Ask, then withdraw a paper; undo cannot bring it back."""
        confirm(
            self,
            f"{row.file_name} zurückziehen? Die Fassung bleibt lesbar, gilt aber nicht mehr.",
            "Zurückziehen",
            lambda: self._withdraw(row),
        )

    def make_ready(self) -> None:
        """The draft is done: no mark across the pages any more."""
        self._context.do(
            f"{self.printout.number} ist unterschriftsreif",
            agreements.set_stage,
            self._agreement_id,
            Stage.READY_TO_SIGN,
            self._context.today(),
        )

    def show_kept(self, row: PaperRow) -> None:
        """Show a paper as it went out, also a withdrawn one."""
        self.paper.show_pdf(self._context.ask(papers.content, row.id))

    def _withdraw(self, row: PaperRow) -> None:
        from app.workflows.agreements.print_agreement import withdraw

        withdraw(self._context.database, row, self._context.now())

    def _name(self) -> str:
        kept = self.printout.kept
        return kept.file_name if kept else dated_pdf(self.printout.number, self._context.today())

    def _pill(self) -> Pill:
        if self.printout.kept is not None:
            return Pill("zur Unterschrift gedruckt", Tone.SUCCESS, "lock")
        if self.printout.draft:
            return Pill("Entwurf", Tone.WARNING, "edit")
        return Pill("unterschriftsreif", Tone.INFO, "signature")

    def _fill_side(self) -> None:
        self.side.clear()
        self.side.add(self._advice())
        if self.printout.missing:
            section = Section(f"Es fehlt noch ({len(self.printout.missing)})")
            for gap in self.printout.missing:
                section.add(label(f"•  {gap}", wrap=True, selectable=True))
            self.side.add(section)
        if self._open_points:
            section = Section(f"Vor der Unterschrift ({len(self._open_points)})")
            for point in self._open_points:
                section.add(label(f"•  {point}", wrap=True, selectable=True))
            self.side.add(section)
        if self._rows:
            section = Section("Gedruckt für die Unterschrift")
            for row in self._rows:
                section.add(self._kept(row))
            self.side.add(section)

    def _advice(self) -> Note:
        """What to do next."""
        shown = self.printout
        if shown.kept is not None:
            return Note(
                "Diese Fassung bleibt unverändert bei der Vereinbarung. Für Änderungen zuerst zurückziehen.",
                Tone.INFO,
            )
        if shown.missing:
            return Note(
                "Was fehlt, ist im Text farbig markiert. Als Entwurf kann trotzdem gedruckt werden.",
                Tone.WARNING,
            )
        if self._open_points:
            return Note("Was unten steht, ist vor der Unterschrift zu klären.", Tone.WARNING)
        if shown.draft:
            return Note("Alles ausgefüllt.", Tone.SUCCESS, "Unterschriftsreif", self.make_ready)
        return Note(
            "Bereit für die Unterschrift. Die gedruckte Fassung wird unverändert aufbewahrt.", Tone.SUCCESS
        )

    def _kept(self, row: PaperRow) -> QWidget:
        when = f"{german(row.printed_at.date())}, {row.printed_at:%H:%M} Uhr"
        withdrawn = row.withdrawn_at
        box = QFrame()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addWidget(label(when, "strong"))
        if withdrawn is not None:
            column.addWidget(label(f"zurückgezogen am {german(withdrawn.date())}", "caption"))
        fingerprint = label(f"Prüfsumme {row.sha256[:12]} …", "caption")
        fingerprint.setToolTip(f"SHA-256: {row.sha256}")
        column.addWidget(fingerprint)
        actions = QHBoxLayout()
        actions.setSpacing(12)
        actions.addWidget(button("Ansehen", lambda: self.show_kept(row), role="link"))
        if withdrawn is None:
            actions.addWidget(button("Zurückziehen", lambda: self.withdraw(row), role="link"))
        actions.addStretch(1)
        column.addLayout(actions)
        return box

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 12)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self.state, alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        surface = QFrame()
        surface.setProperty("role", "surface")
        middle = QHBoxLayout(surface)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.paper, 1)
        self.side.setFixedWidth(320)
        middle.addWidget(self.side)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 12, 24, 16)
        foot.setSpacing(8)
        foot.addWidget(button("Schließen", self.close))
        foot.addStretch(1)
        for widget in (self.word_button, self.save_button, self.print_button, self.sign_button):
            foot.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(surface, 1)
        layout.addLayout(foot)
