"""Two wordings in one text: what was added is underlined on a tint, what was removed is struck through."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.domain.papers.paper_text import Look, muted
from app.domain.papers.wording_difference import difference
from app.reports.html_text import words_html
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
        self._facts: tuple[str, str] = ("", "")
        self._same = ""

    def show_difference(
        self,
        before: tuple[str, str],
        after: tuple[str, str],
        same: str = "",
        facts: tuple[str, str] = ("", ""),
    ) -> None:
        """Title and text before and after; `same`: the sentence if nothing differs.

        `facts`: what else is said of it, before and after; shown where it differs.
        """
        self._before, self._after, self._same, self._facts = before, after, same, facts
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()
        super().changeEvent(event)

    def _paint(self) -> None:
        colours = tokens(self.palette())
        looks = difference_looks(colours) | {
            Look.REMOVED: f"text-decoration:line-through; color:{colours.danger}"
        }
        title, text = (
            words_html(difference(before, after), looks)
            for before, after in zip(self._before, self._after, strict=True)
        )
        parts = [
            f'<p style="font-weight:600; font-size:11pt; margin-bottom:8px">{title}</p>',
            f'<p style="white-space:pre-wrap">{text}</p>',
        ]
        if self._facts[0] != self._facts[1]:
            parts.insert(1, f"<p>{words_html(difference(*self._facts), looks)}</p>")
        elif self._same and self._before == self._after:
            same = words_html(muted(self._same), looks)
            parts.insert(0, f"<p>{same}</p>")
        self.setHtml("".join(parts))
        self.document().setDocumentMargin(16)


def difference_looks(colours: Tokens) -> dict[Look, str]:
    """How the looks of a comparison are styled in a theme."""
    added, removed = (colours.tint(tone).name() for tone in (Tone.SUCCESS, Tone.DANGER))
    return {
        Look.ADDED: f"text-decoration:underline; background-color:{added}; color:{colours.success}",
        Look.REMOVED: f"text-decoration:line-through; background-color:{removed}; color:{colours.danger}",
        Look.MUTED: f"color:{colours.muted}",
    }
