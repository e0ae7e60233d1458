"""Turns what SQLite says into a German sentence with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.domain.errors import Damaged, OutputError, StoreError, UserError
from db.driver import sqlite


class Unwritable(StoreError):
    """The place of a file cannot be written; it may still be read."""


DAMAGED = (
    "„{path}“ ist beschädigt. Bitte nicht weiterarbeiten, sondern die letzte Sicherung wiederherstellen."
)
LOCKED = "„{path}“ wird gerade von einem anderen Programm beschrieben. Bitte dort schließen und noch einmal versuchen."
_SENTENCES: tuple[tuple[str, type[UserError], str], ...] = (
    (
        "disk is full",
        OutputError,
        "Auf dem Datenträger von „{path}“ ist kein Platz mehr. Es wurde nichts geändert. Bitte Platz schaffen.",
    ),
    ("locked", StoreError, LOCKED),
    (
        "readonly",
        Unwritable,
        "„{path}“ ist schreibgeschützt. Bitte den Schreibschutz aufheben oder die Datei an einen anderen Ort kopieren.",
    ),
    (
        "unable to open",
        Unwritable,
        "„{path}“ lässt sich nicht öffnen. Bitte prüfen, ob der Ort erreichbar ist und geschrieben werden darf.",
    ),
    (
        "disk i/o",
        Unwritable,
        "„{path}“ lässt sich nicht lesen oder schreiben. Bitte Datenträger und Verbindung prüfen. "
        "Gespeichertes ist sicher.",
    ),
    (
        "not a database",
        Damaged,
        "„{path}“ ist keine Datei von Quartiersbüro oder ist beschädigt. Bitte eine Sicherung wiederherstellen.",
    ),
    ("malformed", Damaged, DAMAGED),
    ("could not decode", Damaged, DAMAGED),  # bytes in a text that are none
)


def store_error(error: BaseException, path: Path) -> UserError | None:
    """The sentence for an error of SQLite, or None if it is our own bug."""
    if isinstance(
        error, UnicodeDecodeError
    ):  # SQLite quotes damaged bytes, and Python cannot read what it says
        return Damaged(DAMAGED.format(path=path), path)
    text = str(error).lower()
    for words, kind, sentence in _SENTENCES:
        if words in text:
            said = sentence.format(path=path)
            return Damaged(said, path) if kind is Damaged else kind(said)
    return None


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Raise StoreError or OutputError in place of SQLite's own errors about `path`."""
    try:
        yield
    except (DBAPIError, sqlite.Error, UnicodeDecodeError) as error:
        known = store_error(error.orig if isinstance(error, DBAPIError) and error.orig else error, path)
        if known is None:
            raise
        raise known from error
