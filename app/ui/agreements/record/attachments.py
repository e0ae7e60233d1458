"""The tab "Anlagen": every file of an agreement, to attach, open, save, describe and remove."""

from collections.abc import Callable

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
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.ui.removal import Removal
from app.workflows.papers.attachments import Attached
from db.attachments import FileState, folder_for

LOST = frozenset({FileState.MISSING, FileState.CHANGED})
HINT = "Dateien hierher ziehen oder mit Strg+V einfügen"


def _columns(state: Callable[[AttachmentRow], Pill]) -> tuple[Column[AttachmentRow], ...]:
    return (
        Column(
            "name", "Name", lambda file: file.file_name, strong=True, stretch=True, width=180, whole_end=True
        ),
        Column("state", "Zustand", state, Kind.PILL, width=190, tip=lambda file: f"Prüfsumme: {file.sha256}"),
        Column(
            "about",
            "Gehört zu",
            lambda file: file.about or "Vereinbarung",
            width=180,
            tip=lambda file: file.about,
        ),
        Column("note", "Notiz", _note, width=170, tip=_note),
        Column("size", "Größe", lambda file: written_size(file.size), width=80, sort=lambda file: file.size),
        Column("added", "Angehängt", lambda file: file.added_at.date(), Kind.DATE),
    )


def _note(file: AttachmentRow) -> str:
    return " · ".join(filter(None, (file.fate, file.note)))


def _is_current_scan(files: list[AttachmentRow]) -> bool:
    return len(files) == 1 and files[0].belongs.is_scan and files[0].replaced_on is None


class AttachmentsTab(RecordTab):
    """Answers: which files belong to this agreement, and are they still what they were?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._commands = FileCommands(context, self, self._came_in)
        self.note = Note(tone=Tone.INFO)
        self.note.hide()
        self.lost = Note(tone=Tone.DANGER)
        self._states: dict[int, FileState | None] = {}
        self.table: Table[AttachmentRow] = Table(
            "agreements/attachments",
            _columns(lambda file: STATES[self._states[file.id]]),
            title="Anlagen",
            empty=EmptyState(
                "upload-drop", "Noch keine Anlagen", "Dateien anhängen …", self.choose, hint=HINT
            ),
        )
        commands = self._commands
        on_one = (
            RowAction[AttachmentRow]("Öffnen", lambda files: commands.open(files[0]), "external", one),
            RowAction("Speichern unter …", lambda files: commands.save(files[0]), "save", one),
            RowAction("Beschreiben …", lambda files: commands.describe(files[0]), "edit", one),
        )
        replace = RowAction[AttachmentRow](
            "Scan ersetzen …", lambda files: commands.replace(files[0]), "refresh", _is_current_scan
        )
        self.table.set_actions((*on_one[1:], replace, RowAction("Entfernen", commands.remove, "trash")))
        self.open, self.save, self.edit = map(self.table.action_button, on_one)
        self.table.opened.connect(commands.open)
        Removal(context, self.table, commands.remove)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay_out()

    def refill(self, *, same: bool) -> None:
        if not same:
            self.note.hide()
        rows = self.context.ask(attachments.rows, self.row.id)
        self._states = self._commands.states(rows, lambda: self.refill(same=True))
        self.table.set_rows(rows)
        lost = sum(state in LOST for state in self._states.values())
        said = (
            f"{counted(lost, 'Datei fehlt oder wurde', 'Dateien fehlen oder wurden')} verändert. Bitte den Ordner "
            f"„{folder_for(self.context.database.path)}“ aus einer Sicherung zurückholen oder die Datei noch einmal "
            "anhängen."
        )
        self.lost.say(said if lost else "")

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

    def _came_in(self, found: list[Attached]) -> None:
        self.note.say(said_of_twins(found))
        self.table.select(found[0].id)
