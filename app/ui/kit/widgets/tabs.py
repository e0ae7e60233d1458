"""Tabs above a page or a part of it: plain words, changed by mouse, arrows, or the keys Excel uses for its sheets."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar

from app.ui.kit.actions import spec


class Tabs(QTabBar):
    """A bar of tabs. `name` says what they are to who cannot see them. Its keys work while it is shown."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setAccessibleName(name)
        for action, step in (("page.next_tab", 1), ("page.previous_tab", -1)):
            for keys in spec(action).keys:
                QShortcut(QKeySequence(keys), self, lambda step=step: self.step(step))

    def step(self, by: int) -> None:
        """So many tabs further, or back; from the last to the first. What is shown may take the keyboard from here."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setCurrentIndex((self.currentIndex() + by) % self.count())
