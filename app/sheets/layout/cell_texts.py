"""Texts of cells as a workbook stores them: signs that XML has no place for are written as `_xHHHH_`, as Excel does."""

import re
from xml.sax.saxutils import escape

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LONGEST = 32767
"""Characters that fit into a cell."""


def cell_text(text: str) -> str:
    """A text of ours between the tags of a cell."""
    if _LOOKS_ESCAPED.search(text):
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape(text[:_LONGEST])


def meant(text: str) -> str:
    """The reverse for a text read from a cell."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
