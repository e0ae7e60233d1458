"""Whose work is in the program, under which licence: from what the build has gathered, else from the environment.

A built program has a folder of texts (`.ci/licences.py` puts it there, of everything that is in it). Started from its
source, the same is read from the installed packages.
"""

import json
import re
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version
from pathlib import Path

from app.resources import RESOURCES

GATHERED = RESOURCES.parent / "licences"
PROJECT = RESOURCES.parent / "pyproject.toml"
INDEX = "teile.json"
OURS = "quartiersbuero"
_OWN_TEXTS = RESOURCES / "licences"
_LGPL = ("Qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
_ADDED = {
    "pyside6-essentials": _LGPL,
    "pyside6-pdf": _LGPL,
    "shiboken6": _LGPL,
    "sqlcipher3": ("SQLCipher.txt", "Apache-2.0.txt"),
}
"""Texts that a package lacks, though it needs them."""
_NAMED = {
    **dict.fromkeys(("pyside6-essentials", "pyside6-pdf", "shiboken6"), "LGPL-3.0"),
    "sqlcipher3": "zlib; SQLCipher: BSD-3-Clause; SQLite: gemeinfrei; OpenSSL: Apache-2.0",
}
"""Of several licences the one that holds here, and those of what a package contains."""
_TEXT = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)
_REQUIREMENT = re.compile(r"[\w.-]+")
_CLASSIFIER = re.compile(r"License ::(?: OSI Approved ::)? (.+)")
_LONGEST = 60
"""Letters of a licence's name; a longer one is its text."""
_HOME = ("homepage", "repository", "source", "source code", "github", "documentation")


@dataclass(frozen=True, slots=True)
class Part:
    """One library, font or data set; `texts`: files to read."""

    name: str
    version: str
    licence: str
    address: str
    texts: tuple[Path, ...]

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}".strip()


def parts() -> list[Part]:
    """Everything that is in the running program, our own first."""
    if (GATHERED / INDEX).is_file():
        return read(GATHERED)
    return [*own_parts(), *sorted(map(of_package, needed()), key=lambda part: part.name.casefold())]


def read(folder: Path) -> list[Part]:
    """What the build has written."""
    rows = json.loads((folder / INDEX).read_text("utf-8"))
    return [Part(**{**row, "texts": tuple(folder / text for text in row["texts"])}) for row in rows]


def own_parts() -> list[Part]:
    """What no package brings: the program itself, Python, fonts, data."""
    python = f"{sysconfig.get_python_version()}"
    fonts = RESOURCES / "fonts" / "OFL.txt"
    return [
        Part("Quartiersbüro", own_version(), "EUPL-1.2", "", (RESOURCES.parent / "LICENSE",)),
        Part("Python", python, "PSF-2.0", "https://www.python.org", tuple(_of_python())),
        Part("Noto Sans", "", "OFL-1.1", "https://fonts.google.com/noto", (fonts,)),
        Part("GeoNames", "", "CC BY 4.0", "https://www.geonames.org", (_OWN_TEXTS / "GeoNames.txt",)),
    ]


def own_version() -> str:
    """The number of this edition; none when started from its folder without being installed."""
    try:
        return version(OURS)
    except PackageNotFoundError:
        return ""


def needed() -> Iterator[Distribution]:
    """The installed packages that the program needs, and what those need."""
    seen: set[str] = set()
    waiting = _names(tomllib.loads(PROJECT.read_text("utf-8"))["project"]["dependencies"])
    while waiting:
        name = waiting.pop()
        if normal(name) in seen:
            continue
        seen.add(normal(name))
        try:
            found = distribution(name)
        except PackageNotFoundError:  # of another system
            continue
        yield found
        waiting += _names(found.requires or ())


def of_package(package: Distribution) -> Part:
    """What a package says about itself."""
    name = normal(package.name)
    added = tuple(_OWN_TEXTS / text for text in _ADDED.get(name, ()))
    licence = _NAMED.get(name) or _licence(package)
    return Part(package.name, package.version, licence, _address(package), (*_texts(package), *added))


def normal(name: str) -> str:
    """Of the ways to write the name of a package the one that is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _names(requirements: Iterable[str]) -> list[str]:
    found = (_REQUIREMENT.match(line) for line in requirements if "extra ==" not in line)
    return [name[0] for name in found if name is not None]


def _licence(package: Distribution) -> str:
    about = package.metadata
    given = _said(package, "License-Expression") or _said(package, "License")
    if given and len(given) <= _LONGEST and "\n" not in given:
        return given
    found = (_CLASSIFIER.match(line) for line in about.get_all("Classifier") or ())
    return ", ".join(match[1] for match in found if match) or "siehe Text"


def _said(package: Distribution, field: str) -> str:
    """The first value of a field; empty where there is none."""
    return next(iter(package.metadata.get_all(field) or ()), "").strip()


def _address(package: Distribution) -> str:
    listed = (line.partition(",")[::2] for line in package.metadata.get_all("Project-URL") or ())
    addresses = {name.strip().lower(): address.strip() for name, address in listed}
    first = next((addresses[name] for name in _HOME if name in addresses), None)
    return first or _said(package, "Home-page") or f"https://pypi.org/project/{package.name}"


def _texts(package: Distribution) -> list[Path]:
    """The texts beside its metadata; reading its list of files would take too long for a click."""
    folder = _folders(Path(str(package.locate_file("")))).get(normal(package.name))
    if folder is None:
        return []
    named = (path for path in folder.iterdir() if _TEXT.search(path.name))
    return sorted(path for path in {*named, *folder.rglob("licenses/**/*")} if path.is_file())


@cache
def _folders(site: Path) -> dict[str, Path]:
    """Where the metadata of the packages of a place lie."""
    return {normal(path.stem.rpartition("-")[0]): path for path in site.glob("*.dist-info")}


@cache
def _of_python() -> list[Path]:
    """The licence of the Python that runs: beside its library, on Windows beside its program."""
    folders = (Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_config_var("installed_base") or "/"))
    return [path for path in (folder / "LICENSE.txt" for folder in folders) if path.is_file()][:1]
