"""An amendment as PDF, on the paper of the agreement it belongs to: parties, "bisher / neu", signatures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from app.domain.agreements.amendments import AmendedPoint
from app.domain.agreements.clauses import ClauseTable, blocks
from app.domain.dates import german
from app.domain.terms import word
from app.reports import styles
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.text import compose
from app.reports.blocks import head, light_table, marked, paragraph, parties, signed
from app.reports.layout import PaperSheet, render

COLUMNS = (33 * mm, 66 * mm, 66 * mm)
HEAD_OF_TABLE = styles.CLAUSE.clone(styles.CLAUSE.name, keepWithNext=0)
"""A table kept whole with its heading would leave half a page empty."""
HEADER = ("Was", "Bisher", "Neu")


@dataclass(frozen=True, slots=True)
class AmendmentPaper:
    """What is printed of an amendment. `agreement` has the parties, the office, the day and whether it is a draft."""

    agreement: AgreementPaper
    nr: int
    title: str
    text: str
    effective_from: date | None
    changes: tuple[AmendedPoint, ...]
    signed_on: date | None = None  # of the agreement

    @property
    def name(self) -> str:
        """ "Nachtrag 1 zu ZV-2026-01", as it is cited."""
        return f"Nachtrag {self.nr} zu {self.agreement.number}"


def amendment_pdf(paper: AmendmentPaper) -> bytes:
    """The paper as PDF. Raises UserError if the office's logo cannot be read."""
    agreement = paper.agreement
    sheet = PaperSheet(
        office=agreement.office,
        title=" – ".join(filter(None, (paper.name, paper.title))),
        label=paper.name,
        day=agreement.day,
        draft=agreement.draft,
    )
    return render(sheet, lambda: _story(paper))


def _story(paper: AmendmentPaper) -> list[Flowable]:
    agreement = paper.agreement
    text = compose(agreement)
    kind = word(agreement.kind)
    title = styles.escape(paper.title.strip()) or styles.gap("Titel")
    story = [
        *head(agreement, f"Nachtrag {paper.nr}", f"zur {kind} {styles.escape(agreement.number)}<br/>{title}"),
        Spacer(1, 5 * mm),
        *parties(text, closing="wird der folgende Nachtrag geschlossen:"),
    ]
    sections = _sections(paper, kind)
    for nr, (heading, content) in enumerate(sections, start=1):
        style = HEAD_OF_TABLE if isinstance(content[0], Table) else styles.CLAUSE
        story += [CondPageBreak(45 * mm), Paragraph(f"§\u00a0{nr}\u00a0\u00a0{heading}", style), *content]
    return signed(story, text.signatures)


def _sections(paper: AmendmentPaper, kind: str) -> list[tuple[str, list[Flowable]]]:
    agreement = paper.agreement
    of = f" vom {german(paper.signed_on)}" if paper.signed_on else ""
    name = f"die {kind} {styles.escape(agreement.number)} „{styles.escape(agreement.title)}“{of}"
    changes = ", wie es in § 2 steht" if paper.changes else ""
    subject = [_body(f"Die Vertragsparteien ändern {name}{changes}.")]
    for block in blocks(paper.text):
        if not isinstance(block, ClauseTable):
            subject += paragraph(marked(block))
    found = [("Gegenstand", subject)]
    if paper.changes:
        found.append(("Änderungen", [light_table(HEADER, COLUMNS, _rows(paper.changes)), Spacer(1, 4 * mm)]))
    day = german(paper.effective_from) if paper.effective_from else styles.gap("Gilt ab")
    rest = f"Im Übrigen gilt die {kind} unverändert fort. Dieser Nachtrag ist Bestandteil der Vereinbarung."
    return [
        *found,
        ("Geltung", [_body(f"Der Nachtrag gilt ab dem {day}.")]),
        ("Übrige Bestimmungen", [_body(rest)]),
    ]


def _rows(changes: Sequence[AmendedPoint]) -> list[tuple[str, str, str]]:
    return [
        (
            f"<b>{styles.escape(change.what)}</b>",
            styles.escape(change.before) or "–",
            styles.escape(change.after) or "–",
        )
        for change in changes
    ]


def _body(words: str) -> Flowable:
    return Paragraph(words, styles.BODY)
