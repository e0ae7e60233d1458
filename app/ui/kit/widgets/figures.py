"""Values that are drawn rather than written: pills, budget bars, phases, old and new text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.domain.money import euro
from app.domain.terms import Worded
from app.ui.kit.tokens import Tone

E = TypeVar("E", bound=Worded)


@dataclass(frozen=True, slots=True)
class Pill:
    """A state: icon, word and tint. `rank` orders pills where the words do not."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    rank: int | None = None


def pills(signs: Mapping[E, tuple[Tone, str]], words: Mapping[E, str] | None = None) -> dict[E, Pill]:
    """A pill for each member of an enum, ranked as given; `words` where its German word is too long."""
    return {
        member: Pill((words or {}).get(member) or member.word, tone, icon, rank)
        for rank, (member, (tone, icon)) in enumerate(signs.items())
    }


@dataclass(frozen=True, slots=True)
class Bar:
    """What became of a sum of money, all in cents: `planned` includes transfers."""

    planned: int
    actual: int
    committed: int = 0

    @property
    def available(self) -> int:
        """Cents that are neither spent nor promised; negative where too much is."""
        return self.planned - self.actual - self.committed

    @property
    def overspent(self) -> bool:
        """Whether more is spent or promised than was planned."""
        return self.available < 0

    @property
    def used(self) -> float:
        """Share that is spent or promised, 1.0 = all; infinite where nothing was planned."""
        spent = self.actual + self.committed
        if self.planned > 0:
            return spent / self.planned
        return float("inf") if spent > 0 else 0.0

    @property
    def sentence(self) -> str:
        """The same in words, for tooltips and screen readers."""
        parts = [f"Ansatz {euro(self.planned)}", f"Ist {euro(self.actual)}"]
        if self.committed:
            parts.append(f"gebunden {euro(self.committed)}")
        return " · ".join([*parts, self._rest])

    @property
    def short(self) -> str:
        """The same on paper, where the figures stand beside it: "82 % · verfügbar 914,66 €"."""
        return f"{100 * self.used:.0f} % · {self._rest}" if self.planned > 0 else self._rest

    @property
    def _rest(self) -> str:
        if self.overspent:
            return f"überzogen um {euro(-self.available)}"
        return f"verfügbar {euro(self.available)}"


@dataclass(frozen=True, slots=True)
class Track:
    """A phase: `step` of `count`, from 1; 0 = not begun. `word` may be her own."""

    step: int
    count: int
    word: str

    @property
    def sentence(self) -> str:
        return f"{self.word} (Schritt {self.step} von {self.count})" if self.step else self.word


@dataclass(frozen=True, slots=True)
class OldNew:
    """A changed value: the old one is shown struck through before the new one."""

    old: str
    new: str

    @property
    def sentence(self) -> str:
        return f"{self.new} (vorher {self.old or 'leer'})"
