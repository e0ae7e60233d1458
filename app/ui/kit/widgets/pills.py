"""A pill as a widget of its own."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.accessible import Heard
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.painting import paint_pill, painting, pill_size


class PillLabel(QWidget, Heard):
    """Shows one state: icon, word, tint."""

    def __init__(self, pill: Pill | None = None) -> None:
        super().__init__()
        self._pill = pill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_pill(pill)

    def set_pill(self, pill: Pill | None) -> None:
        """Another state; None: nothing is shown."""
        self._pill = pill
        self.setAccessibleName(pill.text if pill else "")
        if pill is None:
            self.hide()
        elif self.parent() is not None:
            # Without a place of its own it would open as a window and take the keyboard.
            self.show()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._pill is None:
            return QSize(0, 0)
        size = pill_size(self._pill, self.font())
        return QSize(int(size.width()) + 2, int(size.height()) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pill is not None:
            with painting(self) as (painter, _):
                paint_pill(painter, QRectF(self.rect()), self._pill, self.font(), self.palette())
