"""The state of a goal as a pill that opens a menu of states."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton

from app.domain.agreements.agreements import GoalState
from app.ui.agreements.pills import GOAL_STATES
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.painting import paint_focus, paint_pill, painting, pill_size

MARGIN = 2


class GoalStateButton(QToolButton):
    """Shows a state; choosing another one calls `chosen`."""

    def __init__(self, name: str, state: GoalState, chosen: Callable[[GoalState], object]) -> None:
        super().__init__()
        self._pill = GOAL_STATES[state]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{name}: {state.word}")
        self.setToolTip("Stand des Ziels ändern")
        others = {other: pill for other, pill in GOAL_STATES.items() if other is not state}
        opens_menu(
            self, (Entry(pill.text, partial(chosen, other), pill.icon) for other, pill in others.items())
        )

    def sizeHint(self) -> QSize:
        size = pill_size(self._pill, self.font())
        return QSize(round(size.width()) + 2 * MARGIN + 1, round(size.height()) + 2 * MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = QGuiApplication.palette()  # a tool button's own one is see-through, neither light nor dark
        with painting(self) as (painter, _):
            area = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            paint_pill(painter, area, self._pill, self.font(), palette)
            radius = self.height() / 2
            if self.hasFocus():
                paint_focus(painter, QRectF(self.rect()), palette, radius)
            elif self.underMouse():
                painter.setPen(QPen(QColor(tokens(palette).border_strong), 1))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
