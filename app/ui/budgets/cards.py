"""The strip above the matrix: what is left, what is promised, what is not assigned, what came in."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.domain.counting import counted
from app.domain.money import euro
from app.services.budgets.budgets import BudgetYear, Unassigned
from app.ui.budget_bar import bar_of
from app.ui.figure_words import AVAILABLE, COMMITTED, INCOME, UNASSIGNED, total_of_year
from app.ui.kit import icons
from app.ui.kit.explained import explain
from app.ui.kit.layout import STRETCH, Item, column, grow, row
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.figures import Bar, Pill
from app.ui.kit.widgets.flow import EqualFlow
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label, show_if


class FigureCard(QFrame):
    """Caption, perhaps with an icon and a link, a figure with something `beside` it, a muted line, what is `below`."""

    def __init__(
        self,
        caption: str,
        action: str = "",
        clicked: Callable[[], object] | None = None,
        *,
        beside: Item = None,
        below: Item = None,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._icon = QLabel()
        self._icon.hide()
        self._caption = caption
        self.figure = label("", "figure")
        self.hint = label("", "caption", wrap=True)
        self.action = button(action, clicked, role="link")
        keeping = self.action.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # so that the figures of all cards stand in one line
        self.action.setSizePolicy(keeping)
        show_if(self.action, bool(action))
        column(
            row(self._icon, grow(label(caption, "caption", wrap=True)), self.action, spacing=6),
            row(self.figure, beside, spacing=16),
            self.hint,
            below,
            STRETCH,
            on=self,
            margins=(16, 8, 16, 8),
            spacing=0,
        )

    def set_contains(self, words: str) -> None:
        """What the figure is made of."""
        explain(self, words)
        self.setAccessibleName(f"{self._caption}: {self.figure.text()}")

    def show_icon(self, name: str, tone: Tone) -> None:
        """An icon in a tone before the caption; "" takes it away."""
        self._icon.setVisible(bool(name))
        if name:
            self._icon.setPixmap(icons.icon(name, tone).pixmap(QSize(16, 16)))


class Cards(QWidget):
    """The four cards; "Abgleichen", "Zuordnen" and "Ansehen" lead on."""

    def __init__(
        self,
        settle: Callable[[], object],
        assign: Callable[[], object],
        show_income: Callable[[], object],
    ) -> None:
        super().__init__()
        self.bar = BudgetBar(Bar(0, 0))
        self.available = FigureCard("Verfügbar", beside=grow(self.bar))
        self.proposals = PillLabel()
        self.committed = FigureCard("Gebunden", "Abgleichen", settle, below=self.proposals)
        self.settle = self.committed.action
        self.settle.setToolTip("Mittelbindungen abgleichen: welche Buchung erfüllt welche?")
        self.committed.hint.setText("Wird abgeglichen …")
        self.unassigned = FigureCard("Nicht zugeordnet", "Zuordnen", assign)
        self.assign = self.unassigned.action
        self.income = FigureCard("Einnahmen", "Ansehen", show_income)
        self.income.hint.setText("Stehen für sich, nicht im Ist")
        self.see_income = self.income.action
        line = EqualFlow(self)
        for card in (self.available, self.committed, self.unassigned, self.income):
            line.addWidget(card)

    def show_proposals(self, count: int) -> None:
        """How many bookings probably settle a commitment."""
        words = counted(count, "Vorschlag", "Vorschläge")
        self.proposals.set_pill(Pill(words, Tone.INFO, "link") if count else None)
        self.committed.hint.setText("" if count else "Nichts abzugleichen")
        self.committed.hint.setVisible(not count)
        self.settle.setAccessibleName(f"Mittelbindungen abgleichen, {words}")

    def show_figures(self, year: BudgetYear) -> None:
        """Figures of the whole year, and what of it no budget has got."""
        total, missing = year.total, year.unassigned
        whole = total_of_year(year.year, len(year.rows), missing)
        self.available.figure.setText(euro(total.available_cents))
        self.available.hint.setText(f"von {euro(total.disposable_cents)} · Ist {euro(total.actual_cents)}")
        self.available.show_icon("warning" if total.overspent_cents else "", Tone.DANGER)
        self.bar.set_bar(bar_of(total))
        self.committed.figure.setText(euro(total.committed_cents))
        self.income.figure.setText(euro(-total.income_cents))
        self.see_income.setVisible(bool(total.income_cents or missing.income_count))
        self._show_unassigned(missing)
        self.available.set_contains("\n".join((AVAILABLE, whole, bar_of(total).sentence)))
        self.committed.set_contains(f"{COMMITTED} {whole}")
        self.unassigned.set_contains(f"{UNASSIGNED} In Ist und Verfügbar des Jahres sind sie enthalten.")
        self.income.set_contains(INCOME)

    def _show_unassigned(self, missing: Unassigned) -> None:
        income = counted(missing.income_count, "Einnahme", "Einnahmen")
        waiting = [counted(missing.count, "Buchung", "Buchungen")] if missing.count else []
        waiting += [f"{income} {euro(-missing.income_cents)}"] if missing.income_count else []
        words = f"{' und '.join(waiting)} ohne Budget" if waiting else "Alle Buchungen haben ein Budget"
        self.unassigned.figure.setText(euro(missing.sum_cents))
        self.unassigned.hint.setText(words)
        self.unassigned.show_icon(*(("warning", Tone.WARNING) if waiting else ("success", Tone.SUCCESS)))
        self.assign.setVisible(bool(waiting))
