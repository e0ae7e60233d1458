"""The matrix of who works with whom in a quarter: actors against agreements or building blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.agreements.agreements import AgreementKind


class Role(StrEnum):
    """What an actor is in an agreement; the first party of a target agreement is its main partner."""

    MAIN = "main"
    PARTNER = "partner"
    COOPERATES = "cooperates"


ROLE_ORDER = tuple(Role)
"""The closest role first: it is the one shown where an actor has several."""


@dataclass(frozen=True, slots=True)
class Participation:
    """An actor takes part in a column: an agreement, or a building block that its agreement names in a goal."""

    actor_id: int
    column_id: int
    role: Role
    agreement: str


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """An agreement or a building block. `words`: in full; `note`: more about it."""

    id: int
    title: str
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The closest role of an actor in a column, and the agreements it comes from."""

    role: Role
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An actor. `doubled`: the target agreements of which it is a partner, if more than one."""

    id: int
    name: str
    cells: dict[int, MatrixCell]
    doubled: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """It is active in the quarter and has no agreement there."""
        return not self.cells


@dataclass(frozen=True, slots=True)
class PartnersMatrix:
    """Rows by name; columns without any actor are in `empty`, those with several main partners in `crowded`."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def empty(self) -> tuple[MatrixColumn, ...]:
        return tuple(
            column for column in self.columns if not any(column.id in row.cells for row in self.rows)
        )

    @property
    def crowded(self) -> tuple[MatrixColumn, ...]:
        return tuple(column for column in self.columns if self._main_partners(column.id) > 1)

    def _main_partners(self, column_id: int) -> int:
        cells = (row.cells.get(column_id) for row in self.rows)
        return sum(cell is not None and cell.role is Role.MAIN for cell in cells)


def role_of(kind: AgreementKind, position: int) -> Role:
    """What the party at a position (from 1) is."""
    if kind is AgreementKind.COOPERATION:
        return Role.COOPERATES
    return Role.MAIN if position == 1 else Role.PARTNER


def matrix(
    actors: Iterable[tuple[int, str]], columns: Sequence[MatrixColumn], links: Iterable[Participation]
) -> PartnersMatrix:
    """Put actors (id, name) and links together; a row is made for every actor, linked or not."""
    found: dict[int, dict[int, list[Participation]]] = {}
    for link in links:
        found.setdefault(link.actor_id, {}).setdefault(link.column_id, []).append(link)
    rows = []
    for actor_id, name in actors:
        own = found.get(actor_id, {})
        cells = {
            column: MatrixCell(
                min((link.role for link in there), key=ROLE_ORDER.index),
                tuple(sorted({link.agreement for link in there})),
            )
            for column, there in own.items()
        }
        targets = {
            link.agreement for there in own.values() for link in there if link.role is not Role.COOPERATES
        }
        rows.append(MatrixRow(actor_id, name, cells, tuple(sorted(targets)) if len(targets) > 1 else ()))
    return PartnersMatrix(tuple(columns), tuple(rows))
