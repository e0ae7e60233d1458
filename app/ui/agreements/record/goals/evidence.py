"""The files that lie with a report as evidence: listed, opened, added by choice or by dropping them here."""

from functools import partial
from pathlib import Path

from app.services.papers import attachments
from app.services.papers.attachments import Belonging
from app.ui.agreements.record.files import STATES, FileCommands, said_of_twins, written_size
from app.ui.context import Context
from app.ui.kit.layout import column
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.dropping import FileDrop
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.workflows.papers.attachments import Attached, states
from db.attachments import FileState


class EvidenceView(FileDrop):
    """The evidence of one report."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._belongs: Belonging | None = None
        self._commands = FileCommands(context, self, self._came_in)
        self.dropped.connect(self._take)
        self.note = Note(tone=Tone.INFO)
        self.note.hide()
        tip = "Dateien wählen oder hierher ziehen"
        self.add = button("Nachweis anhängen …", self.choose, icon="plus", role="link", tip=tip)
        self._list = column(spacing=0)
        column(self._list, self.note, self.add, on=self, spacing=4)

    def show_report(self, agreement_id: int, report_id: int) -> None:
        """List the evidence of this report."""
        belongs = Belonging(agreement_id, goal_report_id=report_id)
        if belongs != self._belongs:
            self.note.hide()
        self._belongs = belongs
        clear_layout(self._list)
        rows = self._context.ask(attachments.of_report, report_id)
        found = states(self._context.database, rows)
        for row in rows:
            state = found[row.id]
            entry = PressableEntry(
                row.file_name,
                written_size(row.size),
                None if state is FileState.SOUND else STATES[state],
                tip="Öffnet die Datei; alles Weitere unter „Anlagen“",
            )
            entry.clicked.connect(partial(self._commands.open, row))
            self._list.addWidget(entry)
        if not rows:
            self._list.addWidget(label("Noch kein Nachweis.", "muted"))

    def choose(self) -> None:
        """Ask which files."""
        if self._belongs is not None:
            self._commands.choose(self._belongs)

    def _take(self, files: list[Path]) -> None:
        if self._belongs is not None:
            self._commands.attach(self._belongs, files)

    def _came_in(self, found: list[Attached]) -> None:
        self.note.say(said_of_twins(found))
