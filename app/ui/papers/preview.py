"""The printed agreement before it is printed: pages, what is missing, and what went out for signature."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.agreements.agreements import Stage
from app.domain.agreements.signature_checklist import hard_points
from app.domain.dates import german
from app.domain.file_names import dated_pdf
from app.services.agreements import agreements
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.context import Context
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.questions import choose_target, confirm
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane, Section
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label
from app.ui.papers.paper_dialog import WORD, PaperDialog

if TYPE_CHECKING:
    from app.workflows.agreements.drafts import GivenOut


def open_preview(
    context: Context, agreement_id: int, parent: QWidget | None = None
) -> "AgreementPaperDialog":
    """Show the paper of an agreement in a dialog of its own."""
    return AgreementPaperDialog(context, agreement_id, parent).shown()


class AgreementPaperDialog(PaperDialog):
    """Preview left, what is missing and the papers that went out right; saving and printing below."""

    def __init__(self, context: Context, agreement_id: int, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, "")
        self.context = context.own(self)
        self._agreement_id = agreement_id
        self.state = PillLabel()
        self.side = Pane(spacing=16, surface=False)
        self.side.setFixedWidth(320)
        self.word_button = button("Als Word-Datei", self.save_word, icon="document")
        self.sign_button = button("Für Unterschrift drucken", self.sign, icon="signature", role="primary")
        self.build_form(
            grow(self.paper),
            self.side,
            foot=(
                self.close_button("Schließen"),
                STRETCH,
                self.word_button,
                self.save_button,
                self.print_button,
                self.sign_button,
            ),
            by_title=self.state,
        )
        self.context.outdated.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Set the paper again from what is stored now."""
        from app.workflows.agreements.print_agreement import (  # the PDF library loads with it
            printout,
            signature_check,
        )

        self.printout = self.context.ask(printout, self._agreement_id, self.context.today())
        self._rows = self.context.ask(papers.rows, self._agreement_id)
        shown = self.printout
        self.setWindowTitle(f"{shown.number} drucken")
        self.heading.setText(shown.number)
        self.state.set_pill(self._pill())
        self.name = shown.number
        self.show_paper(
            shown.pdf,
            shown.kept.file_name if shown.kept else dated_pdf(shown.number, self.context.today()),
        )
        self.sign_button.setVisible(shown.kept is None)
        self.word_button.setVisible(shown.kept is None)
        checks = self.context.ask(signature_check, self._agreement_id, self.context.today())
        self._open_points = [] if shown.kept or shown.missing else hard_points(checks)
        self.sign_button.setEnabled(not (shown.draft or shown.missing or self._open_points))
        self._fill_side()

    def save_to(self, path: Path) -> None:
        """Write the PDF; the words of a draft are kept. Raises OutputError."""
        if not self.printout.draft:
            super().save_to(path)
            return
        from app.workflows.agreements.drafts import DraftFormat, give_out

        database, at = self.context.database, self.context.now()
        self._given_out(give_out(database, self._agreement_id, path, DraftFormat.PDF, at))

    def save_word(self) -> None:
        """Ask where the draft shall go as a Word file."""
        from app.workflows.agreements.drafts import DraftFormat, draft_file_name

        kind = DraftFormat.WORD
        name = self.context.ask(draft_file_name, self._agreement_id, kind, self.context.today())
        choose_target(self, "Entwurf speichern", WORD, name, self.save_word_to)

    def save_word_to(self, path: Path) -> None:
        """Write the draft as a Word file, beside the window: one of 80 pages takes some seconds."""
        from app.workflows.agreements.drafts import DraftFormat, give_out

        database, agreement_id, at = self.context.database, self._agreement_id, self.context.now()
        self.context.do_later(
            "Entwurf",
            lambda _progress: give_out(database, agreement_id, path, DraftFormat.WORD, at),
            self._given_out,
        )

    def _given_out(self, given: "GivenOut") -> None:
        self.context.say(f"Gespeichert: {given.file} (als Entwurf {given.draft.number} festgehalten)")

    def sign(self) -> None:
        """Keep this version unchanged, then print it."""
        from app.workflows.agreements.print_agreement import freeze

        freeze(self.context.database, self._agreement_id, self.context.now())
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
        self.context.do(
            f"{self.printout.number} ist unterschriftsreif",
            agreements.set_stage,
            self._agreement_id,
            Stage.READY_TO_SIGN,
            self.context.today(),
        )

    def show_kept(self, row: PaperRow) -> None:
        """Show a paper as it went out, also a withdrawn one."""
        self.paper.show_pdf(self.context.ask(papers.content, row.id))

    def _withdraw(self, row: PaperRow) -> None:
        from app.workflows.agreements.print_agreement import withdraw

        withdraw(self.context.database, row, self.context.now())

    def _pill(self) -> Pill:
        if self.printout.kept is not None:
            return Pill("zur Unterschrift gedruckt", Tone.SUCCESS, "lock")
        if self.printout.draft:
            return Pill("Entwurf", Tone.WARNING, "edit")
        return Pill("unterschriftsreif", Tone.INFO, "signature")

    def _fill_side(self) -> None:
        self.side.clear()
        self.side.add(self._advice())
        for title, points in (
            ("Es fehlt noch", self.printout.missing),
            ("Vor der Unterschrift", self._open_points),
        ):
            if points:
                section = Section(f"{title} ({len(points)})")
                for point in points:
                    section.add(label(f"•  {point}", wrap=True, selectable=True))
                self.side.add(section)
        if self._rows:
            section = Section("Gedruckt für die Unterschrift")
            for paper in self._rows:
                section.add(self._kept(paper))
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

    def _kept(self, paper: PaperRow) -> QWidget:
        when = f"{german(paper.printed_at.date())}, {paper.printed_at:%H:%M} Uhr"
        fingerprint = label(f"Prüfsumme {paper.sha256[:12]} …", "caption")
        fingerprint.setToolTip(f"SHA-256: {paper.sha256}")
        gone = paper.withdrawn_at
        return held(
            column(
                label(when, "strong"),
                label(f"zurückgezogen am {german(gone.date())}", "caption") if gone is not None else None,
                fingerprint,
                row(
                    button("Ansehen", lambda: self.show_kept(paper), role="link"),
                    button("Zurückziehen", lambda: self.withdraw(paper), role="link")
                    if gone is None
                    else None,
                    STRETCH,
                    spacing=12,
                ),
                spacing=4,
                margins=(0, 0, 0, 6),
            )
        )
