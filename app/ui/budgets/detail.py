"""What is behind a figure of the matrix: bookings, commitments and transfers of the chosen budgets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.bookings.bookings_list import BookingsList
from app.ui.budgets.commitments_list import CommitmentsList
from app.ui.budgets.transfers_list import TransfersList
from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.tabs import Tabs
from app.ui.kit.widgets.text import icon_button, label

TAB_OF = {"committed": 1, "transfers": 2}
"""Column of the matrix -> tab; all other figures lead to the bookings."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked into: budgets, or with `unassigned_year` the bookings without one."""

    trail: tuple[str, ...]
    budget_ids: tuple[int, ...] = ()
    unassigned_year: int | None = None
    only_income: bool = False
    overspending_reason: str | None = None
    key: str = ""


class Detail(QWidget):
    """Trail, tabs with counts, tools of the tab, the list."""

    def __init__(
        self,
        context: Context,
        close: Callable[[], object],
        assign: Callable[[list[int]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.subject: Subject | None = None
        self.bookings = BookingsList(context, assign)
        self.commitments = CommitmentsList(context)
        self.transfers = TransfersList(context)
        self.trail = label("", "strong")
        self.reason = Note(tone=Tone.WARNING)
        self.tabs = Tabs("Buchungen, Mittelbindungen, Umschichtungen")
        self._stack = QStackedWidget()
        self._tools: list[QWidget] = []
        for title, page in (
            ("Buchungen", self.bookings),
            ("Mittelbindungen", self.commitments),
            ("Umschichtungen", self.transfers),
        ):
            self.tabs.addTab(title)
            self._stack.addWidget(page)
            self._tools.append(_row(page.tools))
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.tabs.currentChanged.connect(self._show_tools)
        self.tabs.setUsesScrollButtons(False)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.trail)
        head.addWidget(self.tabs)
        head.addStretch(1)
        for tools in self._tools:
            head.addWidget(tools)
        head.addWidget(icon_button("x", "Einzelheiten schließen", close))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.reason)
        layout.addWidget(self._stack, 1)
        self._show_tools(0)

    def show_subject(self, subject: Subject, column: str = "") -> None:
        """Show what is behind a figure; `column` names it and chooses the tab."""
        self.subject = subject
        if column:
            self.tabs.setCurrentIndex(TAB_OF.get(column, 0))
        self.refresh()

    def _show_tools(self, tab: int) -> None:
        for place, tools in enumerate(self._tools):
            tools.setVisible(place == tab)

    def refresh(self) -> None:
        """Read the lists again."""
        subject = self.subject
        if subject is None:
            return
        self.trail.setText(" › ".join(subject.trail))
        self.reason.set_text(f"Grund für die Überziehung: {subject.overspending_reason}")
        self.reason.setVisible(subject.overspending_reason is not None)
        has_budgets = subject.unassigned_year is None
        for tab in (1, 2):
            self.tabs.setTabVisible(tab, has_budgets and not subject.only_income)
        if subject.unassigned_year is not None:
            counts = (self.bookings.show_unassigned(subject.unassigned_year), 0, 0)
        else:
            ids = subject.budget_ids
            income = True if subject.only_income else None
            counts = (
                self.bookings.show_budgets(ids, income=income),
                self.commitments.show_budgets(ids),
                self.transfers.show_budgets(ids),
            )
        for tab, (title, count) in enumerate(
            zip(("Buchungen", "Mittelbindungen", "Umschichtungen"), counts, strict=True)
        ):
            self.tabs.setTabText(tab, f"{title} ({count})")


def _row(widgets: Sequence[QWidget]) -> QWidget:
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addStretch(1)
    for widget in widgets:
        layout.addWidget(widget)
    return box
