"""One quarter at a glance: phase, money, what is due, who is there and what they offer."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.deadlines.deadlines import Deadline
from app.domain.quarters.quarters import PHASES
from app.services.agreements import agreement_register
from app.services.agreements.agreement_register import AgreementFilter
from app.services.budgets import budgets
from app.services.budgets.budgets import BudgetRow, BudgetSelection
from app.services.offers import offers
from app.services.offers.offers import OfferInput
from app.services.quarters import quarters
from app.services.quarters.quarter_history import quarter_history
from app.services.quarters.quarters import IndicatorRow, QuarterActor, QuarterInput, QuarterRow
from app.ui.budget_bar import bar_of
from app.ui.context import Context
from app.ui.kit.records_page import ProfilePane
from app.ui.kit.widgets.bars import BudgetBar, PhaseTrack
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Track
from app.ui.kit.widgets.text import label
from app.ui.profile.agreements import AgreementsSection
from app.ui.profile.dates import DatesSection
from app.ui.profile.history import notes_and_history
from app.ui.profile.offer_form import offer_dialog
from app.ui.profile.offers import OffersSection


class QuarterProfile(ProfilePane[QuarterRow]):
    """The right side of the page. `due`: the next dates of a quarter."""

    def __init__(
        self,
        context: Context,
        edit: Callable[[], object],
        due: Callable[[QuarterRow], Sequence[Deadline]],
    ) -> None:
        super().__init__("Ein Quartier in der Liste wählen, um es hier zu sehen.")
        self._context = context
        self._edit = edit
        self._due = due

    def sections(self, row: QuarterRow) -> Iterator[QWidget]:
        context, ask, on = self._context, self._context.ask, self._context.today()
        data = ask(quarters.load, row.id)
        yield self._head(row, data)
        yield self._money(ask(budgets.rows, BudgetSelection(year=on.year, quarter_id=row.id)), on.year)
        yield DatesSection(self._due(row), on, self._open)
        agreed = ask(agreement_register.rows, on, AgreementFilter(quarter_id=row.id))
        yield AgreementsSection(
            context, agreed, lambda agreement: agreement.partners, f"new:quarter:{row.id}"
        )
        yield self._actors(ask(quarters.actors, row.id))
        offered = ask(offers.rows, quarter_id=row.id)
        yield OffersSection(context, offered, OfferInput(quarter_id=row.id), self.window())
        if indicators := ask(quarters.indicators, row.id):
            yield indicators_section(indicators)
        yield from notes_and_history(data.notes, ask(quarter_history, row.id))

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
        section.fill(*map(self._bar, rows), nothing=f"Für {year} ist noch kein Budget angelegt.")
        return section

    def _bar(self, row: BudgetRow) -> BudgetBar:
        return BudgetBar(bar_of(row.figures), row.title, lambda: self._context.open("budget", row.id))

    def _actors(self, rows: list[QuarterActor]) -> QWidget:
        section = Section(f"Träger ({len(rows)})")
        section.fill(*map(self._actor, rows), nothing="Noch kein Träger mit Angebot oder Vereinbarung.")
        return section

    def _actor(self, row: QuarterActor) -> PressableEntry:
        offered = counted(row.offers, "Angebot", "Angebote")
        agreed = counted(row.agreements, "Vereinbarung", "Vereinbarungen")
        caption = " · ".join(filter(None, (row.kind, f"{offered}, {agreed}")))
        return PressableEntry(row.name, caption, clicked=lambda: self._context.open("actors", row.id))

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
    newest: dict[tuple[str, str], IndicatorRow] = {}
    for row in rows:
        newest.setdefault((row.indicator, row.area), row)
    for row in newest.values():
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
