"""The cell styles of a workbook: which show dates, and one more where a date would show as a number."""

import re

from app.sheets.layout.markup import Edits, Element, elements

SHORT_DATE, MONEY = 14, 4
"""Numbers of formats that every spreadsheet knows: the date and two decimals with thousands, in its own language."""

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NO_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_GENERAL, _TEXT = 0, 49


class Styles:
    """The styles part; asks for another format add one style at the end, everything else stays."""

    def __init__(self, data: bytes | None) -> None:
        self._edits = Edits(data or b"")
        found = elements(data) if data else []
        self._holder = next((element for element in found if element.name == "cellXfs"), None)
        self._styles: list[Element] = [
            one for one in found if one.name == "xf" and one.parent is self._holder
        ]
        self._dates = {
            int(one.attributes["numFmtId"])
            for one in found
            if one.name == "numFmt" and _shows_date(one.attributes.get("formatCode", ""))
        } | _BUILT_IN_DATES
        self._made: dict[tuple[int, int], int] = {}
        self._added: list[bytes] = []

    def is_date(self, style: int) -> bool:
        """Whether a number shows as a date."""
        return self._format(style) in self._dates

    def is_plain(self, style: int) -> bool:
        """Whether nobody chose a format for numbers."""
        return self._format(style) in (_GENERAL, _TEXT)

    def with_format(self, style: int, number_format: int) -> int:
        """The style that looks like `style` and has this number format."""
        if self._holder is None:
            return style
        key = (style, number_format)
        if key not in self._made:
            self._made[key] = len(self._styles) + len(self._added)
            self._added.append(self._copy(style, number_format))
        return self._made[key]

    def changed(self) -> bytes | None:
        """The part with the new styles; None if there are none."""
        if self._holder is None or not self._added:
            return None
        self._edits.replace(self._holder.close, self._holder.close, b"".join(self._added))
        self._edits.set_attribute(self._holder, "count", str(len(self._styles) + len(self._added)))
        return self._edits.result()

    def _format(self, style: int) -> int:
        if style >= len(self._styles):
            return _GENERAL
        return int(self._styles[style].attributes.get("numFmtId", "0"))

    def _copy(self, style: int, number_format: int) -> bytes:
        if style >= len(self._styles):
            style = 0
        source = self._styles[style]
        raw = self._edits.data[source.start : source.end]
        copy = Edits(raw)
        inner = source.inner - source.start
        whole = Element("xf", source.attributes, 0, inner, end=len(raw))
        copy.set_attribute(whole, "numFmtId", str(number_format))
        copy.set_attribute(whole, "applyNumberFormat", "1")
        return copy.result()


def _shows_date(code: str) -> bool:
    plain = _NO_CODE.sub("", code).lower()
    return any(letter in plain for letter in "dmyjt") and "general" not in plain and "standard" not in plain
