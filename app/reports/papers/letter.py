"""A business letter on the office's sheet: DIN 5008, form B, for an envelope with a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app.domain.agreements.clauses import table_of
from app.domain.dates import german
from app.domain.papers.markup import parse
from app.domain.papers.paper_text import bold, joined
from app.reports import styles
from app.reports.drawing import draw_line, draw_text, text_width
from app.reports.layout import HEIGHT, LEFT, TEXT_WIDTH, WIDTH, PaperSheet, render
from app.reports.pdf_head import info_block
from app.reports.pdf_text import TIGHT, flowables, largest_fitting, set_words
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
    body = flowables(block for block in parse(letter.body) if table_of(block) is None)
    end = [
        Spacer(1, 2 * mm),
        set_words(letter.closing, styles.BODY),
        _signatures(letter.signatories or letter.office.signatories),
        *_enclosures(letter.enclosures),
    ]
    return [
        set_words(letter.subject, styles.SUBJECT),
        set_words(letter.salutation, styles.SALUTATION),
        *body[:-1],
        KeepTogether([*body[-1:], *end]),
    ]


def _signatures(people: Sequence[Signatory]) -> Flowable:
    """Room for the hand, below it name and function; two beside each other."""
    cells = [set_words(joined((person.name, person.function)), styles.BODY) for person in people]
    cells += [set_words("", styles.BODY)] * (len(cells) % 2 or (not cells) * 2)
    return Table(
        [cells[at : at + 2] for at in range(0, len(cells), 2)],
        colWidths=(TEXT_WIDTH / 2,) * 2,
        style=[
            *TIGHT,
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 14 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )


def _enclosures(names: Sequence[str]) -> list[Flowable]:
    if not names:
        return []
    heading = "Anlage" if len(names) == 1 else "Anlagen"
    return [Spacer(1, 4 * mm), set_words(joined((bold(heading), *names)), styles.SIGNATURE)]


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
    draw_text(canvas, LEFT, bottom + 1.6 * mm, sender, _size(sender, 7.5))
    draw_line(canvas, (LEFT, bottom + 0.4 * mm), (LEFT + ADDRESS_WIDTH, bottom + 0.4 * mm), 0.5)
    if letter.delivery:
        size = _size(letter.delivery, 8.5)
        draw_text(canvas, LEFT, bottom + 6 * mm, letter.delivery, size, bold=True, colour=styles.INK)
    sizes = (10.5, 9.5, 8.5, 7.5, 6.5, 5.5)
    text, height = largest_fitting(letter.recipient, ADDRESS_WIDTH, LINES_HEIGHT, sizes, 1.24)
    text.drawOn(canvas, LEFT, bottom - 1 * mm - height)


def _size(line: str, size: float) -> float:
    """The size in which a line fits into the window."""
    width = text_width(line, styles.BOLD, size)
    return size if width <= ADDRESS_WIDTH else size * ADDRESS_WIDTH / width


def _marks(canvas: Canvas) -> None:
    """Where to fold and punch, at the left edge."""
    for down, length in ((FOLDS[0], 4 * mm), (PUNCH, 6 * mm), (FOLDS[1], 4 * mm)):
        draw_line(canvas, (4 * mm, HEIGHT - down), (4 * mm + length, HEIGHT - down), 0.4)
