"""The versions of an agreement that were printed for signature: frozen, to open, to save, to check."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.domain.dates import german
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.agreements.record.files import show_content
from app.ui.context import Context
from app.ui.kit.questions import choose_target
from app.ui.kit.texts import clock_time
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label, rule

OUT = Pill("gilt", Tone.SUCCESS, "lock")
WITHDRAWN = Pill("zurückgezogen", Tone.NEUTRAL, "undo")


class PrintedVersions(QFrame):
    """The one that is out for signature first, then those that were withdrawn."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._agreement_id = 0
        self.checked: dict[int, str] = {}
        self.setProperty("role", "card")
        self.pane = Pane(margin=16, spacing=10, surface=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.pane)

    def show_papers(self, agreement_id: int, rows: list[PaperRow]) -> None:
        """Show these; what was checked stays said while it is the same agreement."""
        if agreement_id != self._agreement_id:
            self.checked = {}
        self._agreement_id = agreement_id
        self.pane.clear()
        self.pane.add(label("Gedruckte Fassung", "section"))
        if not rows:
            self.pane.add(
                label(
                    "Noch nicht für die Unterschrift gedruckt. Was gedruckt wird, bleibt unverändert hier.",
                    "muted",
                    wrap=True,
                )
            )
        for place, row in enumerate(sorted(rows, key=lambda one: one.withdrawn_at is not None)):
            if place:
                self.pane.add(rule())
            self.pane.add(self._paper(row))
        preview = button("Vorschau und Druck …", self._preview, icon="print")
        self.pane.add(preview)

    def check(self, row: PaperRow, said: QLabel) -> None:
        """Compare the stored bytes with their fingerprint. Raises StoreError if they differ."""
        self._context.ask(papers.content, row.id)
        self.checked[row.id] = f"Geprüft um {clock_time(datetime.now())} Uhr: unverändert"
        said.setText(self.checked[row.id])
        said.show()

    def save(self, row: PaperRow) -> None:
        """Ask where a copy shall go."""
        from app.workflows.files import write_file

        def write(target: Path) -> None:
            write_file(target, self._context.ask(papers.content, row.id))
            self._context.say(f"Gespeichert: {target}")

        choose_target(self, "Kopie speichern", "PDF-Datei (*.pdf)", row.file_name, write)

    def open(self, row: PaperRow) -> None:
        """Show it with the system's program. Raises StoreError if it is no longer what was printed."""
        show_content(self._context.ask(papers.content, row.id), row.file_name)

    def _paper(self, row: PaperRow) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PillLabel(OUT if row.withdrawn_at is None else WITHDRAWN))
        column.addWidget(label(row.file_name, "strong", wrap=True, selectable=True))
        when = f"gedruckt am {german(row.printed_at.date())}, {clock_time(row.printed_at)} Uhr"
        column.addWidget(label(when, "caption", wrap=True))
        if row.withdrawn_at is not None:
            column.addWidget(label(f"zurückgezogen am {german(row.withdrawn_at.date())}", "caption"))
        fingerprint = label(f"Prüfsumme {row.sha256[:12]} …", "caption", selectable=True)
        fingerprint.setToolTip(f"SHA-256: {row.sha256}")
        fingerprint.setAccessibleName(f"Prüfsumme SHA-256 {row.sha256}")
        column.addWidget(fingerprint)
        said = label(self.checked.get(row.id, ""), "strong", wrap=True)
        said.setVisible(bool(said.text()))
        deeds = QWidget()
        line = FlowLayout(deeds, 8)
        for text, icon, call in (
            ("Öffnen", "external", partial(self.open, row)),
            ("Kopie …", "save", partial(self.save, row)),
            ("Prüfen", "shield", partial(self.check, row, said)),
        ):
            one = button(text, call, role="link", icon=icon)
            one.setAccessibleName(f"{row.file_name}: {text.removesuffix(' …')}")
            line.addWidget(one)
        column.addWidget(deeds)
        column.addWidget(said)
        return block

    def _preview(self) -> None:
        from app.ui.papers.preview import open_preview  # loads Qt's PDF module

        open_preview(self._context, self._agreement_id, self)
