"""Putting bookings on a commitment, as a part of it or as the last of it."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.money import euro
from app.domain.settlement.settlement_evidence import says_final
from app.services.budgets import commitments
from app.services.budgets.commitments import CommitmentRow, SettlingRow
from app.ui.context import Context
from app.ui.kit.dialog import Dialog
from app.ui.kit.layout import grow, row
from app.ui.kit.plain import CheckBox
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label

COLUMNS: tuple[Column[SettlingRow], ...] = (
    Column("day", "Datum", lambda row: row.day, Kind.DATE),
    Column("document", "Beleg", lambda row: row.document_number, width=110),
    Column("text", "Text", lambda row: row.text, stretch=True),
    Column("payee", "Empfänger", lambda row: row.payee, width=160),
    Column("amount", "Betrag", lambda row: row.amount_cents, Kind.AMOUNT),
)


class SettleDialog(Dialog):
    """Above the bookings that are on the commitment, below those that could be."""

    def __init__(self, context: Context, commitment: CommitmentRow, parent: QWidget) -> None:
        super().__init__(parent, f"{commitment.number} · {commitment.title}", size=(820, 600))
        self.setWindowTitle(f"Mittelbindung {commitment.number}")
        self._context = context.own(self)
        self._commitment = commitment
        self._left = commitment.amount_cents
        none_yet, no_more = (
            "Noch keine Buchung auf dieser Mittelbindung",
            "Keine weitere Buchung in diesem Budget",
        )
        self.settled = _table("settled", "Zugeordnete Buchungen", none_yet)
        self.candidates = _table("candidates", "Mögliche Buchungen", no_more)
        self.warning = Note(tone=Tone.WARNING)
        self.final = CheckBox("Das war die letzte Buchung: Mittelbindung schließen, den Rest freigeben")
        self.put = button("Zuordnen", self._put, icon="link", role="primary")
        self.take = self.settled.action_button(RowAction("Ausgewählte lösen", self._take, "unlink"))
        self.build(
            row(grow(label("Zugeordnet", "section")), self.take),
            grow(self.settled, 2),
            label("Mögliche Buchungen", "section"),
            grow(self.candidates, 3),
            self.warning,
            foot=(grow(self.final), self.close_button("Schließen"), self.put),
        )
        self.candidates.selection_changed.connect(self._show_choice)
        self._context.outdated.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        settled = self._context.ask(commitments.settled_by, self._commitment.id)
        self.settled.set_rows(settled)
        self.candidates.set_rows(self._context.ask(commitments.candidates, self._commitment.id))
        booked = sum(row.amount_cents for row in settled)
        left = self._left = self._commitment.amount_cents - booked
        state = f"offen {euro(left)}" if left >= 0 else f"um {euro(-left)} überschritten"
        self.say(f"Betrag {euro(self._commitment.amount_cents)} · gebucht {euro(booked)} · {state}")
        self._show_choice(self.candidates.selected())

    def _show_choice(self, rows: list[SettlingRow]) -> None:
        self.put.setEnabled(bool(rows))
        total = sum(row.amount_cents for row in rows)
        self.put.setText(f"{euro(total)} zuordnen" if rows else "Zuordnen")
        used_up = 0 < self._left <= total
        self.final.setChecked(bool(rows) and (used_up or any(says_final(row.text) for row in rows)))
        over = total - max(self._left, 0)
        words = f"Das sind {euro(over)} mehr, als noch offen ist. Zuordnen geht trotzdem."
        self.warning.say(words if rows and over > 0 else "")

    def _put(self) -> None:
        ids = [row.id for row in self.candidates.selected()]
        final_on: date | None = self._context.today() if self.final.isChecked() else None
        label = f"Buchungen auf {self._commitment.number} {'abschließend ' if final_on else ''}zugeordnet"
        self._context.do(label, commitments.settle, self._commitment.id, ids, final_on=final_on)
        if final_on:
            self.accept()

    def _take(self, rows: list[SettlingRow]) -> None:
        ids = [row.id for row in rows]
        self._context.do(f"Buchungen von {self._commitment.number} gelöst", commitments.remove_bookings, ids)


def _table(table_id: str, title: str, empty: str) -> Table[SettlingRow]:
    state = EmptyState("receipt", empty)
    table: Table[SettlingRow] = Table(f"budget_{table_id}", COLUMNS, title=title, empty=state)
    table.setMinimumHeight(120)
    return table
