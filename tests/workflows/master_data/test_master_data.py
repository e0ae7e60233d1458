"""Master data in and out through real files, as the command line and the window do it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import func, select

from app.domain.agreements.agreements import NoticeDirection, Stage
from app.domain.budgets.budgets import BookingSource
from app.domain.errors import Invalid, UserError
from app.domain.grants.grant_rules import current_version
from app.domain.grants.grant_standing import RuleSetName
from app.domain.master_data.sheets import SHEETS
from app.services.agreements import (
    agreements,
    amendment_signing,
    amendments,
    corrections,
    deviations,
    notices,
    signatories,
    signatures,
    stage_changes,
)
from app.services.agreements.agreements import PartyInput
from app.services.agreements.amendments import AmendmentInput
from app.services.agreements.notices import NoticeInput
from app.sheets.reading.read import read_workbook
from app.workflows.master_data import master_data
from db.database import Database
from db.models import (
    Actor,
    Agreement,
    Booking,
    Budget,
    Grant,
    Model,
    Party,
    PlanItem,
    SignedState,
    Transfer,
)
from tests.paths import DATA
from tests.services.agreements.life_samples import ON, agreement_in_force, parties

EXPECTED = {
    "Quartiere": 6,
    "Träger": 6,
    "Vereinbarungen": 6,
    "Ziele": 5,
    "Förderungen": 1,
    "Finanzierungsplan": 3,
    "Mittelabrufe": 2,
    "Budgets": 7,
    "Mittelbindungen": 3,
    "Mitglieder": 4,
}


def take(database: Database, path: Path, *, skip_rejected: bool = False) -> master_data.MasterResult:
    prepared = master_data.prepare(database, path)
    return master_data.apply(database, prepared, skip_rejected=skip_rejected)


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A small workbook; text stays text."""
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    dates = workbook.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        page = workbook.add_worksheet(name)
        for row, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    page.write_datetime(row, place, cell, dates)
                elif isinstance(cell, str):
                    page.write_string(row, place, cell)
                elif cell is not None:
                    page.write(row, place, cell)
    workbook.close()
    return path


def rejected(result: master_data.MasterResult, sheet: str) -> list[tuple[int, str]]:
    return [(rejection.row, rejection.column) for rejection in result.sheets[sheet].rejected]


def test_faulty_file_writes_nothing_and_names_each_place(database: Database) -> None:
    result = take(database, DATA / "stammdaten_fehler.xlsx")
    assert rejected(result, "Budgets") == [(3, "Ansatz"), (4, "Nummer"), (5, "Quartier")]
    assert result.ignored == ("Unbekanntes Blatt", "Budgets: Sonderspalte")
    assert not result.written
    assert count(database, "budget") == 0


def test_skip_rejected_takes_the_rest(database: Database) -> None:
    result = take(database, DATA / "stammdaten_fehler.xlsx", skip_rejected=True)
    assert result.written
    assert count(database, "budget") == 1


def test_office_lists_come_in_once(database: Database) -> None:
    first = take(database, DATA / "stammdaten.xlsx")
    assert {name: sheet.new for name, sheet in first.sheets.items()} == EXPECTED
    assert first.written
    again = take(database, DATA / "stammdaten.xlsx")
    assert {name: sheet.unchanged for name, sheet in again.sheets.items()} == EXPECTED
    assert not again.written
    assert master_data.summary(again).startswith("Nichts Neues: 0 neu")
    with database.read() as session:
        grant = session.scalars(select(Grant)).one()
        assert grant.rules_as_of == current_version(RuleSetName.ANBEST_GK, date(2024, 12, 2))
        assert grant.own_funds_cents == 4_800_000


def test_result_is_the_json_that_is_promised(database: Database) -> None:
    prepared = master_data.prepare(database, DATA / "stammdaten_fehler.xlsx")
    shown = json.loads(json.dumps(prepared.result().as_json()))
    assert shown["sheets"]["Budgets"]["new"] == 1
    assert shown["sheets"]["Budgets"]["rejected"][0] == {
        "row": 3,
        "column": "Ansatz",
        "value": "abc",
        "reason": "„abc“ ist kein Betrag.",
    }
    assert shown["written"] is False


def test_import_is_one_step_of_undo(database: Database) -> None:
    take(database, DATA / "stammdaten.xlsx")
    assert database.undo() == "Stammdaten aus „stammdaten.xlsx“ übernommen"
    assert all(count(database, sheet.table) == 0 for sheet in SHEETS)


def test_export_then_import_changes_nothing(database: Database, tmp_path: Path) -> None:
    take(database, DATA / "stammdaten.xlsx")
    path = master_data.export(database, tmp_path / "aus.xlsx")
    result = take(database, path)
    assert result.ignored == ()
    assert {name: sheet.unchanged for name, sheet in result.sheets.items() if sheet.unchanged} == EXPECTED
    assert not any(s.new or s.changed or s.rejected for s in result.sheets.values())


def test_export_fills_an_empty_database_alike(database: Database, template: Path, tmp_path: Path) -> None:
    take(database, DATA / "stammdaten.xlsx")
    first = master_data.export(database, tmp_path / "aus.xlsx")
    from db.database import create_database

    other = create_database(tmp_path / "anderes.db")
    try:
        take(other, first)
        second = master_data.export(other, tmp_path / "wieder.xlsx")
    finally:
        other.close()
    assert [s.rows for s in read_workbook(first).sheets] == [s.rows for s in read_workbook(second).sheets]


def test_template_has_all_headers_and_no_rows(database: Database, tmp_path: Path) -> None:
    path = master_data.template(tmp_path / "vorlage.xlsx")
    sheets = {sheet.name: sheet.rows[0] for sheet in read_workbook(path).sheets}
    for sheet in SHEETS:
        assert sheets[sheet.name] == [column.name for column in sheet.columns]
    with pytest.raises(UserError, match="keine Zeilen"):
        master_data.prepare(database, path)


def test_file_of_something_else_is_refused(database: Database, tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", {"Tabelle1": [["a"], ["b"]]})
    with pytest.raises(UserError, match="kein Blatt der Stammdaten"):
        master_data.prepare(database, path)


def test_records_changed_since_the_preview_are_not_overwritten(database: Database, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"Träger": [["Kürzel", "Name"], ["A", "Anfang"]]})
    prepared = master_data.prepare(database, path)
    take(database, path)
    with pytest.raises(UserError, match="seit der Prüfung geändert"):
        master_data.apply(database, prepared)


def test_parties_keep_their_details_when_the_list_changes(database: Database, tmp_path: Path) -> None:
    take(database, DATA / "stammdaten.xlsx")
    with database.write("Vertretung eingetragen") as session:
        draft = select(Agreement.id).where(Agreement.number == "ZV-2026-02")
        party = session.scalars(select(Party).where(Party.agreement_id.in_(draft))).one()
        party.represented_by = "Rita Muster"
    path = book(
        tmp_path / "z.xlsx",
        {"Vereinbarungen": [["Nummer", "Träger"], ["ZV-2026-02", "DIAK; KGMK"]]},
    )
    result = take(database, path)
    assert result.sheets["Vereinbarungen"].changed == 1
    with database.read() as session:
        kept = session.scalars(select(Party).where(Party.represented_by.is_not(None))).one()
        assert kept.position == 2


def test_parties_of_a_signed_agreement_have_signed(database: Database) -> None:
    take(database, DATA / "stammdaten.xlsx")
    with database.read() as session:
        found = session.execute(
            select(Agreement.number, Party.signed_on).join(Party, Party.agreement_id == Agreement.id)
        )
        signed = dict(map(tuple, found))
    assert signed["ZV-2026-01"] == date(2026, 1, 20)
    assert signed["ZV-2026-02"] is None


def test_bookings_find_the_budget_that_comes_after_them(database: Database, tmp_path: Path) -> None:
    with database.write("Buchung") as session:
        session.add(
            Booking(
                source=BookingSource.FINANCE,
                day=date(2026, 2, 1),
                budget_year=2026,
                internal_order="57001100",
                amount_cents=100,
            )
        )
    head: list[object] = ["Nummer", "Bezeichnung", "Haushaltsjahr", "Ansatz", "Innenauftrag"]
    take(database, book(tmp_path / "b.xlsx", {"Budgets": [head, ["B26", "b", 2026, 1, 57001100]]}))
    with database.read() as session:
        assert session.scalars(select(Booking.budget_id)).one() is not None
    database.undo()
    with database.read() as session:
        assert session.scalars(select(Booking.budget_id)).one() is None


def test_transfer_into_a_later_year_is_a_carry_over(database: Database, tmp_path: Path) -> None:
    budgets = [
        ["Nummer", "Bezeichnung", "Haushaltsjahr", "Ansatz"],
        ["B25", "alt", 2025, 100],
        ["B26", "neu", 2026, 100],
        ["B26-2", "neu", 2026, 100],
    ]
    transfers = [
        ["Nummer", "Von Budget", "Nach Budget", "Betrag", "Datum"],
        ["U1", "B25", "B26", "50,00", date(2026, 1, 5)],
        ["U2", "B26", "B26-2", 10, None],
        ["U3", "B26", "B25", 10, None],
        ["U4", "B26", "B26", 10, None],
    ]
    path = book(tmp_path / "u.xlsx", {"Budgets": budgets, "Umschichtungen": transfers})
    result = take(database, path, skip_rejected=True)
    assert rejected(result, "Umschichtungen") == [(4, "Nach Budget"), (5, "Nach Budget")]
    with database.read() as session:
        rows = session.execute(select(Transfer.number, Transfer.kind, Transfer.origin_year)).all()
    assert [tuple(row) for row in rows] == [("U1", "carry_over", 2025), ("U2", "shift", None)]


def count(database: Database, table: str) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(Model.metadata.tables[table])) or 0


def test_figures_find_their_quarter_or_city_part(database: Database, tmp_path: Path) -> None:
    path = book(
        tmp_path / "indikatoren.xlsx",
        {
            "Quartiere": [["Kürzel", "Name"], ["LIN", "Linden-Süd"]],
            "Indikatoren": [
                ["Gebiet", "Indikator", "Jahr", "Wert"],
                ["LIN", "Einwohner", 2025, 9000],
                ["Sahlkamp", "Einwohner", 2025, 12000],
                ["LIN", "Anteil 65+", 2025, 21],
            ],
        },
    )
    assert take(database, path).written
    with database.read() as session:
        values = Model.metadata.tables["indicator_value"]
        stored = session.execute(
            select(values.c.quarter_id, values.c.city_part_id, values.c.indicator_id)
        ).all()
        assert [(quarter is None, part is None) for quarter, part, _ in stored] == [
            (False, True),
            (True, False),
            (False, True),
        ]
    assert count(database, "indicator") == 2


# --- what is there already is changed --------------------------------------------------------------------------


@pytest.fixture
def money(database: Database, tmp_path: Path) -> Database:
    """A grant with two items, budgets of two years, a transfer between two of them, and an agreement of three."""
    grant = ["Kürzel", "Zuwendungsgeber", "Beginn", "Ende", "Bewilligt"]
    budget = ["Nummer", "Bezeichnung", "Haushaltsjahr", "Ansatz", "Förderung", "Position"]
    agreement = ["Nummer", "Art", "Träger", "Titel"]
    sheets: dict[str, list[list[object]]] = {
        "Träger": [["Kürzel", "Name"], ["A", "AWO"], ["D", "Diakonie"], ["K", "Kulturtreff"]],
        "Vereinbarungen": [agreement, ["ZV-1", "Zielvereinbarung", "A; D; K", "Treff"]],
        "Förderungen": [grant, ["LAND", "Land", date(2025, 1, 1), date(2027, 12, 31), 1000]],
        "Finanzierungsplan": [
            ["Förderung", "Position", "Bezeichnung", "Ansatz"],
            ["LAND", "1", "Personal", 600],
            ["LAND", "2", "Sachkosten", 400],
        ],
        "Budgets": [
            budget,
            ["B26", "Treff", 2026, 100, "LAND", "1"],
            ["B26-2", "Küche", 2026, 50, None, None],
            ["B27", "Treff", 2027, 100, None, None],
        ],
        "Umschichtungen": [
            ["Nummer", "Von Budget", "Nach Budget", "Betrag"],
            ["U1", "B26", "B26-2", "25,50"],
        ],
    }
    assert take(database, book(tmp_path / "anfang.xlsx", sheets)).written
    return database


def changed(database: Database, tmp_path: Path, sheet: str, *rows: list[object]) -> master_data.MasterResult:
    """A second workbook with some columns only."""
    return take(database, book(tmp_path / "zweite.xlsx", {sheet: list(rows)}))


def test_an_amount_is_changed_and_everything_else_stays(money: Database, tmp_path: Path) -> None:
    with money.read() as session:
        before = session.scalars(select(Budget).where(Budget.number == "B26")).one()
    head: list[object] = ["Nummer", "Ansatz"]
    result = changed(money, tmp_path, "Budgets", head, ["B26", "1.234,56"], ["B26-2", 50])
    assert (result.sheets["Budgets"].changed, result.sheets["Budgets"].unchanged) == (1, 1)
    with money.read() as session:
        after = session.scalars(select(Budget).where(Budget.number == "B26")).one()
        assert after.planned_cents == 123_456
        kept = ("id", "title", "year", "grant_id", "plan_item_id", "quarter_id")
        assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    money.undo()
    with money.read() as session:
        assert session.scalar(select(Budget.planned_cents).where(Budget.number == "B26")) == 10_000


def test_another_item_is_looked_for_in_the_grant_the_budget_has(money: Database, tmp_path: Path) -> None:
    def item() -> str | None:
        with money.read() as session:
            of_budget = PlanItem.id == Budget.plan_item_id
            return session.scalar(
                select(PlanItem.title).join(Budget, of_budget).where(Budget.number == "B26")
            )

    assert item() == "Personal"
    changed(money, tmp_path, "Budgets", ["Nummer", "Position"], ["B26", "2"])
    assert item() == "Sachkosten"
    result = changed(money, tmp_path, "Budgets", ["Nummer", "Position"], ["B26", "9"])
    assert rejected(result, "Budgets") == [(2, "Position")]
    assert item() == "Sachkosten"


def test_a_transfer_sent_into_another_year_becomes_a_carry_over(money: Database, tmp_path: Path) -> None:
    def transfer() -> tuple[object, ...]:
        with money.read() as session:
            ends = session.execute(select(Budget.id, Budget.number)).all()
            numbers = dict(map(tuple, ends))
            one = session.scalars(select(Transfer)).one()
            return (
                numbers[one.from_budget_id], numbers[one.to_budget_id], one.kind, one.origin_year, one.amount_cents,
            )  # fmt: skip

    assert transfer() == ("B26", "B26-2", "shift", None, 2_550)
    changed(money, tmp_path, "Umschichtungen", ["Nummer", "Nach Budget"], ["U1", "B27"])
    assert transfer() == ("B26", "B27", "carry_over", 2026, 2_550)
    changed(money, tmp_path, "Umschichtungen", ["Nummer", "Von Budget"], ["U1", "B26-2"])
    assert transfer() == ("B26-2", "B27", "carry_over", 2026, 2_550)
    changed(money, tmp_path, "Umschichtungen", ["Nummer", "Nach Budget"], ["U1", "B26"])
    assert transfer() == ("B26-2", "B26", "shift", None, 2_550)


def test_who_is_no_longer_named_is_no_party_any_more(money: Database, tmp_path: Path) -> None:
    def parties() -> list[str]:
        with money.read() as session:
            of_party = Party.actor_id == Actor.id
            return list(session.scalars(select(Actor.short).join(Party, of_party).order_by(Party.position)))

    assert parties() == ["A", "D", "K"]
    changed(money, tmp_path, "Vereinbarungen", ["Nummer", "Träger"], ["ZV-1", "K; A"])
    assert parties() == ["K", "A"]
    money.undo()
    assert parties() == ["A", "D", "K"]


SIGNED_CELLS = [
    ("Vereinbarungen", ["Nummer", "Betrag"], ["ZV-2025-01", 25000], "Betrag"),
    ("Vereinbarungen", ["Nummer", "Ende"], ["ZV-2025-01", None], "Ende"),
    ("Vereinbarungen", ["Nummer", "Stand"], ["ZV-2025-01", "Entwurf"], "Stand"),
    ("Vereinbarungen", ["Nummer", "Träger"], ["ZV-2026-01", "AWOX"], "Träger"),
    ("Vereinbarungen", ["Nummer", "Träger"], ["ZV-2026-01", "TNORD; AWOX"], "Träger"),
    ("Vereinbarungen", ["Nummer", "Unterzeichnet am"], ["ZV-2025-01", None], "Unterzeichnet am"),
    ("Ziele", ["Vereinbarung", "Nr", "Soll"], ["ZV-2025-01", 1, "5"], "Soll"),
    ("Ziele", ["Vereinbarung", "Nr", "Ziel"], ["ZV-2025-01", 9, "Ein weiteres"], "Nr"),
]


@pytest.mark.parametrize(("sheet", "header", "row", "column"), SIGNED_CELLS)
def test_what_is_signed_is_not_changed_by_a_list(
    database: Database, tmp_path: Path, sheet: str, header: list[object], row: list[object], column: str
) -> None:
    take(database, DATA / "stammdaten.xlsx")
    path = book(tmp_path / "z.xlsx", {sheet: [header, row]})
    result = take(database, path)
    (rejected,) = result.sheets[sheet].rejected
    assert (result.written, rejected.row, rejected.column) == (False, 2, column)
    assert "unterschrieben" in rejected.reason


def test_what_is_free_or_not_signed_comes_in(database: Database, tmp_path: Path) -> None:
    take(database, DATA / "stammdaten.xlsx")
    sheets: dict[str, list[list[object]]] = {
        "Vereinbarungen": [
            ["Nummer", "Stand", "Betrag"],
            ["ZV-2025-01", "beendet", 24000],
            ["ZV-2026-02", None, 1],
        ],
        "Ziele": [["Vereinbarung", "Nr", "Stand"], ["ZV-2025-01", 1, "erreicht"]],
    }
    result = take(database, book(tmp_path / "z.xlsx", sheets))
    assert (result.written, result.has_rejections) == (True, False)
    assert (result.sheets["Vereinbarungen"].changed, result.sheets["Ziele"].changed) == (2, 1)


def test_a_stage_from_a_list_is_noted_and_binds_for_good(database: Database, tmp_path: Path) -> None:
    take(database, DATA / "stammdaten.xlsx")
    number, day = "ZV-2026-02", date(2026, 3, 1)
    with database.read() as session:
        key = session.scalars(select(Agreement.id).where(Agreement.number == number)).one()
        before = session.scalars(select(Party.signed_on).where(Party.agreement_id == key)).all()
        assert set(before) == {None}
    header: list[object] = ["Nummer", "Stand", "Unterzeichnet am"]
    row: list[object] = [number, "in Kraft", day]
    assert take(database, book(tmp_path / "z.xlsx", {"Vereinbarungen": [header, row]})).written
    with database.read() as session:
        assert signatories.unsigned(session, key) == []
        noted = stage_changes.rows(session, key)
        assert [(one.stage, one.note) for one in noted] == [(Stage.IN_FORCE, "aus einer Liste")]
    with database.write("beendet") as session:
        agreements.set_stage(session, key, Stage.ENDED)
    with pytest.raises(Invalid, match="unterschrieben"), database.write("Umweg") as session:
        agreements.save(session, key, replace(agreements.load(session, key), amount_cents=1))


def test_who_joins_by_an_amendment_is_not_in_the_hand_of_a_list(database: Database, tmp_path: Path) -> None:
    """One whose signatures were taken back is open again, and may have the draft of an amendment."""
    key = agreement_in_force(database)
    first, second = parties(database, key)
    with database.write("Nachtrag, dann zurück") as session:
        session.add(new := Actor(short="SUED", name="Südstern e.V."))
        session.flush()
        amendments.save(session, key, None, AmendmentInput(title="Neu", joining=(PartyInput(new.id),)))
        for party in (first, second):
            corrections.correct(session, key, "x", ON, signatures.withdraw, key, party, ON)
    header: list[object] = ["Nummer", "Träger", "Stand", "Unterzeichnet am"]
    row: list[object] = ["ZV-2026-01", "TNORD", "in Kraft", ON]
    assert take(database, book(tmp_path / "z.xlsx", {"Vereinbarungen": [header, row]})).written
    with database.read() as session:
        found = session.execute(
            select(Actor.short, Party.signed_on).join(Party).order_by(Party.position)
        ).all()
        assert [tuple(one) for one in found] == [("TNORD", ON), ("SUED", None)]


def test_the_end_that_follows_from_a_notice_is_not_in_the_hand_of_a_list(
    database: Database, tmp_path: Path
) -> None:
    key = agreement_in_force(database)
    arrived = date(2026, 6, 30)
    with database.write("Kündigung") as session:
        notices.save(session, key, None, NoticeInput(NoticeDirection.RECEIVED, arrived_on=arrived), ON)
    header: list[object] = ["Nummer", "Gekündigt zum"]
    for day in (date(2027, 6, 30), None):
        path = book(tmp_path / "z.xlsx", {"Vereinbarungen": [header, ["ZV-2026-01", day]]})
        (rejected,) = take(database, path).sheets["Vereinbarungen"].rejected
        assert (rejected.column, "Kündigung" in rejected.reason) == ("Gekündigt zum", True)
        with pytest.raises(Invalid) as caught, database.write("Umweg") as session:
            data = replace(agreements.load(session, key), terminated_to=day)
            agreements.save(session, key, data)
        assert caught.value.problems == {"terminated_to": rejected.reason}
    path = book(tmp_path / "z.xlsx", {"Vereinbarungen": [["Nummer", "Stand"], ["ZV-2026-01", "in Kraft"]]})
    (rejected,) = take(database, path).sheets["Vereinbarungen"].rejected
    assert (rejected.column, "solange die Kündigung steht" in rejected.reason) == ("Stand", True)
    with pytest.raises(Invalid, match="solange die Kündigung steht"), database.write("Umweg") as session:
        agreements.set_stage(session, key, Stage.IN_FORCE)
    with database.write("zurückgenommen") as session:
        notices.withdraw(session, notices.rows(session, key)[0].id, ON)
        assert session.get_one(Agreement, key).stage is Stage.IN_FORCE


def test_a_list_from_before_an_amendment_changes_no_stage(database: Database, tmp_path: Path) -> None:
    key = agreement_in_force(database)
    change = AmendmentInput(title="Mehr", effective_from=ON, changes_amount=True, amount_cents=1)
    with database.write("Nachtrag") as session:
        amendment = amendments.save(session, key, None, change)
        for party in (None, *parties(database, key)):
            amendment_signing.sign(session, amendment, party, ON)
    path = book(tmp_path / "z.xlsx", {"Vereinbarungen": [["Nummer", "Stand"], ["ZV-2026-01", "in Kraft"]]})
    result = take(database, path)
    assert (result.written, result.sheets["Vereinbarungen"].unchanged) == (False, 1)


def test_one_that_comes_signed_is_kept_as_it_came(database: Database) -> None:
    take(database, DATA / "stammdaten.xlsx")
    with database.read() as session:
        signed = session.scalars(
            select(Agreement.number).join(SignedState, SignedState.agreement_id == Agreement.id)
        )
        assert set(signed) == {"ZV-2025-01", "ZV-2025-02", "ZV-2026-01", "KV-2025-01", "KV-2026-01"}
        key = session.scalars(select(Agreement.id).where(Agreement.number == "ZV-2025-01")).one()
        found = deviations.load(session, key)
        assert (found.comparable, found.at_signature, found.differences) == (True, False, ())
