"""All quarters: how far each is, what money is left, what comes next; and one of them at a glance."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.domain.counting import counted
from app.domain.dates import german
from app.domain.deadlines.deadlines import Deadline
from app.services.deadlines import deadlines
from app.services.quarters import quarters
from app.services.quarters.quarters import QuarterRow
from app.ui.context import Context
from app.ui.kit.page import EmptyState, FilterBar, Page, Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.search_keys import SearchKeys
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.figures import Bar
from app.ui.profile.dates import days_left
from app.ui.quarters.form import quarter_dialog
from app.ui.quarters.profile import QuarterProfile, track

PAGE = "quarters"


def columns(context: Context, next_due: Callable[[QuarterRow], Deadline | None]) -> list[Column[QuarterRow]]:
    """What the list shows of a quarter."""

    def bar(row: QuarterRow) -> Bar | None:
        figures = row.figures
        if figures is None:
            return None
        return Bar(figures.disposable_cents, figures.actual_cents, figures.committed_cents)

    def due(row: QuarterRow) -> str:
        return f"{german(found.day)}: {found.title}" if (found := next_due(row)) else ""

    return [
        Column("name", "Quartier", lambda row: row.name, width=132, strong=True, stretch=True),
        Column("phase", "Phase", track, Kind.TRACK, width=136),
        Column("budget", "Budget", bar, Kind.BAR, width=104),
        Column(
            "due",
            "Nächster Termin",
            lambda row: days_left(found, context.today()) if (found := next_due(row)) else None,
            Kind.PILL,
            width=142,
            tip=due,
        ),
        Column("actors", "Träger", lambda row: row.actors, Kind.NUMBER, width=64, hidden=True),
        Column("offers", "Angebote", lambda row: row.offers, Kind.NUMBER, width=80, hidden=True),
        Column(
            "agreements", "Vereinbarungen", lambda row: row.agreements, Kind.NUMBER, width=116, hidden=True
        ),
        Column("short", "Kürzel", lambda row: row.short, width=80, hidden=True),
        Column("district", "Stadtbezirk", lambda row: row.district, hidden=True),
        Column("parts", "Stadtteile", lambda row: row.city_parts, width=200, hidden=True),
        Column("person", "Ansprechperson", lambda row: row.contact_person, hidden=True),
    ]


class QuartersPage(Page):
    """List left, profile right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.header.set_title("Quartiere")
        self.header.set_primary("Quartier anlegen", self.add_quarter)
        self.filters = FilterBar(PAGE, "Quartier, Stadtteil, Person …")
        self.filters.add_chip("phase", "Phase")
        self.filters.add_chip("district", "Stadtbezirk")
        self.filters.changed.connect(self._filter)
        self._due: Mapping[int, Sequence[Deadline]] = {}
        self.table: Table[QuarterRow] = Table(
            PAGE,
            columns(context, lambda row: next(iter(self._due.get(row.id, ())), None)),
            title="Quartiere",
            empty=EmptyState(
                "quarters",
                "Noch keine Quartiere.",
                "Liste aus Excel übernehmen",
                lambda: context.open("imports"),
                hint="Ein Quartier besteht aus einem oder mehreren Stadtteilen, oder aus einem Stück davon.",
            ),
        )
        self.filters.add_widget(self.table.tools)
        self.profile = QuarterProfile(context, self.edit_current)
        self.table.sort("name")
        self.table.current_changed.connect(self._show)
        self.table.opened.connect(lambda row: self.edit(row.id))
        SearchKeys(self.filters.search, self.table)
        self.table.remove_requested.connect(self.remove)
        self.table.filter_reset_requested.connect(self.filters.reset)
        self.table.set_actions(
            [RowAction("Bearbeiten", lambda rows: self.edit(rows[0].id), "edit", lambda rows: len(rows) == 1)]
        )
        list_side = QWidget()
        column = QVBoxLayout(list_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.filters)
        column.addWidget(self.table, 1)
        self.body.addWidget(Split(PAGE, list_side, self.profile, shares=(3, 2)), 1)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        self._due = self.context.ask(deadlines.by_quarter, self.context.today())
        rows = self.context.ask(quarters.rows, self.context.today().year)
        self.filters.set_options("phase", [(phase, phase) for phase in self.context.ask(quarters.phases)])
        districts = sorted({row.district for row in rows if row.district})
        self.filters.set_options("district", [(name, name) for name in districts])
        self.table.set_rows(rows)
        self._filter()
        self.header.set_sentence(_sentence(rows))
        if self.table.current() is None and self.table.shown_rows():
            self.table.select_position(0)

    def _show(self, row: QuarterRow | None) -> None:
        self.profile.show_quarter(row, self._due.get(row.id, ()) if row else ())

    def open_record(self, record_id: int) -> None:
        """Show this quarter; filters that hide it are taken away."""
        self.refresh_if_stale()
        if not self.table.select(record_id):
            self.filters.reset()
            self.table.select(record_id)

    def add_quarter(self) -> None:
        """The form for a new quarter; afterwards it is shown."""
        dialog = quarter_dialog(self.context, None, self.window())
        dialog.saved.connect(lambda quarter_id: self.open_record(quarter_id))
        dialog.open()

    def edit(self, quarter_id: int) -> None:
        """The form of a quarter."""
        quarter_dialog(self.context, quarter_id, self.window()).open()

    def edit_current(self) -> None:
        row = self.table.current()
        if row is not None:
            self.edit(row.id)

    def remove(self, rows: list[QuarterRow]) -> None:
        """Delete quarters nothing hangs on; undo brings them back."""
        names = ", ".join(row.name for row in rows)
        self.context.do(f"Gelöscht: {names}", remove_quarters, [row.id for row in rows])

    def _filter(self) -> None:
        phases, districts = self.filters.chosen("phase"), self.filters.chosen("district")
        self.table.set_search(self.filters.text)
        self.table.set_predicate(
            lambda row: (not phases or row.phase in phases) and (not districts or row.district in districts)
        )


def remove_quarters(session: Session, quarter_ids: list[int]) -> None:
    """Delete all of them or none."""
    for quarter_id in quarter_ids:
        quarters.remove(session, quarter_id)


def _sentence(rows: list[QuarterRow]) -> str:
    """How many quarters, how many run, and whether money is short anywhere."""
    if not rows:
        return "Hier entsteht die Übersicht über alle Quartiere."
    running = sum(row.phase in ("Betrieb", "Verstetigung") for row in rows)
    overspent = [row.name for row in rows if row.figures and row.figures.overspent_cents]
    parts = [counted(len(rows), "Quartier", "Quartiere"), f"{running} im Betrieb"]
    if overspent:
        parts.append(f"Budget überzogen: {', '.join(overspent)}")
    return " · ".join(parts)
