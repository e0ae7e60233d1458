"""One actor at a glance: how to reach it, who signs, its people, agreements and offers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QMenu, QWidget
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
from app.services.record_changes import HistoryEntry as HistoryEntry
from app.ui.actors.form import contact_dialog
from app.ui.context import Context
from app.ui.kit import icons
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane, Section
from app.ui.kit.widgets.entry import PressableEntry
from app.ui.kit.widgets.facts import Facts
from app.ui.kit.widgets.figures import Pill
from app.ui.kit.widgets.history import HistoryView
from app.ui.kit.widgets.text import label
from app.ui.profile.agreements import AgreementsSection
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


class ActorProfile(Pane):
    """The right side of the page."""

    def __init__(self, context: Context, edit: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self._edit = edit
        self._actor_id: int | None = None

    def show_actor(self, row: ActorRow | None) -> None:
        """Another actor, or the same one read again."""
        same = row is not None and row.id == self._actor_id
        scrolled = self.verticalScrollBar().value() if same else 0
        self._actor_id = None if row is None else row.id
        self.clear()
        if row is None:
            self.add(label("Einen Träger in der Liste wählen, um ihn hier zu sehen.", "muted", wrap=True))
            return
        detail = self._context.ask(actor_detail, row.id, self._context.today())
        self.add(self._head(detail.data))
        self.add(self._contacts(detail.contacts))
        self.add(AgreementsSection(self._context, detail.agreements, lambda agreement: agreement.quarter))
        self.add(OffersSection(self._context, detail.offers, OfferInput(actor_id=row.id), self.window()))
        if detail.data.notes:
            self.add(Section("Notizen", label(detail.data.notes, wrap=True, selectable=True)))
        self.add(Section("Verlauf", HistoryView(detail.history)))
        self.verticalScrollBar().setValue(scrolled)

    def add_contact(self) -> None:
        """The form for a new contact of this actor."""
        if self._actor_id is not None:
            contact_dialog(self._context, None, self._actor_id, self.window()).open()

    def edit_contact(self, contact_id: int) -> None:
        """The form of a contact."""
        if self._actor_id is not None:
            contact_dialog(self._context, contact_id, self._actor_id, self.window()).open()

    def remove_contact(self, row: ContactRow) -> None:
        """Delete it; undo brings it back."""
        self._context.do(f"Kontakt {row.name} gelöscht", contacts.remove, row.id)

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
        for row in rows:
            section.add(self._contact(row))
        if not rows:
            section.add(label("Noch niemand, den man ansprechen kann.", "muted", wrap=True))
        return section

    def _contact(self, row: ContactRow) -> PressableEntry:
        caption = " · ".join(filter(None, (row.function, row.phone, row.email)))
        entry = PressableEntry(row.name, caption, privacy(row, self._context.today()), tip=why_kept(row))
        entry.clicked.connect(lambda: self.edit_contact(row.id))
        entry.setContextMenuPolicy(entry.contextMenuPolicy().CustomContextMenu)
        entry.customContextMenuRequested.connect(lambda at: self._menu(row).popup(entry.mapToGlobal(at)))
        return entry

    def _menu(self, row: ContactRow) -> QMenu:
        menu = QMenu(self)
        menu.addAction(icons.icon("edit"), "Bearbeiten").triggered.connect(lambda: self.edit_contact(row.id))
        menu.addSeparator()
        menu.addAction(icons.icon("trash"), "Löschen").triggered.connect(lambda: self.remove_contact(row))
        return menu


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
