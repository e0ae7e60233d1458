"""Papers of an agreement's life on screen: an amendment before and after it goes out, and letters that were kept."""

from PySide6.QtWidgets import QWidget

from app.services.agreements import amendment_register, amendment_signing
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button
from app.ui.papers.paper_dialog import PaperDialog
from app.ui.papers.signing_dialog import UNCHANGED, SigningDialog
from app.workflows.agreements.print_amendment import freeze, printout

SIGNED = Pill("von allen unterzeichnet", Tone.SUCCESS, "check")


class AmendmentDialog(SigningDialog):
    """The paper of an amendment: draft, ready, out for signature; once all have signed there is nothing left to do."""

    def __init__(self, context: Context, amendment_id: int, title: str, parent: QWidget | None) -> None:
        super().__init__(context, parent, title)
        self._amendment_id = amendment_id
        self.ready_button = button("Unterschriftsreif", lambda: self.set_ready(True), icon="check")
        self.back_button = button("Zurück in den Entwurf", lambda: self.set_ready(False), icon="edit")
        self.withdraw_button = button("Zurückziehen", self._withdraw, icon="undo")
        self.build_paper(
            by_title=self.state,
            more=(self.ready_button, self.back_button, self.withdraw_button, self.sign_button),
        )
        self.refresh()

    def refresh(self) -> None:
        shown = self.context.ask(printout, self._amendment_id, self.context.today())
        self.show_state(shown.kept, draft=shown.draft)
        self.name = shown.file_name
        self.show_paper(shown.pdf, shown.file_name)
        out = shown.kept is not None
        signed = self.context.ask(amendment_register.row, self._amendment_id).is_signed
        if signed:
            self.state.set_pill(SIGNED)
        on_its_way = not out and not signed
        self.ready_button.setVisible(on_its_way and shown.draft)
        self.back_button.setVisible(on_its_way and not shown.draft)
        self.sign_button.setVisible(on_its_way and not shown.draft)
        self.withdraw_button.setVisible(out)
        self.ready_button.setEnabled(not shown.missing)
        self.sign_button.setEnabled(not shown.missing)
        lacks = f"Es fehlt noch: {', '.join(shown.missing)}." if shown.missing and on_its_way else ""
        self.note.say(UNCHANGED if out else lacks, Tone.INFO if out else Tone.WARNING)

    def set_ready(self, ready: bool) -> None:
        """The draft is done, or it is worked on again."""
        word = "ist unterschriftsreif" if ready else "ist wieder ein Entwurf"
        self.context.do(f"Nachtrag {word}", amendment_signing.set_ready, self._amendment_id, ready)

    def freeze(self) -> None:
        freeze(self.context.database, self._amendment_id, self.context.now())

    def _withdraw(self) -> None:
        if self.kept is not None:
            self.withdraw(self.kept)


def open_kept(context: Context, row: PaperRow, title: str, parent: QWidget) -> PaperDialog:
    """Show a paper exactly as it was printed."""
    dialog = PaperDialog(context, parent, title)
    dialog.name = row.file_name
    dialog.show_paper(context.ask(papers.content, row.id), row.file_name)
    dialog.build_paper(by_title=PillLabel(Pill("unverändert abgelegt", Tone.SUCCESS, "lock")))
    return dialog.shown()
