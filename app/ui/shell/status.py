"""The line at the foot of the window: what just happened, a way back, when it was saved, how old the backup is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStatusBar, QWidget

from app.ui.kit.widgets.text import button, label, say


class StatusLine(QStatusBar):
    """`back` is asked for by the button beside the sentence."""

    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 0)
        self.sentence = label()
        self.back_button = button("", self.back.emit, role="link")
        self.back_button.setVisible(False)
        self.figures = label("", "muted")
        self.saved, self.backup = label("", "muted"), label("", "muted")
        for one in (self.figures, self.saved, self.backup):
            one.setContentsMargins(12, 0, 0, 0)
        self.addWidget(self.sentence)
        self.addWidget(self.back_button)
        self.addPermanentWidget(self.figures)
        self.addPermanentWidget(self.saved)
        self.addPermanentWidget(self.backup)

    def say(self, sentence: str, back: str = "") -> None:
        """Show a sentence; with `back` ("Rückgängig", "Wiederholen") a button beside it."""
        self.sentence.setText(sentence)
        self.back_button.setText(back)
        self.back_button.setVisible(bool(back))

    def show_figures(self, short: str, whole: str) -> None:
        """What the selected rows come to; `whole` names more of it where the mouse rests."""
        say(self.figures, short)
        self.figures.setToolTip(whole)
        self.figures.setAccessibleName(short)
        self.figures.setAccessibleDescription(whole.replace("\n", ". "))

    def show_saved(self, text: str) -> None:
        self.saved.setText(text)

    def show_backup(self, text: str, tip: str) -> None:
        self.backup.setText(text)
        self.backup.setToolTip(tip)
