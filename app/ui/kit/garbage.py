"""Looks for garbage on the GUI thread alone.

Python collects on whichever thread happens to make the next object. Where that is a worker, it would destroy widgets
there that nobody holds any more, and Qt does not survive that.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class GarbageCollection(QObject):
    """From now on the collector runs here, when Python itself would want it to, at most twice a second."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()


def collect_if_due() -> None:
    """Collect the oldest generation that has seen more than Python's own limit since its last time."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return
