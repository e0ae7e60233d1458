"""What a list shows when it has nothing: icon, one sentence, one action."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.kit import icons
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.text import button, label


class EmptyState(QWidget):
    """Icon, one sentence, and at most one action."""

    def __init__(
        self,
        icon: str,
        sentence: str,
        action: str = "",
        clicked: Callable[[], object] | None = None,
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self.sentence = label(sentence, "strong", wrap=True)
        self.hint = label(hint, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(4)
        for words in (self.sentence, self.hint):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(words)
        self.action = button(action, clicked)
        layout.addSpacing(8)
        layout.addWidget(self.action, alignment=Qt.AlignmentFlag.AlignHCenter)
        # Not before they have a parent: they would flash as windows of their own.
        self.hint.setVisible(bool(hint))
        self.action.setVisible(bool(action))
        layout.addStretch(3)
        self._paint_icon()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()
        super().changeEvent(event)

    def _paint_icon(self) -> None:
        colour = QColor(tokens(self.palette()).border_strong)
        self._picture.setPixmap(icons.pixmap(self._icon, colour, 44))
