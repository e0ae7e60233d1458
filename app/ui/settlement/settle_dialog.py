"""Putting bookings on a commitment, as a part of it or as the last of it."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.domain.money import euro
from app.domain.settlement.settlement_evidence import says_final
from app.services.budgets import commitments
from app.services.budgets.commitments import CommitmentRow, SettlingRow
from app.ui.context import Context
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
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


class SettleDialog(QDialog):
    """Above the bookings that are on the commitment, below those that could be."""

    def __init__(self, context: Context, row: CommitmentRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context.own(self)
        self._row = row
        self._left = row.amount_cents
        self.setWindowTitle(f"Mittelbindung {row.number}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.settled = _table(
            "settled", "Zugeordnete Buchungen", "Noch keine Buchung auf dieser Mittelbindung"
        )
        self.candidates = _table("candidates", "Mögliche Buchungen", "Keine weitere Buchung in diesem Budget")
        self.sentence = label("", "muted", wrap=True)
        self.warning = Note(tone=Tone.WARNING)
        self.final = QCheckBox("Das war die letzte Buchung: Mittelbindung schließen, den Rest freigeben")
        self.put = button("Zuordnen", self._put, icon="link", role="primary")
        self.take = button("Ausgewählte lösen", self._take, icon="unlink")
        self._lay_out()
        self.settled.selection_changed.connect(lambda rows: self.take.setEnabled(bool(rows)))
        self.candidates.selection_changed.connect(self._show_choice)
        self._context.outdated.connect(self._refresh)
        self._refresh()
        self.resize(820, 600)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Zugeordnet", "section"), 1)
        head.addWidget(self.take)
        foot = QHBoxLayout()
        foot.addWidget(self.final, 1)
        foot.addWidget(button("Schließen", self.reject))
        foot.addWidget(self.put)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(f"{self._row.number} · {self._row.title}", "title"))
        layout.addWidget(self.sentence)
        layout.addLayout(head)
        layout.addWidget(self.settled, 2)
        layout.addWidget(label("Mögliche Buchungen", "section"))
        layout.addWidget(self.candidates, 3)
        layout.addWidget(self.warning)
        layout.addLayout(foot)

    def _refresh(self) -> None:
        settled, possible = self._context.ask(_lists, self._row.id)
        self.settled.set_rows(settled)
        self.candidates.set_rows(possible)
        booked = sum(row.amount_cents for row in settled)
        left = self._left = self._row.amount_cents - booked
        state = f"offen {euro(left)}" if left >= 0 else f"um {euro(-left)} überschritten"
        self.sentence.setText(f"Betrag {euro(self._row.amount_cents)} · gebucht {euro(booked)} · {state}")
        self.take.setEnabled(bool(self.settled.selected()))
        self._show_choice(self.candidates.selected())

    def _show_choice(self, rows: list[SettlingRow]) -> None:
        self.put.setEnabled(bool(rows))
        total = sum(row.amount_cents for row in rows)
        self.put.setText(f"{euro(total)} zuordnen" if rows else "Zuordnen")
        used_up = 0 < self._left <= total
        self.final.setChecked(bool(rows) and (used_up or any(says_final(row.text) for row in rows)))
        over = total - max(self._left, 0)
        self.warning.set_text(f"Das sind {euro(over)} mehr, als noch offen ist. Zuordnen geht trotzdem.")
        self.warning.setVisible(bool(rows) and over > 0)

    def _put(self) -> None:
        ids = [row.id for row in self.candidates.selected()]
        final_on: date | None = self._context.today() if self.final.isChecked() else None
        label = f"Buchungen auf {self._row.number} {'abschließend ' if final_on else ''}zugeordnet"
        self._context.do(label, commitments.settle, self._row.id, ids, final_on=final_on)
        if final_on:
            self.accept()

    def _take(self) -> None:
        ids = [row.id for row in self.settled.selected()]
        self._context.do(f"Buchungen von {self._row.number} gelöst", commitments.remove_bookings, ids)


def _lists(session: Session, commitment_id: int) -> tuple[list[SettlingRow], list[SettlingRow]]:
    return commitments.settled_by(session, commitment_id), commitments.candidates(session, commitment_id)


def _table(table_id: str, title: str, empty: str) -> Table[SettlingRow]:
    state = EmptyState("receipt", empty)
    table: Table[SettlingRow] = Table(f"budget_{table_id}", COLUMNS, title=title, empty=state)
    table.setMinimumHeight(120)
    return table
