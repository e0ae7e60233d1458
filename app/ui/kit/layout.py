"""Rows and columns of widgets, said in one expression instead of one line for each part.

column(
    label("Adressetiketten", "title"),
    row(self.search, STRETCH, self.save_button),
    grow(self.table),
    on=self,
    margins=(24, 20, 24, 16),
)
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

DIALOG_MARGINS: Final = (24, 20, 24, 16)


class Grow(NamedTuple):
    """An item that takes the room that is left, `share` parts of it. Without an item: empty room."""

    item: QWidget | QLayout | None
    share: int = 1


class Aligned(NamedTuple):
    """An item that keeps its size and stands at one side of the room it gets."""

    item: QWidget
    side: Qt.AlignmentFlag


STRETCH: Final = Grow(None)
"""Empty room that takes what is left."""

Item = QWidget | QLayout | Grow | Aligned | int | None
"""A part of a row or column: widget, layout, Grow, Aligned, pixels of empty room; None is passed over."""

Margins = int | tuple[int, int, int, int]
"""All around, or left, top, right, bottom, in pixels."""


def grow(item: QWidget | QLayout | None, share: int = 1) -> Grow:
    """`item` takes the room that is left, `share` parts of it; None: that room stays empty."""
    return Grow(item, share)


def aligned(item: QWidget, side: Qt.AlignmentFlag) -> Aligned:
    """`item` keeps its size and stands at `side`."""
    return Aligned(item, side)


def row(*items: Item, on: QWidget | None = None, spacing: int = 8, margins: Margins = 0) -> QHBoxLayout:
    """Items beside each other; `on` is the widget they belong to."""
    layout = QHBoxLayout() if on is None else QHBoxLayout(on)
    _fill(layout, items, spacing, margins)
    return layout


def column(*items: Item, on: QWidget | None = None, spacing: int = 12, margins: Margins = 0) -> QVBoxLayout:
    """Items below each other; `on` is the widget they belong to."""
    layout = QVBoxLayout() if on is None else QVBoxLayout(on)
    _fill(layout, items, spacing, margins)
    return layout


def grid(
    *,
    on: QWidget | None = None,
    shares: Sequence[int] = (),
    spacing: tuple[int, int] = (12, 8),
    margins: Margins = 0,
) -> QGridLayout:
    """An empty grid, `spacing` between its columns and between its rows; columns get `shares` of the room left."""
    layout = QGridLayout() if on is None else QGridLayout(on)
    layout.setContentsMargins(*_around(margins))
    layout.setHorizontalSpacing(spacing[0])
    layout.setVerticalSpacing(spacing[1])
    for place, share in enumerate(shares):
        layout.setColumnStretch(place, share)
    return layout


def add(layout: QBoxLayout, *items: Item) -> None:
    """Put further items at the end of a row or column."""
    for item in items:
        match item:
            case None:
                pass
            case int():
                layout.addSpacing(item)
            case Grow(None, share):
                layout.addStretch(share)
            case Grow(QWidget() as widget, share):
                layout.addWidget(widget, share)
            case Grow(QLayout() as inner, share):
                layout.addLayout(inner, share)
            case Aligned(widget, side):
                layout.addWidget(widget, 0, side)
            case QWidget():
                layout.addWidget(item)
            case QLayout():
                layout.addLayout(item)


def held(layout: QLayout, role: str = "") -> QWidget:
    """A widget of its own for a layout, so that it can be hidden, framed or scrolled; `role` as in app.qss."""
    holder = QFrame() if role else QWidget()
    if role:
        holder.setProperty("role", role)
    holder.setLayout(layout)
    return holder


def scrolled(widget: QWidget) -> QScrollArea:
    """A frameless area in which `widget` keeps its width and scrolls when it is too tall.

    The keyboard goes to what is inside, not to the area.
    """
    area = _Down()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


class _Down(QScrollArea):
    """Asks for the width that its content needs at least; what stands beside it gives way first."""

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        least = inside.minimumSizeHint().width() if inside is not None else 0
        bar = self.verticalScrollBar().sizeHint().width()
        return super().minimumSizeHint().expandedTo(QSize(least + bar, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def discard(*widgets: QWidget | None) -> None:
    """Take widgets out of the window at once; Qt lets them go, and their places, when it comes to rest."""
    for widget in widgets:
        if widget is not None:
            widget.hide()  # else it would be painted once more over what takes its place
            widget.deleteLater()


def _fill(layout: QBoxLayout, items: Sequence[Item], spacing: int, margins: Margins) -> None:
    layout.setContentsMargins(*_around(margins))
    layout.setSpacing(spacing)
    add(layout, *items)


def _around(margins: Margins) -> tuple[int, int, int, int]:
    return (margins, margins, margins, margins) if isinstance(margins, int) else margins
