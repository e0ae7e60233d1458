"""What a person reads of a value that is stored as a structure: its words, without names of fields and brackets."""

import json
from collections.abc import Iterator


def leaves(text: str) -> list[str]:
    """The words of a stored value, each by itself: of JSON every text in it, of anything else the value."""
    if not text.startswith(("{", "[")):
        return [text]
    try:
        return list(_texts(json.loads(text)))
    except ValueError:  # somebody's own words
        return [text]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
