"""German quotation marks within others: „Treff ‚Nord‘“, whatever was typed in what is filled in."""

from dataclasses import replace
from itertools import islice

from app.domain.papers.paper_text import Words

_CLOSING = {"„": "“”", "‚": "‘", '"': '"'}
_MARKS = (("„", "“"), ("‚", "‘"))
_BEFORE_OPENING = " \n\xa0(–-/„‚"


def nested(text: str) -> str:
    """The text with outer and inner marks in turn; unchanged where they do not come in pairs. No sign more or less.

    >>> nested("beim Vorhaben „Treff „Nord““")
    'beim Vorhaben „Treff ‚Nord‘“'
    """
    signs, around = list(text), list[tuple[str, int, int]]()  # sign as typed, its place, its kind of marks
    for place, sign in enumerate(text):
        if sign in "„‚" or (around and sign == '"' and text[place - 1] in _BEFORE_OPENING):
            kind = 1 - around[-1][2] if around else "„‚".index(sign)
            around.append((sign, place, kind))
        elif around and sign in _CLOSING[around[-1][0]]:
            _, begin, kind = around.pop()
            signs[begin], signs[place] = _MARKS[kind]
        elif around and sign in "“”‘":
            return text
    return text if around else "".join(signs)


def nested_words(words: Words) -> Words:
    """The same for words with looks."""
    signs = iter(nested("".join(run.text for run in words)))
    return tuple(replace(run, text="".join(islice(signs, len(run.text)))) for run in words)
