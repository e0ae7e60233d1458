"""Places that take files: dropped on them, or pasted."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QImageWriter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.kit.tokens import RADIUS
from app.ui.kit.widgets.painting import painting


class FileDrop(QFrame):
    """A frame that takes files, or one file at a time; while they are held over it, a dashed frame says so."""

    dropped = Signal(list)  # of Path

    def __init__(self, parent: QWidget | None = None, *, single: bool = False) -> None:
        super().__init__(parent)
        self._single = single
        self._over = _Veil(self)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes(event.mimeData()):
            _copy(event)
            self._over.setGeometry(self.rect())
            self._over.raise_()
            self._over.show()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        _copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over.hide()
        if self._takes(event.mimeData()):
            _copy(event)
            self.dropped.emit(files_of(event.mimeData()))

    def _takes(self, data: QMimeData) -> bool:
        files = files_of(data)
        return len(files) == 1 if self._single else bool(files)


def _copy(event: QDropEvent) -> None:
    """Whoever drags is told "copied": told "moved", as is proposed on one disk, Explorer would delete the file."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


class _Veil(QWidget):
    """Lies over everything in the frame; events go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as (painter, colours):
            tint = QColor(colours.accent_tint)
            tint.setAlpha(140)
            painter.setBrush(tint)
            pen = QPen(QColor(colours.accent), 2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def files_of(data: QMimeData) -> list[Path]:
    """The files of this computer that are dragged or lie in the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def picture_of(data: QMimeData) -> bytes | None:
    """A picture in the clipboard, as PNG."""
    image = QImage(data.imageData()) if data.hasImage() else QImage()
    if image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
