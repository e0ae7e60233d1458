"""The tab "Änderung und Ende": amendments, notices, talks, letters and the successor, beside the whole timeline."""

from app.domain.agreements.agreement_timeline import timeline
from app.services.agreements import agreements
from app.services.agreements.life_events import life_events
from app.ui.agreements.form import goal_marks
from app.ui.agreements.life.timeline_table import LifeLine
from app.ui.agreements.record.changes.amendments import amendments_section
from app.ui.agreements.record.changes.end import notices_section, successor_section
from app.ui.agreements.record.changes.talks import letters_section, talks_section
from app.ui.agreements.record.files import FileCommands
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.layout import column
from app.ui.kit.page import Split
from app.ui.kit.widgets.card import Card, Pane, carded
from app.ui.kit.widgets.text import rule


class ChangesTab(RecordTab):
    """Answers: what has become of this agreement, and how does it go on?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.pane = Pane(margin=18, spacing=14, surface=False)
        self._files = FileCommands(context, self, lambda _found: self.refill(same=True))
        self.line = LifeLine()
        self.line.opened.connect(self.record_wanted)
        right = Card("Zeitstrahl")
        right.add(self.line, 1)
        column(Split("agreements/changes", carded(self.pane), right, shares=(5, 4)), on=self)

    def refill(self, *, same: bool) -> None:
        context, row, today = self.context, self.row, self.context.today()
        with self.pane.refilled(same=same):
            self.pane.add(amendments_section(self, self._files))
            for section in (notices_section, talks_section, letters_section, successor_section):
                self.pane.add(rule())
                self.pane.add(section(self))
        goals = context.ask(agreements.load, row.id, context.today()).goals
        events = context.ask(life_events, row.id)
        self.line.show_timeline(timeline(row.term, goal_marks(goals), today, events, whole=True), today)
