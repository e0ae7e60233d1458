"""All quarters: how far each is, what money is left, what comes next; and one of them at a glance."""

from collections.abc import Callable, Mapping, Sequence

from app.domain.counting import counted
from app.domain.dates import german
from app.domain.deadlines.deadlines import Deadline
from app.domain.quarters.quarters import PHASES
from app.services.deadlines import deadlines
from app.services.quarters import quarters
from app.services.quarters.quarters import QuarterInput, QuarterRow
from app.ui.budget_bar import bar_of
from app.ui.context import Context
from app.ui.figure_words import USED
from app.ui.kit.change_field import FieldChange
from app.ui.kit.filter_bar import Filter
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.records_page import RecordsPage
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.widgets.empty import EmptyState
from app.ui.profile.dates import days_left
from app.ui.quarters.form import quarter_body, quarter_dialog
from app.ui.quarters.profile import QuarterProfile, track

FILTERS: tuple[Filter[QuarterRow], ...] = (
    Filter("phase", "Phase", lambda row: row.phase, [(phase, phase) for phase in PHASES]),
    Filter("district", "Stadtbezirk", lambda row: row.district),
)


def columns(context: Context, next_due: Callable[[QuarterRow], Deadline | None]) -> list[Column[QuarterRow]]:
    """What the list shows of a quarter."""

    def due(row: QuarterRow) -> str:
        return f"{german(found.day)}: {found.title}" if (found := next_due(row)) else ""

    def money(row: QuarterRow) -> str:
        if row.figures is None:
            return ""
        over = f"Überzogen: {', '.join(row.overspent)}" if row.overspent else ""
        return "\n".join(filter(None, (bar_of(row.figures).sentence, over)))

    return [
        Column("name", "Quartier", lambda row: row.name, width=132, strong=True, stretch=True),
        Column("phase", "Phase", track, Kind.TRACK, width=136),
        Column(
            "budget",
            "Budget",
            lambda row: row.figures and bar_of(row.figures),
            Kind.BAR,
            width=104,
            tip=money,
            contains="Alle Budgets des Quartiers in diesem Jahr zusammen. Auch wenn die Summe reicht, kann eines davon "
            f"überzogen sein.\n{USED}",
        ),
        Column(
            "due",
            "Nächster Termin",
            lambda row: days_left(found, context.today()) if (found := next_due(row)) else None,
            Kind.PILL,
            width=142,
            tip=due,
        ),
        Column("actors", "Träger", lambda row: row.actors, Kind.NUMBER, width=64, hidden=True),
        Column("offers", "Angebote", lambda row: row.offers, Kind.NUMBER, width=80, hidden=True),
        Column(
            "agreements", "Vereinbarungen", lambda row: row.agreements, Kind.NUMBER, width=116, hidden=True
        ),
        Column("short", "Kürzel", lambda row: row.short, width=80, hidden=True),
        Column("district", "Stadtbezirk", lambda row: row.district, hidden=True, roomy=True),
        Column("parts", "Stadtteile", lambda row: row.city_parts, width=200, hidden=True),
        Column("person", "Ansprechperson", lambda row: row.contact_person, hidden=True, roomy=True),
    ]


class QuartersPage(RecordsPage[QuarterRow]):
    """List left, profile right."""

    def __init__(self, context: Context) -> None:
        self._due: Mapping[int, Sequence[Deadline]] = {}
        super().__init__(
            context,
            "quarters",
            "Quartiere",
            columns=columns(context, lambda row: next(iter(self._due.get(row.id, ())), None)),
            add="Quartier anlegen",
            remove=quarters.remove,
            sort="name",
            search="Quartier, Stadtteil, Person …",
            filters=FILTERS,
            empty=EmptyState(
                "quarters",
                "Noch keine Quartiere",
                "Liste aus Excel übernehmen",
                lambda: context.open("imports"),
                hint="Ein Quartier besteht aus einem oder mehreren Stadtteilen, oder aus einem Stück davon.",
            ),
            profile=QuarterProfile(context, self.edit_current, lambda row: self._due.get(row.id, ())),
            change=FieldChange(
                ("Quartier", "Quartiere"),
                ("phase", "contact_person", "city_district_id", "city_part_ids", "description", "notes"),
                lambda: quarter_body(context),
                quarters.load,
                quarters.save,
                lambda row: row.name,
            ),
        )

    def read(self) -> list[QuarterRow]:
        today = self.context.today()
        self._due = self.context.ask(deadlines.by_quarter, today)
        return self.context.ask(quarters.rows, today.year)

    def form(self, record_id: int | None) -> FormDialog[QuarterInput]:
        return quarter_dialog(self.context, record_id, self.window())

    def sentence(self, rows: Sequence[QuarterRow]) -> str:
        """How many quarters, how many run, and which of their budgets are overspent, as the budget page counts them."""
        if not rows:
            return "Hier entsteht die Übersicht über alle Quartiere."
        running = sum(row.phase in ("Betrieb", "Verstetigung") for row in rows)
        overspent = [number for row in rows for number in row.overspent]
        parts = [counted(len(rows), "Quartier", "Quartiere"), f"{running} im Betrieb"]
        if overspent:
            parts.append(f"überzogen: {', '.join(overspent)}")
        return " · ".join(parts)
