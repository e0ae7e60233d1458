"""Closed lists whose members have a German word, the same in workbook, on paper and on screen (exchange.md)."""

from enum import StrEnum
from typing import Self, TypeVar


class Worded(StrEnum):
    """A closed list; each member is made of its code, its word, and other ways in which people write the word.

        class Stage(Worded):
            TERMINATED = "terminated", "gekündigt zum", "gekündigt"

    The code is stored and promised to scripts, the word is shown; the other ways are read, never written.
    """

    _value_: str
    word: str
    synonyms: tuple[str, ...]

    def __new__(cls, code: str, word: str = "", *synonyms: str) -> Self:
        # Every member has a word; the default is for type checkers, which take Stage("draft") for a call of this.
        member = str.__new__(cls, code)
        member._value_, member.word, member.synonyms = code, word, synonyms
        return member


W = TypeVar("W", bound=Worded)


def words(kind: type[Worded]) -> list[str]:
    """All words of a list, in its own order."""
    return [member.word for member in kind]


def find(kind: type[W], text: str) -> W | None:
    """The member that `text` names, whatever its case, spaces and hyphens; None if there is none."""
    wanted = _folded(text)
    return next((one for one in kind if wanted in map(_folded, (one.word, *one.synonyms))), None)


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
