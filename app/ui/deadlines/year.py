"""The year at a glance: its dates as marks, and its money and agreements as figures."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent

from app.domain.counting import counted
from app.domain.money import euro
from app.services.overview.overview import YearFigures
from app.ui.budget_bar import bar_of
from app.ui.deadlines.due import TONES, DueRow
from app.ui.figure_words import ACTUAL, AVAILABLE, UNASSIGNED, total_of_year
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.flow import EqualFlow
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.kit.widgets.year_strip import Mark, YearStrip

RUNNING = "Laufende Vereinbarungen: unterzeichnet, in Kraft, geändert oder gekündigt, Laufzeit nicht vorbei."


class YearCard(Card):
    """Strip and figures. `chosen` gives the key of a mark, `opened` the page behind a figure."""

    chosen = Signal(object)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__("Die nächsten 12 Monate", spacing=8)
        self.strip = YearStrip()
        self.strip.chosen.connect(self.chosen)
        self.add(self.strip, 1)
        self.figures: dict[str, KeyFigure] = {}
        for name, words, page in (
            ("available", "Verfügbar", "budget"),
            ("actual", "Ist", "budget"),
            ("unassigned", "Nicht zugeordnet", "budget"),
            ("agreements", "Vereinbarungen", "agreements"),
        ):
            figure = KeyFigure(words, framed=False)
            figure.set_clickable()
            figure.clicked.connect(lambda page=page: self.opened.emit(page))
            self.figures[name] = figure
        figures = EqualFlow(spacing=8)
        for figure in self.figures.values():
            figures.addWidget(figure)
        self.column.addLayout(figures)

    def hasHeightForWidth(self) -> bool:
        """The strip gives way where height is short."""
        return False

    def minimumSizeHint(self) -> QSize:
        """The figures never give way: their notes may need a second line in a narrow window."""
        least, inner = super().minimumSizeHint(), self.contentsRect()
        lines = self.column.minimumHeightForWidth(inner.width()) + self.height() - inner.height()
        return QSize(least.width(), max(least.height(), lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_year(self, dues: Sequence[DueRow], figures: YearFigures, today: date) -> None:
        """Marks of twelve months from this one on, figures of the budget year."""
        marks = [
            Mark(
                due.deadline.day,
                f"{due.deadline.title} ({due.about})",
                Tone.ACCENT if TONES[due.urgency] is Tone.NEUTRAL else TONES[due.urgency],
                due.key,
            )
            for due in dues
        ]
        self.strip.set_marks(marks, today.replace(day=1), today)
        year = figures.budgets
        self.set_title(f"Die nächsten 12 Monate, Zahlen für {year.year}")
        money, loose = year.total, year.unassigned
        whole = total_of_year(year.year, len(year.rows), loose)
        self.figures["available"].set_figure(
            _full_euros(money.available_cents),
            f"von {_full_euros(money.disposable_cents)}",
            Tone.DANGER if money.overspent_cents else Tone.NEUTRAL,
        )
        self.figures["actual"].set_figure(
            _full_euros(money.actual_cents), f"gebunden {_full_euros(money.committed_cents)}"
        )
        self.figures["unassigned"].set_figure(
            euro(loose.sum_cents),
            counted(loose.count, "Buchung", "Buchungen") if loose.count else "alles zugeordnet",
            Tone.WARNING if loose.count else Tone.NEUTRAL,
        )
        quarters = counted(figures.quarters, "Quartier", "Quartiere")
        self.figures["agreements"].set_figure(str(figures.agreements), f"laufend · {quarters}")
        for name, words in (
            ("available", "\n".join((AVAILABLE, whole, bar_of(money).sentence))),
            ("actual", "\n".join((ACTUAL, whole, bar_of(money).sentence))),
            ("unassigned", UNASSIGNED),
            ("agreements", RUNNING),
        ):
            self.figures[name].set_contains(words)


def _full_euros(cents: int) -> str:
    """Euro without cents, for a glance; the budget page has them all."""
    return f"{euro(round(cents / 100) * 100).removesuffix(',00 €')}\N{NO-BREAK SPACE}€"
