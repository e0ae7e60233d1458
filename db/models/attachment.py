"""Files that belong to a record, kept beside the database under the hash of their content."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import FileName, Model, key, may_lose, owned


class Attachment(Model):
    """A file of an agreement: a paper from or for a party, the evidence of a report on a goal, anything.

    `is_scan`: the scan of what was signed, by the party of `party_id`, without one by the city or by all together.

    `replaced_on`: a newer scan counts since then; this one stays to be read.

    The bytes lie in the folder of attachments under `sha256`; the same content is kept once.
    """

    __tablename__ = "attachment"

    id: Mapped[int] = key()
    agreement_id: Mapped[int] = owned("agreement.id")
    party_id: Mapped[int | None] = may_lose("party.id")
    amendment_id: Mapped[int | None] = may_lose("amendment.id")
    goal_report_id: Mapped[int | None] = may_lose("goal_report.id")
    file_name: Mapped[str] = mapped_column(FileName)
    media_type: Mapped[str | None]
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(index=True)
    added_at: Mapped[datetime]
    note: Mapped[str | None]
    is_scan: Mapped[bool] = mapped_column(default=False)
    replaced_on: Mapped[date | None]
    replaced_because: Mapped[str | None]
