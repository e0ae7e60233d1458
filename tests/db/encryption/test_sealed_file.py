"""Encrypted attached files: the same content comes out, and nothing that was changed, moved or left out."""

from io import BytesIO

import pytest

from db.encryption.sealed_file import BLOCK, Damaged, Head, Sealing, blocks, head_of, hidden_name, sealed_size

KEY, OTHER = bytes(range(32)), bytes(32)
SHA = "ab" * 32
TAGGED = BLOCK + 16


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    target = BytesIO()
    sealing = Sealing(key, target)
    for start in range(0, len(content), BLOCK):
        sealing.write(content[start : start + BLOCK])
    sealing.finish(Head(SHA, len(content)))
    return target.getvalue()


def opened(file: bytes, key: bytes = KEY) -> bytes:
    return b"".join(blocks(key, BytesIO(file)))


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_what_goes_in_comes_out(size: int) -> None:
    content = bytes(number % 251 for number in range(997)) * (size // 997 + 1)
    file = sealed(content[:size])
    assert len(file) == sealed_size(size)
    assert opened(file) == content[:size]
    assert head_of(KEY, BytesIO(file)) == Head(SHA, size)


def test_the_same_content_looks_different_each_time() -> None:
    assert sealed(b"x" * 100)[16:] != sealed(b"x" * 100)[16:]


def test_blocks_hold_only_at_their_place() -> None:
    file = sealed(b"a" * BLOCK + b"b" * BLOCK + b"c")
    head = len(file) - 2 * TAGGED - 17
    first, second = file[head : head + TAGGED], file[head + TAGGED : head + 2 * TAGGED]
    other = sealed(b"a" * BLOCK + b"b" * BLOCK + b"c")
    for wrong in (
        file[:head] + second + first + file[head + 2 * TAGGED :],  # swapped
        file[:head] + second + file[head + 2 * TAGGED :],  # one left out
        file[:-17],  # the last left out
        file[:-1],
        file + b"x",
        file[:head] + other[head:],  # the content of another file below this head
        file[:9] + b"\x00" + file[10:],
        b"",
        b"%PDF" * 100,
    ):
        with pytest.raises(Damaged):
            opened(wrong)
    with pytest.raises(Damaged):
        opened(file, OTHER)


def test_a_known_file_cannot_be_found_by_its_hash() -> None:
    assert hidden_name(KEY, SHA) != hidden_name(OTHER, SHA)
    assert SHA not in hidden_name(KEY, SHA)
