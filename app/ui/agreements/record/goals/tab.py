"""The tab "Ziele": the goals of an agreement with their lights left, the chosen one with its reports right."""

from app.domain.agreements.goal_wording import summed_up
from app.services.agreements import goal_reports, goals
from app.services.agreements.goals import GoalLine
from app.services.several import each
from app.ui.agreements.corrections import do_agreed
from app.ui.agreements.goal_columns import BLOCK, RESPONSIBLE, STANDING, TITLE
from app.ui.agreements.record.goals.detail import GoalDetail
from app.ui.agreements.record.goals.forms import goal_change, open_goal
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.actions import bind
from app.ui.kit.layout import column, grow, row
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.timers import later
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import button, label
from app.ui.removal import Removal

COLUMNS: tuple[Column[GoalLine], ...] = (
    Column("nr", "Nr.", lambda line: line.goal.nr, width=54),
    TITLE,
    *STANDING,
    Column("state", "Stand", lambda line: line.goal.state.word, width=90, hidden=True),
    BLOCK,
    RESPONSIBLE,
)


class GoalsTab(RecordTab):
    """Answers: is what was agreed being reached?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._pick = later(self, self._show_current)
        self.sentence = label("", "muted", wrap=True)
        add = button("Ziel anlegen", self.add_goal, icon="plus")
        sheet = button("Bogen zum Jahresgespräch", self.show_sheet, icon="print")
        self.table = self._table()
        self.detail = GoalDetail(context, self.edit_goal, lambda: self.refill(same=True))
        bind(self, "goals.report", self.add_report)
        split = Split("agreement/goals", self.table, self.detail, shares=(5, 3))
        bar = row(grow(self.sentence), self.table.tools, add, sheet)
        column(bar, grow(split), on=self, spacing=10)
        self.setFocusProxy(self.table)

    def refill(self, *, same: bool) -> None:
        rows = self.context.ask(goals.rows, self.context.today(), self.row.id)
        self.table.set_rows(rows)
        self.table.choose_first()
        self.sentence.setText(summed_up([line.verdict.light for line in rows]))
        self._show_current()

    # ---- what can be done ----

    def add_goal(self) -> None:
        """The form of a new goal."""
        open_goal(self.context, self.row.id, self.row.number, None, self, self._goal_saved)

    def edit_goal(self) -> None:
        """The form of the chosen goal."""
        if (line := self.table.current()) is not None:
            open_goal(self.context, self.row.id, self.row.number, line.id, self, self._goal_saved)

    def add_report(self) -> None:
        """The form of a new report on the chosen goal, also before the detail has caught up with the choice."""
        self._show_current()
        self.detail.add_report()

    def show_sheet(self) -> None:
        """The sheet for the yearly talk, to print or save."""
        from app.ui.papers.talk_sheet import TalkSheetDialog  # loads Qt's PDF module

        TalkSheetDialog(self.context, self.row.id, self).open()

    def _remove_goals(self, lines: list[GoalLine]) -> None:
        numbers = ", ".join(str(line.goal.nr) for line in lines)
        label = f"{self.row.number}, {'Ziel' if len(lines) == 1 else 'Ziele'} {numbers} gelöscht"
        ids = [line.id for line in lines]
        do_agreed(self.context, self.row.id, self, label, each, goals.remove, ids)

    def _goal_saved(self, goal_id: int) -> None:
        self.refill(same=True)
        self.table.select(goal_id)

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
        Removal(self.context, table, self._remove_goals)
        table.exported.connect(self.context.tell_saved)
        table.set_actions(
            [
                RowAction("Bericht erfassen", lambda _lines: self.add_report(), "plus", one),
                RowAction("Ziel bearbeiten", lambda _lines: self.edit_goal(), "edit", one),
                goal_change(self.context).action(self.context, self),
                RowAction("Ziel löschen", self._remove_goals, "trash"),
            ]
        )
        return table
