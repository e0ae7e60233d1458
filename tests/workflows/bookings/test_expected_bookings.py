"""The promised steps of the sample deliveries, each on the database that the step before left."""

import json
from pathlib import Path
from typing import Any

from app.domain.bookings.bookings import RowState
from app.workflows.bookings import import_bookings
from app.workflows.master_data import master_data
from db.database import Database
from tests.paths import SAMPLES


def test_every_step_that_concerns_bookings(database: Database) -> None:
    steps = json.loads((SAMPLES / "expected.json").read_text("utf-8"))["steps"]
    done = 0
    for step in steps:
        command, *arguments = step["command"].split()
        if command == "import-master" and step["exit"] == 0:
            prepared = master_data.prepare(database, SAMPLES / arguments[0])
            master_data.apply(database, prepared)
        elif command == "import-bookings":
            check(database, step, SAMPLES / arguments[0], dry_run="--dry-run" in arguments)
            done += 1
    assert done == 10


def check(database: Database, step: dict[str, Any], path: Path, *, dry_run: bool) -> None:
    prepared = import_bookings.prepare(database, path)
    result = prepared.result() if dry_run else import_bookings.apply(database, prepared)
    answer = result.as_json()
    for name, wanted in step.items():
        if name in ("command", "exit"):
            continue
        if name == "rejected":
            assert [[one["row"], one["column"]] for one in answer["rejected"]] == wanted, step["command"]
        elif name == "sum_of_new":
            new = [row.amount_cents for row in prepared.plan.rows if row.state is RowState.NEW]
            assert sum(new) == round(float(wanted) * 100)
        else:
            assert answer[name] == wanted, (step["command"], name)
    written = not dry_run and step["exit"] == 0 and (answer["new"] or answer["changed"])
    assert (answer["batch"] is not None) == bool(written)
