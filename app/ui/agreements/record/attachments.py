"""The tab "Anlagen": every file of an agreement, to attach, open, save, describe and remove."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.counting import counted
from app.services.papers import attachments
from app.services.papers.attachments import AttachmentRow, Belonging
from app.ui.agreements.record.files import STATES, FileCommands, said_of_twins, written_size
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.layout import column, grow
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.dropping import FileDrop
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.workflows.papers.attachments import Attached
from db.attachments import FileState, folder_for


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file with what became of it on disk."""

    row: AttachmentRow
    state: FileState | None

    @property
    def id(self) -> int:
        return self.row.id


LOST = frozenset({FileState.MISSING, FileState.CHANGED})
HINT = "Dateien hierher ziehen oder mit Strg+V einfügen"


def _fingerprint(file: ShownFile) -> str:
    return f"SHA-256: {file.row.sha256}"


COLUMNS: tuple[Column[ShownFile], ...] = (
    Column("name", "Name", lambda file: file.row.file_name, strong=True, stretch=True, width=180),
    Column("state", "Zustand", lambda file: STATES[file.state], Kind.PILL, width=190, tip=_fingerprint),
    Column(
        "about",
        "Gehört zu",
        lambda file: file.row.about or "Vereinbarung",
        width=180,
        tip=lambda file: file.row.about,
    ),
    Column("note", "Notiz", lambda file: file.row.note, width=170, tip=lambda file: file.row.note or ""),
    Column(
        "size",
        "Größe",
        lambda file: written_size(file.row.size),
        width=80,
        sort=lambda file: file.row.size,
    ),
    Column("added", "Angehängt", lambda file: file.row.added_at.date(), Kind.DATE),
)


class AttachmentsTab(RecordTab):
    """Answers: which files belong to this agreement, and are they still what they were?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._commands = FileCommands(context, self, self._came_in)
        self.note = Note(tone=Tone.INFO)
        self.note.hide()
        self.lost = Note(tone=Tone.DANGER)
        self.table: Table[ShownFile] = Table(
            "agreements/attachments",
            COLUMNS,
            title="Anlagen",
            empty=EmptyState(
                "upload-drop", "Noch keine Anlagen", "Dateien anhängen …", self.choose, hint=HINT
            ),
        )
        commands = self._commands
        on_one = (
            ("Öffnen", commands.open, "external"),
            ("Speichern unter …", commands.save, "save"),
            ("Beschreiben …", commands.describe, "edit"),
        )
        self.table.set_actions(
            (
                *(RowAction(text, _first(call), icon, one) for text, call, icon in on_one),
                RowAction("Entfernen", self._remove, "trash"),
            )
        )
        self.open, self.save, self.edit = (
            button(text, partial(self._on_current, call), icon=icon) for text, call, icon in on_one
        )
        self.table.opened.connect(lambda file: commands.open(file.row))
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.remove_requested.connect(self._remove)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay_out()

    def refill(self, *, same: bool) -> None:
        if not same:
            self.note.hide()
        rows = self.context.ask(attachments.rows, self.row.id)
        found = self._commands.states(rows, lambda: self.refill(same=True))
        self.table.set_rows([ShownFile(row, found[row.id]) for row in rows])
        lost = sum(state in LOST for state in found.values())
        said = (
            f"{counted(lost, 'Datei fehlt oder wurde', 'Dateien fehlen oder wurden')} verändert. Bitte den Ordner "
            f"„{folder_for(self.context.database.path)}“ aus einer Sicherung zurückholen oder die Datei noch einmal "
            "anhängen."
        )
        self.lost.say(said if lost else "")
        self._enable()

    def choose(self) -> None:
        """Ask which files to attach."""
        self._commands.choose(Belonging(self.row.id))

    def paste(self) -> None:
        """Attach what lies in the clipboard."""
        self._commands.paste(Belonging(self.row.id))

    def _lay_out(self) -> None:
        add = button("Dateien anhängen …", self.choose, icon="plus")
        hint = label(HINT, "caption")
        hint.setMinimumHeight(add.sizeHint().height())
        drop = FileDrop()
        drop.dropped.connect(lambda files: self._commands.attach(Belonging(self.row.id), files))
        buttons = flowing(add, self.open, self.save, self.edit, hint)
        column(buttons, self.lost, self.note, grow(self.table), on=drop, spacing=8)
        column(drop, on=self)

    def _enable(self) -> None:
        chosen = self.table.current() is not None
        for widget in (self.open, self.save, self.edit):
            widget.setEnabled(chosen)

    def _on_current(self, command: Callable[[AttachmentRow], object]) -> None:
        current = self.table.current()
        if current is not None:
            command(current.row)

    def _remove(self, shown: list[ShownFile]) -> None:
        self._commands.remove([file.row for file in shown])

    def _came_in(self, found: list[Attached]) -> None:
        self.note.say(said_of_twins(found))
        self.table.select(found[0].id)


def _first(command: Callable[[AttachmentRow], object]) -> Callable[[list[ShownFile]], object]:
    return lambda shown: command(shown[0].row)
