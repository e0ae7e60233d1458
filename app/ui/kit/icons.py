"""The program's own icons, drawn from SVG in the colour that the theme and the state of the control ask for."""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from app.resources import RESOURCES
from app.ui.kit.tokens import ICON_SIZE, Tone, tokens

FOLDER = RESOURCES / "icons"
ON_ACCENT = "on_accent"
"""The colour of an icon on the main button."""
TEXT = "text"
MUTED = "muted"


@cache
def drawing(name: str) -> str:
    """The SVG text of an icon. Raises FileNotFoundError for an unknown name."""
    return (FOLDER / f"{name}.svg").read_text("utf-8")


def icon(name: str, colour: Tone | str = MUTED) -> QIcon:
    """An icon that follows the theme. `colour` is a tone or the name of a token."""
    drawing(name)
    return QIcon(_Engine(name, colour))


def paint_icon(painter: QPainter, name: str, rect: QRect | QRectF, colour: QColor) -> None:
    """Draw an icon into a square, crisp at the painter's scale."""
    area = QRectF(rect)
    scale = painter.device().devicePixelRatioF()
    painter.drawPixmap(area.topLeft(), _pixmap(name, colour, area.size().toSize(), scale))


def pixmap(name: str, colour: QColor, size: int = ICON_SIZE) -> QPixmap:
    """A picture of an icon, for labels; as fine as the finest screen."""
    application = QGuiApplication.instance()
    scale = application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0
    return _pixmap(name, colour, QSize(size, size), scale)


def _pixmap(name: str, colour: QColor, size: QSize, scale: float) -> QPixmap:
    key = f"icon:{name}:{colour.name(QColor.NameFormat.HexArgb)}:{size.width()}x{size.height()}@{scale}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    if size.isEmpty():  # no room for it
        return picture
    picture = QPixmap(size * scale)
    picture.fill(Qt.GlobalColor.transparent)
    svg = drawing(name).replace("currentColor", colour.name())
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(picture.width(), picture.height())  # width beyond the square is the gap before a button's word
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(scale)
    QPixmapCache.insert(key, picture)
    return picture


class _Engine(QIconEngine):
    """Draws one icon afresh for each size, state and theme."""

    def __init__(self, name: str, colour: Tone | str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def _ink(self, mode: QIcon.Mode) -> QColor:
        colours = tokens(QGuiApplication.palette())
        if mode == QIcon.Mode.Disabled:
            return QColor(colours.border_strong)
        if isinstance(self._colour, Tone):
            return colours.ink(self._colour)
        return QColor(getattr(colours, self._colour))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(QPoint(0, 0), QSize(side, side))
        square.moveCenter(rect.center())
        paint_icon(painter, self._name, square, self._ink(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        logical = QSize(round(size.width() / scale), round(size.height() / scale))
        return _pixmap(self._name, self._ink(mode), logical, scale)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)
