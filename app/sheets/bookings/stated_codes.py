"""Codes that a list states once for many rows: "Innenauftrag: 57001201" above its header or above a group of rows."""

import re
from collections.abc import Collection, Iterator

from app.domain.bookings.bookings import BookingField
from app.domain.parsing import plain_text, repair_text
from app.sheets.reading.cells import Row

_LABELS = {
    BookingField.INTERNAL_ORDER: ("innenauftrag", "auftrag", "psp-element"),
    BookingField.COST_CENTRE: ("kostenstelle",),
    BookingField.ACCOUNT: ("sachkonto", "kostenart"),
}
_NAMES = {
    BookingField.INTERNAL_ORDER: "Innenauftrag",
    BookingField.COST_CENTRE: "Kostenstelle",
    BookingField.ACCOUNT: "Sachkonto",
}
_FIELDS = {label: of for of, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(
    rf"(?P<label>{'|'.join(_FIELDS)})(?:s?[ -]?(?:nummer|nr))?\.?(?P<by> ?: ?| |$)(?P<code>.*)", re.IGNORECASE
)
_CODE = re.compile(r"(?:[A-Z]{1,3}[-./]?)?\d[\d./-]{2,}(?= |$)", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:bis|und|[-–,;/+])\s*\d", re.IGNORECASE)
_SURE_CODE = re.compile(r"\d{6,}(?= |$)")  # behind a word without a colon: "Auftrag 120 Stühle" is no order


def stated_codes(row: Row) -> dict[BookingField, str]:
    """The codes that stand in this row behind their label, in the same cell or in the next filled one."""
    found: dict[BookingField, str] = {}
    waiting: BookingField | None = None
    for cell in row:
        if cell is None:
            continue
        text = plain_text(repair_text(cell)) if isinstance(cell, str) else _whole(cell)
        if label := _LABEL.fullmatch(text):
            of = _FIELDS[label["label"].casefold()]
            _put(found, of, _CODE if ":" in label["by"] else _SURE_CODE, label["code"])
            waiting = None if label["code"] else of
        elif waiting is not None:
            _put(found, waiting, _CODE, text)
            waiting = None
    return found


def _put(found: dict[BookingField, str], of: BookingField, pattern: re.Pattern[str], text: str) -> None:
    """Notes the code at the beginning of the text, unless it is one of several or the end of a range."""
    code = pattern.match(text)
    if code and not _RANGE.match(text, code.end()):
        found.setdefault(of, code[0])


class StatedCodes:
    """The codes that hold for the row that is read, of the fields for which a list has no column."""

    def __init__(self, missing: Collection[BookingField]) -> None:
        self.missing = [of for of in _LABELS if of in missing]
        self.now: dict[BookingField, str] = {}
        self.seen: dict[BookingField, set[str]] = {}

    def look(self, row: Row) -> bool:
        """Takes over what a row states; whether it states anything that no column says."""
        stated = (
            {of: code for of, code in stated_codes(row).items() if of in self.missing} if self.missing else {}
        )
        self.now.update(stated)
        for of, code in stated.items():
            self.seen.setdefault(of, set()).add(code)
        return bool(stated)

    def notices(self) -> Iterator[str]:
        """German sentences on what was taken from titles."""
        for of, codes in self.seen.items():
            name = _NAMES[of]
            if len(codes) == 1:
                (code,) = codes
                yield f"{name} {code} steht einmal über der Liste und gilt für alle Zeilen darunter."
            else:
                yield f"{name}: {len(codes)} verschiedene stehen als Zwischentitel; jeder gilt für die Zeilen darunter."


def _whole(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
