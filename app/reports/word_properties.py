"""What a Word file says of itself, and nothing that the library's own template says of somebody else."""

from datetime import UTC, date, datetime, time

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.oxml.ns import qn

from app.domain.papers.paper_text import plain

LONGEST = 255
"""Characters that a property of the file may have."""
LANGUAGE = "de-DE"
_STRANGE = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
"""A picture of another document, the sources of another one, and styles twice, in another language."""
_OF_OTHERS = ("w:rsids", "w:savePreviewPicture", "w:proofState", "w:themeFontLang")
_GERMAN = {"w:decimalSymbol": ",", "w:listSeparator": ";"}
_ABOUT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Quartiersbüro</Application></Properties>"
)


def set_properties(document: WordFile, title: str, label: str, author: str, day: date) -> None:
    """Title, author, language and the day it was made; everything foreign goes."""
    core = document.core_properties
    core.title, core.subject = plain(title)[:LONGEST], plain(label)[:LONGEST]
    core.author = core.last_modified_by = plain(author)[:LONGEST]
    core.language, core.comments = LANGUAGE, ""
    core.created = core.modified = datetime.combine(day, time(12), UTC)
    package = document.part.package
    assert package is not None
    _drop_strange(package)
    settings = document.settings.element
    for name in _OF_OTHERS:
        for found in settings.findall(qn(name)):
            settings.remove(found)
    for name, value in _GERMAN.items():
        settings.find(qn(name)).set(qn("w:val"), value)
    for found in settings.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")  # of Word since 2013; else it says "Kompatibilitätsmodus"


def _drop_strange(package: OpcPackage) -> None:
    """A part that nothing points to is not written."""
    for rels in (package.rels, package.main_document_part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype in _STRANGE]:
            del rels[key]
    package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)._blob = _ABOUT.encode()
