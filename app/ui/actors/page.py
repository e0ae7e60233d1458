"""All actors: who they are, where they work and what binds them; and one of them at a glance."""

from collections.abc import Sequence

from app.services.actors import actors
from app.services.actors.actors import ActorInput, ActorRow
from app.ui.actors.form import actor_body, actor_dialog
from app.ui.actors.profile import ActorProfile
from app.ui.context import Context
from app.ui.kit.change_field import FieldChange
from app.ui.kit.filter_bar import Filter
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.records_page import RecordsPage
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.widgets.empty import EmptyState
from app.ui.papers.serial_menu import SerialMenu

WITH_AGREEMENT, WITH_OFFER, WITHOUT_CONTACT = "agreement", "offer", "no_contact"
QUESTIONS = (
    (WITH_AGREEMENT, "mit Vereinbarung"),
    (WITH_OFFER, "mit Angebot"),
    (WITHOUT_CONTACT, "ohne Kontakt"),
)

COLUMNS: tuple[Column[ActorRow], ...] = (
    Column("name", "Träger", lambda row: row.name, width=180, strong=True, stretch=True),
    Column("kind", "Art", lambda row: row.kind, width=148),
    Column("quarters", "Quartiere", lambda row: row.quarters, Kind.NUMBER, width=80),
    Column("offers", "Angebote", lambda row: row.offers, Kind.NUMBER, width=82),
    Column(
        "agreements",
        "Vereinb.",
        lambda row: row.agreements,
        Kind.NUMBER,
        width=80,
        tip=lambda _: "Vereinbarungen",
    ),
    Column("contacts", "Kontakte", lambda row: row.contacts, Kind.NUMBER, width=82, hidden=True),
    Column("short", "Kürzel", lambda row: row.short, width=90, hidden=True),
    Column("city", "Ort", lambda row: row.city, width=110, hidden=True, roomy=True),
    Column("represented_by", "Vertreten durch", lambda row: row.represented_by, hidden=True, roomy=True),
)


def answers(row: ActorRow) -> frozenset[str]:
    """Which of the questions an actor answers with yes."""
    yes = ((WITH_AGREEMENT, row.agreements), (WITH_OFFER, row.offers), (WITHOUT_CONTACT, not row.contacts))
    return frozenset(question for question, answer in yes if answer)


FILTERS: tuple[Filter[ActorRow], ...] = (
    Filter("kind", "Art", lambda row: row.kind),
    Filter("with", "Merkmale", answers, QUESTIONS, every=True),
)


class ActorsPage(RecordsPage[ActorRow]):
    """List left, profile right."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "actors",
            "Träger",
            columns=COLUMNS,
            add="Träger anlegen",
            remove=actors.remove,
            sort="name",
            search="Name, Art, Ort …",
            filters=FILTERS,
            empty=EmptyState(
                "actors",
                "Noch keine Träger",
                "Liste aus Excel übernehmen",
                lambda: context.open("imports"),
                hint="Träger sind Verbände, Vereine, Gemeinden und andere, die im Quartier aktiv sind.",
            ),
            profile=ActorProfile(context, self.edit_current),
            change=FieldChange(
                ("Träger", "Träger"),
                (
                    "kind",
                    "street",
                    "postcode",
                    "city",
                    "phone",
                    "email",
                    "represented_by",
                    "function",
                    "notes",
                ),
                lambda: actor_body(context.ask(actors.kinds)),
                actors.load,
                actors.save,
                lambda row: row.name,
            ),
        )
        self.serial = SerialMenu(context, self.table, self, agreements=False)
        self.filters.add_widget(self.serial.button(), before=self.table.tools)
        self.add_commands(*self.serial.actions())

    def read(self) -> list[ActorRow]:
        return self.context.ask(actors.rows)

    def form(self, record_id: int | None) -> FormDialog[ActorInput]:
        return actor_dialog(self.context, record_id, self.window())

    def sentence(self, rows: Sequence[ActorRow]) -> str:
        """How many actors there are, how many have signed something, how many nobody can be reached at."""
        if not rows:
            return "Hier entsteht die Liste aller Träger und Akteure."
        bound = sum(row.agreements > 0 for row in rows)
        silent = sum(row.contacts == 0 for row in rows)
        parts = [f"{len(rows)} Träger", f"{bound} mit Vereinbarung"]
        if silent:
            parts.append(f"{silent} ohne Ansprechperson")
        return " · ".join(parts)
