"""Which files are opened with care: by name, and by what is in them whatever they are called."""

import zipfile
from io import BytesIO

import pytest

from app.domain.papers.careful_files import Danger, danger


def archive(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name in names:
            target.writestr(name, b"x")
    return made.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("Setup.EXE", b"", Danger.PROGRAM),
        ("start.bat", b"echo", Danger.PROGRAM),
        ("Rechnung.pdf.lnk", b"", Danger.PROGRAM),
        ("buero.desktop", b"", Danger.PROGRAM),
        ("Brief.docm", archive("word/document.xml"), Danger.MACROS),
        ("Seite.html", b"", Danger.PAGE),
        ("Stick.iso", b"", Danger.DISK),
        ("Rechnung.pdf", b"MZ\x90\x00", Danger.DISGUISED),
        ("Rechnung.pdf", b"\x7fELF\x02", Danger.DISGUISED),
        ("Rechnung", b"#!/bin/sh\n", Danger.DISGUISED),
        ("Rechnung.pdf", b"\n[Desktop Entry]\nExec=sh", Danger.DISGUISED),
        ("Rechnung.zip", archive("META-INF/MANIFEST.MF", "A.class"), Danger.DISGUISED),
        ("Brief.docx", archive("word/document.xml", "word/vbaProject.bin"), Danger.MACROS),
        ("Liste.xlsx", archive("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), Danger.MACROS),
        ("Brief.odt", archive("content.xml", "Basic/Standard/Module1.xml"), Danger.MACROS),
        ("Brief.doc", OLE + b"\0" * 4000 + "_VBA_PROJECT".encode("utf-16-le"), Danger.MACROS),
        ("Notiz.txt", b"<!DOCTYPE html><script>", Danger.PAGE),
        ("Satzung.pdf", b"%PDF-1.7", None),
        ("Foto.jpg", b"\xff\xd8\xff", None),
        ("Brief.docx", archive("word/document.xml"), None),
        ("Brief.doc", OLE + b"\0" * 4000, None),
        ("Notiz.txt", b"MZ: so steht es da", None),
        ("kaputt.docx", b"PK\x03\x04 abgebrochen", None),
        ("exe", b"leer", None),
        ("", b"", None),
    ],
)
def test_what_can_do_something_is_known(name: str, content: bytes, why: Danger | None) -> None:
    assert danger(name, BytesIO(content)) is why
