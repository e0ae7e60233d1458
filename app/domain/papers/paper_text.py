"""The common form of what stands on paper: paragraphs, lists and tables made of runs of words.

PDF, Word file, HTML and plain text are written from it, each by one writer; nothing is read back from them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.clean_text import clean

LONGEST_FACT = 120

_SPACES = re.compile(r" {2,}")


class Look(StrEnum):
    """How words look besides being bold."""

    PLAIN = "plain"
    MUTED = "muted"
    GAP = "gap"
    """Still to be filled in."""
    PLACEHOLDER = "placeholder"
    """`{Name}` as somebody typed it; prints as it stands unless it is filled."""
    ADDED = "added"
    REMOVED = "removed"
    """In a comparison of two wordings."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; a line break is "\\n". Unseen signs, which no format can hold, are left out."""

    text: str
    bold: bool = False
    look: Look = Look.PLAIN

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


Words = tuple[Run, ...]
Text = str | Words
"""Plain words, or words with looks; every writer takes both."""


def words(*parts: Text) -> Words:
    """The parts one after the other: `words(bold("Stadt"), ", vertreten durch ", gap("Name"))`."""
    return tuple(
        run for part in parts for run in ((Run(part),) if isinstance(part, str) else part) if run.text
    )


def bold(text: Text) -> Words:
    """The same words in bold."""
    return tuple(replace(run, bold=True) for run in words(text))


def muted(text: str) -> Words:
    """Quiet words, for what only explains."""
    return words((Run(text, look=Look.MUTED),))


def gap(name: str) -> Words:
    """The mark for something that is not known yet: "[Ort fehlt]"."""
    return (Run(f"[{name}\u00a0fehlt]", look=Look.GAP),)


def joined(parts: Iterable[Text]) -> Words:
    """The parts with a line break between them; what is empty is left out."""
    found: list[Text] = []
    for part in parts:
        if part:
            found.extend(("\n", part) if found else (part,))
    return words(*found)


def tidied(text: Words) -> Words:
    """Without blanks at both ends and with single ones in between, since filling in leaves more; few runs."""
    runs: list[Run] = []
    for run in text:
        single = _SPACES.sub(" ", run.text)
        if not runs:
            single = single.lstrip()
        elif runs[-1].text.endswith(" "):
            single = single.removeprefix(" ")
        if single:
            same = runs and (runs[-1].bold, runs[-1].look) == (run.bold, run.look)
            runs.append(replace(run, text=runs.pop().text + single if same else single))
    while runs and not runs[-1].text.strip():
        runs.pop()
    return (*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip())) if runs else ()


def shorten(text: str) -> str:
    """A text cut where room is fixed and it only repeats what stands in full elsewhere."""
    return text if len(text) <= LONGEST_FACT else f"{text[: LONGEST_FACT - 1]}…"


def plain(text: Text) -> str:
    """The words alone, in one line."""
    return "".join(run.text for run in words(text)).replace("\n", " ").strip()


def lines(text: Text) -> list[str]:
    """The words alone, line by line; empty lines are left out."""
    return [line.strip() for line in "".join(run.text for run in words(text)).split("\n") if line.strip()]


class ParagraphKind(StrEnum):
    """What a paragraph is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    """Of a list; it belongs to the paragraph before it."""
    LEAD = "lead"
    """Quiet words that lead to what follows, such as "und" between two parties."""
    ADDRESS = "address"
    """Lines that belong together, marked at their left."""
    CAPTION = "caption"
    """Small and quiet, about what stands above or below."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of one kind. `number`: "(1)", before them. `name`: by which a heading is found.

    `level`: of an item, from 1; those below a numbered paragraph have 2.
    """

    words: Text
    kind: ParagraphKind = ParagraphKind.TEXT
    level: int = 1
    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Rows below a header. `widths` in mm; `right`: columns of figures; `name`: what it is a table of."""

    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Text, ...], ...] = ()
    right: frozenset[int] = frozenset()
    name: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """A field to sign in: for whom, and who signs."""

    party: Text
    person: Text = ""
    function: Text = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The fields at the end of a paper, below their own heading."""

    fields: tuple[SignatureBlock, ...]
    heading: str = "Unterschriften"


Block = Paragraph | PaperTable | Signatures


def numbered(blocks: Iterable[Block]) -> list[Block]:
    """Paragraphs with (1), (2) … before them; their lists go one level down. A list alone has a number, too."""
    found: list[Block] = []
    count = 0
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind is ParagraphKind.ITEM:
            if not found or not isinstance(found[-1], Paragraph):
                count += 1
                found.append(Paragraph("", number=f"({count})"))
            block = replace(block, level=block.level + 1)
        elif isinstance(block, Paragraph) and block.kind is ParagraphKind.TEXT:
            count += 1
            block = replace(block, number=f"({count})")
        found.append(block)
    return found


def plain_text(blocks: Iterable[Block]) -> str:
    """Everything as plain text: an empty line between paragraphs, a line for each item and each row of a table."""
    parts: list[list[str]] = []
    before: Block | None = None
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind is ParagraphKind.ITEM:
            if not isinstance(before, Paragraph):
                parts.append([])
            parts[-1].append(f"{'  ' * (block.level - 1)}– {plain(block.words)}")
        elif isinstance(block, Paragraph):
            text = (
                "\n".join(lines(block.words)) if block.kind is ParagraphKind.ADDRESS else plain(block.words)
            )
            parts.append([f"{block.number} {text}".strip()])
        elif isinstance(block, PaperTable):
            rows = (block.header, *block.rows)
            parts.append([" · ".join(cell_lines(row)) for row in rows])
        else:
            parts.append([block.heading])
            parts += [lines(joined((one.party, one.person, one.function))) for one in block.fields]
        before = block
    return "\n\n".join("\n".join(filter(None, part)) for part in parts if any(part))


def cell_lines(cells: Iterable[Text]) -> list[str]:
    """The lines of the cells of a row; a dash, which stands for nothing, is left out."""
    return [line for cell in cells for line in lines(cell) if line != "–"]
