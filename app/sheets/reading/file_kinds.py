"""Recognises the kind of a file by its content, not its name, and words the refusal of what cannot be read."""

import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from app.domain.errors import UserError
from app.domain.system_errors import said
from app.sheets.reading.text_encodings import decode, wide_encoding
from db.file.opened import refuse_open_here

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
_SMALL_MEMBER = 1024 * 1024  # below, a high ratio is only a very regular sheet


READING_FAILS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError,
)  # fmt: skip
"""What a damaged or tricked file raises somewhere while it is read, as far as it is no error of another library."""


class FileKind(StrEnum):
    """The kinds of files that hold tables, each read in a way of its own."""

    XLSX = "xlsx"  # also xlsm
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    HTML = "html"  # named .xls by SAP and many others
    SPREADSHEET_XML = "xml"  # of Excel 2003
    TEXT = "text"


_OTHER_CONTENT = (
    (b"%PDF", "ein PDF"),
    (b"\x89PNG", "ein Bild"),
    (b"\xff\xd8\xff", "ein Bild"),
    (b"GIF8", "ein Bild"),
    (b"BM", "ein Bild"),
    (b"II*\x00", "ein Bild"),
    (b"MM\x00*", "ein Bild"),
    (b"RIFF", "ein Bild oder Ton"),
    (b"{\\rtf", "ein Textdokument"),
    (b"SQLite format 3", "die Datei eines Programms, etwa von Quartiersbüro"),
    (b"\x1f\x8b", "ein Archiv"),
    (b"7z\xbc\xaf", "ein Archiv"),
    (b"Rar!", "ein Archiv"),
    (b"\x00\x05\x16\x07", "eine Begleitdatei vom Mac"),
    (b"MZ", "ein Programm"),
    (b"\x7fELF", "ein Programm"),
)
_OLD_EXCHANGE = ((b"ID;P", "SYLK"), (b"TABLE\r\n0,1", "DIF"), (b"TABLE\n0,1", "DIF"))
_VERY_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|style|title|table|tbody|tr|div|center|font|form|p|br|link|!--)"
)
_MOST_ZEROS = 0.05
_ADVICE = "Bitte eine Excel-Datei (.xlsx, .xls, .ods) oder eine CSV-Datei wählen."


def kind_of(path: Path) -> FileKind:
    """The kind of table file; raises UserError with one sentence for missing, empty, encrypted or foreign files."""
    try:
        if path.is_dir():
            raise UserError(f"„{path.name}“ ist ein Ordner. {_ADVICE}")
        if path.exists() and not path.is_file():  # reading a pipe would wait for ever
            raise UserError(f"„{path.name}“ ist keine Datei. {_ADVICE}")
        refuse_open_here(path)
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError as error:
        raise UserError(
            f"Die Datei „{path}“ gibt es nicht. Bitte den Ort prüfen und noch einmal wählen."
        ) from error
    except OSError as error:
        raise UserError(
            f"Die Datei „{path}“ lässt sich nicht lesen ({said(error)}). Bitte prüfen, ob sie in einem "
            "anderen Programm geöffnet ist und ob sie gelesen werden darf."
        ) from error
    if not head:
        raise UserError(f"Die Datei „{path.name}“ ist leer. Bitte eine Datei mit Inhalt wählen.")
    if size > MAX_FILE_BYTES:
        raise UserError(too_large(path.name))
    if head.startswith(b"PK"):
        return _kind_of_archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _kind_of_compound(path)
    for start, what in _OTHER_CONTENT:
        if head.startswith(start) and (start not in (b"BM", b"MZ") or b"\x00" in head):
            raise UserError(f"„{path.name}“ ist keine Tabelle, sondern {what}. {_ADVICE}")
    return _kind_of_text(path.name, head)


def too_large(name: str) -> str:
    """The sentence for a file that would not fit into memory."""
    return (
        f"Die Datei „{name}“ ist zu groß oder ungewöhnlich stark gepackt und wird darum nicht gelesen. "
        "Bitte in Excel nur die nötigen Zeilen in eine neue Datei kopieren und diese wählen."
    )


def stuck(name: str) -> str:
    """The sentence for a file whose reading came no further."""
    return (
        f"Das Lesen von „{name}“ kam nicht voran und wurde abgebrochen. Bitte in Excel nur die nötigen Zeilen "
        "in eine neue Datei kopieren und diese wählen."
    )


def too_long(name: str) -> str:
    """The sentence for a file with more text in one place than any table has."""
    return (
        f"In der Datei „{name}“ steht ein Text von mehr als einer Million Zeichen in einer Zelle oder Zeile; sie wird "
        "darum nicht gelesen. Bitte die Liste im anderen Programm noch einmal ausgeben, am besten als .xlsx."
    )


def damaged(name: str) -> str:
    """The sentence for a file that looks like a table and cannot be read."""
    return (
        f"Die Datei „{name}“ ist beschädigt oder unvollständig. Bitte in Excel oder LibreOffice öffnen und als .xlsx "
        "neu speichern, oder die Datei neu anfordern."
    )


def encrypted(name: str) -> str:
    """The sentence for a file with a password."""
    return (
        f"Die Datei „{name}“ ist mit einem Kennwort geschützt. Bitte in Excel öffnen, den Schutz aufheben und ohne "
        "Kennwort speichern."
    )


def _kind_of_archive(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            _refuse_bomb(path.name, members)
            if "xl/workbook.bin" in names:
                return FileKind.XLSB
            has_sheets = any(name.startswith("xl/worksheets/") for name in names)
            if "xl/workbook.xml" in names or ("[Content_Types].xml" in names and has_sheets):
                return FileKind.XLSX
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
                manifest = "META-INF/manifest.xml"
                if manifest in names and b":encryption-data" in archive.read(manifest):
                    raise UserError(encrypted(path.name))
                if "content.xml" not in names:
                    raise UserError(damaged(path.name))
                return FileKind.ODS
    except READING_FAILS as error:
        raise UserError(damaged(path.name)) from error
    raise UserError(
        f"„{path.name}“ ist keine Tabelle, sondern ein anderes Dokument oder ein Archiv. {_ADVICE}"
    )


def _refuse_bomb(name: str, members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    suspicious = [(member.file_size, member.compress_size) for member in members] + [(unpacked, packed)]
    if unpacked > MAX_UNPACKED_BYTES or any(
        large > _SMALL_MEMBER and large > MAX_RATIO * small for large, small in suspicious
    ):
        raise UserError(too_large(name))


def _kind_of_compound(path: Path) -> FileKind:
    content = path.read_bytes()
    if _stream("EncryptedPackage") in content:
        raise UserError(encrypted(path.name))
    if any(_stream(name) in content for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        return FileKind.XLS
    raise UserError(f"„{path.name}“ ist keine Tabelle, sondern ein anderes Dokument. {_ADVICE}")


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le")


def _kind_of_text(name: str, head: bytes) -> FileKind:
    if head.startswith(_VERY_OLD_EXCEL):
        raise UserError(
            f"„{name}“ stammt aus einem sehr alten Excel. Bitte in LibreOffice öffnen und als .xlsx speichern."
        )
    for start, what in _OLD_EXCHANGE:
        if head.startswith(start):
            raise UserError(
                f"„{name}“ hat das alte Austauschformat {what}. Bitte in Excel oder LibreOffice öffnen und als .xlsx "
                "speichern."
            )
    if name.startswith("~$"):
        raise UserError(
            f"„{name}“ ist nur der Merker von Excel, dass die Datei geöffnet ist. Bitte die Datei ohne „~$“ wählen."
        )
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(head) is not None
    control = sum(byte < 32 and byte not in b"\x00\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f" for byte in head)
    if not wide and (control or head.count(0) > _MOST_ZEROS * len(head)):
        raise UserError(f"„{name}“ hat ein unbekanntes Format. {_ADVICE}")
    return _kind_of_marked_up(name, decode(head).text.lstrip("\ufeff \t\r\n").lower())


def _kind_of_marked_up(name: str, start: str) -> FileKind:
    if "mime-version:" in start[:1000] and "multipart/related" in start:
        raise UserError(
            f"„{name}“ ist eine gespeicherte Webseite (MHTML). Bitte in Excel öffnen und als .xlsx speichern."
        )
    if not start.startswith("<"):
        return FileKind.TEXT
    is_page = re.search(r"<html[\s>]", start) is not None
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and not is_page:
        return FileKind.SPREADSHEET_XML
    if _HTML.match(start) or is_page:
        return FileKind.HTML
    if start.startswith("<?xml"):
        raise UserError(
            f"„{name}“ ist eine XML-Datei und keine Tabelle. Bitte in Excel oder LibreOffice öffnen und als .xlsx "
            "speichern."
        )
    return FileKind.TEXT
