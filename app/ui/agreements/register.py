"""The register: the list of all agreements left, all about the chosen one right."""

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.dates import german
from app.services.agreements import agreement_register, agreements
from app.services.agreements.agreement_register import AgreementRow, Summary
from app.ui.agreements.commands import AgreementCommands
from app.ui.agreements.detail import DetailView
from app.ui.agreements.form import AgreementBody
from app.ui.agreements.pills import act_by_pill, act_by_reason
from app.ui.agreements.views import AgreementsView, Primary
from app.ui.context import Context
from app.ui.kit.change_field import FieldChange
from app.ui.kit.editors import words_of
from app.ui.kit.filter_bar import Filter, FilterBar
from app.ui.kit.layout import column, grow
from app.ui.kit.page import Split
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.filtering import filter_by
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.timers import later
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.papers.serial_menu import SerialMenu
from app.ui.removal import Removal
from app.ui.stage_pills import stage_pill

CHANGEABLE = (
    "quarter_id", "belongs_to_id", "begin", "end", "renewal_months", "minimum_until", "notice", "notice_unit",
    "notice_effect", "amount_cents", "reminders", "notes",
)  # fmt: skip
"""Fields that several agreements can be given at once."""
DUE = ((30, "in 30 Tagen"), (90, "in 90 Tagen"), (365, "in einem Jahr"))


class RegisterView(AgreementsView):
    """Answers: what is running, and what wants a decision by when?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._wanted: int | None = None
        self._pick = later(self, self._show_current)
        self._partners: dict[int, frozenset[int]] = {}
        self.filters = FilterBar(
            "agreements",
            filters=(
                Filter[AgreementRow]("kind", "Art", lambda row: row.kind, words_of(AgreementKind)),
                Filter("stage", "Stand", lambda row: row.stage, words_of(Stage)),
                Filter("quarter", "Quartier", lambda row: row.quarter_id),
                Filter("actor", "Träger", lambda row: self._partners.get(row.id, frozenset())),
                Filter("due", "Fällig", self._due, DUE, multiple=False),
            ),
        )
        self.commands = AgreementCommands(context, self, self.open_record)
        self.table = self._make_table()
        self.filters.add_widget(self.serial.button())
        filter_by(self.filters, self.table)
        self.detail = DetailView(context, self.commands, self.record_wanted.emit)
        column(self.filters, grow(Split("agreements", self.table, self.detail, shares=(5, 2))), on=self)
        self.setFocusProxy(self.table)

    # ---- showing ----

    def primary(self) -> Primary | None:
        return "Vereinbarung anlegen", self.commands.add

    def refresh(self) -> str:
        today = self.context.today()
        choices = self.context.ask(agreement_register.choices)
        self._partners = self.context.ask(agreement_register.actors_by_agreement, today)
        self.filters.set_options("quarter", [*choices.quarters])
        self.filters.set_options("actor", [(actor.id, actor.name) for actor in choices.actors])
        rows = self.context.ask(agreement_register.rows, today)
        self.table.set_rows(rows)
        self.detail.setVisible(bool(rows))
        wanted, self._wanted = self._wanted, None
        if wanted is not None and any(row.id == wanted for row in rows):
            self._select(wanted)
        else:
            self.table.choose_first()
        self._pick.start()
        return _sentence(agreement_register.summed_up(rows, today))

    def place(self) -> int | None:
        row = self.table.current()
        return None if row is None else row.id

    def open_record(self, record_id: int) -> None:
        if any(row.id == record_id for row in self.table.rows()):
            self._select(record_id)
        else:
            self._wanted = record_id  # just made, or nothing read yet: it comes with the next refresh

    def _select(self, record_id: int) -> None:
        if not self.table.select(record_id):
            self.filters.reset()
            self.table.select(record_id)
        self.table.setFocus()

    def _due(self, row: AgreementRow) -> frozenset[int]:
        """Within which of the offered days something is to be decided."""
        return frozenset(days for days, _ in DUE if row.due_within(days, self.context.today()))

    def _show_current(self) -> None:
        row = self.table.current()
        self.detail.show_agreement(row.id if row is not None else None)

    def _make_table(self) -> Table[AgreementRow]:
        table: Table[AgreementRow] = Table(
            "agreements",
            self._columns(),
            title="Vereinbarungen",
            empty=EmptyState(
                "agreements",
                "Noch keine Vereinbarungen",
                "Liste aus Excel übernehmen",
                lambda: self.context.open("imports"),
                hint="Oder oben rechts mit „Vereinbarung anlegen“ die erste eintragen.",
            ),
            pale=lambda row: row.stage is Stage.ENDED,
        )
        table.sort("number")
        table.opened.connect(lambda row: self.record_wanted.emit(row.id))
        table.current_changed.connect(lambda _row: self._pick.start())
        Removal(self.context, table, lambda rows: self.commands.remove(*rows))
        table.exported.connect(self.context.tell_saved)
        self.serial: SerialMenu = SerialMenu(self.context, table, self, agreements=True)
        table.set_actions(
            [
                RowAction("Bearbeiten", lambda rows: self.commands.edit(rows[0].id), "edit", one),
                RowAction("Drucken", lambda rows: self.commands.show_paper(rows[0].id), "print", one),
                self._change().action(self.context, self),
                *self.serial.actions(),
            ]
        )
        return table

    def _change(self) -> FieldChange[AgreementRow]:
        """What several agreements can be given at once; those that are signed refuse."""
        return FieldChange(
            ("Vereinbarung", "Vereinbarungen"),
            CHANGEABLE,
            lambda: AgreementBody(self.context.ask(agreement_register.choices), None),
            agreements.load,
            agreements.save,
            lambda row: row.number,
        )

    def _columns(self) -> list[Column[AgreementRow]]:
        def act_by(row: AgreementRow) -> Pill | None:
            return act_by_pill(row, self.context.today())

        return [
            Column("number", "Nummer", lambda row: row.number, width=96, strong=True),
            Column("title", "Titel", lambda row: row.title, width=200, least=64, stretch=True),
            Column("kind", "Art", lambda row: row.kind.word, width=140, hidden=True),
            Column("partners", "Partner", lambda row: row.partners, width=200, hidden=True, roomy=True),
            Column("quarter", "Quartier", lambda row: row.quarter, width=184, hidden=True, roomy=True),
            Column("stage", "Stand", stage_pill, Kind.PILL, width=146),
            Column("act_by", "Handeln bis", act_by, Kind.PILL, width=116, tip=act_by_reason),
            Column("duration", "Laufzeit", lambda row: row.duration, width=180, hidden=True, roomy=True),
            Column("begin", "Beginn", lambda row: row.term.begin, Kind.DATE, hidden=True),
            Column("runs_until", "Läuft bis", lambda row: row.view.runs_until, Kind.DATE, hidden=True),
            Column("signed", "Unterzeichnet", lambda row: row.signed_on, Kind.DATE, hidden=True),
            Column("amount", "Betrag", lambda row: row.amount_cents, Kind.AMOUNT, hidden=True),
            Column("goals", "Offene Ziele", lambda row: row.goals_open, Kind.NUMBER, hidden=True),
        ]


def _sentence(summary: Summary) -> str:
    running = f"{summary.running} laufend"
    over = f" · {summary.over} abgelaufen" if summary.over else ""
    if summary.first_day is None:
        return f"{running}{over} · in den nächsten 90 Tagen ist nichts zu entscheiden"
    verb = "braucht" if summary.deciding == 1 else "brauchen"
    first = "bis" if summary.deciding == 1 else "die erste bis"
    return (
        f"{running}{over} · {summary.deciding} {verb} eine Entscheidung, {first} {german(summary.first_day)}"
    )
