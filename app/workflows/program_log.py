"""The log of the program: what it could not handle. It names no person and nothing that was entered."""

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from app.domain.fault_report import told

MOST_BYTES = 200_000
"""Of the file; one older beside it."""
_OURS = ("app.", "db.", "main", "__main__")
_NAMED = "quartiersbuero.log*"
"""Logs of editions that wrote down whole sentences."""


class LogFormat(logging.Formatter):
    """Our own messages as they are; of a library only that it spoke, because it may quote what it read."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        if not record.name.startswith(_OURS):
            record = logging.makeLogRecord(
                {**record.__dict__, "msg": f"{record.module}:{record.lineno}", "args": ()}
            )
        record.exc_text = None  # another handler may have put the whole text there
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        error: BaseException | None
        trace: TracebackType | None
        _, error, trace = ei
        return "" if error is None else told(error, trace)


def start(path: Path) -> None:
    """Write the log to this file; a folder that cannot be written must not stop the program."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(LogFormat())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for left in path.parent.glob(_NAMED):
        with suppress(OSError):
            left.unlink()
