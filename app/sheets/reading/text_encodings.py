"""The characters of a text file whose encoding nobody stated: marks first, then UTF-8, then what its letters tell."""

import re
from typing import NamedTuple

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LOOKED_AT = 4 * 1024 * 1024
_INSIDE_WORDS = re.compile(rb"[A-Za-z][\x80-\xff]+[a-z]")
_OF_UTF8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_GERMAN = "äöüß"
_OTHERS = {"cp850": "DOS", "mac_roman": "Mac"}

_ESCAPED = re.compile("[\udc80-\udcff]")
# What Python's "surrogateescape" makes of bytes that are no UTF-8, as Windows-1252 means them.
_SINGLE_BYTES = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)
}


class Decoded(NamedTuple):
    """The text and, where its encoding is an unusual one, what it was taken for."""

    text: str
    taken_for: str = ""


def decode(content: bytes) -> Decoded:
    """The text of a file; bytes that are no UTF-8 amid UTF-8 are read as Windows-1252, none is dropped."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            if encoding == "utf-8":
                return Decoded(_utf8(content[len(mark) :]))
            return Decoded(content.decode(encoding, "replace").removeprefix("\ufeff"))
    if wide := wide_encoding(content[:4096]):
        return Decoded(content.decode(wide, "replace"))
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError:
        other = _by_letters(content[:_LOOKED_AT])
        if other is not None:
            return Decoded(content.decode(other), _OTHERS[other])
        text = _windows(content)
        if "¤" in text and not re.search(rb"[\x80-\x9f]", content):
            text = text.replace("¤", "€")  # ISO-8859-15: the euro where Latin-1 has the sign nobody uses
        return Decoded(text)


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of western text is zero."""
    low, high = head[0::2], head[1::2]
    if not low.count(0) and high.count(0) > 0.6 * len(high):
        return "utf-16-le"
    if not high.count(0) and low.count(0) > 0.6 * len(low):
        return "utf-16-be"
    return None


def _windows(content: bytes) -> str:
    """Windows-1252; the slower way where bytes of UTF-8 are among it, or some that Windows-1252 does not know."""
    if not _OF_UTF8.search(content):
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            pass
    return _utf8(content)


def _utf8(content: bytes) -> str:
    text = content.decode("utf-8", "surrogateescape")
    return text.translate(_SINGLE_BYTES) if _ESCAPED.search(text) else text


def _by_letters(content: bytes) -> str | None:
    """An encoding in which every foreign byte within a word is a German letter, while Windows-1252 has none there."""
    words = set(_INSIDE_WORDS.findall(content))
    signs = {bytes([byte]) for word in words for byte in word if byte >= 0x80}
    fitting = [
        encoding
        for encoding in _OTHERS
        if all(sign.decode(encoding) in _GERMAN for sign in signs)
        and any(sign.decode(encoding) in "äöü" and not _as_windows(sign).islower() for sign in signs)
    ]
    windows = any(_as_windows(sign) in _GERMAN for sign in signs)
    return fitting[0] if len(fitting) == 1 and not windows else None


def _as_windows(sign: bytes) -> str:
    return sign.decode("cp1252", "replace")
