"""What all records share on their way from and to the store: loading, saving, linking and removing them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.errors import Invalid, UserError
from db.models import Model

M = TypeVar("M", bound=Model)
I = TypeVar("I")  # noqa: E741 - the input of a service
P = ParamSpec("P")


def load(session: Session, model: type[Model], record_id: int, form: type[I], **more: Any) -> I:
    """A stored record as the input `form`; `more` are fields that do not stand in its own row."""
    record = session.get_one(model, record_id)
    own = {field.name: getattr(record, field.name) for field in fields(form) if field.name not in more}  # type: ignore[arg-type]
    return form(**own, **more)


def save(
    session: Session,
    model: type[Model],
    record_id: int | None,
    values: Mapping[str, Any],
    problems: dict[str, str],
) -> int:
    """Write a new record (`record_id` None) or what has changed of a stored one; its id. Raises Invalid."""
    if problems:
        raise Invalid(problems)
    record = model(**values) if record_id is None else session.get_one(model, record_id)
    assign(record, values)
    session.add(record)
    session.flush()
    return int(record.id)


def remove(
    session: Session,
    record: Model,
    what: str = "",
    users: Iterable[tuple[InstrumentedAttribute[Any], str, str]] = (),
) -> None:
    """Delete a record, called `what`. Raises UserError while `users` refer to it (see refuse_if_used)."""
    refuse_if_used(session, what, record.id, users)
    session.delete(record)
    session.flush()


def each(
    session: Session,
    command: Callable[Concatenate[Session, int, P], object],
    record_ids: Iterable[int],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Run a command for all of these records or, where it fails for one, for none."""
    for record_id in record_ids:
        command(session, record_id, *args, **kwargs)


def is_taken(session: Session, model: type[Model], record_id: int | None, **values: Any) -> bool:
    """Another record than this one has just these values."""
    query = select(model.id).filter_by(**values).where(model.id != (record_id or 0))
    return session.scalar(query.limit(1)) is not None


def words_in_use(
    session: Session, column: InstrumentedAttribute[str | None], usual: Iterable[str]
) -> list[str]:
    """Words to propose for a text of her own: the usual ones, then those that records have."""
    used = session.scalars(select(column).where(column.is_not(None)).distinct().order_by(column))
    return list(dict.fromkeys([*usual, *filter(None, used)]))


def pairs(
    session: Session, model: Any, order: InstrumentedAttribute[Any] | None = None
) -> tuple[tuple[int, str], ...]:
    """All records of a model with a name as (id, name), for forms to offer; by name unless told otherwise."""
    query = select(model.id, model.name).order_by(model.name if order is None else order)
    return tuple((record_id, name) for record_id, name in session.execute(query))


def linked(
    session: Session, owner: InstrumentedAttribute[int], owner_id: int, other: InstrumentedAttribute[int]
) -> list[int]:
    """What a record is linked to, in the order in which it was chosen: of the table of links, both its columns."""
    links: type[Model] = owner.parent.class_
    return list(session.scalars(select(other).where(owner == owner_id).order_by(links.id)))


def save_links(
    session: Session,
    owner: InstrumentedAttribute[int],
    owner_id: int,
    other: InstrumentedAttribute[int],
    wanted: Iterable[int],
) -> None:
    """Link a record to these; links that stay are not written again, so that the change log names real changes."""
    links: type[Model] = owner.parent.class_
    known = set(linked(session, owner, owner_id, other))
    chosen = list(dict.fromkeys(wanted))
    if gone := known - set(chosen):
        session.execute(delete(links).where(owner == owner_id, other.in_(gone)))
    session.add_all(links(**{owner.key: owner_id, other.key: one}) for one in chosen if one not in known)
    session.flush()


def values_of(data: Any, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of an input: texts trimmed, an empty text is no text (None)."""
    skipped = set(without)
    found = {field.name: getattr(data, field.name) for field in fields(data) if field.name not in skipped}
    return {
        name: (value.strip() or None) if isinstance(value, str) else value for name, value in found.items()
    }


def assign(record: Model, values: Mapping[str, Any]) -> None:
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
