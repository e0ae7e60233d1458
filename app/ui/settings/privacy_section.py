"""Privacy: who is past the day, what was erased, the papers the law asks for, and looking for a person."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.domain.counting import counted
from app.domain.dates import german
from app.domain.privacy.people import Person
from app.services.privacy import erasures, privacy_settings
from app.services.privacy.erasures import DueContact, ErasureRow
from app.services.privacy.privacy_settings import PrivacyInput
from app.ui.context import Context
from app.ui.kit.editors import WholeEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, add, grow, row
from app.ui.kit.questions import message_box
from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.menus import one
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label
from app.ui.settings.section import SettingsSection
from db.encryption.opening import salt_of


class PrivacySection(SettingsSection):
    """Contacts past their day above, erasures below, papers and times between."""

    title, icon = "Datenschutz", "shield"
    sentence = "Auskunft geben, löschen, und die Papiere dazu."
    action = ("Person suchen …", "search")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.state = Note()
        self.due: Table[DueContact] = Table(
            "settings/privacy-due",
            (
                Column("name", "Kontakt", lambda row: row.name, strong=True, width=180),
                Column("actor", "Träger", lambda row: row.actor, width=180, stretch=True),
                Column("purpose", "Zweck", lambda row: row.purpose, width=160),
                Column("day", "Löschtag", lambda row: row.delete_on, Kind.DATE),
            ),
            title="Kontakte nach ihrem Löschtag",
            empty=EmptyState("success", "Kein Kontakt ist über seinen Löschtag hinaus gespeichert"),
        )
        self.due.opened.connect(lambda row: self.open_contact(row, erasing=True))
        self.due.opening = ("Löschen …", "trash")
        erase = RowAction("Löschen …", lambda rows: self.open_contact(rows[0], erasing=True), "trash", one)
        tell = RowAction(
            "Auskunft …", lambda rows: self.open_contact(rows[0], erasing=False), "document", one
        )
        self.due.set_actions((erase, tell))
        self.erase_button = self.due.action_button(erase)
        self.done: Table[ErasureRow] = Table(
            "settings/privacy-done",
            (
                Column("at", "Gelöscht am", lambda row: row.erased_at, Kind.DATE, width=140),
                Column("reason", "Grund", lambda row: row.reason, width=200, strong=True),
                Column("what", "Was", lambda row: row.erased_words, width=240, stretch=True),
                Column("kept", "Bleibt", _kept, width=110, tip=_kept_tip),
                Column("copies", "In Sicherungen bis", lambda row: row.copies_until, Kind.DATE, width=140),
            ),
            title="Löschungen",
            empty=EmptyState("shield", "Noch niemand gelöscht"),
        )
        self.done.opened.connect(lambda row: show_erasure(row, self.window()))
        self.done.opening = ("Was gelöscht wurde und was bleibt", "lock")
        papers = Card("Papiere und Fristen")
        self.record_button = button("Verzeichnis der Verarbeitungen …", self.show_record, icon="document")
        self.concept_button = button("Löschkonzept …", self.show_concept, icon="document")
        self.times_button = button("Fristen ändern …", self.change_times, icon="clock", role="quiet")
        add(papers.column, row(self.record_button, self.concept_button, self.times_button, STRETCH))
        self.add(
            self.state,
            row(self.erase_button, STRETCH, self.due.tools),
            grow(self.due),
            papers,
            row(label("Löschungen", "section"), STRETCH, self.done.tools),
            grow(self.done),
        )

    def refresh(self) -> None:
        found = self.context.ask(erasures.due, self.context.today())
        self.due.set_rows(found)
        self.due.choose_first()
        self.done.set_rows(self.context.ask(erasures.rows))
        number = counted(len(found), "Kontakt ist", "Kontakte sind")
        self.state.say(
            f"{number} über den Löschtag hinaus gespeichert."
            if found
            else "Alle Löschtage sind eingehalten.",
            Tone.WARNING if found else Tone.SUCCESS,
        )

    def act(self) -> None:
        """Look for a person by name."""
        search_dialog(self.context, self.window()).open()

    def open_contact(self, contact: DueContact, *, erasing: bool) -> None:
        """The places of a contact, to erase or to tell."""
        from app.ui.privacy.person_dialog import contact_dialog  # loads Qt's PDF module

        contact_dialog(self.context, contact.id, self.window(), erasing=erasing)

    def show_record(self) -> None:
        """The record of processing activities."""
        from app.ui.privacy.concept_dialog import ConceptDialog
        from app.workflows.privacy import papers

        is_encrypted = salt_of(self.context.database.path) is not None
        paper = self.context.ask(papers.record, self.context.today(), is_encrypted=is_encrypted)
        ConceptDialog(self.context, paper, self.window()).open()

    def show_concept(self) -> None:
        """The deletion concept."""
        from app.ui.privacy.concept_dialog import ConceptDialog
        from app.workflows.privacy import papers

        paper = self.context.ask(papers.deletion_concept, self.context.today())
        ConceptDialog(self.context, paper, self.window()).open()

    def change_times(self) -> None:
        """How long copies and papers are kept."""
        times_dialog(self.context, self.window()).open()


def _kept(row: ErasureRow) -> str:
    return counted(len(row.kept), "Stelle", "Stellen") if row.kept else "nichts"


def _kept_tip(row: ErasureRow) -> str:
    return "\n".join(one.words for one in row.kept)


def show_erasure(row: ErasureRow, parent: QWidget) -> QMessageBox:
    """All that is known of an erasure, also for those who see no tooltips."""
    kept = _kept_tip(row) or "nichts"
    text = (
        f"{row.mark}\nGrund: {row.reason}\nGelöscht: {row.erased_words}\n"
        f"In Sicherungen bis {german(row.copies_until)}\n\nEs bleibt:\n{kept}"
    )
    box = message_box(text, "shield", Tone.ACCENT, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton("Schließen", QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


@dataclass(frozen=True, slots=True)
class SearchInput:
    """The name of a person who wants to know, or to be forgotten."""

    first: str | None = None
    last: str | None = None


def search_dialog(context: Context, parent: QWidget) -> FormDialog[SearchInput]:
    """Asks for a name and shows where it stands. Open it with `open()`."""
    body = FormBody()
    body.row(Field("first", "Vorname"), Field("last", "Nachname", required=True))

    def show(asked: SearchInput) -> None:
        from app.ui.privacy.person_dialog import PersonDialog

        PersonDialog(context, Person(asked.last or "", asked.first or ""), parent).open()

    return FormDialog(
        "Person suchen",
        body,
        SearchInput(),
        show,
        parent=parent,
        sentence="In allen Einträgen und im Verlauf, auch wenn sie kein Kontakt ist.",
        save_text="Suchen",
        chooses=True,
    )


def times_dialog(context: Context, parent: QWidget) -> FormDialog[PrivacyInput]:
    """The form with the times. Open it with `open()`."""
    body = FormBody()
    copies = "So lange dürfen ältere Sicherungen eine gelöschte Person noch enthalten"
    body.row(
        Field(
            "copy_days",
            "Sicherungen nach einer Löschung höchstens behalten",
            WholeEditor("Tage"),
            hint=copies,
        )
    )
    body.section(
        "Aufbewahrung", "Angenommen, bis die Regeln der Stadt eingetragen sind; die längere Frist geht vor."
    )
    body.row(
        Field("agreement_years", "Vereinbarungen nach ihrem Ende", WholeEditor("Jahre")),
        Field("booking_years", "Buchungen nach dem Haushaltsjahr", WholeEditor("Jahre")),
    )

    def save(changed: PrivacyInput) -> None:
        context.do("Fristen des Datenschutzes gespeichert", privacy_settings.save, changed)

    values = context.ask(privacy_settings.load)
    return FormDialog("Fristen des Datenschutzes", body, values, save, parent=parent)
