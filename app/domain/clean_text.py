"""Cleans texts of signs that nobody typed: they come with pasted and imported text, and no format can hold them."""

import re
import unicodedata

_USUAL = re.compile("[\n\t -~\xa0-\xac\xae-\u02ff\u2010-\u2027€−≤≥]*")
"""Signs of which none changes; nearly every text is of them, and a large import has hundreds of thousands."""
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
"""Ends of lines of other programs; Word's own line break is the first of the brackets."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control signs
    "\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # unseen ones, turned directions
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # half signs, and what is none
    "\U000e0000-\U000e007f"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
    # joiners, but not between signs of a script that needs them, nor within an emoji
    "|(?<![\u0590-\u1fff\u2190-\U0003ffff])[\u200c\u200d]|[\u200c\u200d](?![\u0590-\u1fff\u2190-\U0003ffff])"
)


def clean(text: str) -> str:
    """The text without unseen signs, its lines ended by "\\n", letters with marks as one sign (NFC).

    >>> clean("Ru\\u0308ck\\u200bgang\\x00")
    'Rückgang'
    """
    if _USUAL.fullmatch(text):
        return text
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _BREAK.sub("\n", text)))


def trimmed(text: str) -> str:
    """The same, without blanks at both ends: how a text is kept."""
    return clean(text).strip()
