"""The pages in which a file says where its tables are: the tree of the first page (sqlite.org/fileformat2.html)."""

from collections.abc import Iterator

from db.encryption.pages import PAGE

_HEAD = 100
_LEAF, _INNER = 0x0D, 0x05
_RESERVED_AT = 20


def schema_pages(content: bytes) -> dict[int, bytes]:
    """Number -> bytes of all of them, of a sound file, not encrypted; the first page is among them."""
    return {number: _page(content, number) for number in _tree(content, 1)}


def _page(content: bytes, number: int) -> bytes:
    return content[(number - 1) * PAGE : number * PAGE]


def _number(raw: bytes, place: int, size: int = 4) -> int:
    return int.from_bytes(raw[place : place + size], "big")


def _tree(content: bytes, number: int) -> Iterator[int]:
    page = _page(content, number)
    if len(page) < PAGE:
        return
    yield number
    at = _HEAD if number == 1 else 0
    cells = [
        _number(page, at + (12 if page[at] == _INNER else 8) + 2 * i, 2)
        for i in range(_number(page, at + 3, 2))
    ]
    if page[at] == _INNER:
        for child in (*(_number(page, cell) for cell in cells), _number(page, at + 8)):
            yield from _tree(content, child)
    elif page[at] == _LEAF:
        for cell in cells:
            yield from _overflow(content, page, cell)


def _overflow(content: bytes, page: bytes, cell: int) -> Iterator[int]:
    """The pages on which a long row goes on."""
    used = PAGE - content[_RESERVED_AT]
    most_local, least_local = used - 35, (used - 12) * 32 // 255 - 23
    size, place = _varint(page, cell)
    _, place = _varint(page, place)
    if size <= most_local:
        return
    local = least_local + (size - least_local) % (used - 4)
    following = _number(page, place + (local if local <= most_local else least_local))
    for _ in range(size // (used - 4) + 1):
        if following:
            yield following
            following = _number(_page(content, following), 0)


def _varint(raw: bytes, place: int) -> tuple[int, int]:
    """A number of up to nine bytes, and where it ends."""
    value = 0
    for count in range(9):
        byte = raw[place + count]
        if count == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, place + count + 1
