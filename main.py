"""Quartiersbüro: with a command the command line, without one the window."""

import builtins
import gc
import importlib
import multiprocessing
import sys
from argparse import Namespace
from collections.abc import Sequence

from app.cli.arguments import parse
from app.workflows import program_log
from app.workflows.places import default_database, log_file
from db.private_files import keep_private, tighten


def main(arguments: Sequence[str]) -> int:
    """Run the program; the exit code follows exchange.md, section 4."""
    options = parse(arguments)
    keep_private()
    tighten(default_database().parent, log_file().parent)  # of an earlier edition
    program_log.start(log_file())
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


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
