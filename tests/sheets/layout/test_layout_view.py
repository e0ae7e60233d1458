"""Which workbooks can be layouts, what is proposed for them, and how they are shown."""

from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from app.domain.errors import UserError
from app.services.finance.finance_layouts import ColumnMapping
from app.sheets.finance.rows import BOOKINGS, COMMITMENTS, OVERVIEW, TRANSFERS
from app.sheets.layout.lists import FIELDS
from app.sheets.layout.view import MAX_LAYOUT_BYTES, LayoutPlace, LayoutView, read_layout
from tests.paths import SAMPLES
from tests.sheets.layout.layout_samples import finance_book, members, repacked, with_macros

BOOK = finance_book()


def view(sheets: dict[str, tuple[str, ...]], tmp_path: Path, row: int = 0) -> LayoutView:
    path = tmp_path / "v.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, heads in sheets.items():
        page = book.add_worksheet(name)
        for place, head in enumerate(heads):
            page.write(row, place, head)
    book.close()
    return LayoutView(path.read_bytes(), path.name)


@pytest.mark.parametrize(
    ("sheet", "heads", "listed", "fields"),
    [
        ("Tabelle1", ("Innenauftrag", "Ansatz EUR", "Verfügbar (EUR)", "Quartier"), OVERVIEW,
         ["Innenauftrag", "Ansatz", "Verfügbar", "Quartier"]),
        ("Tabelle1", ("Lfd. Nr.", "Belegdatum", "Beleg-Nr.", "Wert/KWähr", "Kreditor", "Sonstiges"), BOOKINGS,
         [None, "Belegdatum", "Belegnummer", "Betrag", "Empfänger", None]),
        ("Obligo", ("Nummer", "Datum", "Betrag", "Bezeichnung"), COMMITMENTS,
         ["Nummer", "Datum", "Betrag", "Bezeichnung"]),
        ("Umschichtungen", ("Nummer", "Datum", "Betrag in EUR", "von", "an", "Begründung"), TRANSFERS,
         ["Nummer", "Datum", "Betrag", "Von Budget", "Nach Budget", "Grund"]),
        ("Adressen", ("Vorname", "Telefon"), None, [None, None]),
    ],
)  # fmt: skip
def test_lists_and_fields_are_proposed(
    tmp_path: Path, sheet: str, heads: tuple[str, ...], listed: str | None, fields: list[str | None]
) -> None:
    (mapping,) = view({sheet: heads}, tmp_path, row=3).proposed()
    expected = [
        "Laufende Nummer" if head == "Lfd. Nr." else field for head, field in zip(heads, fields, strict=True)
    ]
    assert (mapping.listed, mapping.header_row) == (listed, 4)
    assert [one.field for one in mapping.columns] == expected


def test_columns_with_formulas_are_left_alone() -> None:
    mapping = LayoutView(BOOK, "v.xlsx").proposed()[0]
    assert (mapping.listed, mapping.header_row) == (BOOKINGS, 5)
    assert mapping.columns[-3:] == (
        ColumnMapping(5, "Betrag EUR", "Betrag"), ColumnMapping(6, "Brutto", None), ColumnMapping(7, "Anteil", None),
    )  # fmt: skip


def test_first_rows_are_shown_as_a_person_sees_them() -> None:
    rows = LayoutView(BOOK, "v.xlsx").rows("Buchungen")
    assert [row.number for row in rows] == list(range(1, 12))
    assert rows[5].cells[:7] == ("alt", "01.01.2025", "4711", "A1", "alter Text", "100", "=ROUND(F6*1.19,2)")
    assert rows[2].cells == ()


def test_where_the_rows_will_go_is_told() -> None:
    shown = LayoutView(BOOK, "v.xlsx")
    mapping = shown.proposed()
    assert shown.place(mapping[0]) == LayoutPlace(6, 7)
    assert shown.place(mapping[1]) is None
    other = shown.assigned("Buchungen", BOOKINGS, 2)
    assert shown.place(other) is None, "nothing is recognised there"


def test_a_newer_file_goes_on_with_the_mapping(tmp_path: Path) -> None:
    old = view({"Liste": ("Budget", "Geld", "Datum")}, tmp_path).assigned("Liste", BOOKINGS, 1)
    chosen = tuple(
        ColumnMapping(one.column, one.header, "Betrag" if one.header == "Geld" else one.field)
        for one in old.columns
    )
    newer = view({"Liste": ("Datum", "Geld", "Budget", "Text")}, tmp_path)
    (mapping,) = newer.proposed((type(old)("Liste", BOOKINGS, 1, chosen),))
    assert mapping.fields == {0: "Buchungsdatum", 1: "Betrag", 2: "Budget", 3: "Text"}


def test_every_field_is_found_by_its_own_name(tmp_path: Path) -> None:
    for listed, fields in FIELDS.items():
        mapping = view({"Blatt": fields}, tmp_path).assigned("Blatt", listed, 1)
        assert [one.field for one in mapping.columns] == list(fields)


# --- refusals ----------------------------------------------------------------------------------------------


def refused(tmp_path: Path, name: str, content: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError) as error:
        LayoutView(read_layout(path), path.name).proposed()
    return error.value.sentence


def test_other_kinds_of_files_are_asked_for_as_xlsx(tmp_path: Path) -> None:
    samples = SAMPLES
    kinds = {
        path.suffix: path for path in sorted(samples.rglob("*")) if path.suffix in (".xls", ".ods", ".csv")
    }
    for suffix, path in kinds.items():
        sentence = refused(tmp_path, f"v{suffix}", path.read_bytes())
        assert ".xlsx" in sentence
        assert sentence.count("„") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leer"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
        (BOOK[:3000], "beschädigt"),
        (b"\x89PNG\r\n", "ein Bild"),
        (
            repacked(BOOK, lambda _name, part: part, {"x": Random(1).randbytes(MAX_LAYOUT_BYTES)}),
            "größer als 10 MB",
        ),
    ],
)
def test_unusable_files_are_refused_in_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refused(tmp_path, "v.xlsx", content)


def test_workbook_without_headers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leer.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Leer").write("B2", "nur ein Wort")
    book.close()
    assert "keine Zeile mit Überschriften" in refused(tmp_path, "leer2.xlsx", path.read_bytes()).replace(
        "auf keinem Blatt eine", "keine"
    )


def test_templates_of_excel_are_refused(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return (
            content.replace(b"sheet.main+xml", b"template.main+xml")
            if name == "[Content_Types].xml"
            else content
        )

    assert ".xltx" in refused(tmp_path, "v.xlsx", repacked(BOOK, change))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "[Content_Types].xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_damaged_parts_are_refused(tmp_path: Path, part: str) -> None:
    broken = repacked(BOOK, lambda name, content: content[:-40] if name == part else content)
    assert "beschädigt" in refused(tmp_path, "v.xlsx", broken)


def test_macros_are_seen() -> None:
    assert LayoutView(with_macros(BOOK), "v.xlsm").has_macros
    assert not LayoutView(BOOK, "v.xlsx").has_macros
    assert "xl/vbaProject.bin" in members(with_macros(BOOK))


def test_a_sheet_of_another_kind_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "v.xlsx"
    book = xlsxwriter.Workbook(path)
    chart: Any = book.add_chart({"type": "line"})
    page = book.add_worksheet("Daten")
    page.write_row(0, 0, ["Budget", "Betrag"])
    chart.add_series({"values": "=Daten!$B$2:$B$2"})
    book.add_chartsheet("Bild").set_chart(chart)
    book.close()
    assert LayoutView(path.read_bytes(), path.name).sheets == ["Daten"]


def test_an_evaluation_by_order_is_no_list_to_be_filled(tmp_path: Path) -> None:
    """Its sums are formulas; with the orders alone it would be overwritten by every booking's."""
    path = tmp_path / "v.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Auswertung")
        page.write_row(0, 0, ("Innenauftrag", "Summe"))
        page.write_row(1, 0, ("57001000", "=SUMIFS(B:B,A:A,A2)"))
    (mapping,) = LayoutView(path.read_bytes(), path.name).proposed()
    assert (mapping.listed, mapping.fields) == (None, {})
