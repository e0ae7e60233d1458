"""The tab "Ziele": the goals of an agreement with their lights left, the chosen one with its reports right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.agreements.goal_wording import summed_up
from app.domain.terms import word
from app.services.agreements import goal_reports, goals
from app.services.agreements.goal_reports import ReportRow
from app.services.agreements.goals import GoalLine
from app.ui.agreements.goal_columns import STANDING
from app.ui.agreements.goal_looks import target_of
from app.ui.agreements.record.goals.detail import GoalDetail
from app.ui.agreements.record.goals.forms import open_goal, open_report
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.actions import spec
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button, label

COLUMNS: tuple[Column[GoalLine], ...] = (
    Column("nr", "Nr.", lambda line: line.goal.nr, width=54),
    Column(
        "title",
        "Ziel",
        lambda line: line.goal.title,
        width=110,
        stretch=True,
        strong=True,
        tip=lambda line: line.goal.title,
    ),
    *STANDING,
    Column("target", "Soll", lambda line: target_of(line), width=110, hidden=True),
    Column("state", "Stand", lambda line: word(line.goal.state), width=90, hidden=True),
    Column("block", "Baustein", lambda line: line.building_block, width=120, hidden=True),
    Column("responsible", "Verantwortlich", lambda line: line.goal.responsible, width=130, hidden=True),
)


class GoalsTab(RecordTab):
    """Answers: is what was agreed being reached?"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._agreement_id = 0
        self._number = ""
        self._pick = QTimer(self, singleShot=True, interval=0)
        self._pick.timeout.connect(self._show_current)
        self.sentence = label("", "muted", wrap=True)
        self.add = button("Ziel anlegen", self.add_goal, icon="plus")
        self.sheet = button("Bogen zum Jahresgespräch", self.show_sheet, icon="print")
        self.table = self._table()
        self.detail = GoalDetail(context)
        self.detail.report_wanted.connect(self.add_report)
        self.detail.report_edited.connect(self.edit_report)
        self.detail.reports_removed.connect(self._remove_reports)
        self.detail.goal_edited.connect(self.edit_goal)
        keys = QShortcut(QKeySequence(spec("goals.report").keys[0]), self, self.add_report)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay_out()

    def show_agreement(self, agreement_id: int) -> None:
        rows = self.context.ask(goals.rows, self.context.today(), agreement_id)
        self._agreement_id = agreement_id
        self._number = rows[0].agreement.number if rows else ""
        self.table.set_rows(rows)
        if rows and self.table.current() is None:
            self.table.select_position(0)
        self.sentence.setText(summed_up([line.verdict.light for line in rows]))
        self._show_current()

    # ---- deeds ----

    def add_report(self) -> None:
        """The form of a report on the chosen goal."""
        if (line := self.table.current()) is not None:
            open_report(self.context, line, None, self, self._report_saved)

    def edit_report(self, report_id: int) -> None:
        """The form of a report that is there."""
        if (line := self.table.current()) is not None:
            open_report(self.context, line, report_id, self, self._report_saved)

    def add_goal(self) -> None:
        """The form of a new goal."""
        open_goal(
            self.context, self._agreement_id, self._number or "Vereinbarung", None, self, self._goal_saved
        )

    def edit_goal(self) -> None:
        """The form of the chosen goal."""
        if (line := self.table.current()) is not None:
            open_goal(self.context, self._agreement_id, self._number, line.id, self, self._goal_saved)

    def show_sheet(self) -> None:
        """The sheet for the yearly talk, to print or save."""
        from app.ui.papers.talk_sheet import open_talk_sheet  # loads Qt's PDF module

        open_talk_sheet(self.context, self._agreement_id, self)

    def _remove_goals(self, lines: list[GoalLine]) -> None:
        for line in lines[:1]:
            self.context.do(f"{self._number}, Ziel {line.goal.nr} gelöscht", goals.remove, line.id)

    def _remove_reports(self, rows: list[ReportRow]) -> None:
        for row in rows[:1]:
            self.context.do(
                f"{self._number}: Bericht vom {row.day:%d.%m.%Y} gelöscht", goal_reports.remove, row.id
            )

    def _goal_saved(self, goal_id: int) -> None:
        self.show_agreement(self._agreement_id)
        self.table.select(goal_id)

    def _report_saved(self, report_id: int) -> None:
        self.show_agreement(self._agreement_id)
        self.detail.select_report(report_id)

    # ---- showing ----

    def _show_current(self) -> None:
        line = self.table.current()
        rows = self.context.ask(goal_reports.rows, line.id) if line is not None else []
        self.detail.show_goal(line, rows)

    def _table(self) -> Table[GoalLine]:
        table: Table[GoalLine] = Table(
            "agreement/goals",
            COLUMNS,
            title="Ziele der Vereinbarung",
            empty=EmptyState("target", "Noch keine Ziele", "Ziel anlegen", self.add_goal),
        )
        table.sort("nr")
        table.current_changed.connect(lambda _line: self._pick.start())
        table.opened.connect(lambda _line: self.edit_goal())
        table.remove_requested.connect(self._remove_goals)
        table.exported.connect(lambda path: self.context.say(f"Gespeichert: {path}"))
        table.set_actions(
            [
                RowAction("Bericht erfassen", lambda _lines: self.add_report(), "plus", _one),
                RowAction("Ziel bearbeiten", lambda _lines: self.edit_goal(), "edit", _one),
                RowAction("Ziel löschen", self._remove_goals, "trash", _one),
            ]
        )
        return table

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.sentence, 1)
        bar.addWidget(self.table.tools)
        for widget in (self.add, self.sheet):
            bar.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(bar)
        layout.addWidget(Split("agreement/goals", self.table, self.detail, shares=(5, 3)), 1)
        self.setFocusProxy(self.table)


def _one(lines: list[GoalLine]) -> bool:
    return len(lines) == 1
