"""Planning an import of master data: a table of cells and what becomes of them."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from app.domain.agreements.agreements import Stage
from app.domain.errors import UserError
from app.domain.master_data.sheets import BY_NAME, SHEETS, CellKind, Value
from app.services.master_data.master import MasterRecords, StoredRecord
from app.sheets.master_data.plan import MasterPlan, RecordState, SheetPlan
from app.sheets.master_data.reading import plan_import
from app.sheets.master_data.values import MeaningError, as_text, cell_of, meaning
from app.sheets.reading.cells import Cell, CellError, Sheet, Workbook

CATALOGUES = {
    "Stadtteil": ("Döhren", "Waldhausen", "Groß-Buchholz", "Misburg-Nord", "Zoo", "List", "Mitte"),
    "Stadtbezirk": ("Mitte", "Döhren-Wülfel"),
    "Baustein": ("Begegnung", "Beratung"),
    "Zielgruppe": ("Hochaltrige", "Alleinlebende"),
}


def stored(sheet: str, row_id: int = 1, **given: Value) -> StoredRecord:
    """A record with all columns of its sheet; names of columns with blanks are given with underscores."""
    values = {name.replace("_", " "): value for name, value in given.items()}
    blank = {c.name: () if c.kind is CellKind.LINKS else c.default for c in BY_NAME[sheet].columns}
    return StoredRecord(row_id, blank | values)


def plan(sheets: dict[str, list[list[Cell]]], **records: list[StoredRecord]) -> MasterPlan:
    workbook = Workbook([Sheet(name, rows) for name, rows in sheets.items()])
    return plan_import("datei.xlsx", workbook, MasterRecords(records=records, catalogues=CATALOGUES))


def only(result: MasterPlan) -> SheetPlan:
    assert len(result.sheets) == 1
    return result.sheets[0]


def problems(sheet: SheetPlan) -> list[tuple[int, str]]:
    return [(rejection.row, rejection.column) for rejection in sheet.rejections]


def states(sheet: SheetPlan) -> list[RecordState]:
    return [row.state for row in sheet.rows]


NEW, CHANGED, UNCHANGED, REJECTED = RecordState


@pytest.mark.parametrize(
    ("sheet", "column", "cell", "value"),
    [
        ("Quartiere", "Kürzel", " VHW ", "VHW"),
        ("Budgets", "Innenauftrag", 57001000.0, "57001000"),
        ("Budgets", "Innenauftrag", "0057001", "0057001"),
        ("Finanzierungsplan", "Position", 1.0, "1"),
        ("Finanzierungsplan", "Position", 1.1, "1.1"),
        ("Ziele", "Soll", 4.5, "4,5"),
        ("Ziele", "Soll", True, "ja"),
        ("Angebote", "Beginn", time(14, 30), "14:30"),
        ("Angebote", "Beginn", date(2026, 3, 1), "01.03.2026"),
        ("Träger", "Name", "Mu\u0308ller\r\nSöhne", "Müller\nSöhne"),
        ("Träger", "Name", "MÃ¼ller", "Müller"),
        ("Budgets", "Ansatz", "12.800,00 €", 1_280_000),
        ("Budgets", "Ansatz", 0.1 + 0.2, 30),
        ("Budgets", "Haushaltsjahr", "2026", 2026),
        ("Indikatoren", "Wert", "24,5 %", Decimal("24.5")),
        ("Indikatoren", "Wert", 0.1, Decimal("0.1")),
        ("Kontakte", "Löschen am", "31.12.26", date(2026, 12, 31)),
        ("Kontakte", "Löschen am", 46387.0, date(2026, 12, 31)),
        ("Kontakte", "Löschen am", datetime(2026, 12, 31), date(2026, 12, 31)),
        ("Vereinbarungen", "Stand", "IN KRAFT", Stage.IN_FORCE),
        ("Vereinbarungen", "Träger", "A;B ; ;A", ("A", "B")),
        ("Mitglieder", "Stimmberechtigt", "Nein", False),
        ("Mitglieder", "Stimmberechtigt", 1.0, True),
        ("Förderungen", "Toleranz Prozent", "Unbegrenzt", -1),
        ("Förderungen", "Toleranz Prozent", "20 %", 20),
    ],
)
def test_meaning_of_a_cell(sheet: str, column: str, cell: Cell, value: Value) -> None:
    found = meaning(BY_NAME[sheet].column(column), cell)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("sheet", "column", "cell", "reason"),
    [
        ("Budgets", "Ansatz", "1,234", "mehrdeutig"),
        ("Budgets", "Ansatz", "-5", "nicht kleiner als 0,00"),
        ("Budgets", "Ansatz", date(2026, 1, 1), "kein Datum"),
        ("Budgets", "Haushaltsjahr", 26.0, "nicht kleiner als 1990"),
        ("Kontakte", "Löschen am", "31.02.2026", "gibt es nicht im Kalender"),
        ("Kontakte", "Löschen am", time(1, 2), "Uhrzeit"),
        ("Kontakte", "Löschen am", CellError("#N/A"), "Fehlerwert #N/A"),
        ("Vereinbarungen", "Stand", "fertig", "Möglich: Entwurf"),
        ("Mitglieder", "Stimmberechtigt", "vielleicht", "weder ja noch nein"),
        ("Förderungen", "Toleranz Prozent", "2,5", "keine ganze Zahl"),
    ],
)
def test_cell_that_is_refused(sheet: str, column: str, cell: Cell, reason: str) -> None:
    with pytest.raises(MeaningError, match=reason):
        meaning(BY_NAME[sheet].column(column), cell)


def test_text_too_long_for_a_cell_is_said() -> None:
    with pytest.raises(UserError, match="32767"):
        cell_of(BY_NAME["Quartiere"].column("Beschreibung"), "x" * 32_768)


def test_error_cell_is_shown_as_it_stands() -> None:
    assert as_text(CellError("#N/A")) == "#N/A"


def test_changed_row_shows_old_and_new() -> None:
    old = stored("Quartiere", Kürzel="DOE", Name="Döhren", Phase="Aufbau")
    sheet = only(plan({"Quartiere": [["Kürzel", "Name"], ["DOE", "Döhren-Ost"]]}, Quartiere=[old]))
    assert states(sheet) == [CHANGED]
    change = sheet.rows[0].changes[0]
    assert (change.column, change.old, change.new) == ("Name", "Döhren", "Döhren-Ost")
    assert sheet.rows[0].writes == {"Name": "Döhren-Ost"}
    assert sheet.rows[0].values["Phase"] == "Aufbau"


def test_missing_column_leaves_and_empty_cell_empties() -> None:
    old = stored("Quartiere", Kürzel="DOE", Name="Döhren", Phase="Aufbau", Stadtteile=("Döhren",))
    rows: list[list[Cell]] = [["Kürzel", "Phase", "Stadtteile"], ["DOE", None, "  "]]
    row = only(plan({"Quartiere": rows}, Quartiere=[old])).rows[0]
    assert row.writes == {"Phase": None, "Stadtteile": ()}
    assert row.values["Name"] == "Döhren"


def test_required_cell_cannot_be_emptied() -> None:
    old = stored("Quartiere", Kürzel="DOE", Name="Döhren")
    sheet = only(plan({"Quartiere": [["Kürzel", "Name"], ["DOE", ""]]}, Quartiere=[old]))
    assert problems(sheet) == [(2, "Name")]


def test_empty_stage_becomes_the_first_one() -> None:
    old = stored("Vereinbarungen", Nummer="Z", Stand=Stage.IN_FORCE)
    sheet = only(plan({"Vereinbarungen": [["Nummer", "Stand"], ["Z", None]]}, Vereinbarungen=[old]))
    assert sheet.rows[0].writes == {"Stand": Stage.DRAFT}


def test_new_row_needs_the_required_columns() -> None:
    sheet = only(plan({"Budgets": [["Nummer", "Bezeichnung"], ["B1", "neu"]]}))
    assert problems(sheet) == [(2, "Haushaltsjahr"), (2, "Ansatz")]


def test_missing_key_column_is_said_once() -> None:
    sheet = only(plan({"Budgets": [["Bezeichnung"], ["a"], ["b"]]}))
    assert problems(sheet) == [(1, "Nummer")]


def test_empty_rows_are_skipped_and_rows_counted_as_in_the_sheet() -> None:
    rows: list[list[Cell]] = [["Kürzel", "Name"], [], [None, " "], ["A", ""], []]
    assert problems(only(plan({"Träger": rows}))) == [(4, "Name")]


def test_same_key_twice_is_rejected_the_second_time() -> None:
    rows: list[list[Cell]] = [["Kürzel", "Name"], ["A", "eins"], ["a ", "zwei"], ["B", "drei"]]
    sheet = only(plan({"Träger": rows}))
    assert states(sheet) == [NEW, REJECTED, NEW]
    assert "Zeile 2" in sheet.rejections[0].reason


def test_key_finds_its_record_in_other_case() -> None:
    old = stored("Träger", Kürzel="AWO", Name="Hilfe")
    sheet = only(plan({"Träger": [["Kürzel", "Name"], ["awo", "Hilfe"]]}, Träger=[old]))
    assert states(sheet) == [UNCHANGED]
    assert sheet.rows[0].record_id == 1


def test_records_that_differ_in_case_only_are_told_apart() -> None:
    both = [stored("Träger", 1, Kürzel="AWO", Name="a"), stored("Träger", 2, Kürzel="awo", Name="b")]
    sheet = only(plan({"Träger": [["Kürzel", "Name"], ["AWO", "a"], ["awo", "b"]]}, Träger=both))
    assert [row.record_id for row in sheet.rows] == [1, 2]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Groß Buchholz", "Groß-Buchholz"),
        ("gross-buchholz", "Groß-Buchholz"),
        ("Gro\u00df-Buchholz ", "Groß-Buchholz"),
        ("Misburg Nord", "Misburg-Nord"),
        ("Zooviertel", "Zoo"),
        ("Stadtteil Mitte", "Mitte"),
        ("Do\u0308hren", "Döhren"),
    ],
)
def test_city_parts_are_found_as_people_spell_them(spelling: str, name: str) -> None:
    rows: list[list[Cell]] = [["Kürzel", "Name", "Stadtteile"], ["Q", "Quartier", f"List; {spelling}"]]
    assert only(plan({"Quartiere": rows})).rows[0].values["Stadtteile"] == ("List", name)


def test_order_of_city_parts_is_no_change_but_order_of_parties_is() -> None:
    quarter = stored("Quartiere", Kürzel="Q", Name="Q", Stadtteile=("Döhren", "List"))
    rows: list[list[Cell]] = [["Kürzel", "Stadtteile"], ["Q", "List; Döhren"]]
    assert states(only(plan({"Quartiere": rows}, Quartiere=[quarter]))) == [UNCHANGED]
    actors = [stored("Träger", 1, Kürzel="A", Name="a"), stored("Träger", 2, Kürzel="B", Name="b")]
    agreement = stored("Vereinbarungen", Nummer="Z", Träger=("A", "B"))
    rows = [["Nummer", "Träger"], ["Z", "B; A"]]
    sheet = only(plan({"Vereinbarungen": rows}, Träger=actors, Vereinbarungen=[agreement]))
    assert states(sheet) == [CHANGED]


def test_unknown_reference_is_rejected_with_a_guess() -> None:
    quarter = stored("Quartiere", Kürzel="DOEHREN", Name="Döhren")
    rows: list[list[Cell]] = [
        ["Nummer", "Bezeichnung", "Haushaltsjahr", "Ansatz", "Quartier"],
        ["B", "b", 2026, 1, "DOEREN"],
    ]
    sheet = only(plan({"Budgets": rows}, Quartiere=[quarter]))
    assert sheet.rejections[0].value == "DOEREN"
    assert sheet.rejections[0].reason == "„DOEREN“ gibt es nicht als Quartier. Ist „DOEHREN“ gemeint?"


def test_reference_may_be_new_in_the_same_file_whatever_the_order_of_sheets() -> None:
    budgets: list[list[Cell]] = [
        ["Nummer", "Bezeichnung", "Haushaltsjahr", "Ansatz", "Quartier", "Förderung", "Position"],
        ["B", "b", 2026, 1, "q", "LAND", 1.0],
    ]
    result = plan(
        {
            "Budgets": budgets,
            "Quartiere": [["Kürzel", "Name"], ["Q", "neu"]],
            "Finanzierungsplan": [["Förderung", "Position", "Bezeichnung", "Ansatz"], ["LAND", "1", "P", 5]],
            "Förderungen": [
                ["Kürzel", "Zuwendungsgeber", "Beginn", "Ende", "Bewilligt"],
                ["LAND", "Land", date(2026, 1, 1), date(2026, 12, 31), 1],
            ],
        }
    )
    assert result.count(REJECTED) == 0
    assert result.sheets[-1].rows[0].values["Quartier"] == "Q"


def test_rejected_row_takes_those_with_it_that_refer_to_it() -> None:
    result = plan(
        {
            "Quartiere": [["Kürzel", "Name"], ["Q", None]],
            "Budgets": [
                ["Nummer", "Bezeichnung", "Haushaltsjahr", "Ansatz", "Quartier"],
                ["B", "b", 2026, 1, "Q"],
            ],
            "Mittelbindungen": [["Nummer", "Budget", "Bezeichnung", "Betrag"], ["M", "B", "m", 1]],
        }
    )
    assert [problems(sheet) for sheet in result.sheets] == [[(2, "Name")], [(2, "Quartier")], [(2, "Budget")]]
    assert "in Zeile 2, und die ist abgelehnt" in result.sheets[1].rejections[0].reason


def test_rejection_spreads_within_a_sheet_whatever_the_order() -> None:
    rows: list[list[Cell]] = [
        ["Name", "Institution", "Vertretung für"],
        ["C", "x", "B"],
        ["B", "x", "A"],
        ["A", None, None],
        ["D", "x", "D"],
    ]
    assert problems(only(plan({"Mitglieder": rows}))) == [
        (2, "Vertretung für"),
        (3, "Vertretung für"),
        (4, "Institution"),
        (5, "Vertretung für"),
    ]


def test_position_belongs_to_its_grant() -> None:
    records = {
        "Förderungen": [stored("Förderungen", 1, Kürzel="A"), stored("Förderungen", 2, Kürzel="B")],
        "Finanzierungsplan": [stored("Finanzierungsplan", 1, Förderung="A", Position="1", Bezeichnung="p")],
        "Budgets": [
            stored("Budgets", 1, Nummer="X", Bezeichnung="x", Haushaltsjahr=2026, Ansatz=1, Förderung="A", Position="1")
        ],
    }  # fmt: skip
    head: list[Cell] = ["Nummer", "Förderung", "Position"]
    assert states(only(plan({"Budgets": [head, ["X", "A", 1.0]]}, **records))) == [UNCHANGED]
    assert problems(only(plan({"Budgets": [head, ["X", "A", "9"]]}, **records))) == [(2, "Position")]
    assert problems(only(plan({"Budgets": [head, ["X", None, "1"]]}, **records))) == [(2, "Position")]
    assert problems(only(plan({"Budgets": [head[:2], ["X", "B"]]}, **records))) == [(2, "Position")]


def test_end_before_begin_is_rejected_but_left_alone_where_it_stands() -> None:
    old = stored("Vereinbarungen", Nummer="Z", Beginn=date(2026, 5, 1), Ende=date(2026, 4, 1))
    head: list[Cell] = ["Nummer", "Beginn", "Ende"]
    same: list[Cell] = ["Z", date(2026, 5, 1), date(2026, 4, 1)]
    assert states(only(plan({"Vereinbarungen": [head, same]}, Vereinbarungen=[old]))) == [UNCHANGED]
    other: list[Cell] = ["Z", date(2026, 5, 1), date(2026, 3, 1)]
    assert problems(only(plan({"Vereinbarungen": [head, other]}, Vereinbarungen=[old]))) == [(2, "Ende")]


def test_term_is_checked_by_its_own_rules() -> None:
    head: list[Cell] = ["Nummer", "Art", "Träger", "Titel", "Beginn", "Mindestlaufzeit bis", "Gekündigt zum"]
    row: list[Cell] = ["Z", "ZV", "A", "t", date(2026, 5, 1), date(2026, 4, 1), date(2025, 1, 1)]
    actor = stored("Träger", Kürzel="A", Name="a")
    sheet = only(plan({"Vereinbarungen": [head, row]}, Träger=[actor]))
    assert problems(sheet) == [(2, "Mindestlaufzeit bis"), (2, "Gekündigt zum")]


def test_agreements_cannot_belong_to_themselves_over_others() -> None:
    records = [
        stored("Vereinbarungen", 1, Nummer="A", Gehört_zu="B"),
        stored("Vereinbarungen", 2, Nummer="B"),
        stored("Vereinbarungen", 3, Nummer="C", Gehört_zu="B"),
    ]
    head: list[Cell] = ["Nummer", "Gehört zu"]
    sheet = only(plan({"Vereinbarungen": [head, ["B", "A"], ["C", "A"]]}, Vereinbarungen=records))
    assert problems(sheet) == [(2, "Gehört zu")]
    members = [stored("Mitglieder", 1, Name="A"), stored("Mitglieder", 2, Name="B")]
    both: list[list[Cell]] = [["Name", "Vertretung für"], ["A", "B"], ["B", "A"]]
    assert states(only(plan({"Mitglieder": both}, Mitglieder=members))) == [CHANGED, CHANGED]


def test_headers_are_found_in_any_case_and_with_the_star_of_the_description() -> None:
    assert states(only(plan({"quartiere ": [["KÜRZEL*", " name *"], ["Q", "neu"]]}))) == [NEW]


def test_what_is_not_known_is_reported() -> None:
    result = plan(
        {
            "Träger": [["Kürzel", "Name", "Farbe", None, "Name"], ["A", "a", "rot", "x", "b"]],
            "Notizen": [["x"]],
            "Anleitung": [["y"]],
        }
    )
    assert result.ignored == ("Notizen", "Träger: Farbe", "Träger: Name", "Träger: Spalte D ohne Überschrift")
    assert result.count(NEW) == 1


def test_table_of_columns_is_sound() -> None:
    names = [sheet.name for sheet in SHEETS]
    for place, sheet in enumerate(SHEETS):
        assert sheet.keys
        assert len({column.name for column in sheet.columns}) == len(sheet.columns)
        for column in sheet.columns:
            assert (column.kind is CellKind.CHOICE) == (column.choices is not None)
            assert (column.kind in (CellKind.LINK, CellKind.LINKS)) == bool(column.target)
            if column.target in names:
                assert names.index(column.target) <= place, "a sheet refers only to itself and those before"
