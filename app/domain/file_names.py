"""Names for files that every file system takes, Windows the strictest of them."""

import re
from collections.abc import Iterable
from datetime import date

LONGEST = 100
"""Characters without the suffix: a whole path on Windows has room for 260."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_UNSAFE = re.compile(r"[^\w.-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def safe_name(text: str) -> str:
    """A name without suffix; German letters and blanks stay: "ZV-2026-01 Nachbarschaft Nord e.V"."""
    name = " ".join(_FORBIDDEN.sub("-", text).split())[:LONGEST].strip(" .")
    if not name:
        return "Dokument"
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def dated_pdf(label: str, day: date) -> str:
    """A name for a paper of one day: "ZV-2026-01_2026-03-01.pdf"."""
    return f"{_UNSAFE.sub('-', label)}_{day:%Y-%m-%d}.pdf"


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
