"""The sheet for the yearly talk as PDF: every goal with its light and last report, and room to write by hand."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app.domain.agreements.goal_light import GoalLight
from app.domain.dates import german
from app.domain.papers import paper_text as text
from app.domain.papers.paper_text import Block, Paragraph, ParagraphKind, SignatureBlock, bold, words
from app.reports import styles
from app.reports.glyphs import unprintable_sentence
from app.reports.layout import TEXT_WIDTH, PaperSheet, render
from app.reports.pdf_head import head
from app.reports.pdf_text import TIGHT, beside, flowables, set_table, set_words, signature_rows
from app.services.office import OfficeInput

LIGHT_WIDTH = 40 * mm
FACT_WIDTH, SECOND_FACT_WIDTH = 26 * mm, 18 * mm
NOTE_LINES, GENERAL_LINES, NEXT_STEPS = 3, 4, 5
LINE_HEIGHT = 8 * mm
"""As much as handwriting needs."""
COLOURS: dict[GoalLight, tuple[str, str]] = {
    GoalLight.OVERDUE: ("#9e0000", "#fee4e0"),
    GoalLight.AT_RISK: ("#7a4500", "#ffe7b6"),
    GoalLight.UNREPORTED: ("#51577a", "#eceef4"),
    GoalLight.MISSED: ("#9e0000", "#fee4e0"),
    GoalLight.PARTLY: ("#7a4500", "#ffe7b6"),
    GoalLight.ON_TRACK: ("#00536e", "#c0f3ff"),
    GoalLight.REACHED: ("#005741", "#cdf2e4"),
}
"""Ink and ground; printed in grey, symbol and word still tell them apart."""
CIRCLED = (GoalLight.OVERDUE, GoalLight.PARTLY, GoalLight.UNREPORTED)
STROKES: dict[GoalLight, Sequence[Sequence[tuple[float, float]]]] = {
    GoalLight.REACHED: [[(0, 0.5), (0.38, 0.1), (1, 0.95)]],
    GoalLight.MISSED: [[(0.1, 0.1), (0.9, 0.9)], [(0.1, 0.9), (0.9, 0.1)]],
    GoalLight.AT_RISK: [
        [(0.5, 1), (0, 0.05), (1, 0.05), (0.5, 1)], [(0.5, 0.68), (0.5, 0.4)], [(0.5, 0.24), (0.5, 0.2)],
    ],
    GoalLight.ON_TRACK: [[(0, 0.5), (1, 0.5)], [(0.6, 0.9), (1, 0.5), (0.6, 0.1)]],
    GoalLight.OVERDUE: [[(0.5, 0.8), (0.5, 0.5), (0.72, 0.35)]],
}  # fmt: skip
"""Lines of the symbols within a square of 1 by 1."""


@dataclass(frozen=True, slots=True)
class TalkGoal:
    """A goal on the sheet; all but the light is text as it is printed, empty where there is none."""

    nr: str
    title: str
    light: GoalLight
    reason: str
    state: str  # empty where the light says it
    target: str
    reached: str
    due: str
    responsible: str
    measure: str
    last_report: str


@dataclass(frozen=True, slots=True)
class TalkSheet:
    """What is printed. `parties`: name and representation of each; `last_talk`: what was agreed in it."""

    office: OfficeInput
    day: date
    kind: str
    number: str
    title: str
    quarter: str
    term: str
    talk_due: date | None
    parties: tuple[tuple[str, str], ...]
    sentence: str
    goals: tuple[TalkGoal, ...]
    last_talk_on: date | None = None
    last_talk: str = ""
    signatures: bool = True


def yearly_talk_pdf(talk: TalkSheet) -> bytes:
    """The sheet as PDF. Raises UserError if the office's logo cannot be read."""
    label = f"Jahresgespräch {talk.number}"
    sheet = PaperSheet(talk.office, f"{label} – {talk.title}", label, talk.day, draft=False)
    return render(sheet, lambda: _story(talk))


def unprintable_of(talk: TalkSheet) -> str:
    """A sentence on the signs of the sheet that will not print; empty if all will."""
    goals = tuple(
        (f"Ziel {goal.nr}", *(said for said in astuple(goal) if isinstance(said, str))) for goal in talk.goals
    )
    return unprintable_sentence(
        [Paragraph(talk.title), *_beginning(talk), text.PaperTable(("Ziel",), (), goals)]
    )


def _story(talk: TalkSheet) -> list[Flowable]:
    steps = text.PaperTable(("Was", "Wer", "Bis wann"), (95, 40, 30), (("", "", ""),) * NEXT_STEPS)
    return [
        *_head(talk),
        *flowables(_beginning(talk), heading_room=0, after_table=0),
        *(flowable for goal in talk.goals for flowable in _goal(goal)),
        _below("Außerdem besprochen", lines(GENERAL_LINES)),
        _below("Nächste Schritte", set_table(steps, LINE_HEIGHT + 1 * mm)),
        *(_signatures(talk) if talk.signatures else []),
    ]


def _below(heading: str, *flowables: Flowable) -> Flowable:
    """What stays on one page with the heading above."""
    return KeepTogether([set_words(heading, styles.CLAUSE), *flowables])


def _head(talk: TalkSheet) -> list[Flowable]:
    facts = [
        ("Nummer", talk.number),
        ("Quartier", talk.quarter),
        ("Laufzeit", talk.term),
        ("Fällig am", german(talk.talk_due) if talk.talk_due else ""),
        ("Auskunft", talk.office.contact_person),
        ("Telefon", talk.office.phone),
        ("Geführt am", "____________________"),
    ]
    return head("Jahresgespräch", [f"zur {talk.kind} {talk.number}", talk.title], facts, 18 * mm)


def _beginning(talk: TalkSheet) -> list[Block]:
    """Who takes part, what was agreed the last time, and how the goals stand."""
    office = ", ".join(filter(None, (talk.office.name, talk.office.authority)))
    people = ((office, talk.office.contact_person or ""), *talk.parties)
    blocks: list[Block] = [
        Paragraph("Teilnehmende", ParagraphKind.HEADING),
        text.PaperTable(
            ("Für", "Vertreten durch", "Beim Gespräch dabei"),
            (65, 50, 50),
            tuple((name, person, "") for name, person in people),
        ),
    ]
    if talk.last_talk_on is not None:
        said = talk.last_talk or "kein Ergebnis eingetragen"
        blocks += [
            Paragraph("Vom letzten Gespräch", ParagraphKind.HEADING),
            Paragraph(words(bold(f"{german(talk.last_talk_on)}:"), " ", said)),
        ]
    return [*blocks, Paragraph("Ziele", ParagraphKind.HEADING), Paragraph(talk.sentence)]


def _goal(goal: TalkGoal) -> list[Flowable]:
    """The goal with its facts stays on one page with the first line to write on."""
    name = set_words(bold(f"{goal.nr}. {goal.title}"), styles.BODY)
    widths = (TEXT_WIDTH - LIGHT_WIDTH, LIGHT_WIDTH)
    top = beside([name, LightMark(goal.light)], widths, ("ALIGN", (1, 0), (1, 0), "RIGHT"))
    state = " ".join(filter(None, (goal.state and f"{goal.state}.", goal.reason)))
    facts = _facts(
        (("Soll", goal.target or "nicht festgelegt"), ("Erreicht", goal.reached or "keine Zahl berichtet")),
        (("Frist", goal.due or "keine"), ("Zuständig", goal.responsible or "nicht festgelegt")),
        (("Maßnahme", goal.measure),),
        (("Stand", state),),
        (("Letzter Bericht", goal.last_report),),
    )
    notes = [set_words("Notizen und Vereinbarung", styles.CELL_HEAD), lines(NOTE_LINES)]
    return [KeepTogether([Spacer(1, 2 * mm), top, facts, Spacer(1, 1.5 * mm), *notes]), Spacer(1, 3 * mm)]


def _facts(*given: Sequence[tuple[str, str]]) -> Table:
    """Labels and values, two beside each other where they are short; what has no value is left out."""
    rows: list[list[object]] = []
    spans: list[tuple[object, ...]] = []
    for facts in given:
        if len(facts) == 1:
            if not facts[0][1]:
                continue
            spans.append(("SPAN", (1, len(rows)), (3, len(rows))))
        cells = [cell for fact in facts for cell in fact] + ["", ""] * (2 - len(facts))
        styled = zip(cells, (styles.CELL_HEAD, styles.CELL) * 2, strict=True)
        rows.append([set_words(text, style) if text else "" for text, style in styled])
    half = TEXT_WIDTH / 2
    widths = (FACT_WIDTH, half - FACT_WIDTH, SECOND_FACT_WIDTH, half - SECOND_FACT_WIDTH)
    return Table(rows, colWidths=widths, style=[*TIGHT, *spans])


def lines(count: int) -> Table:
    """Light lines to write on."""
    return Table(
        [[""]] * count,
        colWidths=(TEXT_WIDTH,),
        rowHeights=(LINE_HEIGHT,) * count,
        style=[TIGHT[0], ("LINEBELOW", (0, 0), (-1, -1), 0.5, styles.LINE)],
    )


def _signatures(talk: TalkSheet) -> list[Flowable]:
    office = SignatureBlock(talk.office.name, talk.office.contact_person or "")
    rows = signature_rows([office, *(SignatureBlock(name, who) for name, who in talk.parties)])
    return [_below("Unterschriften", rows[0]), *rows[1:]]


class LightMark(Flowable):  # type: ignore[misc]
    """Symbol and word of a light on its tint, at the right of its room."""

    SIZE = 8.5
    SYMBOL = 3.2 * mm
    HEIGHT = 5.6 * mm

    def __init__(self, light: GoalLight) -> None:
        super().__init__()
        self.light = light
        self.text = light.word

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        styles.register_fonts()
        self.width = stringWidth(self.text, styles.BOLD, self.SIZE) + self.SYMBOL + 7 * mm
        return self.width, self.HEIGHT

    def draw(self) -> None:
        ink, ground = (HexColor(colour) for colour in COLOURS[self.light])
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColor(ground)
        canvas.roundRect(0, 0, self.width, self.HEIGHT, self.HEIGHT / 2, stroke=0, fill=1)
        canvas.setFillColor(ink)
        canvas.setFont(styles.BOLD, self.SIZE)
        canvas.drawString(2.5 * mm + self.SYMBOL + 1.5 * mm, self.HEIGHT / 2 - self.SIZE * 0.35, self.text)
        canvas.setStrokeColor(ink)
        canvas.setLineWidth(1.1)
        canvas.translate(2.5 * mm, (self.HEIGHT - self.SYMBOL) / 2)
        canvas.scale(self.SYMBOL, self.SYMBOL)
        canvas.setLineWidth(1.1 / self.SYMBOL)
        self._symbol()
        canvas.restoreState()

    def _symbol(self) -> None:
        """Within a square of 1 by 1, so that no font must know the sign."""
        canvas = self.canv
        if self.light is GoalLight.UNREPORTED:
            canvas.setDash(0.22, 0.16)
        if self.light in CIRCLED:
            canvas.circle(0.5, 0.5, 0.48)
        for first, *others in STROKES.get(self.light, ()):
            path = canvas.beginPath()
            path.moveTo(*first)
            for point in others:
                path.lineTo(*point)
            canvas.drawPath(path, stroke=1, fill=0)
        if self.light is GoalLight.PARTLY:
            path = canvas.beginPath()
            path.arc(0.02, 0.02, 0.98, 0.98, 90, 180)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)
