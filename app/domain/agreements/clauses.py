"""Clauses of agreements: when they apply, the markup of their text, and how two wordings differ.

Markup: an empty line ends a paragraph; lines that begin with "- " are points of a list; `**word**` is bold;
`{Name}` is a placeholder; `{§key}` names the number of another clause; a paragraph that is only `{Tabelle: Ziele}`
is that table.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum


class ClauseCondition(StrEnum):
    """When a clause of a template applies; without a condition it always does."""

    FUNDED = "funded"
    UNFUNDED = "unfunded"
    WITH_GOALS = "with_goals"
    WITHOUT_GOALS = "without_goals"


def applies(condition: ClauseCondition | None, *, funded: bool, goals: bool) -> bool:
    """Whether a clause belongs on the paper of an agreement that is funded, or has goals, or not."""
    return (
        condition is None
        or {
            ClauseCondition.FUNDED: funded,
            ClauseCondition.UNFUNDED: not funded,
            ClauseCondition.WITH_GOALS: goals,
            ClauseCondition.WITHOUT_GOALS: not goals,
        }[condition]
    )


class ClauseTable(StrEnum):
    """A table that stands in a text by its name."""

    GOALS = "Ziele"
    INSTALMENTS = "Raten"
    CONTACTS = "Ansprechpersonen"


PLACEHOLDERS: dict[str, str] = {
    "Titel": "Titel der Vereinbarung",
    "Nummer": "Nummer der Vereinbarung",
    "Quartier": "Name des Quartiers",
    "Träger": "Namen der Partner",
    "Stadt": "Name der Stadt",
    "Ort": "Ort des Büros",
    "Beginn": "Beginn der Laufzeit",
    "Ende": "Ende der Laufzeit",
    "Ende der Mindestlaufzeit": "Ende der Mindestlaufzeit",
    "Verlängerung": "um wie viel sie sich verlängert",
    "Kündigungsfrist": "Kündigungsfrist in Worten",
    "Kündigungstermin": "wozu gekündigt werden kann",
    "Erstes Ende": "erstes Ende, das eine Kündigung erreicht",
    "Letzter Zugangstag": "letzter Tag für den Zugang dieser Kündigung",
    "Betrag": "Betrag der Förderung",
    "Ratenhinweis": "Satz, dass die Raten in der Tabelle stehen (nur wenn es welche gibt)",
    "Beschluss": "Beschluss des Beirats",
    "Beschlusshinweis": "Satz mit dem Beschluss des Beirats (nur wenn einer eingetragen ist)",
    "Datum": "Tag des Ausdrucks",
    ":Laufzeit": "Sätze über Beginn, Ende und Verlängerung",
    ":Kündigung": "Sätze über die ordentliche Kündigung",
    "Jahresgespräch": "Halbsatz mit dem Tag des ersten Jahresgesprächs",
    "Förderhinweis": "Satz mit dem Hinweis auf die Förderung",
    "Bezug": "Satz, welche Zielvereinbarung ergänzt wird",
    "Ausfertigungen": "Satz über die Zahl der Ausfertigungen",
    **{f"Tabelle: {table}": f"Tabelle der {table}" for table in ClauseTable},
}
"""All placeholders and what each stands for, as the list to choose from says it."""

_PLACEHOLDER = re.compile(r"\{([^{}\n]+)\}")
_TABLE = re.compile(r"\{Tabelle:\s*(\w+)\}")
_TABLE_NAME = re.compile(r"Tabelle:\s*")
_WORDS = re.compile(r"\S+\s*|\s+")  # a word with the blanks after it


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, and the points of the list they introduce."""

    words: str
    points: tuple[str, ...] = ()


Block = Paragraph | ClauseTable


def blocks(text: str) -> list[Block]:
    """The paragraphs and tables of a text in their order.

    A list behind an empty line still belongs to the words before it: a list without words would be numbered alone.
    """
    found: list[Block] = []
    for block in _parts(text):
        before = found[-1] if found else None
        if isinstance(block, Paragraph) and not block.words and isinstance(before, Paragraph):
            found[-1] = Paragraph(before.words, before.points + block.points)
        else:
            found.append(block)
    return found


def _parts(text: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        table = _TABLE.fullmatch(part.strip())
        if table and table[1] in list(ClauseTable):
            yield ClauseTable(table[1])
            continue
        words: list[str] = []
        points: list[str] = []
        for line in part.strip().split("\n"):
            if line.startswith(("- ", "– ", "• ")):
                points.append(line[2:].strip())
            elif points:
                points[-1] += f" {line.strip()}"
            elif line.strip():
                words.append(line.strip())
        if words or points:
            yield Paragraph(" ".join(words), tuple(points))


def placeholders(text: str) -> list[str]:
    """The names of the placeholders in a text, each once, in their order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def unknown_placeholders(text: str, keys: Collection[str]) -> list[str]:
    """Those that stand for nothing; `keys` are the clauses that a {§key} may name."""
    return [
        name
        for name in placeholders(text)
        if _TABLE_NAME.sub("Tabelle: ", name) not in PLACEHOLDERS
        and not (name.startswith("§") and name[1:] in keys)
    ]


def text_problems(text: str, keys: Collection[str]) -> list[str]:
    """German sentences on what would not print as it is meant; such a text can be kept all the same."""
    known = [*PLACEHOLDERS, *(f"§{key}" for key in keys)]
    problems = []
    for name in unknown_placeholders(text, keys):
        near = get_close_matches(name, known, 1)
        advice = f" Gemeint ist vielleicht {{{near[0]}}}." if near else ""
        problems.append(f"Den Platzhalter {{{name}}} gibt es nicht.{advice}")
    left = re.search(r"[{}][^{}\n]{0,20}", _PLACEHOLDER.sub("", text))
    if left:
        problems.append(f"Bei „{left[0].strip()}“ fehlt eine geschweifte Klammer.")
    for block in blocks(text):
        if isinstance(block, Paragraph):
            problems += [problem for part in (block.words, *block.points) if (problem := _part_problem(part))]
    return problems


def _part_problem(part: str) -> str:
    table = _TABLE.search(part)
    if table and table[1] in list(ClauseTable):
        return f"{table[0]} muss allein in einem Absatz stehen, mit einer leeren Zeile davor und danach."
    if part.count("**") % 2:
        return f"Bei „{part[part.rindex('**') :][:24]}“ fehlen die Sternchen am Ende der fetten Wörter."
    return ""


class Said(StrEnum):
    """What became of a piece of text between two wordings."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


Piece = tuple[Said, str]


def difference(before: str, after: str) -> list[Piece]:
    """The words of both texts in order: kept, removed from the first, or added by the second."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append((Said.SAME, "".join(old[a:b])))
            continue
        if b > a:
            pieces.append((Said.REMOVED, "".join(old[a:b])))
        if d > c:
            pieces.append((Said.ADDED, "".join(new[c:d])))
    return pieces
