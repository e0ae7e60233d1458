"""The tab "Anlagen": every file of an agreement, to attach, open, save, describe and remove."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.papers import attachments
from app.services.papers.attachments import AttachmentRow, Belonging
from app.ui.agreements.record.files import STATES, FileDeeds, said_of_twins, written_size
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.dropping import FileDrop
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.flow import FlowLayout
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


def _about(one: ShownFile) -> str:
    return one.row.about


COLUMNS: tuple[Column[ShownFile], ...] = (
    Column("name", "Name", lambda one: one.row.file_name, strong=True, stretch=True, width=180),
    Column(
        "state",
        "Zustand",
        lambda one: STATES[one.state],
        Kind.PILL,
        width=190,
        tip=lambda one: f"SHA-256: {one.row.sha256}",
    ),
    Column("about", "Gehört zu", lambda one: one.row.about or "Vereinbarung", width=180, tip=_about),
    Column("note", "Notiz", lambda one: one.row.note, width=170, tip=lambda one: one.row.note or ""),
    Column("size", "Größe", lambda one: written_size(one.row.size), width=80, sort=lambda one: one.row.size),
    Column("added", "Angehängt", lambda one: one.row.added_at.date(), Kind.DATE),
)


class AttachmentsTab(RecordTab):
    """Answers: which files belong to this agreement, and are they still what they were?"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._agreement_id = 0
        self._deeds = FileDeeds(context, self, self._came_in)
        self.note = Note(tone=Tone.INFO)
        self.note.hide()
        self.lost = Note(tone=Tone.DANGER)
        self.add = button("Dateien anhängen …", self.choose, icon="plus")
        self.open = button("Öffnen", lambda: self._on_current(self._deeds.open), icon="external")
        self.save = button("Speichern unter …", lambda: self._on_current(self._deeds.save), icon="save")
        self.edit = button("Beschreiben …", lambda: self._on_current(self._deeds.describe), icon="edit")
        self.table: Table[ShownFile] = Table(
            "agreements/attachments",
            COLUMNS,
            title="Anlagen",
            empty=EmptyState(
                "upload-drop",
                "Noch keine Anlagen",
                "Dateien anhängen …",
                self.choose,
                hint="Dateien hierher ziehen oder mit Strg+V einfügen",
            ),
        )
        self._lay_out()
        self._connect()

    def show_agreement(self, agreement_id: int) -> None:
        if agreement_id != self._agreement_id:
            self.note.hide()
        self._agreement_id = agreement_id
        rows = self.context.ask(attachments.rows, agreement_id)
        found = self._deeds.states(rows, lambda: self.show_agreement(self._agreement_id))
        self.table.set_rows([ShownFile(row, found[row.id]) for row in rows])
        lost = sum(state in LOST for state in found.values())
        self.lost.set_text(
            f"{lost} {'Datei fehlt oder wurde' if lost == 1 else 'Dateien fehlen oder wurden'} verändert. Bitte den "
            f"Ordner „{folder_for(self.context.database.path)}“ aus einer Sicherung zurückholen oder die Datei noch "
            "einmal anhängen."
        )
        self.lost.setVisible(bool(lost))
        self._enable()

    def choose(self) -> None:
        """Ask which files to attach."""
        self._deeds.choose(Belonging(self._agreement_id))

    def paste(self) -> None:
        """Attach what lies in the clipboard."""
        self._deeds.paste(Belonging(self._agreement_id))

    def _lay_out(self) -> None:
        bar = QWidget()
        line = FlowLayout(bar, 8)
        for widget in (self.add, self.open, self.save, self.edit):
            line.addWidget(widget)
        hint = label("Dateien hierher ziehen oder mit Strg+V einfügen", "caption")
        hint.setMinimumHeight(self.add.sizeHint().height())
        line.addWidget(hint)
        drop = FileDrop()
        drop.dropped.connect(lambda files: self._deeds.attach(Belonging(self._agreement_id), files))
        inside = QVBoxLayout(drop)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(bar)
        inside.addWidget(self.lost)
        inside.addWidget(self.note)
        inside.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(drop)

    def _connect(self) -> None:
        self.table.opened.connect(lambda one: self._deeds.open(one.row))
        self.table.current_changed.connect(lambda _row: self._enable())
        self.table.remove_requested.connect(self._remove)
        self.table.set_actions(
            (
                RowAction("Öffnen", lambda rows: self._deeds.open(rows[0].row), "external", _single),
                RowAction("Speichern unter …", lambda rows: self._deeds.save(rows[0].row), "save", _single),
                RowAction("Beschreiben …", lambda rows: self._deeds.describe(rows[0].row), "edit", _single),
                RowAction("Entfernen", self._remove, "trash"),
            )
        )
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _enable(self) -> None:
        chosen = self.table.current() is not None
        for widget in (self.open, self.save, self.edit):
            widget.setEnabled(chosen)

    def _on_current(self, deed: Callable[[AttachmentRow], object]) -> None:
        current = self.table.current()
        if current is not None:
            deed(current.row)

    def _remove(self, shown: list[ShownFile]) -> None:
        self._deeds.remove([one.row for one in shown])

    def _came_in(self, found: list[Attached]) -> None:
        said = said_of_twins(found)
        self.note.set_text(said)
        self.note.setVisible(bool(said))
        self.table.select(found[0].id)


def _single(rows: list[ShownFile]) -> bool:
    return len(rows) == 1
