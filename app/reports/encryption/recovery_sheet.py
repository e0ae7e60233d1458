"""The recovery sheet: the key that opens the file without its password, to be printed and put away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from app.domain.dates import german
from app.domain.papers.paper_text import Block, Paragraph, ParagraphKind
from app.reports import styles
from app.reports.glyphs import FAMILY
from app.reports.layout import TEXT_WIDTH, PaperSheet, render
from app.reports.pdf_head import head
from app.reports.pdf_text import flowables, set_words
from app.services.office import OfficeInput

LABEL = "Wiederherstellungsblatt"
IN_A_ROW = 4
_SIGNS = styles.KIND.clone("recovery_group", alignment=1, leading=24)
_PLACE = styles.CAPTION.clone("recovery_place", alignment=1)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What is printed. `file`: name of the file the key opens; `groups` of the key in their order."""

    office: OfficeInput
    day: date
    file: str
    groups: tuple[str, ...]


def recovery_sheet_pdf(sheet: RecoverySheet) -> bytes:
    """The sheet as PDF. Raises UserError if the office's logo cannot be read."""
    title = f"{LABEL} für „{sheet.file}“"
    return render(PaperSheet(sheet.office, title, LABEL, sheet.day, draft=False), lambda: _story(sheet))


def _story(sheet: RecoverySheet) -> list[Flowable]:
    facts = [("Datei", sheet.file), ("Gilt seit", german(sheet.day))]
    return [
        *head(LABEL, ["Öffnet die Datei, wenn das Kennwort vergessen ist"], facts, 18 * mm),
        Spacer(1, 6 * mm),
        _key(sheet.groups),
        *flowables(_words(sheet.file), heading_room=0, after_table=0),
    ]


def _key(groups: Sequence[str]) -> Table:
    """Groups with their numbers below: a slip of the pen is named by the number of its group."""
    rows: list[list[Flowable]] = []
    for start in range(0, len(groups), IN_A_ROW):
        some = list(enumerate(groups[start : start + IN_A_ROW], start + 1))
        rows.append([set_words(group, _SIGNS) for _, group in some])
        rows.append([set_words(f"Gruppe {number}", _PLACE) for number, _ in some])
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), styles.FAINT),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.5, styles.LINE),
        ("BOX", (0, 0), (-1, -1), 0.5, styles.LINE),
        ("FONTNAME", (0, 0), (-1, -1), FAMILY),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
    ]
    return Table(rows, colWidths=[TEXT_WIDTH / IN_A_ROW] * IN_A_ROW, style=look)


def _words(file: str) -> list[Block]:
    def item(text: str) -> Block:
        return Paragraph(text, ParagraphKind.ITEM)

    return [
        Paragraph("Wozu es da ist", ParagraphKind.HEADING),
        Paragraph(
            f"Die Datei „{file}“, ihre Sicherungen und ihre Anlagen sind verschlüsselt. Ohne Kennwort kann sie niemand "
            "lesen, auch nicht, wer das Programm gemacht hat. Ist das Kennwort vergessen oder ist, wer es kennt, nicht "
            "zu erreichen, öffnet dieser Schlüssel die Datei. Danach wird ein neues Kennwort vergeben."
        ),
        Paragraph("So geht es", ParagraphKind.HEADING),
        item("Die Datei im Programm öffnen und „Kennwort vergessen“ wählen."),
        item("Die acht Gruppen eingeben; groß oder klein, mit oder ohne Leerzeichen. Was wie I oder O "
             "aussieht, ist eine Eins oder eine Null. Tippfehler werden mit der Nummer der Gruppe genannt."),
        item("Ein neues Kennwort vergeben und das neue Blatt drucken. Dieses Blatt öffnet danach nur noch Kopien, die "
             "vorher gemacht wurden und nicht erreichbar waren."),
        Paragraph("Wo es liegen soll", ParagraphKind.HEADING),
        item("Verschlossen, nicht beim Rechner und nicht bei den Sicherungen: im Tresor der Dienststelle oder in einem "
             "verschlossenen Umschlag bei der Leitung."),
        item("Nicht abfotografieren, nicht als Datei aufheben, nicht per E-Mail senden."),
        item("Wer dieses Blatt und die Datei hat, kann alles darin lesen. Ist es verloren gegangen, bitte in den "
             "Einstellungen unter „Verschlüsselung“ das Kennwort ändern und ein neues Blatt drucken."),
    ]  # fmt: skip
