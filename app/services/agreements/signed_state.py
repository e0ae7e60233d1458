"""What an agreement says, kept at its first signature; refuses what would change it after that."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.what_is_signed import AGREED, Place, State, Stored, changed_after_signing, refusal
from app.domain.errors import Invalid
from app.services.agreements import agreed, agreement_text, signed
from app.services.agreements.agreed import AS_SIGNED
from app.services.papers import papers
from db.models import (
    Agreement,
    AgreementClause,
    CitySignature,
    Instalment,
    Paper,
    Party,
    SignedState,
    TemplateVersion,
)

_KEYS = {
    "party": "actor_id",
    "city_signature": "seat",
    "goal": "nr",
    "instalment": "nr",
    "agreement_clause": "position",
}
"""What names a row of a table within its agreement."""


def state(session: Session, agreement_id: int, on: date | None = None) -> State:
    """All that is agreed on a day (None: today), with the amendments that act by then."""
    return _expanded(session, _content(session, agreement_id, on or date.today()))


def days_of(session: Session, agreement_id: int) -> list[date]:
    """The days on which something else is agreed: as signed, today, and from each signed amendment on."""
    amendments = agreed.amendments_of(session, agreement_id).get(agreement_id, ())
    return sorted({AS_SIGNED, date.today(), *(one.effective_from for one in amendments)})


@contextmanager
def kept(session: Session, agreement_id: int | None) -> Iterator[None]:
    """What is done inside must leave what is agreed as it is, once the agreement is signed.

    Raises Invalid naming the fields, unless it is a correction. With the first signature, what is agreed is kept.
    """
    if agreement_id is None:
        yield
        return
    was_signed = signed.is_signed(session, agreement_id)
    guarded = was_signed and not signed.is_correcting(session, agreement_id)
    days = days_of(session, agreement_id) if guarded else []
    before = [state(session, agreement_id, day) for day in days]
    since = signed.since(session, agreement_id) if guarded else None
    yield
    session.flush()
    for day, was in zip(days, before, strict=True):
        _refuse(was, state(session, agreement_id, day), since)
    settle(session, agreement_id, at_signature=not was_signed)


def settle(session: Session, agreement_id: int, *, at_signature: bool) -> None:
    """Keep what is agreed if it is signed and that was not kept yet; forget it when no signature is left.

    The printed paper that is out for signature says what is signed.
    """
    kept_state = _record(session, agreement_id)
    if not signed.is_signed(session, agreement_id):
        if kept_state is not None:
            session.delete(kept_state)
        return
    if kept_state is None:
        printed = _printed(session, agreement_id) if at_signature else None
        session.add(
            SignedState(
                agreement_id=agreement_id,
                since=signed.since(session, agreement_id),
                at_signature=at_signature,
                content=printed or content(session, agreement_id),
            )
        )


def settle_all(session: Session, *, at_signature: bool = False) -> None:
    """Keep what is agreed of all that are signed and of which it is not kept yet, as those from a list."""
    known = select(SignedState.agreement_id)
    for agreement_id in session.scalars(select(Agreement.id).where(Agreement.id.not_in(known))).all():
        settle(session, agreement_id, at_signature=at_signature)


def content(session: Session, agreement_id: int) -> str:
    """What is signed, without the amendments that came later, as it is kept beside a paper or a signature."""
    found = _content(session, agreement_id, AS_SIGNED)
    values = [[*place, value] for place, value in found["values"].items()]
    return json.dumps({"template": found["template"], "values": values}, ensure_ascii=False)


def kept_state(session: Session, agreement_id: int) -> tuple[State, date | None, bool] | None:
    """What was signed, since when, and whether it was kept at the signature; None: it was not kept."""
    record = _record(session, agreement_id)
    return None if record is None else (_read(session, record.content), record.since, record.at_signature)


def printed_state(session: Session, agreement_id: int) -> State | None:
    """What the paper says that is out for signature; None without one."""
    printed = _printed(session, agreement_id)
    return None if printed is None else _read(session, printed)


def _refuse(before: State, after: State, since: date | None) -> None:
    changed = changed_after_signing(before, after)
    if changed:
        sentence = refusal([one.place.words for one in changed], since)
        raise Invalid({one.place.field: sentence for one in changed})


def _record(session: Session, agreement_id: int) -> SignedState | None:
    return session.scalar(select(SignedState).where(SignedState.agreement_id == agreement_id))


def _printed(session: Session, agreement_id: int) -> str | None:
    valid = papers.valid(session, agreement_id)
    return None if valid is None else session.get_one(Paper, valid.id).agreed


def _content(session: Session, agreement_id: int, on: date) -> dict[str, Any]:
    """The values; `template`: the version whose clauses hold, while the agreement has no wording of its own."""
    record = session.get_one(Agreement, agreement_id)
    amended = {
        Place("agreement", "", name): stored(value)
        for name, value in agreed.acting_of(session, agreement_id, on).values.items()
    }
    values = _filled(_values("agreement", "", record) | amended)
    further = CitySignature.agreement_id == agreement_id, CitySignature.amendment_id.is_(None)
    own = session.scalars(select(AgreementClause).where(AgreementClause.agreement_id == agreement_id)).all()
    rows: Mapping[str, Iterable[Any]] = {
        "party": session.scalars(
            select(Party).where(
                Party.agreement_id == agreement_id, agreed.is_party(session, on, agreement_id)
            )
        ),
        "city_signature": session.scalars(select(CitySignature).where(*further)),
        "goal": agreed.goals(session, on, agreement_id),
        "instalment": session.scalars(select(Instalment).where(Instalment.agreement_id == agreement_id)),
        "agreement_clause": own,
    }
    for table, found in rows.items():
        for row in found:
            values |= _filled(_values(table, str(getattr(row, _KEYS[table])), row))
    version = None if own else agreement_text.template_version(session, record)
    return {"template": version.id if version else None, "values": values}


def _read(session: Session, stored: str) -> State:
    found = json.loads(stored)
    values = {Place(table, row, column): value for table, row, column, value in found["values"]}
    return _expanded(session, {"template": found["template"], "values": values})


def _expanded(session: Session, found: dict[str, Any]) -> State:
    """With the clauses of the template, where they hold."""
    values: dict[Place, Stored] = found["values"]
    version = session.get(TemplateVersion, found["template"]) if found["template"] else None
    for row in agreement_text.template_rows(session, version):
        values |= _filled(_values("agreement_clause", str(row.position), row))
    return values


def _values(table: str, row: str, source: Any) -> dict[Place, Stored]:
    """The agreed columns of a row; what names the row is no value of it."""
    columns = (name for name in AGREED[table] if name != _KEYS.get(table))
    return {Place(table, row, name): stored(getattr(source, name)) for name in columns}


def _filled(values: Mapping[Place, Stored]) -> dict[Place, Stored]:
    """Those that say something."""
    return {place: value for place, value in values.items() if value is not None}


def stored(value: Any) -> Stored:
    """A value as the change log writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return (str(value) or None) if isinstance(value, str) else value
