"""Whose work is in the program, under which licence; shown by "Über Quartiersbüro"."""

from dataclasses import dataclass
from html import escape
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class Credit:
    """One library, font or data set. `package`: its name in pyproject.toml, if it is one."""

    name: str
    licence: str
    address: str
    package: str = ""


LICENCE = "EUPL-1.2"
CREDITS: tuple[Credit, ...] = (
    Credit("GeoNames: Stadtbezirke und Stadtteile", "CC BY 4.0", "https://www.geonames.org"),
    Credit("Qt und Qt for Python", "LGPL-3.0", "https://www.qt.io", "PySide6_Essentials"),
    Credit("Qt PDF", "LGPL-3.0", "https://www.qt.io", "PySide6_Pdf"),
    Credit("SQLAlchemy", "MIT", "https://www.sqlalchemy.org", "SQLAlchemy"),
    Credit("SQLite", "gemeinfrei", "https://www.sqlite.org"),
    Credit("python-calamine", "MIT", "https://github.com/dimastbk/python-calamine", "python-calamine"),
    Credit("XlsxWriter", "BSD-2-Clause", "https://github.com/jmcnamara/XlsxWriter", "XlsxWriter"),
    Credit("ReportLab", "BSD-3-Clause", "https://www.reportlab.com", "reportlab"),
    Credit("python-docx", "MIT", "https://python-docx.readthedocs.io", "python-docx"),
    Credit("pypdf", "BSD-3-Clause", "https://github.com/py-pdf/pypdf", "pypdf"),
    Credit("lxml", "BSD-3-Clause", "https://lxml.de", "lxml"),
    Credit("Pillow", "MIT-CMU", "https://python-pillow.github.io", "pillow"),
    Credit("icalendar", "BSD-2-Clause", "https://icalendar.readthedocs.io", "icalendar"),
    Credit("filelock", "MIT", "https://py-filelock.readthedocs.io", "filelock"),
    Credit("platformdirs", "MIT", "https://platformdirs.readthedocs.io", "platformdirs"),
    Credit("Noto Sans", "OFL-1.1", "https://fonts.google.com/noto"),
)


def about_html() -> str:
    """Version, licence and credits."""
    try:
        number = version("quartiersbuero")
    except PackageNotFoundError:  # started from its folder without being installed
        number = "aus dem Quellordner"
    rows = [(escape(c.name), f'{escape(c.licence)} · <a href="{c.address}">{c.address}</a>') for c in CREDITS]
    table = "".join(
        f'<tr><td style="padding-right: 24px">{name}</td><td>{about}</td></tr>' for name, about in rows
    )
    return (
        "<p><b>Quartiersbüro</b> – das Programm des Büros „Alter im Quartier“: Quartiere, Vereinbarungen, "
        f"Budgets und Fristen, ohne Netz und in einer Datei.</p><p>Ausgabe: {escape(number)}<br>"
        f"Lizenz: {LICENCE}</p><h3>Womit es gebaut ist</h3><table cellpadding='3'>{table}</table>"
    )
