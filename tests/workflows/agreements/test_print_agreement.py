"""From the record to the paper, and what goes out for signature stays as it was."""

import hashlib
import re
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.agreements.term import NoticeUnit
from app.domain.errors import OutputError, StoreError, UserError
from app.services import office
from app.services.actors import actors, contacts
from app.services.agreements import agreements, instalments
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.agreements.instalments import InstalmentInput
from app.services.office import OfficeInput, Signatory
from app.services.papers import papers
from app.services.quarters import quarters
from app.workflows.agreements.print_agreement import freeze, print_agreement, printout, withdraw
from db.database import Database
from db.models import Paper

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 9, 30)
OFFICE = OfficeInput(
    name="Alter im Quartier",
    authority="Landeshauptstadt Hannover",
    street="Musterstraße 5",
    postcode="30449",
    city="Hannover",
    contact_person="Katharina Łukasz",
    signatories=(Signatory("Dr. Weiß", "Leitung"),),
)


def text_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


@pytest.fixture
def agreement(database: Database) -> int:
    """A complete draft."""
    with database.write("Probe") as session:
        office.save(session, OFFICE)
        quarter = quarters.save(session, None, quarters.QuarterInput("LIN", "Linden-Süd"))
        actor = actors.save(
            session,
            None,
            actors.ActorInput(
                "DIAK",
                "Diakonie",
                None,
                "Weg 1",
                "30159",
                "Hannover",
                represented_by="S. Öztürk",
                function="Vorstand",
            ),
        )
        contacts.save(session, None, contacts.ContactInput(actor, "Yıldız", "Mehmet"))
        return agreements.save(
            session,
            None,
            AgreementInput(
                "ZV-2026-01",
                AgreementKind.TARGET,
                "Treff",
                (PartyInput(actor),),
                (GoalInput("1", "Öffnen", None, "m", "Tage", "4", date(2026, 9, 1), "S. Öztürk"),),
                quarter_id=quarter,
                begin=date(2026, 1, 1),
                end=date(2026, 12, 31),
                renewal_months=12,
                notice=3,
                notice_unit=NoticeUnit.MONTHS,
                amount_cents=1_234_56,
            ),
        )


def set_stage(database: Database, agreement: int, stage: Stage) -> None:
    with database.write("Stand") as session:
        agreements.set_stage(session, agreement, stage)


def test_print_saves_a_draft(database: Database, agreement: int, tmp_path: Path) -> None:
    target = tmp_path / "zv.pdf"
    missing = print_agreement(database, " ZV-2026-01 ", target, TODAY)
    assert missing == ()
    text = text_of(target.read_bytes())
    for part in (
        "ENTWURF",
        "1.234,56 €",
        "vertreten durch S. Öztürk, Vorstand",
        "Mehmet Yıldız",
        "Linden-Süd",
    ):
        assert part in text


def test_unknown_number_and_unwritable_place(database: Database, agreement: int, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="„ZV-1999-01“ gibt es nicht"):
        print_agreement(database, "ZV-1999-01", tmp_path / "x.pdf", TODAY)
    with pytest.raises(OutputError):
        print_agreement(database, "ZV-2026-01", tmp_path / "nowhere" / "x.pdf", TODAY)


def test_a_cooperation_agreement_takes_the_quarter_of_its_target_agreement(
    database: Database, agreement: int
) -> None:
    with database.write("Kooperation") as session:
        data = agreements.load(session, agreement)
        other = agreements.save(
            session,
            None,
            replace(
                data,
                number="KV-2026-01",
                kind=AgreementKind.COOPERATION,
                quarter_id=None,
                belongs_to_id=agreement,
                goals=(),
                amount_cents=None,
            ),
        )
    with database.read() as session:
        result = printout(session, other, TODAY)
    assert result.missing == ()
    assert "Sie ergänzt die Zielvereinbarung ZV-2026-01." in text_of(result.pdf)


def test_a_draft_or_an_incomplete_paper_does_not_go_out(database: Database, agreement: int) -> None:
    with pytest.raises(UserError, match="noch ein Entwurf"):
        freeze(database, agreement, NOW)
    set_stage(database, agreement, Stage.READY_TO_SIGN)
    with database.write("Lücke") as session:
        agreements.save(session, agreement, replace(agreements.load(session, agreement), amount_cents=None))
    with pytest.raises(UserError, match="fehlt in ZV-2026-01 noch: Betrag"):
        freeze(database, agreement, NOW)


def test_symbols_print_and_what_no_font_has_is_named_before(
    database: Database, agreement: int, tmp_path: Path
) -> None:
    target = tmp_path / "zv.pdf"
    for title, missing in (
        ("Rückgang ≤ −5 %", ()),
        ("Treff 😀", ("Druckbares Zeichen statt „😀“ (U+1F600) in „§ 2 Ziele, 1“",)),
    ):
        with database.write("Ziel") as session:
            data = agreements.load(session, agreement)
            goals = tuple(replace(goal, title=title) for goal in data.goals)
            agreements.save(session, agreement, replace(data, goals=goals))
        said = print_agreement(database, "ZV-2026-01", target, TODAY)
        assert tuple(one for one in said if "Zeichen" in one) == missing
        assert title.replace("😀", "▯") in text_of(target.read_bytes())
    set_stage(database, agreement, Stage.READY_TO_SIGN)
    with pytest.raises(UserError, match="U\\+1F600"):
        freeze(database, agreement, NOW)


def test_one_to_be_signed_that_lacks_something_is_marked_as_a_draft_and_says_what(
    database: Database, agreement: int, tmp_path: Path
) -> None:
    set_stage(database, agreement, Stage.READY_TO_SIGN)
    target = tmp_path / "zv.pdf"
    assert print_agreement(database, "ZV-2026-01", target, TODAY) == ()
    assert "ENTWURF" not in text_of(target.read_bytes())
    with database.write("Raten") as session:
        instalments.save(session, agreement, (InstalmentInput(date(2026, 3, 1), 1_000_00),))
    (open_point,) = print_agreement(database, "ZV-2026-01", target, TODAY)
    assert open_point == "Raten: Die Raten ergeben 1.000,00 €, vereinbart sind 1.234,56 €."
    assert "ENTWURF" in text_of(target.read_bytes())
    with database.write("Lücke") as session:
        agreements.save(session, agreement, replace(agreements.load(session, agreement), amount_cents=None))
    assert "Betrag der Förderung" in print_agreement(database, "ZV-2026-01", target, TODAY)[0]
    assert "ENTWURF" in text_of(target.read_bytes())


def test_what_went_out_stays_as_it_was(database: Database, agreement: int) -> None:
    set_stage(database, agreement, Stage.READY_TO_SIGN)
    kept = freeze(database, agreement, NOW)
    assert kept.file_name == "ZV-2026-01_2026-03-01.pdf"
    assert database.undo_label == "Stand"  # printing is outside undo
    with database.write("Geändert") as session:
        agreements.save(session, agreement, replace(agreements.load(session, agreement), title="Anders"))
    with database.read() as session:
        result = printout(session, agreement, date(2026, 5, 1))
    assert result.kept == kept
    assert hashlib.sha256(result.pdf).hexdigest() == kept.sha256
    assert "Anders" not in text_of(result.pdf)
    assert "ENTWURF" not in text_of(result.pdf)
    with pytest.raises(UserError, match="zuerst zurückziehen"):
        freeze(database, agreement, NOW)


def test_a_withdrawn_paper_stays_readable_and_a_new_one_may_follow(
    database: Database, agreement: int
) -> None:
    set_stage(database, agreement, Stage.READY_TO_SIGN)
    first = freeze(database, agreement, NOW)
    withdraw(database, first, datetime(2026, 3, 2, 8, 0))
    second = freeze(database, agreement, datetime(2026, 3, 2, 9, 0))
    with database.read() as session:
        newest, oldest = papers.rows(session, agreement)
        assert (newest, oldest.withdrawn_at) == (second, datetime(2026, 3, 2, 8, 0))
        assert papers.content(session, first.id).startswith(b"%PDF")


def test_a_damaged_paper_is_not_handed_out(database: Database, agreement: int) -> None:
    with database.write("Schaden", undoable=False) as session:
        damaged = Paper(
            agreement_id=agreement, file_name="x.pdf", printed_at=NOW, sha256="0" * 64, content=b"%PDF-x"
        )
        session.add(damaged)
    with database.read() as session, pytest.raises(StoreError, match="beschädigt"):
        papers.content(session, damaged.id)
