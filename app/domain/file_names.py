"""Names for files that every file system takes, Windows the strictest of them."""

import re
from collections.abc import Iterable
from datetime import date

from app.domain.clean_text import clean

LONGEST = 100
"""Characters without the suffix: a whole path on Windows has room for 260."""
LONGEST_TAKEN = 150
"""The same of a name that somebody else gave."""
MOST_BYTES = 200
"""Other systems count bytes, 255 with the suffix; an emoji has four."""
LONGEST_SUFFIX = 12
STAMP = "%Y-%m-%d_%H-%M-%S"
"""How a moment is written in a name; names then come in the order of time."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_LIKE_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]+")
"""Letters without a shape: behind many of them the end of a name is not seen."""
_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.IGNORECASE)


def safe_name(text: str) -> str:
    """A name without suffix; German letters and blanks stay: "ZV-2026-01 Nachbarschaft Nord e.V"."""
    return _not_reserved(_cut(_seen(text), LONGEST) or "Dokument")


def safe_file_name(text: str) -> str:
    """A name with its suffix, as close to the given one as it gets; what it is, stays at its end: "Foto.pdf.exe".

    >>> safe_file_name("Rechnung\u202efdp.exe")
    'Rechnungfdp.exe'
    """
    name = _seen(text)
    stem, _, suffix = name.rpartition(".")
    if not stem or not suffix.isalnum() or len(suffix) > LONGEST_SUFFIX:
        return _not_reserved(_cut(name, LONGEST_TAKEN) or "Anlage")
    return _not_reserved(f"{_cut(stem, LONGEST_TAKEN) or 'Anlage'}.{suffix}")


def _seen(text: str) -> str:
    """Without signs that are not seen, that turn the direction, or that no file system takes; one blank at most."""
    return " ".join(_FORBIDDEN.sub("-", _LIKE_BLANKS.sub(" ", clean(text))).split()).strip(" .")


def _cut(name: str, most: int) -> str:
    return _short(name, most).strip(" .")


def _short(name: str, most: int) -> str:
    return name[:most].encode()[:MOST_BYTES].decode(errors="ignore")


def _not_reserved(name: str) -> str:
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def dated_pdf(label: str, day: date) -> str:
    """A name for a paper of one day: "ZV-2026-01_2026-03-01.pdf"."""
    return f"{_short(_UNSAFE.sub('-', label), LONGEST)}_{day:%Y-%m-%d}.pdf"


def distinct(names: Iterable[str], suffix: str) -> list[str]:
    """File names with `suffix`, of which no two are the same, capitals and small letters being alike on Windows."""
    taken: set[str] = set()
    result = []
    for name in names:
        tried, count = name, 1
        while tried.casefold() in taken:
            count += 1
            tried = f"{name} ({count})"
        taken.add(tried.casefold())
        result.append(f"{tried}{suffix}")
    return result
