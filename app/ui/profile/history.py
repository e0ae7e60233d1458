"""The last sections of every profile: the notes on a record, and the history of its changes."""

from collections.abc import Iterator, Sequence

from app.services.record_changes import HistoryEntry
from app.ui.kit.widgets.card import Section
from app.ui.kit.widgets.history import HistoryView
from app.ui.kit.widgets.links import linked


def notes_and_history(notes: str | None, history: Sequence[HistoryEntry]) -> Iterator[Section]:
    """Notes, where there are any, then the history."""
    if notes:
        yield Section("Notizen", linked(notes))
    yield Section("Verlauf", HistoryView(history))
