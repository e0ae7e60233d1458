"""One quarter at a glance: phase, money, what is due, who is there and what they offer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.domain.counting import counted
from app.domain.deadlines.deadlines import Deadline
from app.domain.quarters.quarters import PHASES
from app.services.agreements import agreement_register
from app.services.agreements.agreement_register import AgreementFilter, AgreementRow
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetRow
from app.services.offers import offers
from app.services.offers.offers import OfferInput, OfferRow
from app.services.quarters import quarters
from app.services.quarters.quarter_history import quarter_history
from app.services.quarters.quarters import IndicatorRow, QuarterActor, QuarterInput, QuarterRow
from app.services.record_changes import HistoryEntry as HistoryEntry
from app.ui.context import Context
from app.ui.kit.widgets.bars import BudgetBar, PhaseTrack
from app.ui.kit.widgets.card import Pane, Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Bar, Track
from app.ui.kit.widgets.history import HistoryView
from app.ui.kit.widgets.text import label
from app.ui.profile.agreements import AgreementsSection
from app.ui.profile.dates import DatesSection
from app.ui.profile.offer_form import offer_dialog
from app.ui.profile.offers import OffersSection


@dataclass(frozen=True, slots=True)
class QuarterDetail:
    """All that the profile shows, read in one go."""

    data: QuarterInput
    agreements: list[AgreementRow]
    budgets: list[BudgetRow]
    actors: list[QuarterActor]
    offers: list[OfferRow]
    indicators: list[IndicatorRow]
    history: list[HistoryEntry]


def quarter_detail(session: Session, quarter_id: int, on: date) -> QuarterDetail:
    """Everything about a quarter; budgets of the year of `on`."""
    return QuarterDetail(
        quarters.load(session, quarter_id),
        agreement_register.rows(session, on, AgreementFilter(quarter_id=quarter_id)),
        budgets.rows(session, budgets.BudgetSelection(year=on.year, quarter_id=quarter_id)),
        quarters.actors(session, quarter_id),
        offers.rows(session, quarter_id=quarter_id),
        quarters.indicators(session, quarter_id),
        quarter_history(session, quarter_id),
    )


class QuarterProfile(Pane):
    """The right side of the page."""

    def __init__(self, context: Context, edit: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self._edit = edit
        self._quarter_id: int | None = None

    def show_quarter(self, row: QuarterRow | None, due: Sequence[Deadline]) -> None:
        """Another quarter, or the same one read again."""
        same = row is not None and row.id == self._quarter_id
        scrolled = self.verticalScrollBar().value() if same else 0
        self._quarter_id = None if row is None else row.id
        self.clear()
        if row is None:
            self.add(label("Ein Quartier in der Liste wählen, um es hier zu sehen.", "muted", wrap=True))
            return
        detail = self._context.ask(quarter_detail, row.id, self._context.today())
        for section in self._sections(row, detail, due):
            self.add(section)
        self.verticalScrollBar().setValue(scrolled)

    def _sections(self, row: QuarterRow, detail: QuarterDetail, due: Sequence[Deadline]) -> list[QWidget]:
        on = self._context.today()
        sections: list[QWidget] = [
            self._head(row, detail.data),
            self._money(detail.budgets, on.year),
            DatesSection(due, on, self._open),
            AgreementsSection(self._context, detail.agreements, lambda agreement: agreement.partners),
            self._actors(detail.actors),
            OffersSection(self._context, detail.offers, OfferInput(quarter_id=row.id), self.window()),
        ]
        if detail.indicators:
            sections.append(indicators_section(detail.indicators))
        if detail.data.notes:
            sections.append(Section("Notizen", label(detail.data.notes, wrap=True, selectable=True)))
        sections.append(Section("Verlauf", HistoryView(detail.history)))
        return sections

    def _head(self, row: QuarterRow, data: QuarterInput) -> QWidget:
        head = Section(row.name, action="Bearbeiten", clicked=self._edit)
        head.add(PhaseTrack(track(row)))
        if data.description:
            head.add(label(data.description, wrap=True, selectable=True))
        facts = Facts(name_width=112)
        facts.add("Kürzel", row.short)
        facts.add("Stadtteile", row.city_parts)
        facts.add("Stadtbezirk", row.district)
        facts.add("Ansprechperson", row.contact_person)
        head.add(facts)
        return head

    def _money(self, rows: list[BudgetRow], year: int) -> QWidget:
        section = Section(f"Budget {year}")
        for row in rows:
            bar = BudgetBar(budget_bar(row), row.title)
            bar.clicked.connect(lambda budget_id=row.id: self._context.open("budget", budget_id))
            section.add(bar)
        if not rows:
            section.add(label(f"Für {year} ist noch kein Budget angelegt.", "muted", wrap=True))
        return section

    def _actors(self, rows: list[QuarterActor]) -> QWidget:
        section = Section(f"Träger ({len(rows)})")
        for row in rows:
            counts = f"{counted(row.offers, 'Angebot', 'Angebote')}, " + counted(
                row.agreements, "Vereinbarung", "Vereinbarungen"
            )
            entry = PressableEntry(row.name, " · ".join(filter(None, (row.kind, counts))))
            entry.clicked.connect(lambda actor_id=row.id: self._context.open("actors", actor_id))
            section.add(entry)
        if not rows:
            section.add(label("Noch kein Träger mit Angebot oder Vereinbarung.", "muted", wrap=True))
        return section

    def _open(self, deadline: Deadline) -> None:
        """An agreement on its page, an offer in its form."""
        if deadline.opens.table == "offer":
            offer_dialog(self._context, deadline.opens.id, OfferInput(), self.window()).open()
        else:
            self._context.open("agreements", deadline.opens.id)


def indicators_section(rows: list[IndicatorRow]) -> Section:
    """The newest figure of each indicator and area, with year and source."""
    section = Section("Bedarfsindikatoren")
    facts = Facts(name_width=168)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.indicator, row.area) in seen:
            continue
        seen.add((row.indicator, row.area))
        figure = f"{german_number(row.value)} {row.unit or ''}".strip()
        facts.add(
            row.indicator,
            f"{figure} · {row.area}, {row.year}",
            tip=f"Quelle: {row.source or 'nicht angegeben'}",
        )
    section.add(facts)
    return section


def german_number(value: Decimal) -> str:
    """ "13.571" and "21,4"."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def track(row: QuarterRow) -> Track:
    """The phase on the usual way; one of its own has a word but no step."""
    return Track(row.phase_number or 0, len(PHASES), row.phase or "noch nicht begonnen")


def budget_bar(row: BudgetRow) -> Bar:
    """A budget as a bar."""
    figures = row.figures
    return Bar(figures.disposable_cents, figures.actual_cents, figures.committed_cents)
