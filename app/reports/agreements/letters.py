"""The words of the letters about an agreement: termination, reminder, invitation, confirmation of a notice.

They are a start: whoever writes the letter changes them before it is printed.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from app.domain.agreements.agreement_wording import notice_phrase
from app.domain.agreements.agreements import UNFINISHED_GOALS, AgreementKind, PaperKind
from app.domain.agreements.goals import AgreedGoal
from app.domain.agreements.notices import NoticeEnd
from app.domain.agreements.term import PossibleEnd, Term, outlook
from app.domain.dates import ONE_DAY, WEEKDAYS, german, next_working_day
from app.domain.papers.quotes import nested
from app.reports.agreements.facts import listed
from app.resources import RESOURCES

WORDS = RESOURCES / "templates" / "letters.toml"
GRACE = timedelta(weeks=3)
"""So much time a reminder leaves, and an invitation at least."""
BEFORE_THE_TALK = timedelta(weeks=2)
ANSWER = timedelta(days=10)

_NAME = re.compile(r"\{(\w+)\}")
_GAP = re.compile(r"\[[^\[\]\n]+\]")


class LetterKind(StrEnum):
    """What is written."""

    TERMINATION = "termination"
    EXTRAORDINARY = "extraordinary"
    REMINDER_REPORT = "reminder_report"
    REMINDER_PROOF = "reminder_proof"
    INVITATION = "invitation"
    CONFIRMATION = "confirmation"


TITLES = {
    LetterKind.TERMINATION: "Kündigung",
    LetterKind.EXTRAORDINARY: "Außerordentliche Kündigung",
    LetterKind.REMINDER_REPORT: "Erinnerung an einen Bericht",
    LetterKind.REMINDER_PROOF: "Erinnerung an den Verwendungsnachweis",
    LetterKind.INVITATION: "Einladung zum Jahresgespräch",
    LetterKind.CONFIRMATION: "Bestätigung einer Kündigung",
}
PAPER_KINDS = {
    LetterKind.TERMINATION: PaperKind.TERMINATION,
    LetterKind.EXTRAORDINARY: PaperKind.TERMINATION,
    LetterKind.REMINDER_REPORT: PaperKind.REMINDER,
    LetterKind.REMINDER_PROOF: PaperKind.REMINDER,
    LetterKind.INVITATION: PaperKind.INVITATION,
    LetterKind.CONFIRMATION: PaperKind.CONFIRMATION,
}
DECLARATIONS = frozenset({LetterKind.TERMINATION, LetterKind.EXTRAORDINARY})
"""Declarations: they go to all partners, to who represents them, and their arrival counts (BGB 130)."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the letters about an agreement say.

    `reachable`: the end an ordinary notice sent today would reach, by the term that holds when it arrives
    (`notice_term`). `noticed`: a notice received, with its day of
    writing, its arrival, its end, and what was reckoned for it (None: extraordinary).
    """

    kind: AgreementKind
    number: str
    title: str
    on: date
    term: Term
    signed_on: date | None = None
    goals: tuple[AgreedGoal, ...] = ()
    talk_due: date | None = None
    address: str = ""  # of the office
    reachable: PossibleEnd | None = None
    noticed: "NoticeFacts | None" = None
    partners: tuple[str, ...] = ()
    notice_term: Term | None = None


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice as its confirmation names it."""

    dated: date | None
    arrived_on: date
    ends_on: date
    reckoned: NoticeEnd | None = None


@dataclass(frozen=True, slots=True)
class LetterText:
    """Subject and body as proposed."""

    subject: str
    body: str


def letter_text(kind: LetterKind, facts: LetterFacts) -> LetterText:
    """The words of a letter; what the record does not know is a gap in square brackets."""
    values = _common(facts)
    if kind in DECLARATIONS:
        values |= _termination(facts)
    elif kind is LetterKind.INVITATION:
        values |= _invitation(facts)
    elif kind is LetterKind.CONFIRMATION:
        values |= _confirmation(facts)
    else:
        values |= _reminder(facts)
    given = _words()[kind]
    return LetterText(_filled(given["subject"], values), _filled(given["body"], values).strip())


def gaps(text: str) -> list[str]:
    """What is still to be filled in: the words in square brackets, each once."""
    return list(dict.fromkeys(_GAP.findall(text)))


def _common(facts: LetterFacts) -> dict[str, str]:
    return {
        "Art": facts.kind.word,
        "Nummer": facts.number,
        "Titel": facts.title,
        "Vom": f" vom {german(facts.signed_on)}" if facts.signed_on else "",
        "Nachfrist": german(next_working_day(facts.on + GRACE)),
    }


def _termination(facts: LetterFacts) -> dict[str, str]:
    several = (
        f"Dieses Schreiben erhalten gleichlautend alle Partner der Vereinbarung: {listed(facts.partners)}."
    )
    values = {
        "Wirkung": "mit sofortiger Wirkung",
        "Grund": "[Grund]",
        "Alle": several if len(facts.partners) > 1 else "",
    }
    if facts.reachable is None:
        return values | {"Ende": "[Ende]", "Frist": "", "Hilfsweise": ""}
    end = german(facts.reachable.end)
    period = notice_phrase(facts.notice_term or facts.term)
    notice = (
        f"Die Kündigungsfrist beträgt {period}; sie ist gewahrt, wenn Ihnen dieses "
        f"Schreiben bis zum {german(facts.reachable.receipt)} zugeht."
    )
    return values | {"Ende": end, "Frist": notice, "Hilfsweise": f", das ist der {end}"}


def _reminder(facts: LetterFacts) -> dict[str, str]:
    late = [goal for goal in _unfinished(facts) if goal.due is not None and goal.due < facts.on]
    chosen = late or _unfinished(facts)
    points = [
        f"- Ziel {goal.nr}: {goal.title}"
        + (f", Frist {german(goal.due)}" if goal.due else "")
        + (f" (Nachweis: {goal.evidence})" if goal.evidence else "")
        for goal in chosen
    ]
    return {"Ziele": "\n".join(points) or "- [Ziel]"}


def _invitation(facts: LetterFacts) -> dict[str, str]:
    goals = [f"- Ziel {goal.nr}: {goal.title} ({goal.state.word})" for goal in facts.goals]
    view = outlook(facts.term, facts.on)
    until = f"die Vereinbarung läuft bis {german(view.runs_until)}" if view.runs_until else ""
    days = proposed_days(facts.talk_due, facts.on)
    due = f"; das nächste Gespräch steht bis zum {german(facts.talk_due)} an" if facts.talk_due else ""
    return {
        "Faellig": due,
        "Termine": "\n".join(f"- {WEEKDAYS[day.weekday()]}, {german(day)}, 10 Uhr" for day in days),
        "Anschrift": facts.address or "[Ort]",
        "Antwort": german(next_working_day(min(facts.on + ANSWER, days[0] - ONE_DAY))),
        "Ziele": "\n".join(goals) or "- Stand der Zusammenarbeit",
        "Ausblick": f"Ausblick: {until}" if until else "Ausblick",
    }


def _confirmation(facts: LetterFacts) -> dict[str, str]:
    noticed = facts.noticed
    if noticed is None:
        return {
            "Kuendigung": "Kündigung",
            "Schreiben": "",
            "Zugang": "[Tag des Zugangs]",
            "Folge": "Die Vereinbarung endet damit **zum [Ende]**.",
        }
    reckoned = noticed.reckoned
    late = ""
    if reckoned is not None and reckoned.missed is not None:
        late = (
            f"Für ein Ende am {german(reckoned.missed.end)} hätte sie uns bis zum "
            f"{german(reckoned.missed.receipt)} zugehen müssen. "
        )
    return {
        "Kuendigung": "Kündigung" if reckoned is not None else "außerordentliche Kündigung",
        "Schreiben": f" vom {german(noticed.dated)}" if noticed.dated else "",
        "Zugang": german(noticed.arrived_on),
        "Folge": f"{late}Die Vereinbarung endet damit **zum {german(noticed.ends_on)}**.",
    }


def proposed_days(due: date | None, on: date) -> tuple[date, date, date]:
    """Three working days for a talk: some weeks ahead, if possible shortly before it is due."""
    first = next_working_day(max(on + GRACE, due - BEFORE_THE_TALK) if due else on + GRACE)
    second = next_working_day(first + timedelta(days=2))
    return first, second, next_working_day(second + timedelta(days=5))


def _unfinished(facts: LetterFacts) -> list[AgreedGoal]:
    return [goal for goal in facts.goals if goal.state in UNFINISHED_GOALS]


def _filled(words: str, values: dict[str, str]) -> str:
    text = "\n".join(map(nested, _NAME.sub(lambda found: values[found[1]], words).split("\n")))
    return re.sub(r"\n{3,}", "\n\n", text)  # a sentence that is left out leaves no second gap


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(WORDS.read_text("utf-8"))
