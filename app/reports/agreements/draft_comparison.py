"""Two drafts of an agreement side by side as PDF: what was added, removed, moved and changed, word by word."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from app.domain.agreements.clauses import Piece, Said
from app.domain.agreements.draft_comparison import ComparedPart, Part, Topic, changes
from app.domain.dates import german
from app.domain.terms import word
from app.reports import styles
from app.reports.agreements.data import AgreementPaper
from app.reports.blocks import light_table
from app.reports.layout import PaperSheet, render
from app.reports.styles import escape

COLUMNS = (31 * mm, 67 * mm, 67 * mm)
TOPICS = {
    Topic.FACT: "Laufzeit und Geld",
    Topic.PARTY: "Vertragsparteien",
    Topic.CLAUSE: "Klauseln",
    Topic.GOAL: "Ziele",
    Topic.INSTALMENT: "Raten",
}
LEGEND = "Durchgestrichen: entfallen. Unterstrichen: neu. Unveränderte Teile sind nicht aufgeführt."
HEADING = styles.CLAUSE.clone("comparison_heading", keepWithNext=0)
"""A table may be torn; one that must stay with its heading would begin on a new page."""
ADDED, ADDED_GROUND, REMOVED = "#005741", "#cdf2e4", "#9e0000"


def comparison_pdf(paper: AgreementPaper, entries: Sequence[ComparedPart], names: tuple[str, str]) -> bytes:
    """Only what differs. `names` of the older and the newer draft. Raises UserError for an unreadable logo."""
    label = f"{word(paper.kind)} {paper.number}: Vergleich"
    sheet = PaperSheet(paper.office, f"{label} – {paper.title}", label, paper.day, draft=False)
    return render(sheet, lambda: _story(paper, changes(entries), names))


def _story(
    paper: AgreementPaper, differing: Sequence[ComparedPart], names: tuple[str, str]
) -> list[Flowable]:
    story: list[Flowable] = [
        Paragraph("Vergleich zweier Fassungen", styles.KIND),
        Paragraph(f"{word(paper.kind)} {escape(paper.number)} · {escape(paper.title)}", styles.TITLE),
        Spacer(1, 5 * mm),
        Paragraph(
            f"{escape(names[0])} und {escape(names[1])}, verglichen am {german(paper.day)}.", styles.BODY
        ),
    ]
    if not differing:
        return [*story, Paragraph("Beide Fassungen sagen dasselbe.", styles.BODY)]
    story.append(Paragraph(LEGEND, styles.CAPTION))
    for topic, title in TOPICS.items():
        rows = [_row(entry) for entry in differing if entry.topic is topic]
        if rows:
            header = ("", *map(styles.shorten, names))
            table = light_table(list(map(escape, header)), COLUMNS, rows)
            story += [CondPageBreak(40 * mm), Paragraph(title, HEADING), table]
    return story


def _row(entry: ComparedPart) -> tuple[str, str, str]:
    part = entry.after or entry.before
    number = f"{escape(part.number)} " if part and part.number else ""
    first = f'<b>{number}{escape(entry.title)}</b><br/><font color="#51577a">{word(entry.fate)}</font>'
    return first, _side(entry, entry.before, Said.REMOVED), _side(entry, entry.after, Said.ADDED)


def _side(entry: ComparedPart, part: Part | None, own: Said) -> str:
    """The words of one draft, with what the other does not have marked."""
    if part is None:
        return '<font color="#51577a">–</font>'
    renamed = entry.before and entry.after and entry.before.title != entry.after.title
    title = f"<b>{_marked(entry.title_pieces, own)}</b><br/>" if renamed else ""
    return title + _marked(entry.text_pieces, own)


def _marked(pieces: Sequence[Piece], own: Said) -> str:
    return "".join(_mark(said, words) for said, words in pieces if said in (Said.SAME, own))


def _mark(said: Said, words: str) -> str:
    text = escape(words)
    if said is Said.ADDED:
        return f'<font color="{ADDED}" backColor="{ADDED_GROUND}"><u>{text}</u></font>'
    if said is Said.REMOVED:
        return f'<font color="{REMOVED}"><strike>{text}</strike></font>'
    return text
