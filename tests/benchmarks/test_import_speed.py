"""50.000 bookings from .xlsx, read, checked, matched and written, held against LibreOffice converting the same file.

Run with: pytest tests/benchmarks/test_import_speed.py --benchmark-only
"""

import random
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from app.workflows.bookings import import_bookings
from db.database import open_database
from tests.benchmarks.conftest import Hold
from tests.paths import ROOT

ROWS = 50_000
MEGABYTES = 400
HEADER = (
    "Buchungsdatum", "Belegdatum", "Belegnummer", "Pos.", "Innenauftrag", "Sachkonto", "Sachkontobezeichnung",
    "Betrag in Hauswährung", "Währung", "Buchungstext", "Kreditor",
)  # fmt: skip


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gross") / "einzelposten.xlsx"
    chance = random.Random(1)
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Einzelposten")
    day_format, money_format = (
        book.add_format({"num_format": "dd.mm.yyyy"}),
        book.add_format({"num_format": "#,##0.00"}),
    )
    sheet.write_row(0, 0, HEADER)
    first = datetime.fromisoformat("2026-01-01")
    for row in range(1, ROWS + 1):
        day = first + timedelta(days=row * 364 // ROWS)
        sheet.write_datetime(row, 0, day, day_format)
        sheet.write_datetime(row, 1, day, day_format)
        sheet.write_string(row, 2, str(1900000000 + row // 3))
        sheet.write_number(row, 3, row % 3 + 1)
        sheet.write_string(row, 4, str(57001000 + row % 60))
        sheet.write_string(row, 5, chance.choice(("4271000", "4431000", "4318000")))
        sheet.write_string(row, 6, "Geschäftsaufwendungen")
        sheet.write_number(row, 7, chance.randint(100, 90000) / 100, money_format)
        sheet.write_string(row, 8, "EUR")
        sheet.write_string(row, 9, f"Sachkosten {row}")
        sheet.write_string(row, 10, f"Firma {row % 500}")
    book.close()
    return path


def test_import_of_50000_bookings(benchmark, template: Path, tmp_path: Path, large_file: Path) -> None:
    numbers = iter(range(100))

    def fresh() -> tuple[tuple[Path], dict[str, object]]:
        path = tmp_path / f"{next(numbers)}.db"
        shutil.copy(template, path)
        return (path,), {}

    def run(path: Path) -> None:
        database = open_database(path, writer=True)
        result = import_bookings.apply(database, import_bookings.prepare(database, large_file))
        database.close()
        assert result.counts.new == ROWS

    benchmark.pedantic(run, setup=fresh, rounds=3)
    soffice = shutil.which("soffice")
    if soffice is None:
        return
    command = [soffice, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(large_file)]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    baseline = time.perf_counter() - started
    benchmark.extra_info["ratio_to_libreoffice"] = benchmark.stats.stats.median / baseline
    print(f"import {benchmark.stats.stats.median:.2f} s, LibreOffice {baseline:.2f} s")


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_of_50000_bookings(
    benchmark, hold: Hold, template: Path, tmp_path: Path, large_file: Path
) -> None:
    """The peak of the importing process and of the reading one, each.

    Not `ru_maxrss` of the process itself: it begins with the memory of whoever started it, here of pytest.
    """
    script = tmp_path / "peak.py"
    script.write_text(
        "import resource, sys\nfrom pathlib import Path\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from app.workflows.bookings import import_bookings\nfrom db.database import open_database\n"
        "if __name__ == '__main__':\n"
        "    database = open_database(Path(sys.argv[1]), writer=True)\n"
        "    import_bookings.apply(database, import_bookings.prepare(database, Path(sys.argv[2])))\n"
        "    print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
        "    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n",
        "utf-8",
    )
    path = tmp_path / "peak.db"
    shutil.copy(template, path)

    def run() -> list[int]:
        done = subprocess.run(
            [sys.executable, str(script), str(path), str(large_file)],
            check=True,
            capture_output=True,
            text=True,
        )
        return [int(line) // 1024 for line in done.stdout.split()]

    peaks = benchmark.pedantic(run, rounds=1)
    benchmark.extra_info["megabytes of the program and of its reader"] = peaks
    hold("memory of importing 50.000 bookings", sum(peaks), MEGABYTES, "MB")
