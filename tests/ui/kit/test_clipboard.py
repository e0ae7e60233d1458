"""Blocks of cells as Excel and LibreOffice copy them, and as they take them from us."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ui.kit import clipboard
from app.ui.kit.clipboard import CopiedCell, block, number_of
from app.ui.kit.table.columns import Kind


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1\tTreff\r\n2\tBeratung\r\n", [["1", "Treff"], ["2", "Beratung"]]),  # Excel
        ("1\tTreff\n2\tBeratung\n", [["1", "Treff"], ["2", "Beratung"]]),  # LibreOffice
        ("eins", [["eins"]]),
        ("", []),
        ("\r\n\r\n", []),
        ("a\t\t\r\nb\tc\t\r\n", [["a", ""], ["b", "c"]]),
        ("a\r\n\r\nb\r\n", [["a"], [""], ["b"]]),
        ('"erste\nzweite"\t3\r\n', [["erste\nzweite", "3"]]),
        ('"sagt ""ja""\r\nund geht"\tx', [['sagt "ja"\nund geht', "x"]]),
        ('5" Rohr\t"Treff"\r\n', [['5" Rohr', '"Treff"']]),
        ('"Mitte" e. V.\tb\r\nc\td\r\n', [['"Mitte" e. V.', "b"], ["c", "d"]]),
        ("\tnur rechts", [["", "nur rechts"]]),
    ],
)
def test_a_copied_block_is_read_cell_by_cell(text: str, cells: list[list[str]]) -> None:
    assert block(text) == cells


def test_what_we_copy_comes_back_as_it_was(qapp: QApplication) -> None:
    cells = [["0012", "erste\nzweite"], ['5" Rohr', 'sagt "ja"\tund geht']]
    clipboard.copy([[CopiedCell(text) for text in row] for row in cells])
    assert clipboard.pasted() == cells


def test_figures_are_numbers_in_the_copied_table_and_texts_stay_texts(qapp: QApplication) -> None:
    clipboard.copy([[CopiedCell("0012"), CopiedCell("1.234,50", number_of(123450, Kind.AMOUNT))]])
    html = QGuiApplication.clipboard().mimeData().html()
    assert 'x:num="1234.50"' in html
    assert 'sdval="1234.50"' in html
    assert 'mso-number-format:"\\@"\'>0012<' in html


@pytest.mark.parametrize(
    ("value", "kind", "number"),
    [(123450, Kind.AMOUNT, "1234.50"), (-5, Kind.AMOUNT, "-0.05"), (7, Kind.NUMBER, "7"), ("7", Kind.TEXT, ""),
     (None, Kind.AMOUNT, ""), (True, Kind.CHECK, "")],
)  # fmt: skip
def test_the_number_of_a_figure(value: object, kind: Kind, number: str) -> None:
    assert number_of(value, kind) == number
