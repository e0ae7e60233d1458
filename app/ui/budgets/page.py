"""The budget page: what each budget has left in one look, and from every figure the way to what it is made of."""

from functools import cached_property, partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QTimer

from app.domain.budgets.budgets import BudgetFigures
from app.domain.counting import counted
from app.domain.money import euro
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetYear, Unassigned
from app.services.settlement import settlement_proposals
from app.services.several import each
from app.ui.bookings.assign_dialog import AssignDialog
from app.ui.budgets import menus
from app.ui.budgets.budget_form import open_budget_form
from app.ui.budgets.cards import Cards
from app.ui.budgets.detail import Detail, Subject, subject_of
from app.ui.budgets.filters import BudgetFilters
from app.ui.budgets.lines import BudgetLine
from app.ui.budgets.matrix import Matrix
from app.ui.budgets.year import YearChooser
from app.ui.context import Context
from app.ui.figure_words import total_of_year
from app.ui.kit.jobs import Job
from app.ui.kit.layout import column, grow, held
from app.ui.kit.menu import Entries, Entry
from app.ui.kit.page import Page, Split
from app.ui.kit.timers import later
from app.ui.kit.widgets.empty import EmptyState
from app.ui.preferences import page_state
from app.ui.removal import Removal
from app.ui.settlement.settlement_dialog import SettlementDialog

UNASSIGNED, SETTLEMENT = "unassigned", "settlement"
COMMITMENTS = "commitments:"
"""Parts of this page that others point to (context.open_part); the last one goes on with the id of a budget."""
LINES_FOR_ALL = 32
"""So many lines of text the page must be high to show cards and two lists."""
COUNT_AFTER_MS = 100
"""Proposals are counted when the page stands: with 100.000 bookings that takes a moment."""


class BudgetPlace(NamedTuple):
    """A budget year, and a budget in it."""

    year: int
    budget_id: int | None


class BudgetPage(Page):
    """Year, cards, filters, matrix; below it what is behind the figure that was clicked."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._state = page_state("budget/page")
        remembered = self._state.get()
        year = remembered.get("year")
        self._year: int | None = year if isinstance(year, int) else None
        self._found = BudgetYear(self._year or 0, (), Unassigned(0, 0, 0, 0))
        self.years = YearChooser()
        self.years.changed.connect(self.show_year)
        self._counting: Job | None = None
        self._count = later(self, self._count_proposals, COUNT_AFTER_MS)
        self.header.add_beside_title(self.years)
        self.header.add_menu("Jahreswechsel", menus.turn_of_year(self, lambda: self.year), icon="calendar")
        self.header.add_menu("Austausch", menus.exchange(self, lambda: self.year), icon="export")
        self.header.set_primary("Budget anlegen", self._new)
        self.cards = Cards(self.open_settlement, self.open_assign, self._show_income)
        self.filters = BudgetFilters()
        self.filters.changed.connect(self._show_rows)
        closed = remembered.get("closed", [])
        self.matrix = Matrix(closed if isinstance(closed, list) else [], self._entries)
        self.filters.add_widget(self.matrix.tools)
        self._below = column()
        self._lower = held(self._below)
        self._lower.hide()
        split = Split("budget", self.matrix, self._lower, vertical=True, shares=(1, 1))
        self._full = held(column(self.cards, self.filters, grow(split)))
        self._nothing = EmptyState(
            "budget",
            "Noch keine Budgets",
            "Budget anlegen",
            self._new,
            hint="Budgets lassen sich auch mit den Stammdaten aus Excel übernehmen.",
        )
        self.body.addWidget(self._full, 1)
        self.body.addWidget(self._nothing, 1)
        self.setFocusProxy(self.matrix)
        self._connect()

    def _connect(self) -> None:
        self.matrix.figure_opened.connect(self._open_figure)
        self.matrix.current_changed.connect(self._follow)
        self.matrix.opened.connect(self._edit)
        Removal(self.context, self.matrix, self._remove)
        self.matrix.exported.connect(self.context.tell_saved)
        self.matrix.closed_changed.connect(lambda closed: self._state.update(closed=sorted(closed)))

    # ---- showing ----

    @property
    def year(self) -> int:
        """The budget year that is shown."""
        return self.years.year

    def refresh(self) -> None:
        known = self.context.ask(budgets.years)
        year = self._year if self._year is not None else self.context.today().year
        if known and year not in known and self._year is None:
            year = known[0]
        self.years.show_years(known, year)
        self._found = self.context.ask(budgets.of_year, year)
        self.header.set_title(f"Budget {year}")
        missing = self._found.unassigned
        something = bool(self._found.rows or missing.count or missing.income_count)
        self._full.setVisible(something)
        self._nothing.setVisible(not something)
        self.filters.offer(self._found.rows)
        self._show_rows()
        self._count.start()
        if not self._lower.isHidden() and (subject := self.detail.subject) is not None:
            line = self.matrix.line(subject.key)
            self.detail.show_subject(subject if line is None else subject_of(line))

    def show_year(self, year: int) -> None:
        """Another budget year."""
        self._year = year
        self._state.update(year=year)
        self._close_detail()
        self.refresh()

    def _show_rows(self) -> None:
        year = self._found
        shown = list(filter(self.filters.passes, year.rows))
        self.matrix.outer_words = " · ".join(filter(None, (self.header.title, self.filters.words())))
        self.cards.show_figures(year)
        self.header.set_sentence(_sentence(year))
        self.matrix.show_rows(shown, self.filters.grouping)
        if len(shown) < len(year.rows):
            part = sum((row.figures for row in shown), BudgetFigures())
            of_all = f"{len(shown)} von {counted(len(year.rows), 'Budget', 'Budgets')}"
            self.matrix.show_totals(part, f"Summe ({of_all})", f"Nur die angezeigten Budgets: {of_all}.")
            return
        loose = year.unassigned
        rest = f"mit nicht zugeordneten ({euro(loose.sum_cents)})" if loose.count else ""
        caption = rest or f"({counted(len(shown), 'Budget', 'Budgets')})"
        self.matrix.show_totals(year.total, f"Summe {caption}", total_of_year(year.year, len(shown), loose))

    def _count_proposals(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
        self._counting = self.context.ask_later(
            self, lambda found: self.cards.show_proposals(len(found)), settlement_proposals.rows, self.year
        )

    # ---- where she is, and opened from elsewhere ----

    def place(self) -> object:
        line = self.matrix.current()
        return BudgetPlace(self.year, None if line is None or line.row is None else line.row.id)

    def go_to(self, place: object) -> None:
        match place:
            case BudgetPlace(year, budget_id):
                self.refresh_if_stale()
                if year != self.year:
                    self.show_year(year)
                if budget_id is not None:
                    self._select(budget_id)

    def open_record(self, record_id: int, figure: str = "actual") -> None:
        """Go to a budget and show its bookings, or what is behind another figure."""
        self.refresh_if_stale()
        values = self.context.ask(budgets.load, record_id)
        if values.year != self.year:
            self.show_year(values.year)
        self._select(record_id)
        line = self.matrix.current()
        if line is not None:
            self._open_figure(line, figure)

    def _select(self, budget_id: int) -> None:
        """Go to a budget; filters and groups that hide it are opened."""
        if not self.matrix.select(f"budget:{budget_id}"):
            self.filters.reset()
            self.matrix.open_all()
            self.matrix.select(f"budget:{budget_id}")

    def open_part(self, part: str, year: int | None) -> None:
        """`UNASSIGNED`: the bookings without a budget, the keyboard among them. `SETTLEMENT`: the dialog for it.

        `COMMITMENTS` with the id of a budget: what it has promised.
        """
        self.refresh_if_stale()
        if year is not None and year != self.year:
            self.show_year(year)
        if part == UNASSIGNED:
            self.show_unassigned()
        elif part == SETTLEMENT:
            self.open_settlement()
        elif part.startswith(COMMITMENTS):
            self.open_record(int(part.removeprefix(COMMITMENTS)), "committed")

    # ---- detail ----

    @cached_property
    def detail(self) -> Detail:
        """What is behind a figure; made when it is wanted first, so that the page opens quickly."""
        made = Detail(self.context, self._close_detail, self.open_assign)
        self._below.addWidget(made)
        return made

    def _follow(self, line: BudgetLine | None) -> None:
        """The keyboard moves on in the matrix: an open detail goes along."""
        if line is not None and not self._lower.isHidden():
            self.detail.show_subject(subject_of(line))

    def show_unassigned(self) -> None:
        """The list of what has no budget yet; Enter or one button leads to the dialog that assigns."""
        self._show(Subject((f"Nicht zugeordnet {self.year}",), unassigned_year=self.year, key=UNASSIGNED))
        table = self.detail.bookings.table
        if table.shown_rows():
            table.select_position(0)
            table.grid.selectAll()
        table.setFocus()

    def _show_income(self) -> None:
        self._show(Subject((f"Einnahmen {self.year}",), income_year=self.year))

    def _open_figure(self, line: BudgetLine, figure: str) -> None:
        self._show(subject_of(line), figure)
        QTimer.singleShot(0, self.matrix, self.matrix.show_current)

    def _show(self, subject: Subject, figure: str = "actual") -> None:
        self.detail.show_subject(subject, figure)
        self._lower.show()
        self._make_room()

    def _close_detail(self) -> None:
        self._lower.hide()
        self._make_room()
        self.matrix.setFocus()

    def _make_room(self) -> None:
        """Where there is room for two lists only, the cards step aside for what is behind a figure."""
        lines = self.height() / self.fontMetrics().height()
        self.cards.setVisible(self._lower.isHidden() or lines >= LINES_FOR_ALL)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        moving = event.type() in (QEvent.Type.FontChange, QEvent.Type.Show, QEvent.Type.Resize)
        if moving and self.isVisible():
            self._make_room()
        return handled

    # ---- commands ----

    def _new(self) -> None:
        open_budget_form(self.context, self.window(), None, self.year)

    def _edit(self, line: BudgetLine) -> None:
        """The form of a budget; a group has none."""
        if line.row is not None:
            open_budget_form(self.context, self.window(), line.row.id, self.year)

    def _remove(self, lines: list[BudgetLine]) -> None:
        """Delete budgets nothing hangs on; undo brings them back."""
        names = ", ".join(line.name for line in lines)
        ids = [line.row.id for line in lines if line.row is not None]
        self.context.do(f"Budget {names} gelöscht", each, budgets.remove, ids)

    def open_settlement(self) -> None:
        """The dialog with the proposals which commitment a booking settles."""
        SettlementDialog(self.context, self.window(), self.year).open()

    def open_assign(self, booking_ids: list[int] | None = None) -> None:
        """The dialog with these bookings, or with everything that has no budget yet."""
        AssignDialog(self.context, self.window(), self.year, booking_ids).open()

    def _entries(self, line: BudgetLine) -> Entries:
        behind = (
            ("Buchungen", "actual", "receipt"),
            ("Mittelbindungen", "committed", "commitment"),
            ("Umschichtungen", "transfers", "transfer"),
        )
        entries: list[Entry | None] = [
            Entry(words, partial(self._open_figure, line, figure), icon) for words, figure, icon in behind
        ]
        rows = [chosen.row for chosen in self.matrix.selected() if chosen.row is not None]
        change = [menus.change_entry(self, rows)] if rows else []
        return [*entries, None, *(() if line.row is None else menus.budget_entries(self, line.row)), *change]


def _sentence(year: BudgetYear) -> str:
    """What is available, and which budgets are overspent."""
    if not year.rows:
        return ""
    over = [row.number for row in year.overspent]
    words = f"{euro(year.total.available_cents)} verfügbar"
    return f"{words} · überzogen: {', '.join(over)}" if over else f"{words} · nichts überzogen"
