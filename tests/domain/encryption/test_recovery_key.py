"""The recovery key: printed and typed again it is the same, and every slip of the pen is noticed and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.encryption.recovery_key import BYTES, GROUP, GROUPS, printed, typed
from app.domain.errors import UserError

VALUE = bytes(range(100, 120))


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_printed_and_typed_again(value: bytes) -> None:
    groups = printed(value)
    assert [len(group) for group in groups] == [GROUP] * GROUPS
    assert typed(" ".join(groups)) == typed("-".join(groups).lower()) == value


@given(st.binary(min_size=BYTES, max_size=BYTES), st.integers(0, GROUPS * GROUP - 1), st.integers(1, 31))
def test_one_wrong_sign_is_noticed_and_its_group_named(value: bytes, place: int, other: int) -> None:
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    text = list("".join(printed(value)))
    text[place] = signs[(signs.index(text[place]) + other) % 32]
    with pytest.raises(UserError, match=f"Gruppe {place // GROUP + 1} "):
        typed("".join(text))


@given(st.binary(min_size=BYTES, max_size=BYTES), st.integers(0, GROUPS * GROUP - 2))
def test_two_swapped_signs_are_noticed(value: bytes, place: int) -> None:
    text = list("".join(printed(value)))
    if text[place] != text[place + 1]:
        text[place], text[place + 1] = text[place + 1], text[place]
        with pytest.raises(UserError, match="Gruppe"):
            typed("".join(text))


def test_swapped_groups_are_noticed() -> None:
    groups = printed(VALUE)
    with pytest.raises(UserError, match="Gruppe"):
        typed(" ".join([groups[1], groups[0], *groups[2:]]))


def test_what_looks_alike_is_read_alike() -> None:
    text = " ".join(printed(bytes(20)))
    assert "0" in text
    assert typed(text.replace("0", "O").replace("1", "l")) == bytes(20)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "8 Gruppen"), (" ".join(printed(VALUE)[:7]), "sind es 7"), ("ÄÄÄÄÄ", "„Ä“"), ("U", "„U“")],
)
def test_what_is_no_key_is_said(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        typed(text)


def test_too_much_is_said() -> None:
    with pytest.raises(UserError, match="sind es 9"):
        typed(" ".join([*printed(VALUE), "00000"]))
