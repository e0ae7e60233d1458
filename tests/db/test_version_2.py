"""Version 2: what was "always for this order" is a rule afterwards."""

import shutil
from pathlib import Path

from db.driver import sqlite
from db.migrations import upgrade
from tests.paths import VERSIONS

V1 = VERSIONS / "v1.db"


def test_always_for_this_order_becomes_a_rule(tmp_path: Path) -> None:
    path = Path(shutil.copy(V1, tmp_path / "alt.db"))
    connection = sqlite.connect(path)
    (budget,) = connection.execute("SELECT id FROM budget LIMIT 1").fetchone() or (None,)
    if budget is None:
        connection.execute(
            "INSERT INTO budget (number, title, year, planned_cents) VALUES ('B', 'B', 2026, 1)"
        )
        (budget,) = connection.execute("SELECT id FROM budget").fetchone()
    connection.execute(
        "INSERT INTO order_assignment (internal_order, year, budget_id) VALUES ('57001000', 2026, ?)",
        (budget,),
    )
    connection.commit()
    connection.close()
    upgrade(path)
    connection = sqlite.connect(path)
    rules = connection.execute(
        "SELECT internal_order, year, budget_id, is_active FROM assignment_rule"
    ).fetchall()
    connection.close()
    assert rules == [("57001000", 2026, budget, 1)]
