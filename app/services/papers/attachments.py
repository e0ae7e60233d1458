"""Files of agreements: which there are, what they belong to, where the same file lies already."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from mimetypes import guess_type

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.dates import german
from app.domain.errors import Invalid, UserError, refuse
from app.services.agreements import signed
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
    replaced_on: date | None = None
    replaced_because: str | None = None

    @property
    def fate(self) -> str:
        """What became of a scan that counts no more, in German; empty while it counts."""
        if self.replaced_on is None:
            return ""
        return f"ersetzt am {german(self.replaced_on)}, weil: {self.replaced_because}"


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


def replace(
    session: Session, attachment_id: int, file_name: str, stored: Stored, at: datetime, because: str
) -> int:
    """Another scan in place of one that is signed; the old one stays and says since when and why it counts no more.

    The id of the new one. Raises Invalid without a reason.
    """
    if not because.strip():
        refuse({"reason": "Bitte eintragen, warum der Scan ersetzt wird."})
    old = session.get_one(Attachment, attachment_id)
    old.replaced_on, old.replaced_because = at.date(), because.strip()
    return add(session, filled(Belonging, old), file_name, stored, at)


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
    """Describe a file otherwise; the content stays.

    Raises Invalid for a name that no system takes, and where the scan of something signed would belong elsewhere.
    """
    name = data.file_name.strip()
    if not name:
        raise Invalid({"file_name": "Bitte einen Namen eintragen."})
    if set(name) & set('/\\:*?"<>|') or not name.isprintable():
        raise Invalid({"file_name": 'Diese Zeichen gehen in Dateinamen nicht: / \\ : * ? " < > |'})
    record = session.get_one(Attachment, attachment_id)
    if data.party_id != record.party_id and _is_signed_scan(session, record):
        raise Invalid({"party_id": "Der Scan gehört zu einer Unterschrift und bleibt bei ihr."})
    record.file_name, record.note, record.party_id = name, (data.note or "").strip() or None, data.party_id


def remove(session: Session, attachment_id: int) -> None:
    """Take the file from the list. Its content stays in the folder, so undo and older backups find it.

    Raises UserError for the scan of something signed: it can only be replaced.
    """
    record = session.get_one(Attachment, attachment_id)
    if _is_signed_scan(session, record):
        raise UserError(
            f"„{record.file_name}“ ist der Scan einer unterschriebenen Fassung und bleibt in der Akte. "
            "Ein falscher Scan lässt sich mit „Ersetzen …“ durch den richtigen ersetzen; beide bleiben lesbar."
        )
    delete(session, Attachment, attachment_id)


def _is_signed_scan(session: Session, record: Attachment) -> bool:
    if not record.is_scan:
        return False
    if record.amendment_id is not None:
        return signed.is_amendment_signed(session, record.amendment_id)
    return signed.is_signed(session, record.agreement_id)


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
    if one.replaced_on is not None:
        parts.append("ersetzt")
    if report is not None:
        parts.append(f"Bericht zu Ziel {goal} vom {german(report.day)}")
    return ", ".join(parts)
