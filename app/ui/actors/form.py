"""The forms of an actor and of its contacts."""

from PySide6.QtWidgets import QWidget

from app.domain.dates import german
from app.services.actors import actors, contacts
from app.services.actors.actors import ActorInput
from app.services.actors.contacts import LEGAL_BASES, ContactInput
from app.ui.context import Context
from app.ui.kit.editors import DateEditor, MultilineEditor, SuggestEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog

SALUTATIONS = ("Frau", "Herr")
PURPOSES = ("Umsetzung der Vereinbarung", "Quartiersrunde", "Angebot im Quartier", "Verteiler")


def actor_body(kinds: list[str]) -> FormBody:
    """Fields of an actor, fitting ActorInput."""
    body = FormBody()
    body.section("Träger")
    name = TextEditor("Vollständiger Name, wie er auf Papier steht")
    body.row(
        Field("name", "Name", name, required=True, stretch=3),
        Field("short", "Kürzel", TextEditor("DIAK", longest=20), required=True),
    )
    body.row(Field("kind", "Art", SuggestEditor(kinds)))
    body.section("Anschrift und Erreichbarkeit")
    body.row(Field("street", "Straße"))
    body.row(Field("postcode", "PLZ", TextEditor(longest=10)), Field("city", "Ort", stretch=3))
    body.row(Field("phone", "Telefon"), Field("email", "E-Mail"))
    body.section("Vertretung", "Wer Vereinbarungen unterschreibt; steht so auf dem Papier.")
    body.row(
        Field("represented_by", "Vertreten durch", TextEditor("Vorname Nachname")),
        Field("function", "Funktion", TextEditor("Geschäftsführung")),
    )
    body.row(Field("notes", "Notizen", MultilineEditor(lines=3)))
    return body


def contact_body() -> FormBody:
    """Fields of a contact, fitting ContactInput."""
    body = FormBody()
    body.section("Person")
    body.row(
        Field("salutation", "Anrede", SuggestEditor(SALUTATIONS)),
        Field("first_name", "Vorname", stretch=2),
        Field("last_name", "Nachname", required=True, stretch=2),
    )
    body.row(Field("function", "Funktion"))
    body.row(Field("phone", "Telefon"), Field("email", "E-Mail"))
    body.section("Datenschutz", "Warum das Büro diese Daten hat und wie lange.")
    body.row(
        Field("purpose", "Zweck", SuggestEditor(PURPOSES)),
        Field("legal_basis", "Rechtsgrundlage", SuggestEditor(LEGAL_BASES)),
    )
    body.row(
        Field("source", "Quelle", TextEditor("Woher die Daten kommen")),
        Field(
            "delete_on",
            "Löschen am",
            DateEditor(),
            hint="Die Übersicht legt den Kontakt dann zum Löschen vor.",
        ),
    )
    return body


def actor_dialog(context: Context, actor_id: int | None, parent: QWidget) -> FormDialog[ActorInput]:
    """The form for a stored actor or a new one. Open it with `open()`."""
    values = ActorInput() if actor_id is None else context.ask(actors.load, actor_id)

    def save(changed: ActorInput) -> int:
        return context.do(f"Träger {changed.name} gespeichert", actors.save, actor_id, changed)

    title = "Träger anlegen" if actor_id is None else values.name
    return FormDialog(title, actor_body(context.ask(actors.kinds)), values, save, parent=parent)


def contact_dialog(
    context: Context, contact_id: int | None, actor_id: int, parent: QWidget
) -> FormDialog[ContactInput]:
    """The form for a stored contact or a new one of an actor. Open it with `open()`."""
    values = ContactInput(actor_id) if contact_id is None else context.ask(contacts.load, contact_id)

    def save(changed: ContactInput) -> int:
        return context.do(f"Kontakt {changed.last_name} gespeichert", contacts.save, contact_id, changed)

    title = "Kontakt anlegen" if contact_id is None else "Kontakt bearbeiten"
    sentence = f"Wird am {german(values.delete_on)} zum Löschen vorgelegt." if values.delete_on else ""
    return FormDialog(title, contact_body(), values, save, parent=parent, sentence=sentence)
