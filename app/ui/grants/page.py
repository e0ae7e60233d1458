"""The page of grants: list left, all about the chosen one right."""

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.dates import german
from app.domain.money import euro
from app.services.grants import grant_standing, grants
from app.services.grants.grant_standing import GrantStanding
from app.services.grants.grants import GrantRow
from app.ui.context import Context
from app.ui.grants.detail import GrantDetail
from app.ui.grants.form import open_grant_form
from app.ui.kit.editors import DateEditor
from app.ui.kit.page import EmptyState, Page, Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.text import label

COLUMNS: tuple[Column[GrantRow], ...] = (
    Column("short", "Kürzel", lambda row: row.short, width=70, strong=True),
    Column("funder", "Zuwendungsgeber", lambda row: row.funder, width=120, stretch=True),
    Column("end", "Bis", lambda row: row.end, Kind.DATE, 88, hidden=True),
)


class GrantsPage(Page):
    """Answers: what of the money received is not yet covered, and until when must it be used?"""

    watches: ClassVar[frozenset[str]] = frozenset(
        {"grant", "plan_item", "draw_down", "booking", "budget", "commitment"}
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.header.set_title("Förderung")
        self.day = DateEditor()
        self.day.set_value(context.today())
        self.day.set_name("Stand am")
        self.day.finished.connect(self._show_day)
        self._make_header()
        self.table: Table[GrantRow] = Table("grants", COLUMNS, title="Förderungen")
        self.table.setMinimumWidth(220)
        self.detail = GrantDetail(self.edit, self._confirm, lambda: context.open("budget"))
        self._full = Split("grants", self.table, self.detail, shares=(1, 4))
        self._nothing = EmptyState(
            "grants",
            "Noch keine Förderung",
            "Förderung anlegen",
            self.add,
            hint="Zuwendungen mit Finanzierungsplan und Mittelabrufen; auch mit den Stammdaten aus Excel.",
        )
        self.body.addWidget(self._full, 1)
        self.body.addWidget(self._nothing, 1)
        self._wanted: int | None = None
        self._shown_on: date | None = None
        self._pick = QTimer(self, singleShot=True, interval=0)
        self._pick.timeout.connect(self._show_current)
        self.table.current_changed.connect(lambda _: self._pick.start())
        self.table.opened.connect(lambda _: self.edit())
        self.table.remove_requested.connect(self._remove)
        self.table.set_actions([RowAction("Bearbeiten …", lambda _: self.edit(), "edit")])
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        rows = self.context.ask(grants.rows)
        self._full.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self.edit_button.setEnabled(bool(rows))
        self.table.set_rows(rows)
        if self._wanted is not None:
            self.table.select(self._wanted)
            self._wanted = None
        elif self.table.current() is None and rows:
            self.table.select_position(0)
        self._pick.start()

    def open_record(self, record_id: int) -> None:
        self._wanted = record_id
        self.mark_stale()
        self.refresh_if_stale()

    def add(self) -> None:
        dialog = open_grant_form(self.context, self.window(), None)
        dialog.saved.connect(self.open_record)

    def edit(self) -> None:
        row = self.table.current()
        if row is not None:
            open_grant_form(self.context, self.window(), row.id)

    def _remove(self, rows: list[GrantRow]) -> None:
        self.context.do(f"Förderung {rows[0].short} gelöscht", grants.remove, rows[0].id)

    def _confirm(self) -> None:
        row = self.table.current()
        if row is not None:
            label = f"Regeln der Förderung {row.short} aus dem Bescheid bestätigt"
            self.context.do(label, grant_standing.confirm, row.id)

    def _show_current(self) -> None:
        row = self.table.current()
        if row is None:
            self.detail.clear()
            self.header.set_sentence("")
            return
        self._shown_on = self._on()
        standing = self.context.ask(grant_standing.standing, row.id, self._shown_on)
        self.detail.show_standing(self.context.ask(grants.load, row.id), standing)
        self.header.set_sentence(_sentence(standing))

    def _show_day(self) -> None:
        """She left the field; only another day is worth reading everything again."""
        if self._shown_on != self._on():
            self._show_current()

    def _on(self) -> date:
        """The day asked for; today while it cannot be read."""
        try:
            return self.day.value() or self.context.today()
        except ValueError:
            return self.context.today()

    def _make_header(self) -> None:
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(label("Stand am", "muted"))
        layout.addWidget(self.day)
        header = self.header.layout()
        assert isinstance(header, QHBoxLayout)
        header.insertWidget(1, box)
        self.edit_button = self.header.add_secondary("Bearbeiten", self.edit, icon="edit")
        self.header.set_primary("Förderung anlegen", self.add)


def _sentence(standing: GrantStanding) -> str:
    waiting = [use for use in standing.payouts if use.open_cents > 0]
    if not standing.payouts:
        return f"{standing.short}: bisher nichts erhalten"
    if not waiting:
        return f"{standing.short}: alles Erhaltene ist verwendet"
    return f"{euro(standing.refund_cents)} noch nicht belegt · zu verwenden bis {german(waiting[0].payout.use_by)}"
