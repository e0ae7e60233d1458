"""The form of the office's letterhead."""

from dataclasses import fields, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.errors import UserError
from app.domain.privacy.activities import SUPERVISORY_AUTHORITY
from app.services import office
from app.services.office import OfficeInput, Signatory
from app.ui.context import Context
from app.ui.kit.editors import Editor, RowColumn, RowsEditor, TextEditor
from app.ui.kit.form import Field, FormBody
from app.ui.kit.form_dialog import FormDialog
from app.ui.kit.layout import STRETCH, column, row
from app.ui.kit.questions import choose_file
from app.ui.kit.widgets.text import button
from db.file.opened import refuse_open_here

PICTURES = "Bilder (*.png *.jpg *.jpeg)"
LOGO_HEIGHT = 56


def show_picture(target: QLabel, content: bytes | None, height: int = LOGO_HEIGHT) -> None:
    """Show a picture in a label, or a word that there is none."""
    pixmap = QPixmap()
    if content is None or not pixmap.loadFromData(content):
        target.setText("Kein Logo")
        return
    ratio = target.devicePixelRatioF()
    scaled = pixmap.scaledToHeight(int(height * ratio), Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    target.setPixmap(scaled)


class LogoEditor(Editor):
    """A picture from a file; the value is its bytes or None."""

    def __init__(self) -> None:
        box = QWidget()
        super().__init__(box)
        self._content: bytes | None = None
        self._picture = QLabel()
        self.choose_button = button("Bild wählen …", self._choose, icon="folder-open")
        self.remove_button = button("Entfernen", self._remove, role="quiet")
        column(self._picture, row(self.choose_button, self.remove_button, STRETCH), on=box, spacing=6)
        self.setFocusProxy(self.choose_button)

    def value(self) -> bytes | None:
        return self._content

    def set_value(self, value: bytes | None) -> None:
        self._content = value
        show_picture(self._picture, value)
        self.remove_button.setEnabled(value is not None)

    def state(self) -> object:
        return self._content

    def take(self, path: Path) -> None:
        """Read a picture file; what is wrong with it is said when the form is saved."""
        try:
            if path.stat().st_size > office.LOGO_LIMIT:
                raise UserError("Das Logo ist größer als 2 MB. Bitte ein kleineres Bild wählen.")
            refuse_open_here(path)
            content = path.read_bytes()
        except OSError as error:
            raise UserError(f"„{path}“ lässt sich nicht lesen ({error.strerror}).") from error
        self.set_value(content)
        self.changed.emit()

    def _choose(self) -> None:
        choose_file(self, "Logo wählen", PICTURES, self.take)

    def _remove(self) -> None:
        self.set_value(None)
        self.changed.emit()


def office_body() -> FormBody:
    """Fields of the office, fitting OfficeInput."""
    body = FormBody()
    body.section("Absender", "Steht im Briefkopf der Vereinbarungen.")
    body.row(
        Field("name", "Name des Büros", TextEditor("Alter im Quartier"), required=True),
        Field("department", "Fachbereich", TextEditor("Fachbereich Senioren")),
    )
    party = TextEditor("Landeshauptstadt Hannover")
    body.row(
        Field(
            "authority", "Vertragspartnerin", party, hint="In wessen Namen Vereinbarungen geschlossen werden"
        ),
        Field("head", "Behördenleitung", TextEditor("Der Oberbürgermeister"), hint="Steht unter ihrem Namen"),
    )
    body.row(Field("contact_person", "Ansprechperson"))
    body.row(
        Field("street", "Straße und Hausnummer", stretch=3),
        Field("postcode", "PLZ", TextEditor(longest=10)),
        Field("city", "Ort", stretch=2),
    )
    body.row(Field("phone", "Telefon"), Field("email", "E-Mail"), Field("website", "Internet"))
    body.row(Field("logo", "Logo", LogoEditor()))
    body.section("Unterschrift")
    columns = (
        RowColumn("name", "Name", TextEditor, stretch=True, required=True),
        RowColumn("function", "Funktion", TextEditor, width=280),
    )
    people = RowsEditor(columns, lambda _rows: Signatory(""), add_text="Person anlegen", visible_rows=2)
    body.row(Field("signatories", "Wer für die Stadt unterschreibt", people))
    notice = TextEditor("Gefördert mit Mitteln …")
    carried = "Satz, den geförderte Maßnahmen in der Öffentlichkeit tragen"
    body.row(Field("funding_notice", "Förderhinweis", notice, hint=carried))
    body.section("Datenschutz", "Steht in Auskünften, im Verzeichnis der Verarbeitungen und im Löschkonzept.")
    body.row(
        Field("data_protection_officer", "Datenschutzbeauftragte", TextEditor("Name oder Stelle")),
        Field(
            "data_protection_contact", "Erreichbar unter", TextEditor("Anschrift, Telefon, E-Mail"), stretch=2
        ),
    )
    authority = TextEditor(SUPERVISORY_AUTHORITY)
    body.row(
        Field("supervisory_authority", "Aufsichtsbehörde", authority, hint="Leer: die für Niedersachsen")
    )
    body.section("Finanzen")
    classes = TextEditor("36", longest=10)
    meaning = "Erste Ziffer der Sachkonten; leer bedeutet 3 und 6. Gilt für die nächsten Importe"
    body.row(Field("income_account_classes", "Kontenklassen der Einnahmen", classes, hint=meaning))
    return body


def office_dialog(context: Context, parent: QWidget) -> FormDialog[OfficeInput]:
    """The form on what is stored. Open it with `open()`."""

    def save(changed: OfficeInput) -> None:
        context.do("Angaben zum Büro gespeichert", office.save, _without_none(changed))

    values = context.ask(office.load)
    return FormDialog("Büro und Briefkopf", office_body(), values, save, parent=parent)


def _without_none(values: OfficeInput) -> OfficeInput:
    """An empty field is an empty text here."""
    empty = {
        field.name: ""
        for field in fields(values)
        if field.name != "logo" and getattr(values, field.name) is None
    }
    people = tuple(Signatory(person.name or "", person.function or "") for person in values.signatories)
    return replace(values, **empty, signatories=people)  # type: ignore[arg-type]
