"""A client of AT-SPI, as a screen reader is one: starts the program, goes through its pages, prints what it found.

listening.py LAUNCHER PROGRAM... (within a D-Bus session of its own, by the Python that has the bindings of AT-SPI)
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - only after its version is chosen

PATIENCE_S = 30.0
FIRST = "Übersicht"
"""Its heading is another: what is due."""
FEW = 40
SHAPELESS = {"filler", "unknown", "invalid", "frame", "panel", "redundant object"}


def wait(until: Callable[[], Any]) -> Any:
    """Let events come in until something is true; ends the program after a while."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        while GLib.MainContext.default().pending():
            GLib.MainContext.default().iteration(False)
        try:
            if found := until():
                return found
        except GLib.Error:
            pass  # it went while it was looked at
        time.sleep(0.05)
    sys.exit("waited in vain")


def below(root: Any) -> Iterator[Any]:
    """Everything in it that is shown."""
    if root.get_state_set().contains(Atspi.StateType.SHOWING) or root.get_role_name() == "application":
        yield root
        for place in range(min(root.get_child_count(), FEW)):
            if (child := root.get_child_at_index(place)) is not None:
                yield from below(child)


def program() -> Any:
    """The program on the bus, once it shows something."""
    desktop = Atspi.get_desktop(0)
    found = [desktop.get_child_at_index(place) for place in range(desktop.get_child_count())]
    return next((one for one in found if one and "uartier" in one.get_name() and one.get_child_count()), None)


def entries(root: Any) -> list[Any]:
    """The entries of the navigation."""
    pages = (one for one in below(root) if one.get_role_name() == "list" and one.get_name() == "Seiten")
    return [one for one in below(next(pages)) if one.get_role_name() == "list item"]


def has(one: Any, state: Any) -> bool:
    return bool(one.get_state_set().contains(state))


def headings(root: Any) -> str:
    """The headings that are shown."""
    return " ".join(one.get_name() for one in below(root) if one.get_role_name() == "heading")


def visit(root: Any, entry: Any) -> dict[str, Any]:
    """Open a page by its entry, and look at it."""
    title = entry.get_name().split(",")[0]
    entry.get_action_iface().do_action(0)
    wait(lambda: has(entry, Atspi.StateType.SELECTED) and (title in headings(root) or title == FIRST))
    shown = wait(lambda: list(below(root)))
    focusable = [one for one in shown if has(one, Atspi.StateType.FOCUSABLE)]
    return {
        "page": entry.get_name(),
        "selected": has(entry, Atspi.StateType.SELECTED),
        "headings": headings(root),
        "nameless": [
            one.get_role_name()
            for one in focusable
            if not one.get_name() and one.get_role_name() != "table cell"
        ],
        "shapeless": [one.get_name() for one in focusable if one.get_role_name() in SHAPELESS],
        "sums": [one.get_name() for one in shown if one.get_name().startswith("Summe")],
    }


def main(launcher: str, command: list[str]) -> None:
    bus = subprocess.Popen([launcher, "--launch-immediately"])
    Atspi.init()
    said: list[str] = []
    listener = Atspi.EventListener.new(lambda event: said.append(str(event.any_data)))
    listener.register("object:announcement")
    running = subprocess.Popen(command)
    try:
        root = wait(program)
        wait(lambda: any(one.get_role_name() == "heading" for one in below(root)))
        pages = [visit(root, entry) for entry in wait(lambda: entries(root))]
        sums = [words for page in pages for words in page["sums"]]
    finally:
        running.kill()
        bus.terminate()
    print(json.dumps({"pages": pages, "sums": sums, "announced": said}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
