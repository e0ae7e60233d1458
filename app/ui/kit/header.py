"""The head of every page: title, the one sentence that answers its question, quiet actions and one main action."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from app.ui.kit import icons
from app.ui.kit.actions import key_text
from app.ui.kit.widgets.text import button, label

MenuEntry = tuple[str, str, Callable[[], object]]
"""Text, icon name (or ""), what happens."""


class PageHeader(QWidget):
    """Title 18 pt, one sentence, secondary buttons, one main button at the right."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(title, "title")
        self._sentence = label("", "muted", wrap=True)
        self._secondary = QHBoxLayout()
        self._secondary.setSpacing(8)
        self.primary: QPushButton | None = None
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        layout.addLayout(self._secondary)

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

    def add_secondary(self, text: str, clicked: Callable[[], object], icon: str = "") -> QPushButton:
        """A quiet button left of the main one."""
        result = button(text, clicked, icon=icon)
        self._place(result)
        return result

    def add_menu(self, text: str, entries: Sequence[MenuEntry], icon: str = "") -> QPushButton:
        """A quiet button that opens a menu."""
        result = button(text, icon=icon)
        result.setProperty("menu", True)
        menu = QMenu(result)
        for words, picture, call in entries:
            action = menu.addAction(words)
            if picture:
                action.setIcon(icons.icon(picture))
            action.triggered.connect(lambda _checked=False, call=call: call())
        result.setMenu(menu)
        self._place(result)
        return result

    def add_views(self, bar: QWidget) -> None:
        """The choice between views of the same page, before its buttons."""
        self._secondary.insertWidget(0, bar)
        self._secondary.insertSpacing(1, 12)

    def set_primary(
        self, text: str, clicked: Callable[[], object], icon: str = "plus", keys: str = "Ctrl+N"
    ) -> QPushButton:
        """The page's one main button; a second call replaces the first."""
        if self.primary is not None:
            self._secondary.removeWidget(self.primary)
            self.primary.hide()
            self.primary.deleteLater()
        result = button(text, clicked, icon=icon, role="primary")
        if keys:
            result.setShortcut(QKeySequence(keys))
            result.setToolTip(f"{text} ({key_text(keys)})")
        self.primary = result
        self._secondary.addWidget(result)
        return result

    def _place(self, widget: QPushButton) -> None:
        """Keep the main button at the far right."""
        at = self._secondary.count() - (0 if self.primary is None else 1)
        self._secondary.insertWidget(at, widget)
