"""Runs one command: finds who answers it, prints the answer, turns errors into sentences and exit codes."""

import io
import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from app.cli.answer import WAYS_OUT, Answer, show, show_error
from app.cli.password import unlock
from app.domain.errors import Damaged, OutputError
from app.domain.system_errors import said
from app.workflows.failures import as_user_error
from app.workflows.places import log_file
from db.encryption.opening import Locked

log = logging.getLogger(__name__)
OUR_BUG = 1
INTERRUPTED = 130


def run(options: Namespace) -> int:
    """Run the command and return its exit code (exchange.md, section 4)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without our letters must not end the command
    try:
        return _run(options)
    except BrokenPipeError:
        # Whoever read our output has had enough; nothing may be written to it any more, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"Die Antwort lässt sich nicht ausgeben ({said(error)}).", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OutputError.exit_code


def _run(options: Namespace) -> int:
    try:
        answer = _answer(options)
    except KeyboardInterrupt:
        show_error("Abgebrochen, nichts geändert.", as_json=options.json)
        return INTERRUPTED
    except Exception as error:
        known = as_user_error(error)
        if known is None:
            log.exception("Unexpected error in %s", options.command)
            show_error(
                f"Das Programm hat einen Fehler gemacht ({type(error).__name__}). Mehr steht in „{log_file()}“.",
                as_json=options.json,
            )
            return OUR_BUG
        ways = f" {WAYS_OUT}" if isinstance(known, Damaged) else ""
        show_error(f"{known.sentence}{ways}", as_json=options.json)
        return known.exit_code
    show(replace(answer, remarks=(*answer.remarks, *_notices())), as_json=options.json)
    return answer.exit_code


def _notices() -> tuple[str, ...]:
    """What was found beside the database on the way."""
    from db.file.log import take_notices  # not for commands that need no database

    return take_notices()


def _answer(options: Namespace) -> Answer:
    module, name = options.answered_by.split(":")
    command: Callable[[Namespace], Answer] = getattr(import_module(f"app.cli.{module}"), name)
    tried: set[Path] = set()
    while True:
        try:
            return command(options)
        except Locked as locked:  # nothing has begun yet: every command reads the file first
            if locked.path in tried:
                raise
            tried.add(locked.path)
            unlock(locked.path, options.password_file)
