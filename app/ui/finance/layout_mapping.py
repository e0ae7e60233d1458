"""The form of a layout: its name, and for each sheet which list goes under which headers."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Invalid
from app.services.finance import finance_layouts
from app.services.finance.finance_layouts import ColumnMapping, Layout, SheetMapping
from app.sheets.layout.lists import FIELDS
from app.sheets.layout.view import LayoutView
from app.sheets.reading.cells import column_letters
from app.ui.context import Context
from app.ui.finance.layout_preview import LayoutPreview
from app.ui.finance.layout_words import place_sentence
from app.ui.kit.dialog import Dialog
from app.ui.kit.editors import ChoiceEditor, TextEditor, WholeEditor
from app.ui.kit.form import Field
from app.ui.kit.layout import STRETCH, add, column, discard, grid, grow, held, row
from app.ui.kit.page import Split
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.note import Note
from app.ui.kit.widgets.text import button, label

_AS_IS = "bleibt, wie es ist"
_ALONE = "nicht füllen"


class LayoutMappingDialog(Dialog):
    """Opens with a layout as it is stored or proposed; `saved` tells its id."""

    saved = Signal(int)

    def __init__(self, context: Context, parent: QWidget, layout: Layout, view: LayoutView) -> None:
        super().__init__(
            parent,
            "Vorlage der Finanzabteilung",
            f"{layout.file_name}: Unsere Zeilen kommen unter die Überschriften; alles andere in der Datei bleibt, "
            "wie es ist.",
            size=(1120, 720),
        )
        self._context, self._layout, self._view = context, layout, view
        self._mapping = {one.sheet: one for one in view.proposed(layout.mapping)}
        self._columns: list[tuple[ColumnMapping, Field]] = []
        self.name = Field("name", "Name der Vorlage", TextEditor(longest=80), required=True)
        self.name.editor.set_value(layout.name)
        lists = [(name, name) for name in FIELDS]
        self.sheet = Field("sheet", "Blatt", ChoiceEditor([(name, name) for name in view.sheets]))
        self.sheet.editor.set_value(next((one.sheet for one in self.mapping if one.listed), view.sheets[0]))
        if len(view.sheets) == 1:
            self.sheet.hide()
        self.listed = Field("listed", "Was kommt hinein", ChoiceEditor(lists, empty=_AS_IS))
        self.header = Field("header", "Überschriften in Zeile", WholeEditor(least=1, most=1_048_000))
        self.note = Note()
        self.problem = Note(tone=Tone.DANGER)
        self.problem.hide()
        self.preview = LayoutPreview()
        self.pane = Pane(margin=14, spacing=10)
        self._grid = grid()
        self.save_button = button("Speichern", self.save, icon="save", role="primary")
        self._fields_title = label("Spalten", "section")
        self._lay_out()
        self._connect()
        self._show_sheet()

    def open(self) -> None:
        super().open()
        self.name.editor.setFocus()

    @property
    def mapping(self) -> tuple[SheetMapping, ...]:
        """What is chosen now, for all sheets in their order."""
        return tuple(self._mapping[sheet] for sheet in self._view.sheets)

    def save(self) -> None:
        """Keep it; what is wrong is said at once."""
        layout = replace(self._layout, name=str(self.name.editor.value() or ""), mapping=self.mapping)
        label_text = f"Vorlage „{layout.name.strip()}“ gespeichert"
        try:
            layout_id = self._context.do(label_text, finance_layouts.save, layout)
        except Invalid as error:
            self.name.set_problem(error.problems.get("name", ""))
            self.problem.say(error.problems.get("mapping", ""))
            return
        self.saved.emit(layout_id)
        self.accept()

    def choose_sheet(self, sheet: str) -> None:
        """Go to a sheet."""
        self.sheet.editor.set_value(sheet)
        self._show_sheet()

    def field_of(self, header: str) -> Field:
        """The field below which the column with this header is mapped."""
        return next(field for column, field in self._columns if column.header == header)

    # --- making ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        add(
            self.pane.column,
            self.name,
            self.sheet,
            row(grow(self.listed), grow(self.header), spacing=12),
            self._fields_title,
            self._grid,
            STRETCH,
        )
        as_it_is = label("So steht es in der Vorlage", "section")
        seen = column(as_it_is, self.note, grow(self.preview), spacing=8)
        self.build(
            self.problem,
            grow(Split("exports/mapping", self.pane, held(seen), shares=(5, 8))),
            foot=(STRETCH, self.close_button(), self.save_button),
        )

    def _connect(self) -> None:
        self.sheet.editor.changed.connect(self._show_sheet)
        self.listed.editor.changed.connect(self._assign_anew)
        self.header.editor.finished.connect(self._assign_anew)
        self.preview.header_wanted.connect(self._take_header)

    # --- following what is chosen ----------------------------------------------------------------------------

    def _current(self) -> SheetMapping:
        return self._mapping[str(self.sheet.editor.value())]

    def _show_sheet(self) -> None:
        mapping = self._current()
        self.listed.editor.set_value(mapping.listed)
        self.header.editor.set_value(mapping.header_row)
        self.preview.show_rows(self._view.rows(mapping.sheet))
        self.preview.bring(mapping.header_row)
        self._show_columns()

    def _take_header(self, row: int) -> None:
        self.header.editor.set_value(row)
        self._assign_anew()

    def _assign_anew(self) -> None:
        """Another list or another header row: the fields are proposed again."""
        before = self._current()
        try:
            row = self.header.editor.value()
        except ValueError:
            return  # the field says so itself
        listed = self.listed.editor.value()
        if row is None or (listed, row) == (before.listed, before.header_row):
            return
        self._mapping[before.sheet] = self._view.assigned(before.sheet, listed, row)
        self.preview.bring(row)
        self._show_columns()

    def _show_columns(self) -> None:
        discard(*(field for _, field in self._columns))
        mapping = self._current()
        self._columns = []
        self.header.setVisible(mapping.listed is not None)
        self._fields_title.setVisible(mapping.listed is not None)
        if mapping.listed is not None:
            options = [(field, field) for field in FIELDS[mapping.listed]]
            for number, one in enumerate(mapping.columns):
                editor = ChoiceEditor(options, empty=_ALONE)
                editor.set_value(one.field)
                title = f"{column_letters(one.column)} · {one.header}"
                field = Field(f"column{one.column}", title, editor)
                editor.changed.connect(self._take_fields)
                self._columns.append((one, field))
                self._grid.addWidget(field, *divmod(number, 2))
        self._tell()

    def _take_fields(self) -> None:
        columns = tuple(replace(column, field=field.editor.value()) for column, field in self._columns)
        before = self._current()
        self._mapping[before.sheet] = replace(before, columns=columns)
        self._tell()

    def _tell(self) -> None:
        mapping = self._current()
        place = self._view.place(mapping)
        self.problem.hide()
        lost = mapping.listed and place is None
        self.note.say(place_sentence(mapping, place), Tone.WARNING if lost else Tone.INFO)
