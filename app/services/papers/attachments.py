"""Files of agreements: which there are, what they belong to, where the same file lies already."""

from dataclasses import asdict, dataclass
from datetime import datetime
from mimetypes import guess_type

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.dates import german
from app.domain.errors import Invalid
from app.services.records import delete, filled
from db.attachments import Stored
from db.models import Actor, Agreement, Amendment, Attachment, Goal, GoalReport, Party


@dataclass(frozen=True, slots=True)
class Belonging:
    """What a file belongs to: an agreement, and perhaps one thing of it. `is_scan`: of what was signed."""

    agreement_id: int
    party_id: int | None = None
    amendment_id: int | None = None
    goal_report_id: int | None = None
    is_scan: bool = False


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file as it is listed. `size` in bytes; `about` says in German what it belongs to, empty: the agreement."""

    id: int
    number: str
    file_name: str
    size: int
    sha256: str
    added_at: datetime
    note: str | None
    about: str
    belongs: Belonging


def rows(session: Session, agreement_id: int) -> list[AttachmentRow]:
    """The files of an agreement, newest first."""
    return _rows(session, _query().where(Attachment.agreement_id == agreement_id))


def of_report(session: Session, goal_report_id: int) -> list[AttachmentRow]:
    """The evidence of a report on a goal, newest first."""
    return _rows(session, _query().where(Attachment.goal_report_id == goal_report_id))


def load(session: Session, attachment_id: int) -> AttachmentRow:
    """One file."""
    (row,) = _rows(session, _query().where(Attachment.id == attachment_id))
    return row


def add(
    session: Session,
    belongs: Belonging,
    file_name: str,
    stored: Stored,
    at: datetime,
    note: str | None = None,
) -> int:
    """Note a stored file; its id. The same content may be noted as often as she likes."""
    record = Attachment(
        **asdict(belongs),
        file_name=file_name,
        media_type=guess_type(file_name)[0],
        size=stored.size,
        sha256=stored.sha256,
        added_at=at,
        note=note,
    )
    session.add(record)
    session.flush()
    return record.id


def twins(session: Session, sha256: str, *, but: int | None = None) -> list[AttachmentRow]:
    """Where the same content lies already, `but` one."""
    return [row for row in _rows(session, _query().where(Attachment.sha256 == sha256)) if row.id != but]


@dataclass(frozen=True, slots=True)
class Description:
    """What she can say of a file: its name, a note, and the party it is from or for (None: the whole agreement)."""

    file_name: str
    note: str | None = None
    party_id: int | None = None


def describe(session: Session, attachment_id: int, data: Description) -> None:
    """Describe a file otherwise; the content stays. Raises Invalid for a name that no system takes."""
    name = data.file_name.strip()
    if not name:
        raise Invalid({"file_name": "Bitte einen Namen eintragen."})
    if set(name) & set('/\\:*?"<>|') or not name.isprintable():
        raise Invalid({"file_name": 'Diese Zeichen gehen in Dateinamen nicht: / \\ : * ? " < > |'})
    record = session.get_one(Attachment, attachment_id)
    record.file_name, record.note, record.party_id = name, (data.note or "").strip() or None, data.party_id


def remove(session: Session, attachment_id: int) -> None:
    """Take the file from the list. Its content stays in the folder, so undo and older backups find it."""
    delete(session, Attachment, attachment_id)


def _query() -> Select[Attachment, str, str, int, str, GoalReport]:
    return (
        select(Attachment, Agreement.number, Actor.name, Amendment.nr, Goal.nr, GoalReport)
        .join(Agreement, Agreement.id == Attachment.agreement_id)
        .outerjoin(Party, Party.id == Attachment.party_id)
        .outerjoin(Actor, Actor.id == Party.actor_id)
        .outerjoin(Amendment, Amendment.id == Attachment.amendment_id)
        .outerjoin(GoalReport, GoalReport.id == Attachment.goal_report_id)
        .outerjoin(Goal, Goal.id == GoalReport.goal_id)
        .order_by(Attachment.added_at.desc(), Attachment.id.desc())
    )


def _rows(
    session: Session,
    query: Select[Attachment, str, str, int, str, GoalReport],
) -> list[AttachmentRow]:
    return [
        filled(
            AttachmentRow,
            one,
            number=number,
            about=_about(one, party, amendment, goal, report),
            belongs=filled(Belonging, one),
        )
        for one, number, party, amendment, goal, report in session.execute(query)
    ]


def _about(
    one: Attachment, party: str | None, amendment: int | None, goal: str | None, report: GoalReport | None
) -> str:
    parts = []
    if one.is_scan:
        parts.append(f"Unterschrift von {party}" if party else "Unterschriebene Fassung")
    elif party:
        parts.append(party)
    if amendment is not None:
        parts.append(f"Nachtrag {amendment}")
    if report is not None:
        parts.append(f"Bericht zu Ziel {goal} vom {german(report.day)}")
    return ", ".join(parts)
