"""Two wordings compared word by word."""

import re
from difflib import SequenceMatcher

from app.domain.papers.paper_text import Look, Run, Words

_WORDS = re.compile(r"\S+\s*|\s+")  # a word with the blanks after it


def difference(before: str, after: str) -> Words:
    """The words of both texts in order: kept, removed from the first, or added by the second."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run("".join(old[a:b])))
            continue
        if b > a:
            runs.append(Run("".join(old[a:b]), look=Look.REMOVED))
        if d > c:
            runs.append(Run("".join(new[c:d]), look=Look.ADDED))
    return tuple(runs)
