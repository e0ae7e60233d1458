"""The line at the foot of the window: what just happened, a way on, when it was saved, how old the backup is."""

from PySide6.QtWidgets import QStatusBar, QWidget

from app.ui.kit.plain import plain
from app.ui.kit.tab_order import Zone, in_zone
from app.ui.kit.widgets.news import NewsLine
from app.ui.kit.widgets.text import label, say, set_property


class StatusLine(QStatusBar):
    """What just happened stands left, what is known about the file right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        in_zone(self, Zone.FOOT)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 0)
        self.news = NewsLine()
        set_property(self.news.sentence, "role", "")
        self.figures = label("", "muted")
        self.state, self.saved, self.backup = label("", "strong"), label("", "muted"), label("", "muted")
        for one in (self.figures, self.state, self.saved, self.backup):
            one.setContentsMargins(12, 0, 0, 0)
        self.addWidget(self.news)
        self.addPermanentWidget(self.figures)
        self.addPermanentWidget(self.state)
        self.addPermanentWidget(self.saved)
        self.addPermanentWidget(self.backup)

    def show_figures(self, short: str, whole: str) -> None:
        """What the selected rows come to; `whole` names more of it where the mouse rests."""
        say(self.figures, short)
        self.figures.setToolTip(plain(whole))
        self.figures.setAccessibleName(short)
        self.figures.setAccessibleDescription(whole.replace("\n", ". "))

    def show_state(self, text: str, tip: str) -> None:
        """What is lastingly so with the file, such as that it can only be read."""
        say(self.state, text)
        self.state.setToolTip(tip)
        self.state.setAccessibleDescription(tip)

    def show_saved(self, text: str) -> None:
        self.saved.setText(text)

    def show_backup(self, text: str, tip: str) -> None:
        self.backup.setText(text)
        self.backup.setToolTip(plain(tip))
