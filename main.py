"""Quartiersbüro: with a command the command line, without one the window."""

import builtins
import gc
import importlib
import logging
import multiprocessing
import sys
from argparse import Namespace
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler

from app.cli.arguments import parse
from app.workflows.places import default_database, log_file
from db.private_files import keep_private, tighten


def main(arguments: Sequence[str]) -> int:
    """Run the program; the exit code follows exchange.md, section 4."""
    options = parse(arguments)
    keep_private()
    tighten(default_database().parent, log_file().parent)  # of an earlier edition
    _start_log()
    if options.command is not None:
        from app.cli.run import run

        return run(options)
    if options.smoke or options.screenshots or options.tour:
        return _show_itself(options)
    prepare()
    from app.ui.shell.application import run_window

    return run_window(options.database or default_database())


def prepare() -> None:
    """What makes the start of the window short; before anything else imports Qt."""
    gc.disable()  # a start makes tens of thousands of objects that stay; looking for garbage would cost a sixth of it
    # PySide6 puts a hook in its place that reads the source of every module imported later, to find `__feature__`,
    # which nothing here uses; that would cost a fifth of all imports.
    import_hook = builtins.__import__
    importlib.import_module("PySide6.QtWidgets")
    builtins.__import__ = import_hook


def _show_itself(options: Namespace) -> int:
    """The hidden options by which the program is tried and pictured."""
    from app.ui.shell import tour

    if options.smoke:
        return tour.smoke()
    if options.screenshots:
        return tour.screenshots(options.screenshots, options.database)
    return tour.tour(options.tour)


def _start_log() -> None:
    """Write the log to the user's log folder; a folder that cannot be written must not stop the program."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
