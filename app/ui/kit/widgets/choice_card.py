"""A large button that offers a way to go: icon, title, one sentence."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.ui.kit.layout import STRETCH, column
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.text import PushButton, label


class ChoiceCard(PushButton):
    """One of a few ways that stand side by side."""

    def __init__(self, picture: str, title: str, about: str) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column(
            IconLabel(picture, lambda colours: colours.ink(Tone.ACCENT), 24),
            label(title, "strong"),
            label(about, "caption", wrap=True),
            STRETCH,
            on=self,
            spacing=6,
            margins=16,
        )
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """What stands in it, not its word as of other buttons."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return super().minimumSizeHint() if layout is None else layout.minimumSize()
