"""The versions of an agreement that were printed for signature: frozen, to open, to save, to check."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from app.domain.dates import german
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.ui.agreements.commands import AgreementCommands
from app.ui.agreements.corrections import ask_replacement
from app.ui.agreements.record.files import show_content
from app.ui.context import Context
from app.ui.kit.layout import column, held
from app.ui.kit.plain import plain
from app.ui.kit.questions import choose_target
from app.ui.kit.texts import clock_time
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane, carded
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label, rule, say

OUT = Pill("gilt", Tone.SUCCESS, "lock")
WITHDRAWN = Pill("zurückgezogen", Tone.NEUTRAL, "undo")
REPLACED = Pill("ersetzt", Tone.NEUTRAL, "refresh")


class PrintedVersions(QWidget):
    """The one that is out for signature first, then those that were withdrawn."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._agreement_id = 0
        self.checked: dict[int, str] = {}
        self.pane = Pane(margin=16, spacing=10, surface=False)
        column(carded(self.pane), on=self)

    def show_papers(self, agreement_id: int, rows: list[PaperRow]) -> None:
        """Show these; what was checked stays said while it is the same agreement."""
        if agreement_id != self._agreement_id:
            self.checked = {}
        self._agreement_id = agreement_id
        self.pane.clear()
        self.pane.add(label("Gedruckte Fassung", "section"))
        if not rows:
            none = "Noch nicht für die Unterschrift gedruckt. Was gedruckt wird, bleibt unverändert hier."
            self.pane.add(label(none, "muted", wrap=True))
        for place, row in enumerate(sorted(rows, key=lambda one: one.withdrawn_at is not None)):
            if place:
                self.pane.add(rule())
            self.pane.add(self._paper(row))
        commands = AgreementCommands(self._context, self)
        show = partial(commands.show_paper, agreement_id)
        self.pane.add(button("Vorschau und Druck …", show, icon="print"))

    def check(self, row: PaperRow, said: QLabel) -> None:
        """Compare the stored bytes with their fingerprint. Raises StoreError if they differ."""
        self._context.ask(papers.content, row.id)
        self.checked[row.id] = f"Geprüft um {clock_time(datetime.now())} Uhr: unverändert"
        say(said, self.checked[row.id])

    def save(self, row: PaperRow) -> None:
        """Ask where a copy shall go."""
        from app.workflows.files import write_file

        def write(target: Path) -> None:
            write_file(target, self._context.ask(papers.content, row.id))
            self._context.tell_saved(target)

        choose_target(self, "Kopie speichern", "PDF-Datei (*.pdf)", row.file_name, write)

    def replace(self, row: PaperRow) -> None:
        """A signed version counts no more; it stays, and a new one can be printed."""
        ask_replacement(self._context, row, self)

    def open(self, row: PaperRow) -> None:
        """Show it with the system's program. Raises StoreError if it is no longer what was printed."""
        show_content(self._context.ask(papers.content, row.id), row.file_name)

    def _paper(self, row: PaperRow) -> QWidget:
        withdrawn = row.withdrawn_at
        when = f"gedruckt am {german(row.printed_at.date())}, {clock_time(row.printed_at)} Uhr"
        fingerprint = label(f"Prüfsumme {row.sha256[:12]} …", "caption", selectable=True)
        fingerprint.setToolTip(plain(f"Prüfsumme: {row.sha256}"))
        fingerprint.setAccessibleName(f"Prüfsumme {row.sha256}")
        checked = self.checked.get(row.id, "")
        said = label(checked, "strong", wrap=True)
        links = [
            button("Öffnen", partial(self.open, row), role="link", icon="external"),
            button("Kopie …", partial(self.save, row), role="link", icon="save"),
            button("Prüfen", partial(self.check, row, said), role="link", icon="shield"),
        ]
        if withdrawn is None and self._context.ask(papers.is_signed, row.id):
            links.append(button("Ersetzen …", partial(self.replace, row), role="link", icon="refresh"))
        for one in links:
            one.setAccessibleName(f"{row.file_name}: {one.text().removesuffix(' …')}")
        shown = held(
            column(
                PillLabel(OUT if withdrawn is None else REPLACED if row.withdrawn_because else WITHDRAWN),
                label(row.file_name, "strong", wrap=True, selectable=True),
                label(when, "caption", wrap=True),
                label(row.fate, "caption", wrap=True) if row.fate else None,
                fingerprint,
                flowing(*links),
                said,
                spacing=4,
            )
        )
        said.setVisible(bool(checked))
        return shown
