"""A sentence the person should notice, on a tint of its tone, perhaps with one action."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.ui.kit.accessible import Heard, Role, announce
from app.ui.kit.layout import aligned, grow, row
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.text import button, label, set_property

ICONS = {
    Tone.NEUTRAL: "info",
    Tone.ACCENT: "info",
    Tone.INFO: "info",
    Tone.WARNING: "warning",
    Tone.DANGER: "stop",
    Tone.SUCCESS: "success",
}


class Note(QFrame, Heard):
    """Icon, sentence, and mostly one action at the right."""

    heard_role = Role.Notification

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
        self._icon = IconLabel(ICONS[tone], lambda colours: colours.ink(self._tone), 20)
        self._words = label("", wrap=True, selectable=True)
        self._clicked = clicked
        self.action = button(action, self._go)
        self.setProperty("role", "note")
        icon = aligned(self._icon, Qt.AlignmentFlag.AlignVCenter)
        self._row = row(icon, grow(self._words), self.action, on=self, spacing=10, margins=(12, 8, 12, 8))
        # Not before it has a parent: it would flash as a window of its own.
        self.action.setVisible(bool(action))
        self.set_text(text)
        self.set_tone(tone)

    def add_action(self, text: str, clicked: Callable[[], object], icon: str = "") -> QPushButton:
        """A further action beside the first."""
        added = button(text, clicked, icon=icon)
        self._row.addWidget(added)
        return added

    @property
    def text(self) -> str:
        return self._words.text()

    def set_text(self, text: str) -> None:
        self._words.setText(text)
        self.setAccessibleName(text)

    def set_action(self, text: str, clicked: Callable[[], object]) -> None:
        """Another action at the right."""
        self._clicked = clicked
        self.action.setText(text)
        self.action.show()

    def _go(self) -> None:
        if self._clicked is not None:
            self._clicked()

    def say(self, text: str, tone: Tone | None = None) -> None:
        """Another sentence, perhaps in another tone; nothing to say hides the note."""
        self.set_text(text)
        self.setVisible(bool(text))
        if self.isVisible():
            announce(self, text)
        if tone is not None:
            self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        """Another tone, for instance warning instead of information."""
        self._tone = tone
        set_property(self, "tone", tone.value)
        self._icon.show_icon(ICONS[tone])
