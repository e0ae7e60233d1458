"""Clauses of agreements: when they apply, and which placeholders and tables their text may name.

Their text is markup as app.domain.papers.markup reads it. `{§key}` names the number of another clause; a paragraph
that is only `{Tabelle: Ziele}` is that table.
"""

import re
from collections.abc import Collection
from difflib import get_close_matches
from enum import StrEnum

from app.domain.papers.markup import PLACEHOLDER, parse, placeholders, typed
from app.domain.papers.paper_text import Paragraph, ParagraphKind, words
from app.domain.terms import Worded


class ClauseCondition(Worded):
    """When a clause of a template applies; without a condition it always does."""

    FUNDED = "funded", "nur mit Förderung"
    UNFUNDED = "unfunded", "nur ohne Förderung"
    WITH_GOALS = "with_goals", "nur mit Zielen"
    WITHOUT_GOALS = "without_goals", "nur ohne Ziele"
    SEVERAL = "several", "nur mit mehreren Partnern"
    SEVERAL_FUNDED = "several_funded", "nur mit mehreren Partnern und Förderung"


def applies(condition: ClauseCondition | None, *, funded: bool, goals: bool, several: bool) -> bool:
    """Whether a clause belongs on the paper of an agreement: is it funded, has it goals, has it several partners?"""
    return (
        condition is None
        or {
            ClauseCondition.FUNDED: funded,
            ClauseCondition.UNFUNDED: not funded,
            ClauseCondition.WITH_GOALS: goals,
            ClauseCondition.WITHOUT_GOALS: not goals,
            ClauseCondition.SEVERAL: several,
            ClauseCondition.SEVERAL_FUNDED: several and funded,
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
    "Nachweisfrist": "Zeit, in der die Verwendung der Mittel nachzuweisen ist",
    "Ratenhinweis": "Satz, dass die Raten in der Tabelle stehen; ohne Raten, dass in einer Summe gezahlt wird",
    "Beschluss": "Beschluss des Beirats",
    "Beschlusshinweis": "Satz mit dem Beschluss des Beirats (nur wenn einer eingetragen ist)",
    "Datum": "Tag des Ausdrucks",
    ":Laufzeit": "Sätze über Beginn, Ende und Verlängerung",
    ":Kündigung": "Sätze über die ordentliche Kündigung",
    ":Bewilligungszeitraum": "Sätze über die Zeit, für die eine Förderung gilt",
    "Jahresgespräch": "Halbsatz mit dem Tag des ersten Jahresgesprächs",
    "Förderhinweis": "Satz mit dem Hinweis auf die Förderung",
    "Bezug": "Satz, welche Zielvereinbarung ergänzt wird",
    "Ausfertigungen": "Satz über die Zahl der Ausfertigungen",
    **{f"Tabelle: {table}": f"Tabelle der {table}" for table in ClauseTable},
}
"""All placeholders and what each stands for, as the list to choose from says it."""

_TABLE = re.compile(r"\{Tabelle:\s*(\w+)\}")
_TABLE_NAME = re.compile(r"Tabelle:\s*")


def table_of(paragraph: Paragraph) -> ClauseTable | None:
    """The table that a paragraph is, if it is nothing else."""
    found = _TABLE.fullmatch(typed(words(paragraph.words)))
    known = found is not None and found[1] in list(ClauseTable) and paragraph.kind is ParagraphKind.TEXT
    return ClauseTable(found[1]) if found is not None and known else None


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
    left = re.search(r"[{}][^{}\n]{0,20}", PLACEHOLDER.sub("", text))
    if left:
        problems.append(f"Bei „{left[0].strip()}“ fehlt eine geschweifte Klammer.")
    parts = (typed(words(paragraph.words)) for paragraph in parse(text) if table_of(paragraph) is None)
    return problems + [problem for part in parts if (problem := _part_problem(part))]


def _part_problem(part: str) -> str:
    table = _TABLE.search(part)
    if table and table[1] in list(ClauseTable):
        return f"{table[0]} muss allein in einem Absatz stehen, mit einer leeren Zeile davor und danach."
    if part.count("**") % 2:
        return f"Bei „{part[part.rindex('**') :][:24]}“ fehlen die Sternchen am Ende der fetten Wörter."
    return ""
