"""The state of a goal as a pill that opens a menu of states."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton

from app.domain.agreements.agreements import GoalState
from app.domain.terms import word
from app.ui.agreements.pills import GOAL_STATES
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import paint_pill, pill_size

MARGIN = 2


class GoalStateButton(QToolButton):
    """Shows a state; choosing another one calls `chosen`."""

    def __init__(
        self,
        name: str,
        state: GoalState,
        chosen: Callable[[GoalState], object],
    ) -> None:
        super().__init__()
        self._pill = GOAL_STATES[state]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{name}: {word(state)}")
        self.setToolTip("Stand des Ziels ändern")
        opens_menu(
            self,
            (
                Entry(pill.text, partial(chosen, other), pill.icon)
                for other, pill in GOAL_STATES.items()
                if other is not state
            ),
        )

    def sizeHint(self) -> QSize:
        size = pill_size(self._pill, self.font())
        return QSize(round(size.width()) + 2 * MARGIN + 1, round(size.height()) + 2 * MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = QGuiApplication.palette()  # a tool button's own one is see-through, neither light nor dark
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        paint_pill(painter, area, self._pill, self.font(), palette)
        if self.hasFocus() or self.underMouse():
            colours = tokens(palette)
            ink = colours.accent if self.hasFocus() else colours.border_strong
            painter.setPen(QPen(QColor(ink), 2 if self.hasFocus() else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), self.height() / 2, self.height() / 2
            )
        painter.end()
