"""The pane below the list of proposals: booking and commitment face to face, and what the chosen ones do together."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from app.domain.counting import counted
from app.domain.money import euro
from app.domain.settlement.settlement import SettlementKind
from app.ui.kit.actions import spec, with_keys
from app.ui.kit.layout import STRETCH, add, aligned, column, grow, held, row
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import clear_layout
from app.ui.kit.widgets.icon_label import IconLabel
from app.ui.kit.widgets.painting import strong_font
from app.ui.kit.widgets.text import button, label, rule
from app.ui.settlement.settlement_lines import SettlementLine

_ACTION = {SettlementKind.PARTIAL: "settle.partial", SettlementKind.FINAL: "settle.final"}


class SettlementPane(QFrame):
    """`show_lines`: one face to face, several as a sum. The two buttons choose the kind of all of them."""

    def __init__(self, choose: Callable[[SettlementKind], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._left, self._middle, self._right = (column(spacing=4) for _ in range(3))
        self.kinds = {kind: self._kind_button(kind, choose) for kind in SettlementKind}
        self._group = QButtonGroup(self)
        for one in self.kinds.values():
            self._group.addButton(one)
        self._choice = held(row(*self.kinds.values(), STRETCH, spacing=6, margins=(0, 4, 0, 0)))
        right = column(self._right, self._choice, STRETCH, spacing=4)
        row(grow(self._left), grow(self._middle), grow(right), on=self, spacing=24, margins=(16, 12, 16, 12))
        self.setMinimumHeight(150)

    def _kind_button(self, kind: SettlementKind, choose: Callable[[SettlementKind], object]) -> QPushButton:
        action = _ACTION[kind]
        tip = with_keys(spec(action).text, action)
        made = button(kind.word, lambda: choose(kind), role="chip", tip=tip)
        made.setCheckable(True)
        as_chosen = QFontMetrics(strong_font(made.font()))
        made.setMinimumWidth(as_chosen.horizontalAdvance(made.text()) + 32)
        return made

    def show_lines(self, lines: Sequence[SettlementLine]) -> None:
        """What is selected in the list."""
        for side in (self._left, self._middle, self._right):
            clear_layout(side)
        payments = [line for line in lines if line.row.amount_cents > 0 and not line.row.is_closed]
        self._choice.setVisible(bool(payments))
        self._show_kind({line.kind for line in payments})
        if len(lines) == 1:
            self._show_one(lines[0])
        elif lines:
            self._show_several(lines)
        else:
            self._left.addWidget(label("Kein Vorschlag ausgewählt", "muted"))
        for side in (self._left, self._middle):
            side.addStretch(1)

    def _show_kind(self, kinds: set[SettlementKind]) -> None:
        self._group.setExclusive(False)
        for kind, one in self.kinds.items():
            one.setChecked(kinds == {kind})
        self._group.setExclusive(len(kinds) == 1)

    def _show_one(self, line: SettlementLine) -> None:
        row = line.row
        document = f"Beleg {row.document_number} · " if row.document_number else ""
        self._head(self._left, "Buchung", euro(row.amount_cents))
        self._words(self._left, row.text or "ohne Text", row.payee or "ohne Empfänger")
        self._caption(self._left, f"{document}{row.day:%d.%m.%Y}")
        self._middle.addWidget(label("Was dafür spricht", "field"))
        for reason in row.reasons:
            self._reason(reason, "check", Tone.SUCCESS)
        for doubt in row.doubts:
            self._reason(doubt, "warning", Tone.WARNING)
        self._head(self._right, f"Mittelbindung {row.number}", f"offen {euro(line.balance.before)}")
        self._words(self._right, row.title, row.recipient or "ohne Empfänger")
        since = f" · vom {row.committed_on:%d.%m.%Y}" if row.committed_on else ""
        agreement = f" · {row.agreement_number}" if row.agreement_number else ""
        self._caption(
            self._right,
            f"{euro(row.committed_cents)} zugesagt · Budget {row.budget_number}{since}{agreement}",
        )
        self._right.addWidget(label(_effect(line), wrap=True))

    def _show_several(self, lines: Sequence[SettlementLine]) -> None:
        total = sum(line.row.amount_cents for line in lines)
        self._head(self._left, f"{len(lines)} Buchungen", euro(total))
        self._caption(self._left, _listed(line.row.payee or "ohne Empfänger" for line in lines))
        numbers = list(dict.fromkeys(line.row.number for line in lines))
        self._middle.addWidget(label("Zusammen", "field"))
        closing = {line.row.number for line in lines if line.kind is SettlementKind.FINAL}
        freed = sum(line.balance.freed for line in lines)
        over = sum(line.balance.over for line in lines)
        self._reason(
            f"{len(closing)} von {len(numbers)} Mittelbindungen werden geschlossen", "lock", Tone.ACCENT
        )
        if freed:
            self._reason(f"{euro(freed)} werden wieder frei", "unlock", Tone.SUCCESS)
        if over:
            self._reason(f"{euro(over)} mehr als zugesagt", "warning", Tone.WARNING)
        self._head(self._right, counted(len(numbers), "Mittelbindung", "Mittelbindungen"), "")
        self._caption(self._right, _listed(numbers))

    # --- small parts -------------------------------------------------------------------------------------------

    def _head(self, side: QVBoxLayout, name: str, figure: str) -> None:
        add(side, row(grow(label(name, "field")), label(figure, "strong")), rule())

    def _words(self, side: QVBoxLayout, first: str, second: str) -> None:
        add(
            side,
            label(first, "strong", wrap=True, selectable=True),
            label(second, wrap=True, selectable=True),
        )

    def _caption(self, side: QVBoxLayout, words: str) -> None:
        side.addWidget(label(words, "caption", wrap=True, selectable=True))

    def _reason(self, words: str, icon: str, tone: Tone) -> None:
        picture = aligned(IconLabel(icon, lambda colours: colours.ink(tone), 16), Qt.AlignmentFlag.AlignTop)
        self._middle.addLayout(row(picture, grow(label(words, wrap=True)), spacing=6))


def _effect(line: SettlementLine) -> str:
    balance = line.balance
    if line.row.amount_cents < 0:
        return f"Danach offen: {euro(balance.after)}"
    if line.kind is SettlementKind.FINAL and not line.row.is_closed:
        rest = f", {euro(balance.freed)} werden wieder frei" if balance.freed else ""
        over = f", {euro(balance.over)} mehr als zugesagt" if balance.over else ""
        return f"Wird geschlossen{rest}{over}"
    over = f" · {euro(balance.over)} mehr als zugesagt" if balance.over else ""
    return f"Danach offen: {euro(balance.after)}{over}"


def _listed(names: Iterable[str], most: int = 6) -> str:
    known = list(dict.fromkeys(names))
    more = f" und {len(known) - most} weitere" if len(known) > most else ""
    return ", ".join(known[:most]) + more
