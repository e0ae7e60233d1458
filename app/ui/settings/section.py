"""The base of the sections of the settings page: a name, a sentence, one action, and room for content."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.kit.layout import Item, add, column


class SettingsSection(QWidget):
    """One section. `action`: words and icon of the page's main button while it is shown, empty: none."""

    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    action: ClassVar[tuple[str, str]] = ("", "")

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._column = column(on=self)

    def refresh(self) -> None:
        """Read and show again."""
        raise NotImplementedError

    def act(self) -> None:
        """What the main button does."""

    def add(self, *items: Item) -> None:
        """Put something below what is there."""
        add(self._column, *items)
