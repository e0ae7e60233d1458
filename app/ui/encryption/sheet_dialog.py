"""The recovery sheet after a password was set, to look at and to print."""

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.papers.paper_dialog import PaperDialog
from app.workflows.encryption import recovery
from db.encryption.keys import Secret


class SheetDialog(PaperDialog):
    """Printed it is safest; a file of it would have to be put away as carefully."""

    def __init__(self, context: Context, secret: Secret, parent: QWidget | None) -> None:
        super().__init__(
            context,
            parent,
            "Wiederherstellungsblatt",
            "Öffnet die Datei, wenn das Kennwort vergessen ist. Bitte drucken und verschlossen aufbewahren, nicht beim "
            "Rechner. Später geht es auch: Einstellungen – Verschlüsselung.",
            printing_ends=True,
        )
        self.show_paper(
            recovery.sheet(context.database, secret, context.today()),
            recovery.sheet_name(context.database.path),
        )
        self.build_paper()
