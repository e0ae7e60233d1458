"""The recovery key as it is printed and typed: groups of five signs, the last of each tells slips of the pen.

160 bits in eight groups. Letters that look like figures are left out (I, L, O, U) and read as what they look like.
The sign at the end of a group depends on its place, too, so that a swapped or doubled group is noticed.
"""

from app.domain.errors import UserError

BYTES = 20
GROUPS = 8
GROUP = 5
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")


def printed(value: bytes) -> list[str]:
    """The groups of a key of twenty bytes."""
    number = int.from_bytes(value, "big")
    digits = [(number >> 5 * place) & 31 for place in reversed(range(BYTES * 8 // 5))]
    groups = [digits[start : start + GROUP - 1] for start in range(0, len(digits), GROUP - 1)]
    return [
        "".join(_SIGNS[digit] for digit in (*group, _check(place, group)))
        for place, group in enumerate(groups)
    ]


def typed(text: str) -> bytes:
    """The key somebody has typed, in whatever groups. Raises UserError that names the group that is wrong."""
    signs = [sign for sign in text.upper().translate(_READ_AS) if sign.isalnum()]
    strange = next((sign for sign in signs if sign not in _SIGNS), None)
    if strange is not None:
        raise UserError(f"Das Zeichen „{strange}“ kommt im Wiederherstellungsschlüssel nicht vor.")
    groups = ["".join(signs[start : start + GROUP]) for start in range(0, len(signs), GROUP)]
    wrong = [
        f"{place + 1} ({group})" for place, group in enumerate(groups[:GROUPS]) if not _is_right(place, group)
    ]
    if wrong:
        which = f"Gruppe {wrong[0]}" if len(wrong) == 1 else f"den Gruppen {', '.join(wrong)}"
        raise UserError(f"In {which} stimmt etwas nicht. Bitte mit dem Blatt vergleichen.")
    if len(groups) != GROUPS:
        raise UserError(
            f"Der Schlüssel hat {GROUPS} Gruppen zu {GROUP} Zeichen, hier sind es {len(groups)}. "
            "Bitte ganz eingeben."
        )
    number = 0
    for group in groups:
        for sign in group[:-1]:
            number = number << 5 | _SIGNS.index(sign)
    return number.to_bytes(BYTES, "big")


def _is_right(place: int, group: str) -> bool:
    digits = [_SIGNS.index(sign) for sign in group]
    return len(digits) == GROUP and digits[-1] == _check(place, digits[:-1])


def _check(place: int, digits: list[int]) -> int:
    """A sum over the field of 32 elements: every wrong sign and every swap of two changes it."""
    total = place + 1
    for digit in digits:
        total = _doubled(total) ^ digit
    return _doubled(total)


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
