"""An amendment as PDF, on the paper of the agreement it belongs to: parties, "bisher / neu", signatures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from app.domain.agreements.amendments import AmendedPoint
from app.domain.agreements.clauses import table_of
from app.domain.dates import german
from app.domain.papers.markup import parse
from app.domain.papers.paper_text import Block, PaperTable, Paragraph, ParagraphKind, bold, gap, joined, words
from app.domain.papers.quotes import nested
from app.reports.agreements.data import AgreementPaper
from app.reports.agreements.facts import info_facts, listed
from app.reports.agreements.text import PARTNER_WORDS, PrintedClause, compose
from app.reports.glyphs import unprintable_in
from app.reports.layout import PaperSheet, render
from app.reports.pdf_head import head
from app.reports.pdf_text import flowables


@dataclass(frozen=True, slots=True)
class AmendmentPaper:
    """What is printed of an amendment. `agreement` has the parties, the office, the day and whether it is a draft;
    `joining` and `leaving` name actors.
    """

    agreement: AgreementPaper
    nr: int
    title: str
    text: str
    effective_from: date | None
    changes: tuple[AmendedPoint, ...]
    signed_on: date | None = None  # of the agreement
    joining: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """ "Nachtrag 1 zu ZV-2026-01", as it is cited."""
        return f"Nachtrag {self.nr} zu {self.agreement.number}"


def amendment_pdf(paper: AmendmentPaper) -> bytes:
    """The paper as PDF. Raises UserError if the office's logo cannot be read."""
    agreement = paper.agreement
    title = " – ".join(filter(None, (paper.name, paper.title)))
    sheet = PaperSheet(agreement.office, title, paper.name, agreement.day, agreement.draft)
    return render(sheet, lambda: _story(paper))


def _story(paper: AmendmentPaper) -> list[Flowable]:
    text = compose(paper.agreement)
    title = joined((f"zur {paper.agreement.label}", paper.title.strip() or gap("Titel")))
    blocks = [*text.opening("wird der folgende Nachtrag geschlossen:"), *_sections(paper), text.signatures]
    return [
        *head(f"Nachtrag {paper.nr}", [title], info_facts(paper.agreement)),
        Spacer(1, 5 * mm),
        *flowables(blocks, heading_room=45 * mm, torn_tables=True),
    ]


def unprintable_signs(paper: AmendmentPaper) -> list[str]:
    """German phrases for the signs in its own words that will not print."""
    return unprintable_in([Paragraph(paper.title), *_sections(paper)])


def _sections(paper: AmendmentPaper) -> list[Block]:
    agreement = paper.agreement
    of = f" vom {german(paper.signed_on)}" if paper.signed_on else ""
    changes = ", wie es in § 2 steht" if paper.changes else ""
    subject = nested(f"Die Vertragsparteien ändern die {agreement.label} „{agreement.title}“{of}{changes}.")
    day = german(paper.effective_from) if paper.effective_from else gap("Gilt ab")
    rest = (
        f"Im Übrigen gilt die {agreement.kind.word} unverändert fort. "
        "Dieser Nachtrag ist Bestandteil der Vereinbarung."
    )
    reasons = [block for block in parse(paper.text) if table_of(block) is None]
    moves = {"Beitritt": paper.joining, "Ausscheiden": paper.leaving}
    sections: dict[str, list[Block]] = {
        "Gegenstand": [Paragraph(subject), *reasons],
        "Änderungen": [_table(paper.changes)] if paper.changes else [],
        listed([word for word, who in moves.items() if who]): [*_moves(paper)],
        "Geltung": [Paragraph(words("Der Nachtrag gilt ab dem ", day, "."))],
        "Übrige Bestimmungen": [Paragraph(rest)],
    }
    said = [(heading, blocks) for heading, blocks in sections.items() if blocks]
    return [
        block
        for nr, (heading, blocks) in enumerate(said, start=1)
        for block in (Paragraph(f"§\u00a0{nr}\u00a0\u00a0{heading}", ParagraphKind.HEADING), *blocks)
    ]


def _moves(paper: AmendmentPaper) -> Iterator[Block]:
    """Who joins takes over what is agreed; of who leaves, what was owed until then stays owed."""
    agreement = paper.agreement
    day = german(paper.effective_from) if paper.effective_from else gap("Gilt ab")
    if paper.joining:
        verbs = ("tritt", "übernimmt") if len(paper.joining) == 1 else ("treten", "übernehmen")
        rights = f"alle Rechte und Pflichten eines {PARTNER_WORDS[agreement.kind]}s nach dieser Vereinbarung."
        joins = f"{listed(paper.joining)} {verbs[0]} der Vereinbarung ab dem "
        yield Paragraph(words(joins, day, f" bei und {verbs[1]} von da an {rights}"))
        if added := _added_clauses(paper):
            yield Paragraph("Außerdem gilt von da an:")
        for clause in added:
            yield Paragraph(bold(clause.title))
            yield from clause.blocks
    if paper.leaving:
        verb = "scheidet" if len(paper.leaving) == 1 else "scheiden"
        duties = ", besonders Nachweis, Aufbewahrung und Rückzahlung" if agreement.funded else ""
        stays = f" aus der Vereinbarung aus. Rechte und Pflichten aus der Zeit bis dahin bleiben bestehen{duties}."
        yield Paragraph(words(f"{listed(paper.leaving)} {verb} mit Beginn des ", day, stays))


def _added_clauses(paper: AmendmentPaper) -> list[PrintedClause]:
    """Clauses of the agreement that did not apply to those who signed it, as those on several partners."""
    everybody = paper.agreement.parties
    before = tuple(party for party in everybody if party.name not in paper.joining)
    after = tuple(party for party in everybody if party.name not in paper.leaving)
    now, then = (compose(replace(paper.agreement, parties=parties)).clauses for parties in (before, after))
    known = {clause.place for clause in now}
    return [clause for clause in then if clause.place not in known]


def _table(changes: Sequence[AmendedPoint]) -> PaperTable:
    rows = tuple((bold(one.what), one.before or "–", one.after or "–") for one in changes)
    return PaperTable(("Was", "Bisher", "Neu"), (33, 66, 66), rows)
