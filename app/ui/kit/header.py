"""The head of every page: title, the one sentence that answers its question, quiet actions and one main action."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.kit.actions import key_text
from app.ui.kit.layout import column, grow, row
from app.ui.kit.menu import Entries, opens_menu
from app.ui.kit.plain import plain
from app.ui.kit.tab_order import Zone, in_zone
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.text import button, label

NEW = "Ctrl+N"


class PageHeader(QWidget):
    """Title 18 pt, one sentence, secondary buttons, one main button at the right."""

    def __init__(self) -> None:
        super().__init__()
        in_zone(self, Zone.TOOLS)
        self._title = label("", "title")
        self._sentence = label("", "muted", wrap=True)
        self._secondary = FlowLayout(spacing=8, one_line=True, right=True)
        self.primary: QPushButton | None = None
        words = column(self._title, self._sentence, spacing=2)
        self._line = row(grow(words), self._secondary, on=self)

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def set_sentence(self, text: str) -> None:
        """The line that answers the page's question."""
        self._sentence.setText(text)

    def add_beside_title(self, widget: QWidget) -> None:
        """What the whole page depends on, such as a year or a day."""
        self._line.insertWidget(1, in_zone(widget, Zone.FILTERS))

    def add_secondary(self, text: str, clicked: Callable[[], object], icon: str = "") -> QPushButton:
        """A quiet button left of the main one."""
        return self._place(button(text, clicked, icon=icon))

    def add_menu(self, text: str, entries: Entries, icon: str = "") -> QPushButton:
        """A quiet button that opens a menu."""
        return self._place(opens_menu(button(text, icon=icon), entries))

    def add_views(self, bar: QWidget) -> None:
        """The choice between views of the same page, before its buttons."""
        self._secondary.insert(0, in_zone(bar, Zone.VIEWS))

    def set_primary(self, text: str, clicked: Callable[[], object], icon: str = "plus") -> QPushButton:
        """The page's one main button; a second call replaces the first."""
        if self.primary is not None:
            self._secondary.removeWidget(self.primary)
            self.primary.hide()
            self.primary.deleteLater()
        result = in_zone(button(text, clicked, icon=icon, role="primary"), Zone.MAIN)
        QShortcut(
            QKeySequence(NEW), result, result.click
        )  # its own shortcut would go with every other word on it
        result.setToolTip(plain(f"{text} ({key_text(NEW)})"))
        self.primary = result
        self._secondary.addWidget(result)
        return result

    def _place(self, widget: QPushButton) -> QPushButton:
        """Keep the main button at the far right."""
        at = self._secondary.count() - (0 if self.primary is None else 1)
        self._secondary.insert(at, widget)
        return widget
