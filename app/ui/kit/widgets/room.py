"""Places for content: one that scrolls where the content cannot be made small enough, one that shows one of several."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QStackedWidget, QWidget

UNBOUNDED = QSize(16_777_215, 16_777_215)


class Room(QScrollArea):
    """Lays out `content` like a plain widget would. Nothing in it gets less than its least size, nothing is cut.

    `most`: what it asks of its window at most, in pixels; None: nothing at all, the window may be as small as it likes.
    """

    def __init__(self, content: QLayout, most: QSize | None = UNBOUNDED) -> None:
        super().__init__()
        self.most = most
        self._layout = content
        self._bar_width = 0
        self._inner = QWidget()
        self._inner.setLayout(content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)

    def holds(self, widget: QWidget) -> bool:
        """Whether `widget` is what stands here."""
        return widget.parentWidget() is self._inner

    def minimumSizeHint(self) -> QSize:
        if self.most is None:
            return QSize(0, 0)
        return (self._least() + QSize(self._bar_width, 0)).boundedTo(self.most)

    def sizeHint(self) -> QSize:
        return self._layout.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        self._fill()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inner:
            self._fill()
            self.updateGeometry()
        return done

    def _least(self) -> QSize:
        return self._layout.minimumSize()

    def _fill(self) -> None:
        """The content is as large as the place, or as it must be; out of sight nothing is worked out."""
        if not self.isVisible():
            return
        whole, least = self.maximumViewportSize(), self._least()
        bar = self.verticalScrollBar().sizeHint().width()
        room = QSize(whole)
        for _ in range(2):  # a bar at one side may make the other one necessary
            height = self._least_height(max(room.width(), least.width()))
            room = QSize(
                whole.width() - (bar if height > room.height() else 0),
                whole.height() - (bar if least.width() > room.width() else 0),
            )
        beside = bar if height > room.height() else 0
        if beside != self._bar_width:  # it must not make the content scroll sideways as well
            self._bar_width = beside
            self.updateGeometry()
        self._inner.resize(max(room.width(), least.width()), max(room.height(), height))

    def _least_height(self, width: int) -> int:
        if self._layout.hasHeightForWidth():
            return max(self._layout.minimumHeightForWidth(width), 0)
        return self._least().height()


class Stack(QStackedWidget):
    """One of several widgets; those that are not shown ask for no room."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        if not shown:
            return QSize()
        least = shown.minimumSizeHint().expandedTo(shown.minimumSize())
        layout = shown.layout()
        if layout is not None and layout.hasHeightForWidth():
            lines = layout.minimumHeightForWidth(max(self.width(), least.width()))
            least.setHeight(max(least.height(), lines))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # sentences need another number of lines

    def hasHeightForWidth(self) -> bool:
        return False  # it would be that of the tallest, shown or not
