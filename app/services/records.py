"""What all records share on their way to the store: trimmed texts, and a sentence for why one cannot go."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.errors import UserError
from db.models import Model


def values_of(data: Any, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of an input: texts trimmed, an empty text is no text (None)."""
    skipped = set(without)
    found = {field.name: getattr(data, field.name) for field in fields(data) if field.name not in skipped}
    return {
        name: (value.strip() or None) if isinstance(value, str) else value for name, value in found.items()
    }


def assign(record: Model, values: dict[str, Any]) -> None:
    """Set what is different only, so that the change log names what somebody really changed."""
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)


def refuse_if_used(
    session: Session, what: str, record_id: int, users: Iterable[tuple[InstrumentedAttribute[Any], str, str]]
) -> None:
    """Raise UserError if rows refer to the record; `users`: referring column, German word for one, for many."""
    hanging = []
    for column, one, many in users:
        count = session.scalar(select(func.count()).where(column == record_id)) or 0
        if count:
            hanging.append(f"1 {one}" if count == 1 else f"{count} {many}")
    if hanging:
        verb = "hängt" if len(hanging) == 1 and hanging[0].startswith("1 ") else "hängen"
        raise UserError(
            f"{what} kann nicht gelöscht werden: Es {verb} {' und '.join(hanging)} daran. "
            "Bitte zuerst dort ändern."
        )
