"""What went wrong, told without naming anybody: where in the program, and of which kind.

The words of an error may hold what was typed or read: a name, a path with the name of the user, a cell of a list. A log
is kept and a report is sent away, so only such words stay as Python or SQLite themselves say about the program.
"""

import re
import traceback
from pathlib import Path
from types import TracebackType

MOST_FRAMES = 60
_ABOUT_THE_PROGRAM = (
    AttributeError,
    ImportError,
    IndexError,
    NameError,
    TypeError,
    ArithmeticError,
    RecursionError,
)
"""What these say is about our code; what a ValueError or a KeyError says is about what came in."""
_ABOUT_TABLES = re.compile(r"(?:[A-Z ]+ constraint failed(?:: [\w., ]+)?|no such (?:table|column): [\w.]+)")
_PLACE = re.compile(r"(?:^|.*[/\\])(?:site-packages|lib[/\\]python[\d.]+|_internal)[/\\]")
_OURS = re.compile(r".*[/\\](?=(?:app|db)[/\\]|main\.py$)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|„[^“]*“|\S*[/\\]\S*|\S+@\S+")


def told(error: BaseException, trace: TracebackType | None = None) -> str:
    """Frames and kind of an error and of those it came from, the first one first."""
    parts: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = trace if current is error and trace is not None else current.__traceback__
        parts.append("\n".join([*_frames(frames), _kind(current)]))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n\n".join(reversed(parts))


def without_names(text: str) -> str:
    """A message of a library: what stands in quotes, paths and addresses is left out."""
    return _QUOTED.sub("…", text)


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _place(file: str) -> str:
    """The file as seen from the program: the way to it may hold the name of the user."""
    shown = _OURS.sub("", _PLACE.sub("", file))
    return shown if not Path(shown).is_absolute() else Path(shown).name


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} {error.errno}"
    code = getattr(error, "sqlite_errorname", None)
    about = _ABOUT_TABLES.match(str(error))
    if code is not None or about is not None:
        return " ".join(filter(None, (name, code, about and about[0])))
    if isinstance(error, _ABOUT_THE_PROGRAM):
        return f"{name}: {error}"
    return name
