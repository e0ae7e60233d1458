"""The menu "Ansicht": light or dark, and the size of the text."""

from PySide6.QtCore import QObject

from app.ui import preferences
from app.ui.kit.theme import BASE_POINTS, Scheme, Theme


class ViewActions(QObject):
    """Changes the look at once and remembers it for the next start."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def choose_scheme(self, scheme: Scheme) -> None:
        preferences.SCHEME.set(scheme.value)
        self.theme.choose(scheme)

    def choose_size(self, points: int) -> None:
        preferences.TEXT_SIZE.set(points)
        self.theme.resize(points)

    def normal(self) -> None:
        self.choose_size(BASE_POINTS)

    def step(self, by: int) -> None:
        """The next larger (1) or smaller (-1) size; the largest and smallest stay as they are."""
        sizes = sorted(preferences.TEXT_SIZES)
        now = preferences.TEXT_SIZE.get()
        here = sizes.index(now) if now in sizes else sizes.index(BASE_POINTS)
        self.choose_size(sizes[max(0, min(here + by, len(sizes) - 1))])


def remembered_scheme() -> Scheme:
    """Her last choice; the system's if what is stored is not one of ours."""
    stored = preferences.SCHEME.get()
    return Scheme(stored) if stored in list(Scheme) else Scheme.SYSTEM
