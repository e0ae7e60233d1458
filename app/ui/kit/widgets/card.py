"""Surfaces that hold things together: cards, titled sections and scrolling panes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QLayout, QScrollArea, QWidget

from app.ui.kit.accessible import Heard, Role
from app.ui.kit.layout import STRETCH, add, column, discard, held, row
from app.ui.kit.timers import later
from app.ui.kit.widgets.flow import EndsFlow
from app.ui.kit.widgets.text import button, label


class Card(QFrame, Heard):
    """A surface with a quiet border. Put things into `column`."""

    heard_role = Role.Grouping

    def __init__(self, title: str = "", *, margin: int = 16, spacing: int = 10) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title = label(title, "section")
        self.setAccessibleName(title)
        self._head = row(self._title, STRETCH)
        margins = (margin, margin - 2, margin, margin)
        self.column = column(self._head if title else None, on=self, spacing=spacing, margins=margins)

    def set_title(self, text: str) -> None:
        self._title.setText(text)
        self.setAccessibleName(text)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.column.addWidget(widget, stretch)

    def add_action(self, text: str, clicked: Callable[[], object]) -> None:
        """A link at the right of the title."""
        self._head.addWidget(button(text, clicked, role="link"))


class Section(QWidget, Heard):
    """A title, perhaps with a link at its right, and what belongs to it; no box around."""

    heard_role = Role.Grouping

    def __init__(
        self,
        title: str,
        content: QWidget | None = None,
        action: str = "",
        clicked: Callable[[], object] | None = None,
        *,
        spacing: int = 6,
    ) -> None:
        super().__init__()
        self.title = label(title, "section")
        self.setAccessibleName(title)
        link = button(action, clicked, role="link") if action else None
        self.column = column(EndsFlow(self.title, link), content, on=self, spacing=spacing)

    def add(self, widget: QWidget) -> None:
        self.column.addWidget(widget)

    def fill(self, *widgets: QWidget, nothing: str = "") -> Self:
        """Add all of these; where there are none, say `nothing`. The same section, to be handed on."""
        add(self.column, *widgets)
        if self.column.count() == 1 and nothing:
            self.add(label(nothing, "muted", wrap=True))
        return self


class Pane(QScrollArea):
    """A column that scrolls when it is longer than its room, for details beside a list.

    `fills`: what stands in it takes the height there is. What it held goes when Qt comes to rest, not at once: it is
    often filled anew by the very click on something in it. Filled anew, the keyboard stays where it was: at the
    control with the same words, or else at the one that now has the place of the one that held it.
    """

    def __init__(
        self, *, margin: int = 16, spacing: int = 18, surface: bool = True, fills: bool = False
    ) -> None:
        super().__init__()
        self._fills = fills
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._margin, self._spacing = margin, spacing
        self._held, self._held_words = 0, ""
        self._hold = later(self, self._give_back)
        self.setProperty("role", "pane" if surface else "plain")
        self.column = column()
        self.clear()

    def clear(self) -> None:
        """An empty column again; what was in it goes."""
        controls, focused = self._controls(), self.window().focusWidget()
        if focused in controls:
            self._held, self._held_words = controls.index(focused), _words(focused)
            self._hold.start()
        if self.widget():
            discard(self.takeWidget())  # else setWidget would delete it at once
        canvas = QWidget()
        canvas.setProperty("role", "canvas")
        self.column = column(spacing=self._spacing, margins=self._margin)
        # Not aligned at the top: Qt would take its height from lines as long as they like to be.
        column(held(self.column), None if self._fills else STRETCH, on=canvas, spacing=0)
        self.setWidget(canvas)  # whose events come to eventFilter

    @contextmanager
    def refilled(self, *, same: bool) -> Iterator[None]:
        """The column is empty and filled anew inside; the scroll position stays while it is about the same thing."""
        scrolled = self.verticalScrollBar().value() if same else 0
        self.clear()
        yield
        self._settle()
        self.verticalScrollBar().setValue(scrolled)

    def _settle(self) -> None:
        """At once: else lines would be seen squeezed, and the scroll bar would learn its range a turn later."""
        canvas = self.widget()
        layout = canvas.layout() if canvas else None
        if layout is None or not self.isVisible():
            return
        for place in range(self.column.count()):
            item = self.column.itemAt(place)
            part = item.widget() if item else None
            if part is not None and not part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                part.show()
        layout.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def add(self, widget: QWidget) -> None:
        self.column.addWidget(widget)

    def _controls(self) -> list[QWidget]:
        canvas = self.widget()
        found = canvas.findChildren(QWidget) if canvas else []
        return [one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus and not one.isHidden()]

    def _give_back(self) -> None:
        controls = self._controls()
        alike = [place for place, one in enumerate(controls) if _words(one) == self._held_words]
        place = min(alike, key=lambda place: abs(place - self._held), default=self._held)
        if controls:
            controls[min(place, len(controls) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """As wide as its column must be: it scrolls down, never sideways, so nothing may be cut at the right."""
        needed = self.column.minimumSize().width() + self.verticalScrollBar().sizeHint().width()
        return super().minimumSizeHint().expandedTo(QSize(needed, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


def _words(control: QWidget) -> str:
    """What a control is called, as it stands on it or is heard."""
    return control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")


def carded(widget: QWidget) -> QFrame:
    """A widget that fills a surface with a quiet border."""
    card = QFrame()
    card.setProperty("role", "card")
    column(widget, on=card, margins=1)
    return card


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        if (widget := item.widget()) is not None:
            discard(widget)
        elif (inner := item.layout()) is not None:
            clear_layout(inner)
