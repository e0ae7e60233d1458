"""Papers about privacy from what is stored now, each with a name for its file."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.file_names import safe_name
from app.reports.privacy.concepts import deletion_paper, record_paper
from app.reports.privacy.paper import PrivacyPaper
from app.services import office
from app.services.privacy import erasures, privacy_settings


def record(session: Session, on: date, *, is_encrypted: bool) -> PrivacyPaper:
    """The record of processing activities; `is_encrypted`: whether the file is."""
    return record_paper(office.load(session), privacy_settings.load(session), on, is_encrypted=is_encrypted)


def deletion_concept(session: Session, on: date) -> PrivacyPaper:
    """The deletion concept."""
    return deletion_paper(office.load(session), privacy_settings.load(session), on, erasures.rows(session))


def file_name(kind: str, on: date, suffix: str) -> str:
    """ "Löschkonzept_2026-12-01.pdf"."""
    return f"{safe_name(kind)}_{on:%Y-%m-%d}{suffix}"
