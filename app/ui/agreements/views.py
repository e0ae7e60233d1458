"""The views of the agreements page, as a table: each answers one question about all agreements together."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.context import Context


@dataclass(frozen=True, slots=True)
class TabSpec:
    """A view or a tab: its title, and the class that is imported at its first visit."""

    id: str
    title: str
    path: str


VIEWS: tuple[TabSpec, ...] = (
    TabSpec("register", "Register", "app.ui.agreements.register:RegisterView"),
    TabSpec("goals", "Ziele", "app.ui.agreements.goals_overview:GoalsView"),
    TabSpec("cooperation", "Kooperation", "app.ui.agreements.cooperation:CooperationView"),
    TabSpec("templates", "Vorlagen", "app.ui.agreements.templates.view:TemplatesView"),
)


Primary = tuple[str, Callable[[], object]]
"""The main button of the page while a view is shown: its words, and what it does."""


class AgreementsView(QWidget):
    """One view. `refresh()` reads what it shows; the page says when.

    `record_wanted(id)`: open that agreement; `tab_wanted(id, tab)`: at a tab of its record.
    """

    record_wanted = Signal(int)
    tab_wanted = Signal(int, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def refresh(self) -> str:
        """Read and show again; the sentence that answers the view's question."""
        raise NotImplementedError

    def primary(self) -> Primary | None:
        """The main button, if the view has one."""
        return None

    def place(self) -> int | None:
        """The agreement that is current in the view, if it has single ones."""
        return None

    def open_record(self, record_id: int) -> None:
        """Show this agreement in the view; a view without single agreements stays."""
