"""The offers of a quarter or of an actor as a section of its profile."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.offers import offers
from app.services.offers.offers import OfferInput, OfferRow
from app.ui.context import Context
from app.ui.kit.actions import bind, spec
from app.ui.kit.menu import Entry as MenuEntry
from app.ui.kit.menu import menu, right_click
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.figures import Pill
from app.ui.profile.offer_form import offer_dialog


class OffersSection(Section):
    """Offers by title; a click opens the form, a right click confirms or deletes. `of` starts a new one."""

    def __init__(self, context: Context, rows: list[OfferRow], of: OfferInput, owner: QWidget) -> None:
        super().__init__(f"Angebote ({len(rows)})", action="Angebot anlegen", clicked=self.add_offer)
        self._context = context
        self._of = of
        self._owner = owner
        self.entries = [self._entry(row) for row in rows]
        self.fill(*self.entries, nothing="Noch keine Angebote.")

    def add_offer(self) -> None:
        """The form for a new offer here."""
        offer_dialog(self._context, None, self._of, self._owner).open()

    def edit(self, offer_id: int) -> None:
        """The form of an offer."""
        offer_dialog(self._context, offer_id, OfferInput(), self._owner).open()

    def confirm(self, row: OfferRow) -> None:
        """The actor has confirmed it today."""
        self._context.do(f"Angebot „{row.title}“ bestätigt", offers.confirm, row.id, self._context.today())

    def remove(self, row: OfferRow) -> None:
        """Delete it; undo brings it back."""
        self._context.do(f"Angebot „{row.title}“ gelöscht", offers.remove, row.id)

    def _entry(self, row: OfferRow) -> PressableEntry:
        other = row.actor if self._of.quarter_id is not None else row.quarter
        caption = " · ".join(filter(None, (other, row.building_block, row.when)))
        pill = confirmation(row, self._context.today())
        entry = PressableEntry(row.title, caption, pill, lambda: self.edit(row.id))
        entries = [
            MenuEntry("Bearbeiten", lambda: self.edit(row.id), "edit"),
            MenuEntry("Heute bestätigt", lambda: self.confirm(row), "check"),
            None,
            MenuEntry("Löschen", lambda: self.remove(row), "trash", spec("table.delete").keys[0]),
        ]
        right_click(entry, lambda: menu(entry, entries, passing=True))
        bind(entry, "table.delete", lambda: self.remove(row))
        return entry


def confirmation(row: OfferRow, on: date) -> Pill | None:
    """Says that nobody has confirmed an offer for a year; one that is confirmed needs no word."""
    if row.confirmed_on is None:
        return Pill("nie bestätigt", Tone.NEUTRAL, "help")
    return Pill("bestätigen lassen", Tone.WARNING, "clock") if row.stale(on) else None
