"""The office's own letterhead: who writes, with which logo, who signs for the city."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.clean_text import trimmed
from app.domain.errors import refuse
from db.models import Picture, Setting

LOGO_LIMIT = 2 * 1024 * 1024
"""Bytes; a logo is a picture in every paper, so it stays small."""

_PREFIX = "office."
_LOGO = "logo"
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs papers for the city."""

    name: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class OfficeInput:
    """What stands in the letterhead. Empty texts are allowed: a paper lists them as missing."""

    name: str = ""  # of the office: "Alter im Quartier"
    authority: str = ""  # who becomes party of an agreement: "Landeshauptstadt Hannover"
    head: str = ""  # in whose person it acts: "Der Oberbürgermeister"
    department: str = ""  # "Fachbereich Senioren"
    street: str = ""
    postcode: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    contact_person: str = ""
    funding_notice: str = ""  # the sentence funded activities must carry in public
    data_protection_officer: str = ""  # name or office, as people are told of it
    data_protection_contact: str = ""  # how to reach the officer
    supervisory_authority: str = ""  # empty: that of Lower Saxony
    income_account_classes: str = ""  # first digits of accounts that are income; empty: 3 and 6
    signatories: tuple[Signatory, ...] = ()
    logo: bytes | None = None  # PNG or JPEG


_TEXTS = tuple(f.name for f in fields(OfficeInput) if f.name not in ("signatories", "logo"))


def load(session: Session) -> OfficeInput:
    """The office as stored; empty fields in a new database."""
    stored = dict(
        session.execute(select(Setting.name, Setting.value).where(Setting.name.startswith(_PREFIX))).all()
    )
    texts = {name: stored.get(_PREFIX + name, "") for name in _TEXTS}
    people = json.loads(stored.get(_PREFIX + "signatories", "[]"))
    logo = session.scalar(select(Picture.content).where(Picture.name == _LOGO))
    return OfficeInput(**texts, signatories=tuple(Signatory(**person) for person in people), logo=logo)


def save(session: Session, office: OfficeInput) -> None:
    """Keep the office. Raises Invalid: the name is needed, e-mail and logo must be what they claim."""
    refuse(dict(_problems(office)))
    values = {name: trimmed(str(getattr(office, name))) for name in _TEXTS}
    people = [
        {"name": trimmed(p.name), "function": trimmed(p.function)}
        for p in office.signatories
        if trimmed(p.name)
    ]
    values["signatories"] = json.dumps(people, ensure_ascii=False) if people else ""
    for name, value in values.items():
        _keep(session, _PREFIX + name, value)
    _keep_logo(session, office.logo)


def is_named(session: Session) -> bool:
    """Has somebody said whose office this database belongs to? Asked at the first start."""
    return bool(session.scalar(select(Setting.value).where(Setting.name == _PREFIX + "name")))


def picture_type(content: bytes) -> str | None:
    """Media type of a picture that papers can carry, or None."""
    return next((kind for start, kind in _SIGNATURES.items() if content.startswith(start)), None)


def _problems(office: OfficeInput) -> Iterator[tuple[str, str]]:
    if not trimmed(office.name):
        yield "name", "Bitte den Namen des Büros eintragen, zum Beispiel „Alter im Quartier“."
    if office.email.strip() and "@" not in office.email.strip("@ "):
        yield "email", "Das ist keine E-Mail-Adresse. Beispiel: quartier@hannover-stadt.de"
    if not set(office.income_account_classes.replace(" ", "")) <= set("0123456789"):
        yield (
            "income_account_classes",
            "Bitte nur Ziffern eintragen, zum Beispiel 36 für die Klassen 3 und 6.",
        )
    if any(not trimmed(p.name) and trimmed(p.function) for p in office.signatories):
        yield "signatories", "Zu jeder Funktion gehört der Name der Person, die unterschreibt."
    if office.logo is not None and picture_type(office.logo) is None:
        yield "logo", "Das Logo muss ein PNG- oder JPEG-Bild sein."
    elif office.logo is not None and len(office.logo) > LOGO_LIMIT:
        yield "logo", "Das Logo ist größer als 2 MB. Bitte ein kleineres Bild wählen."


def _keep(session: Session, name: str, value: str) -> None:
    row = session.scalar(select(Setting).where(Setting.name == name))
    if row is None and value:
        session.add(Setting(name=name, value=value))
    elif row is not None and not value:
        session.delete(row)
    elif row is not None and row.value != value:
        row.value = value


def _keep_logo(session: Session, content: bytes | None) -> None:
    if content is None:
        session.execute(delete(Picture).where(Picture.name == _LOGO))
        return
    media_type = picture_type(content) or ""
    row = session.scalar(select(Picture).where(Picture.name == _LOGO))
    if row is None:
        session.add(Picture(name=_LOGO, media_type=media_type, content=content))
    elif row.content != content:
        row.content, row.media_type = content, media_type
