"""The way she came through the window: back and forward between places, and where a command was done."""

from typing import NamedTuple

MOST_PLACES = 100


class Place(NamedTuple):
    """A page, and where on it (see `Page.place`)."""

    page: str
    within: object = None


class Trail:
    """Places left and come back from, as in a browser."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    @property
    def behind(self) -> Place | None:
        """Where "Zurück" leads."""
        return self._behind[-1] if self._behind else None

    @property
    def ahead(self) -> Place | None:
        """Where "Vor" leads."""
        return self._ahead[-1] if self._ahead else None

    def leave(self, place: Place) -> None:
        """She goes somewhere else from here; what was ahead is forgotten."""
        if place != self.behind:
            self._behind = [*self._behind, place][-MOST_PLACES:]
        self._ahead.clear()

    def back(self, here: Place) -> Place | None:
        """Leave `here` for the place before; None if there is none."""
        return _step(self._behind, self._ahead, here)

    def forward(self, here: Place) -> Place | None:
        """Leave `here` for the place that was left by going back; None if there is none."""
        return _step(self._ahead, self._behind, here)


def _step(taken: list[Place], kept: list[Place], here: Place) -> Place | None:
    while taken:
        place = taken.pop()
        if place != here:
            kept.append(here)
            return place
    return None
