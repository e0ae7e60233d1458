"""Which files can do something when they are opened: told by their ending and by what is in them.

Such a file is opened on the computer of whoever opens it, with all rights: mail programs ask before, and so do we.
"""

import re
import zipfile
from enum import StrEnum
from typing import BinaryIO


class Danger(StrEnum):
    """Why a file is opened with care."""

    PROGRAM = "ist ein Programm oder startet eines"
    DISGUISED = "ist ein Programm, obwohl der Name nicht danach aussieht"
    MACROS = "enthält Makros, das sind kleine Programme"
    PAGE = "ist eine Webseite und kann Skripte ausführen oder etwas aus dem Netz nachladen"
    DISK = "ist ein Abbild eines Datenträgers und kann Programme enthalten"


_PROGRAM_ENDINGS = """
    exe com bat cmd ps1 ps1xml psm1 psd1 vb vbs vbe js jse mjs ws wsf wsh wsc sct hta scr pif cpl msc msi msp mst msix
    msixbundle appx appxbundle application appref-ms gadget lnk url scf inf reg rdp chm hlp settingcontent-ms
    library-ms search-ms dll sys drv ocx jar jnlp class desktop sh bash zsh csh ksh fish run elf so appimage flatpakref
    deb rpm snap apk app command tool dmg pkg workflow scpt applescript webloc py pyw pyc pyz pl rb php lua tcl
    xll wll iqy oqy dqy rqy slk mde ade accde accda mda mdb accdb
"""
_ENDINGS = {
    Danger.PROGRAM: frozenset(_PROGRAM_ENDINGS.split()),
    Danger.MACROS: frozenset(
        ("docm", "dotm", "xlsm", "xltm", "xlam", "xla", "pptm", "potm", "ppam", "ppsm", "sldm")
    ),
    Danger.PAGE: frozenset(("html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "svg", "svgz", "swf")),
    Danger.DISK: frozenset(("iso", "img", "vhd", "vhdx", "udf", "cue")),
}
_FOR_MACOS = ("cafebabe", "feedface", "feedfacf", "cefaedfe", "cffaedfe")
_LINK = "4c0000000114020000000000c000000000000046"
_PROGRAMS = (b"\x7fELF", b"#!", *map(bytes.fromhex, (*_FOR_MACOS, _LINK)))
_SHORTCUT = b"[Desktop Entry]"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html|<svg|<script)", re.IGNORECASE)
_PART_WITH_MACROS = re.compile(
    r"(?:.*/)?vbaProject\.bin|xl/macrosheets/.*|(?:Basic|Scripts)/.+", re.IGNORECASE
)
_PART_OF_PROGRAM = "META-INF/MANIFEST.MF"
_HEAD = 1024


def danger(name: str, content: BinaryIO) -> Danger | None:
    """Why this file is opened with care; None for one that only shows something. `content` from its beginning."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    said = next((why for why, endings in _ENDINGS.items() if ending in endings), None)
    return said or _in_content(content)


def _in_content(content: BinaryIO) -> Danger | None:
    head = content.read(_HEAD)
    for_windows = head.startswith(b"MZ") and b"\0" in head  # not a text that begins so
    if for_windows or head.startswith(_PROGRAMS) or head.lstrip().startswith(_SHORTCUT):
        return Danger.DISGUISED
    if head.startswith(_OLE):
        return Danger.MACROS if _OLE_MACROS in head + content.read() else None
    if head.startswith(b"PK"):
        return _in_archive(content)
    return Danger.PAGE if _PAGE.match(head) else None


def _in_archive(content: BinaryIO) -> Danger | None:
    """What an office file, which is an archive, holds. One that cannot be read opens nowhere."""
    try:
        names = zipfile.ZipFile(content).namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return None
    if any(_PART_WITH_MACROS.fullmatch(name) for name in names):
        return Danger.MACROS
    return Danger.DISGUISED if _PART_OF_PROGRAM in names else None
