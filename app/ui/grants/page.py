"""The page of grants: list left, all about the chosen one right."""

from collections.abc import Sequence
from datetime import date

from app.domain.dates import german
from app.domain.money import euro
from app.services.grants import grant_standing, grants
from app.services.grants.grant_standing import GrantStanding
from app.services.grants.grants import GrantInput, GrantRow
from app.ui.context import Context
from app.ui.grants.detail import GrantDetail
from app.ui.grants.form import grant_dialog
from app.ui.kit.editors import DateEditor
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import held, row
from app.ui.kit.records_page import RecordsPage
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.text import label

COLUMNS: tuple[Column[GrantRow], ...] = (
    Column("short", "Kürzel", lambda row: row.short, width=70, strong=True),
    Column("funder", "Zuwendungsgeber", lambda row: row.funder, width=120, stretch=True),
    Column("end", "Bis", lambda row: row.end, Kind.DATE, 88, hidden=True),
)


class GrantsPage(RecordsPage[GrantRow]):
    """Answers: what of the money received is not yet covered, and until when must it be used?"""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "grants",
            "Förderung",
            columns=COLUMNS,
            add="Förderung anlegen",
            remove=grants.remove,
            empty=EmptyState(
                "grants",
                "Noch keine Förderung",
                "Förderung anlegen",
                lambda: self.add(),
                hint="Zuwendungen mit Finanzierungsplan und Mittelabrufen; auch mit den Stammdaten aus Excel.",
            ),
            profile=GrantDetail(
                self._read_standing, self.edit_current, self._confirm, lambda: context.open("budget")
            ),
            shares=(1, 4),
        )
        self.table.setMinimumWidth(220)
        self.day = DateEditor()
        self.day.set_value(context.today())
        self.day.set_name("Stand am")
        self.day.finished.connect(self._show_day)
        self._shown_on: date | None = None
        self.header.add_beside_title(held(row(label("Stand am", "muted"), self.day, margins=(0, 0, 8, 0))))
        self.edit_button = self.header.add_secondary("Bearbeiten", self.edit_current, icon="edit")

    def read(self) -> list[GrantRow]:
        return self.context.ask(grants.rows)

    def form(self, record_id: int | None) -> FormDialog[GrantInput]:
        return grant_dialog(self.context, record_id, self.window())

    def named(self, rows: Sequence[GrantRow]) -> str:
        return f"Förderung {super().named(rows)}"

    def refresh(self) -> None:
        super().refresh()
        self.edit_button.setEnabled(bool(self.table.rows()))

    def _read_standing(self, grant: GrantRow) -> tuple[GrantInput, GrantStanding]:
        """A grant and how it stands on the day asked for; the sentence in the head says it in short."""
        self._shown_on = self._on()
        standing = self.context.ask(grant_standing.standing, grant.id, self._shown_on)
        self.header.set_sentence(_sentence(standing))
        return self.context.ask(grants.load, grant.id), standing

    def _confirm(self) -> None:
        grant = self.table.current()
        if grant is not None:
            label = f"Regeln der Förderung {grant.short} aus dem Bescheid bestätigt"
            self.context.do(label, grant_standing.confirm, grant.id)

    def _show_day(self) -> None:
        """She left the field; only another day is worth reading everything again."""
        if self._shown_on != self._on():
            self.show_current()

    def _on(self) -> date:
        """The day asked for; today while it cannot be read."""
        return self.day.readable() or self.context.today()


def _sentence(standing: GrantStanding) -> str:
    waiting = [use for use in standing.payouts if use.open_cents > 0]
    if not standing.payouts:
        return f"{standing.short}: bisher nichts erhalten"
    if not waiting:
        return f"{standing.short}: alles Erhaltene ist verwendet"
    return f"{euro(standing.refund_cents)} noch nicht belegt · zu verwenden bis {german(waiting[0].payout.use_by)}"
