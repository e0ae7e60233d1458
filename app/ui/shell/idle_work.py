"""Makes pages ready before their first visit, in small steps while nobody works."""

import dis
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import CodeType
from typing import cast

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

OURS = ("app", "db")
BETWEEN_STEPS_MS = 15
"""Between two steps the window answers whatever waits."""
REST_MS = 1500
"""So long after the last key or click nobody works any more."""
WORK = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel}
)


class IdleWork(QObject):
    """Takes one step after the other until there is none, and rests while the person works in `window`.

    `stop` ends it for good: a window does so when it closes. No step may take longer than a key press can wait:

        IdleWork(window, importing("app.ui.budgets.page"))
    """

    def __init__(self, window: QWidget, steps: Iterator[None]) -> None:
        super().__init__(window)
        self._steps = steps
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._step)
        self._timer.start(BETWEEN_STEPS_MS)
        self._watched = window.windowHandle()
        self._watched.installEventFilter(self)

    def stop(self) -> None:
        self._timer.stop()
        self._watched.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in WORK and self._timer.isActive():
            self._timer.start(REST_MS)
        return False

    def _step(self) -> None:
        if not self._watched.isVisible():  # locked: nobody waits for pages, and nothing can be asked
            self._timer.start(REST_MS)
        elif next(self._steps, self) is self:
            self.stop()
        else:
            self._timer.start(BETWEEN_STEPS_MS)


def importing(name: str) -> Iterator[None]:
    """Imports a module and all of ours that it needs, few modules in each step."""
    yield from _importing(name, set())


def _importing(name: str, begun: set[str]) -> Iterator[None]:
    if name in sys.modules or name in begun:
        return
    begun.add(name)
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    code = spec.loader.get_code(name)  # type: ignore[attr-defined]
    for needed in _named_at_import(code):
        yield from _importing(needed, begun)
    import_module(name)
    yield


def _named_at_import(code: CodeType) -> Iterator[str]:
    """The modules of ours that a module imports while it is itself imported, read from its compiled code."""
    module, skipped_until = "", -1
    instructions = list(dis.get_instructions(code))
    for place, one in enumerate(instructions):
        if one.argval == "TYPE_CHECKING" and instructions[place + 1].opname.startswith("POP_JUMP"):
            skipped_until = cast(int, instructions[place + 1].argval)
        if one.offset < skipped_until:
            continue
        if one.opname == "IMPORT_NAME":
            module = cast(str, one.argval)
            named = module
        elif one.opname == "IMPORT_FROM" and hasattr(sys.modules.get(module), "__path__"):
            named = f"{module}.{one.argval}"  # a module of a package, or only a name in it
        else:
            continue
        if named.split(".")[0] in OURS:
            yield named
