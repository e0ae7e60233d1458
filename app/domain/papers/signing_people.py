"""Who signs where several represent one party: each has a line of their own."""

import re
from itertools import zip_longest

_BETWEEN = re.compile(r"\s*(?:;|\n|\bund\b|\bsowie\b)\s*")


def signing_people(names: str, functions: str) -> list[tuple[str, str]]:
    """Names with their functions; functions in the same number belong to one each, else all of them to each.

    >>> signing_people("Ada Muster und Uwe Beispiel", "Vorsitz; Kasse")
    [('Ada Muster', 'Vorsitz'), ('Uwe Beispiel', 'Kasse')]
    """
    people = [name for name in _BETWEEN.split(names.strip()) if name]
    if len(people) < 2:
        return [(names.strip(), functions.strip())]
    parts = [part for part in _BETWEEN.split(functions.strip()) if part]
    if len(parts) != len(people):
        parts = []
    return list(zip_longest(people, parts, fillvalue=functions.strip()))
