"""The card beside a list that tells all about the row chosen there."""

from PySide6.QtWidgets import QFrame, QStackedLayout

from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.empty import EmptyState


class DetailCard(QFrame):
    """Fill `pane`, then `show_pane`; until then an icon and a sentence say that nothing is chosen."""

    def __init__(self, icon: str, nothing: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.pane = Pane(margin=18, spacing=14, surface=False)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(EmptyState(icon, nothing))
        self._stack.addWidget(self.pane)

    def show_pane(self, shown: bool) -> None:
        """The pane, or the sentence that nothing is chosen."""
        self._stack.setCurrentIndex(int(shown))
