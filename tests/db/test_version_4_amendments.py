"""A file of version 3, where an amendment had overwritten its agreement at the signature, gives dated answers."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from app.domain.agreements.agreements import GoalState, Stage
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput
from db.database import Database, open_database
from db.driver import sqlite
from db.models import GoalReport
from tests.paths import VERSIONS

TERM = {
    "end": "2026-12-31", "minimum_until": None, "renewal_months": 12, "notice": 3, "notice_unit": "months",
    "notice_effect": "end_of_term",
}  # fmt: skip
EMPTY = {"building_block_id": None, "measure": None, "indicator": None, "responsible": None, "evidence": None}
BEFORE = [
    {"nr": "1", "title": "Treff", "target": "4 Tage", "due": "2026-12-31", "state": "running", **EMPTY},
    {
        "nr": "2", "title": "Sprechstunde", "target": None, "due": "2026-09-30", "state": "open", **EMPTY,
        "building_block_id": 99_999,
        "reports": [{"day": "2026-05-01", "state": "running", "figure": None, "text": "läuft an", "author": None}],
    },
]  # fmt: skip


def put(connection: sqlite.Connection, table: str, **values: object) -> int:
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join("?" for _ in values)
    made = connection.execute(
        f'INSERT INTO "{table}" ({names}) VALUES ({places})', tuple(values.values())
    ).lastrowid
    assert made is not None
    return made


def old_file(tmp_path: Path) -> tuple[Path, int]:
    """Two amendments were signed on 20.07. and 20.08.2026, and the amount was edited later without a word."""
    path = Path(shutil.copy(VERSIONS / "v3.db", tmp_path / "alt.db"))
    connection = sqlite.connect(path)
    row = dict(TERM, end="2028-12-31", notice=6)
    agreement = put(
        connection, "agreement", number="ZV-ALT", kind="target", title="Treff", stage="amended",
        begin="2026-01-01", amount_cents=31_000_00, reminder_days="90;30;7", **row,
    )  # fmt: skip
    put(
        connection, "goal", agreement_id=agreement, nr="1", title="Treff", target="5 Tage", due="2027-12-31",
        state="running", target_value="6", unit="Tage",
    )  # fmt: skip
    put(connection, "goal", agreement_id=agreement, nr="4", title="Gang", state="open")
    first = put(
        connection, "amendment", agreement_id=agreement, nr=1, title="Mehr", effective_from="2027-01-01",
        stage="signed", signed_on="2026-07-20", changes_term=1, changes_amount=1, amount_cents=30_000_00,
        replaced=json.dumps({"term": TERM, "amount_cents": 24_000_00, "stage": "in_force", "goals": BEFORE}),
        **dict(TERM, end="2028-12-31"),
    )  # fmt: skip
    for nr, action, words in (
        ("1", "change", {"title": "Treff", "target": "5 Tage", "due": "2027-12-31"}),
        ("2", "drop", {}),
        ("4", "add", {"title": "Gang"}),
    ):
        put(connection, "amendment_goal", amendment_id=first, nr=nr, action=action, **words)
    between = {
        "term": dict(TERM, end="2028-12-31"), "amount_cents": 30_000_00, "stage": "amended", "goals": BEFORE[:1],
    }  # fmt: skip
    put(
        connection, "amendment", agreement_id=agreement, nr=2, title="Frist", effective_from="2026-10-01",
        stage="signed", signed_on="2026-08-20", changes_term=1, changes_amount=0,
        replaced=json.dumps(between), **row,
    )  # fmt: skip
    put(
        connection, "amendment", agreement_id=agreement, nr=3, title="Entwurf", stage="draft", changes_term=1,
        changes_amount=0, **dict(row, renewal_months=24),
    )  # fmt: skip
    connection.commit()
    connection.close()
    return path, agreement


@pytest.fixture
def upgraded(tmp_path: Path) -> tuple[Database, int]:
    path, agreement = old_file(tmp_path)
    return open_database(path, writer=True), agreement


def on(upgraded: tuple[Database, int], day: date) -> AgreementInput:
    database, agreement = upgraded
    with database.read() as session:
        return agreements.load(session, agreement, day)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 9, 30), (Stage.IN_FORCE, date(2026, 12, 31), 3, 24_000_00)),
        (date(2026, 10, 1), (Stage.AMENDED, date(2026, 12, 31), 6, 24_000_00)),
        (date(2027, 1, 1), (Stage.AMENDED, date(2028, 12, 31), 6, 31_000_00)),
    ],
)
def test_each_day_has_its_answer_again(
    upgraded: tuple[Database, int], day: date, said: tuple[Stage, date, int, int]
) -> None:
    now = on(upgraded, day)
    assert (now.stage, now.end, now.notice, now.amount_cents) == said


def test_goals_say_again_what_was_agreed_first(upgraded: tuple[Database, int]) -> None:
    before, after = on(upgraded, date(2026, 12, 31)), on(upgraded, date(2027, 1, 1))
    assert [(goal.nr, goal.target, goal.due) for goal in before.goals] == [
        ("1", "4 Tage", date(2026, 12, 31)),
        ("2", None, date(2026, 9, 30)),
    ]
    assert [(goal.nr, goal.target, goal.state) for goal in after.goals] == [
        ("1", "5 Tage", GoalState.RUNNING),
        ("4", None, GoalState.OPEN),
    ]
    with upgraded[0].read() as session:
        assert [report.text for report in session.query(GoalReport)][-1] == "läuft an"


def test_a_draft_says_what_it_changes_only(upgraded: tuple[Database, int]) -> None:
    database, agreement = upgraded
    with database.read() as session:
        fields = session.connection().exec_driver_sql(
            "SELECT nr, changed_fields FROM amendment WHERE agreement_id = ? ORDER BY nr", (agreement,)
        )
        assert fields.fetchall() == [(1, "end"), (2, "notice"), (3, "renewal_months")]


def command(connection: sqlite.Connection, label: str) -> None:
    """What follows is logged under it, by the triggers of the old file."""
    put(connection, "command", label=label, at="2026-09-01 10:00:00", kind="do", undoable=1, state="done")


def test_what_a_goal_said_before_it_was_dropped_acts_until_then(tmp_path: Path) -> None:
    path, agreement = old_file(tmp_path)
    connection = sqlite.connect(path)
    changed = dict(BEFORE[0], target="5 Tage", due="2027-12-31")
    third = put(
        connection, "amendment", agreement_id=agreement, nr=4, title="Ohne Treff", effective_from="2027-06-01",
        stage="signed", signed_on="2026-09-20", changes_term=0, changes_amount=0,
        replaced=json.dumps(
            {"term": TERM, "amount_cents": 30_000_00, "stage": "amended", "goals": [changed]}
        ),
    )  # fmt: skip
    put(connection, "amendment_goal", amendment_id=third, nr="1", action="drop")
    connection.execute("DELETE FROM goal WHERE agreement_id = ? AND nr = '1'", (agreement,))
    connection.commit()
    connection.close()
    upgraded = open_database(path, writer=True), agreement
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 1))
    assert [[(goal.nr, goal.target) for goal in on(upgraded, day).goals] for day in days] == [
        [("1", "4 Tage"), ("2", None)],
        [("1", "5 Tage"), ("4", None)],
        [("4", None)],
    ]


def test_steps_that_name_values_which_moved_are_not_undone(tmp_path: Path) -> None:
    """They would write what an amendment says into what was signed."""
    path, agreement = old_file(tmp_path)
    connection = sqlite.connect(path)
    command(connection, "Träger")
    put(connection, "actor", short="NEU", name="Neu")
    command(connection, "Ziel")
    connection.execute(
        "UPDATE goal SET title = 'Gang, lang' WHERE agreement_id = ? AND nr = '4'", (agreement,)
    )
    command(connection, "Bericht")
    put(
        connection, "goal_report", day="2026-09-01", text="gut", state="open",
        goal_id=connection.execute("SELECT max(id) FROM goal").fetchone()[0],
    )  # fmt: skip
    command(connection, "Betrag")
    connection.execute("UPDATE agreement SET amount_cents = 3200000 WHERE id = ?", (agreement,))
    connection.commit()
    connection.close()
    upgraded = open_database(path, writer=True), agreement
    assert upgraded[0].undo_label == "Träger"
    assert on(upgraded, date(2026, 9, 30)).amount_cents == 24_000_00
    assert on(upgraded, date(2027, 1, 1)).amount_cents == 32_000_00
