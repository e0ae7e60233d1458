"""Makes the entries of lists in an agreement's record: title and pill, quieter words, links for what can be done."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.ui.kit.layout import aligned, column, grow, held, row
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import flowing
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label

TOP = Qt.AlignmentFlag.AlignTop


class Link(NamedTuple):
    """Something that can be done. `name` is what a screen reader says, else the words and the block's title."""

    text: str
    call: Callable[[], object]
    name: str = ""


def block(
    title: str,
    *below: str | QWidget,
    pill: Pill | None = None,
    links: Sequence[Link] = (),
) -> QWidget:
    """Title and state, below them quiet lines or widgets, then links; empty lines are left out."""
    return held(
        column(
            row(
                grow(label(title, "strong", wrap=True, selectable=True)),
                None if pill is None else aligned(PillLabel(pill), TOP),
            ),
            *(_quiet(one) if isinstance(one, str) else one for one in below if one),
            flowing(*(link(one, title) for one in links), spacing=12) if links else None,
            spacing=3,
            margins=(0, 2, 0, 6),
        )
    )


def two_lines(first: str, second: str = "", right: QWidget | None = None) -> QWidget:
    """Words, smaller ones below them, and something small at the right."""
    return held(
        row(
            grow(
                column(
                    label(first, wrap=True, selectable=True),
                    label(second, "caption", wrap=True, selectable=True) if second else None,
                    spacing=1,
                )
            ),
            None if right is None else aligned(right, TOP),
        )
    )


def link(one: Link, about: str) -> QPushButton:
    """A link of a block about something."""
    made = button(one.text, one.call, role="link")
    made.setAccessibleName(one.name or f"{one.text}: {about}")
    return made


def _quiet(words: str) -> QWidget:
    return label(words, "muted", wrap=True, selectable=True)
