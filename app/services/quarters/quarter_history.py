"""The history of a quarter and its city parts in words, for the tab of its profile."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.master_data.sheets import titles
from app.services.record_changes import HistoryEntry, TableWords, entries
from db.history import record_history
from db.models import CityDistrict, CityPart


def quarter_history(session: Session, quarter_id: int) -> list[HistoryEntry]:
    """Everything that was done to a quarter, newest first."""
    parts = dict(session.execute(select(CityPart.id, CityPart.name)).all())
    districts = dict(session.execute(select(CityDistrict.id, CityDistrict.name)).all())
    words = {
        "quarter": TableWords(titles("Quartiere", notes="Notizen"), names={"city_district_id": districts}),
        "quarter_city_part": TableWords(
            {}, lambda values: f"Stadtteil {parts.get(values.get('city_part_id', 0), 'gelöscht')}"
        ),
    }
    changes = record_history(session, "quarter", quarter_id, owned=(("quarter_city_part", "quarter_id"),))
    return entries(changes, words)
