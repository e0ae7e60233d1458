"""Text tables as other systems write them: encodings, separators, quotation marks, line ends, SAP's framed lists."""

import random
import re
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import UserError
from app.sheets.reading.cells import Workbook
from app.sheets.reading.framed_lists import framed_rows, is_framed
from app.sheets.reading.read import read_workbook
from app.sheets.reading.text_encodings import decode

LIST = "Buchungsdatum;Betrag;Empfänger\n15.01.2026;12,50;Größe & Söhne\n16.01.2026;-3,00;Fußpflege Übel\n"


def read(tmp_path: Path, content: bytes | str, name: str = "liste.csv") -> Workbook:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_workbook(path)


def rows(tmp_path: Path, content: bytes | str) -> list[list[Any]]:
    return read(tmp_path, content).sheets[0].rows


# --- encodings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("cp1252", b""),
        ("latin-1", b""),
        ("iso-8859-15", b""),
        ("cp850", b""),
        ("mac_roman", b""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(tmp_path: Path, encoding: str, mark: bytes, end: str) -> None:
    book = read(tmp_path, mark + LIST.replace("\n", end).encode(encoding), "liste.xls")
    assert book.sheets[0].rows == [line.split(";") for line in LIST.splitlines()]
    assert len(book.notices) == (encoding in ("cp850", "mac_roman"))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("12,50 €".encode("iso-8859-15"), "12,50 €"),
        ("12,50 €".encode("cp1252"), "12,50 €"),
        ("„Ort“ und 5 – 6".encode("cp1252"), "„Ort“ und 5 – 6"),
        ("„ort” Café".encode("cp1252"), "„ort” Café"),
        ("Herr Juárez".encode("cp1252"), "Herr Juárez"),
        ("Frau Milošević".encode("cp1252", "replace"), "Frau Miloševi?"),
        ("Größe".encode() + b"; " + "Größe".encode("cp1252"), "Größe; Größe"),
        (b"\xef\xbb\xbfM\xfcller", "Müller"),
        ("Grö".encode()[:-1], "GrÃ"),
    ],
)
def test_what_letters_tell(content: bytes, text: str) -> None:
    assert decode(content).text == text


def test_lost_characters_are_said(tmp_path: Path) -> None:
    assert "verloren" in read(tmp_path, "a;b\nM\ufffdller;1\n").notices[0]


def test_zero_bytes_are_left_out_and_said(tmp_path: Path) -> None:
    book = read(tmp_path, b"Buchungsdatum;Betrag\r\n15.01.2026;1\x002,50\r\n" + b"16.01.2026;3,00\r\n" * 20)
    assert book.sheets[0].rows[1] == ["15.01.2026", "12,50"]
    assert "Nullzeichen" in book.notices[0]


# --- separators and quotation marks ----------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", "~", "^", "#", ":", "¦", "!", "\x1f"])
def test_any_separator(tmp_path: Path, separator: str) -> None:
    table = [["Datum", "Betrag", "Text"], ["15.01.2026", "12.50", "Miete"], ["16.01.2026", "3.00", "Kaffee"]]
    assert rows(tmp_path, "\n".join(separator.join(row) for row in table)) == table


@pytest.mark.parametrize("line", ["sep=_\n", '"sep=_"\r\n', "SEP=_\r"])
def test_a_stated_separator(tmp_path: Path, line: str) -> None:
    assert rows(tmp_path, line + "a_b;c\n1_2;3\n") == [["a", "b;c"], ["1", "2;3"]]
    assert rows(tmp_path, "sep=\\t\na\tb;c\n") == [["a", "b;c"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a;b\n"1;2";"x ""y"" z"\n', [["a", "b"], ["1;2", 'x "y" z']]),
        ('a;b\n"1\r\n2";3\n', [["a", "b"], ["1\r\n2", "3"]]),
        ('a, b\n"1,5", "x, y"\n', [["a", "b"], ["1,5", "x, y"]]),
        ('a;b\nRohr 5";3\n', [["a", "b"], ['Rohr 5"', "3"]]),
        ('a;b\n="00123";"=""007"""\n', [["a", "b"], ["00123", "007"]]),
        ('a;b\n"1" ;"2"\n', [["a", "b"], ["1", "2"]]),
        ('a;b\n"Haus "Sonne"";3\n', [["a", "b"], ['Haus "Sonne"', "3"]]),
    ],
)
def test_quotation_marks(tmp_path: Path, text: str, expected: list[list[str]]) -> None:
    assert rows(tmp_path, text) == expected


@pytest.mark.parametrize("at", [1, 5, 97, 98])
@pytest.mark.parametrize("also", [None, 3, 96])
def test_stray_quotation_marks_swallow_no_line(tmp_path: Path, at: int, also: int | None) -> None:
    lines = ["a;b;c"] + [f'{n};"t; {n}";z' for n in range(1, 99)]
    for number in {at, also} - {None}:
        lines[number] = f'{number};"t {number};z'
    book = read(tmp_path, "\n".join(lines) + "\n")
    assert len(book.sheets[0].rows) == 99
    assert book.sheets[0].rows[at] == [str(at), f'"t {at}', "z"]
    assert book.sheets[0].rows[50] == ["50", "t; 50", "z"]
    assert f"zuerst in Zeile {min({at, also} - {None}) + 1}" in book.notices[0]


def test_no_line_is_lost_whatever_it_holds(tmp_path: Path) -> None:
    """The lines of the file, counted by themselves, are the rows and the line breaks within them."""
    chance = random.Random(7)
    for _ in range(40):
        signs = chance.choice(["ab;;1", 'ab;"', 'a;;"\n', "a;\n\r"])
        text = "".join(chance.choice(signs) for _ in range(chance.randint(1, 400)))
        if text.strip() == "":
            continue
        found = rows(tmp_path, text)
        breaks = re.compile(r"\r\n|\r|\n")
        within = sum(len(breaks.findall(cell)) for row in found for cell in row if isinstance(cell, str))
        assert len(found) + within == len(breaks.findall(text)) + (text[-1] not in "\r\n")


def test_a_file_that_ends_in_the_middle_of_a_line(tmp_path: Path) -> None:
    whole = "a;b;c;d\n" + "1;2;3;4\n" * 10
    assert "mitten in Zeile 11" in read(tmp_path, whole[:-5]).notices[0]
    assert read(tmp_path, whole).notices == []
    assert read(tmp_path, whole + "Summe;4").notices == []


def test_wide_long_and_many(tmp_path: Path) -> None:
    assert len(rows(tmp_path, ";".join("abc" for _ in range(10_000)) + "\n1;2\n")[0]) == 10_000
    assert rows(tmp_path, "a;b\n" + "x" * 900_000 + ";1\n")[1][1] == "1"
    assert rows(tmp_path, "x" * 900_000) == [["x" * 900_000]]
    with pytest.raises(UserError, match="zu groß"):
        read(tmp_path, ";" * 6_000_000)
    with pytest.raises(UserError, match="mehr als einer Million Zeichen"):
        read(tmp_path, "a;b\n" + "x" * 1_000_001 + ";1\n")


def test_50000_rows_are_all_read(tmp_path: Path) -> None:
    line = '15.01.2026;15.01.2026;1900000139;1;57001201;4271000;"Geschäftsaufwendungen";97,32;EUR;Kaffee {};Firma\n'
    content = "".join(line.format(number) for number in range(50_000)).encode("cp1252")
    assert len(rows(tmp_path, content)) == 50_000


# --- SAP's framed lists ----------------------------------------------------------------------------------------

FRAMED = """\
24.04.2026                 Dynamische Listausgabe                  1
--------------------------------------------------------------------

---------------------------------------------------------------------
|Buch.dat. |Belegnr   |Pos|Auftrag |      Betrag HW|Text            |
|--------------------------------------------------------------------|
|15.01.2026|1900000139|  1|57001201|         97,32 |Miete | Strom   |
|16.01.2026|1900000140|  2|57001201|      1.000,00-|Gutschrift      |
|--------------------------------------------------------------------|
|* Summe Auftrag 57001201          |        902,68-|                |
|--------------------------------------------------------------------|
|Buch.dat. |Belegnr   |Pos|Auftrag |      Betrag HW|Text            |
|--------------------------------------------------------------------|
|17.01.2026|1900000141|  1|57001202|          5,00 |                |
---------------------------------------------------------------------
""".replace("|--------------------------------------------------------------------|", "|" + "-" * 68 + "|")


def test_a_framed_list(tmp_path: Path) -> None:
    found = rows(tmp_path, FRAMED.encode("cp1252"))
    assert len(found) == 15
    assert read(tmp_path, FRAMED.rstrip().encode("cp1252")).notices == []
    assert found[4] == ["Buch.dat.", "Belegnr", "Pos", "Auftrag", "Betrag HW", "Text"]
    assert [row for row in found if not row] == [[]] * 8
    assert found[6] == ["15.01.2026", "1900000139", "1", "57001201", "97,32", "Miete | Strom"]
    assert found[9] == ["* Summe Auftrag 57001201", None, None, None, "902,68-", None]
    assert found[13] == ["17.01.2026", "1900000141", "1", "57001202", "5,00", None]


def test_a_framed_list_that_is_not_filled_up(tmp_path: Path) -> None:
    lines = ["| Datum | Betrag |", "|-----|----|", "| 15.01.2026 | 1,00 |", "| 16.01.2026 | 12.000,00 |"]
    assert rows(tmp_path, "\n".join(lines)) == [
        ["Datum", "Betrag"],
        [],
        ["15.01.2026", "1,00"],
        ["16.01.2026", "12.000,00"],
    ]


def test_pipes_alone_make_no_frame() -> None:
    assert not is_framed(["a|b|c", "1|2|3"])
    assert framed_rows(["|a|", "|-----|", ""]) == [["a"], [], []]
