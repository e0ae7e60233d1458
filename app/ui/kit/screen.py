"""Windows stay on their screen: none is larger than its usable area, none begins outside of it."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QStyle, QWidget


def room_on_screen(window: QWidget) -> QRect:
    """Where the inside of a window may lie: the screen without bars of the system and without the window's frame."""
    area = window.screen().availableGeometry()
    inner, outer = window.geometry(), window.frameGeometry()
    if window.isVisible() and outer != inner:
        left, top = inner.left() - outer.left(), inner.top() - outer.top()
        right, bottom = outer.right() - inner.right(), outer.bottom() - inner.bottom()
    else:  # before it is shown nobody knows its frame
        left = right = bottom = window.style().pixelMetric(QStyle.PixelMetric.PM_MdiSubWindowFrameWidth)
        top = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return area.adjusted(left, top, -right, -bottom)


def keep_on_screen(window: QWidget) -> None:
    """Make it as small as its screen asks for, and move it there; what fits already stays as it is."""
    if window.isMaximized() or window.isFullScreen():
        return
    room = keep_size_on_screen(window)
    at = placed(window.geometry().topLeft(), window.size(), room)
    if at != window.geometry().topLeft():
        window.setGeometry(QRect(at, window.size()))


def keep_size_on_screen(window: QWidget) -> QRect:
    """Make it as small as its screen asks for, wherever it is; where its inside may lie."""
    room = room_on_screen(window)
    window.setMinimumSize(window.minimumSize().boundedTo(room.size()))
    size = window.size().boundedTo(room.size())
    if size != window.size():
        window.resize(size)
    return room


def placed(at: QPoint, size: QSize, room: QRect) -> QPoint:
    """The place nearest to `at` where something of this size is inside `room`."""
    return QPoint(
        max(room.left(), min(at.x(), room.right() + 1 - size.width())),
        max(room.top(), min(at.y(), room.bottom() + 1 - size.height())),
    )
