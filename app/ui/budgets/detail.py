"""Shows what a figure of the matrix is made of: bookings, commitments and transfers of the chosen budgets."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.ui.bookings.bookings_list import BookingsList
from app.ui.budgets.commitments_list import CommitmentsList
from app.ui.budgets.lines import BudgetLine
from app.ui.budgets.transfers_list import TransfersList
from app.ui.context import Context
from app.ui.kit.layout import STRETCH, column, grow, held, row
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.tabs import Tabs
from app.ui.kit.widgets.text import icon_button, label

TAB_OF = {"committed": 1, "transfers": 2}
"""Column of the matrix -> tab; all other figures lead to the bookings."""
TITLES = ("Buchungen", "Mittelbindungen", "Umschichtungen")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked into: budgets, with `unassigned_year` the bookings without one, with `income_year` all income."""

    trail: tuple[str, ...]
    budget_ids: tuple[int, ...] = ()
    unassigned_year: int | None = None
    income_year: int | None = None
    overspending_reason: str | None = None
    key: str = ""


def subject_of(line: BudgetLine) -> Subject:
    """The budgets of a line, and why the one budget is overspent if it is."""
    if line.row is None:
        return Subject((line.name,), line.budget_ids, key=line.key)
    reason = line.row.overspending_reason if line.figures.overspent_cents > 0 else None
    trail = (line.row.quarter or "Ohne Quartier", line.name)
    return Subject(trail, line.budget_ids, overspending_reason=reason, key=line.key)


class Detail(QWidget):
    """Trail, tabs with counts, tools of the tab, the list."""

    def __init__(
        self, context: Context, close: Callable[[], object], assign: Callable[[list[int]], object]
    ) -> None:
        super().__init__()
        self.subject: Subject | None = None
        self.bookings = BookingsList(context, assign)
        self.commitments = CommitmentsList(context)
        self.transfers = TransfersList(context)
        self.trail = label("", "strong")
        self.reason = Note(tone=Tone.WARNING)
        self.tabs = Tabs(", ".join(TITLES))
        self.tabs.setUsesScrollButtons(False)
        self._stack = Stack()
        for title, page in zip(TITLES, (self.bookings, self.commitments, self.transfers), strict=True):
            self.tabs.addTab(title)
            self._stack.addWidget(page)
        tools = (self.bookings.tools, self.commitments.tools, self.transfers.tools)
        self._tools = [held(row(STRETCH, *one, spacing=4)) for one in tools]
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.tabs.currentChanged.connect(self._show_tools)
        closing = icon_button("x", "Einzelheiten schließen", close)
        column(
            row(self.trail, self.tabs, STRETCH, *self._tools, closing, spacing=12),
            self.reason,
            grow(self._stack),
            on=self,
            spacing=6,
        )
        self._show_tools(0)

    def show_subject(self, subject: Subject, column: str = "") -> None:
        """Show what is behind a figure; `column` names it and chooses the tab."""
        self.subject = subject
        if column:
            self.tabs.setCurrentIndex(TAB_OF.get(column, 0))
        self.trail.setText(" › ".join(subject.trail))
        reason = subject.overspending_reason
        self.reason.say("" if reason is None else f"Grund für die Überziehung: {reason}")
        of_budgets = subject.unassigned_year is None and subject.income_year is None
        for tab in (1, 2):
            self.tabs.setTabVisible(tab, of_budgets)
        for tab, (title, count) in enumerate(zip(TITLES, self._show_lists(subject), strict=True)):
            self.tabs.setTabText(tab, f"{title} ({count})")

    def _show_lists(self, subject: Subject) -> tuple[int, int, int]:
        """How many bookings, commitments and transfers there are."""
        if subject.unassigned_year is not None:
            return self.bookings.show_unassigned(subject.unassigned_year), 0, 0
        if subject.income_year is not None:
            return self.bookings.show_income(subject.income_year), 0, 0
        ids = subject.budget_ids
        return (
            self.bookings.show_budgets(ids),
            self.commitments.show_budgets(ids),
            self.transfers.show_budgets(ids),
        )

    def _show_tools(self, tab: int) -> None:
        for place, tools in enumerate(self._tools):
            tools.setVisible(place == tab)
