"""Two wordings in one text: what was added is underlined on a tint, what was removed is struck through."""

from html import escape

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.domain.agreements.clauses import Said, difference
from app.ui.kit.tokens import Tokens, Tone, tokens


class DifferenceView(QTextBrowser):
    """The difference of two wordings, title above text; says so if there is none."""

    def __init__(self, name: str = "Unterschied", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self._before: tuple[str, str] = ("", "")
        self._after: tuple[str, str] = ("", "")
        self._same = ""

    def show_difference(self, before: tuple[str, str], after: tuple[str, str], same: str = "") -> None:
        """Title and text before and after; `same`: the sentence if nothing differs."""
        self._before, self._after, self._same = before, after, same
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()
        super().changeEvent(event)

    def _paint(self) -> None:
        colours = tokens(self.palette())
        title, text = (
            _pieces(before, after, colours) for before, after in zip(self._before, self._after, strict=True)
        )
        parts = [
            f'<p style="font-weight:600; font-size:11pt; margin-bottom:8px">{title}</p>',
            f'<p style="white-space:pre-wrap">{text}</p>',
        ]
        if self._same and self._before == self._after:
            parts.insert(0, f'<p style="color:{colours.muted}">{escape(self._same)}</p>')
        self.setHtml("".join(parts))
        self.document().setDocumentMargin(16)


def _pieces(before: str, after: str, colours: Tokens) -> str:
    added = (
        f'<span style="text-decoration:underline; background-color:{colours.tint(Tone.SUCCESS).name()}; '
        f'color:{colours.success}">'
    )
    removed = f'<span style="text-decoration:line-through; color:{colours.danger}">'
    opening = {Said.SAME: "<span>", Said.ADDED: added, Said.REMOVED: removed}
    return "".join(
        f"{opening[said]}{escape(words)}</span>".replace("\n", "<br/>")
        for said, words in difference(before, after)
    )
