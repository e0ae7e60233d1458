"""Files in the folder of attachments that belong to no record, not even to one that undo could bring back."""

from pathlib import Path

from db.attached import referred
from db.attachments import AttachmentStore


def orphans(database: Path) -> list[str]:
    """The files nobody refers to, in German; they are no damage and are left where they are."""
    store = AttachmentStore.of(database)
    there = set(store.hashes())
    strange = sorted(there - referred(database)) if there else []
    return [f"{store.folder.name}/{sha256[:2]}/{sha256[:12]}…" for sha256 in strange]
