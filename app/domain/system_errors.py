"""Says in German what the operating system reports about files; its own words would be English in our sentences."""

import errno

_WORDS = {
    errno.EACCES: "keine Zugriffsrechte",
    errno.EPERM: "keine Zugriffsrechte",
    errno.EROFS: "der Ort ist schreibgeschützt",
    errno.ENOSPC: "kein Platz mehr",
    errno.EDQUOT: "kein Platz mehr",
    errno.EBUSY: "in einem anderen Programm geöffnet",
    errno.ENOENT: "nicht vorhanden",
    errno.ENOTDIR: "ein Teil des Pfades ist kein Ordner",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.EFBIG: "zu groß für diesen Datenträger",
    errno.EIO: "Fehler des Datenträgers",
    errno.EPIPE: "die Gegenseite liest nicht mehr",
}


def said(error: OSError) -> str:
    """A few words for `error`; the system's own where we know no German ones."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)
