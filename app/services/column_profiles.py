"""How the columns of one kind of finance file are read, assigned once by hand and kept under a name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.bookings import Field
from app.domain.errors import Invalid, UserError
from db.models import ColumnProfile


@dataclass(frozen=True, slots=True)
class Profile:
    """Field -> header text; an empty text: the file has no such column. `fingerprint` names the header row."""

    name: str
    columns: Mapping[Field, str]
    fingerprint: str | None = None


def names(session: Session) -> list[str]:
    """The names of all profiles, in order."""
    return list(session.scalars(select(ColumnProfile.name).order_by(ColumnProfile.name)))


def load(session: Session, name: str) -> Profile:
    """The profile of that name, whatever its case; raises UserError naming those that are there."""
    found = session.scalar(
        select(ColumnProfile).where(func.lower(ColumnProfile.name) == name.strip().lower())
    ) or session.scalar(select(ColumnProfile).where(ColumnProfile.name == name.strip()))
    if found is None:
        known = ", ".join(f"„{one}“" for one in names(session))
        advice = f"Vorhanden: {known}." if known else "Es ist noch keines gespeichert."
        raise UserError(f"Ein Spaltenprofil „{name}“ gibt es nicht. {advice}")
    return _profile(found)


def for_headers(session: Session, fingerprint: str) -> Profile | None:
    """The profile that was made for a file with the same headers, the newest if there are several."""
    found = session.scalar(
        select(ColumnProfile)
        .where(ColumnProfile.fingerprint == fingerprint)
        .order_by(ColumnProfile.id.desc())
        .limit(1)
    )
    return _profile(found) if found is not None else None


def save(session: Session, profile: Profile) -> int:
    """Create a profile, or change the one of that name; raises Invalid."""
    name = profile.name.strip()
    if not name:
        raise Invalid({"name": "Bitte dem Spaltenprofil einen Namen geben, zum Beispiel „KSB1“."})
    stored = session.scalar(select(ColumnProfile).where(ColumnProfile.name == name)) or ColumnProfile(
        name=name
    )
    stored.fingerprint = profile.fingerprint
    stored.columns = json.dumps({of.value: text for of, text in profile.columns.items()}, ensure_ascii=False)
    session.add(stored)
    session.flush()
    return int(stored.id)


def remove(session: Session, name: str) -> None:
    """Delete a profile; bookings that came with it stay."""
    session.delete(session.scalars(select(ColumnProfile).where(ColumnProfile.name == name)).one())


def _profile(stored: ColumnProfile) -> Profile:
    columns = {Field(of): text for of, text in json.loads(stored.columns).items()}
    return Profile(stored.name, columns, stored.fingerprint)
