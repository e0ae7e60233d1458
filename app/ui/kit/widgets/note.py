"""A sentence the person should notice, on a tint of its tone, perhaps with one action."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.kit import icons
from app.ui.kit.tokens import Tone, tokens
from app.ui.kit.widgets.text import button, label, set_property

ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.INFO: "info",
    Tone.WARNING: "warning",
    Tone.DANGER: "stop",
    Tone.SUCCESS: "success",
}


class Note(QFrame):
    """Icon, sentence, and at most one action at the right."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.INFO,
        action: str = "",
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._icon = QLabel()
        self._words = label(text, wrap=True, selectable=True)
        self.action = button(action, clicked)
        self.setProperty("role", "note")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(10)
        layout.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.action)
        # Not before it has a parent: it would flash as a window of its own.
        self.action.setVisible(bool(action))
        self.set_tone(tone)

    @property
    def text(self) -> str:
        return self._words.text()

    def set_text(self, text: str) -> None:
        self._words.setText(text)
        self.setAccessibleName(text)

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Another sentence, perhaps in another tone; nothing to say hides the note."""
        self.set_text(text)
        self.setVisible(bool(text))
        if tone is not None:
            self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Another tone, for instance warning instead of information."""
        self._tone = tone
        set_property(self, "tone", tone.value)
        self._paint_icon()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_icon()
        super().changeEvent(event)

    def _paint_icon(self) -> None:
        self._icon.setPixmap(icons.pixmap(ICONS[self._tone], tokens(self.palette()).ink(self._tone), 20))
