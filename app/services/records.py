"""Shared by all records on their way to and from the store: shapes filled by name, trimmed texts, refusals.

A shape is a dataclass or named tuple that crosses the door of the store (`...Row`, `...Input`). It is filled by the
names of its fields, never by position: a column put in the middle must not move money into another one.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Select, func, select
from sqlalchemy import delete as delete_from
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.clean_text import trimmed
from app.domain.counting import counted
from app.domain.errors import Gone, UserError
from db.models import Model

K = TypeVar("K")
S = TypeVar("S")
T = TypeVar("T")
M = TypeVar("M", bound=Model)

# --- from the store --------------------------------------------------------------------------------------------


def field_names(shape: Any) -> tuple[str, ...]:
    """The names of the fields of a dataclass or a named tuple, in their order."""
    return tuple(getattr(shape, "_fields", None) or shape.__dataclass_fields__)


def columns(
    shape: type[Any], model: type[Model], *, without: Iterable[str] = (), **others: Any
) -> list[ColumnElement[Any]]:
    """The columns that a shape is filled from, each labelled with its field, in the order of the fields.

    They are the model's columns of the same names; `others` says where a field comes from else.

        select(*columns(ReportRow, GoalReport, files=files)).order_by(GoalReport.day)
    """
    skipped = set(without)
    return [
        (others[name] if name in others else getattr(model, name)).label(name)
        for name in field_names(shape)
        if name not in skipped
    ]


def filled(shape: type[S], source: Any, **others: Any) -> S:
    """A shape filled by name from a record, a row of a query or another shape; `others`: fields that come from else."""
    same = {name: getattr(source, name) for name in field_names(shape) if name not in others}
    return shape(**same, **others)


def read(session: Session, shape: type[S], query: Executable) -> list[S]:
    """What a query over `columns` finds, as shapes."""
    found = session.execute(query)
    labels = tuple(found.keys())  # asked once: of 5.000 rows by attribute it takes three times as long
    return [shape(**dict(zip(labels, row, strict=True))) for row in found]


def the_one(session: Session, query: Select[*tuple[T]]) -> T:
    """The record that a query names. Raises Gone where it was deleted or taken back meanwhile."""
    found = session.scalars(query).one_or_none()
    if found is None:
        raise Gone
    return found


def pairs(session: Session, query: Select[*tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """(id, text) as forms and filters offer them."""
    return tuple((key, text) for key, text in session.execute(query))


def proposed(
    session: Session, column: InstrumentedAttribute[str | None], usual: Iterable[str] = ()
) -> list[str]:
    """Words to propose for a field: the usual ones, then those that records have of their own."""
    used = session.scalars(select(column).where(column.is_not(None)).distinct().order_by(column))
    return list(dict.fromkeys([*usual, *filter(None, used)]))


def grouped(session: Session, query: Select[*tuple[K, T]]) -> dict[K, list[T]]:
    """What a query finds in its second column, by the first, in its order."""
    found: dict[K, list[T]] = {}
    for key, value in session.execute(query):
        found.setdefault(key, []).append(value)
    return found


def is_taken(
    session: Session, column: InstrumentedAttribute[str], value: str | None, own_id: int | None
) -> bool:
    """Whether another record than this one has the value."""
    others = select(column).where(column == value)
    if own_id is not None:
        others = others.where(column.parent.class_.id != own_id)
    return session.scalar(others.limit(1)) is not None


# --- to the store ----------------------------------------------------------------------------------------------


def values_of(data: Any, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of an input: texts cleaned and trimmed, an empty text is no text (None)."""
    skipped = set(without)
    found = {name: getattr(data, name) for name in field_names(type(data)) if name not in skipped}
    return {
        # words of a closed list are texts, too, but must stay what they are
        name: (trimmed(value) or None) if type(value) is str else value
        for name, value in found.items()
    }


def lacking(data: Any, **sentences: str) -> dict[str, str]:
    """Of these fields of an input the ones that must not be empty and are, with the sentence that says so."""
    return {name: said for name, said in sentences.items() if _is_empty(getattr(data, name))}


def _is_empty(value: Any) -> bool:
    return value is None or value == () or (isinstance(value, str) and not trimmed(value))


def assign(record: Model, values: dict[str, Any]) -> None:
    """Set what is different only, so that the change log names what somebody really changed."""
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)


def write(session: Session, model: type[M], record_id: int | None, values: dict[str, Any]) -> M:
    """A new record with these values (`record_id` None), or what differs in the one that is there."""
    if record_id is None:
        record = model(**values)
        session.add(record)
    else:
        record = session.get_one(model, record_id)
        assign(record, values)
    session.flush()
    return record


def delete(session: Session, model: type[Model], *record_ids: int) -> None:
    """Delete records by id; what belongs to them goes, too."""
    for record_id in record_ids:
        session.delete(session.get_one(model, record_id))
    session.flush()


def write_links(
    session: Session, model: type[Model], owner: str, owner_id: int, named: str, wanted: Iterable[int]
) -> None:
    """Make the links of an owner those that are wanted, in this order; the ones that are there already stay.

    `owner`, `named`: the columns of the two ends.
    """
    mine, other = getattr(model, owner) == owner_id, getattr(model, named)
    known, ids = set(session.scalars(select(other).where(mine))), dict.fromkeys(wanted)
    gone = known - set(ids)  # not all written anew: the change log would fill with what did not change
    if gone:
        session.execute(delete_from(model).where(mine, other.in_(gone)))
    session.add_all(model(**{owner: owner_id, named: one}) for one in ids if one not in known)
    session.flush()


Hanging = tuple[InstrumentedAttribute[Any] | ColumnElement[bool], str, str]
"""What may hang on a record: the column that refers to it, or rows that do so over others; German for one, for many."""


def refuse_if_used(
    session: Session,
    what: str,
    record_id: int,
    users: Iterable[Hanging],
    advice: str = "Bitte zuerst dort ändern.",
) -> None:
    """Raise UserError if rows refer to the record, with a sentence that counts them."""
    hanging = []
    for by, one, many in users:
        refers = by == record_id if isinstance(by, InstrumentedAttribute) else by
        count = session.scalar(select(func.count()).where(refers)) or 0
        if count:
            hanging.append(counted(count, one, many))
    if hanging:
        verb = "hängt" if len(hanging) == 1 and hanging[0].startswith("1 ") else "hängen"
        said = " und ".join(filter(None, (", ".join(hanging[:-1]), hanging[-1])))
        raise UserError(f"{what} kann nicht gelöscht werden: Es {verb} {said} daran. {advice}")
