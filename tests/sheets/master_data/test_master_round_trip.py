"""What is stored comes back from its own export unchanged, whatever it is: traps of text, numbers, times, lists."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.master_data.sheets import SHEETS
from app.sheets.master_data.plan import RecordState
from app.workflows.master_data import master_data
from db.database import Database
from db.models import Model

TRAPS = (
    "=1+1",
    "+49 511 1234",
    "-5",
    "@SUMME(A1)",
    "'gequotet",
    'Pflegedienst "Zuhause" & Söhne <GmbH>',
    "007",
    "1e5",
    "12.03",
    "14:30",
    "2026-01-15",
    "Mu\u0308ller (zerlegt)",
    "MÃ¼ller",
    "  Leerzeichen außen  ",
    "zwei\nZeilen",
    "drei\r\nZeilen",
    "Tab\tund\u00a0fest",
    "a; b;c",
    "_x0041_",
    "_x000D_ und _x000d_",
    "senkrechter\x0bTabulator",
    "\x1fEinheit",
    "Zeilentrenner\u2028hier",
    "WAHR",
    "#N/A",
    "Ayşe Žižek 😀",
    "https://beispiel.example/x",
    "unbegrenzt",
    "-",
)


def add(session: Session, table: str, **values: object) -> int:
    made = session.execute(insert(Model.metadata.tables[table]).values(values))
    return int(made.inserted_primary_key[0])  # type: ignore[attr-defined]


def fill(session: Session, text: str) -> None:
    """One record in every table of the workbook, with `text` wherever a text may stand."""
    block = add(session, "building_block", name=text, position=99)
    group = add(session, "target_group", name=text, position=99)
    quarter = add(
        session, "quarter", short=text, name=text, phase=text, description=text, contact_person=text
    )
    add(session, "quarter_city_part", quarter_id=quarter, city_part_id=25)
    indicator = add(session, "indicator", name=text)
    figure = {"indicator_id": indicator, "unit": text, "source": text}
    add(session, "indicator_value", **figure, quarter_id=quarter, year=2025, value=Decimal("12.50"))
    add(
        session, "indicator_value", **figure, city_part_id=8, year=2025, value=Decimal("1234567890.123456789")
    )
    actor = add(session, "actor", short=text, name=text, kind=text, postcode=text, phone=text, email=text)
    add(
        session,
        "contact",
        actor_id=actor,
        last_name=text,
        first_name="",
        phone=text,
        delete_on=date(2030, 2, 28),
    )
    offer = {"quarter_id": quarter, "actor_id": actor, "building_block_id": block}
    offer_id = add(
        session, "offer", **offer, title=text, begins=text, ends="14:30", paid_hours=Decimal("19.25"), seats=0,
    )  # fmt: skip
    add(session, "offer_target_group", offer_id=offer_id, target_group_id=group)
    agreement = add(
        session, "agreement", number=text, kind="cooperation", title=text, stage="amended", amount_cents=1,
        begin=date(2026, 5, 1), end=date(2026, 4, 1), reminder_days="90", notice=0, renewal_months=12,
    )  # fmt: skip
    add(session, "party", agreement_id=agreement, actor_id=actor, position=1)
    add(session, "goal", agreement_id=agreement, nr=text, title=text, target=text, state="partly")
    grant = add(
        session, "grant", short=text, funder=text, begin=date(2025, 1, 1), end=date(2027, 12, 31),
        granted_cents=7_200_001, financing_kind="deficit", rule_set="ANBest-P", rules_as_of=date(2025, 1, 1),
        tolerance_percent=-1, own_funds_cents=0,
    )  # fmt: skip
    item = add(session, "plan_item", grant_id=grant, position=text, title=text, planned_cents=-5)
    add(
        session,
        "draw_down",
        grant_id=grant,
        nr=1,
        received_cents=999_999_999_999,
        received_on=date(2026, 2, 28),
    )
    budget = add(
        session, "budget", number=text, title=text, year=2026, planned_cents=-10, internal_order=text,
        quarter_id=quarter, grant_id=grant, plan_item_id=item, kind=text, cost_centre=text,
    )  # fmt: skip
    other = add(session, "budget", number=f"{text}2", title=text, year=2025, planned_cents=33)
    add(
        session, "transfer", number=text, kind="shift", from_budget_id=budget, to_budget_id=other, amount_cents=-1,
        reason=text,
    )  # fmt: skip
    add(
        session,
        "commitment",
        number=text,
        budget_id=budget,
        title=text,
        amount_cents=1,
        agreement_id=agreement,
    )
    member = add(session, "member", name=text, institution=text, voting=False, actor_id=actor)
    add(session, "member", name=f"{text}2", institution=text, voting=True, substitute_for_id=member)


def test_what_is_stored_comes_back_unchanged(database: Database, tmp_path: Path) -> None:
    with database.write("Fallen angelegt") as session:
        for text in TRAPS:
            fill(session, text)
    path = master_data.export(database, tmp_path / "aus.xlsx")
    plan = master_data.prepare(database, path).plan
    for sheet in plan.sheets:
        assert [row for row in sheet.rows if row.state is not RecordState.UNCHANGED] == [], sheet.sheet.name
        assert len(sheet.rows) >= len(TRAPS)
    assert len(plan.sheets) == len(SHEETS)
    assert plan.ignored == ()


def test_quarter_spelled_like_a_city_part_keeps_its_own_figures(database: Database, tmp_path: Path) -> None:
    with database.write("Gebiete angelegt") as session:
        quarter = add(session, "quarter", short="List", name="Quartier List")
        indicator = add(session, "indicator", name="60+")
        figure = {"indicator_id": indicator, "year": 2025}
        add(session, "indicator_value", **figure, quarter_id=quarter, value=Decimal(1))
        add(session, "indicator_value", **figure, city_part_id=10, value=Decimal(2))
    path = master_data.export(database, tmp_path / "aus.xlsx")
    plan = master_data.prepare(database, path).plan
    assert plan.count(RecordState.UNCHANGED) == 3
    assert [row.values["Gebiet"] for s in plan.sheets if s.sheet.name == "Indikatoren" for row in s.rows] == [
        "List",
        "Stadtteil List",
    ]
