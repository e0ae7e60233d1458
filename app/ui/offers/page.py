"""All offers: what there is for older people where, and which of them somebody should confirm again."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.domain.dates import german
from app.services.offers import offers
from app.services.offers.offers import OfferInput, OfferRow
from app.ui.context import Context
from app.ui.kit.page import EmptyState, FilterBar, Page
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.search_keys import SearchKeys
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.figures import Pill
from app.ui.profile.offer_form import offer_dialog
from app.ui.profile.offers import confirmation

PAGE = "offers"
STALE, FRESH = "stale", "fresh"

CHIPS: tuple[tuple[str, str, str], ...] = (
    ("quarter", "Quartier", "quarter"),
    ("actor", "Träger", "actor"),
    ("block", "Baustein", "building_block"),
)
"""Key, title, and the field of a row that it filters by."""


def columns(context: Context) -> list[Column[OfferRow]]:
    """What the list shows of an offer."""
    return [
        Column("title", "Angebot", lambda row: row.title, width=200, strong=True, stretch=True),
        Column("quarter", "Quartier", lambda row: row.quarter, width=140),
        Column("actor", "Träger", lambda row: row.actor, width=170),
        Column("block", "Baustein", lambda row: row.building_block, width=150),
        Column("when", "Wann", lambda row: row.when, width=170),
        Column(
            "confirmed",
            "Bestätigt",
            lambda row: confirmation(row, context.today()) or _confirmed(row),
            Kind.PILL,
            width=150,
            sort=lambda row: row.confirmed_on.toordinal() if row.confirmed_on else 0,
        ),
        Column("confirmed_on", "Bestätigt am", lambda row: row.confirmed_on, Kind.DATE, hidden=True),
        Column("groups", "Zielgruppen", lambda row: row.target_groups, width=200, hidden=True),
        Column("place", "Ort", lambda row: row.place, hidden=True),
    ]


class OffersPage(Page):
    """One list; Enter opens the form."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.header.set_title("Angebote")
        self.header.set_primary("Angebot anlegen", self.add_offer)
        self.filters = FilterBar(PAGE, "Titel, Träger, Zielgruppe …")
        for key, title, _field in CHIPS:
            self.filters.add_chip(key, title)
        self.filters.add_chip("state", "Bestätigung", ((STALE, "bestätigen lassen"), (FRESH, "bestätigt")))
        self.filters.changed.connect(self._filter)
        self.table: Table[OfferRow] = Table(
            PAGE,
            columns(context),
            title="Angebote",
            empty=EmptyState(
                "offers",
                "Noch keine Angebote.",
                "Liste aus Excel übernehmen",
                lambda: context.open("imports"),
                hint="Ein Angebot gehört zu einem Träger und einem Quartier.",
            ),
        )
        self.filters.add_widget(self.table.tools)
        self.table.sort("title")
        self.table.opened.connect(lambda row: self.edit(row.id))
        SearchKeys(self.filters.search, self.table)
        self.table.remove_requested.connect(self.remove)
        self.table.filter_reset_requested.connect(self.filters.reset)
        self.table.set_actions(
            [
                RowAction("Heute bestätigt", self.confirm, "check"),
                RowAction(
                    "Quartier zeigen",
                    lambda rows: context.open("quarters", rows[0].quarter_id),
                    "quarters",
                    _one,
                ),
                RowAction(
                    "Träger zeigen", lambda rows: context.open("actors", rows[0].actor_id), "actors", _one
                ),
            ]
        )
        self.body.addWidget(self.filters)
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        rows = self.context.ask(offers.rows)
        for key, _title, field in CHIPS:
            words = sorted({getattr(row, field) for row in rows if getattr(row, field)})
            self.filters.set_options(key, [(word, word) for word in words])
        self.table.set_rows(rows)
        self._filter()
        self.header.set_sentence(_sentence(rows, self.context.today()))

    def open_record(self, record_id: int) -> None:
        """Show this offer in its list; filters that hide it are taken away."""
        self.refresh_if_stale()
        if not self.table.select(record_id):
            self.filters.reset()
            self.table.select(record_id)

    def add_offer(self) -> None:
        """The form for a new offer; afterwards it is selected."""
        dialog = offer_dialog(self.context, None, OfferInput(), self.window())
        dialog.saved.connect(lambda offer_id: self.open_record(offer_id))
        dialog.open()

    def edit(self, offer_id: int) -> None:
        """The form of an offer."""
        offer_dialog(self.context, offer_id, OfferInput(), self.window()).open()

    def confirm(self, rows: list[OfferRow]) -> None:
        """The actors have confirmed these today."""
        self.context.do(f"Bestätigt: {_named(rows)}", confirm_offers, _ids(rows), self.context.today())

    def remove(self, rows: list[OfferRow]) -> None:
        """Delete offers; undo brings them back."""
        self.context.do(f"Gelöscht: {_named(rows)}", remove_offers, _ids(rows))

    def _filter(self) -> None:
        chosen = {field: self.filters.chosen(key) for key, _title, field in CHIPS}
        states, today = self.filters.chosen("state"), self.context.today()

        def passes(row: OfferRow) -> bool:
            return all(not values or getattr(row, field) in values for field, values in chosen.items()) and (
                not states or (STALE if row.stale(today) else FRESH) in states
            )

        self.table.set_search(self.filters.text)
        self.table.set_predicate(passes)


def confirm_offers(session: Session, offer_ids: list[int], day: date) -> None:
    """Note for all of them that they were confirmed on a day."""
    for offer_id in offer_ids:
        offers.confirm(session, offer_id, day)


def remove_offers(session: Session, offer_ids: list[int]) -> None:
    """Delete all of them or none."""
    for offer_id in offer_ids:
        offers.remove(session, offer_id)


def _confirmed(row: OfferRow) -> Pill | None:
    return Pill(german(row.confirmed_on), Tone.SUCCESS, "check") if row.confirmed_on else None


def _one(rows: list[OfferRow]) -> bool:
    return len(rows) == 1


def _ids(rows: Iterable[OfferRow]) -> list[int]:
    return [row.id for row in rows]


def _named(rows: list[OfferRow]) -> str:
    return rows[0].title if len(rows) == 1 else f"{len(rows)} Angebote"


def _sentence(rows: list[OfferRow], today: date) -> str:
    """How many offers where, and how many want a word with the actor."""
    if not rows:
        return "Hier entsteht die Liste aller Angebote in den Quartieren."
    places = len({row.quarter_id for row in rows})
    stale = sum(row.stale(today) for row in rows)
    text = f"{len(rows)} Angebote" if len(rows) > 1 else "1 Angebot"
    text += f" in {places} Quartieren" if places > 1 else " in 1 Quartier"
    return f"{text} · {stale} bestätigen lassen" if stale else f"{text} · alle bestätigt"
