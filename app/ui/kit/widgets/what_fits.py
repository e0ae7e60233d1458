"""Rows one below the other, as many as there is room for: a list for a glance, which does not scroll."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class WhatFits(QWidget):
    """The first `least` rows always find room; the rest is seen as far as the height reaches."""

    def __init__(self, *, least: int, spacing: int) -> None:
        super().__init__()
        self._least, self._spacing = least, spacing
        self._rows: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        """Other rows; the ones before go."""
        for gone in self._rows:
            gone.hide()
            gone.deleteLater()
        self._rows = list(rows)
        for row in rows:
            row.setParent(self)
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        return self._size(len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return self._size(self._least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._place()

    def _size(self, count: int) -> QSize:
        shown = self._rows[:count]
        height = sum(row.sizeHint().height() for row in shown) + self._spacing * max(len(shown) - 1, 0)
        width = max((row.minimumSizeHint().width() for row in shown), default=0)
        return QSize(width, height)

    def _place(self) -> None:
        top = 0
        for place, row in enumerate(self._rows):
            height = row.heightForWidth(self.width()) if row.hasHeightForWidth() else row.sizeHint().height()
            row.setGeometry(0, top, self.width(), height)
            row.setVisible(place < self._least or top + height <= self.height())
            top += height + self._spacing
