"""The record of one agreement over the whole page: head, tabs, and the way back to the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.terms import word
from app.services.agreements import agreement_register, clause_comments
from app.ui.agreements.form import open_form
from app.ui.agreements.looks import dated_stage_pill, few_names
from app.ui.agreements.record.tab import TABS, RecordTab
from app.ui.context import Context
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.tabs import Tabs
from app.ui.kit.widgets.text import button, label
from app.ui.lazy import class_at


class RecordView(QWidget):
    """Shows one agreement at a time. `left`: back to where she came from; `gone`: it is not there any more."""

    left = Signal()
    gone = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.agreement_id: int | None = None
        self.tabs: dict[str, RecordTab] = {}
        self._title = label("", "title", wrap=True)
        self._below = label("", "muted", wrap=True)
        self.pill = PillLabel()
        self.back = button("Alle Vereinbarungen", self.left.emit, icon="arrow-left", role="link")
        self.back.setShortcut("Alt+Left")
        self.back.setToolTip("Zurück zur Liste (Alt+←)")
        self.edit = button("Bearbeiten", self._edit, icon="edit")
        self.paper = button("Drucken", self._paper, icon="print", role="primary")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._below)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        for one in (self.pill, self.edit, self.paper):
            head.addWidget(one)
        self.bar = Tabs("Seiten der Vereinbarung")
        for spec in TABS:
            self.bar.addTab(spec.title)
        self.bar.currentChanged.connect(lambda _at: self.refresh())
        self.stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.setFocusProxy(self.bar)

    def show_record(self, agreement_id: int, tab: str | None = None) -> None:
        """Show this agreement; the tab stays the one that was open unless another is asked for."""
        self.agreement_id = agreement_id
        place = self.bar.currentIndex() if tab is None else [spec.id for spec in TABS].index(tab)
        if place == self.bar.currentIndex():
            self.refresh()
        else:
            self.bar.setCurrentIndex(place)  # which reads it

    def show_tab(self, tab: str) -> None:
        """Another side of the same agreement."""
        if self.agreement_id is not None:
            self.show_record(self.agreement_id, tab)

    def show_part(self, tab: str, part: object) -> None:
        """A part of another side, such as a clause."""
        self.show_tab(tab)
        self._tab(tab).go_to(part)

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
        row = found[0]
        self._title.setText(row.title)
        self._below.setText(
            " · ".join(
                filter(
                    None,
                    (
                        f"{word(row.kind)} {row.number}",
                        few_names(row.partners.split("; "), "; "),
                        row.quarter,
                    ),
                )
            )
        )
        self._below.setToolTip(row.partners)
        self.pill.set_pill(dated_stage_pill(row))
        self._count_comments(self.agreement_id)
        tab = self._tab(TABS[self.bar.currentIndex()].id)
        self.stack.setCurrentWidget(tab)
        tab.show_agreement(self.agreement_id)

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

    def _edit(self) -> None:
        if self.agreement_id is not None:
            open_form(self.context, self.agreement_id, self, lambda _id: None)

    def _paper(self) -> None:
        from app.ui.papers.preview import open_preview  # loads Qt's PDF module

        if self.agreement_id is not None:
            open_preview(self.context, self.agreement_id, self)
