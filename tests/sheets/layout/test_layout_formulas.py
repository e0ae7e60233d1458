"""Formulas of other people's workbooks keep pointing at what they pointed at."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.sheets.layout.formulas import LOST, copied, moved, row_formula, tokens
from app.sheets.layout.moves import MAX_ROW, Move

GROWN = {"daten": Move(5, 3, 10)}  # rows 5-7 become 5-14
SHRUNK = {"daten": Move(5, 6, 2)}  # rows 5-10 become 5-6
ONE = {"daten": Move(5, 1, 10)}
PUT_IN = {"daten": Move(5, 0, 3)}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(F5:F7)", "SUM(F5:F14)"),
        ("SUM(F$5:F$7)", "SUM(F$5:F$14)"),
        ("SUM(F4:F7)", "SUM(F4:F14)"),
        ("SUM(F5:F8)", "SUM(F5:F15)"),
        ("SUM(F1:F1048576)", "SUM(F1:F1048576)"),
        ("SUBTOTAL(9,Daten!F5:F7)", "SUBTOTAL(9,Daten!F5:F14)"),
        ("F9*2-F4", "F16*2-F4"),
        ("F6", "F6"),
        ("F7", "F14"),
        ("$A$8&A8", "$A$15&A15"),
        ("SUM(A:A)+SUM(Daten!$B:$D)", "SUM(A:A)+SUM(Daten!$B:$D)"),
        ("SUM(5:7)+SUM($8:$9)", "SUM(5:14)+SUM($15:$16)"),
        ("'Daten'!F9+'O''Neil'!F9+Andere!F9", "'Daten'!F16+'O''Neil'!F9+Andere!F9"),
        ("dAtEn!f9", "dAtEn!f16"),
        ('IF(A9="it\'s F9 ""F9""",F9,"F9")', 'IF(A16="it\'s F9 ""F9""",F16,"F9")'),
        ("LOG10(F9)+DEC2BIN(F9)", "LOG10(F16)+DEC2BIN(F16)"),
        ("Tab[F9]+Tab[[#Totals],[F9]]+[@F9]+[@[F9 x]]", "Tab[F9]+Tab[[#Totals],[F9]]+[@F9]+[@[F9 x]]"),
        ("Tab['[F9']]+F9", "Tab['[F9']]+F16"),
        ("[1]Daten!F9+'[1]Daten'!F9+'C:\\[x.xlsx]Daten'!F9", "[1]Daten!F9+'[1]Daten'!F9+'C:\\[x.xlsx]Daten'!F9"),
        ("SUM(Daten:Zwei!F9)+SUM('Daten:Zwei'!F9)", "SUM(Daten:Zwei!F9)+SUM('Daten:Zwei'!F9)"),
        ("1E9+1.5E+9+F9%", "1E9+1.5E+9+F16%"),
        ("Q1_2026+ABC12345678+XFE9+F0", "Q1_2026+ABC12345678+XFE9+F0"),
        ("F9#+@F9+{1,2;3,4}", "F16#+@F16+{1,2;3,4}"),
        ("INDEX(F5:F7,2):F9", "INDEX(F5:F14,2):F16"),
        ("OFFSET(F9,0,0,COUNTA($F$5:$F$7),1)", "OFFSET(F16,0,0,COUNTA($F$5:$F$14),1)"),
        ("#REF!+F9+Daten!#REF!", "#REF!+F16+Daten!#REF!"),
        ("_xlfn.XLOOKUP(A9,A5:A7,F5:F7)", "_xlfn.XLOOKUP(A16,A5:A14,F5:F14)"),
        ("F9 F5:F7", "F16 F5:F14"),
        ("Übersicht!F9+Daten!Ü9", "Übersicht!F9+Daten!Ü9"),
    ],
)  # fmt: skip
def test_rows_put_in(formula: str, expected: str) -> None:
    assert moved(formula, "Daten", GROWN) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(F5:F10)", "SUM(F5:F6)"),
        ("F11", "F7"),
        ("F8", LOST),
        ("F10", "F6"),
        ("SUM(F7:F8)", f"SUM({LOST})"),
        ("SUM(F6:F8)", "SUM(F6:F6)"),
        ("SUM(F8:F12)", "SUM(F7:F8)"),
        ("SUM(F1:F10)", "SUM(F1:F6)"),
    ],
)
def test_rows_taken_out(formula: str, expected: str) -> None:
    assert moved(formula, "Daten", SHRUNK) == expected


@pytest.mark.parametrize(
    ("formula", "expected", "as_list"),
    [
        ("SUM(F5)", "SUM(F5:F14)", "SUM(F5:F14)"),
        ("SUBTOTAL(109,F5)", "SUBTOTAL(109,F5:F14)", "SUBTOTAL(109,F5:F14)"),
        ("SUM(F5:F5)", "SUM(F5:F14)", "SUM(F5:F14)"),
        ("F5*2", "F5*2", "F5:F14*2"),
        ("SUM(F5+1)", "SUM(F5+1)", "SUM(F5:F14+1)"),
        ("Daten!$F$5", "Daten!$F$5", "Daten!$F$5:$F$14"),
        ("Daten!$B$5:$F$5", "Daten!$B$5:$F$14", "Daten!$B$5:$F$5"),
    ],
)
def test_the_only_sample_row_stands_for_the_list(formula: str, expected: str, as_list: str) -> None:
    assert moved(formula, "Daten", ONE) == expected
    assert moved(formula, "Daten", ONE, stretch=True) == as_list


def test_rows_put_in_where_none_were() -> None:
    assert moved("F4+F5+SUM(F4:F5)+SUM(F5:F6)", "Daten", PUT_IN) == "F4+F8+SUM(F4:F8)+SUM(F8:F9)"


@pytest.mark.parametrize(
    ("formula", "first", "tenth"),
    [
        ("F5*1.19", "F5*1.19", "F14*1.19"),
        ("$F5*$H$1", "$F5*$H$1", "$F14*$H$1"),
        ("G4+F5", "G4+F5", "G13+F14"),
        ("SUM(F$5:F5)", "SUM(F$5:F5)", "SUM(F$5:F14)"),
        ("F5/SUM(F$5:F$7)", "F5/SUM(F$5:F$14)", "F14/SUM(F$5:F$14)"),
        ("F5/$F$9", "F5/$F$16", "F14/$F$16"),
        ("VLOOKUP(A5,Liste!$A$2:$B$9,2,FALSE)&A1", "VLOOKUP(A5,Liste!$A$2:$B$9,2,FALSE)&A1",
         "VLOOKUP(A14,Liste!$A$2:$B$9,2,FALSE)&A10"),
        ("Liste!A2%&\"100%d\"", "Liste!A2%&\"100%d\"", "Liste!A11%&\"100%d\""),
        ("SUMIFS(Daten!$F:$F,Daten!$A:$A,A5)+[@Betrag]", "SUMIFS(Daten!$F:$F,Daten!$A:$A,A5)+[@Betrag]",
         "SUMIFS(Daten!$F:$F,Daten!$A:$A,A14)+[@Betrag]"),
        ("[1]Preise!A5", "[1]Preise!A5", "[1]Preise!A5"),
    ],
)  # fmt: skip
def test_sample_row_formulas(formula: str, first: str, tenth: str) -> None:
    made = row_formula(formula, "Daten", 5, GROWN)
    assert (made.at(0), made.at(9)) == (first, tenth)


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "expected"),
    [
        ("A1+$B$2+C$3+$D4", 2, 1, "B3+$B$2+D$3+$D6"),
        ("SUM(A:B)+SUM(1:$2)", 2, 1, "SUM(B:C)+SUM(3:$2)"),
        ("Tab!A1:B2", 1, 26, "Tab!AA2:AB3"),
        ("A1", -1, 0, LOST),
        ("XFD1", 0, 1, LOST),
        ('"A1"&Name&LOG10(A1)', 1, 0, '"A1"&Name&LOG10(A2)'),
    ],
)
def test_shared_formulas_read_relative_to_their_cell(
    formula: str, rows: int, columns: int, expected: str
) -> None:
    assert copied(formula, rows, columns) == expected


FORMULAS = st.text(st.sampled_from(list("AFZ159$:!'\"[]#@(),+- .ü_%\\{};")), max_size=30)


@given(FORMULAS)
def test_pieces_add_up_to_the_formula(formula: str) -> None:
    assert "".join(token.text for token in tokens(formula)) == formula


@given(FORMULAS)
def test_nothing_changes_where_nothing_moves(formula: str) -> None:
    assert moved(formula, "Daten", {"daten": Move(5, 3, 3)}) == formula
    assert row_formula(formula, "Daten", 5, {}).at(0) == formula


@given(st.integers(1, 40), st.integers(0, 8), st.integers(0, 8), st.integers(1, 60), st.integers(1, 60))
def test_a_range_covers_what_became_of_its_rows(first: int, old: int, new: int, a: int, b: int) -> None:
    move = Move(first, old, max(new, 1 if old else 0))
    top, bottom = sorted((a, b))
    assume(not move.first < top <= move.last)  # what begins within the list may lose all its rows
    kept = {after for row in range(top, bottom + 1) if (after := move.row(row)) is not None}
    span = move.span(top, bottom)
    if span is None:
        assert not kept
    elif top < bottom:
        assert kept <= set(range(span[0], span[1] + 1))
        outside = {row for row in kept if row < move.first or row > move.new_last}
        assert outside == {
            row for row in range(span[0], span[1] + 1) if row < move.first or row > move.new_last
        }


def test_the_end_of_the_sheet_is_the_end() -> None:
    assert Move(5, 1, 100).row(MAX_ROW) == MAX_ROW
    assert Move(5, 9, 1).span(5, MAX_ROW) == (5, MAX_ROW)
