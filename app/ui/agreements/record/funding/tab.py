"""The tab "Geld": amount, budget and decision, instalments, commitments, and what of it all is paid."""

from functools import partial

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.agreements.instalments import PaidState
from app.domain.dates import german
from app.domain.money import euro
from app.services.agreements import agreement_funding
from app.services.agreements.agreement_funding import Funding, InstalmentRow, SettledCommitment
from app.ui.agreements.commitment_offer import left_words, offer_note
from app.ui.agreements.record.funding.frame import open_frame
from app.ui.agreements.record.funding.instalments_form import open_instalments, sum_sentence
from app.ui.agreements.record.tab import RecordTab
from app.ui.context import Context
from app.ui.kit.layout import Item, add, column, grow, held, row
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

STATES = {
    PaidState.OVERDUE: Pill("überfällig", Tone.DANGER, "warning", 0),
    PaidState.PARTLY: Pill("teilweise bezahlt", Tone.INFO, "half-circle", 1),
    PaidState.OPEN: Pill("offen", Tone.NEUTRAL, "circle", 2),
    PaidState.PAID: Pill("bezahlt", Tone.SUCCESS, "success", 3),
}
LEAST_ROWS, MOST_ROWS = 3, 8
COLUMNS: tuple[Column[InstalmentRow], ...] = (
    Column("nr", "Nr.", lambda row: row.nr, Kind.NUMBER, 66),
    Column("due", "Fällig am", lambda row: row.due, Kind.DATE),
    Column("condition", "Voraussetzung", lambda row: row.condition, width=160, stretch=True),
    Column("state", "Stand", lambda row: STATES[row.state], Kind.PILL, 140),
    Column("amount", "Betrag", lambda row: row.amount_cents, Kind.AMOUNT, total=True, strong=True),
    Column("paid", "Bezahlt", lambda row: row.paid_cents, Kind.AMOUNT, total=True),
    Column("open", "Offen", lambda row: row.open_cents, Kind.AMOUNT, total=True),
)


class FundingTab(RecordTab):
    """Answers: what was promised, what is bound for it, and what is paid?"""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._funding: Funding | None = None
        self.pane = Pane(margin=18, spacing=16)
        column(self.pane, on=self)
        self.table: Table[InstalmentRow] | None = None

    def refill(self, *, same: bool) -> None:
        funding = self.context.ask(agreement_funding.load, self.row.id, self.context.today())
        if funding == self._funding:
            return
        self._funding = funding
        with self.pane.refilled(same=same):
            add(
                self.pane.column,
                offer_note(self.context, self.row.id, self),
                self._adjust_note(funding),
                *(Note(words, tone) for words, tone in _warnings(funding)),
                _figures(funding),
                self._frame(funding),
                self._instalments(funding),
                self._commitments(funding),
            )

    def _adjust_note(self, funding: Funding) -> Note | None:
        """Where the instalments do not come to the amount, now or from an amendment's day: the gap, and a proposal."""
        if funding.to_adjust is None:
            if not funding.difference_cents:
                return None
            words = sum_sentence(funding.instalment_sum_cents, funding.amount_cents, True)
            return Note(f"{words} {_coming_words(funding)}", Tone.INFO)
        cents, _ = funding.to_adjust
        adjust = partial(open_instalments, self.context, funding, self.row.term, self, adjust=True)
        words = f"{_coming_words(funding)} {sum_sentence(funding.instalment_sum_cents, cents, True)}".strip()
        return Note(words, Tone.WARNING, "Raten anpassen …", adjust)

    def _frame(self, funding: Funding) -> Section:
        facts = Facts(name_width=140)
        budget = funding.budget
        if budget is not None:
            name, figures = f"{budget.number} · {budget.title}", budget.figures
            facts.add_link("Budget", name, partial(self.context.open, "budget", budget.id), "budget")
            bar = Bar(figures.disposable_cents, figures.actual_cents, figures.committed_cents)
            facts.add_widget("Stand des Budgets", BudgetBar(bar))
            facts.add("Verfügbar", _available(funding))
        else:
            facts.add("Budget", "noch keines gewählt")
        facts.add("Beschluss", funding.frame.decision or "noch keiner eingetragen")
        return Section("Rahmen", facts, "Bearbeiten …", partial(open_frame, self.context, funding, self))

    def _instalments(self, funding: Funding) -> Section:
        def edit() -> None:  # the term may have changed since, which the tab itself does not show
            open_instalments(self.context, funding, self.row.term, self)

        section = Section("Raten", None, "Raten bearbeiten …", edit)
        if not funding.instalments:
            self.table = None
            none = "Noch keine Raten. Sie lassen sich gleichmäßig verteilen oder einzeln eintragen."
            section.add(label(none, "muted"))
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
        table.opened.connect(lambda _row: edit())
        table.exported.connect(self.context.tell_saved)
        rows = min(max(len(funding.instalments), LEAST_ROWS), MOST_ROWS)
        height = max(ROW_HEIGHT, self.fontMetrics().height() + 16)
        table.setFixedHeight((rows + 2) * height + 12)
        section.add(table)
        if not funding.difference_cents:
            sums = sum_sentence(funding.instalment_sum_cents, funding.amount_cents, True)
            section.add(label(sums, "muted"))
        self.table = table
        return section

    def _commitments(self, funding: Funding) -> Section:
        section = Section("Mittelbindungen und Buchungen")
        for one in funding.commitments:
            section.add(self._commitment(one))
            for booking in one.bookings:
                day = label(german(booking.day), "muted", selectable=True)
                what = label(booking.text or booking.payee or "", selectable=True)
                amount = label(euro(booking.amount_cents), selectable=True)
                section.add(_indented(day, grow(what), amount))
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


def _warnings(funding: Funding) -> list[tuple[str, Tone]]:
    found = []
    if funding.overdue:
        cents = sum(one.open_cents for one in funding.overdue)
        count = len(funding.overdue)
        words = "Eine Rate ist" if count == 1 else f"{count} Raten sind"
        found.append((f"{words} überfällig: {euro(cents)} sind noch nicht bezahlt.", Tone.DANGER))
    if funding.amount_cents and funding.paid_cents > funding.amount_cents:
        more = euro(funding.paid_cents - funding.amount_cents)
        found.append((f"Es ist {more} mehr gebucht als vereinbart.", Tone.WARNING))
    return found


def _coming_words(funding: Funding) -> str:
    """ "Ab 01.07.2027 sind 30.000,00 € vereinbart (Nachtrag 2)."."""
    return " ".join(
        f"Ab {german(one.day)} sind {euro(one.amount_cents)} vereinbart (Nachtrag {one.amendment_nr})."
        for one in funding.coming
    )


def _figures(funding: Funding) -> QWidget:
    unpaid = (one for one in funding.instalments if one.open_cents and one.state is not PaidState.PAID)
    due = next((one.due for one in unpaid), None)
    following = f"nächste Rate {german(due)}" if due is not None else ""
    amount = "–" if funding.frame.amount_cents is None else euro(funding.amount_cents)
    parts = f"in {len(funding.instalments)} Raten" if funding.instalments else ""
    share = ""
    if funding.amount_cents:
        share = f"{funding.paid_cents * 100 // funding.amount_cents} % des Betrags"
    box = held(
        row(
            grow(KeyFigure("Betrag", amount, parts)),
            grow(KeyFigure("Gebunden", euro(funding.committed_cents), _count(len(funding.commitments)))),
            grow(KeyFigure("Bezahlt", euro(funding.paid_cents), share)),
            grow(KeyFigure("Offen", euro(funding.open_cents), following)),
            spacing=12,
        )
    )
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return box


def _count(commitments: int) -> str:
    if not commitments:
        return "ohne Mittelbindung"
    return "in einer Mittelbindung" if commitments == 1 else f"in {commitments} Mittelbindungen"


def _available(funding: Funding) -> str:
    assert funding.budget is not None
    now, then = funding.budget.figures.available_cents, funding.available_after_cents
    if then is None or then == now:
        return f"{euro(now)}; diese Vereinbarung ist darin schon gebunden"
    return f"{euro(now)}; wenn alles gebunden ist, {left_words(then)}"


def _commitment_pill(one: SettledCommitment) -> Pill:
    if one.row.closed_on is not None:
        return Pill("geschlossen", Tone.NEUTRAL, "lock")
    if one.row.open_cents == 0:
        return Pill("ausgeschöpft", Tone.SUCCESS, "check")
    return Pill(f"offen {euro(one.row.open_cents)}", Tone.ACCENT, "commitment")


def _indented(*parts: Item) -> QWidget:
    return held(row(*parts, spacing=12, margins=(24, 0, 8, 0)))
