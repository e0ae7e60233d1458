"""Makes the text of an agreement from the standard clauses and the record, and lists what is still missing."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.lib.units import mm

from app.domain.agreements import AgreementKind, yearly_talks
from app.domain.dates import german
from app.domain.money import euro
from app.reports.agreement_data import AgreementPaper, PaperGoal, PaperParty
from app.reports.agreement_term import duration_sentences, notice_sentences, term_facts
from app.reports.styles import escape, fitted, gap, shorten
from app.services.office import Signatory

TEMPLATES = Path(__file__).parents[2] / "resources" / "templates"
FILES = {
    AgreementKind.TARGET: "target_agreement.toml",
    AgreementKind.COOPERATION: "cooperation_agreement.toml",
}
CONTACT_WIDTH = 60 * mm
"""Room for phone and e-mail in the table of contacts."""
PHRASES = {
    "Betrag": "Betrag der Förderung (0, wenn es keine gibt)",
    "Quartier": "Quartier",
    "Titel": "Titel der Vereinbarung",
    "Beginn": "Beginn der Laufzeit",
    "Kündigungsfrist": "Kündigungsfrist",
    "Stadt": "Name der Stadt (Einstellungen, Briefkopf)",
    "Ort": "Ort des Büros (Einstellungen, Briefkopf)",
}
"""How the list of gaps names a placeholder; any other by its own name."""

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause ready to be set; texts are markup. `block`: "goals", "contacts" or nothing."""

    heading: str
    paragraphs: tuple[str, ...]
    numbered: bool
    block: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs where, as markup."""

    party: str
    person: str
    function: str


@dataclass(frozen=True, slots=True)
class AgreementText:
    """The whole text as markup, and the gaps in it as German phrases."""

    title: str
    city: tuple[str, ...]
    parties: tuple[tuple[str, ...], ...]
    partner_word: str
    clauses: tuple[Clause, ...]
    goals: tuple[tuple[str, ...], ...]
    contacts: tuple[tuple[str, ...], ...]
    signatures: tuple[Signature, ...]
    missing: tuple[str, ...]


def compose(paper: AgreementPaper) -> AgreementText:
    """Fill the standard text of the agreement's kind."""
    return _Composer(paper).text()


@dataclass
class _Composer:
    """Collects gaps while it fills: what is marked on paper is what is listed."""

    paper: AgreementPaper
    gaps: dict[str, None] = field(default_factory=dict)  # keeps order, each once

    def text(self) -> AgreementText:
        template = _template(FILES[self.paper.kind])
        parties = tuple(map(self._party, self.paper.parties))
        if not parties:
            parties = ((self._value("", template["partner"], f"{template['partner']} als Vertragspartei"),),)
        return AgreementText(
            title=self._value(self.paper.title, "Titel"),
            city=self._city(),
            parties=parties,
            partner_word=template["partner"],
            clauses=self._clauses(template["clause"]),
            goals=tuple(map(self._goal, self.paper.goals)),
            contacts=self._contacts(),
            signatures=self._signatures(),
            missing=tuple(self.gaps),
        )

    def _value(self, text: str, name: str, phrase: str | None = None) -> str:
        if text.strip():
            return escape(text.strip())
        self.gaps[phrase or PHRASES.get(name, name)] = None
        return gap(name)

    def _city(self) -> tuple[str, ...]:
        office = self.paper.office
        address = _line(office.street, _line(office.postcode, office.city, " "))
        signs = _represented_by(office.signatories)
        return (
            f"<b>{self._value(office.authority, 'Stadt')}</b>",
            *(escape(part) for part in (office.department, office.name) if part),
            self._value(address, "Anschrift", "Anschrift der Stadt (Einstellungen, Briefkopf)"),
            "vertreten durch "
            + self._value(signs, "Vertretung", "Wer für die Stadt unterschreibt (Einstellungen, Briefkopf)"),
        )

    def _party(self, party: PaperParty) -> tuple[str, ...]:
        return (
            f"<b>{self._value(party.name, 'Name')}</b>",
            self._value(_line(party.street, party.place), "Anschrift", f"Anschrift: {party.name}"),
            "vertreten durch "
            + self._value(
                _line(party.represented_by, party.function) if party.represented_by else "",
                "Vertretung",
                f"Vertretung: {party.name}",
            ),
        )

    def _clauses(self, entries: list[dict[str, Any]]) -> tuple[Clause, ...]:
        chosen = [entry for entry in entries if self._applies(entry)]
        numbers: dict[str, int] = {}
        for entry in chosen:
            if entry.get("numbered", True):
                numbers[entry["key"]] = len(numbers) + 1
        facts = self._facts() | {f"§{key}": f"§\u00a0{number}" for key, number in numbers.items()}
        return tuple(self._clause(entry, numbers.get(entry["key"]), facts) for entry in chosen)

    def _applies(self, entry: dict[str, Any]) -> bool:
        when = entry.get("when")
        return when is None or (when == "funded") == self.paper.funded

    def _clause(self, entry: dict[str, Any], number: int | None, facts: dict[str, str | None]) -> Clause:
        block = entry.get("block", "")
        paragraphs = entry["paragraphs"]
        if block == "goals" and not self.paper.goals:
            if "without_block" in entry:
                block, paragraphs = "", [entry["without_block"]]
            else:
                self.gaps["Ziele der Vereinbarung"] = None
        filled = [text for text in (self._fill(paragraph, facts) for paragraph in paragraphs) if text]
        heading = escape(entry["title"])
        return Clause(
            heading=f"§\u00a0{number}\u00a0\u00a0{heading}" if number else heading,
            paragraphs=tuple(filled),
            numbered=number is not None and len(filled) > 1,
            block=block,
        )

    def _fill(self, paragraph: str, facts: dict[str, str | None]) -> str:
        """A paragraph of the template as markup; only the values of placeholders are foreign text."""
        text = _PLACEHOLDER.sub(self._sentences, paragraph)
        filled = _PLACEHOLDER.sub(lambda found: self._fact(found[1], facts), text)
        return _SPACES.sub(" ", filled).strip()

    def _sentences(self, found: re.Match[str]) -> str:
        """`{:Laufzeit}` stands for sentences chosen by the kind of term; they have placeholders themselves."""
        chosen = {":Laufzeit": duration_sentences, ":Kündigung": notice_sentences}.get(found[1])
        if chosen is None:
            return found[0]
        sentences = _template("agreement_term.toml")
        return " ".join(sentences[name] for name in chosen(self.paper.term))

    def _fact(self, name: str, facts: dict[str, str | None]) -> str:
        value = facts.get(name)
        return self._value("", name) if value is None else escape(value)

    def _facts(self) -> dict[str, str | None]:
        paper, office = self.paper, self.paper.office
        begin = paper.term.begin
        talk = next(yearly_talks(begin), None) if begin else None
        copies = len(paper.parties) + 1
        return {
            "Titel": paper.title or None,
            "Quartier": paper.quarter or None,
            "Stadt": office.authority or None,
            "Ort": office.city or None,
            "Betrag": None if paper.amount_cents is None else euro(paper.amount_cents).replace(" ", "\u00a0"),
            "Jahresgespräch": f", erstmals bis zum {german(talk)}" if talk else "",
            "Förderhinweis": (
                f" Dabei wird folgender Hinweis verwendet: „{office.funding_notice}“."
                if office.funding_notice
                else ""
            ),
            "Bezug": f" Sie ergänzt die Zielvereinbarung {paper.belongs_to}." if paper.belongs_to else "",
            "Ausfertigungen": (
                f" Die Vereinbarung wird in {copies} Ausfertigungen unterzeichnet; "
                "jede Vertragspartei erhält eine davon."
                if paper.parties
                else ""
            ),
            **term_facts(paper.term),
        }

    def _goal(self, goal: PaperGoal) -> tuple[str, ...]:
        """Number; goal, block and measure; indicator, target and evidence; due and responsible."""

        def needed(text: str, name: str) -> str:
            return self._value(text, name, f"Ziel {goal.nr}: {name}")

        return (
            escape(goal.nr),
            _lines(
                f"<b>{needed(goal.title, 'Ziel')}</b>",
                _labelled("Baustein", escape(goal.block)),
                _labelled("Maßnahme", escape(goal.measure)),
            ),
            _lines(
                needed(goal.indicator, "Indikator"),
                _labelled("Soll", needed(goal.target, "Soll")),
                _labelled("Nachweis", escape(goal.evidence)),
            ),
            _lines(
                needed(german(goal.due) if goal.due else "", "Frist"),
                needed(goal.responsible, "Verantwortlich"),
            ),
        )

    def _contacts(self) -> tuple[tuple[str, ...], ...]:
        office = self.paper.office
        rows = [
            (
                self._value(office.authority, "Stadt"),
                self._value(
                    office.contact_person,
                    "Ansprechperson",
                    "Ansprechperson der Stadt (Einstellungen, Briefkopf)",
                ),
                _lines(escape(office.phone), _email(office.email)),
            )
        ]
        for party in self.paper.parties:
            people = [contact for contact in self.paper.contacts if contact.party == party.name]
            rows += [
                (
                    escape(person.party),
                    _lines(escape(person.name), escape(person.function)),
                    _lines(escape(person.phone), _email(person.email)),
                )
                for person in people
            ]
            if not people:
                rows.append(
                    (
                        escape(party.name),
                        self._value("", "Ansprechperson", f"Ansprechperson: {party.name}"),
                        "",
                    )
                )
        return tuple(rows)

    def _signatures(self) -> tuple[Signature, ...]:
        """A field for each person who signs; a field without a name is a gap that `_city` or `_party` lists."""
        office = self.paper.office
        city = _brief(office.authority) or gap("Stadt")
        fields = [Signature(city, _brief(p.name), _brief(p.function)) for p in office.signatories]
        fields = fields or [Signature(city, gap("Vertretung"), "")]
        return (
            *fields,
            *(
                Signature(_brief(p.name), _brief(p.represented_by) or gap("Vertretung"), _brief(p.function))
                for p in self.paper.parties
            ),
        )


def _represented_by(people: Sequence[Signatory]) -> str:
    """ "Dr. Weiß, Leitung"; two or more: "Dr. Weiß (Leitung) und A. Feldmann (Koordination)"."""
    if len(people) == 1:
        return _line(people[0].name, people[0].function)
    return " und ".join(f"{p.name} ({p.function})" if p.function else p.name for p in people)


def _email(address: str) -> str:
    return fitted(address, CONTACT_WIDTH, 9)


def _brief(text: str) -> str:
    return escape(shorten(text))


def _line(first: str, second: str, glue: str = ", ") -> str:
    return glue.join(part.strip() for part in (first, second) if part.strip())


def _lines(*parts: str) -> str:
    return "<br/>".join(part for part in parts if part)


def _labelled(label: str, markup: str) -> str:
    return f'<font color="#51577a">{label}:</font> {markup}' if markup else ""


@cache
def _template(name: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / name).read_text("utf-8"))
