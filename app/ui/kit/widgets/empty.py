"""The empty state of a list: icon, one sentence, one action."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.kit.layout import aligned, column, grow
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.text import button, label

MIDDLE = Qt.AlignmentFlag.AlignHCenter


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
        self.sentence = label(sentence, "strong", wrap=True)
        self.hint = label(hint, "muted", wrap=True)
        self.action = button(action, clicked)
        for words in (self.sentence, self.hint):
            words.setAlignment(MIDDLE)
        column(
            grow(None, 2),
            aligned(IconLabel(icon, lambda colours: colours.border_strong, 44), MIDDLE),
            4,
            self.sentence,
            self.hint,
            8,
            aligned(self.action, MIDDLE),
            grow(None, 3),
            on=self,
            spacing=8,
            margins=24,
        )
        # Not before they have a parent: they would flash as windows of their own.
        self.hint.setVisible(bool(hint))
        self.action.setVisible(bool(action))
