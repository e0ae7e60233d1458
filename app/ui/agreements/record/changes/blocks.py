"""Pieces of the tab "Änderung und Ende": one block for a thing on record, with what can be done to it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label

Action = tuple[str, Callable[[], object]]


def block(
    title: str,
    below: str = "",
    pill: Pill | None = None,
    actions: Sequence[Action] = (),
    content: QWidget | None = None,
) -> QWidget:
    """Title and state, a quiet line, perhaps more, and links for what can be done."""
    box = QFrame()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 2, 0, 6)
    column.setSpacing(3)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(label(title, "strong", wrap=True, selectable=True), 1)
    if pill is not None:
        head.addWidget(PillLabel(pill), alignment=Qt.AlignmentFlag.AlignTop)
    column.addLayout(head)
    if below:
        column.addWidget(label(below, "muted", wrap=True, selectable=True))
    if content is not None:
        column.addWidget(content)
    if actions:
        line = QWidget()
        flow = FlowLayout(line, 6)
        for text, call in actions:
            flow.addWidget(_link(text, call, title))
        column.addWidget(line)
    return box


def line(text: str, action: str, call: Callable[[], object]) -> QWidget:
    """One quiet line with a link at its right."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(text, wrap=True, selectable=True), 1)
    if action:
        row.addWidget(_link(action, call, text), alignment=Qt.AlignmentFlag.AlignTop)
    return box


def _link(text: str, call: Callable[[], object], about: str) -> QPushButton:
    link = button(text, call, role="link")
    link.setAccessibleName(f"{text}: {about}")
    return link
