"""Every enum value has a German word, and people's spellings find it again."""

from importlib import import_module
from pkgutil import walk_packages

import pytest

from app import domain
from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.grants.grant_standing import FinancingKind, RuleSetName
from app.domain.terms import Worded, find, words


def lists() -> list[type[Worded]]:
    """All that the domain has: each module of it is imported, so that none is missed."""
    for module in walk_packages(domain.__path__, "app.domain."):
        import_module(module.name)
    return sorted(Worded.__subclasses__(), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", lists())
def test_every_value_has_a_word_of_its_own(kind: type[Worded]) -> None:
    assert all(words(kind))
    assert len(set(words(kind))) == len(kind)
    for member in kind:
        assert find(kind, member.word) is member


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
def test_find_is_forgiving(kind: type[Worded], text: str, member: Worded | None) -> None:
    assert find(kind, text) is member
