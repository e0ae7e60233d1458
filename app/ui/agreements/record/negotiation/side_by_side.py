"""The words of two drafts beside each other: removed ones struck through left, added ones underlined right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTextBrowser

from app.domain.agreements.draft_comparison import ComparedPart
from app.domain.papers.paper_text import Look, bold, muted, words
from app.reports.html_text import words_html
from app.ui.agreements.clauses.difference import difference_looks
from app.ui.kit.timers import later
from app.ui.kit.tokens import Tokens, tokens


class SideBySide(QTextBrowser):
    """A table of two columns, one row for each entry; the tint follows the theme."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Beide Fassungen nebeneinander")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self._entries: tuple[ComparedPart, ...] = ()
        self._names = ("", "")
        self._sides: tuple[str, ...] = ()
        self._wanted: ComparedPart | None = None
        self._goer = later(self, self._go)

    def show_entries(self, entries: Sequence[ComparedPart], names: tuple[str, str]) -> None:
        """Show these; `names` of the older and the newer draft."""
        self._entries, self._names = tuple(entries), names
        self._render()

    def go_to(self, entry: ComparedPart) -> None:
        """Scroll to an entry, and mark it."""
        self._wanted = entry
        self._paint()
        self._goer.start()  # after the text has its size

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._render()
        super().changeEvent(event)

    def _go(self) -> None:
        place = next((at for at, entry in enumerate(self._entries) if entry is self._wanted), None)
        if place == 0:
            self.verticalScrollBar().setValue(0)  # with the names of both drafts
        elif place is not None:
            self.scrollToAnchor(f"entry-{place}")

    def _render(self) -> None:
        """The words of all entries; going from one to the next only marks another."""
        colours = tokens(self.palette())
        self._sides = tuple(_sides(entry, colours) for entry in self._entries)
        self._paint()

    def _paint(self) -> None:
        colours = tokens(self.palette())
        scrolled = self.verticalScrollBar().value()
        older, newer = map(words_html, self._names)
        rows = [f'<tr><td width="50%"><b>{older}</b></td><td width="50%"><b>{newer}</b></td></tr>']
        for place, (entry, sides) in enumerate(zip(self._entries, self._sides, strict=True)):
            rows += [_head(place, entry, colours, marked=entry is self._wanted), sides]
        self.setHtml(f'<table width="100%" cellspacing="0" cellpadding="7">{"".join(rows)}</table>')
        self.document().setDocumentMargin(6)
        self.verticalScrollBar().setValue(scrolled)


def _head(place: int, entry: ComparedPart, colours: Tokens, *, marked: bool) -> str:
    ground = colours.accent_tint if marked else colours.neutral_tint
    said = words_html(words(bold(entry.name), " ", muted(f"· {entry.fate.word}")), difference_looks(colours))
    return f'<tr><td colspan="2" bgcolor="{ground}"><a name="entry-{place}"></a>{said}</td></tr>'


def _sides(entry: ComparedPart, colours: Tokens) -> str:
    cells = []
    for own in (Look.REMOVED, Look.ADDED):
        said = entry.side(own)
        html = words_html(muted("steht hier nicht") if said is None else said, difference_looks(colours))
        cells.append(f'<td valign="top">{html}</td>')
    return f"<tr>{''.join(cells)}</tr>"
