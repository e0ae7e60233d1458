"""Lists the changes finance has not been told yet: bookings, commitments, transfers and budgets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.budgets.budgets import TransferKind
from app.domain.dates import german
from db import history
from db.history import NetChange, Values
from db.models import Agreement, Budget, Commitment, Grant, PlanItem, Quarter

NEW, CHANGED, REMOVED = "neu", "geändert", "gelöscht"
UNASSIGNED = "nicht zugeordnet"


class ChangeLine(NamedTuple):
    """One record that is different. `details` names each field with old and new; amounts stand apart."""

    kind: str  # Buchung, Mittelbindung, Umschichtung, Budget
    what: str  # NEW, CHANGED or REMOVED
    label: str  # Belegnummer or Nummer
    title: str
    budget: str
    day: date | None
    old_cents: int | None
    new_cents: int | None
    details: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """How changes of one table are told: its words, and the fields that matter to finance."""

    word: str
    label: tuple[str, ...]
    title: tuple[str, ...]
    amount: str
    day: str | None
    budget: str | None
    fields: Mapping[str, str]


_KINDS = {
    "budget": _Kind("Budget", ("number",), ("title",), "planned_cents", None, None, {
        "number": "Nummer", "title": "Bezeichnung", "quarter_id": "Quartier", "kind": "Art", "year": "Haushaltsjahr",
        "internal_order": "Innenauftrag", "cost_centre": "Kostenstelle", "grant_id": "Förderung",
        "plan_item_id": "Position",
    }),
    "transfer": _Kind("Umschichtung", ("number",), ("reason",), "amount_cents", "day", None, {
        "number": "Nummer", "kind": "Art", "from_budget_id": "Von", "to_budget_id": "Nach", "day": "Datum",
        "reason": "Grund", "origin_year": "aus dem Jahr",
    }),
    "commitment": _Kind("Mittelbindung", ("number",), ("title", "recipient"), "amount_cents", "day", "budget_id", {
        "number": "Nummer", "budget_id": "Budget", "title": "Bezeichnung", "day": "Datum", "recipient": "Empfänger",
        "agreement_id": "Vereinbarung", "decision": "Beschluss", "closed_on": "geschlossen am",
        "until_year": "reicht bis",
    }),
    "booking": _Kind("Buchung", ("document_number", "line"), ("text", "payee"), "amount_cents", "day", "budget_id", {
        "day": "Buchungsdatum", "document_date": "Belegdatum", "payment_date": "Zahldatum",
        "budget_year": "Haushaltsjahr", "document_number": "Belegnummer", "line": "Position",
        "internal_order": "Innenauftrag", "cost_centre": "Kostenstelle", "account": "Sachkonto",
        "account_name": "Kontobezeichnung", "text": "Text", "payee": "Empfänger", "is_income": "Einnahme",
        "budget_id": "Budget", "plan_item_id": "Position im Finanzierungsplan", "commitment_id": "Mittelbindung",
    }),
}  # fmt: skip
"""In the order in which the workbook lists them."""

_DAYS = {"day", "document_date", "payment_date", "closed_on"}


def changes_since(session: Session, change_id: int, year: int) -> list[ChangeLine]:
    """What is different for a budget year from right after `change_id` of the change log, one line a record.

    First state against last one: what was made and undone again is no change.
    """
    found = history.net_changes(session, change_id, _KINDS)
    names = RecordNames(session, found)
    lines = []
    for table, kind in _KINDS.items():
        for change in found:
            if change.table == table and names.concerns(change, year):
                line = _line(kind, change, names)
                if line is not None:
                    lines.append(line)
    return lines


def _line(kind: _Kind, change: NetChange, names: "RecordNames") -> ChangeLine | None:
    before, after = change.before, change.after
    shown = after if after is not None else before
    assert shown is not None
    details = ""
    if before is not None and after is not None:
        details = "; ".join(changed_fields(change.table, before, after, names))
        if not details and before[kind.amount] == after[kind.amount]:
            return None
    elif kind.word == "Umschichtung":
        details = " → ".join(names.text(field, shown[field]) for field in ("from_budget_id", "to_budget_id"))
    return ChangeLine(
        kind.word,
        NEW if before is None else REMOVED if after is None else CHANGED,
        "/".join(str(shown[field]) for field in kind.label if shown[field]),
        next((str(shown[field]) for field in kind.title if shown[field]), ""),
        names.text("budget_id", shown[kind.budget]) if kind.budget else "",
        date.fromisoformat(shown[kind.day]) if kind.day and shown[kind.day] else None,
        before[kind.amount] if before else None,
        after[kind.amount] if after else None,
        details,
    )


def changed_fields(table: str, before: Values, after: Values, names: "RecordNames") -> list[str]:
    """The fields of a record that matter to finance and differ, with old and new value; amounts stand apart."""
    return [
        f"{german_name}: {names.text(field, old)} → {names.text(field, new)}"
        for field, german_name in _KINDS[table].fields.items()
        if (old := before.get(field)) != (new := after.get(field))  # older entries lack newer columns
    ]


class RecordNames:
    """What the ids in the change log are called; `changes` tell the names of what is gone."""

    def __init__(self, session: Session, changes: Iterable[NetChange] = ()) -> None:
        budgets = session.execute(select(Budget.id, Budget.number, Budget.year)).all()
        self._years = {row.id: row.year for row in budgets}
        numbers = {row.id: row.number for row in budgets}
        commitments = _named(session, Commitment.id, Commitment.number)
        for change in changes:
            if change.after is not None or change.before is None:
                continue
            if change.table == "budget":
                numbers[change.row_id] = change.before["number"]
                self._years[change.row_id] = change.before["year"]
            elif change.table == "commitment":
                commitments[change.row_id] = change.before["number"]
        self._names: dict[str, dict[int, str]] = {
            "budget_id": numbers,
            "from_budget_id": numbers,
            "to_budget_id": numbers,
            "quarter_id": _named(session, Quarter.id, Quarter.short),
            "grant_id": _named(session, Grant.id, Grant.short),
            "plan_item_id": _named(session, PlanItem.id, PlanItem.position),
            "agreement_id": _named(session, Agreement.id, Agreement.number),
            "commitment_id": commitments,
        }

    def text(self, field: str, value: Any) -> str:
        """A value as people read it."""
        if field == "budget_id" and value is None:
            return UNASSIGNED
        if value is None or value == "":
            return "leer"
        if field in self._names:
            return self._names[field].get(value, "gelöscht")
        if field in _DAYS:
            return german(date.fromisoformat(value))
        if field == "is_income":
            return "ja" if value else "nein"
        if field == "kind" and value in set(TransferKind):
            return TransferKind(value).word
        return str(value)

    def concerns(self, change: NetChange, year: int) -> bool:
        """Does the record belong to the budget year, now or before?"""
        return any(
            values is not None and year in self._years_of(values) for values in (change.before, change.after)
        )

    def _years_of(self, values: Values) -> set[int | None]:
        if "planned_cents" in values:
            return {values["year"]}
        budgets = {values.get(field) for field in ("budget_id", "from_budget_id", "to_budget_id")} - {None}
        years: set[int | None] = {
            self._years.get(budget_id) for budget_id in budgets if budget_id is not None
        }
        return years or {values.get("budget_year")}


def _named(session: Session, row_id: Any, name: Any) -> dict[int, str]:
    return dict(session.execute(select(row_id, name)).all())
