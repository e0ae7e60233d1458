"""Words of the operating system in German sentences."""

import errno
import os

import pytest

from app.domain.system_errors import said


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "der Ort ist schreibgeschützt"),
        (errno.EACCES, "keine Zugriffsrechte"),
        (errno.ENOSPC, "kein Platz mehr"),
        (errno.EXDEV, os.strerror(errno.EXDEV)),
    ],
)
def test_known_errors_are_german_and_others_are_not_lost(number: int, words: str) -> None:
    assert said(OSError(number, os.strerror(number))) == words


def test_an_error_without_a_number_keeps_its_text() -> None:
    assert said(OSError("kaputt")) == "kaputt"
