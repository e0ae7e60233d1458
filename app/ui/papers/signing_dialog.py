"""The paper of what is signed: a draft, then ready, then out for signature and unchanged until it is withdrawn."""

from PySide6.QtWidgets import QWidget

from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.agreements.corrections import ask_replacement
from app.ui.context import Context
from app.ui.kit.questions import confirm
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button
from app.ui.papers.paper_dialog import PaperDialog
from app.workflows.agreements.print_agreement import withdraw

DRAFT = Pill("Entwurf", Tone.WARNING, "edit")
READY = Pill("unterschriftsreif", Tone.INFO, "signature")
OUT = Pill("zur Unterschrift gedruckt", Tone.SUCCESS, "lock")
UNCHANGED = "Diese Fassung bleibt unverändert bei der Vereinbarung. Für Änderungen zuerst zurückziehen."


class SigningDialog(PaperDialog):
    """A kind of paper says with `refresh` what is shown, with `freeze` how the version for signature is kept.

    `kept`: the version that is out. It refreshes itself when what it has asked is no longer true.
    """

    def __init__(self, context: Context, parent: QWidget | None, title: str = "") -> None:
        super().__init__(context, parent, title)
        self.context = context.own(self)
        self.kept: PaperRow | None = None
        self.state = PillLabel()
        self.sign_button = button("Für Unterschrift drucken", self.sign, icon="signature", role="primary")
        self.context.outdated.connect(self.refresh)

    def refresh(self) -> None:
        """Set the paper again from what is stored now."""
        raise NotImplementedError

    def freeze(self) -> None:
        """Keep exactly this version, outside undo. Raises UserError where it may not go out yet."""
        raise NotImplementedError

    def show_state(self, kept: PaperRow | None, *, draft: bool) -> None:
        """How far it is, as a pill by the title."""
        self.kept = kept
        self.state.set_pill(OUT if kept is not None else DRAFT if draft else READY)

    def sign(self) -> None:
        """Keep this version unchanged, then print it."""
        self.freeze()
        self.print()

    def withdraw(self, row: PaperRow) -> None:
        """Ask, then withdraw a paper; undo cannot bring it back. A signed one is replaced with a reason."""
        if self.context.ask(papers.is_signed, row.id):
            ask_replacement(self.context, row, self)
            return

        def agreed() -> None:
            withdraw(self.context.database, row, self.context.now())

        question = f"{row.file_name} zurückziehen? Die Fassung bleibt lesbar, gilt aber nicht mehr."
        confirm(self, question, "Zurückziehen", agreed)
