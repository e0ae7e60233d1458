"""The tab "Änderung und Ende": amendments, notices, talks, letters and the successor, beside the whole timeline."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from app.domain.agreements.agreement_timeline import timeline
from app.services.agreements import agreement_register, agreements
from app.services.agreements.agreement_register import AgreementRow
from app.services.agreements.life_events import life_events
from app.ui.agreements.form import goal_marks
from app.ui.agreements.life.timeline_table import LifeLine
from app.ui.agreements.record.changes.amendments import amendments_section
from app.ui.agreements.record.changes.end import notices_section, successor_section
from app.ui.agreements.record.changes.talks import letters_section, talks_section
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.layout import column
from app.ui.kit.widgets.card import Card, Pane, carded
from app.ui.kit.widgets.text import rule


class ChangesTab(RecordTab):
    """Answers: what has become of this agreement, and how does it go on?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: int | None = None
        self.pane = Pane(margin=18, spacing=14, surface=False)
        self.line = LifeLine()
        self.line.opened.connect(self.record_wanted)
        right = Card("Zeitstrahl")
        right.add(self.line, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(carded(self.pane))
        split.addWidget(right)
        split.setSizes([560, 440])
        column(split, on=self)

    def show_agreement(self, agreement_id: int) -> None:
        today = self.context.today()
        wanted = agreement_register.AgreementFilter(id=agreement_id)
        row = self.context.ask(agreement_register.rows, today, wanted)[0]
        with self.pane.refilled(same=agreement_id == self._shown):
            self._fill(row)
        self._shown = agreement_id
        goals = self.context.ask(agreements.load, agreement_id).goals
        events = self.context.ask(life_events, agreement_id)
        self.line.show_timeline(timeline(row.term, goal_marks(goals), today, events, whole=True), today)

    def _fill(self, row: AgreementRow) -> None:
        sections = (
            amendments_section(self.context, row, self),
            notices_section(self.context, row, self),
            talks_section(self.context, row, self),
            letters_section(self.context, row, self),
            successor_section(self.context, row, self),
        )
        for place, section in enumerate(sections):
            if place:
                self.pane.add(rule())
            self.pane.add(section)
