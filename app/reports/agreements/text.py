"""Makes the printed words of an agreement from its clauses and the record, and lists what is still missing."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from xml.sax.saxutils import unescape

from reportlab.lib.units import mm

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import PLACEHOLDERS, ClauseTable, Paragraph, applies, blocks
from app.domain.agreements.goals import AgreedGoal
from app.domain.counting import counted
from app.domain.dates import german
from app.reports.agreements.data import (
    AgreementPaper,
    PaperClause,
    PaperInstalment,
    PaperParty,
)
from app.reports.agreements.facts import agreement_facts, money
from app.reports.agreements.term import duration_sentences, notice_sentences
from app.reports.styles import escape, fitted, gap, shorten
from app.resources import RESOURCES
from app.services.office import Signatory

TERM_SENTENCES = RESOURCES / "templates" / "agreement_term.toml"
PARTNER_WORDS = {AgreementKind.TARGET: "Träger", AgreementKind.COOPERATION: "Kooperationspartner"}
"""What the partners are called in the text."""
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

_PLACEHOLDER = re.compile(r"\{([^{}\n]+)\}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_SPACES = re.compile(r" {2,}")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """A clause ready to be set: paragraphs as markup, and tables by their name. `numbered`: its paragraphs are.

    `place`: its place among the clauses of the paper, from 0; `number`: of its paragraph sign, None without.
    """

    heading: str
    blocks: tuple[Paragraph | ClauseTable, ...]
    numbered: bool
    place: int
    number: int | None


@dataclass(frozen=True, slots=True)
class SignatureBlock:
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
    clauses: tuple[PrintedClause, ...]
    goals: tuple[tuple[str, ...], ...]
    instalments: tuple[tuple[str, ...], ...]
    contacts: tuple[tuple[str, ...], ...]
    signatures: tuple[SignatureBlock, ...]
    missing: tuple[str, ...]


def compose(paper: AgreementPaper) -> AgreementText:
    """Fill the clauses of an agreement; those whose condition does not hold are left out."""
    return _Composer(paper).text()


def placeholder_values(paper: AgreementPaper) -> dict[str, str | None]:
    """What each placeholder and each {§key} says in this agreement, as plain words; None is a gap."""
    return _Composer(paper).values()


def plain(markup: str) -> str:
    """The words of a piece of markup."""
    return unescape(_TAG.sub("", markup.replace("<br/>", " "))).strip()


@dataclass
class _Composer:
    """Collects gaps while it fills: what is marked on paper is what is listed."""

    paper: AgreementPaper
    gaps: dict[str, None] = field(default_factory=dict)  # keeps order, each once

    def text(self) -> AgreementText:
        partner = PARTNER_WORDS[self.paper.kind]
        parties = tuple(map(self._party, self.paper.parties))
        if not parties:
            parties = ((self._value("", partner, f"{partner} als Vertragspartei"),),)
        return AgreementText(
            title=self._value(self.paper.title, "Titel"),
            city=self._city(),
            parties=parties,
            partner_word=partner,
            clauses=self._clauses(),
            goals=tuple(map(self._goal, self.paper.goals)),
            instalments=self._instalments(),
            contacts=self._contacts(),
            signatures=self._signatures(),
            missing=tuple(self.gaps),
        )

    def values(self) -> dict[str, str | None]:
        facts = self._facts()
        rows = {
            ClauseTable.GOALS: self.paper.goals,
            ClauseTable.INSTALMENTS: self.paper.instalments,
            ClauseTable.CONTACTS: self._contacts(),
        }
        return {
            **{
                name: None if facts.get(name, "") is None else plain(self._fill(f"{{{name}}}", facts))
                for name in (*PLACEHOLDERS, *(name for name in facts if name.startswith("§")))
            },
            **{f"Tabelle: {table}": counted(len(lines), "Zeile", "Zeilen") for table, lines in rows.items()},
        }

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

    def _chosen(self) -> dict[int, PaperClause]:
        """The clauses that apply, by their place on the paper."""
        paper = self.paper
        return {
            place: clause
            for place, clause in enumerate(paper.clauses)
            if applies(clause.condition, funded=paper.funded, goals=bool(paper.goals))
        }

    def _clauses(self) -> tuple[PrintedClause, ...]:
        paper, chosen, facts = self.paper, self._chosen(), self._facts()
        numbers = _numbers(chosen)
        filled = tuple(
            self._clause(clause, place, numbers.get(place), facts) for place, clause in chosen.items()
        )
        tables = {block for clause in filled for block in clause.blocks}
        if paper.kind is AgreementKind.TARGET and paper.goals and ClauseTable.GOALS not in tables:
            self.gaps["Tabelle der Ziele (sie steht in keiner Klausel)"] = None
        return filled

    def _clause(
        self, clause: PaperClause, place: int, number: int | None, facts: dict[str, str | None]
    ) -> PrintedClause:
        filled: list[Paragraph | ClauseTable] = []
        for block in blocks(clause.text):
            if isinstance(block, ClauseTable):
                if block is ClauseTable.GOALS and not self.paper.goals:
                    self.gaps["Ziele der Vereinbarung"] = None
                if block is not ClauseTable.INSTALMENTS or self.paper.instalments:
                    filled.append(block)
            else:
                words = self._fill(block.words, facts)
                points = tuple(filter(None, (self._fill(point, facts) for point in block.points)))
                if words or points:
                    filled.append(Paragraph(words, points))
        heading = self._fill(clause.title, facts)
        return PrintedClause(
            heading=f"{_section(number)}\u00a0\u00a0{heading}" if number else heading,
            blocks=tuple(filled),
            numbered=number is not None and sum(isinstance(block, Paragraph) for block in filled) > 1,
            place=place,
            number=number,
        )

    def _fill(self, words: str, facts: dict[str, str | None]) -> str:
        """Words of a clause as markup: whatever somebody typed is text, bold and placeholders apart."""
        text = _PLACEHOLDER.sub(self._sentences, escape(words))
        filled = _PLACEHOLDER.sub(lambda found: self._fact(found[1], facts), text)
        return _BOLD.sub(r"<b>\1</b>", _SPACES.sub(" ", filled)).strip()

    def _sentences(self, found: re.Match[str]) -> str:
        """`{:Laufzeit}` stands for sentences chosen by the kind of term; they have placeholders themselves."""
        chosen = {":Laufzeit": duration_sentences, ":Kündigung": notice_sentences}.get(found[1])
        if chosen is None:
            return found[0]
        sentences = _term_sentences()
        return " ".join(sentences[name] for name in chosen(self.paper.term))

    def _fact(self, name: str, facts: dict[str, str | None]) -> str:
        value = facts.get(name)
        if name not in facts and name.startswith("§"):
            return self._value("", "Verweis", f"Verweis auf eine Klausel, die hier nicht steht: {{{name}}}")
        if name not in facts and name not in PLACEHOLDERS:
            return self._value("", name, f"Unbekannter Platzhalter {{{name}}}")
        return self._value("", name) if value is None else escape(value)

    def _facts(self) -> dict[str, str | None]:
        """What placeholders and references stand for; None is a gap. A clause without number goes by its title."""
        chosen = self._chosen()
        numbers = _numbers(chosen)
        return agreement_facts(self.paper) | {
            f"§{clause.key}": _section(numbers[place]) if place in numbers else f"„{clause.title}“"
            for place, clause in chosen.items()
            if clause.key
        }

    def _goal(self, goal: AgreedGoal) -> tuple[str, ...]:
        """Number; goal, block and measure; indicator, target and evidence; due and responsible."""

        def needed(text: str, name: str) -> str:
            return self._value(text, name, f"Ziel {goal.nr}: {name}")

        return (
            escape(goal.nr),
            _lines(
                f"<b>{needed(goal.title, 'Ziel')}</b>",
                _labelled("Baustein", escape(goal.building_block)),
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

    def _instalments(self) -> tuple[tuple[str, ...], ...]:
        """Number, day, condition, amount; the sum below if there are several."""
        rows = [self._instalment(one) for one in self.paper.instalments]
        if len(rows) > 1:
            total = sum(one.amount_cents for one in self.paper.instalments)
            rows.append(("", "", "<b>Summe</b>", f"<b>{money(total)}</b>"))
        return tuple(rows)

    def _instalment(self, one: PaperInstalment) -> tuple[str, ...]:
        return (
            str(one.nr),
            self._value(german(one.due) if one.due else "", "Termin", f"Rate {one.nr}: Termin"),
            escape(one.condition) or "–",
            money(one.amount_cents),
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

    def _signatures(self) -> tuple[SignatureBlock, ...]:
        """A field for each person who signs; a field without a name is a gap that `_city` or `_party` lists."""
        office = self.paper.office
        city = _brief(office.authority) or gap("Stadt")
        fields = [SignatureBlock(city, _brief(p.name), _brief(p.function)) for p in office.signatories]
        fields = fields or [SignatureBlock(city, gap("Vertretung"), "")]
        return (
            *fields,
            *(
                SignatureBlock(
                    _brief(p.name), _brief(p.represented_by) or gap("Vertretung"), _brief(p.function)
                )
                for p in self.paper.parties
            ),
        )


def _numbers(chosen: dict[int, PaperClause]) -> dict[int, int]:
    """The numbers of those that have one, by their place."""
    return {
        place: number
        for number, place in enumerate((at for at, clause in chosen.items() if clause.is_numbered), 1)
    }


def _section(number: int) -> str:
    return f"§\u00a0{number}"


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
def _term_sentences() -> dict[str, str]:
    return tomllib.loads(TERM_SENTENCES.read_text("utf-8"))
