"""Whether a row has to stay although a person in it wants to be forgotten: signed, printed or booked."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.agreements.agreements import Stage
from app.domain.agreements.term import final_end
from app.domain.privacy.findings import Kept
from app.domain.privacy.personal_data import Keep, PersonalTable
from app.services.agreements import agreed, signed
from app.services.privacy import privacy_settings
from app.services.privacy.belonging import Owners
from db.models import Agreement, Batch, Booking, StageChange


@dataclass
class Keeping:
    """Answers for many rows of one day, asking for each agreement once."""

    session: Session
    on: date
    owners: Owners
    _signed: dict[int, Kept | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._years = privacy_settings.load(self.session)

    def of(self, entry: PersonalTable, row_id: int) -> Kept | None:
        """Why the row stays; None if it need not, or need no longer."""
        kept = self._kept(entry, row_id)
        over = kept is not None and kept.until is not None and kept.until < self.on
        return None if over and entry.keep is not Keep.PAPER else kept  # a printed paper never changes

    def _kept(self, entry: PersonalTable, row_id: int) -> Kept | None:
        match entry.keep:
            case Keep.NOTHING:
                return None
            case Keep.BOOKING:
                years = self._years.booking_years or 0
                return Kept(entry.keep, years, _end_of(self._booked_in(entry.table, row_id), years))
        owners = self.owners.of(entry.table, row_id)
        agreement_id, amendment_id = owners.get("agreement"), owners.get("amendment")
        if agreement_id is None:
            return None
        if entry.keep is Keep.PAPER:
            return self._of_agreement(agreement_id)
        by_amendment = amendment_id is not None and entry.table.startswith("amendment")
        is_signed = (
            signed.is_amendment_signed(self.session, amendment_id)
            if by_amendment and amendment_id is not None
            else signed.is_signed(self.session, agreement_id)
        )
        return self._of_agreement(agreement_id) if is_signed else None

    def _of_agreement(self, agreement_id: int) -> Kept:
        if agreement_id not in self._signed:
            years = self._years.agreement_years or 0
            end = self._end(agreement_id)
            until = None if end is None else _end_of(end.year, years)
            self._signed[agreement_id] = Kept(Keep.SIGNED, years, until)
        found = self._signed[agreement_id]
        assert found is not None
        return found

    def _end(self, agreement_id: int) -> date | None:
        end = final_end(agreed.term(self.session, agreement_id, self.on))
        record = self.session.get_one(Agreement, agreement_id)
        if end is None and record.stage is Stage.ENDED:
            came = select(StageChange.day).where(
                StageChange.agreement_id == agreement_id, StageChange.stage == Stage.ENDED
            )
            end = self.session.scalar(came.order_by(StageChange.id.desc()).limit(1))
        return end

    def _booked_in(self, table: str, row_id: int) -> int:
        if table == Batch.__tablename__:
            return self.session.get_one(Batch, row_id).imported_at.year
        return self.session.get_one(Booking, row_id).budget_year


def _end_of(year: int, years: int) -> date:
    """Time to keep runs from the end of a year."""
    return date(min(year + years, date.max.year), 12, 31)
