"""Version 4, a part: agreements say again what was signed, and amendments what they change from their day on.

Version 3 wrote an amendment into its agreement at the last signature, and kept what had stood there as JSON.
"""

import json
from typing import Any

from app.domain.agreements.goal_wording import said_figure
from db.driver import sqlite

STATEMENTS = (
    "ALTER TABLE amendment ADD COLUMN changed_fields VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE amendment_goal ADD COLUMN goal_id INTEGER CONSTRAINT fk_amendment_goal_goal_id_goal "
    "REFERENCES goal (id) ON DELETE SET NULL",
    "CREATE INDEX ix_amendment_goal_goal_id ON amendment_goal (goal_id)",
    "ALTER TABLE amendment_goal ADD COLUMN target_value VARCHAR",
    "ALTER TABLE amendment_goal ADD COLUMN unit VARCHAR",
    # Undone, a signature of then would bring back rows that are there again.
    "UPDATE command SET undoable = 0 WHERE id IN (SELECT command_id FROM change WHERE table_name IN "
    "('amendment', 'amendment_goal'))",
)
FIXED = (
    # What was done to an agreement that now says again what was signed names values that stand in its amendments.
    "UPDATE command SET undoable = 0 WHERE id IN (SELECT command_id FROM change WHERE "
    "(table_name = 'agreement' AND row_id = :id) "
    "OR (table_name = 'goal' AND :id IN (before ->> 'agreement_id', after ->> 'agreement_id')) "
    "OR (table_name = 'goal_report' AND (before ->> 'goal_id' IN ({goals}) OR after ->> 'goal_id' IN ({goals}))))"
).format(
    goals="SELECT row_id FROM change WHERE table_name = 'goal' AND :id IN (before ->> 'agreement_id', "
    "after ->> 'agreement_id') UNION SELECT id FROM goal WHERE agreement_id = :id"
)
GIVEN_UP = "UPDATE command SET state = 'discarded' WHERE state = 'undone' AND undoable = 0"

TERM = ("end", "minimum_until", "renewal_months", "notice", "notice_unit", "notice_effect")
WORDS = ("title", "building_block_id", "measure", "indicator", "target", "due", "responsible", "evidence")
FIGURE = ("target_value", "unit")
REPORT = ("day", "state", "figure", "text", "author")

Row = dict[str, Any]


def upgrade(connection: sqlite.Connection) -> None:
    """From version 3, within the transaction of the caller."""
    for statement in STATEMENTS:
        connection.execute(statement)
    for (agreement_id,) in connection.execute("SELECT DISTINCT agreement_id FROM amendment").fetchall():
        _restore(connection, agreement_id)
    connection.execute(GIVEN_UP)


def _restore(connection: sqlite.Connection, agreement_id: int) -> None:
    agreement = _rows(connection, "agreement", "id", agreement_id)[0]
    every = sorted(_rows(connection, "amendment", "agreement_id", agreement_id), key=lambda one: one["nr"])
    signed = [one for one in every if one["stage"] == "signed" and one["replaced"]]
    for one in every:
        before = json.loads(one["replaced"])["term"] if one in signed else agreement
        fields = [name for name in TERM if one["changes_term"] and one[name] != before[name]]
        _update(connection, "amendment", one["id"], {"changed_fields": ";".join(fields)})
        one["fields"] = fields
    if not signed:
        return
    connection.execute(FIXED, {"id": agreement_id})
    _restore_values(connection, agreement, signed)
    _Goals(connection, agreement_id, signed).restore()


def _restore_values(connection: sqlite.Connection, agreement: Row, signed: list[Row]) -> None:
    """Each field is again as it was before the first amendment of it; what was edited since belongs to the last one."""
    first: Row = {}
    last: dict[str, Row] = {}
    for one in signed:
        kept = json.loads(one["replaced"])
        amount = one["changes_amount"] and one["amount_cents"] != kept["amount_cents"]
        for name in [*one["fields"], *(["amount_cents"] if amount else [])]:
            first.setdefault(name, kept["amount_cents"] if name == "amount_cents" else kept["term"][name])
            last[name] = one
    for name, one in last.items():
        if one[name] != agreement[name]:
            _update(connection, "amendment", one["id"], {name: agreement[name]})
    if agreement["stage"] == "amended":
        stage = json.loads(signed[0]["replaced"])["stage"]
        first["stage"] = stage if stage in ("signed", "in_force") else "in_force"
    _update(connection, "agreement", agreement["id"], first)


class _Goals:
    """The goals of an agreement on their way back: words as agreed at first, dropped ones with their reports."""

    def __init__(self, connection: sqlite.Connection, agreement_id: int, signed: list[Row]) -> None:
        self._connection = connection
        self._agreement_id = agreement_id
        self._signed = signed
        self._goals = {goal["nr"]: goal for goal in _rows(connection, "goal", "agreement_id", agreement_id)}

    def restore(self) -> None:
        self._bring_all_back()
        words: dict[str, Row] = {}  # as agreed at first, of goals that were changed
        last: dict[str, Row] = {}  # the change that said the words of now
        for one in self._signed:
            kept = {goal["nr"]: goal for goal in json.loads(one["replaced"])["goals"]}
            for change in _rows(self._connection, "amendment_goal", "amendment_id", one["id"]):
                nr = change["nr"]
                if change["action"] == "change" and nr in kept:
                    words.setdefault(nr, {name: kept[nr].get(name) for name in WORDS})
                    last[nr] = change
                if nr in self._goals:
                    values = {"goal_id": self._goals[nr]["id"], **_figure(change["target"])}
                    _update(self._connection, "amendment_goal", change["id"], values)
        for nr, change in last.items():
            if (goal := self._goals.get(nr)) is not None:
                now = {name: goal[name] for name in (*WORDS, *FIGURE)}
                _update(self._connection, "amendment_goal", change["id"], now)
                _update(self._connection, "goal", goal["id"], words[nr] | _figure(words[nr]["target"]))

    def _bring_all_back(self) -> None:
        """First of all: what was changed before it was dropped is tied to its goal, too."""
        for one in self._signed:
            kept = {goal["nr"]: goal for goal in json.loads(one["replaced"])["goals"]}
            for change in _rows(self._connection, "amendment_goal", "amendment_id", one["id"]):
                nr = change["nr"]
                if change["action"] == "drop" and nr in kept:
                    self._bring_back(nr, kept[nr])
                if change["action"] == "add":
                    self._bring_back(nr, self._when_dropped(nr) or change)

    def _when_dropped(self, nr: str) -> Row | None:
        for one in self._signed:
            for change in _rows(self._connection, "amendment_goal", "amendment_id", one["id"]):
                if (change["nr"], change["action"]) == (nr, "drop"):
                    goals = json.loads(one["replaced"])["goals"]
                    return next((goal for goal in goals if goal["nr"] == nr), None)
        return None

    def _bring_back(self, nr: str, kept: Row) -> None:
        """Make the goal again, with its reports, unless another one has its number now."""
        if nr in self._goals:
            return
        values = {name: kept.get(name) for name in WORDS} | _figure(kept.get("target"))
        values |= {
            "agreement_id": self._agreement_id,
            "nr": nr,
            "title": kept.get("title") or "",
            "state": kept.get("state") or "open",
        }
        if not _rows(self._connection, "building_block", "id", values["building_block_id"] or 0):
            values["building_block_id"] = None  # nothing held the catalogue's entry while the goal was gone
        goal_id = _insert(self._connection, "goal", values)
        self._goals[nr] = values | {"id": goal_id}
        for report in kept.get("reports", ()):
            said = {name: report.get(name) for name in REPORT}
            _insert(self._connection, "goal_report", said | {"goal_id": goal_id})


def _figure(target: str | None) -> Row:
    """The figure of a target, as a goal keeps it."""
    value, unit = said_figure(target) or (None, None)
    return {"target_value": None if value is None else str(value), "unit": unit}


def _rows(connection: sqlite.Connection, table: str, column: str, value: int) -> list[Row]:
    found = connection.execute(f'SELECT * FROM "{table}" WHERE "{column}" = ? ORDER BY id', (value,))
    names = [one[0] for one in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _update(connection: sqlite.Connection, table: str, row_id: int, values: Row) -> None:
    if values:
        assigned = ", ".join(f'"{name}" = ?' for name in values)
        connection.execute(f'UPDATE "{table}" SET {assigned} WHERE id = ?', (*values.values(), row_id))


def _insert(connection: sqlite.Connection, table: str, values: Row) -> int:
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join("?" for _ in values)
    made = connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', tuple(values.values()))
    assert made.lastrowid is not None
    return made.lastrowid
