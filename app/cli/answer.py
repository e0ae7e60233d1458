"""The answer of a command, and how it is printed: for people, or as one JSON object."""

import json
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

WAYS_OUT = (
    "Auswege: „rescue ZIEL.db“ rettet in eine neue Datei, was noch zu lesen ist; „restore SICHERUNG“ setzt eine "
    "Sicherung an ihre Stelle (sie liegen im Ordner „Sicherungen“ daneben); das Fenster zeigt beides."
)
"""What can be done with a damaged file, after the sentence that says it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`data`: the JSON object of exchange.md, section 4. `text`: the same for people.

    `problem` goes to stderr, and so does what is to be noticed without being one: `remarks`.
    """

    data: dict[str, Any]
    text: str
    problem: str = ""
    exit_code: int = 0
    remarks: tuple[str, ...] = ()


def show(answer: Answer, *, as_json: bool) -> None:
    """Print an answer. Raises OSError if the output cannot be written."""
    if as_json:
        data = answer.data | ({"error": answer.problem} if answer.problem else {})
        print(_json(data))
    elif answer.text:
        print(answer.text)
    sys.stdout.flush()
    for sentence in (*answer.remarks, answer.problem):
        if sentence:
            print(sentence, file=sys.stderr)


def show_error(sentence: str, *, as_json: bool) -> None:
    """Print the sentence of an error that ended the command."""
    show(Answer({}, "", problem=sentence), as_json=as_json)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Columns under their headers; `right`: the numbers of right-aligned columns, from 0."""
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ).rstrip()

    return "\n".join([line(headers), line(["-" * width for width in widths]), *map(line, rows)])


def _json(data: dict[str, Any]) -> str:
    """JSON that any terminal can print."""
    speaks_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return json.dumps(data, ensure_ascii=not speaks_utf8, indent=2)
