"""Turns the markup of our papers into the runs of a Word file: bold, muted, gaps highlighted, line breaks."""

from html.parser import HTMLParser

from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

MUTED = RGBColor(0x51, 0x57, 0x7A)


def add_markup(paragraph: Paragraph, markup: str) -> list[Run]:
    """Add words with their markup to a paragraph; the runs that were made."""
    parser = _Runs(paragraph)
    parser.feed(markup)
    parser.close()
    return parser.runs


class _Runs(HTMLParser):
    """`<b>`, `<br/>` and `<font>` are all that our papers know; a font with a ground is a gap, any other is muted."""

    def __init__(self, paragraph: Paragraph) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._paragraph = paragraph
        self._bold = 0
        self._fonts: list[bool] = []  # is it a gap?

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "b":
            self._bold += 1
        elif tag == "font":
            self._fonts.append("backcolor" in dict(attrs))
        elif tag == "br":
            self._run("").add_break()

    def handle_endtag(self, tag: str) -> None:
        if tag == "b":
            self._bold -= 1
        elif tag == "font":
            self._fonts.pop()

    def handle_data(self, data: str) -> None:
        run = self._run(data)
        if any(self._fonts):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        elif self._fonts:
            run.font.color.rgb = MUTED

    def _run(self, text: str) -> Run:
        run = self._paragraph.add_run(text)
        if self._bold:
            run.bold = True
        self.runs.append(run)
        return run
