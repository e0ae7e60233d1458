"""Puts finished papers one after the other into one PDF, a bookmark at the beginning of each."""

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter

from app.reports.layout import PROGRAM


def bound(papers: Sequence[tuple[str, bytes]], title: str) -> bytes:
    """The papers with the names of their bookmarks, unchanged page by page: each counts its own pages.

    Bookmarks of a paper itself hang below its name.
    """
    writer = PdfWriter()
    for name, pdf in papers:
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
