"""Letters about an agreement: proposed from the record, edited, printed and kept."""

import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.agreements.agreements import LETTERS, NoticeDirection, PaperKind
from app.domain.agreements.term import NoticeEffect, NoticeUnit
from app.domain.errors import Invalid
from app.domain.papers.delivery import ARRIVAL, EXPLAINED
from app.reports.agreements.letters import LetterKind
from app.services.agreements import agreements, corrections, notices
from app.services.agreements.notices import NoticeInput
from app.services.papers import papers
from app.workflows.agreements.print_letters import (
    LetterInput,
    LetterProposal,
    addressed,
    check,
    check_all,
    keep_letters,
    letter_pdf_of,
    propose,
)
from db.database import Database
from db.models import Actor, Party
from tests.services.agreements.life_samples import ON, agreement_in_force, letterhead


def proposal(database: Database, agreement_id: int, kind: LetterKind, on: date = ON) -> LetterProposal:
    with database.read() as session:
        return propose(session, agreement_id, kind, on)


@pytest.fixture
def agreement_id(database: Database) -> int:
    letterhead(database)
    return agreement_in_force(database)


def test_a_termination_names_the_computed_end_and_goes_to_who_represents_the_partner(
    database: Database, agreement_id: int
) -> None:
    represented(database, agreement_id)
    letter = proposal(database, agreement_id, LetterKind.TERMINATION).letter
    assert letter.recipient.splitlines() == [
        "Nachbarschaft Nord e.V.",
        "vertreten durch Herrn Dr. Ali von Berg, Vorstand",
        "Nordring 1",
        "30163 Hannover",
    ]
    assert letter.salutation == "Sehr geehrter Herr Dr. von Berg,"
    assert letter.delivery == "Einwurf-Einschreiben"
    assert "gleichlautend alle Partner der Vereinbarung: Nachbarschaft Nord e.V. und Diakonie" in letter.body
    assert not any(explanation[:40] in letter.body for explanation in (ARRIVAL, *EXPLAINED.values()))
    assert "ordentlich **zum 31.12.2026**, hilfsweise zum nächstmöglichen Termin" in letter.body
    assert "3 Monate zum Laufzeitende" in letter.body
    assert "bis zum 30.09.2026 zugeht" in letter.body
    assert check(letter) == []


def represented(database: Database, agreement_id: int) -> None:
    """Who acts for the two partners: one is said in the agreement, one is known of the actor."""
    with database.write("Vertretung") as session:
        first, second = session.query(Party).filter_by(agreement_id=agreement_id).order_by(Party.position)
        first.represented_by, first.function = "Herr Dr. Ali von Berg", "Vorstand"
        actor = session.get_one(Actor, second.actor_id)
        actor.represented_by, actor.function = "Frau Wolf und Herr Ebert", "Geschäftsführung"
        actor.street, actor.postcode, actor.city = "Burgstraße 8", "30159", "Hannover"


def test_a_notice_is_declared_to_every_partner_and_each_letter_is_kept(
    database: Database, agreement_id: int
) -> None:
    represented(database, agreement_id)
    found = proposal(database, agreement_id, LetterKind.TERMINATION)
    letters = [addressed(found.letter, to) for to in found.all_partners]
    assert [letter.recipient.splitlines()[:2] for letter in letters] == [
        ["Nachbarschaft Nord e.V.", "vertreten durch Herrn Dr. Ali von Berg, Vorstand"],
        ["Diakonie Süd gGmbH", "vertreten durch Frau Wolf und Herrn Ebert, Geschäftsführung"],
    ]
    assert letters[1].salutation == "Sehr geehrte Damen und Herren,"
    assert check_all(letters) == []
    pdf = keep_letters(database, agreement_id, letters, datetime(2026, 7, 1, 9))
    assert [entry.title for entry in PdfReader(BytesIO(pdf)).outline if not isinstance(entry, list)] == [
        "Nachbarschaft Nord e.V.",
        "Diakonie Süd gGmbH",
    ]
    with database.read() as session:
        names = [row.file_name for row in papers.rows(session, agreement_id, LETTERS)]
    assert sorted(names) == [
        "Kündigung-ZV-2026-01-Diakonie-Süd-gGmbH_2026-07-01.pdf",
        "Kündigung-ZV-2026-01-Nachbarschaft-Nord-e.V._2026-07-01.pdf",
    ]


def test_what_one_of_the_letters_lacks_names_its_addressee(database: Database, agreement_id: int) -> None:
    found = proposal(database, agreement_id, LetterKind.EXTRAORDINARY)
    assert check_all([addressed(found.letter, to) for to in found.all_partners]) == [
        "Im Text ist noch etwas auszufüllen: [Grund]",
        "Diakonie Süd gGmbH: Die Anschrift ist nicht vollständig.",
    ]


def test_other_letters_go_to_the_first_contact(database: Database, agreement_id: int) -> None:
    found = proposal(database, agreement_id, LetterKind.INVITATION)
    assert found.all_partners == ()
    assert found.letter.recipient.splitlines()[1] == "Frau Dr. Sabine Öztürk"
    assert found.letter.salutation == "Sehr geehrte Frau Dr. Öztürk,"


def test_a_termination_sent_too_late_names_the_end_it_reaches(database: Database, agreement_id: int) -> None:
    letter = proposal(database, agreement_id, LetterKind.TERMINATION, date(2026, 9, 28)).letter
    assert "zum 31.12.2027" in letter.body  # reckoned to arrive on 1 October


def test_an_extraordinary_termination_wants_its_reason(database: Database, agreement_id: int) -> None:
    letter = proposal(database, agreement_id, LetterKind.EXTRAORDINARY).letter
    assert "hilfsweise ordentlich zum nächstmöglichen Termin, das ist der 31.12.2026" in letter.body
    assert check(letter) == ["Im Text ist noch etwas auszufüllen: [Grund]"]
    with pytest.raises(Invalid, match="Grund"):
        keep_letters(database, agreement_id, [letter], datetime(2026, 7, 1, 9))


def test_an_invitation_has_working_days_and_an_agenda_of_goals(database: Database, agreement_id: int) -> None:
    body = proposal(database, agreement_id, LetterKind.INVITATION).letter.body
    assert "steht bis zum 01.01.2027 an" in body
    assert "- Freitag, 18.12.2026, 10 Uhr" in body
    assert "- Ziel 2: Sprechstunde (läuft)" in body
    assert "Musterstraße 5, 30449 Hannover" in body
    assert "[" not in body


def test_reminders_name_what_is_due(database: Database, agreement_id: int) -> None:
    body = proposal(database, agreement_id, LetterKind.REMINDER_REPORT, date(2026, 10, 5)).letter.body
    assert "- Ziel 2: Sprechstunde, Frist 30.09.2026" in body
    assert "Ziel 1" not in body
    proof = proposal(database, agreement_id, LetterKind.REMINDER_PROOF).letter
    assert [sentence.rpartition(": ")[2] for sentence in check(proof)] == [
        "[Zeitraum]",
        "[Tag der Fälligkeit]",
    ]


def test_a_confirmation_says_why_an_earlier_end_was_missed(database: Database, agreement_id: int) -> None:
    on = date(2026, 10, 5)
    with database.write("Kündigung") as session:
        data = NoticeInput(NoticeDirection.RECEIVED, date(2026, 9, 29), date(2026, 10, 1))
        notices.save(session, agreement_id, None, data, on)
    body = proposal(database, agreement_id, LetterKind.CONFIRMATION, on).letter.body
    assert "vom 29.09.2026 ist am 01.10.2026 bei uns eingegangen" in body
    assert "hätte sie uns bis zum 30.09.2026 zugehen müssen" in body
    assert "endet damit **zum 31.12.2027**" in body


def test_another_addressee(database: Database, agreement_id: int) -> None:
    found = proposal(database, agreement_id, LetterKind.INVITATION)
    assert [to.label for to in found.recipients] == [
        "Sabine Öztürk, Nachbarschaft Nord e.V.",
        "Nachbarschaft Nord e.V.",
        "Diakonie Süd gGmbH",
    ]
    other = found.recipients[2]
    assert other.lacks == "Straße, Postleitzahl, Ort"
    letter = addressed(found.letter, other)
    assert letter.salutation == "Sehr geehrte Damen und Herren,"
    assert check(letter) == ["Die Anschrift ist nicht vollständig."]


def test_what_was_printed_stays_with_the_record_as_it_was(database: Database, agreement_id: int) -> None:
    letter = proposal(database, agreement_id, LetterKind.INVITATION).letter
    edited = replace(
        letter, body=letter.body + "\n\nWir bringen **Kuchen** mit.", enclosures="Bogen\nLageplan"
    )
    at = datetime(2026, 7, 1, 9, 30)
    pdf = keep_letters(database, agreement_id, [edited], at)
    keep_letters(database, agreement_id, [edited], at)  # a second one is no contradiction
    with database.read() as session:
        kept = papers.rows(session, agreement_id, LETTERS)
        assert papers.content(session, kept[-1].id) == pdf
        assert papers.valid(session, agreement_id) is None
    assert [row.kind for row in kept] == [PaperKind.INVITATION] * 2
    assert kept[0].file_name == "Einladung-zum-Jahresgespräch-ZV-2026-01_2026-07-01.pdf"
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))
    assert "Wir bringen Kuchen mit." in text
    assert "Anlagen Bogen Lageplan" in text
    assert "ENTWURF" not in text


def test_an_incomplete_letter_prints_as_a_draft(database: Database, agreement_id: int) -> None:
    letter = proposal(database, agreement_id, LetterKind.EXTRAORDINARY).letter
    with database.read() as session:
        pdf = letter_pdf_of(session, letter, ON, draft=True)
    assert "ENTWURF" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_an_agreement_without_a_notice_period_leaves_a_gap(database: Database, agreement_id: int) -> None:
    with database.write("Frist weg") as session:
        data = agreements.load(session, agreement_id)
        open_ended = replace(data, end=None, renewal_months=None, notice=None, notice_unit=NoticeUnit.MONTHS)
        vague = replace(open_ended, notice_effect=NoticeEffect.END_OF_MONTH)
        corrections.correct(session, agreement_id, "Tippfehler", ON, agreements.save, agreement_id, vague)
    letter = proposal(database, agreement_id, LetterKind.TERMINATION).letter
    assert check(letter) == ["Im Text ist noch etwas auszufüllen: [Ende]"]
    assert "\n\n\n" not in letter.body


def test_a_letter_names_what_it_cannot_print(database: Database, agreement_id: int) -> None:
    letter = LetterInput(
        kind=PaperKind.LETTER,
        label="Brief",
        recipient="Träger\nشارع 1\nOrt",
        subject="Rückgang ≤ −5 %",
        body="Gut 👍",
    )
    assert check(letter) == [
        "Nicht druckbar in der Anschrift: „ش“ (U+0634), „ا“ (U+0627), „ر“ (U+0631), „ع“ (U+0639).",
        "Nicht druckbar im Text: „👍“ (U+1F44D).",
    ]
