"""Wrong usage, terminals of all kinds, our own bugs: the right code and a German sentence."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.arguments import in_german
from tests.cli.conftest import Call
from tests.paths import ROOT


def program(
    *arguments: object, env: dict[str, str] | None = None, **settings: object
) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        env=os.environ | (env or {}),
        check=False,
        **({"capture_output": True} | settings),
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("gibtsnicht",), "Den Befehl „gibtsnicht“ gibt es nicht"),
        (("budget",), "Es fehlt: --year."),
        (("budget", "--year", "26"), "„26“ ist kein Haushaltsjahr"),
        (("budget", "--year"), "Nach --year fehlt die Angabe."),
        (("deadlines", "--on", "31.12.2026"), "„31.12.2026“ ist kein Tag. Beispiel: 2026-09-30."),
        (("deadlines", "--on", "2026-02-30"), "„2026-02-30“ ist kein Tag."),
        (("deadlines", "--on", "9999-12-31"), "„9999-12-31“ liegt nicht zwischen 1990 und 2100."),
        (("budget", "--year", "99999"), "„99999“ ist kein Haushaltsjahr"),
        (("deadlines", "--days", "-3"), "--days"),
        (("grant",), "Es fehlt: KÜRZEL."),
        (("import-bookings", "x.csv", "--uncertain", "vielleicht"), "„vielleicht“ geht nicht"),
        (("undo-import", "sieben"), "„sieben“ ist keine ganze Zahl."),
        (("budget", "--year", "2026", "--jsn"), "Unbekannt: --jsn."),
        (("budget", "--year", "2026", "zuviel"), "Unbekannt: zuviel."),
        (("--json=ja", "check"), "--json hat keine Angabe"),
    ],
)
def test_wrong_usage_is_2_and_said_in_german(call: Call, arguments: tuple[str, ...], sentence: str) -> None:
    called = call(*arguments)
    assert called.code == 2
    assert sentence in called.err
    assert "Aufruf: " in called.err
    assert called.out == ""
    with_json = call(*arguments, "--json")
    assert with_json.code == 2
    assert sentence in with_json.data["error"]


def test_what_argparse_says_newly_stays_readable() -> None:
    assert in_german("something new") == "Der Aufruf stimmt nicht: something new"


def test_help_is_german(call: Call) -> None:
    shown = call("--help")
    assert shown.code == 0
    for word in ("Aufruf:", "Befehle:", "Optionen:", "import-bookings", "diese Hilfe zeigen"):
        assert word in shown.out
    assert "usage" not in shown.out
    assert "smoke" not in shown.out


def test_our_own_bug_is_1_with_the_log_named(
    call: Call, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.cli.figures.budget", lambda options: 1 // 0)
    with caplog.at_level(logging.ERROR):
        called = call("budget", "--year", "2026", "--json")
    assert called.code == 1
    assert "ZeroDivisionError" in called.data["error"]
    assert "meldungen.log" in called.err
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_an_interrupted_command_says_that_nothing_happened(
    call: Call, monkeypatch: pytest.MonkeyPatch, as_json: tuple[str, ...]
) -> None:
    def interrupted(_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.figures.budget", interrupted)
    called = call("budget", "--year", "2026", *as_json)
    assert (called.code, called.err.strip()) == (130, "Abgebrochen, nichts geändert.")


def test_a_reader_that_leaves_early_is_no_error(filled: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "deadlines", "--database", str(filled)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert first.stdout
    assert first.stderr
    first.stdout.close()
    err = first.stderr.read()
    first.stderr.close()
    assert first.wait() == 0
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a full device")
def test_an_answer_that_finds_no_room_is_5(filled: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        called = program(
            "budget",
            "--year",
            "2026",
            "--database",
            filled,
            stdout=full,
            stderr=subprocess.PIPE,
            capture_output=False,
        )
    assert called.returncode == 5
    assert "lässt sich nicht ausgeben" in called.stderr.decode()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_terminal_can_show_it(filled: Path, encoding: str) -> None:
    import json

    env = {"PYTHONIOENCODING": encoding}
    for_people = program("grant", "LAND", "--on", "2026-06-30", "--database", filled, env=env)
    assert for_people.returncode == 0
    assert b"LAND" in for_people.stdout
    wrong = program("grant", "FÖR", "--database", filled, "--json", env=env)
    assert wrong.returncode == 3
    assert "FÖR" in json.loads(wrong.stdout.decode(encoding))["error"]


@pytest.mark.parametrize(
    "command",
    [("budget", "--year", "2026"), ("deadlines",), ("check",), ("grant", "LAND")],
    ids=lambda command: command[0],
)
def test_no_command_needs_a_display_or_qt(filled: Path, command: tuple[str, ...]) -> None:
    script = (
        "import sys; sys.argv[0] = 'main.py'; sys.path.insert(0, sys.argv.pop(1)); import main;"
        "code = main.main(sys.argv[1:]); assert not [n for n in sys.modules if n.startswith('PySide6')]; sys.exit(code)"
    )
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    called = subprocess.run(
        [sys.executable, "-c", script, str(ROOT), *command, "--database", str(filled)],
        env=env,
        capture_output=True,
        check=False,
    )
    assert called.returncode == 0, called.stderr.decode()
