"""Blocks of cells as Excel and LibreOffice copy them, and as they take them from us."""

import os
import re
import subprocess
import sys
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QApplication

from app.ui.kit import clipboard
from app.ui.kit.clipboard import CopiedCell, block, copied
from app.ui.kit.table.columns import Kind
from tests.paths import ROOT


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
        (
            # as LibreOffice Calc 7.4 gives it: line breaks and tabs of a cell are blanks, quotation marks stay
            "Nr.\tZiel\tFrist\tBetrag\n1\tOffener Treff\t31.12.2026\t1.234,50 €\n"
            '2\tRohr 5" und "Mitte"\t01.02.2027\t-12,50 €\n3\t"ganz in Anf"\t\t0,00 €\n0012\ta b\t\t\n',
            [
                ["Nr.", "Ziel", "Frist", "Betrag"],
                ["1", "Offener Treff", "31.12.2026", "1.234,50 €"],
                ["2", 'Rohr 5" und "Mitte"', "01.02.2027", "-12,50 €"],
                ["3", '"ganz in Anf"', "", "0,00 €"],
                ["0012", "a b", "", ""],
            ],
        ),
        ("\tnur rechts", [["", "nur rechts"]]),
    ],
)
def test_a_copied_block_is_read_cell_by_cell(text: str, cells: list[list[str]]) -> None:
    assert block(text) == cells


def test_what_we_copy_comes_back_as_it_was(qapp: QApplication) -> None:
    cells = [["0012", "erste\nzweite"], ['5" Rohr', 'sagt "ja"\tund geht']]
    clipboard.copy([[CopiedCell(text) for text in row] for row in cells])
    assert clipboard.pasted() == cells


def test_figures_and_days_are_numbers_in_the_copied_table_and_texts_stay_texts(qapp: QApplication) -> None:
    values = [
        ("0012", Kind.TEXT), ("=1+1", Kind.TEXT), (123450, Kind.AMOUNT), (7, Kind.NUMBER),
        (date(2026, 12, 31), Kind.DATE), (None, Kind.AMOUNT), (True, Kind.CHECK),
    ]  # fmt: skip
    clipboard.copy([[copied(value, kind) for value, kind in values]])
    cells = re.findall(r"<td([^>]*)>(.*?)</td>", QGuiApplication.clipboard().mimeData().html())
    assert [words for _, words in cells] == ["0012", "=1+1", "1.234,50", "7", "31.12.2026", "", "ja"]
    # As LibreOffice 7.4 and Excel write and read them; without "@" both take 0012 for a number and =1+1 for a formula.
    assert [re.findall(r'sdnum="([^"]*)"', how) for how, _ in cells] == [
        ["1033;0;@"], ["1033;0;@"], ["1033;1031;#.##0,00"], ["1033;"], ["1033;1031;TT.MM.JJJJ"], [], ["1033;0;@"],
    ]  # fmt: skip
    for name in ("x:num", "sdval"):
        numbers = [re.findall(f'{name}="([^"]*)"', how) for how, _ in cells]
        assert numbers == [[], [], ["1234.50"], ["7"], ["46387"], [], []]


def test_markup_in_a_name_is_pasted_as_it_was_typed(qapp: QApplication) -> None:
    """An office program that is given the table would load the picture."""
    words = '<img src="file:///etc/hosts"> &lt;A & B</td>'
    clipboard.copy([[CopiedCell(words)]])
    html = QGuiApplication.clipboard().mimeData().html()
    assert "<img" not in html
    document = QTextDocument()
    document.setHtml(html)
    assert document.toPlainText().strip() == words
    assert clipboard.pasted() == [[words]]


def test_the_program_ends_quietly_when_the_clipboard_was_emptied() -> None:
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from PySide6.QtWidgets import QApplication\n"
            "from app.ui.kit.clipboard import CopiedCell, copy\n"
            "app = QApplication([])\n"
            "copy([[CopiedCell('Mittagstisch')]])\n"
            "app.clipboard().clear()\n",
        ],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr == ""
