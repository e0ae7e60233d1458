"""Runs a command for each of several records in one transaction, as removing what is selected in a list."""

from collections.abc import Callable, Iterable
from typing import Concatenate, ParamSpec

from sqlalchemy.orm import Session

P = ParamSpec("P")


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
