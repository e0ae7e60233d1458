"""The markup that people type, read once into the common form of paper text.

An empty line ends a paragraph; lines that begin with "- " are items of a list; `**word**` is bold; `{Name}` is a
placeholder. Everything else is text.
"""

import re
from collections.abc import Callable
from itertools import groupby

from app.domain.papers.paper_text import Look, Paragraph, ParagraphKind, Run, Text, Words, bold, tidied, words
from app.domain.papers.quotes import nested_words

PLACEHOLDER = re.compile(r"\{([^{}\n]+)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLETS = ("- ", "– ", "• ")


def parse(text: str) -> list[Paragraph]:
    """The paragraphs and items of a text in their order.

    >>> [block.kind.value for block in parse("Die Stadt\\n- zahlt,\\n- hilft.")]
    ['text', 'item', 'item']
    """
    return [
        Paragraph(parse_line(line), kind)
        for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
        for kind, line in _joined_lines(part.strip())
    ]


def _joined_lines(part: str) -> list[tuple[ParagraphKind, str]]:
    """A line goes on with the next one, until an item begins."""
    found: list[tuple[ParagraphKind, str]] = []
    for line in part.split("\n"):
        if line.startswith(_BULLETS):
            found.append((ParagraphKind.ITEM, line[2:].strip()))
        elif found:
            kind, before = found.pop()
            found.append((kind, f"{before} {line.strip()}"))
        elif line:
            found.append((ParagraphKind.TEXT, line.strip()))
    return found


def parse_line(line: str) -> Words:
    """The words of one paragraph: bold ones, and placeholders each as a run of its own."""
    found: list[Text] = []
    for place, part in enumerate(_BOLD.split(line)):
        found += [bold(_placeholders(part))] if place % 2 else [_placeholders(part)]
    return words(*found)


def _placeholders(part: str) -> Words:
    return words(
        *(
            (Run(f"{{{piece}}}", look=Look.PLACEHOLDER),) if place % 2 else piece
            for place, piece in enumerate(PLACEHOLDER.split(part))
        )
    )


def typed(text: Words) -> str:
    """The words with their markup, as somebody would type them; the other way of parse_line."""
    parts = (
        (strong, "".join(run.text for run in runs)) for strong, runs in groupby(text, lambda run: run.bold)
    )
    return "".join(f"**{part}**" if strong else part for strong, part in parts)


def placeholders(text: str) -> list[str]:
    """The names of the placeholders in a text, each once, in their order."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def filled(text: Words, value: Callable[[str], Text]) -> Words:
    """The words with what each placeholder stands for; a bold placeholder has a bold value.

    Quotation marks of a value that comes to stand within others become inner ones.
    """

    def part(run: Run) -> Text:
        if run.look is not Look.PLACEHOLDER:
            return (run,)
        return bold(value(run.text[1:-1])) if run.bold else value(run.text[1:-1])

    return nested_words(tidied(words(*map(part, text))))
