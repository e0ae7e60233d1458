"""The second step: which column means what, beside the file's first rows; the assignment can be kept by a name."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.bookings import Field
from app.services import column_profiles
from app.services.column_profiles import Profile
from app.sheets.booking_columns import Columns, find_columns, headers_of, likely_header
from app.sheets.cells import Row, Sheet, Workbook, column_letters
from app.sheets.shown import shown
from app.ui.context import Context
from app.ui.editors import ChoiceEditor, Option
from app.ui.form import Field as FormField
from app.ui.table.columns import Column
from app.ui.table.table import Table
from app.ui.tokens import Tone
from app.ui.widgets.card import Pane
from app.ui.widgets.note import Note
from app.ui.widgets.text import button, label

FIELDS: tuple[tuple[Field, str], ...] = (
    (Field.DAY, "Buchungsdatum"),
    (Field.AMOUNT, "Betrag"),
    (Field.INTERNAL_ORDER, "Innenauftrag"),
    (Field.DOCUMENT_NUMBER, "Belegnummer"),
    (Field.LINE, "Position"),
    (Field.BUDGET_YEAR, "Haushaltsjahr"),
    (Field.ACCOUNT, "Sachkonto"),
    (Field.ACCOUNT_NAME, "Kontobezeichnung"),
    (Field.COST_CENTRE, "Kostenstelle"),
    (Field.DEBIT_CREDIT, "Soll/Haben"),
    (Field.TEXT, "Buchungstext"),
    (Field.PAYEE, "Empfänger"),
    (Field.DOCUMENT_DATE, "Belegdatum"),
    (Field.PAYMENT_DATE, "Zahldatum"),
    (Field.CURRENCY, "Währung"),
    (Field.MONTH, "Monat"),
    (Field.CUMULATED, "Ist kumuliert"),
)
_NEEDED = {Field.DAY, Field.AMOUNT}
_SHOWN_ROWS = 40
_NONE = "nicht in der Datei"


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A row of the file as it stands there."""

    id: int
    cells: Row


class ColumnsStep(QWidget):
    """`changed` when another column was chosen; `assigned()` is the result."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._workbook = Workbook()
        self._columns = Columns(0, [])
        self.note = Note()
        self.sheet = FormField("sheet", "Blatt", ChoiceEditor())
        self.sheet.editor.finished.connect(lambda: self._show_sheet(self.sheet.editor.value()))
        self.fields = {
            of: FormField(of.value, title, ChoiceEditor(empty=_NONE), required=of in _NEEDED)
            for of, title in FIELDS
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (of, _) in enumerate(FIELDS):
            grid.addWidget(self.fields[of], *divmod(place, 2))
            self.fields[of].editor.changed.connect(self._tell)
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name, zum Beispiel KSB1")
        self.name.setAccessibleName("Name des Spaltenprofils")
        self.keep = button("Zuordnung merken", self.save_profile, icon="save")
        keep = QHBoxLayout()
        keep.setSpacing(8)
        keep.addWidget(self.name, 1)
        keep.addWidget(self.keep)
        pane = Pane(margin=14, spacing=10)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.sheet)
        column.addLayout(grid)
        column.addWidget(label("Für die nächste Datei mit denselben Spalten", "field"))
        column.addLayout(keep)
        pane.add(holder)
        pane.setFixedWidth(452)
        self._side = QVBoxLayout()
        self._side.setSpacing(8)
        self._side.addWidget(label("So steht es in der Datei", "section"))
        self.table: Table[SampleRow] | None = None
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(pane)
        body.addLayout(self._side, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.note)
        layout.addLayout(body, 1)

    def show_file(
        self, workbook: Workbook, sheet: str | None, profile: str | None, columns: Columns | None
    ) -> None:
        """Show a file with the columns that were found in it so far."""
        self._workbook = workbook
        self.name.setText(profile or "")
        options: list[Option] = [(one.name, one.name) for one in workbook.sheets if one.rows]
        editor = self.sheet.editor
        assert isinstance(editor, ChoiceEditor)
        editor.set_options(options)
        chosen = sheet or (str(options[0][0]) if options else "")
        editor.set_value(chosen)
        self.sheet.setVisible(len(options) > 1)
        self._show_sheet(chosen, columns)

    def assigned(self) -> dict[Field, str]:
        """Field -> header text; empty text where the file has no such column."""
        return {of: field.editor.value() or "" for of, field in self.fields.items()}

    def chosen_workbook(self) -> Workbook:
        """The file with the chosen sheet only."""
        name = self.sheet.editor.value()
        chosen = [sheet for sheet in self._workbook.sheets if sheet.name == name]
        return Workbook(chosen or self._workbook.sheets, self._workbook.base_1904)

    @property
    def complete(self) -> bool:
        """Whether the needed columns are chosen."""
        found = {of for of, header in self.assigned().items() if header}
        months = bool(self._columns.months)
        return found >= _NEEDED or (
            Field.INTERNAL_ORDER in found and (months or {Field.MONTH, Field.CUMULATED} <= found)
        )

    def save_profile(self) -> None:
        """Keep the assignment under the name; a problem is said at once."""
        profile = Profile(self.name.text(), self.assigned(), self._columns.fingerprint)
        self._context.do(f"Spaltenprofil „{profile.name.strip()}“ gespeichert", column_profiles.save, profile)

    def _show_sheet(self, name: str, columns: Columns | None = None) -> None:
        sheet = next((one for one in self._workbook.sheets if one.name == name), Sheet("", []))
        self._columns = columns or find_columns(sheet) or headers_of(sheet, likely_header(sheet))
        options: list[Option] = [
            (header, " ".join(header.split())) for header in dict.fromkeys(self._columns.headers) if header
        ]
        for of, field in self.fields.items():
            editor = field.editor
            assert isinstance(editor, ChoiceEditor)
            editor.set_value(None)
            editor.set_options(options)
            index = self._columns.index.get(of)
            editor.set_value(self._columns.headers[index] if index is not None else None)
        self._show_rows(sheet)
        self._tell()

    def _show_rows(self, sheet: Sheet) -> None:
        if self.table is not None:
            self._side.removeWidget(self.table)
            self.table.deleteLater()
        header = self._columns.header_row
        rows = [
            SampleRow(number, cells)
            for number, cells in enumerate(sheet.rows[header + 1 : header + 1 + _SHOWN_ROWS], header + 2)
        ]
        width = max([len(self._columns.headers), *(len(row.cells) for row in rows)], default=0)
        columns: list[Column[SampleRow]] = [Column("row", "Zeile", lambda row: row.id, width=56)]
        columns += [
            Column(
                f"c{index}",
                " ".join(self._columns.title(index).split()) or column_letters(index),
                partial(_text_at, index),
                width=130,
            )
            for index in range(width)
        ]
        self.table = Table("imports/sample", columns, title="Erste Zeilen der Datei")
        self.table.set_rows(rows)
        self._side.addWidget(self.table, 1)

    def _tell(self) -> None:
        if self.complete:
            self.note.set_tone(Tone.SUCCESS)
            self.note.set_text("Alle nötigen Spalten sind zugeordnet. Noch ist nichts geschrieben.")
        else:
            self.note.set_tone(Tone.WARNING)
            self.note.set_text(
                "Bitte Buchungsdatum und Betrag zuordnen (bei Monatssummen: Innenauftrag, Monat und Ist kumuliert)."
            )
        self.changed.emit()


def _text_at(index: int, row: SampleRow) -> str | None:
    return (shown(row.cells[index]) if index < len(row.cells) else "") or None
