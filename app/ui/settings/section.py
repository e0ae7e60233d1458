"""What the sections of the settings page have in common: a name, a sentence, one action, and room for content."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.kit.layout import Item, add, column
from app.ui.kit.widgets.card import Pane


class SettingsSection(QWidget):
    """One section. `action`: words and icon of the page's main button while it is shown, empty: none."""

    title: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    sentence: ClassVar[str] = ""
    action: ClassVar[tuple[str, str]] = ("", "")

    def __init__(self, context: Context, *, scrolls: bool = True) -> None:
        super().__init__()
        self.context = context
        self._pane = Pane(margin=0, spacing=12, surface=False) if scrolls else None
        self._column = column(self._pane, on=self)

    def refresh(self) -> None:
        """Read and show again."""
        raise NotImplementedError

    def act(self) -> None:
        """What the main button does."""

    def add(self, *items: Item) -> None:
        """Put something below what is there."""
        add(self._column if self._pane is None else self._pane.column, *items)

    def clear(self) -> None:
        """Begin again with nothing; for sections that scroll."""
        if self._pane is not None:
            self._pane.clear()
