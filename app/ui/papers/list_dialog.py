"""A list of the window on paper: made beside the window, looked at, then printed or saved."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.domain.counting import counted
from app.domain.file_names import safe_name
from app.domain.list_sheet import ListSheet
from app.reports.list_pdf import list_pdf, unprintable_of
from app.services import office
from app.ui.context import Context
from app.ui.kit.tokens import Tone
from app.ui.papers.paper_dialog import PaperDialog


class ListDialog(PaperDialog):
    """The pages of a list. `unprintable`: a sentence on what is not seen on them."""

    def __init__(
        self, context: Context, sheet: ListSheet, pdf: bytes, unprintable: str, parent: QWidget
    ) -> None:
        super().__init__(context, parent, f"{sheet.title} drucken", printing_ends=True)
        self.name = sheet.title
        self.note.say(unprintable, Tone.WARNING)
        self.build_paper()
        self.show_paper(pdf, f"{safe_name(sheet.title)}.pdf")
        pages = counted(self.paper.document.pageCount(), "Seite", "Seiten")
        self.say(" · ".join(filter(None, (sheet.count, pages, sheet.filters))))


def print_list(context: Context, sheet: ListSheet, parent: QWidget) -> None:
    """Set the list beside the window, then show its pages."""
    at: datetime = context.now()
    name = context.ask(office.load).name
    context.do_later(
        f"{sheet.title} drucken",
        lambda progress: (list_pdf(sheet, name, at, progress), unprintable_of(sheet)),
        lambda made: ListDialog(context, sheet, *made, parent).open(),
        owner=parent,
    )
