"""Writes new workbooks of lists: their look, text always as text, formulas with stored results, pages of A4."""

import io
import tempfile
import traceback
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Any, NamedTuple, Self

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.domain.clean_text import clean


class Money(NamedTuple):
    """An amount in cents; `formula` makes it live, the cents are its stored result."""

    cents: int
    formula: str = ""


Cell = str | int | float | date | datetime | Money | None
Columns = Sequence[tuple[str, float]]
"""Header and width in characters of each column."""

Properties = Mapping[str, Any]
"""What XlsxWriter calls the properties of a format."""

_ACCENT, _LINE = "#2044AA", "#DFE1EA"
_A4 = 9
_WHOLE_SHEET = "A1:XFD1048576"
HEAD_HEIGHT = 30

HEAD: Properties = {
    "bold": True, "border": 1, "border_color": _LINE, "valign": "vcenter", "text_wrap": True,
    "font_color": "#FFFFFF", "bg_color": _ACCENT,
}  # fmt: skip
TITLE: Properties = {"bold": True, "font_size": 16, "font_color": _ACCENT}
SECTION: Properties = {"bold": True, "font_size": 12, "font_color": _ACCENT}
WRAPPED: Properties = {"text_wrap": True, "valign": "top"}
WORDS: Properties = {"valign": "top", "align": "left", "indent": 1}
SIGNED_MONEY: Properties = {"valign": "top", "num_format": "#,##0.00;[Red]-#,##0.00"}


@dataclass(frozen=True, slots=True)
class ListLook:
    """How headers and each kind of cell look; without properties as the spreadsheet shows them by itself."""

    head: Properties
    figure_head: Properties
    text: Properties
    day: Properties
    moment: Properties
    money: Properties
    number: Properties
    head_height: float | None = None
    """In points; None: as its text needs."""


LOOK = ListLook(
    head={**HEAD, "indent": 1},
    figure_head={**HEAD, "align": "right"},
    text=WORDS,
    day={**WORDS, "num_format": "dd.mm.yyyy"},
    moment={**WORDS, "num_format": "dd.mm.yyyy hh:mm"},
    money=SIGNED_MONEY,
    number={"valign": "top", "num_format": "#,##0"},
    head_height=HEAD_HEIGHT,
)
"""What our workbooks look like; `dataclasses.replace` makes another."""


class _CleanSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose texts are without signs that a workbook cannot hold."""

    def _write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        return int(super()._write_string(row, col, clean(string), cell_format))


class ListBook:
    """One workbook while it is written, as a context; afterwards `content` are its bytes.

    `streamed`: rows go to a temporary file as they are made, so memory stays flat; they have to come in their order.
    """

    def __init__(self, look: ListLook, title: str = "", author: str = "", *, streamed: bool = False) -> None:
        self._look = look
        self._buffer = io.BytesIO()
        self._folder = tempfile.TemporaryDirectory(prefix="liste-") if streamed else None
        options = (
            {"constant_memory": True, "tmpdir": self._folder.name} if self._folder else {"in_memory": True}
        )
        self.book = xlsxwriter.Workbook(self._buffer, options)
        self.book.worksheet_class = _CleanSheet
        if title:
            about = {"title": clean(title), "author": clean(author), "comments": "Quartiersbüro"}
            self.book.set_properties(about)
        kinds = (look.head, look.figure_head, look.text, look.day, look.moment, look.money, look.number)
        self._head, self._figure_head, self.text, self._day, self._moment, self.money, self._number = (
            self.format(properties) if properties else None for properties in kinds
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, failure: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            if failure is None:
                self._close()
        finally:
            if self._folder is not None:
                if not self.book.fileclosed:  # cancelled or failed: let go of the files the sheets have open
                    for page in self.book.worksheets():
                        page.row_data_fh.close()
                self._folder.cleanup()

    def _close(self) -> None:
        """Write the workbook. Where that fails, as on a full disk, XlsxWriter leaves an open archive in its frames.

        It goes here, while there is a buffer it can end; left to the garbage collector it may find that closed.
        """
        try:
            self.book.close()
        except Exception as error:
            cause: BaseException | None = error
            while cause is not None:
                traceback.clear_frames(cause.__traceback__)
                cause = cause.__context__
            raise

    @property
    def content(self) -> bytes:
        """The workbook as bytes, once the context is left."""
        return self._buffer.getvalue()

    def format(self, properties: Properties) -> Format:
        """A format of the workbook with these properties of XlsxWriter."""
        return self.book.add_format(dict(properties))

    def add_list(
        self,
        name: str,
        columns: Columns,
        rows: Iterable[Sequence[Cell]],
        *,
        figures: Collection[str] = (),
        frozen_columns: int = 0,
        filtered: int | None = None,
    ) -> Worksheet:
        """A sheet with a frozen header, rows, and a filter over all or the first `filtered` of them.

        `figures`: headers of columns with numbers.
        """
        page = self.book.add_worksheet(name)
        page.set_row(0, self._look.head_height)
        for place, (header, width) in enumerate(columns):
            page.set_column(place, place, width)
            page.write_string(0, place, header, self._figure_head if header in figures else self._head)
        last = self._write_rows(page, rows)
        finish_list(page, len(columns), last if filtered is None else filtered, frozen_columns)
        page.ignore_errors({"number_stored_as_text": _WHOLE_SHEET})  # order numbers are names
        return page

    def write(self, page: Worksheet, row: int, place: int, cell: Cell) -> None:
        """One cell; nothing where there is nothing."""
        self._write_rows(page, [(cell,)], row, place)

    def _write_rows(
        self, page: Worksheet, rows: Iterable[Sequence[Cell]], first: int = 1, left: int = 0
    ) -> int:
        """The number of the last row. For each of a million cells nothing is looked up but its type."""
        string, number, moment = page.write_string, page.write_number, page.write_datetime
        text, day, money = self.text, self._day, self.money
        row = first - 1
        for row, cells in enumerate(rows, first):
            for place, cell in enumerate(cells, left):
                if isinstance(cell, str):
                    if cell:
                        string(row, place, cell, text)
                elif isinstance(cell, Money):
                    if cell.formula:
                        page.write_formula(row, place, f"={cell.formula}", money, cell.cents / 100)
                    else:
                        number(row, place, cell.cents / 100, money)
                elif isinstance(cell, int | float):
                    number(row, place, cell, self._number)
                elif isinstance(cell, datetime):
                    moment(row, place, cell, self._moment)
                elif cell is not None:
                    moment(row, place, cell, day)
        return row


def finish_list(page: Worksheet, columns: int, filtered: int, frozen_columns: int = 0) -> None:
    """Freeze the header, filter the rows, print them on A4 with the header repeated."""
    page.freeze_panes(1, frozen_columns)
    page.autofilter(0, 0, max(1, filtered), columns - 1)
    print_on_a4(page, repeated_row=0)


def print_on_a4(page: Worksheet, repeated_row: int | None = None) -> None:
    """Landscape, as wide as the page, with the sheet's name and page numbers."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    if repeated_row is not None:
        page.repeat_rows(repeated_row)
    page.set_footer("&L&A&RSeite &P von &N")
