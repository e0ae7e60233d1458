"""The form of an offer."""

from PySide6.QtWidgets import QWidget

from app.domain.dates import WEEKDAYS
from app.domain.offers.offers import CareSetting
from app.services.offers import offers
from app.services.offers.offers import OfferChoices, OfferInput
from app.ui.context import Context
from app.ui.kit.editors import (
    ChoiceEditor,
    DateEditor,
    DecimalEditor,
    MultilineEditor,
    RecordEditor,
    SuggestEditor,
    TagsEditor,
    TextEditor,
    WholeEditor,
    words_of,
)
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog

RHYTHMS = ("täglich", "wöchentlich", "14-täglich", "monatlich", "vierteljährlich", "nach Vereinbarung")


def offer_body(choices: OfferChoices) -> FormBody:
    """Fields of an offer, fitting OfferInput."""
    body = FormBody()
    body.section("Was und wer")
    body.row(Field("title", "Titel", TextEditor("Zum Beispiel: Offener Mittagstisch"), required=True))
    body.row(
        Field("actor_id", "Träger", RecordEditor(choices.actors), required=True),
        Field("quarter_id", "Quartier", RecordEditor(choices.quarters), required=True),
    )
    body.row(
        Field("building_block_id", "Baustein", ChoiceEditor(choices.building_blocks, empty="noch offen")),
        Field("care_setting", "Versorgungsform", ChoiceEditor(words_of(CareSetting), empty="keine Angabe")),
    )
    groups = TagsEditor(choices.target_groups)
    body.row(Field("target_group_ids", "Zielgruppen", groups, hint="Nur Gruppen, niemals einzelne Menschen."))
    body.section("Wann und wo")
    body.row(
        Field("rhythm", "Rhythmus", SuggestEditor(RHYTHMS), stretch=2),
        Field("weekday", "Wochentag", SuggestEditor(WEEKDAYS), stretch=2),
        Field("begins", "Beginn", TextEditor("14:30")),
        Field("ends", "Ende", TextEditor("16:00")),
    )
    body.row(
        Field("place", "Ort", TextEditor("Raum, Straße"), stretch=3), Field("seats", "Plätze", WholeEditor())
    )
    body.section("Wer trägt es")
    body.row(
        Field("paid_hours", "Hauptamtliche", DecimalEditor("Std./Woche")),
        Field("volunteers", "Ehrenamtliche", WholeEditor("Personen")),
        Field("confirmed_on", "Zuletzt bestätigt am", DateEditor()),
    )
    body.row(Field("notes", "Notizen", MultilineEditor(lines=3)))
    return body


def offer_dialog(
    context: Context, offer_id: int | None, start: OfferInput, parent: QWidget
) -> FormDialog[OfferInput]:
    """The form for a stored offer, or for a new one that starts as `start`. Open it with `open()`."""
    values = start if offer_id is None else context.ask(offers.load, offer_id)
    choices = context.ask(offers.choices)

    def save(changed: OfferInput) -> int:
        return context.do(f"Angebot „{changed.title}“ gespeichert", offers.save, offer_id, changed)

    title = "Angebot anlegen" if offer_id is None else "Angebot bearbeiten"
    return FormDialog(title, offer_body(choices), values, save, parent=parent)
