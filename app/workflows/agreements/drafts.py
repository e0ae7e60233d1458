"""Drafts of an agreement: given out as PDF or Word file, kept with their printed words, and compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.agreements import draft_comparison
from app.domain.agreements.clauses import ClauseTable
from app.domain.agreements.draft_comparison import ComparedPart, DraftWords, Part
from app.domain.dates import german
from app.domain.file_names import dated_pdf
from app.domain.papers.paper_text import Block, PaperTable, cell_lines, plain, plain_text
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.pdf import agreement_pdf
from app.reports.agreements.text import AgreementText, compose, placeholder_values
from app.services.agreements import agreement_text, clause_comments, drafts
from app.services.agreements.clause_comments import CommentRow
from app.services.agreements.drafts import DraftRow
from app.workflows.agreements.print_agreement import load_paper
from app.workflows.files import write_file
from db.database import Database


class DraftFormat(StrEnum):
    """As what a draft is given out; the value is the ending of its file."""

    PDF = "pdf"
    WORD = "docx"


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A draft that was saved for the partner, and the number under which its words are kept."""

    file: Path
    draft: DraftRow


def give_out(
    database: Database,
    agreement_id: int,
    target: Path,
    kind: DraftFormat,
    at: datetime,
    title: str = "",
    *,
    comments: bool = False,
) -> GivenOut:
    """Save a draft and keep its words under the next number, unless they are those of the last draft.

    `comments`: the Word file carries the open remarks on clauses, too; they are the office's own. Raises OutputError if
    the file cannot be written; then nothing is kept.
    """
    with database.read() as session:
        paper = draft_paper(session, agreement_id, at.date())
        if kind is DraftFormat.PDF:
            content = agreement_pdf(paper)
        else:
            said = open_comments(session, agreement_id) if comments else []
            content = _docx(session, agreement_id, paper, said)
    write_file(target, content)
    return GivenOut(target, keep(database, agreement_id, at, title))


def keep(database: Database, agreement_id: int, at: datetime, title: str = "") -> DraftRow:
    """Keep the present words as a draft."""
    with database.read() as session:
        paper = draft_paper(session, agreement_id, at.date())
        number = drafts.next_number(session, agreement_id)
    with database.write(f"{paper.number}: Entwurf {number} festgehalten") as session:
        return drafts.keep(session, agreement_id, draft_words(paper), at, title)


def draft_file_name(session: Session, agreement_id: int, kind: DraftFormat, on: date) -> str:
    """ "ZV-2026-01_Entwurf-3_2026-03-01.docx"."""
    number = drafts.next_number(session, agreement_id)
    stem = Path(dated_pdf(f"{load_paper(session, agreement_id, on).number}_Entwurf-{number}", on)).stem
    return f"{stem}.{kind}"


def draft_paper(session: Session, agreement_id: int, on: date) -> AgreementPaper:
    """The paper with the mark of a draft, whatever the stage."""
    return replace(load_paper(session, agreement_id, on), draft=True)


def present_words(session: Session, agreement_id: int, on: date) -> DraftWords:
    """What the agreement says now."""
    return draft_words(load_paper(session, agreement_id, on))


def comparison(
    session: Session, agreement_id: int, before: int, after: int | None, on: date
) -> list[ComparedPart]:
    """Everything of two drafts beside each other; `after` None: the present wording."""
    newer = present_words(session, agreement_id, on) if after is None else drafts.words(session, after)
    return draft_comparison.compare(drafts.words(session, before), newer)


def save_comparison(
    session: Session,
    agreement_id: int,
    entries: Sequence[ComparedPart],
    names: tuple[str, str],
    target: Path,
    on: date,
) -> None:
    """The comparison as PDF. `names` of the two drafts. Raises OutputError if it cannot be written."""
    from app.reports.agreements.draft_comparison import comparison_pdf

    paper = load_paper(session, agreement_id, on)
    write_file(target, comparison_pdf(paper, entries, names))


def draft_words(paper: AgreementPaper) -> DraftWords:
    """The printed words of a paper, to be kept and compared."""
    text = compose(paper)
    return DraftWords(
        facts=_facts(paper),
        parties=_parties(paper, text),
        clauses=_clauses(paper, text),
        goals=_rows("Ziel", [goal.nr for goal in paper.goals], text.goals),
        instalments=_rows("Rate", [str(one.nr) for one in paper.instalments], text.instalments),
    )


def _rows(name: str, numbers: Sequence[str], table: PaperTable) -> tuple[Part, ...]:
    """What the rows of a table say; a sum that stands below them is none of them."""
    return tuple(
        Part(nr, f"{name} {nr}", "\n".join(cell_lines(row[1:])))
        for nr, row in zip(numbers, table.rows, strict=False)
    )


def open_comments(session: Session, agreement_id: int) -> list[CommentRow]:
    """The remarks that a Word file can carry: not settled, on clauses that are printed."""
    return [
        comment
        for comment in clause_comments.rows(session, agreement_id)
        if comment.is_open and comment.is_included
    ]


def _docx(
    session: Session, agreement_id: int, paper: AgreementPaper, comments: Sequence[CommentRow]
) -> bytes:
    from app.reports.agreements.word import agreement_docx  # the Word library loads with it
    from app.reports.word_text import WordComment

    said: dict[int, list[WordComment]] = {}
    included = [row for row in agreement_text.text(session, agreement_id).clauses if row.is_included]
    places = {row.position: place for place, row in enumerate(included)}
    for comment in comments:
        written = WordComment(comment.day, comment.author or "", comment.text)
        said.setdefault(places[comment.position], []).append(written)
    return agreement_docx(paper, said)


FACTS = {
    "Titel": "Titel",
    "Quartier": "Quartier",
    ":Laufzeit": "Laufzeit",
    ":Kündigung": "Kündigung",
    "Betrag": "Betrag der Förderung",
    "Beschluss": "Beschluss des Beirats",
}
"""What is compared besides the text: placeholder and how it is called."""


def _facts(paper: AgreementPaper) -> tuple[Part, ...]:
    values = placeholder_values(paper)
    return tuple(Part(name, title, values.get(name) or "–") for name, title in FACTS.items())


def _parties(paper: AgreementPaper, text: AgreementText) -> tuple[Part, ...]:
    named = [("Stadt", paper.office.authority or "Stadt", text.city)]
    named += [
        (f"party {party.name}", party.name, said)
        for party, said in zip(paper.parties, text.parties, strict=False)  # without any a gap is printed
    ]
    return tuple(Part(key, name, "\n".join(map(plain, said[1:]))) for key, name, said in named)


def _clauses(paper: AgreementPaper, text: AgreementText) -> tuple[Part, ...]:
    """By their name in the library; one that is in twice has a number behind it."""
    parts: list[Part] = []
    used: dict[str, int] = {}
    for clause in text.clauses:
        key = paper.clauses[clause.place].key
        used[key] = used.get(key, 0) + 1
        unique = f"{key} {used[key]}" if key and used[key] > 1 else key
        number = f"§ {clause.number}" if clause.number else ""
        words = plain_text(map(_as_compared, clause.blocks))
        parts.append(Part(unique, plain(clause.title), words, number))
    return tuple(parts)


def _as_compared(block: Block) -> Block:
    """Goals and instalments are compared by themselves, contacts without the header of their table."""
    if not isinstance(block, PaperTable):
        return block
    if block.name == ClauseTable.CONTACTS:
        return replace(block, header=())
    return replace(block, header=(f"[Tabelle der {block.name}]",), rows=())


def draft_name(draft: DraftRow | None) -> str:
    """ "Entwurf 3 vom 01.03.2026 (an die Diakonie)"; None: the present wording."""
    if draft is None:
        return "heutiger Stand"
    title = f" ({draft.title})" if draft.title else ""
    return f"Entwurf {draft.number} vom {german(draft.made_at.date())}{title}"
