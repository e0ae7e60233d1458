"""Every enum value has a German word, and people's spellings find it again."""

from enum import StrEnum

import pytest

from app.domain.agreements import agreements
from app.domain.agreements.agreements import AgreementKind, NoticeEffect, NoticeUnit, Stage
from app.domain.bookings import read_settings
from app.domain.budgets import budgets
from app.domain.deadlines import deadlines
from app.domain.grants import grants
from app.domain.grants.grants import FinancingKind, RuleSetName
from app.domain.offers import offers
from app.domain.terms import find, word, words


def enums() -> list[type[StrEnum]]:
    modules = (agreements, budgets, deadlines, grants, offers, read_settings)
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
    }
    return sorted(found, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", enums())
def test_every_value_has_a_word_of_its_own(kind: type[StrEnum]) -> None:
    assert len(set(words(kind))) == len(kind)
    for member in kind:
        assert find(kind, word(member)) is member


@pytest.mark.parametrize(
    ("kind", "text", "member"),
    [
        (Stage, "in Kraft", Stage.IN_FORCE),
        (Stage, "  IN   kraft ", Stage.IN_FORCE),
        (Stage, "gekündigt", Stage.TERMINATED),
        (NoticeUnit, "monat", NoticeUnit.MONTHS),
        (NoticeEffect, "Quartalsende", NoticeEffect.END_OF_QUARTER),
        (AgreementKind, "Ziel vereinbarung", AgreementKind.TARGET),
        (FinancingKind, "Festbetrag", FinancingKind.FIXED),
        (RuleSetName, "anbest gk", RuleSetName.ANBEST_GK),
        (Stage, "irgendwas", None),
        (Stage, "", None),
        (Stage, " - ", None),
    ],
)
def test_find_is_forgiving(kind: type[StrEnum], text: str, member: StrEnum | None) -> None:
    assert find(kind, text) is member
