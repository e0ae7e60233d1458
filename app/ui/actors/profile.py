"""One actor at a glance: how to reach it, who signs, its people, agreements and offers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.domain.dates import german
from app.services.actors import actors, contacts
from app.services.actors.actor_history import actor_history
from app.services.actors.actors import ActorInput, ActorRow
from app.services.actors.contacts import ContactRow
from app.services.agreements import agreement_register
from app.services.agreements.agreement_register import AgreementFilter, AgreementRow
from app.services.offers import offers
from app.services.offers.offers import OfferInput, OfferRow
from app.services.record_changes import HistoryEntry
from app.ui.actors.form import contact_dialog
from app.ui.context import Context
from app.ui.kit.menu import Entry as MenuEntry
from app.ui.kit.menu import menu, right_click
from app.ui.kit.records_page import ProfilePane
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Pill
from app.ui.profile.agreements import AgreementsSection
from app.ui.profile.history import notes_and_history
from app.ui.profile.offers import OffersSection


@dataclass(frozen=True, slots=True)
class ActorDetail:
    """All that the profile shows, read in one go."""

    data: ActorInput
    contacts: list[ContactRow]
    agreements: list[AgreementRow]
    offers: list[OfferRow]
    history: list[HistoryEntry]


def actor_detail(session: Session, actor_id: int, on: date) -> ActorDetail:
    """Everything about an actor as it stands on a day."""
    return ActorDetail(
        actors.load(session, actor_id),
        contacts.rows(session, actor_id),
        agreement_register.rows(session, on, AgreementFilter(actor_id=actor_id)),
        offers.rows(session, actor_id=actor_id),
        actor_history(session, actor_id),
    )


class ActorProfile(ProfilePane[ActorRow]):
    """The right side of the page."""

    def __init__(self, context: Context, edit: Callable[[], object]) -> None:
        super().__init__("Einen Träger in der Liste wählen, um ihn hier zu sehen.")
        self._context = context
        self._edit = edit

    def sections(self, row: ActorRow) -> Iterator[QWidget]:
        detail = self._context.ask(actor_detail, row.id, self._context.today())
        yield self._head(detail.data)
        yield self._contacts(detail.contacts)
        yield AgreementsSection(self._context, detail.agreements, lambda agreement: agreement.quarter)
        yield OffersSection(self._context, detail.offers, OfferInput(actor_id=row.id), self.window())
        yield from notes_and_history(detail.data.notes, detail.history)

    def add_contact(self) -> None:
        """The form for a new contact of this actor."""
        self._open_contact(None)

    def remove_contact(self, row: ContactRow) -> None:
        """Delete it; undo brings it back."""
        self._context.do(f"Kontakt {row.name} gelöscht", contacts.remove, row.id)

    def _open_contact(self, contact_id: int | None) -> None:
        if self.row is not None:
            contact_dialog(self._context, contact_id, self.row.id, self.window()).open()

    def _head(self, data: ActorInput) -> QWidget:
        head = Section(data.name, action="Bearbeiten", clicked=self._edit)
        head.title.setWordWrap(True)
        facts = Facts(name_width=112)
        facts.add("Kürzel", data.short)
        facts.add("Art", data.kind)
        place = " ".join(filter(None, (data.postcode, data.city)))
        facts.add("Anschrift", ", ".join(filter(None, (data.street, place))), always=True)
        facts.add("Telefon", data.phone)
        facts.add("E-Mail", data.email)
        facts.add(
            "Vertreten durch", ", ".join(filter(None, (data.represented_by, data.function))), always=True
        )
        head.add(facts)
        return head

    def _contacts(self, rows: list[ContactRow]) -> QWidget:
        section = Section(f"Kontakte ({len(rows)})", action="Kontakt hinzufügen", clicked=self.add_contact)
        section.fill(*map(self._contact, rows), nothing="Noch niemand, den man ansprechen kann.")
        return section

    def _contact(self, row: ContactRow) -> PressableEntry:
        caption = " · ".join(filter(None, (row.function, row.phone, row.email)))
        entry = PressableEntry(row.name, caption, privacy(row, self._context.today()), tip=why_kept(row))
        entry.clicked.connect(lambda: self._open_contact(row.id))
        entries = [
            MenuEntry("Bearbeiten", lambda: self._open_contact(row.id), "edit"),
            None,
            MenuEntry("Löschen", lambda: self.remove_contact(row), "trash"),
        ]
        right_click(entry, lambda: menu(entry, entries, passing=True))
        return entry


def privacy(row: ContactRow, on: date) -> Pill | None:
    """Says where the reason for keeping the data is not known, or their time is over."""
    if row.delete_on is not None and row.delete_on <= on:
        return Pill("löschen", Tone.DANGER, "trash")
    return None if row.explained else Pill("Angaben fehlen", Tone.WARNING, "shield")


def why_kept(row: ContactRow) -> str:
    """Purpose, legal basis, source and end, one line each."""
    return "\n".join(
        (
            f"Zweck: {row.purpose or 'nicht angegeben'}",
            f"Rechtsgrundlage: {row.legal_basis or 'nicht angegeben'}",
            f"Quelle: {row.source or 'nicht angegeben'}",
            f"Löschen am: {german(row.delete_on) if row.delete_on else 'nicht angegeben'}",
        )
    )
