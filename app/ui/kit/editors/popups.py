"""Lists that open below a field: as wide as their words, so that the part that differs can be read."""

import sys

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from app.ui.kit.screen import placed
from app.ui.kit.widgets.words import LEAST_LETTERS

AROUND = 40
"""Pixels around the words of a list: its frame, the room beside them, the scroll bar."""
BESIDE = 4
"""Pixels that the style keeps free beside the words in the field."""
MEASURED_WORDS = 300
MOST_LETTERS = 40
"""A field of choices is made wide for no longer words."""


def widen(popup: QAbstractItemView) -> None:
    """As wide as its longest words, as far as the screen goes; beyond, they lose their middle."""
    model, metrics = popup.model(), popup.fontMetrics()
    rows = range(min(model.rowCount(popup.rootIndex()), MEASURED_WORDS))
    texts = (str(model.index(row, 0, popup.rootIndex()).data() or "") for row in rows)
    widest = max(map(metrics.horizontalAdvance, texts), default=0)
    room = popup.screen().availableGeometry()
    popup.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    popup.setMinimumWidth(min(widest + AROUND, room.width()))
    if popup.isWindow():
        popup.move(placed(popup.pos(), popup.size().expandedTo(popup.minimumSize()), room))


class Completer(QCompleter):
    """Proposes what contains the typed words; its list is as wide as they are."""

    def __init__(self, *source: QObject) -> None:
        super().__init__(*source)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QAbstractItemView):
            widen(watched)
        return super().eventFilter(watched, event)


class Combo(QComboBox):
    """A box of choices that no long name bursts: its own words are cut with "…", its list is as wide as they are.

    `narrow`: its width does not depend on its words at all.
    """

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # also to those that come later
        if narrow:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(8)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.setAccessibleDescription("")

    def setAccessibleDescription(self, words: str) -> None:
        """On Linux Qt gives out the chosen words as the name, so the field's own name is told before what else is."""
        own = self.accessibleName() if sys.platform == "linux" and not self.isEditable() else ""
        super().setAccessibleDescription(". ".join(filter(None, (own, words))))

    def sizeHint(self) -> QSize:
        return self._bounded(super().sizeHint(), MOST_LETTERS)

    def minimumSizeHint(self) -> QSize:
        return self._bounded(super().minimumSizeHint(), LEAST_LETTERS)

    def showPopup(self) -> None:
        widen(self.view())  # only now: the list is made of ten widgets
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        place = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, place.width() - BESIDE
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _bounded(self, hint: QSize, letters: int) -> QSize:
        most = letters * self.fontMetrics().averageCharWidth() + AROUND
        return QSize(min(hint.width() + BESIDE, most), hint.height())
