"""A workbook as LibreOffice reads, calculates and writes it again."""

import subprocess
from pathlib import Path


def recalculated(path: Path, folder: Path) -> Path:
    """The workbook converted by LibreOffice with a profile of its own."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder.parent / 'profile'}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / path.name
