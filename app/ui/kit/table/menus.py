"""The declaration of an action that a list offers for its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True)  # no slots: "RowAction[Row](...)" cannot set its type on them
class RowAction(Generic[R]):
    """An entry of the context menu that works on the selected rows. `allowed`: is it offered for them?"""

    text: str
    call: Callable[[list[R]], object]
    icon: str = ""
    allowed: Callable[[list[R]], bool] = bool


def one(rows: list[Any]) -> bool:
    """`allowed` of an action that works on a single row."""
    return len(rows) == 1
