"""Does the same to several records in one transaction, as removing what is selected in a list, or changing a field."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec

from sqlalchemy.orm import Session

from app.domain.errors import UserError

P = ParamSpec("P")


class Refused(UserError):
    """Some records cannot be changed so; `refusals`: why, by their ids. Nothing was changed."""

    def __init__(self, refusals: dict[int, str]) -> None:
        super().__init__(" ".join(refusals.values()))
        self.refusals = refusals


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


def change_field(
    session: Session,
    load: Callable[[Session, int], Any],
    save: Callable[[Session, int, Any], object],
    record_ids: Collection[int],
    name: str,
    value: Any,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Give one field of several records the same value, each loaded and saved as its form does.

    Raises Refused with all records whose `save` refuses it, after every one was tried; then nothing is changed.
    """
    refusals: dict[int, str] = {}
    for done, record_id in enumerate(record_ids, start=1):
        try:
            with session.begin_nested():
                values = load(session, record_id)
                if getattr(values, name) != value:
                    save(session, record_id, replace(values, **{name: value}))
        except UserError as error:
            refusals[record_id] = error.sentence
        progress(done, len(record_ids))
    if refusals:
        raise Refused(refusals)
