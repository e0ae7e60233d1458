"""Papers of an agreement's life on screen: an amendment before and after it goes out, and letters that were kept."""

from PySide6.QtWidgets import QWidget

from app.services.agreements import amendment_signing
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.context import Context
from app.ui.kit.questions import confirm
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button
from app.ui.papers.paper_dialog import PaperDialog
from app.workflows.agreements.print_agreement import withdraw
from app.workflows.agreements.print_amendment import freeze, printout


class AmendmentDialog(PaperDialog):
    """The paper of an amendment: draft, ready, out for signature."""

    def __init__(self, context: Context, amendment_id: int, title: str, parent: QWidget | None) -> None:
        super().__init__(context, parent, title)
        self._amendment_id = amendment_id
        self.state = PillLabel()
        self.ready_button = button("Unterschriftsreif", lambda: self.set_ready(True), icon="check")
        self.back_button = button("Zurück in den Entwurf", lambda: self.set_ready(False), icon="edit")
        self.withdraw_button = button("Zurückziehen", self.withdraw, icon="undo")
        self.sign_button = button("Für Unterschrift drucken", self.sign, icon="signature", role="primary")
        self.build_paper(
            by_title=self.state,
            more=(self.ready_button, self.back_button, self.withdraw_button, self.sign_button),
        )
        self.refresh()

    def refresh(self) -> None:
        """Set the paper again from what is stored now."""
        shown = self.context.ask(printout, self._amendment_id, self.context.today())
        self.kept = shown.kept
        self.name = shown.file_name
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
    dialog = PaperDialog(context, parent, title)
    dialog.name = row.file_name
    dialog.show_paper(context.ask(papers.content, row.id), row.file_name)
    dialog.build_paper(by_title=PillLabel(Pill("unverändert abgelegt", Tone.SUCCESS, "lock")))
    return dialog.shown()
