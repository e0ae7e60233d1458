"""Drafts on their way: saved for the partner, kept, compared; and what the checklist forbids."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.draft_comparison import Fate, Topic, changes
from app.domain.errors import OutputError, UserError
from app.services import office
from app.services.agreements import agreement_clauses, agreement_text, agreements, clause_comments, drafts
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.agreements.clause_comments import CommentInput
from app.services.office import OfficeInput, Signatory
from app.workflows.agreements.drafts import (
    DraftFormat,
    comparison,
    draft_file_name,
    draft_name,
    give_out,
    keep,
    save_comparison,
)
from app.workflows.agreements.print_agreement import freeze, signature_check
from db.database import Database
from db.models import Actor, Agreement, Contact, Instalment

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 9, 30)


@pytest.fixture
def agreement(database: Database) -> int:
    with database.write("Probe") as session:
        office.save(
            session,
            OfficeInput(
                "Alter im Quartier",
                "Landeshauptstadt Hannover",
                street="Musterstraße 5",
                postcode="30449",
                city="Hannover",
                contact_person="Katharina Łukasz",
                signatories=(Signatory("Dr. Weiß", "Leitung"),),
            ),
        )
        actor = Actor(
            short="D",
            name="Diakonie",
            street="Weg 1",
            postcode="30159",
            city="Hannover",
            represented_by="S. Öz",
        )
        session.add(actor)
        session.flush()
        session.add(Contact(actor_id=actor.id, last_name="Yıldız"))
        return agreements.save(
            session,
            None,
            AgreementInput(
                "ZV-2026-01",
                AgreementKind.TARGET,
                "Treff",
                (PartyInput(actor.id),),
                (GoalInput("1", "Öffnen", None, "m", "Tage", "4", date(2026, 9, 1), "S. Öztürk"),),
                begin=date(2026, 1, 1),
                end=date(2026, 12, 31),
                amount_cents=1_000_00,
            ),
        )


def change(database: Database, agreement: int, **changes: object) -> None:
    with database.write("Änderung") as session:
        data = agreements.load(session, agreement)
        agreements.save(session, agreement, replace(data, **changes), TODAY)  # type: ignore[arg-type]


def test_a_draft_goes_out_in_both_formats_and_is_kept_once(
    database: Database, agreement: int, tmp_path: Path
) -> None:
    with database.write("Kommentar") as session:
        clause_comments.save(session, agreement, None, CommentInput(2, TODAY, "Frau Kaya", "Bitte kürzer."))
        done = clause_comments.save(session, agreement, None, CommentInput(2, TODAY, None, "Erledigtes"))
        clause_comments.settle(session, done, TODAY)
        assert draft_file_name(session, agreement, DraftFormat.WORD, TODAY) == (
            "ZV-2026-01_Entwurf-1_2026-03-01.docx"
        )
    word = give_out(
        database, agreement, tmp_path / "a.docx", DraftFormat.WORD, NOW, "an die Diakonie", comments=True
    )
    pdf = give_out(database, agreement, tmp_path / "a.pdf", DraftFormat.PDF, NOW)
    assert (word.draft.number, pdf.draft.number) == (1, 1)
    assert draft_name(pdf.draft) == "Entwurf 1 vom 01.03.2026 (an die Diakonie)"
    comments = zipfile.ZipFile(tmp_path / "a.docx").read("word/comments.xml").decode()
    assert "Bitte kürzer." in comments
    assert "Erledigtes" not in comments
    give_out(database, agreement, tmp_path / "ohne.docx", DraftFormat.WORD, NOW)
    assert "word/comments.xml" not in zipfile.ZipFile(tmp_path / "ohne.docx").namelist()
    assert "ZV-2026-01" in PdfReader(BytesIO((tmp_path / "a.pdf").read_bytes())).pages[0].extract_text()
    with database.read() as session:
        assert [row.number for row in drafts.rows(session, agreement)] == [1]


def test_what_cannot_be_written_is_not_kept(database: Database, agreement: int, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        give_out(database, agreement, tmp_path / "fehlt" / "a.docx", DraftFormat.WORD, NOW)
    with database.read() as session:
        assert drafts.rows(session, agreement) == []


def test_the_comparison_names_what_changed_in_text_term_money_and_goals(
    database: Database, agreement: int, tmp_path: Path
) -> None:
    before = keep(database, agreement, NOW)
    with database.write("Text") as session:
        rows = agreement_text.text(session, agreement).clauses
        agreement_clauses.reword(session, agreement, 2, rows[1].title, "Ganz neu gesagt.")
        agreement_clauses.add(session, agreement, 4, "Schließzeit", "Im Sommer drei Wochen.")
        agreement_clauses.set_included(session, agreement, 12, included=False)
    with database.read() as session:
        goal = agreements.load(session, agreement).goals[0]
    change(
        database, agreement, end=date(2027, 6, 30), amount_cents=2_000_00, goals=(replace(goal, target="5"),)
    )
    with database.read() as session:
        entries = comparison(session, agreement, before.id, None, TODAY)
        found = {(entry.topic, entry.title): entry.fate for entry in changes(entries)}
        names = (draft_name(before), draft_name(None))
        save_comparison(session, agreement, entries, names, tmp_path / "v.pdf", TODAY)
    assert found[Topic.CLAUSE, rows[1].title] is Fate.CHANGED
    assert found[Topic.CLAUSE, "Schließzeit"] is Fate.ADDED
    assert found[Topic.CLAUSE, rows[10].title] is Fate.REMOVED
    assert found[Topic.FACT, "Laufzeit"] is Fate.CHANGED
    assert found[Topic.FACT, "Betrag der Förderung"] is Fate.CHANGED
    assert found[Topic.GOAL, "Ziel 1"] is Fate.CHANGED
    printed = " ".join(page.extract_text() for page in PdfReader(tmp_path / "v.pdf").pages)
    assert "Vergleich zweier Fassungen" in printed
    assert "Schließzeit" in printed
    assert "2.000,00" in printed


def test_the_same_wording_differs_in_nothing(database: Database, agreement: int) -> None:
    kept = keep(database, agreement, NOW)
    with database.read() as session:
        assert changes(comparison(session, agreement, kept.id, kept.id, TODAY)) == []


def test_the_checklist_says_each_gap_once(database: Database, agreement: int) -> None:
    with database.read() as session:
        found = {
            check.title: check.open_points
            for check in signature_check(session, agreement, TODAY)
            if not check.is_done
        }
    assert found == {
        "Budget": ("Es ist kein Budget zugeordnet.",),
        "Beschluss": ("Es ist kein Beschluss des Beirats eingetragen.",),
        "Text ohne Lücken": ("Quartier fehlt.",),
    }


def test_a_hard_point_forbids_the_print_for_signature(database: Database, agreement: int) -> None:
    with database.write("Raten") as session:
        quarter = agreements.load(session, agreement).quarter_id
        assert quarter is None
        session.add(Instalment(agreement_id=agreement, nr=1, due=date(2026, 2, 1), amount_cents=900_00))
        agreements.set_stage(session, agreement, Stage.READY_TO_SIGN, TODAY)
        rows = agreement_text.text(session, agreement).clauses
        for row in rows:
            if "{Quartier}" in row.text:
                agreement_clauses.reword(
                    session, agreement, row.position, row.title, row.text.replace("{Quartier}", "Linden")
                )
    with pytest.raises(UserError, match=r"Raten: Die Raten ergeben 900,00 €, vereinbart sind 1\.000,00 €"):
        freeze(database, agreement, NOW)
    with database.write("Raten") as session:
        session.query(Instalment).one().amount_cents = 1_000_00
    assert freeze(database, agreement, NOW).file_name == "ZV-2026-01_2026-03-01.pdf"
    with database.read() as session:
        assert session.get_one(Agreement, agreement).stage is Stage.READY_TO_SIGN
