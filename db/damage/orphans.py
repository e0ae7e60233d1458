"""Files in the folder of attachments that belong to no record, not even to one that undo could bring back."""

import json
from contextlib import closing
from pathlib import Path

from db.attachments import AttachmentStore
from db.checksums import tables
from db.connection import connect


def orphans(database: Path) -> list[str]:
    """The files nobody refers to, in German; they are no damage and are left where they are."""
    store = AttachmentStore.of(database)
    there = set(store.hashes())
    strange = sorted(there - _referred(database)) if there else []
    return [store.place(sha256) for sha256 in strange]


def _referred(database: Path) -> set[str]:
    with closing(connect(database)) as connection:
        if "attachment" not in tables(connection):  # a file from before there were attachments
            return set()
        named = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM attachment")}
        for both in connection.execute("SELECT before, after FROM change WHERE table_name = 'attachment'"):
            named |= {json.loads(row)["sha256"] for row in both if row is not None}
    return named
