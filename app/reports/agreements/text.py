"""Makes the printed words of an agreement from its clauses and the record, and lists what is still missing."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from app.domain.agreements.agreements import AgreementKind
from app.domain.agreements.clauses import PLACEHOLDERS, ClauseTable, table_of
from app.domain.agreements.goals import AgreedGoal
from app.domain.counting import counted
from app.domain.dates import german
from app.domain.papers.markup import filled, parse, parse_line
from app.domain.papers.paper_text import (
    Block,
    PaperTable,
    Paragraph,
    ParagraphKind,
    SignatureBlock,
    Signatures,
    Text,
    Words,
    bold,
    gap,
    joined,
    muted,
    numbered,
    plain,
    shorten,
    words,
)
from app.domain.papers.salutations import accusative
from app.domain.papers.signing_people import signing_people
from app.reports.agreements.data import AgreementPaper, PaperParty
from app.reports.agreements.facts import agreement_facts, info_facts, money
from app.reports.agreements.term import duration_sentences, funding_sentences, notice_sentences
from app.reports.glyphs import unprintable_in
from app.resources import RESOURCES
from app.services.office import Signatory

TERM_SENTENCES = RESOURCES / "templates" / "agreement_term.toml"
PARTNER_WORDS = {AgreementKind.TARGET: "Träger", AgreementKind.COOPERATION: "Kooperationspartner"}
"""What the partners are called in the text."""
PHRASES = {
    "Betrag": "Betrag der Förderung (0, wenn es keine gibt)",
    "Quartier": "Quartier",
    "Titel": "Titel der Vereinbarung",
    "Beginn": "Beginn der Laufzeit",
    "Kündigungsfrist": "Kündigungsfrist",
    "Stadt": "Name der Stadt (Einstellungen, Büro)",
    "Ort": "Ort des Büros (Einstellungen, Büro)",
}
"""How the list of gaps names a placeholder; any other by its own name."""

TABLES = {
    ClauseTable.GOALS: PaperTable(
        ("Nr.", "Ziel und Maßnahme", "Indikator, Soll und Nachweis", "Frist, verantwortlich"),
        (11, 62, 53, 39),
        name=ClauseTable.GOALS,
    ),
    ClauseTable.INSTALMENTS: PaperTable(
        ("Nr.", "Termin", "Voraussetzung", "Betrag"),
        (11, 28, 94, 32),
        right=frozenset({3}),
        name=ClauseTable.INSTALMENTS,
    ),
    ClauseTable.CONTACTS: PaperTable(
        ("Vertragspartei", "Ansprechperson", "Telefon und E-Mail"), (52, 49, 64), name=ClauseTable.CONTACTS
    ),
}
"""Without their rows."""


CHOSEN_SENTENCES = {
    ":Laufzeit": duration_sentences,
    ":Kündigung": notice_sentences,
    ":Bewilligungszeitraum": funding_sentences,
}
"""Placeholders that stand for sentences chosen by the kind of term."""

Lines = tuple[Words, ...]
"""What stands below each other about a party, its name first."""


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """A clause with its values. `place`: among the clauses of the paper, from 0; `number`: of its paragraph sign."""

    title: Words
    blocks: tuple[Block, ...]
    place: int
    number: int | None

    @property
    def printed(self) -> tuple[Block, ...]:
        """Heading and blocks; several paragraphs of a numbered clause have numbers, too."""
        sign = f"{_section(self.number)}\u00a0\u00a0" if self.number else ""
        heading = Paragraph(words(sign, self.title), ParagraphKind.HEADING, name=anchor(self.place))
        below = numbered(self.blocks)
        several = sum(isinstance(block, Paragraph) and bool(block.number) for block in below) > 1
        return heading, *(below if self.number and several else self.blocks)


@dataclass(frozen=True, slots=True)
class AgreementText:
    """The whole text, and the gaps in it as German phrases."""

    title: Words
    city: Lines
    parties: tuple[Lines, ...]
    partner_word: str
    clauses: tuple[PrintedClause, ...]
    goals: PaperTable
    instalments: PaperTable
    signatures: Signatures
    missing: tuple[str, ...]

    def opening(self, closing: str = "wird die folgende Vereinbarung geschlossen:") -> list[Block]:
        """The city and its partners, and what they agree on."""
        together = " einzeln und gemeinsam" if len(self.parties) > 1 else ""
        partners = [*self.parties[:-1], (*self.parties[-1], _named(self.partner_word, together))]
        return [
            Paragraph("Zwischen", ParagraphKind.LEAD),
            Paragraph(joined((*self.city, _named("Stadt"))), ParagraphKind.ADDRESS),
            Paragraph("und", ParagraphKind.LEAD),
            *(Paragraph(joined(partner), ParagraphKind.ADDRESS) for partner in partners),
            Paragraph(closing, ParagraphKind.LEAD),
        ]

    def blocks(self) -> list[Block]:
        """Everything below the title."""
        clauses = (block for clause in self.clauses for block in clause.printed)
        return [*self.opening(), *clauses, self.signatures]


def anchor(place: int) -> str:
    """The name of the heading of a clause."""
    return f"clause-{place}"


def compose(paper: AgreementPaper) -> AgreementText:
    """Fill the clauses of an agreement; those whose condition does not hold are left out."""
    text = _Composer(paper).text()
    head = [Paragraph(value) for _, value in info_facts(paper)]
    titled = [*head, Paragraph(text.title), *text.blocks()]
    return replace(text, missing=(*text.missing, *unprintable_in(titled, "Titel und Vertragsparteien")))


def missing(paper: AgreementPaper) -> list[str]:
    """German phrases for what the paper still lacks."""
    return list(compose(paper).missing)


def placeholder_values(paper: AgreementPaper) -> dict[str, str | None]:
    """What each placeholder and each {§key} says in this agreement, as plain words; None is a gap."""
    return _Composer(paper).values()


class _Composer:
    """Collects gaps while it fills: what is marked on paper is what is listed."""

    def __init__(self, paper: AgreementPaper) -> None:
        self.paper = paper
        self.gaps: dict[str, None] = {}  # keeps order, each once
        self._chosen = {
            place: clause for place, clause in enumerate(paper.clauses) if paper.has(clause.condition)
        }
        """The clauses that apply, by their place on the paper."""
        with_number = (place for place, clause in self._chosen.items() if clause.is_numbered)
        self._numbers = {place: number for number, place in enumerate(with_number, 1)}
        self._facts = agreement_facts(paper) | {
            f"§{clause.key}": _section(self._numbers[place])
            if place in self._numbers
            else f"„{clause.title}“"
            for place, clause in self._chosen.items()
            if clause.key
        }
        """What placeholders and references stand for; None is a gap. A clause without number goes by its title."""

    def text(self) -> AgreementText:
        partner = PARTNER_WORDS[self.paper.kind]
        parties = tuple(map(self._party, self.paper.parties))
        if not parties:
            parties = ((self._value("", partner, f"{partner} als Vertragspartei"),),)
        title, city = self._value(self.paper.title, "Titel"), self._city()
        clauses = self._clauses()
        rows = {
            ClauseTable.GOALS: tuple(map(self._goal, self.paper.goals)),
            ClauseTable.INSTALMENTS: self._instalments(),
            ClauseTable.CONTACTS: self._contacts(),
        }
        tables = {table: replace(TABLES[table], rows=found) for table, found in rows.items()}

        def with_rows(block: Block) -> Block:
            return tables[ClauseTable(block.name)] if isinstance(block, PaperTable) else block

        return AgreementText(
            title=title,
            city=city,
            parties=parties,
            partner_word=partner,
            clauses=tuple(replace(one, blocks=tuple(map(with_rows, one.blocks))) for one in clauses),
            goals=tables[ClauseTable.GOALS],
            instalments=tables[ClauseTable.INSTALMENTS],
            signatures=self._signatures(),
            missing=tuple(self.gaps),
        )

    def values(self) -> dict[str, str | None]:
        facts = self._facts
        rows = {
            ClauseTable.GOALS: self.paper.goals,
            ClauseTable.INSTALMENTS: self.paper.instalments,
            ClauseTable.CONTACTS: self._contacts(),
        }
        return {
            name: None if facts.get(name, "") is None else plain(self._fill(f"{{{name}}}"))
            for name in (*PLACEHOLDERS, *(name for name in facts if name.startswith("§")))
        } | {f"Tabelle: {table}": counted(len(lines), "Zeile", "Zeilen") for table, lines in rows.items()}

    def _value(self, text: str, name: str, phrase: str | None = None) -> Words:
        if text.strip():
            return words(text.strip())
        self.gaps[phrase or PHRASES.get(name, name)] = None
        return gap(name)

    def _city(self) -> Lines:
        office = self.paper.office
        address = _line(office.street, _line(office.postcode, office.city, " "))
        signs = _represented_by(office.signatories)
        return (
            bold(self._value(office.authority, "Stadt")),
            *(words(part) for part in (office.head, office.department, office.name) if part),
            self._value(address, "Anschrift", "Anschrift der Stadt (Einstellungen, Büro)"),
            self._represented(signs, "Wer für die Stadt unterschreibt (Einstellungen, Büro)"),
        )

    def _party(self, party: PaperParty) -> Lines:
        signs = _line(party.represented_by, party.function) if party.represented_by else ""
        return (
            bold(self._value(party.name, "Name")),
            self._value(_line(party.street, party.place), "Anschrift", f"Anschrift: {party.name}"),
            self._represented(signs, f"Vertretung: {party.name}"),
        )

    def _represented(self, by: str, phrase: str) -> Words:
        return words("vertreten durch ", self._value(accusative(by), "Vertretung", phrase))

    def _clauses(self) -> list[PrintedClause]:
        """With tables still without rows: their gaps are listed after those of the text."""
        paper, numbers = self.paper, self._numbers
        made = [
            PrintedClause(
                self._fill(clause.title), tuple(self._blocks(clause.text)), place, numbers.get(place)
            )
            for place, clause in self._chosen.items()
        ]
        found = [block for clause in made for block in clause.blocks]
        if paper.kind is AgreementKind.TARGET and paper.goals and TABLES[ClauseTable.GOALS] not in found:
            self.gaps["Tabelle der Ziele (sie steht in keiner Klausel)"] = None
        return made

    def _blocks(self, text: str) -> Iterator[Block]:
        for paragraph in parse(_held_together(text)):
            table = table_of(paragraph)
            if table is None:
                if filled_in := self._filled(words(paragraph.words)):
                    yield replace(paragraph, words=filled_in)
                continue
            if table is ClauseTable.GOALS and not self.paper.goals:
                self.gaps["Ziele der Vereinbarung"] = None
            if table is not ClauseTable.INSTALMENTS or self.paper.instalments:
                yield TABLES[table]

    def _fill(self, line: str) -> Words:
        return self._filled(parse_line(line))

    def _filled(self, text: Words) -> Words:
        return filled(text, self._fact)

    def _fact(self, name: str) -> Text:
        """`{:Laufzeit}` stands for sentences chosen by the kind of term; they have placeholders themselves."""
        chosen = CHOSEN_SENTENCES.get(name)
        if chosen is not None:
            sentences = _term_sentences()
            return self._fill(" ".join(sentences[sentence] for sentence in chosen(self.paper.term)))
        value = self._facts.get(name)
        if name not in self._facts and name.startswith("§"):
            return self._value("", "Verweis", f"Verweis auf eine Klausel, die hier nicht steht: {{{name}}}")
        if name not in self._facts and name not in PLACEHOLDERS:
            return self._value("", name, f"Unbekannter Platzhalter {{{name}}}")
        return self._value("", name) if value is None else value

    def _goal(self, goal: AgreedGoal) -> tuple[Text, ...]:
        """Number; goal, block and measure; indicator, target and evidence; due and responsible."""

        def needed(text: str, name: str) -> Words:
            return self._value(text, name, f"Ziel {goal.nr}: {name}")

        named = bold(needed(goal.title, "Ziel"))
        block, measure = _labelled("Baustein", goal.building_block), _labelled("Maßnahme", goal.measure)
        indicator, target = needed(goal.indicator, "Indikator"), needed(goal.target, "Soll")
        measured = indicator, _labelled("Soll", target), _labelled("Nachweis", goal.evidence)
        due = needed(german(goal.due) if goal.due else "", "Frist")
        responsible = needed(goal.responsible, "Verantwortlich")
        return goal.nr, joined((named, block, measure)), joined(measured), joined((due, responsible))

    def _instalments(self) -> tuple[tuple[Text, ...], ...]:
        """Number, day, condition, amount; the sum below if there are several."""
        rows: list[tuple[Text, ...]] = []
        for one in self.paper.instalments:
            due = self._value(german(one.due) if one.due else "", "Termin", f"Rate {one.nr}: Termin")
            rows.append((str(one.nr), due, one.condition or "–", money(one.amount_cents)))
        if len(rows) > 1:
            total = sum(one.amount_cents for one in self.paper.instalments)
            rows.append(("", "", bold("Summe"), bold(money(total))))
        return tuple(rows)

    def _contacts(self) -> tuple[tuple[Text, ...], ...]:
        office = self.paper.office
        person = self._value(
            office.contact_person, "Ansprechperson", "Ansprechperson der Stadt (Einstellungen, Büro)"
        )
        rows: list[tuple[Text, ...]] = [
            (self._value(office.authority, "Stadt"), person, joined((office.phone, office.email)))
        ]
        for party in self.paper.parties:
            people = [contact for contact in self.paper.contacts if contact.party == party.name]
            rows += [
                (one.party, joined((one.name, one.function)), joined((one.phone, one.email)))
                for one in people
            ]
            if not people:
                nobody = self._value("", "Ansprechperson", f"Ansprechperson: {party.name}")
                rows.append((party.name, nobody, ""))
        return tuple(rows)

    def _signatures(self) -> Signatures:
        """A field for each person who signs; a field without a name is a gap that `_city` or `_party` lists."""
        office = self.paper.office
        city = shorten(office.authority) or gap("Stadt")
        fields = [SignatureBlock(city, shorten(p.name), shorten(p.function)) for p in office.signatories]
        fields = fields or [SignatureBlock(city, gap("Vertretung"))]
        fields += [
            SignatureBlock(shorten(p.name), shorten(name) or gap("Vertretung"), shorten(function))
            for p in self.paper.parties
            for name, function in signing_people(p.represented_by, p.function)
        ]
        return Signatures(tuple(fields))


def _section(number: int) -> str:
    return f"§\u00a0{number}"


def _represented_by(people: Sequence[Signatory]) -> str:
    """ "Dr. Weiß, Leitung"; two or more: "Dr. Weiß (Leitung) und A. Feldmann (Koordination)"."""
    if len(people) == 1:
        return _line(people[0].name, people[0].function)
    return " und ".join(f"{p.name} ({p.function})" if p.function else p.name for p in people)


def _held_together(text: str) -> str:
    """A sign and its number never part at the end of a line: "§ 49a", "Absatz 2"."""
    return re.sub(r"(§|Absatz|Satz|Artikel|Artikels|BITV) (?=\d)", "\\1\u00a0", text)


def _line(first: str, second: str, glue: str = ", ") -> str:
    return glue.join(part.strip() for part in (first, second) if part.strip())


def _labelled(label: str, text: Text) -> Words:
    return words(muted(f"{label}:"), " ", text) if text else ()


def _named(name: str, together: str = "") -> Words:
    """What a party is called in the text, as the quiet line below its address."""
    return muted(f"– im Folgenden{together} „{name}“ –")


@cache
def _term_sentences() -> dict[str, str]:
    return tomllib.loads(TERM_SENTENCES.read_text("utf-8"))
