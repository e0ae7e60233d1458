"""The base of all pages: head, body, and when to read their data again."""

from collections.abc import Iterator

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSplitter, QWidget

from app.ui.context import Context
from app.ui.kit.header import PageHeader
from app.ui.kit.layout import column, grow
from app.ui.kit.tab_order import Zone, focus_place, in_zone, stops
from app.ui.kit.timers import later
from app.ui.kit.widgets.room import Room
from app.ui.kit.widgets.text import show_if
from app.ui.preferences import page_state


class Page(QWidget):
    """One page of the window. `refresh()` reads what it shows; when that happens is decided here.

    A change to what was asked through its context makes the page stale. A visible page refreshes once for each
    turn of the event loop, a hidden one at its next showing. `leaving` is emitted before the page moves to another
    place within itself that "Zurück" shall lead away from.
    """

    leaving = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.header = PageHeader()
        self.body = column()
        inside = column(self.header, grow(self.body), spacing=16, margins=(24, 20, 24, 16))
        column(Room(inside, most=None), on=self)
        self._stale = True
        self._meanwhile: QWidget | None = None  # has the keyboard as long as there is no list to have it
        self._timer = later(self, self.refresh_if_stale)
        context.outdated.connect(self.mark_stale)

    def refresh(self) -> None:
        """Read and show again; selection and scroll position stay."""
        raise NotImplementedError

    def open_record(self, record_id: int) -> None:
        """Show this record, for instance because another page points to it; a page without records stays."""

    def open_part(self, part: str, year: int | None) -> None:
        """Show a part of the page that another one points to; a page without such parts stays."""

    def place(self) -> object:
        """Where on the page she is: the record, the view, the tab. Equal places are the same."""
        return None

    def go_to(self, place: object) -> None:
        """Show a place again, as `place` named it; one that is gone is passed over."""

    def parts(self) -> Iterator[str]:
        """Shows one part of the page after the other (tabs, views) and names it; for pictures and the smoke test."""
        yield from ()

    def take_focus(self) -> None:
        """Put the keyboard where the work begins: at the page's focus proxy, or at the first control it shows."""
        place, self._meanwhile = focus_place(self), None
        if place is self or not place.isVisible():
            place = self._meanwhile = next(iter(stops(self)), self)
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mark_stale(self) -> None:
        """What is shown is no longer true: refresh soon if visible, else at the next showing."""
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def refresh_if_stale(self) -> None:
        """Refresh now if something has changed since the last time."""
        if self._stale:
            self._stale = False
            self.context.forget_reads()
            self.refresh()
            self._hand_on()

    def _hand_on(self) -> None:
        """What was empty has its first entry: the list takes the keyboard, if it still waits where there was none."""
        place = focus_place(self)
        if self._meanwhile is None or place is self or not place.isVisible():
            return
        if self.window().focusWidget() is self._meanwhile:
            place.setFocus()
        self._meanwhile = None

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh_if_stale()
        super().showEvent(event)


class Split(QSplitter):
    """List and detail beside each other (or above, when vertical); the sizes are remembered."""

    def __init__(
        self,
        page_id: str,
        first: QWidget,
        second: QWidget,
        *,
        vertical: bool = False,
        shares: tuple[int, int] = (3, 2),
    ) -> None:
        super().__init__(Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal)
        self._remembered = page_state(f"{page_id}/split")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(16)
        in_zone(second, Zone.DETAIL)
        for part in (first, second):
            scrolls = isinstance(part, QAbstractScrollArea) or part.property("role") == "table"
            self.addWidget(part if scrolls else self._roomed(part))
        for index, share in enumerate(shares):
            self.setStretchFactor(index, share)
        self.setSizes([share * 1000 for share in shares])
        state = self._remembered.get().get("state")
        if isinstance(state, str):
            self.restoreState(QByteArray.fromBase64(QByteArray(state.encode())))
        self.splitterMoved.connect(self._remember)

    def _roomed(self, part: QWidget) -> Room:
        """A room around a part, which comes and goes with it."""
        hidden = part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        room = Room(column(part))
        part.installEventFilter(self)
        show_if(room, not hidden)
        return room

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            for place in range(self.count()):
                room = self.widget(place)
                if isinstance(watched, QWidget) and isinstance(room, Room) and room.holds(watched):
                    room.setVisible(not watched.isHidden())
        return super().eventFilter(watched, event)

    def _remember(self) -> None:
        self._remembered.set({"state": bytes(self.saveState().toBase64().data()).decode()})
