"""The words of two drafts beside each other: removed ones struck through left, added ones underlined right."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.domain.agreements.clauses import Piece, Said
from app.domain.agreements.draft_comparison import ComparedPart, Part
from app.domain.terms import word
from app.ui.kit.tokens import Tokens, Tone, tokens


class SidesView(QTextBrowser):
    """A table of two columns, one row for each entry; the tint follows the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Beide Fassungen nebeneinander")
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self._entries: tuple[ComparedPart, ...] = ()
        self._names = ("", "")
        self._sides: tuple[str, ...] = ()
        self._wanted: ComparedPart | None = None
        self._goer = QTimer(self, singleShot=True, interval=0)
        self._goer.timeout.connect(self._go)

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
        older, newer = map(escape, self._names)
        rows = [f'<tr><td width="50%"><b>{older}</b></td><td width="50%"><b>{newer}</b></td></tr>']
        for place, (entry, sides) in enumerate(zip(self._entries, self._sides, strict=True)):
            rows += [_head(place, entry, colours, marked=entry is self._wanted), sides]
        self.setHtml(f'<table width="100%" cellspacing="0" cellpadding="7">{"".join(rows)}</table>')
        self.document().setDocumentMargin(6)
        self.verticalScrollBar().setValue(scrolled)


def _head(place: int, entry: ComparedPart, colours: Tokens, *, marked: bool) -> str:
    part = entry.after or entry.before
    number = f"{escape(part.number)} " if part and part.number else ""
    ground = colours.accent_tint if marked else colours.neutral_tint
    return (
        f'<tr><td colspan="2" bgcolor="{ground}"><a name="entry-{place}"></a><b>{number}{escape(entry.title)}</b> '
        f'<span style="color:{colours.muted}">· {word(entry.fate)}</span></td></tr>'
    )


def _sides(entry: ComparedPart, colours: Tokens) -> str:
    before = _side(entry, entry.before, Said.REMOVED, colours)
    after = _side(entry, entry.after, Said.ADDED, colours)
    return f'<tr><td valign="top">{before}</td><td valign="top">{after}</td></tr>'


def _side(entry: ComparedPart, part: Part | None, own: Said, colours: Tokens) -> str:
    if part is None:
        return f'<span style="color:{colours.muted}">steht hier nicht</span>'
    title = ""
    if entry.before and entry.after and entry.before.title != entry.after.title:
        title = f"<b>{_words(entry.title_pieces, own, colours)}</b><br/>"
    return title + _words(entry.text_pieces, own, colours)


def _words(pieces: Sequence[Piece], own: Said, colours: Tokens) -> str:
    return "".join(_marked(said, words, colours) for said, words in pieces if said in (Said.SAME, own))


def _marked(said: Said, words: str, colours: Tokens) -> str:
    text = escape(words).replace("\n", "<br/>")
    if said is Said.ADDED:
        return (
            f'<span style="text-decoration:underline; background-color:{colours.tint(Tone.SUCCESS).name()}; '
            f'color:{colours.success}">{text}</span>'
        )
    if said is Said.REMOVED:
        return (
            f'<span style="text-decoration:line-through; background-color:{colours.tint(Tone.DANGER).name()}; '
            f'color:{colours.danger}">{text}</span>'
        )
    return text
