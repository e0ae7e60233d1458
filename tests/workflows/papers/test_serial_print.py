"""The same paper for many: who gets it, what is missing, one PDF or single files, kept or not."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.domain.agreements.agreements import LETTERS, PaperKind, Stage
from app.domain.errors import Cancelled, OutputError, UserError
from app.reports.papers.address_labels import FORMATS
from app.services import office
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.office import OfficeInput
from app.services.papers import papers
from app.services.papers.papers import PaperRow
from app.workflows.papers.print_labels import label_rows, labels
from app.workflows.papers.serial_plan import (
    INCOMPLETE_ADDRESS,
    Audience,
    SerialItem,
    SerialKind,
    SerialOrder,
    SerialSelection,
    describe,
    left_out,
    open_gaps,
    plan,
)
from app.workflows.papers.serial_print import Document, keep_all, require_some, save_bound, save_each, set_all
from db.database import Database
from db.models import Actor, Agreement, Contact
from tests.services.agreements.life_samples import ON, agreement_in_force

AT = datetime(2026, 7, 1, 9)
FREE = SerialOrder(SerialKind.FREE, subject="Zu {Nummer}", body="für **{Träger}**: {Titel}, {Name}")


@pytest.fixture
def agreement_id(database: Database) -> int:
    with database.write("Büro") as session:
        office.save(
            session, OfficeInput("Alter im Quartier", street="Weg 5", postcode="30449", city="Hannover")
        )
    return agreement_in_force(database)


@pytest.fixture
def both(database: Database, agreement_id: int) -> SerialSelection:
    """A second agreement that is a draft of the same partners."""
    with database.write("Entwurf") as session:
        first = session.get_one(Agreement, agreement_id)
        first_parties = {
            actor.short: actor.id for actor in session.query(Actor).filter(Actor.short.in_(["TNORD", "DIAK"]))
        }
        second = agreements.save(
            session, None, AgreementInput("ZV/2", first.kind, "Idee", (PartyInput(first_parties["DIAK"]),))
        )
    return SerialSelection(agreements=(agreement_id, second))


def planned(database: Database, selection: SerialSelection, order: SerialOrder) -> list[SerialItem]:
    with database.read() as session:
        return plan(session, selection, order, ON)


def kept(database: Database, agreement_id: int) -> list[PaperRow]:
    with database.read() as session:
        return papers.rows(session, agreement_id, LETTERS)


def all_set(database: Database, items: list[SerialItem], kind: SerialKind) -> list[Document]:
    return set_all(database, items, kind, ON, lambda _done, _total: None)


def test_who_gets_a_letter(database: Database, agreement_id: int) -> None:
    selection = SerialSelection(agreements=(agreement_id,))
    who = {
        to: [item.who for item in planned(database, selection, SerialOrder(SerialKind.INVITATION, to))]
        for to in Audience
    }
    assert who == {
        Audience.MAIN: ["Sabine Öztürk, Nachbarschaft Nord e.V."],
        Audience.PARTIES: ["Sabine Öztürk, Nachbarschaft Nord e.V.", "Diakonie Süd gGmbH"],
        Audience.CONTACTS: ["Sabine Öztürk, Nachbarschaft Nord e.V.", "Diakonie Süd gGmbH"],
    }


def test_what_is_missing_is_said_with_the_record_to_open(database: Database, both: SerialSelection) -> None:
    first, diakonie, draft = planned(database, both, SerialOrder(SerialKind.INVITATION, Audience.PARTIES))
    assert first.lacks == ()
    assert diakonie.lacks == (INCOMPLETE_ADDRESS,)
    assert diakonie.where == ("actors", diakonie.actor_id)
    assert "Die Vereinbarung läuft nicht: Entwurf." in draft.lacks
    with database.write("Anschrift") as session:
        actor = session.get_one(Actor, diakonie.actor_id)
        actor.street, actor.postcode, actor.city = "Weg 1", "30159", "Hannover"
    _, diakonie, draft = planned(database, both, SerialOrder(SerialKind.INVITATION, Audience.PARTIES))
    assert diakonie.lacks == ()
    assert draft.where == ("agreements", both.agreements[1])


def test_an_agreement_that_is_terminated_is_not_terminated_again(
    database: Database, agreement_id: int
) -> None:
    with database.write("Gekündigt") as session:
        session.get_one(Agreement, agreement_id).stage = Stage.TERMINATED
    selection = SerialSelection(agreements=(agreement_id,))
    items = planned(database, selection, SerialOrder(SerialKind.TERMINATION))
    assert all("Die Vereinbarung ist schon gekündigt." in item.lacks for item in items)


@pytest.mark.parametrize("audience", Audience)
def test_a_notice_goes_to_who_represents_each_partner(
    database: Database, agreement_id: int, audience: Audience
) -> None:
    selection = SerialSelection(agreements=(agreement_id,))
    items = planned(database, selection, SerialOrder(SerialKind.TERMINATION, audience))
    assert [item.who for item in items] == [
        "Nachbarschaft Nord e.V., vertreten durch Sabine Öztürk",
        "Diakonie Süd gGmbH",
    ]


def test_a_free_letter_names_what_belongs_to_each(database: Database, agreement_id: int) -> None:
    selection = SerialSelection(agreements=(agreement_id,))
    (item,) = planned(database, selection, FREE)
    assert item.letter is not None
    assert item.letter.subject == "Zu ZV-2026-01"
    assert item.letter.body == "für **Nachbarschaft Nord e.V.**: Quartierszentrum Döhren, Sabine Öztürk"
    assert item.letter.salutation == "Sehr geehrte Frau Dr. Öztürk,"
    assert item.file_name == "ZV-2026-01 Sabine Öztürk, Nachbarschaft Nord e.V. Brief.pdf"
    (wrong,) = planned(
        database, selection, SerialOrder(SerialKind.FREE, subject="A", body="{Beschluss} [hier]")
    )
    assert wrong.lacks == (
        "Im Text ist noch etwas auszufüllen: [hier]",
        "Den Platzhalter {Beschluss} gibt es nicht.",
    )


def test_actors_without_an_agreement_get_a_letter_too(database: Database, agreement_id: int) -> None:
    with database.read() as session:
        ids = tuple(actor.id for actor in session.query(Actor).order_by(Actor.name))
        assert describe(session, SerialSelection(actors=ids)) == "2 Träger"
    diakonie, nord = planned(
        database, SerialSelection(actors=ids), SerialOrder(SerialKind.FREE, body="{Träger}")
    )
    assert diakonie.lacks == (INCOMPLETE_ADDRESS, "Der Betreff fehlt.")
    assert diakonie.where == ("actors", diakonie.actor_id)
    assert nord.letter is not None
    assert nord.letter.body == "Nachbarschaft Nord e.V."


def test_gaps_of_proposed_words_are_filled_for_all(database: Database, agreement_id: int) -> None:
    selection = SerialSelection(agreements=(agreement_id,))
    order = SerialOrder(SerialKind.REMINDER_PROOF)
    items = planned(database, selection, order)
    gaps = open_gaps(items, order.kind)
    assert gaps == ["[Zeitraum]", "[Tag der Fälligkeit]"]
    (item,) = planned(
        database, selection, SerialOrder(order.kind, gaps=tuple((gap, "31.03.2026") for gap in gaps))
    )
    assert item.lacks == ()
    assert open_gaps(items, SerialKind.TERMINATION) == []


def test_one_pdf_with_a_bookmark_for_each_and_the_letters_kept(
    database: Database, both: SerialSelection, tmp_path: Path
) -> None:
    kind = SerialKind.INVITATION
    items = planned(database, both, SerialOrder(kind, Audience.PARTIES))
    path = tmp_path / "alle.pdf"
    result = save_bound(database, all_set(database, items, kind), kind, path, AT, keep=True)
    assert (result.files, result.papers, result.kept) == ((path,), 3, 1)  # the incomplete ones are drafts
    reader = PdfReader(path)
    assert [one.title for one in reader.outline] == [item.title for item in items]
    assert "ENTWURF" in reader.pages[-1].extract_text()
    (paper,) = kept(database, both.agreements[0])
    assert (paper.kind, paper.file_name) == (
        PaperKind.INVITATION,
        "Einladung-zum-Jahresgespräch-ZV-2026-01_2026-07-01.pdf",
    )
    with database.read() as session:
        assert (
            "Jahresgespräch" in PdfReader(BytesIO(papers.content(session, paper.id))).pages[0].extract_text()
        )


def test_agreements_and_sheets_in_one_go(database: Database, both: SerialSelection, tmp_path: Path) -> None:
    for kind, words in (
        (SerialKind.AGREEMENT, "Zielvereinbarung"),
        (SerialKind.TALK_SHEET, "Jahresgespräch"),
    ):
        items = planned(database, both, SerialOrder(kind))
        assert [item.agreement_id for item in items] == list(both.agreements)
        assert [item.draft for item in items] == [False, kind is SerialKind.AGREEMENT]
        documents = all_set(database, items, kind)
        result = save_each(database, documents, kind, tmp_path, AT, keep=True)
        assert result.kept == 0
        assert [words in PdfReader(file).pages[0].extract_text() for file in result.files] == [True, True]
    assert "ZV-2 Diakonie Süd gGmbH Zielvereinbarung.pdf" in [file.name for file in tmp_path.iterdir()]


def test_single_files_are_not_replaced_unasked_and_nothing_is_kept_then(
    database: Database, agreement_id: int, tmp_path: Path
) -> None:
    kind = SerialKind.INVITATION
    items = planned(database, SerialSelection(agreements=(agreement_id,)), SerialOrder(kind))
    documents = all_set(database, items, kind)
    (tmp_path / items[0].file_name).write_bytes(b"alt")
    with pytest.raises(UserError, match="gibt es schon"):
        save_each(database, documents, kind, tmp_path, AT, keep=True)
    assert kept(database, agreement_id) == []
    save_each(database, documents, kind, tmp_path, AT, keep=True, replace_files=True)
    assert len(kept(database, agreement_id)) == 1
    assert keep_all(database, documents, kind, AT) == 1


def test_a_file_that_cannot_be_written_keeps_no_letter(
    database: Database, agreement_id: int, tmp_path: Path
) -> None:
    kind = SerialKind.INVITATION
    documents = all_set(
        database, planned(database, SerialSelection(agreements=(agreement_id,)), SerialOrder(kind)), kind
    )
    with pytest.raises(OutputError):
        save_bound(database, documents, kind, tmp_path / "weg" / "alle.pdf", AT, keep=True)
    assert kept(database, agreement_id) == []


def test_cancelled_nothing_has_happened(database: Database, both: SerialSelection) -> None:
    items = planned(database, both, SerialOrder(SerialKind.INVITATION))

    def cancel(done: int, _total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        set_all(database, items, SerialKind.INVITATION, ON, cancel)
    assert kept(database, both.agreements[0]) == []
    with pytest.raises(UserError):
        require_some([])


def test_labels_name_nobody_twice(database: Database, both: SerialSelection) -> None:
    with database.read() as session:
        rows = label_rows(session, both, Audience.PARTIES, ON)
        assert [(row.who, row.lacks) for row in rows] == [
            ("Sabine Öztürk, Nachbarschaft Nord e.V.", ""),
            ("Diakonie Süd gGmbH", "Straße, Postleitzahl, Ort"),
        ]
        pdf = labels(session, rows, FORMATS[0], sender=True)
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "Frau Dr. Sabine Öztürk" in text
    assert "30163 Hannover" in text


def test_nothing_is_sent_to_a_contact_past_the_day_of_deletion(
    database: Database, both: SerialSelection
) -> None:
    """The letter goes to the actor itself, and it is said who is left out."""
    with database.write("Löschtag") as session:
        person = session.scalars(select(Contact).where(Contact.last_name == "Öztürk")).one()
        person.delete_on = ON
    items = planned(database, both, SerialOrder(SerialKind.INVITATION, Audience.CONTACTS))
    assert not any("Öztürk" in item.who for item in items)
    with database.read() as session:
        assert not any("Öztürk" in row.who for row in label_rows(session, both, Audience.CONTACTS, ON))
        before = ON - timedelta(days=1)
        assert any("Öztürk" in row.who for row in label_rows(session, both, Audience.CONTACTS, before))
        assert left_out(session, both, before) == ""
        assert left_out(session, both, ON) == (
            "Nicht angeschrieben, weil der Löschtag erreicht ist: Sabine Öztürk, Nachbarschaft Nord e.V."
        )
