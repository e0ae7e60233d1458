"""The plain dialog: head, body, buttons; every other dialog and form is made of it.

class NotesDialog(Dialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Notizen", "Alles, was hier festgehalten wurde.", size=(700, 500))
        self.build(grow(self.table), foot=(STRETCH, self.close_button("Schließen"), self.save_button))
"""

from collections.abc import Sequence
from typing import Self

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from app.ui.kit.actions import bind, key_text
from app.ui.kit.layout import DIALOG_MARGINS, Grow, Item, column, grow, held, row
from app.ui.kit.plain import plain
from app.ui.kit.printing import printable
from app.ui.kit.screen import keep_on_screen, keep_size_on_screen, room_on_screen
from app.ui.kit.tab_order import Zone, go_on, in_zone
from app.ui.kit.widgets.room import Room
from app.ui.kit.widgets.text import button, label, say, show_if
from app.ui.kit.window_keys import WindowKeys

MOST_OF_SCREEN = 0.92
KEYS = ("Ctrl+Return", "Ctrl+Enter")  # the second one beside the figures


class Dialog(QDialog):
    """Modal without blocking the program, gone when closed, never larger than the screen.

    `size` is what it would like to have in pixels; None: nearly the whole screen. Ctrl+Enter ends it by its
    main button, the one with the role "primary" in its foot, of several the one that is shown; where there is none,
    by the button that closes it.
    """

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str = "", *, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._room: Room | None = None
        self.heading = label(title, "title", wrap=True)
        self.sentence = label(sentence, "muted", wrap=True)
        show_if(self.sentence, bool(sentence))
        self.resize(self.bounded(None if size is None else QSize(*size)))
        self._mains: list[QPushButton] = []
        for keys in KEYS:
            QShortcut(QKeySequence(keys), self, self._end)
        bind(self, "file.print", self._print_shown)
        WindowKeys(self)

    def build(self, *body: Item, foot: Sequence[Item] = (), tools: Item = None, spacing: int = 12) -> None:
        """Head, body and foot below each other, inside the usual margins; `tools` stand at the right of the title."""
        title = self.heading if tools is None else row(grow(self.heading), tools)
        self._room = Room(column(*body, spacing=spacing))
        column(
            column(title, self.sentence, spacing=4),
            grow(self._room) if body else None,
            self._make_foot(foot) if foot else None,
            on=self,
            spacing=spacing,
            margins=DIALOG_MARGINS,
        )

    def build_form(
        self, *beside: Item, foot: Sequence[Item] = (), above_foot: Item = None, by_title: Item = None
    ) -> None:
        """Head and foot, and from edge to edge between them the parts `beside` each other, such as fields and paper.

        `by_title` stands right of the title, such as a pill with the state of what is shown.
        """
        left, top, right, bottom = DIALOG_MARGINS
        title = self.heading if by_title is None else row(grow(self.heading), by_title, spacing=12)
        self._room = Room(row(*beside, spacing=0))
        column(
            column(title, self.sentence, spacing=4, margins=(left, top, right, 12)),
            grow(held(column(self._room), "form")),
            column(above_foot, self._make_foot(foot), spacing=8, margins=(left, 12, right, bottom)),
            on=self,
            spacing=0,
        )

    def close_button(self, text: str = "Abbrechen") -> QPushButton:
        """The quiet way out."""
        return button(text, self.reject)

    def shown(self) -> Self:
        """Open it; the same dialog again, so that it can be made, opened and handed on in one expression."""
        self.open()
        return self

    def showEvent(self, event: QShowEvent) -> None:
        self._bound()
        super().showEvent(
            event
        )  # in the middle of its window: Qt does so only where nothing has moved it yet
        keep_on_screen(self)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._bound()  # a sentence that came later takes room of what stands below it
            keep_on_screen(self)
        return handled

    def say(self, sentence: str) -> None:
        """Another sentence below the title; none hides the line."""
        say(self.sentence, sentence)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward)

    def bounded(self, wanted: QSize | None) -> QSize:
        """The size that is wanted, or nearly the whole screen, within the screen."""
        room = room_on_screen(self).size() * MOST_OF_SCREEN
        return room if wanted is None else wanted.boundedTo(room)

    def _bound(self) -> None:
        """What stands between head and foot asks for no more than the screen has left, and scrolls."""
        layout = self.layout()
        if self._room is not None and layout is not None:
            around = layout.minimumSize() - self._room.minimumSizeHint()
            most = (room_on_screen(self).size() - around).expandedTo(QSize(0, 0))  # else it falls for ever
            if most != self._room.most:
                self._room.most = most
                self._room.updateGeometry()
        keep_size_on_screen(self)

    def _make_foot(self, foot: Sequence[Item]) -> QHBoxLayout:
        buttons = (item for item in foot if isinstance(item, QPushButton))
        self._mains = [one for one in buttons if one.property("role") == "primary"]
        for main in self._mains:
            if not main.toolTip():
                words, key = main.text().removesuffix(" …"), key_text(KEYS[0])
                main.setToolTip(
                    plain(f"{words} ({key})" if words else key)
                )  # none: they change with what is chosen
        for item in foot:
            part = item.item if isinstance(item, Grow) else item
            if isinstance(part, QWidget):
                in_zone(part, Zone.FOOT)
        return row(*foot)  # not kept: PySide crashes when a dialog goes that knows a layout deep in its own

    def _end(self) -> None:
        """Qt would press a button that is hidden, too: signing, where there is only a draft."""
        if shown := next((main for main in self._mains if not main.isHidden()), None):
            shown.click()
        else:
            self.reject()

    def _print_shown(self) -> None:
        if found := printable(self):
            found.print_shown()
