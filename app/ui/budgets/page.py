"""The budget page: what each pot of money has left in one look, and from every figure the way to what it is made of."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.budgets.budgets import BudgetFigures
from app.domain.money import euro
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetRow, BudgetSelection, Unassigned
from app.services.settlement import settlement_proposals
from app.ui.assignment.dialog import RulesDialog
from app.ui.bookings.assign_dialog import AssignDialog
from app.ui.budgets.budget_form import open_budget_form
from app.ui.budgets.cards import Cards
from app.ui.budgets.commitment_form import open_commitment_form
from app.ui.budgets.detail import Detail, Subject
from app.ui.budgets.line_menu import Entry, line_menu
from app.ui.budgets.lines import GROUPING_WORDS, BudgetLine, Grouping
from app.ui.budgets.matrix import Matrix
from app.ui.budgets.row_filter import STATES, passes
from app.ui.budgets.transfer_form import open_transfer_form
from app.ui.budgets.year import YearChooser
from app.ui.budgets.year_dialogs import CarryOverDialog, NextYearDialog
from app.ui.context import Context
from app.ui.kit.page import EmptyState, FilterBar, FilterChip, Page, Split
from app.ui.kit.table.folding import folded
from app.ui.preferences import page_state
from app.ui.settlement.settlement_dialog import SettlementDialog

UNASSIGNED, SETTLEMENT = "unassigned", "settlement"
COMMITMENTS = "commitments:"
"""Parts of this page that others point to (context.open_part); the last one goes on with the id of a budget."""
LINES_FOR_ALL = 32
"""So many lines of text the page must be high to show cards and two lists."""
COUNT_AFTER_MS = 100
"""Proposals are counted when the page stands: with 100.000 bookings that takes a moment."""


class BudgetPage(Page):
    """Year, cards, filters, matrix; below it what is behind the figure that was clicked."""

    watches: ClassVar[frozenset[str]] = frozenset(
        {
            "budget",
            "transfer",
            "commitment",
            "booking",
            "quarter",
            "grant",
            "plan_item",
            "agreement",
            "assignment_rule",
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._state = page_state("budget/page")
        remembered = self._state.get()
        year = remembered.get("year")
        self._year: int | None = year if isinstance(year, int) else None
        self._rows: list[BudgetRow] = []
        self._missing = Unassigned(0, 0, 0, 0)
        self.years = YearChooser()
        self.years.changed.connect(self.show_year)
        self._count = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._make_header()
        self.cards = Cards(self.open_settlement, self.open_assign, self._show_income)
        self.filters = FilterBar("budget", "Budget suchen …")
        self._make_filters()
        closed = remembered.get("closed", [])
        self.matrix = Matrix(closed if isinstance(closed, list) else [])
        self.filters.add_widget(self.matrix.tools)
        self._detail: Detail | None = None
        self._below = QVBoxLayout()
        self._below.setContentsMargins(0, 0, 0, 0)
        self._lower = QWidget()
        self._lower.setLayout(self._below)
        self._lower.hide()
        self.split = Split("budget", self.matrix, self._lower, vertical=True, shares=(1, 1))
        self._full = QWidget()
        inside = QVBoxLayout(self._full)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.cards)
        inside.addWidget(self.filters)
        inside.addWidget(self.split, 1)
        self.body.addWidget(self._full, 1)
        self._nothing = EmptyState(
            "budget",
            "Noch keine Budgets",
            "Budget anlegen",
            self._new,
            hint="Budgets lassen sich auch mit den Stammdaten aus Excel übernehmen.",
        )
        self.body.addWidget(self._nothing, 1)
        self.setFocusProxy(self.matrix)
        self._connect()

    # ---- showing ----

    @property
    def year(self) -> int:
        return self.years.year

    def refresh(self) -> None:
        known = self.context.ask(budgets.years)
        year = self._year if self._year is not None else self.context.today().year
        if known and year not in known and self._year is None:
            year = known[0]
        self.years.show_years(known, year)
        self._rows = self.context.ask(budgets.rows, BudgetSelection(year=year))
        self._missing = self.context.ask(budgets.unassigned, year)
        self.header.set_title(f"Budget {year}")
        something = bool(self._rows or self._missing.count or self._missing.income_count)
        self._full.setVisible(something)
        self._nothing.setVisible(not something)
        self._offer_filters()
        self._show_rows()
        self._count.start()
        if not self._lower.isHidden() and self.detail.subject is not None:
            self._renew_subject(self.detail.subject)

    def show_year(self, year: int) -> None:
        """Another budget year."""
        self._year = year
        self._remember(year=year)
        self._close_detail()
        self.refresh()

    def open_record(self, record_id: int, figure: str = "actual") -> None:
        """Go to a budget and show its bookings, or what is behind another figure."""
        self.refresh_if_stale()
        values = self.context.ask(budgets.load, record_id)
        if values.year != self.year:
            self.show_year(values.year)
        if not self.matrix.select(f"budget:{record_id}"):
            self.filters.reset()
            self.matrix.open_all()
            self.matrix.select(f"budget:{record_id}")
        line = self.matrix.current()
        if line is not None:
            self._open_figure(line, figure)

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

    def show_unassigned(self) -> None:
        """The list of what has no budget yet; Enter or one button leads to the dialog that assigns."""
        self._show_lower()
        self.detail.show_subject(
            Subject((f"Nicht zugeordnet {self.year}",), unassigned_year=self.year, key=UNASSIGNED), "actual"
        )
        table = self.detail.bookings.table
        if table.shown_rows():
            table.select_position(0)
            table.grid.selectAll()
        table.setFocus()

    def _show_rows(self) -> None:
        shown = [row for row in self._rows if passes(row, self.filters)]
        total = sum((row.figures for row in self._rows), BudgetFigures())
        self.cards.show_figures(total, self._missing)
        self.header.set_sentence(self._sentence(total))
        self.matrix.show_rows(shown, self._grouping)
        if len(shown) < len(self._rows):
            part = sum((row.figures for row in shown), BudgetFigures())
            self.matrix.show_totals(part, f"Summe ({len(shown)} von {len(self._rows)} Budgets)")
        elif self._missing.count:
            everything = total + BudgetFigures(actual_cents=self._missing.sum_cents)
            self.matrix.show_totals(
                everything, f"Summe mit nicht zugeordneten ({euro(self._missing.sum_cents)})"
            )
        else:
            self.matrix.show_totals(total, f"Summe ({len(shown)} Budgets)")

    def _sentence(self, total: BudgetFigures) -> str:
        if not self._rows:
            return ""
        over = [row.number for row in self._rows if row.figures.overspent_cents]
        words = f"{euro(total.available_cents)} verfügbar"
        if len(over) == 1:
            return f"{words} · {over[0]} ist überzogen"
        return f"{words} · {len(over)} Budgets überzogen" if over else f"{words} · nichts überzogen"

    @property
    def _grouping(self) -> Grouping:
        return Grouping(str(next(iter(self.grouping.values), Grouping.QUARTER.value)))

    # ---- making ----

    def _make_header(self) -> None:
        layout = self.header.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(1, self.years)
        self.header.add_menu(
            "Jahreswechsel",
            (
                ("Folgejahr anlegen …", "calendar", self._next_year),
                ("Reste übertragen …", "transfer", self._carry_over),
            ),
            icon="calendar",
        )
        self.header.add_menu(
            "Austausch",
            (
                ("Excel für die Finanzen …", "spreadsheet", self._export),
                ("Änderungen seit dem letzten Austausch …", "history", self._changes),
                ("Buchungen einlesen …", "import", lambda: self.context.open("imports")),
                ("Zuordnungsregeln …", "rules", self._rules),
            ),
            icon="export",
        )
        self.header.set_primary("Budget anlegen", self._new)

    def _make_filters(self) -> None:
        self.filters.add_chip("quarter", "Quartier")
        self.filters.add_chip("kind", "Art")
        self.filters.add_chip("state", "Stand", STATES)
        words = [(grouping.value, GROUPING_WORDS[grouping]) for grouping in Grouping]
        self.grouping = FilterChip("Gruppiert nach", words, multiple=False)
        kept = self._state.get().get("grouping")
        self.grouping.choose(frozenset({kept if kept in list(Grouping) else Grouping.QUARTER.value}))
        self.grouping.changed.connect(self._regroup)
        self.filters.add_widget(self.grouping)

    def _regroup(self) -> None:
        self._remember(grouping=self._grouping.value)
        self.grouping.choose(frozenset({self._grouping.value}))
        self._show_rows()

    def _offer_filters(self) -> None:
        quarters = {row.quarter_id or 0: row.quarter or "Ohne Quartier" for row in self._rows}
        kinds = {row.kind or "": row.kind or "Ohne Art" for row in self._rows}
        self.filters.set_options("quarter", sorted(quarters.items(), key=lambda option: folded(option[1])))
        self.filters.set_options("kind", sorted(kinds.items(), key=lambda option: folded(option[1])))

    def _connect(self) -> None:
        self._count.timeout.connect(self._count_proposals)
        self.filters.changed.connect(self._show_rows)
        self.matrix.figure_opened.connect(self._open_figure)
        self.matrix.current_changed.connect(self._follow)
        self.matrix.edit_wanted.connect(lambda row: self._edit(row.id))
        self.matrix.remove_wanted.connect(self._remove)
        self.matrix.menu_wanted.connect(self._menu)
        self.matrix.exported.connect(lambda path: self.context.say(f"Gespeichert: {path}"))
        self.matrix.closed_changed.connect(lambda closed: self._remember(closed=sorted(closed)))

    def _remember(self, **values: object) -> None:
        self._state.set(self._state.get() | values)

    # ---- detail ----

    @property
    def detail(self) -> Detail:
        """What is behind a figure; made when it is first wanted, so that the page opens quickly."""
        if self._detail is None:
            self._detail = Detail(self.context, self._close_detail, self._assign)
            self._below.addWidget(self._detail)
        return self._detail

    def _subject(self, line: BudgetLine) -> Subject:
        trail = (f"{line.name}",) if line.row is None else ((line.row.quarter or "Ohne Quartier"), line.name)
        over = line.row is not None and line.figures.overspent_cents > 0
        reason = line.row.overspending_reason if line.row is not None and over else None
        return Subject(trail, line.budget_ids, overspending_reason=reason, key=line.key)

    def _open_figure(self, line: BudgetLine, column: str) -> None:
        self.detail.show_subject(self._subject(line), column)
        self._show_lower()
        QTimer.singleShot(0, self.matrix, self.matrix.show_current)

    def _follow(self, line: BudgetLine | None) -> None:
        """The keyboard moves on: an open detail follows."""
        if line is not None and not self._lower.isHidden():
            self.detail.show_subject(self._subject(line))

    def _renew_subject(self, subject: Subject) -> None:
        line = self.matrix.line(subject.key)
        self.detail.show_subject(self._subject(line) if line is not None else subject)

    def _show_lower(self) -> None:
        self._lower.show()
        self._make_room()

    def _make_room(self) -> None:
        """Where there is room for two lists only, the cards step aside for what is behind a figure."""
        lines = self.height() / self.fontMetrics().height()
        self.cards.setVisible(self._lower.isHidden() or lines >= LINES_FOR_ALL)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _close_detail(self) -> None:
        self._lower.hide()
        self._make_room()
        self.matrix.setFocus()

    def _show_income(self) -> None:
        ids = tuple(row.id for row in self._rows if row.figures.income_cents)
        self._show_lower()
        self.detail.show_subject(Subject((f"Einnahmen {self.year}",), ids, only_income=True), "actual")

    # ---- commands ----

    def _new(self) -> None:
        open_budget_form(self.context, self.window(), None, self.year)

    def _edit(self, budget_id: int) -> None:
        open_budget_form(self.context, self.window(), budget_id, self.year)

    def _remove(self, row: BudgetRow) -> None:
        self.context.do(f"Budget {row.number} gelöscht", budgets.remove, row.id)

    def _next_year(self) -> None:
        NextYearDialog(self.context, self.window(), self.year).open()

    def _carry_over(self) -> None:
        CarryOverDialog(self.context, self.window(), self.year).open()

    def _export(self) -> None:
        from app.ui.finance.finance_dialog import open_finance_export

        open_finance_export(self.context, self.window(), self.year)

    def _changes(self) -> None:
        from app.ui.finance.changes_dialog import open_changes

        open_changes(self.context, self.window(), self.year)

    def _rules(self) -> None:
        RulesDialog(self.context, self.window(), self.year).open()

    def open_settlement(self) -> None:
        """The dialog with the proposals which commitment a booking settles."""
        SettlementDialog(self.context, self.window(), self.year).open()

    def _count_proposals(self) -> None:
        self.cards.show_proposals(len(self.context.ask(settlement_proposals.rows, self.year)))

    def open_assign(self) -> None:
        """The dialog with everything that has no budget yet."""
        AssignDialog(self.context, self.window(), self.year).open()

    def _assign(self, booking_ids: list[int]) -> None:
        AssignDialog(self.context, self.window(), self.year, booking_ids).open()

    def _menu(self, line: BudgetLine, at: QPoint) -> None:
        sharing, row = self.matrix.sharing, line.row
        entries: list[Entry | None] = [
            ("Buchungen", "receipt", lambda: self._open_figure(line, "actual")),
            ("Mittelbindungen", "commitment", lambda: self._open_figure(line, "committed")),
            ("Umschichtungen", "transfer", lambda: self._open_figure(line, "transfers")),
            None,
        ]
        if row is not None:
            context, window = self.context, self.window()
            entries += [
                ("Bearbeiten …", "edit", lambda: self._edit(row.id)),
                ("Umschichten …", "transfer", lambda: open_transfer_form(context, window, None, row.id)),
                (
                    "Mittelbindung anlegen …",
                    "plus",
                    lambda: open_commitment_form(context, window, None, row.id),
                ),
                ("Löschen", "trash", lambda: self._remove(row)),
                None,
            ]
        entries += [
            ("Kopieren", "copy", sharing.copy),
            ("Mit Überschriften kopieren", "", lambda: sharing.copy(headers=True)),
            None,
            ("Angezeigtes als Excel speichern …", "spreadsheet", sharing.export),
        ]
        menu = line_menu(self, entries)
        menu.addMenu(sharing.column_menu(menu))
        menu.popup(at)
