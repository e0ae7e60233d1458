"""The form of a quarter."""

from PySide6.QtWidgets import QWidget

from app.services.quarters import quarters
from app.services.quarters.quarters import QuarterInput
from app.ui.context import Context
from app.ui.kit.editors import MultilineEditor, RecordEditor, SuggestEditor, TagsEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog


def quarter_body(context: Context) -> FormBody:
    """Fields of a quarter, fitting QuarterInput."""
    choices = context.ask(quarters.choices)
    body = FormBody()
    body.section("Gebiet")
    body.row(
        Field("name", "Name", TextEditor("Zum Beispiel: Linden-Süd"), required=True, stretch=3),
        Field("short", "Kürzel", TextEditor("LIN", longest=20), required=True),
    )
    body.row(
        Field("city_part_ids", "Stadtteile", TagsEditor([(key, name) for key, name, _ in choices.city_parts]))
    )
    body.row(Field("city_district_id", "Stadtbezirk", RecordEditor(choices.districts)))
    body.section("Stand")
    phase = SuggestEditor(context.ask(quarters.phases))
    body.row(
        Field("phase", "Phase", phase, hint="Ein Vorschlag; ein Quartier darf eigene Schritte haben."),
        Field("contact_person", "Ansprechperson"),
    )
    body.row(Field("description", "Beschreibung", MultilineEditor(lines=4)))
    body.row(Field("notes", "Notizen", MultilineEditor(lines=3)))
    return body


def quarter_dialog(context: Context, quarter_id: int | None, parent: QWidget) -> FormDialog[QuarterInput]:
    """The form for a stored quarter or a new one. Open it with `open()`."""
    values = QuarterInput() if quarter_id is None else context.ask(quarters.load, quarter_id)

    def save(changed: QuarterInput) -> int:
        return context.do(f"Quartier {changed.name} gespeichert", quarters.save, quarter_id, changed)

    title = "Quartier anlegen" if quarter_id is None else values.name
    return FormDialog(title, quarter_body(context), values, save, parent=parent)
