"""Takes one stream out of a compound file (MS-CFB), the container of .xls, whose records calamine does not give."""

import struct

_FREE = 0xFFFFFFFA  # this and above are marks, not sectors
_ENTRY = 128
_STREAM, _ROOT = 2, 5


class CompoundError(ValueError):
    """The container is damaged."""


def stream(content: bytes, names: tuple[str, ...]) -> bytes | None:
    """The first stream with one of these names (any case); None if there is none. Raises CompoundError."""
    try:
        return _Compound(content).stream(names)
    except (struct.error, IndexError, OverflowError) as error:
        raise CompoundError from error


class _Compound:
    def __init__(self, content: bytes) -> None:
        self.content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise CompoundError
        self.size, self.mini_size = 1 << shift, 1 << mini_shift
        first_directory, self.mini_below, first_mini, first_more = (
            struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60, 68)
        )
        self.table = self._table(first_more)
        self.mini_table = _numbers(self._chain(first_mini))
        self.directory = self._chain(first_directory)

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        entries = [
            self.directory[at : at + _ENTRY] for at in range(0, len(self.directory) - _ENTRY + 1, _ENTRY)
        ]
        for entry in entries:
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if entry[66] == _STREAM and name.casefold() in names:
                first, size = struct.unpack_from("<II", entry, 116)
                return self._content(entries, first, size)
        return None

    def _content(self, entries: list[bytes], first: int, size: int) -> bytes:
        if size >= self.mini_below:
            return self._chain(first)[:size]
        root = next((entry for entry in entries if entry[66] == _ROOT), None)
        if root is None:
            raise CompoundError
        small = self._chain(struct.unpack_from("<I", root, 116)[0])
        pieces = [
            small[number * self.mini_size : (number + 1) * self.mini_size]
            for number in _followed(first, self.mini_table)
        ]
        return b"".join(pieces)[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        return self.content[at : at + self.size]

    def _chain(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _followed(first, self.table))

    def _table(self, first_more: int) -> tuple[int, ...]:
        """The allocation table: its first 109 sectors stand in the header, the others in a chain of their own."""
        sectors = list(struct.unpack_from("<109I", self.content, 76))
        per_sector = self.size // 4
        seen = set()
        while first_more < _FREE and first_more not in seen:
            seen.add(first_more)
            more = struct.unpack_from(f"<{per_sector}I", self._sector(first_more))
            sectors += more[:-1]
            first_more = more[-1]
        return _numbers(b"".join(self._sector(number) for number in sectors if number < _FREE))


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _followed(first: int, table: tuple[int, ...]) -> list[int]:
    """The numbers of a chain of sectors; raises CompoundError if it runs in a circle."""
    chain = []
    while first < _FREE:
        chain.append(first)
        if len(chain) > len(table) or first >= len(table):
            raise CompoundError
        first = table[first]
    return chain
