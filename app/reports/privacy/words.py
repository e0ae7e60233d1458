"""Pieces that all papers about privacy share: who is responsible, what is still missing, rows of facts."""

from collections.abc import Iterable

from app.domain.papers.paper_text import Block, PaperTable, Paragraph, ParagraphKind, Text, gap, joined
from app.domain.privacy.activities import SUPERVISORY_AUTHORITY
from app.services.office import OfficeInput

FACT_WIDTHS = (45.0, 120.0)


def heading(words: str) -> Paragraph:
    return Paragraph(words, ParagraphKind.HEADING)


def items(words: Iterable[str]) -> list[Block]:
    return [Paragraph(one, ParagraphKind.ITEM) for one in words]


def facts(rows: Iterable[tuple[str, Text]], header: tuple[str, str] = ("Angabe", "Inhalt")) -> PaperTable:
    """Names left, what is to be said right."""
    return PaperTable(header, FACT_WIDTHS, tuple(rows))


def responsible(office: OfficeInput) -> list[tuple[str, Text]]:
    """Who is responsible, its data protection officer, and who watches over both."""
    place = " ".join(filter(None, (office.postcode, office.city)))
    body = (office.authority or gap("Verantwortliche Stelle"), office.head, office.department)
    address = ", ".join(filter(None, (office.street, place)))
    reach = ", ".join(filter(None, (office.phone, office.email)))
    officer = (
        office.data_protection_officer or gap("Datenschutzbeauftragte"),
        office.data_protection_contact,
    )
    return [
        ("Verantwortlich", joined((*body, address))),
        ("Zuständiges Büro", joined((office.name or gap("Name des Büros"), office.contact_person, reach))),
        ("Datenschutzbeauftragte", joined(officer)),
        ("Aufsichtsbehörde", office.supervisory_authority or SUPERVISORY_AUTHORITY),
    ]
