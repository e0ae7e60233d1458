"""Labels in the few styles that the look knows, and buttons made in one line."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from app.ui.kit import icons
from app.ui.kit.accessible import Heading
from app.ui.kit.plain import AsWritten, plain
from app.ui.kit.tokens import ICON_SIZE, Tone
from app.ui.kit.widgets.words import LEAST_LETTERS, Words

BUTTON_ICON = QSize(22, 18)
"""An icon of 18 pixels; the rest is empty. Qt puts 4 pixels before a button's word, the look asks for 8."""


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and let the style look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


HEADINGS = {"title": 1, "section": 2}
"""Labels that are headings, with their level."""


class _Title(Words, Heading):
    """Words above what belongs to them."""


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label; roles: title, section, figure, strong, muted, caption, field, error (resources/style/app.qss)."""
    result = _Title() if role in HEADINGS else Words()
    if isinstance(result, _Title):
        result.heard_level = HEADINGS[role]
    result.setText(text)
    if role:
        result.setProperty("role", role)
    result.setWordWrap(wrap)
    if selectable:
        result.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return result


def say(words: QLabel, text: str) -> None:
    """Another text for a label; nothing to say hides it."""
    words.setText(text)
    show_if(words, bool(text))


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide it. What stands nowhere yet is at most hidden: shown, it would be a window of its own.

    Such a window blinks and closes the menu that is open, for instance over the list whose detail is made.
    """
    if not wanted or widget.parentWidget() is not None:
        widget.setVisible(wanted)


def search_field(placeholder: str, name: str) -> QLineEdit:
    """A line to search with; `name` is what a screen reader says."""
    result = QLineEdit()
    result.setPlaceholderText(placeholder)
    result.setAccessibleName(name)
    result.setClearButtonEnabled(True)
    return result


class PushButton(AsWritten, QPushButton):
    """Return presses it while it has the keyboard. An auto default would do so too, and take Return from fields.

    A long name in it is cut where room is short, and said in full on hover.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._explains = False
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if len(self.text()) <= LEAST_LETTERS:
            return hint
        metrics = self.fontMetrics()
        around = hint.width() - metrics.horizontalAdvance(self.text())
        least = around + LEAST_LETTERS * metrics.averageCharWidth()
        return QSize(min(hint.width(), least), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        missing = self.sizeHint().width() - self.width()
        cut = missing > 0 and len(self.text()) > LEAST_LETTERS
        if cut or self._explains:
            self._explain(cut)
        if not cut:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.fontMetrics().horizontalAdvance(self.text()) - missing
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        option.text = shown.replace("&", "&&")
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()

    def _explain(self, cut: bool) -> None:
        if cut and not self.toolTip():
            self._explains = True
            self.setToolTip(plain(self.text()))
        elif not cut:
            self._explains = False
            self.setToolTip("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier  # Ctrl+Enter saves a form
        if alone and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


def button(
    text: str, clicked: Callable[[], object] | None = None, *, icon: str = "", role: str = "", tip: str = ""
) -> QPushButton:
    """A button; roles: primary, quiet, link, danger, chip, or none for an ordinary one."""
    result = PushButton(text)
    if role:
        result.setProperty("role", role)
    if icon:
        colour = {"primary": icons.ON_ACCENT, "danger": Tone.DANGER, "link": Tone.ACCENT}.get(
            role, icons.MUTED
        )
        result.setIcon(icons.icon(icon, colour))
        result.setIconSize(BUTTON_ICON)
    if tip:
        result.setToolTip(plain(tip))
    result.setAutoDefault(False)
    if clicked is not None:
        result.clicked.connect(lambda _checked=False: clicked())
    return result


def icon_button(icon: str, name: str, clicked: Callable[[], object] | None = None) -> QToolButton:
    """A button of an icon alone; `name` is its tooltip and what a screen reader says."""
    result = QToolButton()
    result.setIcon(icons.icon(icon))
    result.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    result.setToolTip(plain(name))
    result.setAccessibleName(name)
    result.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if clicked is not None:
        result.clicked.connect(lambda _checked=False: clicked())
    return result


def rule() -> QFrame:
    """A quiet horizontal line."""
    result = QFrame()
    result.setProperty("role", "rule")
    result.setFixedHeight(1)
    return result
