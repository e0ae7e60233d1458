"""Address labels for the parties of agreements, or for actors: who gets one, and the sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.reports.glyphs import named, unprintable
from app.reports.papers.address_labels import LabelFormat, labels_pdf
from app.services import office
from app.services.agreements import recipients
from app.services.agreements.recipients import Recipient
from app.workflows.papers.serial_plan import Audience, SerialSelection, chosen


@dataclass(frozen=True, slots=True)
class LabelRow:
    """An address. `lacks`: what of it is not known, as German words."""

    id: int
    actor_id: int
    who: str
    lines: tuple[str, ...]
    lacks: str


def label_rows(session: Session, selection: SerialSelection, audience: Audience, on: date) -> list[LabelRow]:
    """Who gets a label on that day, in the order of the records; nobody gets two."""
    found: dict[tuple[int, int | None], Recipient] = {}
    for to in _recipients(session, selection, audience, on):
        found.setdefault((to.actor_id, to.contact_id), to)
    return [
        LabelRow(place, to.actor_id, to.label, to.lines, _lacks(to))
        for place, to in enumerate(found.values())
    ]


def labels(
    session: Session,
    rows: Sequence[LabelRow],
    on: LabelFormat,
    *,
    first: int = 1,
    sender: bool = False,
    frames: bool = False,
) -> bytes:
    """The sheets as PDF. `sender`: with the office's address above. Raises Invalid for measures that do not fit."""
    return labels_pdf(
        [row.lines for row in rows], on, first=first, sender=_sender(session) if sender else "", frames=frames
    )


def _lacks(to: Recipient) -> str:
    signs = unprintable("".join(to.lines))
    return ", ".join(filter(None, (to.lacks, f"druckbares Zeichen statt {named(signs)}" if signs else "")))


def _recipients(
    session: Session, selection: SerialSelection, audience: Audience, on: date
) -> Iterator[Recipient]:
    for agreement_id in selection.agreements:
        yield from chosen(recipients.of_agreement(session, agreement_id, on), audience)
    for actor_id in selection.actors:
        yield from chosen(recipients.of_actor(session, actor_id, on), audience)


def _sender(session: Session) -> str:
    own = office.load(session)
    place = f"{own.postcode} {own.city}".strip()
    return " · ".join(filter(None, (own.authority or own.name, own.street, place)))
