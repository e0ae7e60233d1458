"""The tab "Geld": amount, budget and decision, instalments, commitments, and what of it all is paid."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.agreements.instalments import PaidState
from app.domain.budgets.budgets import BudgetFigures
from app.domain.dates import german
from app.domain.money import euro
from app.services.agreements import agreement_funding, agreements
from app.services.agreements.agreement_funding import Funding, InstalmentRow, SettledCommitment
from app.ui.agreements.commitment_offer import left_words, offer_note, open_offer
from app.ui.agreements.record.funding.frame import open_frame
from app.ui.agreements.record.funding.instalments_form import open_instalments, sum_sentence
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.table import Table
from app.ui.kit.tokens import ROW_HEIGHT, Tone
from app.ui.kit.widgets.bars import BudgetBar
from app.ui.kit.widgets.card import Pane, Section
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Bar, Pill
from app.ui.kit.widgets.key_figure import KeyFigure
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import label

STATES: dict[PaidState, tuple[str, Tone, str]] = {
    PaidState.OVERDUE: ("überfällig", Tone.DANGER, "warning"),
    PaidState.PARTLY: ("teilweise bezahlt", Tone.INFO, "half-circle"),
    PaidState.OPEN: ("offen", Tone.NEUTRAL, "circle"),
    PaidState.PAID: ("bezahlt", Tone.SUCCESS, "success"),
}
LEAST_ROWS, MOST_ROWS = 3, 8


def state_pill(row: InstalmentRow) -> Pill:
    """How far an instalment is paid."""
    text, tone, icon = STATES[row.state]
    return Pill(text, tone, icon, rank=list(STATES).index(row.state))


COLUMNS: tuple[Column[InstalmentRow], ...] = (
    Column("nr", "Nr.", lambda row: row.nr, Kind.NUMBER, 66),
    Column("due", "Fällig am", lambda row: row.due, Kind.DATE),
    Column("condition", "Voraussetzung", lambda row: row.condition, width=160, stretch=True),
    Column("state", "Stand", state_pill, Kind.PILL, 140),
    Column("amount", "Betrag", lambda row: row.amount_cents, Kind.AMOUNT, total=True, strong=True),
    Column("paid", "Bezahlt", lambda row: row.paid_cents, Kind.AMOUNT, total=True),
    Column("open", "Offen", lambda row: row.open_cents, Kind.AMOUNT, total=True),
)


class FundingTab(RecordTab):
    """Answers: what was promised, what is bound for it, and what is paid?"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._funding: Funding | None = None
        self.pane = Pane(margin=18, spacing=16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pane)
        self.table: Table[InstalmentRow] | None = None

    def show_agreement(self, agreement_id: int) -> None:
        funding = self.context.ask(agreement_funding.load, agreement_id, self.context.today())
        if funding == self._funding:
            return
        same = self._funding is not None and self._funding.agreement_id == agreement_id
        scrolled = self.pane.verticalScrollBar().value() if same else 0
        self._funding = funding
        self.pane.clear()
        if (note := offer_note(self.context, agreement_id, self)) is not None:
            self.pane.add(note)
        for words, tone in _warnings(funding):
            self.pane.add(Note(words, tone))
        self.pane.add(_figures(funding))
        self.pane.add(self._frame(funding))
        self.pane.add(self._instalments(funding))
        self.pane.add(self._commitments(funding))
        self.pane.verticalScrollBar().setValue(scrolled)

    # ---- sections ----

    def _frame(self, funding: Funding) -> Section:
        facts = Facts(name_width=140)
        budget = funding.budget
        if budget is not None:
            facts.add_link(
                "Budget",
                f"{budget.number} · {budget.title}",
                partial(self.context.open, "budget", budget.id),
                "budget",
            )
            facts.add_widget("Stand des Budgets", _budget_bar(budget.figures))
            facts.add("Verfügbar", _available(funding))
        else:
            facts.add("Budget", "noch keines gewählt")
        facts.add("Beschluss", funding.frame.decision or "noch keiner eingetragen")
        return Section("Rahmen", facts, "Bearbeiten …", self.edit_frame)

    def _instalments(self, funding: Funding) -> Section:
        section = Section("Raten", None, "Raten bearbeiten …", self.edit_instalments)
        if not funding.instalments:
            self.table = None
            section.add(
                label(
                    "Noch keine Raten. Sie lassen sich gleichmäßig verteilen oder einzeln eintragen.", "muted"
                )
            )
            return section
        table: Table[InstalmentRow] = Table(
            "agreement_instalments",
            COLUMNS,
            title=f"Raten von {funding.number}",
            totals=True,
            empty=EmptyState("euro", "Noch keine Raten"),
        )
        table.sort("nr")
        table.set_rows(funding.instalments)
        table.opened.connect(lambda _row: self.edit_instalments())
        table.exported.connect(lambda path: self.context.say(f"Gespeichert: {path}"))
        rows = min(max(len(funding.instalments), LEAST_ROWS), MOST_ROWS)
        height = max(ROW_HEIGHT, self.fontMetrics().height() + 16)
        table.setFixedHeight((rows + 2) * height + 12)
        section.add(table)
        if not funding.difference_cents:
            section.add(
                label(sum_sentence(funding.instalment_sum_cents, funding.amount_cents, True), "muted")
            )
        self.table = table
        return section

    def _commitments(self, funding: Funding) -> Section:
        section = Section("Mittelbindungen und Buchungen")
        for one in funding.commitments:
            section.add(self._commitment(one))
            for booking in one.bookings:
                section.add(_booking(booking.day, booking.text or booking.payee or "", booking.amount_cents))
            if not one.bookings:
                section.add(_indented(label("Noch nichts gebucht.", "muted")))
        if not funding.commitments:
            section.add(label("Noch keine Mittelbindung. Bezahlt zählt, was auf ihr gebucht ist.", "muted"))
        return section

    def _commitment(self, one: SettledCommitment) -> PressableEntry:
        row = one.row
        later = f" · Verpflichtungsermächtigung bis {row.until_year}" if row.later_years else ""
        entry = PressableEntry(
            f"{row.number} · {row.title}",
            f"Budget {row.budget_number} · {euro(row.amount_cents)}, gebucht {euro(row.booked_cents)}{later}",
            _commitment_pill(one),
            tip="Öffnet die Mittelbindungen des Budgets",
        )
        entry.clicked.connect(
            partial(self.context.open_part, "budget", f"commitments:{row.budget_id}", row.budget_year)
        )
        return entry

    # ---- deeds ----

    def edit_frame(self) -> None:
        """The form of amount, budget and decision."""
        if self._funding is not None:
            open_frame(self.context, self._funding, self)

    def edit_instalments(self) -> None:
        """The form of the instalments."""
        if self._funding is not None:
            term = self.context.ask(agreements.load, self._funding.agreement_id).term
            open_instalments(self.context, self._funding, term, self)

    def offer(self) -> None:
        """The form that commits what was signed."""
        if self._funding is not None:
            open_offer(self.context, self._funding.agreement_id, self)


def _warnings(funding: Funding) -> list[tuple[str, Tone]]:
    found = []
    if funding.difference_cents:
        found.append((sum_sentence(funding.instalment_sum_cents, funding.amount_cents, True), Tone.WARNING))
    if funding.overdue:
        cents = sum(one.open_cents for one in funding.overdue)
        count = len(funding.overdue)
        words = "Eine Rate ist" if count == 1 else f"{count} Raten sind"
        found.append((f"{words} überfällig: {euro(cents)} sind noch nicht bezahlt.", Tone.DANGER))
    if funding.amount_cents and funding.paid_cents > funding.amount_cents:
        more = euro(funding.paid_cents - funding.amount_cents)
        found.append((f"Es ist {more} mehr gebucht als vereinbart.", Tone.WARNING))
    return found


def _figures(funding: Funding) -> QWidget:
    box = QWidget()
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    due = next(
        (one for one in funding.instalments if one.open_cents and one.state is not PaidState.PAID), None
    )
    following = f"nächste Rate {german(due.due)}" if due is not None and due.due is not None else ""
    amount = "–" if funding.frame.amount_cents is None else euro(funding.amount_cents)
    for figure in (
        KeyFigure("Betrag", amount, f"in {len(funding.instalments)} Raten" if funding.instalments else ""),
        KeyFigure("Gebunden", euro(funding.committed_cents), _count(len(funding.commitments))),
        KeyFigure("Bezahlt", euro(funding.paid_cents), _share(funding)),
        KeyFigure("Offen", euro(funding.open_cents), following),
    ):
        line.addWidget(figure, 1)
    return box


def _count(commitments: int) -> str:
    if not commitments:
        return "ohne Mittelbindung"
    return "in einer Mittelbindung" if commitments == 1 else f"in {commitments} Mittelbindungen"


def _share(funding: Funding) -> str:
    return f"{funding.paid_cents * 100 // funding.amount_cents} % des Betrags" if funding.amount_cents else ""


def _available(funding: Funding) -> str:
    assert funding.budget is not None
    now, then = funding.budget.figures.available_cents, funding.available_after_cents
    if then is None or then == now:
        return f"{euro(now)}; diese Vereinbarung ist darin schon gebunden"
    return f"{euro(now)}; wenn alles gebunden ist, {left_words(then)}"


def _budget_bar(figures: BudgetFigures) -> BudgetBar:
    return BudgetBar(Bar(figures.disposable_cents, figures.actual_cents, figures.committed_cents))


def _commitment_pill(one: SettledCommitment) -> Pill:
    if one.row.closed_on is not None:
        return Pill("geschlossen", Tone.NEUTRAL, "lock")
    if one.row.open_cents == 0:
        return Pill("ausgeschöpft", Tone.SUCCESS, "check")
    return Pill(f"offen {euro(one.row.open_cents)}", Tone.ACCENT, "commitment")


def _booking(day: date, words: str, cents: int) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(24, 0, 8, 0)
    row.setSpacing(12)
    row.addWidget(label(german(day), "muted", selectable=True))
    row.addWidget(label(words, selectable=True), 1)
    row.addWidget(label(euro(cents), selectable=True))
    return line


def _indented(widget: QWidget) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(24, 0, 8, 0)
    row.addWidget(widget)
    return line
