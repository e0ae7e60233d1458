"""Which signs our papers can print, and in which font: what the family lacks comes from the font of symbols.

What neither has, such as Arabic or emoji, prints as an empty frame and is named before: as what is missing of a paper
that binds (`unprintable_in`), or in a sentence beside one that does not (`unprintable_sentence`).
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from app.domain.counting import counted
from app.domain.papers.paper_text import Block, PaperTable, Paragraph, ParagraphKind, Text, plain
from app.resources import RESOURCES

FAMILY = "NotoSans"
SYMBOLS = "NotoSansSymbols"
"""Arrows, mathematical signs, boxes and the like, which the family lacks; one cut for all."""
SIGNS = RESOURCES / "fonts" / "signs.txt"
"""Code points of both fonts: asking the fonts themselves would load the library that sets papers."""
FRAME = "▯"
_USUAL = re.compile("[\n\t -~\xa0-\xac\xae-\u02ff\u2010-\u2027€]*")
"""Signs that the family has; nearly every text is of them."""
_WITHOUT_SHAPE = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
"""Say only how their neighbours look."""
_MOST_NAMED, _MOST_PLACES = 5, 3


def unprintable(text: str) -> list[str]:
    """The signs of a text that no font of ours has, each once."""
    if _USUAL.fullmatch(text):
        return []
    return list(dict.fromkeys(sign for sign in _shaped(text) if _font(sign) is None))


def unprintable_in(blocks: Iterable[Block], place: str = "Titel") -> list[str]:
    """German phrases for the signs that will not print, with the place where they stand: what is missing of a paper.

    `place`: of what stands above the first heading.
    """
    return [f"Druckbares Zeichen statt {found}" for found in _unprintable(blocks, place)]


def unprintable_sentence(blocks: Iterable[Block], place: str = "Titel") -> str:
    """The same said of a paper that can be printed all the same; of many places the first. Empty: all will print."""
    found = _unprintable(blocks, place)
    if not found:
        return ""
    more = len(found) - _MOST_PLACES
    rest = f" und an {counted(more, 'weiteren Stelle', 'weiteren Stellen')}" if more > 0 else ""
    return f"Auf dem Papier steht {FRAME} statt {'; '.join(found[:_MOST_PLACES])}{rest}."


def _unprintable(blocks: Iterable[Block], place: str) -> list[str]:
    """ "„ع“ (U+0639) in „Ziele, 2“": signs and place, each once."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind is ParagraphKind.HEADING:
            place = " ".join(plain(block.words).split())
        for row in _texts(block):
            if signs := unprintable("".join(map(plain, row))):
                where = f"{place}, {plain(row[0])}" if isinstance(block, PaperTable) else place
                found.append(f"{named(signs)} in „{where}“")
    return list(dict.fromkeys(found))


def in_fonts(text: str) -> list[tuple[str | None, str]]:
    """The pieces of a text, each with the name of the font it needs; None: the font that is set."""
    if _USUAL.fullmatch(text):
        return [(None, text)]

    def font_of(sign: str) -> str | None:
        return None if _font(sign) == FAMILY else SYMBOLS

    return [
        (font, "".join(sign if _font(sign) else FRAME for sign in signs))
        for font, signs in groupby(_shaped(text), font_of)
    ]


def _shaped(text: str) -> str:
    return _WITHOUT_SHAPE.sub("", text)


def _font(sign: str) -> str | None:
    """The name of the font that has the sign."""
    if _USUAL.fullmatch(sign):
        return FAMILY
    return next((font for font, signs in signs_of_fonts().items() if ord(sign) in signs), None)


@cache
def signs_of_fonts() -> dict[str, frozenset[int]]:
    """The code points that each font has, the family's first."""
    fonts = (line.split(": ") for line in SIGNS.read_text("ascii").splitlines())
    return {font: frozenset(_code_points(spans)) for font, spans in fonts}


def _code_points(spans: str) -> Iterator[int]:
    for span in spans.split():
        first, _, last = span.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _texts(block: Block) -> Iterator[tuple[Text, ...]]:
    """What is named together: a paragraph, a row of a table, a field to sign in."""
    if isinstance(block, Paragraph):
        yield (block.words,)
    elif isinstance(block, PaperTable):
        yield from block.rows
    else:
        for field in block.fields:
            yield field.party, field.person, field.function


def named(signs: list[str]) -> str:
    """ "„ع“ (U+0639), „😀“ (U+1F600)"; of many the first."""
    more = " und andere" if len(signs) > _MOST_NAMED else ""
    return ", ".join(f"„{sign}“ (U+{ord(sign):04X})" for sign in signs[:_MOST_NAMED]) + more
