"""Two drafts of an agreement side by side as PDF: what was added, removed, moved and changed, word by word."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from app.domain.agreements.draft_comparison import ComparedPart, Topic, changes
from app.domain.dates import german
from app.domain.papers.paper_text import (
    Block,
    Look,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Text,
    bold,
    joined,
    muted,
    shorten,
)
from app.reports.agreements.data import AgreementPaper
from app.reports.layout import PaperSheet, render
from app.reports.pdf_text import flowables

TOPICS = {
    Topic.FACT: "Laufzeit und Geld",
    Topic.PARTY: "Vertragsparteien",
    Topic.CLAUSE: "Klauseln",
    Topic.GOAL: "Ziele",
    Topic.INSTALMENT: "Raten",
}
LEGEND = "Durchgestrichen: entfallen. Unterstrichen: neu. Unveränderte Teile sind nicht aufgeführt."

NO_DIFFERENCE = "Beide Fassungen sagen dasselbe."


def comparison_pdf(paper: AgreementPaper, entries: Sequence[ComparedPart], names: tuple[str, str]) -> bytes:
    """Only what differs. `names` of the older and the newer draft. Raises UserError for an unreadable logo."""
    label = f"{paper.label}: Vergleich"
    sheet = PaperSheet(paper.office, f"{label} – {paper.title}", label, paper.day, draft=False)
    return render(sheet, lambda: _story(paper, changes(entries), names))


def _story(
    paper: AgreementPaper, differing: Sequence[ComparedPart], names: tuple[str, str]
) -> list[Flowable]:
    head = [
        Paragraph("Vergleich zweier Fassungen", ParagraphKind.TITLE),
        Paragraph(f"{paper.label} · {paper.title}", ParagraphKind.SUBTITLE),
    ]
    compared = f"{names[0]} und {names[1]}, verglichen am {german(paper.day)}."
    legend = Paragraph(LEGEND, ParagraphKind.CAPTION)
    blocks: list[Block] = [Paragraph(compared), legend if differing else Paragraph(NO_DIFFERENCE)]
    for topic, title in TOPICS.items():
        rows = tuple(_row(entry) for entry in differing if entry.topic is topic)
        if rows:
            header = ("", *map(shorten, names))
            blocks += [Paragraph(title, ParagraphKind.HEADING), PaperTable(header, (31, 67, 67), rows)]
    below = flowables(blocks, heading_room=40 * mm, after_table=0, torn_tables=True)
    return [*flowables(head), Spacer(1, 5 * mm), *below]


def _row(entry: ComparedPart) -> tuple[Text, Text, Text]:
    before, after = (entry.side(own) for own in (Look.REMOVED, Look.ADDED))
    nothing = muted("–")
    return (
        joined((bold(entry.name), muted(entry.fate.word))),
        nothing if before is None else before,
        nothing if after is None else after,
    )
