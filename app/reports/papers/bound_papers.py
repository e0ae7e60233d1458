"""Puts finished papers one after the other into one PDF, a bookmark at the beginning of each."""

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter

from app.reports.layout import PROGRAM


def bound(papers: Sequence[tuple[str, bytes]], title: str, *, new_sheets: bool = False) -> bytes:
    """The papers with the names of their bookmarks, unchanged page by page: each counts its own pages.

    Bookmarks of a paper itself hang below its name. `new_sheets`: printed on both sides, each begins on a sheet of
    its own; an empty page is put in where it must be.
    """
    writer = PdfWriter()
    for name, pdf in papers:
        if new_sheets and len(writer.pages) % 2:
            writer.add_blank_page()
        writer.append(BytesIO(pdf), outline_item=name)
    writer.add_metadata({"/Title": title, "/Creator": PROGRAM, "/Producer": PROGRAM})
    writer.root_object.update(_document_settings())
    writer.page_mode = "/UseOutlines"  # a reader of the PDF shows the list of papers at once
    writer.compress_identical_objects()
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _document_settings() -> dict[object, object]:
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    return {
        NameObject("/Lang"): TextStringObject("de-DE"),
        NameObject("/ViewerPreferences"): DictionaryObject(
            {NameObject("/DisplayDocTitle"): BooleanObject(True)}
        ),
    }
