"""The cell styles of a workbook: which show dates, and one more where a date would show as a number."""

import re
from copy import deepcopy

from app.sheets.layout.package import PackagePart
from app.sheets.reading.safe_xml import child

SHORT_DATE, MONEY = 14, 4
"""Numbers of formats that every spreadsheet knows: the date and two decimals with thousands, in its own language."""

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NO_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_GENERAL, _TEXT = 0, 49


class Styles:
    """The styles part; asks for another format add one style at the end, everything else stays."""

    def __init__(self, content: bytes | None) -> None:
        self._part = PackagePart(content) if content else None
        root = self._part.root if self._part else None
        self._holder = child(root, "cellXfs") if root is not None else None
        self._styles = [] if self._holder is None else list(self._holder.iterchildren("{*}xf"))
        self._dates = {
            int(one.attrib["numFmtId"])
            for one in (root.iter("{*}numFmt") if root is not None else ())
            if _shows_date(one.get("formatCode", ""))
        } | _BUILT_IN_DATES
        self._made: dict[tuple[int, int], int] = {}

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
            made = deepcopy(self._styles[style if style < len(self._styles) else 0])
            made.set("numFmtId", str(number_format))
            made.set("applyNumberFormat", "1")
            self._made[key] = len(self._styles)
            self._styles.append(made)
            self._holder.append(made)
            self._holder.set("count", str(len(self._styles)))
        return self._made[key]

    def changed(self) -> bytes | None:
        """The part with the new styles; None if there are none."""
        return self._part.changed() if self._part else None

    def _format(self, style: int) -> int:
        return int(self._styles[style].get("numFmtId", "0")) if style < len(self._styles) else _GENERAL


def _shows_date(code: str) -> bool:
    plain = _NO_CODE.sub("", code).lower()
    return any(letter in plain for letter in "dmyjt") and "general" not in plain and "standard" not in plain
