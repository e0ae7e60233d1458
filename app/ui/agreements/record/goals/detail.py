"""All about the goal chosen in the tab: light with its reason, target, figures over time, reports and evidence."""

from collections.abc import Callable, Sequence

from app.domain.agreements.goal_light import RULE
from app.domain.agreements.goal_wording import figure
from app.domain.dates import german
from app.domain.papers.salutations import accusative
from app.services.agreements import goal_reports
from app.services.agreements.goal_reports import ReportRow
from app.services.agreements.goals import GoalLine
from app.ui.agreements.goal_columns import figure_words, target_of
from app.ui.agreements.pills import GOAL_STATES, LIGHTS
from app.ui.agreements.record.goals.chart import Figure, FigureChart
from app.ui.agreements.record.goals.evidence import EvidenceView
from app.ui.agreements.record.goals.forms import open_report
from app.ui.context import Context
from app.ui.kit.actions import with_keys
from app.ui.kit.layout import STRETCH, add, column, held, row
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import ROW_HEIGHT
from app.ui.kit.widgets.detail_card import DetailCard
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label
from app.ui.removal import Removal


def _figure(row: ReportRow) -> str | None:
    return figure(row.figure) if row.figure is not None else None


COLUMNS: tuple[Column[ReportRow], ...] = (
    Column("day", "Tag", lambda row: row.day, Kind.DATE, 86),
    Column("state", "Stand", lambda row: GOAL_STATES[row.state], Kind.PILL, 100),
    Column("figure", "Zahl", _figure, Kind.NUMBER, 46, sort=lambda row: row.figure),
    Column("text", "Bericht", lambda row: row.text, width=60, stretch=True, tip=lambda row: row.text or ""),
    Column("author", "Von", lambda row: row.author, width=110, hidden=True),
    Column("files", "Nachweise", lambda row: row.files or None, Kind.NUMBER, 84, hidden=True),
)
LEAST_ROWS, MOST_ROWS = 2, 5


class GoalDetail(DetailCard):
    """Works on the reports itself; `edit_goal` opens the form of the goal, `refill` reads all of it again."""

    def __init__(
        self, context: Context, edit_goal: Callable[[], object], refill: Callable[[], object]
    ) -> None:
        super().__init__("target", "Links ein Ziel auswählen")
        self._context, self._refill = context, refill
        self._line: GoalLine | None = None
        self.title = label("", "section", wrap=True, selectable=True)
        self.light = PillLabel()
        self.light.setToolTip(RULE)
        self.reason = label("", "muted", wrap=True, selectable=True)
        self.reason.setToolTip(RULE)
        tip = with_keys("Bericht erfassen", "goals.report")
        self.report = button("Bericht erfassen", self.add_report, icon="plus", tip=tip)
        self.edit = button("Ziel bearbeiten", edit_goal, icon="edit")
        self.chart = FigureChart()
        self.reports = self._table()
        self.text = label("", wrap=True, selectable=True)
        self.author = label("", "caption", wrap=True)
        self.evidence = EvidenceView(context)
        self._chart_title = label("Zahl und Zielwert", "strong")
        self._facts, self._more = Facts(name_width=104), Facts(name_width=104)
        self._none = label("Noch kein Bericht zu diesem Ziel.", "muted", wrap=True)
        self._said = held(column(self.author, self.text, self.evidence, spacing=4))
        self._lay_out()

    def show_goal(self, line: GoalLine | None, rows: Sequence[ReportRow]) -> None:
        """Show this goal; the scroll position stays while it is the same."""
        self.show_pane(line is not None)
        same = self._line is not None and line is not None and self._line.id == line.id
        self._line = line
        if line is None:
            return
        scrolled = self.pane.verticalScrollBar().value() if same else 0
        self.title.setText(f"{line.goal.nr}. {line.goal.title}")
        self.light.set_pill(LIGHTS[line.verdict.light])
        self.reason.setText(line.verdict.reason)
        self._show_facts(line)
        figures = [Figure(row.day, row.figure) for row in reversed(rows) if row.figure is not None]
        self.chart.show_figures(figures, line.goal.target_value, line.goal.unit)
        self._chart_title.setVisible(bool(figures))
        self.reports.set_rows(rows)
        self.reports.setVisible(bool(rows))
        height = max(ROW_HEIGHT, self.fontMetrics().height() + 16)
        self.reports.setFixedHeight((min(max(len(rows), LEAST_ROWS), MOST_ROWS) + 1) * height + 6)
        if rows and (not same or self.reports.current() is None):
            self.reports.select_position(0)
        self._show_report()
        self.pane.verticalScrollBar().setValue(scrolled)

    # ---- what can be done with reports ----

    def add_report(self) -> None:
        """The form of a new report on this goal."""
        self._open_report(None)

    def edit_report(self, row: ReportRow) -> None:
        """The form of a report that is there."""
        self._open_report(row.id)

    def remove_reports(self, rows: list[ReportRow]) -> None:
        """Delete without asking; undo brings it back."""
        if self._line is not None:
            label = f"{self._line.agreement.number}: Bericht vom {german(rows[0].day)} gelöscht"
            self._context.do(label, goal_reports.remove, rows[0].id)

    def _open_report(self, report_id: int | None) -> None:
        if self._line is not None:
            open_report(self._context, self._line, report_id, self, self._saved)

    def _saved(self, report_id: int) -> None:
        self._refill()
        self.reports.select(report_id)

    # ---- showing ----

    def _show_facts(self, line: GoalLine) -> None:
        goal = line.goal
        self._facts.clear()
        self._facts.add("Soll", target_of(line))
        self._facts.add("Erreicht", figure_words(line))
        self._facts.add("Frist", german(goal.due) if goal.due else "", always=True)
        self._facts.add("Verantwortlich", goal.responsible)
        self._more.clear()
        self._more.add("Baustein", line.building_block)
        self._more.add("Maßnahme", goal.measure)
        self._more.add("Indikator", goal.indicator)
        self._more.add("Nachweis", goal.evidence)

    def _show_report(self) -> None:
        row = self.reports.current()
        self._said.setVisible(row is not None)
        self._none.setVisible(row is None)
        if row is None or self._line is None:
            return
        by = f" von {accusative(row.author)}" if row.author else ""
        self.author.setText(f"Bericht vom {german(row.day)}{by}")
        self.text.setText(row.text or "Ohne Worte.")
        self.evidence.show_report(self._line.agreement.id, row.id)

    def _table(self) -> Table[ReportRow]:
        table: Table[ReportRow] = Table("goal_reports", COLUMNS, title="Berichte zum Ziel")
        table.opened.connect(self.edit_report)
        Removal(self._context, table, self.remove_reports)
        table.current_changed.connect(lambda _row: self._show_report())
        table.exported.connect(self._context.tell_saved)
        edit = RowAction[ReportRow]("Bericht ändern", lambda rows: self.edit_report(rows[0]), "edit", one)
        table.set_actions([edit, RowAction("Bericht löschen", self.remove_reports, "trash")])
        return table

    def _lay_out(self) -> None:
        add(
            self.pane.column,
            column(self.title, self.light, self.reason, spacing=6),
            row(self.report, self.edit, STRETCH),
            self._facts,
            self._chart_title,
            self.chart,
            label("Berichte", "strong"),
            self._none,
            self.reports,
            self._said,
            label("Wie vereinbart", "strong"),
            self._more,
        )
