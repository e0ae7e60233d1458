"""Fills finance's own workbook: our rows under its headers, everything else as it is (exchange.md, section 3)."""

from collections.abc import Mapping
from functools import partial

from app.domain.errors import UserError
from app.services.finance.finance_layouts import Layout
from app.sheets.layout.block import Block, find_block, refuse_impossible
from app.sheets.layout.book import Book
from app.sheets.layout.links import Links, links
from app.sheets.layout.lists import ListRows
from app.sheets.layout.moves import Move
from app.sheets.layout.package import Changes, Progress, opened
from app.sheets.layout.parts import patch_hanging_parts, patch_linked_parts
from app.sheets.layout.results import FilledColumns, say_results
from app.sheets.layout.rows import RowWriter
from app.sheets.layout.sheet import SheetPatch
from app.sheets.layout.workbook import names_after, patch_workbook
from app.sheets.reading.file_kinds import READING_FAILS, damaged


def fill_layout(layout: Layout, lists: Mapping[str, ListRows], progress: Progress) -> bytes:
    """The workbook with the rows of `lists` (by name) in the sheets that the layout's mapping names.

    Raises UserError if a sheet or header of the mapping is gone, the rows don't fit, or the workbook is damaged;
    Cancelled when `progress` raises it.
    """
    try:
        return _Filling(layout, lists, progress).result()
    except READING_FAILS as error:
        raise UserError(damaged(layout.file_name)) from error


class _Filling:
    def __init__(self, layout: Layout, lists: Mapping[str, ListRows], progress: Progress) -> None:
        self._progress = progress
        self._book = Book(opened(layout.content, layout.file_name), self._tick)
        self._blocks: dict[str, Block] = {}
        self._moves: dict[str, Move] = {}
        self._filled: dict[str, FilledColumns] = {}
        for mapping in layout.mapping:
            if mapping.listed is None or not mapping.fields:
                continue
            key, listed = mapping.sheet.casefold(), lists[mapping.listed]
            block = find_block(self._book, mapping)
            move = block.move(len(listed.rows))
            refuse_impossible(self._book, block, move)
            places = {column: listed.fields.index(field) for column, field in mapping.fields.items()}
            self._blocks[key], self._moves[key] = block, move
            self._filled[key] = FilledColumns(move, places, listed.rows)
        self._changes = Changes(self._book.package)

    def result(self) -> bytes:
        book = self._book
        names = names_after(book, self._moves)
        found = links(book, self._blocks, self._moves, names, self._tick)
        say_results(found, self._filled)
        for sheet, part in book.sheets.items():
            self._patch_sheet(sheet, part, found)
        for key, block in self._blocks.items():
            patch_hanging_parts(book, block, self._moves[key], self._changes)
        patch_linked_parts(book, self._moves, found.stale, self._changes)
        dropped = patch_workbook(book, self._moves, self._changes)
        styles = book.styles.changed()
        if styles is not None and book.styles_part is not None:
            self._changes.put(book.styles_part, styles)
        return book.package.write(self._changes.contents(), dropped)

    def _patch_sheet(self, sheet: str, part: str, found: Links) -> None:
        key = sheet.casefold()
        formulas = found.formulas.get(sheet, {})
        patch = SheetPatch(self._book, sheet, formulas, self._moves, self._blocks.get(key))
        new_rows = None
        if key in self._blocks:
            filled = self._filled[key]
            writer = RowWriter(self._book, self._blocks[key], filled.move, self._moves, filled.fields)
            writer.prepare(filled.rows)
            new_rows = partial(writer.pieces, filled.rows, progress=self._progress)
        pieces = patch.pieces(new_rows)
        if pieces is not None:
            self._changes.put(part, pieces)

    def _tick(self) -> None:
        self._progress(0, 0)
