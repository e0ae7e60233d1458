"""An attached file, as the window makes it."""

from datetime import datetime

from app.domain.agreements.agreements import AgreementKind
from db.attachments import AttachmentStore
from db.database import Database
from db.models import Agreement, Attachment


def attach(database: Database, content: bytes) -> str:
    """First the file, then its row; the hash of the file."""
    stored = AttachmentStore.of(database.path).put_bytes(content, "Scan.pdf")
    with database.write("Datei angehängt") as session:
        agreement = Agreement(
            number=f"ZV-{content[:4].decode()}", kind=AgreementKind.TARGET, title="Treff", reminder_days=""
        )
        session.add(agreement)
        session.flush()
        session.add(
            Attachment(
                agreement_id=agreement.id,
                file_name="Scan.pdf",
                size=stored.size,
                sha256=stored.sha256,
                added_at=datetime(2026, 11, 24, 8, 30),
            )
        )
    return stored.sha256
