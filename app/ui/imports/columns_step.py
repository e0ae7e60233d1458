"""The second step: which column means what and how it is read, beside the file's own rows and what comes of them."""

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.bookings.bookings import BookingField
from app.domain.bookings.read_settings import HeaderLines, ReadSettings
from app.services.bookings import column_profiles
from app.services.bookings.column_profiles import Profile
from app.sheets.bookings.columns import Columns, find_columns, headers_of, likely_header
from app.sheets.bookings.file import BookingFile
from app.sheets.bookings.postings import candidates
from app.sheets.bookings.preview import end_mark, end_row, preview
from app.sheets.reading.cells import Sheet, Workbook
from app.ui.context import Context
from app.ui.imports.column_meanings import NEEDED, ColumnMeanings
from app.ui.imports.file_rows import FileRows, RowMarks
from app.ui.imports.result_preview import ResultPreview
from app.ui.kit.editors import ChoiceEditor
from app.ui.kit.form import Field as FormField
from app.ui.kit.layout import add, column, grow, row
from app.ui.kit.page import Split
from app.ui.kit.timers import later
from app.ui.kit.widgets.text import button, label, rule

_PAUSE_MS = 30
"""So long nothing more must be changed before the result is worked out again."""
_MISSING = (
    "Bitte Buchungsdatum und Betrag zuordnen (bei Monatssummen: Innenauftrag, Monat und Ist kumuliert)."
)


class ColumnsStep(QWidget):
    """`changed` when something was chosen; `chosen()` is the result, for `chosen_workbook()`."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._workbook = Workbook()
        self._file = ""
        self._sheet = Sheet("", [])
        self._columns = Columns(0, [])
        self._kept: Profile | None = None
        self._pause = later(self, self.show_result, _PAUSE_MS)
        self._profiles = ChoiceEditor(empty="ohne", narrow=True)
        self._sheets = ChoiceEditor(narrow=True)
        self.profile = FormField("profile", "Gemerkte Zuordnung", self._profiles)
        self.sheet = FormField("sheet", "Blatt", self._sheets)
        self.pane = ColumnMeanings()
        self.fields = self.pane.fields
        self.name = QLineEdit()
        self.name.setPlaceholderText("Name, zum Beispiel KSB1")
        self.name.setAccessibleName("Name des Spaltenprofils")
        self.keep = button("Zuordnung merken", self.save_profile, icon="save")
        self.keep_hint = label("", "caption", wrap=True)
        self.rows = FileRows()
        self.result = ResultPreview()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.pane.column.insertWidget(0, self.sheet)
        self.pane.column.insertWidget(1, self.profile)
        add(
            self.pane.column,
            rule(),
            label("Für die nächste Datei", "section"),
            row(grow(self.name), self.keep),
            self.keep_hint,
        )
        right = Split("imports/file_and_result", self.rows, self.result, vertical=True, shares=(1, 1))
        column(Split("imports/columns", self.pane, right, shares=(1, 2)), on=self)
        self.setFocusProxy(self.pane.placed[0].editor)
        fields = (self.sheet, self.profile, *self.pane.placed)
        for before, after in pairwise((*(field.editor.inner for field in fields), self.name, self.keep)):
            QWidget.setTabOrder(before, after)  # the keyboard goes from field to field as the eye does

    def _connect(self) -> None:
        self.sheet.editor.finished.connect(lambda: self._show_sheet(self.sheet.editor.value()))
        self.profile.editor.finished.connect(self._use_profile)
        self.pane.changed.connect(self._tell)
        self.pane.headers_changed.connect(self._read_headers)
        self.rows.header_wanted.connect(self.take_header)
        self.rows.last_wanted.connect(self.take_last)
        self.rows.to_end_wanted.connect(lambda: self.take_last(None))
        self.name.textChanged.connect(self._show_keep)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_file(self, workbook: Workbook, file: str, read: BookingFile | None, profile: str | None) -> None:
        """Show a file as it was read so far, or as far as it is recognised."""
        self._workbook, self._file = workbook, file
        found = candidates(workbook)
        names = [read.sheet] if read is not None else []
        names += [one.sheet.name for one in found]
        names += [one.name for one in workbook.sheets if one.rows]
        names = list(dict.fromkeys(names))
        self._sheets.set_options([(name, name) for name in names])
        chosen = names[0] if names else ""
        self._sheets.set_value(chosen)
        self.sheet.setVisible(len(names) > 1)
        self._show_profiles(profile)
        self.name.setText(profile or "")
        if read is None:
            self._show_sheet(chosen)
        else:
            settings = replace(read.settings, last_row=read.end_row, end_mark="")
            self._show_sheet(chosen, read.columns, settings)
        self._kept = replace(self._content(), name=profile) if profile else None
        self._show_keep()
        self.show_result()

    def _show_sheet(
        self, name: str, columns: Columns | None = None, settings: ReadSettings | None = None
    ) -> None:
        """Show a sheet with these columns, or those that are recognised in it."""
        self._sheet = self._workbook.sheet(name) or Sheet("", [])
        columns = columns or find_columns(self._sheet) or headers_of(self._sheet, likely_header(self._sheet))
        self.rows.show_sheet(self._sheet)
        self._show_read(columns, settings or ReadSettings())
        self.rows.bring(max(columns.header_row - 1, 1))

    def _show_read(self, columns: Columns, settings: ReadSettings) -> None:
        """Show columns and settings; where the header was found it is as if it were chosen."""
        self._columns = columns
        self.pane.show_settings(
            replace(settings, header_row=_row_of(columns), header_lines=columns.lines, header_mark="")
        )
        self.pane.show_columns(columns, self._sheet)
        self._tell()

    def _show_profiles(self, chosen: str | None) -> None:
        names = self._context.ask(column_profiles.names)
        self._profiles.set_options([(name, name) for name in names])
        self._profiles.set_value(chosen)
        self.profile.setVisible(bool(names))

    # --- what is chosen ----------------------------------------------------------------------------------------

    def take_header(self, row: int) -> None:
        """A row becomes the header (of two lines, its lower one); what was assigned stays where it can."""
        self.pane.header_row.editor.set_value(row)
        if self.pane.header_lines.editor.value() is HeaderLines.NONE:
            self.pane.header_lines.editor.set_value(HeaderLines.ONE)
        last = self.pane.settings().last_row
        if last is not None and last <= row:
            self.pane.last_row.editor.set_value(None)
        self._read_headers()

    def take_last(self, row: int | None) -> None:
        """A row becomes the last that counts; none, or the same once more: all count."""
        same = row == self.pane.settings().last_row
        self.pane.last_row.editor.set_value(None if same else row)
        self._tell()

    def _read_headers(self) -> None:
        """Offer the columns of the header that is chosen now; without a row it is found."""
        settings = self.pane.settings()
        now = self._columns
        if settings.header_lines is now.lines and settings.header_row == _row_of(now):
            return
        assigned = {of: title for of, title in self.pane.columns().items() if title}
        columns = find_columns(self._sheet, assigned, settings)
        if columns is None:
            row = likely_header(self._sheet) if settings.header_row is None else settings.header_row - 1
            columns = headers_of(self._sheet, row, settings.header_lines)
        self._show_read(columns, settings)

    def _use_profile(self) -> None:
        """Read the sheet as it was kept under a name."""
        name = self.profile.editor.value()
        self.name.setText(name or "")
        if name is None:
            self._kept = None
            self._show_keep()
            return
        kept = self._context.ask(column_profiles.load, name)
        columns = find_columns(self._sheet, kept.columns, kept.settings)
        end = end_row(self._sheet, self._workbook.base_1904, kept.columns, kept.settings)
        self._show_read(columns or self._columns, replace(kept.settings, last_row=end, end_mark=""))
        self._kept = replace(self._content(), name=name)
        self._show_keep()

    def chosen(self) -> Profile:
        """Columns and settings; with a name where exactly this is kept under it."""
        content = self._content()
        kept = self._kept
        if kept is not None and (kept.columns, kept.settings) == (content.columns, content.settings):
            return replace(content, name=kept.name)
        return content

    def _content(self) -> Profile:
        return Profile("", self.pane.columns(), self._columns.fingerprint or None, self.pane.settings())

    def chosen_workbook(self) -> Workbook:
        """The file with the chosen sheet only."""
        return replace(self._workbook, sheets=[self._sheet])

    @property
    def complete(self) -> bool:
        """Whether the needed columns are chosen."""
        found = {of for of, title in self.pane.columns().items() if title}
        months = bool(self._columns.months)
        return found >= NEEDED or (
            BookingField.INTERNAL_ORDER in found
            and (months or {BookingField.MONTH, BookingField.CUMULATED} <= found)
        )

    # --- keeping it --------------------------------------------------------------------------------------------

    def save_profile(self) -> None:
        """Keep what is chosen under the name; a problem is said at once."""
        content = self._content()
        mark = end_mark(self._sheet, content.settings.last_row)
        profile = replace(
            content, name=self.name.text().strip(), settings=replace(content.settings, end_mark=mark)
        )
        self._context.do(f"Spaltenprofil „{profile.name}“ gespeichert", column_profiles.save, profile)
        self._kept = replace(content, name=profile.name)
        self._show_profiles(profile.name)
        self._show_keep()

    def save_new_profile(self) -> None:
        """Keep what is chosen if a name was entered that no profile has; one that is there is changed by the button."""
        name = self.name.text().strip().casefold()
        if name and name not in (one.casefold() for one in self._context.ask(column_profiles.names)):
            self.save_profile()

    def _show_keep(self) -> None:
        name = self.name.text().strip()
        kept = bool(name) and self.chosen().name == name
        self.keep.setEnabled(bool(name) and not kept)
        if kept:
            hint = f"Gemerkt als „{name}“."
        elif self._columns.lines is HeaderLines.NONE:
            hint = "Ohne Kopfzeile wird die nächste Datei nicht von selbst erkannt; dann hier oben wählen."
        else:
            hint = "Die nächste Datei mit diesen Überschriften wird dann von selbst so gelesen."
        last = self.pane.settings().last_row
        if last is not None and not end_mark(self._sheet, last):
            hint += " Die letzte Zeile gilt nur für diese Datei."
        self.keep_hint.setText(hint)

    # --- the result --------------------------------------------------------------------------------------------

    def show_result(self) -> None:
        """Work out what comes of the file as it is chosen now."""
        self._pause.stop()
        if not self.complete:
            self.result.show_missing(_MISSING)
            self.pane.show_unit(None)
            return
        chosen = self._content()
        shown = preview(self._sheet, self._workbook.base_1904, self._file, chosen.columns, chosen.settings)
        self.result.show_preview(shown)
        self.pane.show_unit(shown.file.columns.unit if shown.file is not None else None)

    def _tell(self) -> None:
        """Something was chosen: samples, marks and buttons at once, the result after a pause."""
        self.pane.show_samples(self._columns, self._sheet)
        settings = self.pane.settings()
        row = _row_of(self._columns)
        two = self._columns.lines is HeaderLines.TWO
        header = () if row is None else (row - 1, row) if two else (row,)
        self.rows.show_marks(RowMarks(header, settings.last_row), self.pane.meanings(self._columns))
        self._show_keep()
        self._pause.start()
        self.changed.emit()


def _row_of(columns: Columns) -> int | None:
    """The header's row from 1 (of two lines the lower one); None without a header."""
    return None if columns.lines is HeaderLines.NONE else columns.header_row + 1
