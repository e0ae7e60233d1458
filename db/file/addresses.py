"""How SQLite wants to be told which file."""

from pathlib import PurePath, PureWindowsPath
from urllib.parse import quote


def uri(path: PurePath, **query: str) -> str:
    """The path as SQLite's URI wants it: `?`, `#` and `%` of a file name are not syntax, and a server is a folder."""
    posix = path.as_posix()
    if isinstance(path, PureWindowsPath) and not posix.startswith("//"):
        posix = f"/{posix}"  # file:///C:/buero.db, but file:////server/share/buero.db
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"file://{quote(posix, safe='/:')}?{asked}"
