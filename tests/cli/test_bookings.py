"""import-bookings and undo-import: JSON, text, exit codes, what is written and what is not."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SAMPLES, Call
from tests.db.test_full_disk import tiny

__all__ = ["tiny"]

KEYS = {
    "shape", "sheet", "rows", "new", "changed", "known", "uncertain", "missing", "skipped", "rejected", "sum",
    "control_total", "unassigned", "batch",
}  # fmt: skip


def total(call: Call, file: Path) -> Any:
    data = call("budget", "--year", "2026", "--database", file, "--json").data
    return data["total"], data["unassigned"]


def test_an_import_and_taking_it_back(filled: Path, call: Call) -> None:
    before = total(call, filled)
    imported = call("import-bookings", SAMPLES / "einzelposten_2026-03.xlsx", "--database", filled, "--json")
    assert imported.code == 0
    assert set(imported.data) == KEYS
    assert isinstance(imported.data["batch"], int)
    assert total(call, filled) != before
    undone = call("undo-import", imported.data["batch"], "--database", filled, "--json")
    assert (undone.code, undone.data) == (0, {"removed": 66, "restored": 0})
    assert total(call, filled) == before
    again = call("undo-import", imported.data["batch"], "--database", filled, "--json")
    assert again.code == 3
    assert "schon zurückgenommen" in again.data["error"]


def test_an_unknown_batch_is_3(filled: Path, call: Call) -> None:
    assert call("undo-import", 99, "--database", filled).code == 3


def test_a_dry_run_writes_nothing(filled: Path, call: Call) -> None:
    before = total(call, filled)
    looked = call(
        "import-bookings", SAMPLES / "einzelposten_2026-03.xlsx", "--dry-run", "--database", filled, "--json"
    )
    assert (looked.code, looked.data["new"], looked.data["batch"]) == (0, 66, None)
    assert total(call, filled) == before


def test_rejected_rows_stop_everything_unless_skipped(filled: Path, call: Call) -> None:
    source = SAMPLES / "einzelposten_fehler.xlsx"
    before = total(call, filled)
    refused = call("import-bookings", source, "--database", filled, "--json")
    assert (refused.code, refused.data["batch"], refused.data["new"]) == (3, None, 3)
    assert "Zeile 3, Betrag in Hauswährung" in refused.err
    assert refused.data["error"] in refused.err
    assert total(call, filled) == before
    taken = call("import-bookings", source, "--skip-rejected", "--database", filled, "--json")
    assert taken.code == 0
    assert taken.data["batch"] is not None
    assert total(call, filled) != before


def test_people_read_counts_sums_and_what_to_do(filled: Path, call: Call) -> None:
    shown = call("import-bookings", SAMPLES / "einzelposten_2026-03.xlsx", "--database", filled)
    for words in ("neu", "66", "33.106,33 €", "stimmt mit der Gesamtsumme", "Nicht zugeordnet: 1 Buchung"):
        assert words in shown.out
    wrong = call("import-bookings", SAMPLES / "einzelposten_fehler.xlsx", "--database", filled)
    assert "--skip-rejected" in wrong.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fort.xlsx", None),
        ("leer.xlsx", b""),
        ("brief.xlsx", b"Sehr geehrte Damen und Herren"),
        ("ohne.csv", b"Name;Ort\r\nMeier;Hannover\r\n"),
    ],
)
def test_what_cannot_be_read_is_3(
    filled: Path, tmp_path: Path, call: Call, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    called = call("import-bookings", path, "--database", filled, "--json")
    assert called.code == 3
    assert called.data["error"]
    assert called.err.strip()


def test_an_unknown_profile_is_3(filled: Path, call: Call) -> None:
    called = call(
        "import-bookings",
        SAMPLES / "einzelposten_2026-03.csv",
        "--profile",
        "Kasse",
        "--database",
        filled,
        "--json",
    )
    assert called.code == 3
    assert "Kasse" in called.data["error"]


def test_uncertain_rows_wait_for_a_decision(filled: Path, tmp_path: Path, call: Call) -> None:
    first, second = tmp_path / "eins.csv", tmp_path / "zwei.csv"
    header = "Buchungsdatum;Innenauftrag;Betrag;Text;Belegnummer\r\n"
    first.write_text(header + "10.03.2026;I-4711;100,00;Raummiete;4711\r\n", "utf-8")
    second.write_text(header + "11.03.2026;I-4711;100,00;Raummiete;\r\n", "utf-8")
    assert call("import-bookings", first, "--database", filled).code == 0
    waiting = call("import-bookings", second, "--database", filled, "--json").data
    assert (waiting["uncertain"], waiting["new"], waiting["batch"]) == (1, 0, None)
    known = call("import-bookings", second, "--uncertain", "known", "--database", filled, "--json").data
    assert (known["uncertain"], known["known"]) == (0, 1)
    looked = call(
        "import-bookings", second, "--uncertain", "new", "--dry-run", "--database", filled, "--json"
    ).data
    assert (looked["uncertain"], looked["new"], looked["batch"]) == (0, 1, None)


def test_a_file_without_one_good_row_never_reports_success(filled: Path, tmp_path: Path, call: Call) -> None:
    path = tmp_path / "schlecht.csv"
    path.write_text("Buchungsdatum;Belegnummer;Betrag\r\n31.02.2026;1;5,00\r\n10.03.2026;2;abc\r\n", "utf-8")
    called = call("import-bookings", path, "--skip-rejected", "--database", filled, "--json")
    assert (called.code, called.data["batch"], called.data["new"]) == (3, None, 0)
    assert "31.02.2026" in called.err
    assert "auslassen" not in called.err


def test_what_was_put_right_goes_to_stderr(filled: Path, tmp_path: Path, call: Call) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Buchungsdatum;Betrag;Text\n15.01.2026;12,50;MÃ¼ller\n", "utf-8")
    done = call("import-bookings", path, "--database", filled, "--dry-run", "--json")
    assert (done.code, done.data["new"]) == (0, 1)
    assert "aus „MÃ¼ller“ wurde „Müller“" in done.err


def test_the_same_file_is_said_on_stderr_and_the_json_stays_as_it_is(filled: Path, call: Call) -> None:
    march = SAMPLES / "einzelposten_2026-03.xlsx"
    first = call("import-bookings", march, "--database", filled, "--json")
    assert "Lieferung" not in first.err
    again = call("import-bookings", march, "--database", filled, "--json")
    assert f"schon als Lieferung {first.data['batch']} übernommen" in again.err
    assert set(again.data) == KEYS
    call("undo-import", first.data["batch"], "--database", filled)
    undone = call("import-bookings", march, "--database", filled, "--dry-run")
    assert "zurückgenommen. Sie lässt sich wieder übernehmen." in undone.err


def test_another_file_of_the_same_name_is_said(filled: Path, call: Call, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Buchungsdatum;Belegnummer;Betrag\n10.03.2026;1;5,00\n", "utf-8")
    assert call("import-bookings", path, "--database", filled).err == ""
    path.write_text("Buchungsdatum;Belegnummer;Betrag\n10.03.2026;1;6,00\n", "utf-8")
    assert "anderem Inhalt" in call("import-bookings", path, "--database", filled).err


def test_a_difference_to_the_control_total_is_explained(filled: Path, call: Call) -> None:
    wrong = SAMPLES / "einzelposten_summe_falsch.xlsx"
    assert "Keine ausgelassene Zeile erklärt ihn" in call("import-bookings", wrong, "--database", filled).out


@pytest.mark.parametrize(("name", "begin"), [("b.pdf", b"%PDF"), ("b.xlsx", b"PK")])
@pytest.mark.parametrize("how", [(), ("--dry-run",)])
def test_a_report_beside_the_import(
    filled: Path, call: Call, tmp_path: Path, name: str, begin: bytes, how: tuple[str, ...]
) -> None:
    march, target = SAMPLES / "einzelposten_2026-03.xlsx", tmp_path / name
    done = call("import-bookings", march, *how, "--report", target, "--database", filled, "--json")
    assert (done.code, set(done.data)) == (0, KEYS)
    assert target.read_bytes().startswith(begin)


def test_a_report_on_paper_names_what_will_not_print(filled: Path, call: Call, tmp_path: Path) -> None:
    march = tmp_path / "März 😀.xlsx"
    march.write_bytes((SAMPLES / "einzelposten_2026-03.xlsx").read_bytes())
    for name, named in (("b.pdf", True), ("b.xlsx", False)):
        done = call("import-bookings", march, "--dry-run", "--report", tmp_path / name, "--database", filled)
        assert ("Auf dem Papier steht ▯ statt „😀“ (U+1F600) in „Datei“" in done.err) is named


def test_a_refused_file_has_a_report_too(filled: Path, call: Call, tmp_path: Path) -> None:
    wrong, target = SAMPLES / "einzelposten_fehler.xlsx", tmp_path / "b.pdf"
    refused = call("import-bookings", wrong, "--report", target, "--database", filled)
    assert (refused.code, target.is_file()) == (3, True)


def test_where_no_report_can_be_written_nothing_is_imported(filled: Path, call: Call, tmp_path: Path) -> None:
    march = SAMPLES / "einzelposten_2026-03.xlsx"
    nowhere = call("import-bookings", march, "--report", tmp_path / "fehlt" / "b.pdf", "--database", filled)
    assert (nowhere.code, "Ordner" in nowhere.err) == (5, True)
    folder = tmp_path / "ordner.pdf"
    folder.mkdir()
    assert call("import-bookings", march, "--report", folder, "--database", filled).code == 5
    odd = call("import-bookings", march, "--report", tmp_path / "b.docx", "--database", filled)
    assert (odd.code, ".pdf oder .xlsx" in odd.err) == (3, True)
    own = call(
        "import-bookings",
        march,
        "--report",
        filled.rename(tmp_path / "db.pdf"),
        "--database",
        tmp_path / "db.pdf",
    )
    assert (own.code, "Datei eines Programms" in own.err) == (3, True)
    assert call("import-bookings", march, "--database", tmp_path / "db.pdf", "--json").data["new"] == 66


def test_a_report_that_finds_no_room_says_that_the_bookings_are_in(
    filled: Path, call: Call, tiny: Path
) -> None:
    with (tiny / "voll").open("wb") as file:
        file.write(bytes(62 * 1024))
    march = SAMPLES / "einzelposten_2026-03.xlsx"
    called = call("import-bookings", march, "--report", tiny / "b.pdf", "--database", filled, "--json")
    assert called.code == 5
    assert "Die Buchungen sind als Lieferung 1 übernommen, aber ohne Bericht: " in called.data["error"]
    assert "kein Platz" in called.data["error"]
    assert not (tiny / "b.pdf").exists()
    again = call("import-bookings", march, "--database", filled, "--json")
    assert (again.data["new"], again.data["known"]) == (0, 66)
