"""Column profiles: how one kind of finance file is read, chosen once by hand and kept under a name."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.bookings.bookings import BookingField
from app.domain.bookings.read_settings import ReadSettings, from_json
from app.domain.errors import Invalid, UserError
from app.services.records import delete
from db.models import ColumnProfile

NO_NAME = "Bitte dem Spaltenprofil einen Namen geben, zum Beispiel „KSB1“."


@dataclass(frozen=True, slots=True)
class Profile:
    """Field -> header text; an empty text: the file has no such column. `fingerprint` names the header row.

    Without a header there is no fingerprint; then the profile is only found by its name.
    """

    name: str
    columns: Mapping[BookingField, str]
    fingerprint: str | None = None
    settings: ReadSettings = field(default_factory=ReadSettings)


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A profile in the list of all."""

    id: int
    profile: Profile


def names(session: Session) -> list[str]:
    """The names of all profiles, in order."""
    return list(session.scalars(select(ColumnProfile.name).order_by(ColumnProfile.name)))


def rows(session: Session) -> list[ProfileRow]:
    """All profiles, in order of their names."""
    found = session.scalars(select(ColumnProfile).order_by(ColumnProfile.name))
    return [ProfileRow(stored.id, _profile(stored)) for stored in found]


def load(session: Session, name: str) -> Profile:
    """The profile of that name, whatever its case; raises UserError naming those that are there."""
    found = _named(session, name)
    if found is None:
        known = ", ".join(f"„{one}“" for one in names(session))
        advice = f"Vorhanden: {known}." if known else "Es ist noch keines gespeichert."
        raise UserError(f"Ein Spaltenprofil „{name}“ gibt es nicht. {advice}")
    return _profile(found)


def for_headers(session: Session, fingerprints: Collection[str]) -> Profile | None:
    """The profile that was made for a file with one of these header rows, the newest if there are several."""
    found = session.scalar(
        select(ColumnProfile)
        .where(ColumnProfile.fingerprint.in_(fingerprints))
        .order_by(ColumnProfile.id.desc())
        .limit(1)
    )
    return _profile(found) if found is not None else None


def save(session: Session, profile: Profile) -> int:
    """Create a profile, or change the one of that name, whatever its case; raises Invalid."""
    name = profile.name.strip()
    if not name:
        raise Invalid({"name": NO_NAME})
    stored = _named(session, name) or ColumnProfile(name=name)
    stored.fingerprint = profile.fingerprint or None
    stored.columns = json.dumps({of.value: text for of, text in profile.columns.items()}, ensure_ascii=False)
    stored.settings = json.dumps(profile.settings.as_json(), ensure_ascii=False)
    session.add(stored)
    session.flush()
    return int(stored.id)


def rename(session: Session, profile_id: int, name: str) -> None:
    """Give a profile another name; raises Invalid. Deliveries keep the name they were read with."""
    name = name.strip()
    if not name:
        raise Invalid({"name": NO_NAME})
    other = _named(session, name)
    if other is not None and other.id != profile_id:
        raise Invalid(
            {"name": f"Ein Spaltenprofil „{other.name}“ gibt es schon. Bitte einen anderen Namen wählen."}
        )
    session.get_one(ColumnProfile, profile_id).name = name


def remove(session: Session, *profile_ids: int) -> None:
    """Delete profiles; bookings that came with them stay."""
    delete(session, ColumnProfile, *profile_ids)


def _named(session: Session, name: str) -> ColumnProfile | None:
    """The same name exactly, else in another case (SQL folds only plain letters)."""
    name = name.strip()
    return session.scalar(select(ColumnProfile).where(ColumnProfile.name == name)) or session.scalar(
        select(ColumnProfile).where(func.lower(ColumnProfile.name) == name.lower())
    )


def _profile(stored: ColumnProfile) -> Profile:
    columns = {BookingField(of): text for of, text in json.loads(stored.columns).items()}
    settings = replace(from_json(json.loads(stored.settings)), header_mark=stored.fingerprint or "")
    return Profile(stored.name, columns, stored.fingerprint, settings)
