"""Ways through the window: back and forward, and to where something was done once it is taken back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from app.ui.kit.actions import with_keys
from app.ui.kit.texts import tr
from app.ui.shell.pages import PAGES
from app.ui.shell.trail import Place, Trail

if TYPE_CHECKING:
    from db.database import Changed

TITLES = {page.id: page.title for page in PAGES}


class Ways(QObject):
    """`here` says where she is (None: nowhere yet), `go` shows another place; the two actions say where they lead."""

    def __init__(
        self,
        here: Callable[[], Place | None],
        go: Callable[[Place], object],
        actions: tuple[QAction, QAction],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.trail = Trail()
        self._here, self._go = here, go
        self._back, self._forward = actions
        self._done_at: dict[int, Place] = {}
        self._say()

    def leave(self) -> None:
        """She is about to go somewhere else from here."""
        if (here := self._here()) is not None:
            self.trail.leave(here)
            self._say()

    def back(self) -> None:
        """To the place before."""
        if (here := self._here()) is not None:
            self._show(self.trail.back(here))

    def forward(self) -> None:
        """To the place that was left by going back."""
        if (here := self._here()) is not None:
            self._show(self.trail.forward(here))

    def follow(self, changed: "Changed") -> None:
        """Remember where something was done; go there when it is taken back or done again."""
        here = self._here()
        if changed.is_new:
            if here is not None:
                self._done_at[changed.command] = here
            return
        place = self._done_at.get(changed.command) or _page_of(changed.tables, here)
        # Once the pages have heard that they are outdated: the row may just have come back.
        QTimer.singleShot(0, self, lambda: self._show(place))

    def _show(self, place: Place | None) -> None:
        if place is not None and place != self._here():
            self._go(place)
        self._say()

    def _say(self) -> None:
        for action, word, place, key in (
            (self._back, tr("Zurück"), self.trail.behind, "view.back"),
            (self._forward, tr("Vor"), self.trail.ahead, "view.forward"),
        ):
            words = f"{word}: {TITLES[place.page]}" if place is not None else word
            action.setEnabled(place is not None)
            action.setText(words)
            action.setToolTip(with_keys(words, key))


def _page_of(tables: frozenset[str], here: Place | None) -> Place | None:
    """The page on which a change of these tables is seen; `here` if it is one of them."""
    able = [page.id for page in PAGES if tables.intersection(page.tables)]
    return here if not able or (here is not None and here.page in able) else Place(able[0])
