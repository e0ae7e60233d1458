"""Shared by all parts of the demo: its day, its texts, its random numbers, and the ids of what is there already."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import AgreementKind, Stage
from app.resources import RESOURCES
from db.models import Agreement, Model

SEED = 31503  # the city's product number of its work for seniors


@cache
def demo_texts() -> dict[str, Any]:
    """The invented names and texts."""
    return tomllib.loads((RESOURCES / "demo" / "demo.toml").read_text("utf-8"))


def random_for(part: str) -> random.Random:
    """Random numbers of its own for each part, so that a change in one leaves the others as they are."""
    return random.Random(f"{SEED} {part}")


def actors_of(quarter: str) -> list[str]:
    """Kürzel of the actors at home in a quarter."""
    return [short for short, _, _, home in demo_texts()["actors"]["list"] if home == quarter]


def agreements(session: Session, *stages: Stage, kind: AgreementKind | None = None) -> Sequence[Agreement]:
    """Those at one of these stages (none: at any) and of this kind, in their order."""
    query = select(Agreement).order_by(Agreement.id)
    if stages:
        query = query.where(Agreement.stage.in_(stages))
    if kind is not None:
        query = query.where(Agreement.kind == kind)
    return session.scalars(query).all()


@dataclass(slots=True)
class Making:
    """A demo database while it is being made; ids by Kürzel, name or number."""

    session: Session
    day: date
    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def keep(self, kind: str, rows: Mapping[str, Model]) -> None:
        """Store rows and remember their ids."""
        self.session.add_all(rows.values())
        self.session.flush()
        self.ids.setdefault(kind, {}).update({name: int(row.id) for name, row in rows.items()})

    def id_of(self, kind: str, name: str | None) -> int | None:
        """The id of what was kept under this name; None for no name."""
        return self.ids[kind][name] if name else None

    def ago(self, days: int) -> date:
        """So many days before the demo's day."""
        return self.day - timedelta(days=days)

    def ahead(self, days: int) -> date:
        """So many days after it."""
        return self.day + timedelta(days=days)
