"""A stage in words says what it points to."""

from datetime import date

import pytest

from app.domain.agreements.agreements import Stage, stage_words

DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("stage", "known", "words"),
    [
        (Stage.TERMINATED, {"ends": DAY}, "gekündigt zum 31.12.2026"),
        (Stage.TERMINATED, {}, "gekündigt"),
        (Stage.AMENDED, {"amendment": 2}, "geändert durch Nachtrag 2"),
        (Stage.AMENDED, {}, "geändert"),
        (Stage.SIGNED, {"starts": DAY}, "gilt ab 31.12.2026"),
        (Stage.SIGNED, {}, "unterzeichnet"),
        (Stage.IN_FORCE, {"ends": DAY, "amendment": 1}, "in Kraft"),
        (Stage.DRAFT, {"starts": DAY}, "Entwurf"),
    ],
)
def test_words(stage: Stage, known: dict[str, object], words: str) -> None:
    assert stage_words(stage, **known) == words  # type: ignore[arg-type]
