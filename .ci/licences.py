"""Gathers the licence texts of everything that a built program contains; called by installer.spec.

It stands here because it runs while building and never in the program: what is in it is known only then. Packages
are told by their files, libraries of the system by the package manager they came with.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, replace
from importlib.metadata import distributions
from pathlib import Path

from app.workflows.licences import INDEX, OURS, Part, normal, of_package, own_parts

COMMON = Path("/usr/share/common-licenses")
_COMMON = re.compile(r"/usr/share/common-licenses/([\w.+-]*\w)")
_ALWAYS = ("pyinstaller",)
"""Its starter is the program that is clicked, though no file of the package is."""


def write(folder: Path, sources: Iterable[str]) -> None:
    """Put texts and an index of all that the files `sources` belong to into a new folder."""
    files = {Path(source).resolve() for source in sources if source and Path(source).is_absolute()}
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = [_kept(folder, part) for part in [*own_parts(), *_packages(files), *_of_the_system(files)]]
    silent = [part.title for part in rows if not part.texts]
    if silent:
        raise SystemExit(f"No licence text for: {', '.join(silent)}")
    index = [{**asdict(part), "texts": [path.as_posix() for path in part.texts]} for part in rows]
    (folder / INDEX).write_text(json.dumps(index, ensure_ascii=False, indent=1), "utf-8")


def _packages(files: set[Path]) -> list[Part]:
    """The packages of which at least one file is in the program."""
    found = {}
    for package in distributions():
        name = normal(package.name)
        installed = {Path(str(file.locate())).resolve() for file in package.files or ()}
        if name != OURS and (name in _ALWAYS or installed & files):
            found[name] = of_package(package)
    return [found[name] for name in sorted(found)]


def _of_the_system(files: set[Path]) -> list[Part]:
    """Libraries that a Linux brings: their packages keep a file on copyright each."""
    if shutil.which("dpkg-query") is None:
        return []
    libraries = sorted(
        {str(file) for file in files if ".so" in file.name and "site-packages" not in file.parts}
    )
    asked = [*libraries, *(path.removeprefix("/usr") for path in libraries)]  # older entries lack the folder
    told = subprocess.run(
        ["dpkg-query", "--search", *asked], capture_output=True, text=True, check=False
    ).stdout
    names = sorted({line.partition(":")[0] for line in told.splitlines() if not line.startswith("diversion")})
    return [_debian(name) for name in names]


def _debian(name: str) -> Part:
    told = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Version}", name], capture_output=True, text=True, check=False
    )
    text = Path("/usr/share/doc") / name / "copyright"
    quoted = _COMMON.findall(text.read_text("utf-8", "replace")) if text.is_file() else []
    common = sorted({(COMMON / one).resolve() for one in quoted if (COMMON / one).is_file()})
    texts = (text.resolve(), *common) if text.is_file() else ()
    return Part(name, told.stdout, "siehe Text", f"https://packages.debian.org/{name}", texts)


def _kept(folder: Path, part: Part) -> Part:
    """The same with copies of its texts; their places are as seen from the folder."""
    place = Path(re.sub(r"[^\w.+-]+", "-", part.title))
    texts = []
    for number, text in enumerate(part.texts):
        name = f"{text.stem}{text.suffix if text.suffix in ('.txt', '.md', '.rst') else text.suffix + '.txt'}"
        target = place / (name if folder.joinpath(place, name).exists() is False else f"{number}-{name}")
        folder.joinpath(target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(text, folder / target)
        texts.append(target)
    return replace(part, texts=tuple(texts))
