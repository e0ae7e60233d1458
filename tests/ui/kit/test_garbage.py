"""Garbage is collected on the GUI thread alone."""

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from app.ui.kit.garbage import GarbageCollection


class Knot:
    """Refers to itself, so only the collector can let it go."""

    def __init__(self) -> None:
        self.own = self


def test_a_worker_never_collects(qtbot: QtBot, garbage: GarbageCollection) -> None:
    gone_on: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: gone_on.append(threading.get_ident()))
    del knot

    def work() -> None:
        for _ in range(20):
            [Knot() for _ in range(gc.get_threshold()[0] * 2)]

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert gone_on == []
    qtbot.waitUntil(lambda: gone_on == [threading.get_ident()])
