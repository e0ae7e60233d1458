"""Spellings of the city's parts and districts, each against all official names."""

import pytest

from app.domain.quarters.city_parts import folded
from db.seed import city_names

PARTS, DISTRICTS = city_names()


def found(spelling: str, names: tuple[str, ...] = PARTS) -> list[str]:
    return [name for name in names if folded(name) == folded(spelling)]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Groß Buchholz", "Groß-Buchholz"),
        ("GROSS-BUCHHOLZ", "Groß-Buchholz"),
        ("Misburg Nord", "Misburg-Nord"),
        ("Misburg - Süd", "Misburg-Süd"),
        ("Zooviertel", "Zoo"),
        ("Die List", "List"),
        ("Die Bult", "Bult"),
        ("Hannover-Mitte", "Mitte"),
        ("Stadtteil Ricklingen", "Ricklingen"),
        ("Oberricklingen", "Oberricklingen"),
        ("Isernhagen Süd", "Isernhagen-Süd"),
        ("Wu\u0308lferode", "Wülferode"),
    ],
)
def test_everyday_spelling_finds_one_part(spelling: str, name: str) -> None:
    assert found(spelling) == [name]


def test_district_and_part_of_one_name_are_told_apart_by_what_is_asked() -> None:
    assert found("Stadtbezirk Mitte", DISTRICTS) == ["Mitte"]
    assert found("Nord", DISTRICTS) == ["Nord"]
    assert found("Nord") == []
    assert found("Nordstadt") == ["Nordstadt"]


def test_official_names_stay_apart() -> None:
    for names in (PARTS, DISTRICTS):
        assert len({folded(name) for name in names}) == len(names)
