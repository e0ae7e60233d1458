"""Compares the payee of a booking with the recipient of a commitment, as finance cuts and misspells names."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from app.domain.folding import folded

_WORDS = re.compile(r"[a-z0-9]+")
_UMLAUTS = re.compile(r"(?<=[aou])e")
_UNTELLING = frozenset(
    re.findall(
        r"\w+",
        """ev gev gmbh ggmbh mbh gag ag eg gbr ohg kg kgaa ug co se haftungsbeschrankt gemeinnutzige e v g u i
        firma fa herr herrn frau hr fr dr prof die der das den dem des und fur in im am an zum zur von vom bei""",
    )
)
"""Legal forms, forms of address and small words, as `words` writes them."""
_START = 3
"""Names are compared where one word of each begins with the same so many letters."""
_SHORT = 4
"""Shorter words must be the same; longer ones may be cut or misspelt."""
_ALIKE = 0.82
_SHARE = 0.7

Words = tuple[str, ...]


class Likeness(IntEnum):
    """How far two names mean the same."""

    NONE = 0
    SIMILAR = 1
    SAME = 2


def words(text: str | None) -> Words:
    """Words as they are compared: folded, umlauts in one spelling ("Müller", "Mueller" -> "muller")."""
    if not text:
        return ()
    return tuple(_WORDS.findall(_UMLAUTS.sub("", folded(text))))


@lru_cache(maxsize=1 << 14)
def name_words(name: str | None) -> Words:
    """The words that tell a name from others: without e. V., gGmbH, "Firma" and articles."""
    everything = words(name)
    return tuple(word for word in everything if word not in _UNTELLING) or everything


class Recipients:
    """The recipients of all commitments, so that a word many of them share proves nothing."""

    def __init__(self, names: Iterable[str]) -> None:
        self._words = {name: name_words(name) for name in names}
        self._by_word: dict[str, set[frozenset[str]]] = {}
        self._by_start: dict[str, set[str]] = {}
        self._by_whole: dict[str, list[str]] = {}
        for name, own in self._words.items():
            self._by_whole.setdefault(_whole(own), []).append(name)
            for word in own:
                self._by_word.setdefault(word, set()).add(frozenset(own))
                self._by_start.setdefault(word[:_START], set()).add(name)
        self._known: dict[str, dict[str, Likeness]] = {}

    def like(self, payee: str | None) -> dict[str, Likeness]:
        """The recipients that a payee may be; where one has the same name, none that is only similar."""
        if not payee:
            return {}
        if payee not in self._known:
            own = name_words(payee)
            same = dict.fromkeys(self._by_whole.get(_whole(own), ()), Likeness.SAME)
            self._known[payee] = same or self._similar(own)
        return self._known[payee]

    def stands_in(self, name: str, text: frozenset[str]) -> bool:
        """Whether all words of a recipient stand in a text (see `words`) and tell it from the others."""
        own = self._words[name]
        return text.issuperset(own) and bool(own) and self._tells(own)

    def _similar(self, payee: Words) -> dict[str, Likeness]:
        near = set().union(*(self._by_start.get(word[:_START], set()) for word in payee))
        return {name: found for name in sorted(near) if (found := self._compare(payee, self._words[name]))}

    def _compare(self, payee: Words, recipient: Words) -> Likeness:
        if set(payee) == set(recipient):
            return Likeness.SAME
        ours = [word for word in recipient if any(_alike(word, other) for other in payee)]
        if not ours or not self._tells(ours):
            return Likeness.NONE
        theirs = [word for word in payee if any(_alike(word, other) for other in recipient)]
        whole = len(ours) == len(recipient) or len(theirs) == len(payee)
        covered = min(_part(ours, recipient), _part(theirs, payee))
        return Likeness.SIMILAR if whole or covered >= _SHARE else Likeness.NONE

    def _tells(self, found: Iterable[str]) -> bool:
        """Some words tell who is meant; "Kirchengemeinde" alone does not where several recipients are one."""
        with_each = [self._by_word[word] for word in found]
        return len(set.intersection(*with_each)) == 1


def _whole(own: Words) -> str:
    """One key for a name however its words are parted: "Mehr Generationen Haus", "Mehrgenerationenhaus"."""
    return "".join(own)


def _part(found: Words | list[str], of: Words) -> float:
    """Long words weigh more."""
    return sum(map(len, found)) / sum(map(len, of))


@lru_cache(maxsize=1 << 16)
def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORT or short.isdigit() or long.isdigit():
        return False
    if long.startswith(short):
        return True
    if len(long) - len(short) > 2:
        return False
    return SequenceMatcher(None, short, long, autojunk=False).ratio() >= _ALIKE
