"""How a list of changes is laid out: what it is asked for, the sentence that answers, filters, and the table."""

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.kit.form import Field
from app.ui.kit.page import FilterBar
from app.ui.kit.table.table import Table


def lay_out(holder: QWidget, field: Field, sentence: QLabel, filters: FilterBar, table: Table[Any]) -> None:
    """Put the parts into `holder`, one below the other."""
    head = QHBoxLayout()
    head.setSpacing(16)
    head.addWidget(field)
    head.addWidget(sentence, 1)
    tools = QHBoxLayout()
    tools.setSpacing(8)
    tools.addWidget(filters, 1)
    tools.addWidget(table.tools)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(10)
    layout.addLayout(head)
    layout.addLayout(tools)
    layout.addWidget(table, 1)
