"""Errors that are not our own bug; each carries a German sentence for the person.

`exit_code` is what the command line ends with (exchange.md, section 4).
"""

from pathlib import Path
from typing import ClassVar


class UserError(Exception):
    """The person can mend it: the sentence says what is wrong, where, and what to do."""

    exit_code: ClassVar[int] = 3

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence  # the words of an exception change on their way through Qt


class Invalid(UserError):
    """Values of a form that cannot be saved; `problems` maps field names to sentences."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(dict.fromkeys(problems.values())))
        self.problems = problems


class Gone(UserError):
    """A record that is still shown or named somewhere was deleted or taken back meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Der Eintrag ist nicht mehr da: Er wurde inzwischen gelöscht oder zurückgenommen. "
            "Mit „Rückgängig“ lässt sich Gelöschtes zurückholen."
        )


def refuse(problems: dict[str, str]) -> None:
    """Raise Invalid if there is any problem: field -> German sentence."""
    if problems:
        raise Invalid(problems)


class StoreError(UserError):
    """The database file is missing, damaged, locked, newer or cannot be written."""

    exit_code = 4


class Damaged(StoreError):
    """The file at `path` is damaged, or no database at all; there are ways out (snapshots, saving what can be read)."""

    def __init__(self, sentence: str, path: Path) -> None:
        super().__init__(sentence)
        self.path = path


class OutputError(UserError):
    """A file cannot be written: no permission, disk full, open in another program."""

    exit_code = 5


class Cancelled(Exception):
    """Long work was cancelled by the person; nothing happened."""
