"""All offers: what there is for older people where, and which of them somebody should confirm again."""

from collections.abc import Sequence

from app.domain.counting import counted
from app.domain.dates import german
from app.services.offers import offers
from app.services.offers.offers import OfferInput, OfferRow
from app.services.several import each
from app.ui.context import Context
from app.ui.kit.change_field import FieldChange
from app.ui.kit.filter_bar import Filter
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.records_page import RecordsPage
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.menus import RowAction, one
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.figures import Pill
from app.ui.profile.offer_form import offer_body, offer_dialog
from app.ui.profile.offers import confirmation

STALE, FRESH = "stale", "fresh"
CHANGEABLE = (
    "building_block_id", "target_group_ids", "care_setting", "actor_id", "quarter_id", "rhythm", "weekday", "begins",
    "ends", "place", "seats", "paid_hours", "volunteers", "confirmed_on", "notes",
)  # fmt: skip
"""Fields that several offers can be given at once."""


def columns(context: Context) -> list[Column[OfferRow]]:
    """What the list shows of an offer."""

    def confirmed(row: OfferRow) -> Pill | None:
        if row.confirmed_on is None or row.stale(context.today()):
            return confirmation(row, context.today())
        return Pill(german(row.confirmed_on), Tone.SUCCESS, "check")

    return [
        Column("title", "Angebot", lambda row: row.title, width=200, strong=True, stretch=True),
        Column("quarter", "Quartier", lambda row: row.quarter, width=140),
        Column("actor", "Träger", lambda row: row.actor, width=170),
        Column("block", "Baustein", lambda row: row.building_block, width=150),
        Column("when", "Wann", lambda row: row.when, width=170),
        Column(
            "confirmed",
            "Bestätigt",
            confirmed,
            Kind.PILL,
            width=150,
            sort=lambda row: row.confirmed_on.toordinal() if row.confirmed_on else 0,
        ),
        Column("confirmed_on", "Bestätigt am", lambda row: row.confirmed_on, Kind.DATE, hidden=True),
        Column("place", "Ort", lambda row: row.place, hidden=True, roomy=True),
        Column("groups", "Zielgruppen", lambda row: row.target_groups, width=200, hidden=True),
    ]


class OffersPage(RecordsPage[OfferRow]):
    """One list; Enter opens the form."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            "offers",
            "Angebote",
            columns=columns(context),
            add="Angebot anlegen",
            remove=offers.remove,
            sort="title",
            search="Titel, Träger, Zielgruppe …",
            filters=(
                Filter("quarter", "Quartier", lambda row: row.quarter),
                Filter("actor", "Träger", lambda row: row.actor),
                Filter("block", "Baustein", lambda row: row.building_block),
                Filter(
                    "state",
                    "Bestätigung",
                    lambda row: STALE if row.stale(context.today()) else FRESH,
                    ((STALE, "bestätigen lassen"), (FRESH, "bestätigt")),
                ),
            ),
            empty=EmptyState(
                "offers",
                "Noch keine Angebote",
                "Liste aus Excel übernehmen",
                lambda: context.open("imports"),
                hint="Ein Angebot gehört zu einem Träger und einem Quartier.",
            ),
            change=FieldChange(
                ("Angebot", "Angebote"),
                CHANGEABLE,
                lambda: offer_body(context.ask(offers.choices)),
                offers.load,
                offers.save,
                lambda row: row.title,
            ),
        )
        self.add_commands(
            RowAction("Heute bestätigt", self.confirm, "check"),
            RowAction("Quartier zeigen", self._show_quarter, "quarters", one),
            RowAction("Träger zeigen", self._show_actor, "actors", one),
        )

    def read(self) -> list[OfferRow]:
        return self.context.ask(offers.rows)

    def form(self, record_id: int | None) -> FormDialog[OfferInput]:
        return offer_dialog(self.context, record_id, OfferInput(), self.window())

    def named(self, rows: Sequence[OfferRow]) -> str:
        return rows[0].title if len(rows) == 1 else f"{len(rows)} Angebote"

    def confirm(self, rows: Sequence[OfferRow]) -> None:
        """The actors have confirmed these today."""
        ids = [row.id for row in rows]
        self.context.do(f"Bestätigt: {self.named(rows)}", each, offers.confirm, ids, self.context.today())

    def _show_quarter(self, rows: Sequence[OfferRow]) -> None:
        self.context.open("quarters", rows[0].quarter_id)

    def _show_actor(self, rows: Sequence[OfferRow]) -> None:
        self.context.open("actors", rows[0].actor_id)

    def sentence(self, rows: Sequence[OfferRow]) -> str:
        """How many offers where, and how many want a word with the actor."""
        if not rows:
            return "Hier entsteht die Liste aller Angebote in den Quartieren."
        places = len({row.quarter_id for row in rows})
        stale = sum(row.stale(self.context.today()) for row in rows)
        return (
            f"{counted(len(rows), 'Angebot', 'Angebote')} in {counted(places, 'Quartier', 'Quartieren')}"
            f" · {stale or 'alle'} {'bestätigen lassen' if stale else 'bestätigt'}"
        )
