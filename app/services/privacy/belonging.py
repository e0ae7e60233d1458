"""What a row of any table belongs to, in words that a person knows: followed from reference to reference."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.dates import german
from db.models import Model

NAMED = {
    "agreement": "number", "actor": "name", "budget": "number", "commitment": "number", "grant": "short",
    "quarter": "name", "offer": "title", "member": "institution", "batch": "file_name", "clause": "key",
    "template": "name", "booking": "day",
}  # fmt: skip
"""Records that people know by a name, and the column of it; what is found first on the way is said."""
WAYS = ("agreement_id", "amendment_id", "goal_id", "agreement_clause_id", "party_id", "actor_id", "clause_id",
        "template_id", "grant_id", "indicator_id", "budget_id", "quarter_id", "batch_id")  # fmt: skip
"""References that lead to an owner, the nearest first."""


@dataclass
class Owners:
    """Follows references, each row read once."""

    session: Session
    _known: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)

    def of(self, table: str, row_id: int) -> dict[str, int]:
        """The rows above a row and itself, by their tables."""
        found: dict[str, int] = {}
        waiting = [(table, row_id)]
        while waiting:
            name, key = waiting.pop(0)
            if name in found:
                continue
            found[name] = key
            values = self._row(name, key)
            for column in Model.metadata.tables[name].columns:
                target = next(iter(column.foreign_keys), None)
                if column.name in WAYS and target is not None and values.get(column.name) is not None:
                    waiting.append((target.column.table.name, values[column.name]))
        return found

    def words(self, table: str, row_id: int) -> str:
        """ "ZV-2026-01", "Diakonie Nord"; empty where nothing on the way has a name."""
        return next(
            (
                _said(values[NAMED[name]])
                for name, key in self.of(table, row_id).items()
                if name in NAMED and (values := self._row(name, key)) and values.get(NAMED[name])
            ),
            "",
        )

    def _row(self, table: str, row_id: int) -> dict[str, Any]:
        key = table, row_id
        if key not in self._known:
            of = Model.metadata.tables[table]
            columns = [c for c in of.columns if c.name in WAYS or c.name == NAMED.get(table)]
            row = self.session.execute(select(of.c.id, *columns).where(of.c.id == row_id)).one_or_none()
            self._known[key] = {} if row is None else dict(row._mapping)
        return self._known[key]


def _said(name: Any) -> str:
    return f"vom {german(name)}" if isinstance(name, date) else str(name)
