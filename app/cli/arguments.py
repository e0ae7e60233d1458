"""Declares the commands and their options, explained in German; every start passes here: nothing heavy is imported."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

WRONG_USAGE = 2
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Beyond these a date is a slip of the pen."""

_GERMAN: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", r"Es fehlt: \1."),
    (
        r"argument BEFEHL: invalid choice: '?(.*?)'? \(choose from (.*)\)",
        r"Den Befehl „\1“ gibt es nicht, möglich sind \2.",
    ),
    (
        r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.*)\)",
        r"\1: „\2“ geht nicht, möglich sind \3.",
    ),
    (r"argument (.+?): expected one argument", r"Nach \1 fehlt die Angabe."),
    (r"argument (.+?): ignored explicit argument '?(.*?)'?", r"\1 hat keine Angabe („\2“)."),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 und \2 gehen nicht zusammen."),
    (r"unrecognized arguments: (.+)", r"Unbekannt: \1."),
    (r"argument (.+?): (.+)", r"\1: \2"),
)
"""What argparse says, as regular expressions, and how we say it."""


class Parser(argparse.ArgumentParser):
    """argparse, speaking German."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_German, **settings)
        self._positionals.title = "Angaben"
        self._optionals.title = "Optionen"
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help="diese Hilfe zeigen")

    def error(self, message: str) -> NoReturn:
        raise _UsageError(in_german(message), self.format_usage())


class _UsageError(Exception):
    """A call that cannot be understood: the sentence, and how it is called instead."""

    def __init__(self, sentence: str, usage: str) -> None:
        super().__init__(sentence)
        self.usage = usage


class _German(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Aufruf: " if prefix is None else prefix)


def in_german(message: str) -> str:
    """A message of argparse in German; one we do not know stays readable."""
    for pattern, german in _GERMAN:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, german, message)
    return f"Der Aufruf stimmt nicht: {message}"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a call; without a command `command` is None. Exits with 2 for wrong usage."""
    try:
        return _parser().parse_args(arguments)
    except _UsageError as error:
        if "--json" in arguments:
            print(json.dumps({"error": str(error)}))
        print(f"{error.usage}{error}", file=sys.stderr)
        sys.exit(WRONG_USAGE)


def _parser() -> Parser:
    parser = Parser(
        prog="quartiersbuero",
        description="Ohne Befehl öffnet sich das Fenster. Mit einem Befehl arbeitet das Programm ohne Fenster.",
    )
    _add_common(parser, top=True)
    parser.add_argument("--smoke", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--screenshots", type=Path, metavar="ORDNER", help=argparse.SUPPRESS)
    parser.add_argument("--tour", type=Path, metavar="ORDNER", help=argparse.SUPPRESS)
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="Befehle", metavar="BEFEHL", parser_class=Parser, dest="command")
    for name, answered_by, about, options in _commands():
        command = _command(commands, name, answered_by, about)
        for flags, settings in options:
            command.add_argument(*flags, **settings)
    return parser


Option = tuple[tuple[str, ...], dict[str, Any]]
"""A place or an option of a command: its flags and settings, as argparse takes them."""


def _option(*flags: str, **settings: Any) -> Option:
    return flags, settings


def _file(name: str, metavar: str = "DATEI", **settings: Any) -> Option:
    return _option(name, type=Path, metavar=metavar, **settings)


def _commands() -> tuple[tuple[str, str, str, tuple[Option, ...]], ...]:
    """All commands: name, the function of app.cli that answers it, what it does, and its options."""
    file, workbook = _file("file"), _file("out", "ZIEL.xlsx")
    number, year = (
        _option("number", metavar="NUMMER"),
        _option("--year", type=_year, required=True, metavar="JJJJ"),
    )
    checking = (
        _option("--dry-run", action="store_true", help="nur prüfen, nichts schreiben"),
        _option("--skip-rejected", action="store_true", help="abgelehnte Zeilen auslassen"),
    )
    return (
        ("new", "store:new", "leere Datei anlegen", ()),
        ("demo", "store:demo", "Datei mit erfundenen Daten anlegen", ()),
        ("backup", "store:backup", "Sicherung schreiben",
         (_file("out", "ZIEL", help="neue Datei für die Sicherung"),)),
        ("restore", "store:restore", "Sicherung an die Stelle der Datei setzen",
         (_file("file", help="die Sicherung"),)),
        ("rescue", "store:save_what_is_left", "aus einer beschädigten Datei retten, was zu lesen ist",
         (_file("out", "ZIEL", help="neue Datei für das Gerettete"),)),
        ("check", "store:check", "Datei auf Schäden prüfen", ()),
        ("template", "master:template", "leere Stammdaten-Arbeitsmappe schreiben", (workbook,)),
        ("import-master", "master:import_master", "Stammdaten übernehmen", (file, *checking)),
        ("export-master", "master:export_master", "alle Stammdaten schreiben", (workbook,)),
        ("import-bookings", "bookings:import_bookings", "Buchungen der Finanzabteilung übernehmen", (
            file,
            _option("--profile", metavar="NAME", help="gespeicherte Zuordnung der Spalten"),
            *checking,
            _option("--uncertain", choices=("new", "known"),
                    help="unsichere Zeilen als neue (new) oder als schon vorhandene (known) behandeln"),
            _file("--report", "ZIEL", help="dazu einen Bericht schreiben, als .pdf oder .xlsx"),
        )),
        ("undo-import", "bookings:undo_import", "eine Lieferung der Finanzabteilung ganz zurücknehmen",
         (_option("batch", type=_whole, metavar="NUMMER", help="Nummer der Lieferung"),)),
        ("budget", "figures:budget", "Stand der Budgets eines Haushaltsjahres", (year,)),
        ("deadlines", "figures:deadlines", "was fällig ist", (
            _option("--on", type=_day, metavar="JJJJ-MM-TT", help="von diesem Tag an (sonst heute)"),
            _option("--days", type=_whole, default=365, metavar="TAGE", help="wie weit voraus (365)"),
            _file("--ics", "ZIEL.ics", help="dazu einen Kalender schreiben"),
        )),
        ("grant", "figures:grant", "Stand einer Förderung", (
            _option("short", metavar="KÜRZEL"),
            _option("--on", type=_day, metavar="JJJJ-MM-TT", help="Stand an diesem Tag (sonst heute)"),
        )),
        ("export-finance", "papers:export_finance", "Arbeitsmappe für die Finanzabteilung schreiben",
         (workbook, year, _option("--layout", metavar="NAME", help="eigene Vorlage der Finanzabteilung füllen"))),
        ("compare-finance", "returned:compare_finance",
         "zeigen, was die Finanzabteilung in einer solchen Arbeitsmappe geändert hat", (file,)),
        ("print-agreement", "papers:print_agreement", "Vereinbarung als PDF schreiben",
         (number, _file("out", "ZIEL.pdf"))),
    )  # fmt: skip


def _command(commands: Any, name: str, path: str, about: str) -> Parser:
    """A command; `path` is the module of app.cli and the function that answers it."""
    parser: Parser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    parser.set_defaults(answered_by=path)
    _add_common(parser, top=False)
    return parser


def _add_common(parser: Parser, *, top: bool) -> None:
    """Accepted before and after the command; one that is absent after it must not hide one before it."""
    parser.add_argument(
        "--database",
        type=Path,
        metavar="DATEI",
        default=None if top else argparse.SUPPRESS,
        help="die Datei des Büros (sonst die im Datenordner des Benutzers)",
    )
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="DATEI",
        default=None if top else argparse.SUPPRESS,
        help="Textdatei mit dem Kennwort einer verschlüsselten Datei (sonst QUARTIERSBUERO_PASSWORD, der "
        "Schlüsselbund oder eine Frage)",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if top else argparse.SUPPRESS,
        help="die Antwort als JSON",
    )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"„{text}“ ist kein Tag. Beispiel: 2026-09-30.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"„{text}“ liegt nicht zwischen {FIRST_YEAR} und {LAST_YEAR}.")
    return day


def _year(text: str) -> int:
    if not text.isdecimal() or len(text) != 4 or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"„{text}“ ist kein Haushaltsjahr von {FIRST_YEAR} bis {LAST_YEAR}.")
    return int(text)


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"„{text}“ ist keine ganze Zahl.")
    return int(text)
