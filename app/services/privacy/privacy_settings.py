"""How long things are kept for people's sake or in spite of it: each a field with a default, and where that is from."""

from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import refuse
from db.models import Setting

_PREFIX = "privacy."


@dataclass(frozen=True, slots=True)
class PrivacyInput:
    """`copy_days`: so long older backups may hold a person who was erased. The years are assumed until she confirms
    them with the city's own rules.
    """

    copy_days: int | None = 30
    agreement_years: int | None = 10
    booking_years: int | None = 10


def load(session: Session) -> PrivacyInput:
    """As stored, else the defaults."""
    stored = dict(
        session.execute(select(Setting.name, Setting.value).where(Setting.name.startswith(_PREFIX))).all()
    )
    known = {name.removeprefix(_PREFIX): int(value) for name, value in stored.items()}
    return PrivacyInput(**known)


def save(session: Session, data: PrivacyInput) -> None:
    """Keep them. Raises Invalid for what is no sensible time."""
    problems = {}
    if data.copy_days is None or not 0 <= data.copy_days <= 730:
        problems["copy_days"] = "Bitte 0 bis 730 Tage eintragen."
    for name in ("agreement_years", "booking_years"):
        years = getattr(data, name)
        if years is None or not 0 <= years <= 100:
            problems[name] = "Bitte 0 bis 100 Jahre eintragen."
    refuse(problems)
    for field in fields(data):
        row = session.scalar(select(Setting).where(Setting.name == _PREFIX + field.name))
        value = str(getattr(data, field.name))
        if row is None:
            session.add(Setting(name=_PREFIX + field.name, value=value))
        elif row.value != value:
            row.value = value
