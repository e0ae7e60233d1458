"""The strip above the matrix: what is left, what is promised, what is not assigned, what came in."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.budgets.budgets import BudgetFigures
from app.domain.counting import counted
from app.domain.money import euro
from app.services.budgets.budgets import Unassigned
from app.ui.kit import icons
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.figures import Bar, Pill
from app.ui.kit.widgets.pills import PillLabel
from app.ui.kit.widgets.text import button, label


class FigureCard(QFrame):
    """Caption, perhaps with an icon and a link, a figure, a muted line."""

    def __init__(
        self,
        caption: str,
        action: str = "",
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._icon = QLabel()
        self._icon.hide()
        self.figure = label("", "figure")
        self.hint = label("", "caption", wrap=True)
        self.action = button(action, clicked, role="link")
        keeping = self.action.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # so that the figures of all cards stand in one line
        self.action.setSizePolicy(keeping)
        self.action.setVisible(bool(action))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._icon)
        head.addWidget(label(caption, "caption", wrap=True), 1)
        head.addWidget(self.action)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(16)
        self._figures.addWidget(self.figure)
        self.words = QVBoxLayout(self)
        self.words.setContentsMargins(16, 8, 16, 8)
        self.words.setSpacing(0)
        self.words.addLayout(head)
        self.words.addLayout(self._figures)
        self.words.addWidget(self.hint)
        self.words.addStretch(1)

    def beside(self, widget: QWidget) -> None:
        """Put something at the right of the figure."""
        self._figures.addWidget(widget, 1)

    def below(self, widget: QWidget) -> None:
        """Put something below the hint."""
        self.words.insertWidget(self.words.count() - 1, widget)

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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.available = FigureCard("Verfügbar")
        self.bar = BudgetBar(Bar(0, 0))
        self.available.beside(self.bar)
        self.committed = FigureCard("Gebunden", "Abgleichen", settle)
        self.settle = self.committed.action
        self.settle.setToolTip("Mittelbindungen abgleichen: welche Buchung erfüllt welche?")
        self.proposals = PillLabel()
        self.committed.below(self.proposals)
        self.committed.hint.setText("Wird abgeglichen …")
        self.unassigned = FigureCard("Nicht zugeordnet", "Zuordnen", assign)
        self.assign = self.unassigned.action
        self.income = FigureCard("Einnahmen", "Ansehen", show_income)
        self.see_income = self.income.action
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for card, share in ((self.available, 4), (self.committed, 3), (self.unassigned, 3), (self.income, 3)):
            layout.addWidget(card, share)

    def show_proposals(self, count: int) -> None:
        """How many bookings probably settle a commitment."""
        words = counted(count, "Vorschlag", "Vorschläge")
        self.proposals.set_pill(Pill(words, Tone.INFO, "link") if count else None)
        self.committed.hint.setText("" if count else "Nichts abzugleichen")
        self.committed.hint.setVisible(not count)
        self.settle.setAccessibleName(f"Mittelbindungen abgleichen, {words}")

    def show_figures(self, total: BudgetFigures, missing: Unassigned) -> None:
        """Figures of the budgets, and what no budget has got."""
        self._show_available(total)
        count, income_count = missing.count, missing.income_count
        self.unassigned.figure.setText(euro(missing.sum_cents))
        if count or income_count:
            words = [counted(count, "Buchung", "Buchungen")] if count else []
            if income_count:
                words.append(
                    counted(income_count, "Einnahme", "Einnahmen") + f" {euro(-missing.income_cents)}"
                )
            self.unassigned.hint.setText(" und ".join(words) + " ohne Budget")
            self.unassigned.show_icon("warning", Tone.WARNING)
        else:
            self.unassigned.hint.setText("Alle Buchungen haben ein Budget")
            self.unassigned.show_icon("success", Tone.SUCCESS)
        self.assign.setVisible(bool(count or income_count))
        income = -(total.income_cents + missing.income_cents)
        self.income.figure.setText(euro(income))
        self.income.hint.setText("Stehen gesondert, kein Teil des Ist")
        self.see_income.setVisible(bool(total.income_cents or missing.income_count))

    def _show_available(self, total: BudgetFigures) -> None:
        self.available.figure.setText(euro(total.available_cents))
        self.available.hint.setText(f"von {euro(total.disposable_cents)} · Ist {euro(total.actual_cents)}")
        self.committed.figure.setText(euro(total.committed_cents))
        self.bar.set_bar(Bar(total.disposable_cents, total.actual_cents, total.committed_cents))
        self.available.show_icon("warning" if total.overspent_cents else "", Tone.DANGER)
