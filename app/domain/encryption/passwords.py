"""What a password must be, and how strong it is: said honestly, without rules of composition.

Source: BSI and NIST SP 800-63B: length counts; rules about signs and forced changes make passwords worse.
"""

import re
from itertools import pairwise

from app.domain.errors import refuse
from app.domain.terms import Worded

SHORTEST = 10
"""Signs; fewer are tried out in hours."""
_USUAL = re.compile(
    r"passwor[dt]|kennwort|geheim|hallo|qwert[zy]|asdf|admin|hannover|quartier|sommer|winter|\d{4}|start|test",
    re.IGNORECASE,
)
"""What attackers try first; it counts as one sign."""


class Strength(Worded):
    """How long somebody who has the file would have to try."""

    WEAK = "weak", "schwach"
    FAIR = "fair", "mittel"
    STRONG = "strong", "stark"


ABOUT = {
    Strength.WEAK: "Wer die Datei hat, findet es mit einem guten Rechner heraus.",
    Strength.FAIR: "Hält gut, solange niemand gezielt danach sucht.",
    Strength.STRONG: "Lässt sich auch mit viel Aufwand nicht erraten.",
}


def check(password: str, again: str) -> None:
    """Raises Invalid for "password" and "again"."""
    problems = {}
    if len(password) < SHORTEST:
        problems["password"] = (
            f"Bitte mindestens {SHORTEST} Zeichen. Vier zufällige Wörter sind stark und gut zu merken."
        )
    elif password != again:
        problems["again"] = "Das ist nicht dasselbe Kennwort. Bitte noch einmal eingeben."
    refuse(problems)


def strength(password: str) -> Strength:
    """By its length, without what repeats, counts on, or is tried first by everybody."""
    counts = _counting(_USUAL.sub("§", password))
    if counts < 9:
        return Strength.WEAK
    return Strength.FAIR if counts < 15 else Strength.STRONG


def _counting(text: str) -> int:
    """Signs that add something: not the same again, not the next in a row ("aaaa", "4567")."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    dull = sum(step in (0, 1, -1) for step in steps)
    return min(len(text) - dull, 2 * len(set(text)))
