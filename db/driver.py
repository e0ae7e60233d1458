"""The SQLite this program uses: SQLCipher's, which is an ordinary one as long as no key is given.

Python's own stands in where that cannot be had; files are then kept unencrypted. Never both in one process: when one
closes a file that the other has open, its locks on the file are gone (POSIX), and another program may remove the log.
"""

from typing import TYPE_CHECKING

CAN_ENCRYPT = True
"""Whether files can be encrypted here."""

if TYPE_CHECKING:
    import sqlite3 as sqlite
else:
    try:
        from sqlcipher3 import dbapi2 as sqlite
    except ImportError:
        import sqlite3 as sqlite

        CAN_ENCRYPT = False

__all__ = ["CAN_ENCRYPT", "sqlite"]
