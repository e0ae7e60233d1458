"""How many rows end in which state, as big buttons that filter the list below."""

from collections.abc import Mapping
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.kit.explained import explain
from app.ui.kit.icons import paint_icon
from app.ui.kit.layout import STRETCH, row
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.painting import painting, strong_font, write

S = TypeVar("S", bound=str)


class StateButton(QAbstractButton):
    """Count and word of a state; pressed: only these rows are shown."""

    def __init__(self, state: Pill) -> None:
        super().__init__()
        self._state = state
        self._count = 0
        self._note = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    @property
    def count(self) -> int:
        """How many rows are in this state."""
        return self._count

    @property
    def words(self) -> str:
        """The word of the state, and what else is to be said of its rows."""
        return f"{self._state.text}, {self._note}" if self._note else self._state.text

    def set_count(self, count: int, note: str = "") -> None:
        """Another count; without any row the button cannot be pressed. `note`: how many of them are still open."""
        self._count, self._note = count, note
        self.setText(f"{count} {self.words}")
        self.setAccessibleName(self.text())
        self.setEnabled(count > 0)
        if count == 0:
            self.setChecked(False)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        figure = QFontMetrics(self._figure_font())
        words = QFontMetrics(self.font())
        width = max(figure.horizontalAdvance(str(self._count)) + 26, words.horizontalAdvance(self.words))
        return QSize(max(width + 32, 112), figure.height() + words.height() + 16)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _figure_font(self) -> QFont:
        font = strong_font(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.6)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            ink = colours.ink(self._state.tone) if self.isEnabled() else QColor(colours.muted)
            ground = colours.tint(self._state.tone) if self.isChecked() else QColor(colours.surface)
            if self.underMouse() and self.isEnabled() and not self.isChecked():
                ground = QColor(colours.hover)
            edge = (
                QColor(colours.accent)
                if self.hasFocus()
                else ink
                if self.isChecked()
                else QColor(colours.border)
            )
            painter.setBrush(ground)
            painter.setPen(QPen(edge, 2 if self.hasFocus() or self.isChecked() else 1))
            painter.drawRoundedRect(area, 8, 8)
            inner = area.adjusted(14, 6, -14, -6)
            painter.setFont(self._figure_font())
            painter.setPen(ink)
            height = painter.fontMetrics().height()
            write(painter, QRectF(inner.left(), inner.top(), inner.width(), height), str(self._count))
            size = 18.0
            at = QRectF(inner.right() - size, inner.top() + (height - size) / 2, size, size)
            paint_icon(painter, self._state.icon, at, ink)
            painter.setFont(self.font())
            painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
            write(painter, inner.adjusted(0, height, 0, 0), self.words)


class StateFilter(QWidget):
    """A button for each state; none pressed means all rows. `contains`: what is counted on them."""

    changed = Signal(frozenset)  # keys of the pressed states

    def __init__(self, states: Mapping[S, Pill], contains: Mapping[S, str]) -> None:
        super().__init__()
        self.buttons: dict[str, StateButton] = {key: StateButton(state) for key, state in states.items()}
        for key, words in contains.items():
            explain(self.buttons[key], words)
        row(*self.buttons.values(), STRETCH, on=self)
        for one in self.buttons.values():
            one.toggled.connect(lambda _checked: self.changed.emit(self.chosen))

    @property
    def chosen(self) -> frozenset[str]:
        """Keys of the states whose buttons are pressed."""
        return frozenset(key for key, one in self.buttons.items() if one.isChecked())

    def set_counts(self, counts: Mapping[S, int], notes: Mapping[str, str] | None = None) -> None:
        """Counts by state, and what else is to be said of some."""
        for key, count in counts.items():
            self.buttons[key].set_count(count, (notes or {}).get(key, ""))

    def choose(self, *keys: str) -> None:
        """Press these and no others."""
        for key, one in self.buttons.items():
            one.setChecked(key in keys and one.count > 0)
