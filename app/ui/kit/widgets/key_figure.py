"""One figure that matters, with its name and what to hold it against."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.text import label, set_property


class KeyFigure(QFrame):
    """Name, figure, note. `set_clickable` makes it lead to what is behind the figure."""

    clicked = Signal()

    def __init__(
        self,
        name: str,
        figure: str = "",
        note: str = "",
        *,
        tone: Tone = Tone.NEUTRAL,
        framed: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._clickable = False
        self.setProperty("role", "card" if framed else "keyfigure")
        self._caption = label(name, "caption", wrap=True)
        self._figure = label("", "figure")
        self._note = label("", "caption", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*((16, 12, 16, 12) if framed else (6, 4, 6, 4)))
        layout.setSpacing(2)
        for words in (self._caption, self._figure, self._note):
            layout.addWidget(words)
        layout.addStretch(1)
        self.set_figure(figure, note, tone)

    def set_figure(self, figure: str, note: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        """Another value; danger colours it."""
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        set_property(self._figure, "tone", tone.value)
        self.setAccessibleName(f"{self._name}: {figure} {note}".strip())

    def set_clickable(self, tip: str = "") -> None:
        """It can be clicked and reached by keyboard."""
        self._clickable = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip)
        set_property(self, "clickable", True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._clickable and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
            return
        super().keyPressEvent(event)
