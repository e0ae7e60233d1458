"""One figure that matters, with its name and what to hold it against."""

from app.ui.kit.explained import explain
from app.ui.kit.layout import STRETCH, column
from app.ui.kit.tokens import Tone
from app.ui.kit.widgets.pressable import Pressable
from app.ui.kit.widgets.text import label, set_property


class KeyFigure(Pressable):
    """Name, figure, note. `contains`: what it is made of. `set_clickable`: it leads to what is behind the figure."""

    def __init__(
        self,
        name: str,
        figure: str = "",
        note: str = "",
        *,
        tone: Tone = Tone.NEUTRAL,
        framed: bool = True,
        contains: str = "",
    ) -> None:
        super().__init__()
        self._name = name
        self.setProperty("role", "card" if framed else "keyfigure")
        self._figure = label("", "figure")
        self._note = label("", "caption", wrap=True)
        margins = (16, 12, 16, 12) if framed else (6, 0, 6, 0)
        column(
            label(name, "caption", wrap=True),
            self._figure,
            self._note,
            STRETCH,
            on=self,
            spacing=2,
            margins=margins,
        )
        self.set_figure(figure, note, tone)
        self.set_contains(contains)

    def set_contains(self, words: str) -> None:
        """What the figure is made of, as its value may say."""
        explain(self, words)

    def set_figure(self, figure: str, note: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        """Another value; danger colours it."""
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        set_property(self._figure, "tone", tone.value)
        self.heard_value = figure
        self.setAccessibleName(f"{self._name}: {figure} {note}".strip())

    def set_clickable(self) -> None:
        """It can be clicked and reached by keyboard."""
        self.set_pressable()
        set_property(self, "clickable", True)
