"""Where Tab goes next: worked out from what a window shows at that moment, by the anatomy of every page.

Navigation, views, search, filters, tools, main action, list, detail, foot, and round again. Parts say which of these
they are (`in_zone`); within one the keyboard goes as the eye does. No page says an order of its own.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from operator import itemgetter
from typing import TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

W = TypeVar("W", bound=QWidget)
ZONE = "tab_zone"


class Zone(IntEnum):
    """A part of the anatomy, in the order of Tab."""

    NAVIGATION = 0
    VIEWS = 1
    """What is shown of the page at all: its tabs."""
    SEARCH = 2
    FILTERS = 3
    TOOLS = 4
    MAIN = 5
    BODY = 6
    """What belongs to no other: the list."""
    DETAIL = 7
    """What stands beside or below the list; it has an order of its own inside, of these very zones."""
    FOOT = 8
    """The status line of the window, the buttons of a dialog."""


def in_zone(part: W, zone: Zone) -> W:
    """The same widget, which now says where it and all in it belong, as far as that says nothing else."""
    part.setProperty(ZONE, int(zone))
    return part


def focus_place(widget: QWidget) -> QWidget:
    """The control that has the keyboard when `widget` gets it."""
    while (proxy := widget.focusProxy()) is not None:
        widget = proxy
    return widget


def stops(root: QWidget, here: QWidget | None = None) -> list[QWidget]:
    """The controls in `root` that Tab goes to, in order; `here`, which has the keyboard, is one of them in any case."""
    return [control for _, control in sorted(_stops(root, Zone.BODY, here), key=itemgetter(0))]


def go_on(window: QWidget, forward: bool) -> bool:
    """The keyboard goes to the next control of the window, or to the one before; False where there is none."""
    here = QApplication.focusWidget()
    found = stops(window, here)
    if not found:
        return False
    step = 1 if forward else -1
    at = found.index(here) + step if here in found else min(step, 0)
    goal = found[at % len(found)]
    goal.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


def show_in_full(control: QWidget) -> None:
    """Scroll what it stands in until it can be seen."""
    around = control.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(control)
        around = around.parentWidget()


def _stops(part: QWidget, zone: Zone, here: QWidget | None) -> Iterator[tuple[Zone, QWidget]]:
    said = part.property(ZONE)
    zone = zone if said is None else Zone(said)
    if part is here or _is_stop(part):
        yield zone, part
    inner = Zone.BODY if said == Zone.DETAIL else zone
    found = (stop for child in _as_seen(_children(part, here)) for stop in _stops(child, inner, here))
    if said == Zone.DETAIL:
        yield from ((zone, control) for _, control in sorted(found, key=itemgetter(0)))
    else:
        yield from found


def _is_stop(control: QWidget) -> bool:
    """As Qt sees it: what hands the keyboard on is none, what it is handed to may be one."""
    by_tab = control.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and control.isEnabled() and control.focusProxy() is None


def _children(part: QWidget, here: QWidget | None) -> list[QWidget]:
    """What is shown, and what holds the keyboard although it was just hidden: from its place it goes on."""
    children = part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [
        child for child in children if not child.isWindow() and (not child.isHidden() or _holds(child, here))
    ]


def _holds(part: QWidget, here: QWidget | None) -> bool:
    return here is not None and (part is here or part.isAncestorOf(here))


def _as_seen(parts: Sequence[QWidget]) -> list[QWidget]:
    """Neighbours in reading order: cut into rows where nothing lies across, those into columns, and so on."""
    if len(parts) < 2:
        return list(parts)
    for start, end in ((QRect.top, QRect.bottom), (QRect.left, QRect.right)):
        bands: list[list[QWidget]] = []
        reached = 0
        for part in sorted(parts, key=lambda part: start(part.geometry())):
            if not bands or start(part.geometry()) > reached:
                bands.append([])
                reached = end(part.geometry())
            bands[-1].append(part)
            reached = max(reached, end(part.geometry()))
        if len(bands) > 1:
            return [part for band in bands for part in _as_seen(band)]
    return sorted(parts, key=lambda part: (part.y(), part.x()))
