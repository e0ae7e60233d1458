"""One actor at a glance: how to reach it, who signs, its people, agreements and offers."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.services.actors import actors, contacts
from app.services.actors.actor_history import actor_history
from app.services.actors.actors import ActorInput, ActorRow
from app.services.actors.contacts import ContactRow
from app.services.agreements import agreement_register
from app.services.agreements.agreement_register import AgreementFilter
from app.services.offers import offers
from app.services.offers.offers import OfferInput
from app.ui.actors.form import contact_dialog
from app.ui.context import Context
from app.ui.kit.actions import bind, spec
from app.ui.kit.menu import Entry as MenuEntry
from app.ui.kit.menu import menu, right_click
from app.ui.kit.outside import open_address
from app.ui.kit.records_page import ProfilePane
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Pill
from app.ui.profile.agreements import AgreementsSection
from app.ui.profile.history import notes_and_history
from app.ui.profile.offers import OffersSection


class ActorProfile(ProfilePane[ActorRow]):
    """The right side of the page."""

    def __init__(self, context: Context, edit: Callable[[], object]) -> None:
        super().__init__("Einen Träger in der Liste wählen, um ihn hier zu sehen.")
        self._context = context
        self._edit = edit

    def sections(self, row: ActorRow) -> Iterator[QWidget]:
        context, ask = self._context, self._context.ask
        data = ask(actors.load, row.id)
        yield self._head(data)
        yield self._contacts(ask(contacts.rows, row.id))
        agreed = ask(agreement_register.rows, context.today(), AgreementFilter(actor_id=row.id))
        yield AgreementsSection(context, agreed, lambda agreement: agreement.quarter, f"new:actor:{row.id}")
        offered = ask(offers.rows, actor_id=row.id)
        yield OffersSection(context, offered, OfferInput(actor_id=row.id), self.window())
        yield from notes_and_history(data.notes, ask(actor_history, row.id))

    def add_contact(self) -> None:
        """The form for a new contact of this actor."""
        self._open_contact(None)

    def remove_contact(self, row: ContactRow) -> None:
        """Delete it; undo brings it back."""
        self._context.do(f"Kontakt {row.name} gelöscht", contacts.remove, row.id)

    def _open_contact(self, contact_id: int | None) -> None:
        if self.row is not None:
            contact_dialog(self._context, contact_id, self.row.id, self.window()).open()

    def _show_places(self, contact_id: int, *, erasing: bool) -> None:
        """Where the person stands, to tell or to erase it."""
        from app.ui.privacy.person_dialog import contact_dialog as places  # loads Qt's PDF module

        places(self._context, contact_id, self.window(), erasing=erasing)

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
        section = Section(
            f"Kontakte ({len(rows)})", action="Kontakt anlegen", clicked=lambda: self._open_contact(None)
        )
        section.fill(*map(self._contact, rows), nothing="Noch niemand, den man ansprechen kann.")
        return section

    def _contact(self, row: ContactRow) -> PressableEntry:
        caption = " · ".join(filter(None, (row.function, row.phone, row.email)))
        pill, edit = privacy(row, self._context.today()), lambda: self._open_contact(row.id)
        entry = PressableEntry(row.name, caption, pill, edit, tip=why_kept(row))
        mail = row.email
        writing = [MenuEntry(f"E-Mail an {mail}", partial(open_address, mail), "mail")] if mail else []
        entries = [
            MenuEntry("Bearbeiten", edit, "edit"),
            *writing,
            None,
            MenuEntry(
                "Auskunft über die Person …", partial(self._show_places, row.id, erasing=False), "document"
            ),
            MenuEntry("Endgültig löschen …", partial(self._show_places, row.id, erasing=True), "shield"),
            None,
            MenuEntry("Löschen", lambda: self.remove_contact(row), "trash", spec("table.delete").keys[0]),
        ]
        right_click(entry, lambda: menu(entry, entries, passing=True))
        bind(entry, "table.delete", lambda: self.remove_contact(row))
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
