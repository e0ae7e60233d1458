"""The column at the left: pages with icon and word, counts as badges; icons alone in a narrow window."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from app.ui.kit.accessible import Heard, Role
from app.ui.kit.actions import key_text
from app.ui.kit.icons import paint_icon
from app.ui.kit.layout import STRETCH, column, grow, row
from app.ui.kit.plain import plain
from app.ui.kit.tab_order import Zone, in_zone
from app.ui.kit.tokens import ICON_SIZE, RADIUS, SPACE, Tone, tokens
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.text import label

WIDE = 208
NARROW = 60
NARROW_BELOW = 1100
"""Window width for text of normal size, in pixels."""
ENTRY_HEIGHT = 40
STEPS = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
"""Arrow keys walk through the entries."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of the window: `path` is "module:Class", imported at the first visit.

    `tables`: what is seen and changed there, of each table one page; there the undoing of an old step is shown.
    """

    id: str
    title: str
    icon: str
    path: str
    shortcut: str
    tables: frozenset[str] = frozenset()
    at_bottom: bool = False


@dataclass(frozen=True, slots=True)
class Badge:
    """A count at a page's entry, and what it counts."""

    count: int
    tone: Tone
    meaning: str


class NavigationEntry(QAbstractButton, Heard):
    """One page's entry."""

    heard_role = Role.ListItem
    heard_selected = False

    def __init__(self, page: PageSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.narrow = False
        self.badge: Badge | None = None
        self.setCheckable(True)
        self.setText(page.title)
        self.setFixedHeight(ENTRY_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # until its page is shown
        self._describe()

    def show_badge(self, badge: Badge | None) -> None:
        self.badge = badge
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW if self.narrow else WIDE, ENTRY_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are the navigation's: Qt takes them for Tab."""
        if event.key() in STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(SPACE, 2, -SPACE, -2)
        ground = colours.accent_tint if self.isChecked() else colours.hover if self.underMouse() else None
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if self.isChecked():
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(area.left(), area.top() + 9, 3, area.height() - 18), 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        ink = QColor(colours.accent if self.isChecked() else colours.muted)
        icon_x = int(area.center().x() - ICON_SIZE / 2) if self.narrow else int(area.left()) + 14
        square = QRect(icon_x, (self.height() - ICON_SIZE) // 2, ICON_SIZE, ICON_SIZE)
        paint_icon(painter, self.page.icon, square, ink)
        if not self.narrow:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            words = area.adjusted(14 + ICON_SIZE + 12, 0, -40 if self.badge else -4, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.badge is not None:
            self._paint_badge(painter, area, self.badge)

    def _paint_badge(self, painter: QPainter, area: QRectF, badge: Badge) -> None:
        colours = tokens(self.palette())
        font = QFont(self.font())
        font.setPointSizeF(max(7.0, font.pointSizeF() - (3 if self.narrow else 1.5)))
        font.setWeight(QFont.Weight.DemiBold)
        text = str(badge.count) if badge.count < 100 else "99+"
        metrics = QFontMetrics(font)
        height = metrics.height() + (0 if self.narrow else 2)
        width = max(height, metrics.horizontalAdvance(text) + 10)
        right = area.right() - (0 if self.narrow else 10)
        top = area.top() if self.narrow else area.center().y() - height / 2
        pill = QRectF(right - width, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.tint(badge.tone))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(colours.ink(badge.tone))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _describe(self) -> None:
        meaning = f", {self.badge.count} {self.badge.meaning}" if self.badge else ""
        self.setAccessibleName(f"{self.page.title}{meaning}")
        self.setToolTip(plain(f"{self.page.title}{meaning} ({key_text(self.page.shortcut)})"))


class _Brand(QWidget):
    """The program's sign and name above the entries."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("Quartiersbüro", "strong")
        sign = IconLabel("logo", lambda colours: colours.ink(Tone.ACCENT), 24)
        row(sign, grow(self.words), on=self, spacing=12, margins=(18, 4, 8, 4))


class Navigation(QFrame, Heard):
    """The entries of all pages; `chosen` says which page she wants to see, `painted` that she sees them at last."""

    heard_role = Role.List

    chosen = Signal(str)
    painted = Signal()

    def __init__(self, pages: Iterable[PageSpec], parent: QWidget | None = None) -> None:
        self.entries: dict[str, NavigationEntry] = {}
        self._painted = False
        super().__init__(parent)
        in_zone(self, Zone.NAVIGATION)
        self.setObjectName("navigation")
        self.setAccessibleName("Seiten")
        self._brand = _Brand()
        top: list[QWidget] = []
        bottom: list[QWidget] = []
        for page in pages:
            entry = NavigationEntry(page, self)
            entry.clicked.connect(lambda _checked=False, page_id=page.id: self.chosen.emit(page_id))
            self.entries[page.id] = entry
            (bottom if page.at_bottom else top).append(entry)
        for at, entry in enumerate(self.entries.values(), 1):
            place = f"Seite {at} von {len(self.entries)}, {key_text(entry.page.shortcut)}"
            entry.setAccessibleDescription(place)
        column(self._brand, SPACE, *top, STRETCH, *bottom, on=self, spacing=0, margins=(0, 12, 0, 12))
        self.set_narrow(False)

    def changeEvent(self, event: QEvent) -> None:
        """The entries keep room for their words in every size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.entries:
            self.fit(self.window().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # when all of it is on the screen

    def fit(self, window_width: int) -> None:
        """Icons alone where the page needs the room: in a narrow window, and earlier with larger text."""
        self.set_narrow(window_width < NARROW_BELOW * self._scale)

    @property
    def _scale(self) -> float:
        return max(1.0, self.font().pointSizeF() / 10)

    def set_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(NARROW if narrow else round(WIDE * self._scale))
        self._brand.words.setVisible(not narrow)
        for entry in self.entries.values():
            entry.narrow = narrow
            entry.update()

    def show_current(self, page_id: str) -> None:
        """Mark the entry of this page; it is the one that Tab goes to, arrow keys walk on from there."""
        for other, entry in self.entries.items():
            entry.heard_selected = other == page_id
            entry.setChecked(other == page_id)
            entry.setFocusPolicy(Qt.FocusPolicy.TabFocus if other == page_id else Qt.FocusPolicy.NoFocus)

    def show_badge(self, page_id: str, badge: Badge | None) -> None:
        """Put a count at a page's entry, or take it away."""
        self.entries[page_id].show_badge(badge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk through the entries."""
        step = STEPS.get(event.key())
        entries = list(self.entries.values())
        focused = next((i for i, entry in enumerate(entries) if entry.hasFocus()), None)
        if step is None or focused is None:
            if focused is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                entries[focused].click()
            else:
                super().keyPressEvent(event)
            return
        entries[(focused + step) % len(entries)].setFocus(Qt.FocusReason.TabFocusReason)
