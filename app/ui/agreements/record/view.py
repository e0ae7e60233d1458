"""The record of one agreement over the whole page: head, tabs, and the way back to the list."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services.agreements import agreement_register, clause_comments
from app.ui.agreements.commands import AgreementCommands
from app.ui.agreements.pills import few_names
from app.ui.agreements.record.tab import TABS, RecordTab
from app.ui.context import Context
from app.ui.kit.layout import aligned, column, grow, row
from app.ui.kit.plain import plain
from app.ui.kit.tab_order import Zone, in_zone
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.room import Stack
from app.ui.kit.widgets.tabs import Tabs
from app.ui.kit.widgets.text import button, label
from app.ui.lazy import class_at
from app.ui.stage_pills import stage_pill


class RecordView(QWidget):
    """Shows one agreement at a time. `left`: back to where she came from; `gone`: it is not there any more."""

    left = Signal()
    gone = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        commands = AgreementCommands(context, self)
        self.agreement_id: int | None = None
        self.tabs: dict[str, RecordTab] = {}
        self._title = label("", "title", wrap=True)
        self._below = label("", "muted", wrap=True)
        self.pill = PillLabel()
        self.back = in_zone(
            button("Alle Vereinbarungen", self.left.emit, icon="arrow-left", role="link"), Zone.VIEWS
        )
        self.edit = in_zone(
            button("Bearbeiten", lambda: self._on_shown(commands.edit), icon="edit"), Zone.TOOLS
        )
        show_paper = partial(self._on_shown, commands.show_paper)
        self.paper = in_zone(button("Drucken", show_paper, icon="print", role="primary"), Zone.MAIN)
        self.bar = in_zone(Tabs("Seiten der Vereinbarung"), Zone.VIEWS)
        for spec in TABS:
            self.bar.addTab(spec.title)
        self.bar.currentChanged.connect(lambda _at: self.refresh())
        self.stack = Stack()
        column(
            aligned(self.back, Qt.AlignmentFlag.AlignLeft),
            row(grow(column(self._title, self._below, spacing=2)), self.pill, self.edit, self.paper),
            self.bar,
            grow(self.stack),
            on=self,
            spacing=10,
        )
        self.setFocusProxy(self.bar)

    def show_record(self, agreement_id: int, tab: str | None = None) -> None:
        """Show this agreement; the tab stays the one that was open unless another is asked for."""
        self.agreement_id = agreement_id
        place = self.bar.currentIndex() if tab is None else [spec.id for spec in TABS].index(tab)
        if place == self.bar.currentIndex():
            self.refresh()
        else:
            self.bar.setCurrentIndex(place)  # which reads it

    @property
    def tab(self) -> str:
        """The side that is shown."""
        return TABS[self.bar.currentIndex()].id

    def show_tab(self, tab: str) -> None:
        """Another side of the same agreement."""
        if self.agreement_id is not None:
            self.show_record(self.agreement_id, tab)

    def show_part(self, tab: str, part: object) -> None:
        """A part of another side, such as a clause."""
        self.show_tab(tab)
        self._tab(tab).go_to(part)

    def print_shown(self) -> None:
        """The paper of the agreement, whatever side is open."""
        self.paper.click()

    def refresh(self) -> None:
        """Read the head and the open tab again."""
        if self.agreement_id is None:
            return
        today = self.context.today()
        found = self.context.ask(
            agreement_register.rows, today, agreement_register.AgreementFilter(id=self.agreement_id)
        )
        if not found:
            self.agreement_id = None
            self.gone.emit()
            return
        (shown,) = found
        self._title.setText(shown.title)
        partners = few_names(shown.partners.split("; "), "; ")
        parts = (f"{shown.kind.word} {shown.number}", partners, shown.quarter)
        self._below.setText(" · ".join(filter(None, parts)))
        self._below.setToolTip(plain(shown.partners))
        self.pill.set_pill(stage_pill(shown))
        self._count_comments(shown.id)
        tab = self._tab(self.tab)
        self.stack.setCurrentWidget(tab)
        tab.show_agreement(shown)

    def _count_comments(self, agreement_id: int) -> None:
        """How many comments are open stands behind the title of their tab."""
        place = [spec.id for spec in TABS].index("negotiation")
        count = self.context.ask(clause_comments.open_count, agreement_id)
        self.bar.setTabText(place, TABS[place].title + (f" ({count})" if count else ""))
        self.bar.setTabToolTip(place, f"Offene Kommentare: {count}" if count else "")

    def _tab(self, tab_id: str) -> RecordTab:
        if tab_id not in self.tabs:
            spec = next(spec for spec in TABS if spec.id == tab_id)
            made: RecordTab = class_at(spec.path)(self.context)
            made.record_wanted.connect(self.show_record)
            made.tab_wanted.connect(self.show_tab)
            made.part_wanted.connect(self.show_part)
            self.tabs[tab_id] = made
            self.stack.addWidget(made)
        return self.tabs[tab_id]

    def _on_shown(self, command: Callable[[int], object]) -> None:
        if self.agreement_id is not None:
            command(self.agreement_id)
