"""The line of a dialog that says what was just done and takes it back: the window's own is out of reach meanwhile."""

from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut

from app.ui.context import Context
from app.ui.kit.widgets.news import NewsLine, ways_to
from db.database import Changed


class UndoLine(NewsLine):
    """For the foot of a dialog whose commands are done at once. Ctrl+Z takes back the last one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        QShortcut(QKeySequence("Ctrl+Z"), self, context.undo)
        context.changed.connect(self._hear)
        context.said.connect(self.tell)
        context.saved.connect(self._show_file)

    def _hear(self, changed: Changed) -> None:
        if changed.is_undone or not changed.undoable:
            self.tell(changed.label)
        else:
            self.tell(changed.label, ("Rückgängig", self._context.undo))

    def _show_file(self, sentence: str, path: Path) -> None:
        self.tell(sentence, *ways_to(path))
