"""Lists those who sign an agreement, and who of them has not yet: the city first, then its parties in their order."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import BEFORE_BINDING, Stage
from app.domain.privacy.people import remaining
from app.services import office
from app.services.agreements import agreed
from app.services.agreements.agreed import AS_SIGNED
from app.services.agreements.agreement_terms import parties_of
from db.models import Actor, Agreement, Amendment, AmendmentSignature, CitySignature, Contact, Party


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """Somebody who signs; `party_id` None: the city. `people`: who may sign, the usual one first.

    `seat`: where several people sign for the city, the place of this one among them, from 1.
    """

    party_id: int | None
    name: str
    people: tuple[str, ...]
    signed_on: date | None
    signed_by: str | None
    seat: int = 1

    @property
    def is_further(self) -> bool:
        """Whether somebody signs beside the first of the same side."""
        return self.seat > 1


def rows(session: Session, agreement_id: int) -> list[SignatoryRow]:
    """All who sign this agreement; who joins later signs the amendment."""
    return city(session, session.get_one(Agreement, agreement_id)) + [
        SignatoryRow(party.id, actor.name, _people(session, party, actor), party.signed_on, party.signed_by)
        for party, actor in parties_of(session, agreement_id, AS_SIGNED)
    ]


def of_amendment(session: Session, record: Amendment) -> list[SignatoryRow]:
    """All who sign an amendment, with the day on which they did."""
    signed = _signatures(session, record.id)
    found = city(session, record)
    for party, actor in amendment_parties(session, record):
        who = SignatoryRow(party.id, actor.name, _people(session, party, actor), None, None)
        if (one := signed.get(party.id)) is not None:
            who = replace(who, signed_on=one.signed_on, signed_by=one.signed_by)
        found.append(who)
    return found


def amendment_parties(session: Session, record: Amendment) -> list[tuple[Party, Actor]]:
    """The parties that sign an amendment: those of its day without it, and who joins or leaves with it.

    Once all have signed it is theirs, whoever is party of its day by another amendment.
    """
    hidden = agreed.hidden_parties(session, record.effective_from or date.today(), record.agreement_id)
    signed = _signatures(session, record.id)

    def signs(party: Party) -> bool:
        if party.id in signed or record.stage is Stage.SIGNED:
            return party.id in signed
        return party.id not in hidden or record.id in (party.joins_with, party.leaves_with)

    return [found for found in parties_of(session, record.agreement_id, None) if signs(found[0])]


def _signatures(session: Session, amendment_id: int) -> dict[int, AmendmentSignature]:
    query = select(AmendmentSignature).where(AmendmentSignature.amendment_id == amendment_id)
    return {one.party_id: one for one in session.scalars(query)}


def city(session: Session, record: Agreement | Amendment) -> list[SignatoryRow]:
    """Who signs an agreement or an amendment for the city: each of those whom the office names, all are needed.

    What all had signed before the office named another one stays signed.
    """
    own = office.load(session)
    people = [(one.name, _named(one.name, one.function)) for one in own.signatories]
    signed: dict[int, tuple[date | None, str | None]] = {1: (record.city_signed_on, record.city_signed_by)}
    signed |= {one.seat: (one.signed_on, one.signed_by) for one in session.scalars(_further(record))}
    names = {text: name for name, text in people}
    needed = len(people) if record.signed_on is None or record.stage in BEFORE_BINDING else 1
    seats = range(1, max(needed, *signed) + 1)
    found = []
    for seat in seats:
        day, by = signed.get(seat, (None, None))
        usual = people[seat - 1 : seat]
        person = names.get(by, by) if by else usual[0][0] if usual else ""
        name = f"{city_name(session)} ({person})" if len(seats) > 1 and person else ""
        may_sign = dict.fromkeys(text for _, text in [*usual, *people])
        found.append(SignatoryRow(None, name or city_name(session), tuple(may_sign), day, by, seat))
    return found


def sign_for_city(
    session: Session, record: Agreement | Amendment, seat: int, day: date | None, by: str | None
) -> None:
    """Note when somebody signed for the city, or that nobody did (`day` None)."""
    if seat == 1:
        record.city_signed_on, record.city_signed_by = day, by
        return
    found = session.scalar(_further(record).where(CitySignature.seat == seat))
    if day is None:
        if found is not None:
            session.delete(found)
    elif found is not None:
        found.signed_on, found.signed_by = day, by
    else:
        agreement_id, amendment_id = _under(record)
        session.add(
            CitySignature(
                agreement_id=agreement_id, amendment_id=amendment_id, seat=seat, signed_on=day, signed_by=by
            )
        )
    session.flush()


def _further(record: Agreement | Amendment) -> Select[CitySignature]:
    agreement_id, amendment_id = _under(record)
    return select(CitySignature).where(
        CitySignature.agreement_id == agreement_id,
        CitySignature.amendment_id == amendment_id,
    )


def _under(record: Agreement | Amendment) -> tuple[int, int | None]:
    return (record.id, None) if isinstance(record, Agreement) else (record.agreement_id, record.id)


def parties(session: Session, agreement_id: int, on: date | None = None) -> list[tuple[int, str]]:
    """The parties of a day (None: of any) besides the city, to choose from: id and name."""
    return [(party.id, actor.name) for party, actor in parties_of(session, agreement_id, on)]


def unsigned(session: Session, agreement_id: int) -> list[str]:
    """The names of those who have not signed."""
    return [row.name for row in rows(session, agreement_id) if row.signed_on is None]


def city_name(session: Session) -> str:
    """Who becomes party of an agreement on the side of the city."""
    own = office.load(session)
    return own.authority or own.name or "Stadt"


def _people(session: Session, party: Party, actor: Actor) -> tuple[str, ...]:
    """Who represents the party in this agreement, who usually does, and its contacts."""
    contacts = session.execute(
        select(Contact.first_name, Contact.last_name, Contact.function)
        .where(Contact.actor_id == actor.id)
        .order_by(Contact.last_name, Contact.first_name)
    )
    found = [
        _named(remaining(party.represented_by), party.function or ""),
        _named(remaining(actor.represented_by), actor.function or ""),
        *(_named(f"{first or ''} {last}".strip(), function or "") for first, last, function in contacts),
    ]
    return tuple(dict.fromkeys(person for person in found if person))


def _named(name: str, function: str) -> str:
    return ", ".join(part for part in (name.strip(), function.strip()) if part) if name.strip() else ""
