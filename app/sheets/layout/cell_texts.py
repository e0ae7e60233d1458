"""Texts of cells as a workbook stores them: without signs that XML has no place for, which Excel writes `_xHHHH_`."""

import re
from xml.sax.saxutils import escape

from app.domain.clean_text import clean

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LONGEST = 32767
"""Characters that fit into a cell."""


def cell_text(text: str) -> str:
    """A text of ours between the tags of a cell."""
    text = clean(text)
    if _LOOKS_ESCAPED.search(text):
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return escape(text[:_LONGEST])


def meant(text: str) -> str:
    """The reverse for a text read from a cell."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
