"""A business letter on the office's sheet: DIN 5008, form B, for an envelope with a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from app.domain.agreements import clauses
from app.domain.agreements.clauses import ClauseTable
from app.domain.dates import german
from app.reports import styles
from app.reports.blocks import info_block, marked, paragraph
from app.reports.layout import HEIGHT, LEFT, TEXT_WIDTH, WIDTH, PaperSheet, render
from app.services.office import OfficeInput, Signatory

ADDRESS_TOP, ADDRESS_WIDTH = 45 * mm, 80 * mm
"""The field is 85 x 45 mm from 20 mm left; the text stands 5 mm inside."""
NOTES_HEIGHT, LINES_HEIGHT = 17.7 * mm, 27.3 * mm
"""Its zones: return address and notes such as "Einschreiben", below them the address itself."""
INFO_LEFT, INFO_TOP, INFO_LABEL, INFO_WIDTH = 125 * mm, 50 * mm, 21 * mm, 75 * mm
SUBJECT_TOP, AFTER_INFO = 98.46 * mm, 8.46 * mm
FOLDS, PUNCH = (105 * mm, 210 * mm), 148.5 * mm
CLOSING = "Mit freundlichen Grüßen"


@dataclass(frozen=True, slots=True)
class LetterData:
    """A letter ready to be set.

    `recipient`: the lines in the window. `body`: text in the markup of clauses, without placeholders.
    `reference`: our sign, as a rule the number of the agreement. `delivery`: a note above the address, such as
    "Einschreiben mit Rückschein". `signatories`: who signs; empty: those of the office. `label` names the letter in
    the footer: "Kündigung ZV-2026-01".
    """

    office: OfficeInput
    day: date
    recipient: tuple[str, ...]
    subject: str
    salutation: str
    body: str
    label: str
    reference: str = ""
    their_reference: str = ""
    delivery: str = ""
    enclosures: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    closing: str = CLOSING
    draft: bool = False


def letter_pdf(letter: LetterData) -> bytes:
    """The letter as PDF with its own "Seite x von y"; several make a series when put one after the other.

    Raises UserError if the office's logo cannot be read.
    """
    styles.register_fonts()
    info = _info(letter)
    _, height = info.wrap(WIDTH - INFO_LEFT, HEIGHT)

    def front(canvas: Canvas) -> None:
        _marks(canvas)
        _address(canvas, letter)
        info.wrapOn(canvas, WIDTH - INFO_LEFT, HEIGHT)
        info.drawOn(canvas, INFO_LEFT, HEIGHT - INFO_TOP - height)

    sheet = PaperSheet(
        office=letter.office,
        title=" – ".join(filter(None, (letter.label, letter.subject))),
        label=letter.label,
        day=letter.day,
        draft=letter.draft,
        begin=max(SUBJECT_TOP, INFO_TOP + height + AFTER_INFO),
        front=front,
    )
    return render(sheet, lambda: _story(letter))


def _story(letter: LetterData) -> list[Flowable]:
    """Subject and salutation with the text, greeting and signature never alone on a page."""
    text = [block for block in clauses.blocks(letter.body) if not isinstance(block, ClauseTable)]
    body = [piece for block in text for piece in paragraph(marked(block))]
    end = [
        Spacer(1, 2 * mm),
        Paragraph(styles.escape(letter.closing), styles.BODY),
        _signatures(letter.signatories or letter.office.signatories),
        *_enclosures(letter.enclosures),
    ]
    return [
        Paragraph(styles.escape(letter.subject), styles.SUBJECT),
        Paragraph(styles.escape(letter.salutation), styles.SALUTATION),
        *body[:-1],
        KeepTogether([*body[-1:], *end]),
    ]


def _signatures(people: Sequence[Signatory]) -> Flowable:
    """Room for the hand, below it name and function; two beside each other."""
    cells = [
        Paragraph(
            "<br/>".join(styles.escape(line) for line in (person.name, person.function) if line), styles.BODY
        )
        for person in people
    ]
    cells += [Paragraph("", styles.BODY)] * (len(cells) % 2 or (not cells) * 2)
    return Table(
        [cells[at : at + 2] for at in range(0, len(cells), 2)],
        colWidths=(TEXT_WIDTH / 2,) * 2,
        style=[
            ("FONTNAME", (0, 0), (-1, -1), styles.FAMILY),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 14 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )


def _enclosures(names: Sequence[str]) -> list[Flowable]:
    if not names:
        return []
    heading = "Anlage" if len(names) == 1 else "Anlagen"
    lines = "<br/>".join(map(styles.escape, names))
    return [Spacer(1, 4 * mm), Paragraph(f"<b>{heading}</b><br/>{lines}", styles.SIGNATURE)]


def _info(letter: LetterData) -> Table:
    office = letter.office
    return info_block(
        [
            ("Ihr Zeichen", letter.their_reference),
            ("Unser Zeichen", letter.reference),
            ("Auskunft", office.contact_person),
            ("Telefon", office.phone),
            ("E-Mail", office.email),
            ("Internet", office.website),
            ("Datum", german(letter.day)),
        ],
        INFO_LABEL,
        INFO_WIDTH,
    )


def _address(canvas: Canvas, letter: LetterData) -> None:
    """Return address small above the recipient, both inside the window whatever their length."""
    office = letter.office
    place = f"{office.postcode} {office.city}".strip()
    sender = " · ".join(filter(None, (office.authority or office.name, office.street, place)))
    bottom = HEIGHT - ADDRESS_TOP - NOTES_HEIGHT
    canvas.saveState()
    canvas.setFillColor(styles.MUTED)
    canvas.setFont(styles.FAMILY, _size(canvas, [sender], 7.5))
    canvas.drawString(LEFT, bottom + 1.6 * mm, sender)
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, bottom + 0.4 * mm, LEFT + ADDRESS_WIDTH, bottom + 0.4 * mm)
    if letter.delivery:
        canvas.setFillColor(styles.INK)
        canvas.setFont(styles.BOLD, _size(canvas, [letter.delivery], 8.5))
        canvas.drawString(LEFT, bottom + 6 * mm, letter.delivery)
    canvas.restoreState()
    lines = "<br/>".join(styles.escape(line) for line in letter.recipient if line.strip())
    for size in (10.5, 9.5, 8.5, 7.5, 6.5, 5.5):
        style = styles.ADDRESS.clone("address", fontSize=size, leading=size * 1.24)
        text = Paragraph(lines, style)
        _, height = text.wrapOn(canvas, ADDRESS_WIDTH, HEIGHT)
        if height <= LINES_HEIGHT:
            break
    text.drawOn(canvas, LEFT, bottom - 1 * mm - height)


def _size(canvas: Canvas, lines: Sequence[str], size: float) -> float:
    """The size in which the longest line fits into the window."""
    longest = max(canvas.stringWidth(line, styles.BOLD, size) for line in lines)
    return size if longest <= ADDRESS_WIDTH else size * ADDRESS_WIDTH / longest


def _marks(canvas: Canvas) -> None:
    """Where to fold and punch, at the left edge."""
    canvas.saveState()
    canvas.setStrokeColor(styles.LINE)
    canvas.setLineWidth(0.4)
    for down, length in ((FOLDS[0], 4 * mm), (PUNCH, 6 * mm), (FOLDS[1], 4 * mm)):
        canvas.line(4 * mm, HEIGHT - down, 4 * mm + length, HEIGHT - down)
    canvas.restoreState()
