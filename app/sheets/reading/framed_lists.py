"""Lists that SAP wrote "unconverted": columns between pipes, dashed rules between the rows."""

import re
from collections import Counter
from itertools import pairwise

from app.sheets.reading.cells import Row

_RULE = re.compile(r"[\s|+\-_=─━│┃┼├┤┬┴╞╡═]*[-_=─━═]{3}[\s|+\-_=─━│┃┼├┤┬┴╞╡═]*")
_SAMPLE_LINES = 400


def is_framed(lines: list[str]) -> bool:
    """Whether most lines from the first framed one on begin and end with a pipe, rules left aside."""
    filled = [line.strip() for line in lines[:_SAMPLE_LINES] if line.strip() and not _RULE.fullmatch(line)]
    framed = [len(line) > 2 and line[0] == line[-1] == "|" for line in filled]
    list_begins = framed.index(True) if True in framed else 0
    many = sum(framed)
    return many > 1 and many * 2 > len(framed) - list_begins


def framed_rows(lines: list[str]) -> list[Row]:
    """A row for each line: the cells between its pipes without blanks around; rules and empty lines are empty rows.

    Where the lines are filled up with blanks, the pipes of most lines say where cells end, so that a pipe in a text or
    cells that were merged for a total move nothing into another column.
    """
    places = Counter(
        _pipes(line) for line in lines if line.lstrip().startswith("|") and not _RULE.fullmatch(line)
    )
    usual, many = places.most_common(1)[0] if places else ((), 0)
    if many * 2 <= places.total():
        usual = ()
    return [[] if _RULE.fullmatch(line) or not line.strip() else _cells(line, usual) for line in lines]


def _pipes(line: str) -> tuple[int, ...]:
    return tuple(place for place, sign in enumerate(line) if sign == "|")


def _cells(line: str, usual: tuple[int, ...]) -> Row:
    pipes = _pipes(line)
    if len(usual) > 2 and set(usual) <= set(pipes):
        pieces = [line[left + 1 : right] for left, right in pairwise(usual)]
    elif len(usual) > 2 and len(pipes) > 2 and set(pipes) < set(usual):
        pieces = [""] * (len(usual) - 1)
        for left, right in pairwise(pipes):
            pieces[usual.index(left)] = line[left + 1 : right]
    else:
        pieces = line.strip().removeprefix("|").removesuffix("|").split("|")
    return [piece.strip() or None for piece in pieces]
