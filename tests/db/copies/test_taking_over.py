"""Single records are taken out of a snapshot, with what belongs to them, as one step of undo."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.agreements.agreements import AgreementKind
from app.domain.errors import UserError
from db.attached import problems
from db.attachments import AttachmentStore
from db.checks import check
from db.comparing import Side, compare
from db.copies.copying import take_snapshot
from db.copies.taking_over import Plan, lost_files, plan, readable, take_over
from db.database import Database
from db.identity import identify
from db.migrations import LATEST
from db.models import Actor, Agreement, Attachment, Contact, Goal, Party, Quarter
from tests.paths import VERSIONS


@pytest.fixture
def then(database: Database, tmp_path: Path) -> Path:
    """A snapshot of an agreement with party, goal and scan."""
    stored = AttachmentStore.of(database.path).put_bytes(b"%PDF", "Scan.pdf")
    with database.write("Anfang") as session:
        quarter, actor = Quarter(short="SAH", name="Sahlkamp"), Actor(short="AWO", name="AWO")
        session.add_all((quarter, actor))
        session.flush()
        agreement = Agreement(
            number="ZV-1", kind=AgreementKind.TARGET, title="Treff", reminder_days="", quarter_id=quarter.id
        )
        session.add(agreement)
        session.flush()
        session.add_all(
            (
                Party(agreement_id=agreement.id, actor_id=actor.id, position=1),
                Goal(agreement_id=agreement.id, nr="1", title="Offen für alle"),
                Contact(actor_id=actor.id, last_name="Muster"),
                Attachment(
                    agreement_id=agreement.id,
                    file_name="Scan.pdf",
                    size=stored.size,
                    sha256=stored.sha256,
                    added_at=datetime(2026, 7, 1),
                ),
            )
        )
    snapshot = tmp_path / "stick" / "kopie.db"
    take_snapshot(database.path, snapshot)
    return snapshot


def planned(database: Database, then: Path, *wanted: tuple[str, int], with_missing: bool = False) -> Plan:
    with database.read() as session:
        return plan(session, then, wanted, with_missing=with_missing)


def taken(database: Database, then: Path, found: Plan) -> None:
    with database.write("Übernommen") as session:
        take_over(session, database.path, then, found)


def remove(database: Database, *records: tuple[type, int]) -> None:
    with database.write("Entfernt") as session:
        for model, key in records:
            session.delete(session.get_one(model, key))


def test_a_removed_agreement_comes_back_with_all_that_belongs_to_it(database: Database, then: Path) -> None:
    remove(database, (Agreement, 1))
    shutil.rmtree(AttachmentStore.of(database.path).folder)
    found = planned(database, then, ("agreement", 1))
    assert {table for table, _ in found.rows} == {"agreement", "party", "goal", "attachment"}
    assert found.missing == ()
    assert lost_files(database.path, then, found) == []
    taken(database, then, found)
    assert check(database.path) == problems(database.path) == []
    assert [one for one in compare(database.path, then) if one.side is not Side.ONE] == []
    assert database.undo() == "Übernommen"
    assert {one.table for one in compare(database.path, then)} == {"agreement", "party", "goal", "attachment"}
    assert database.redo() == "Übernommen"
    assert compare(database.path, then) == []


def test_a_changed_record_is_put_back_and_what_came_since_stays(database: Database, then: Path) -> None:
    with database.write("Anders") as session:
        session.get_one(Agreement, 1).title = "Treff am Markt"
        session.add(Goal(agreement_id=1, nr="2", title="Neu"))
    taken(database, then, planned(database, then, ("agreement", 1)))
    with database.read() as session:
        assert session.get_one(Agreement, 1).title == "Treff"
        assert list(session.scalars(select(Goal.title).order_by(Goal.nr))) == ["Offen für alle", "Neu"]


def test_what_it_refers_to_and_is_gone_is_said_first(database: Database, then: Path) -> None:
    remove(database, (Agreement, 1))
    remove(database, (Actor, 1), (Quarter, 1))
    found = planned(database, then, ("agreement", 1))
    assert {(one.table, one.name, one.needed) for one in found.missing} == {
        ("actor", "AWO", True),
        ("quarter", "SAH", False),
    }
    whole = planned(database, then, ("agreement", 1), with_missing=True)
    assert whole.missing == ()
    taken(database, then, whole)
    assert check(database.path) == compare(database.path, then) == []


def test_what_can_be_done_without_is_left_out(database: Database, then: Path) -> None:
    remove(database, (Agreement, 1))
    remove(database, (Quarter, 1))
    taken(database, then, planned(database, then, ("agreement", 1)))
    with database.read() as session:
        assert session.get_one(Agreement, 1).quarter_id is None
    assert check(database.path) == []


def test_an_id_that_was_given_again_is_another_record(database: Database, then: Path) -> None:
    remove(database, (Agreement, 1))
    with database.write("Neu") as session:
        session.add(Agreement(number="ZV-2", kind=AgreementKind.TARGET, title="Anderes", reminder_days=""))
    with database.read() as session:
        assert session.scalars(select(Agreement.id)).one() == 1
    taken(database, then, planned(database, then, ("agreement", 1)))
    with database.read() as session:
        assert dict(session.execute(select(Agreement.number, Agreement.id)).all()) == {"ZV-2": 1, "ZV-1": 2}
        assert session.scalars(select(Goal.agreement_id)).one() == 2
    assert check(database.path) == []


def test_two_of_one_number_are_refused_and_nothing_changes(database: Database, then: Path) -> None:
    remove(database, (Agreement, 1))
    with database.write("Neu") as session:
        session.add_all(
            Agreement(number=number, kind=AgreementKind.TARGET, title="x", reminder_days="")
            for number in ("ZV-7", "ZV-1")
        )
    found = planned(database, then, ("agreement", 1))
    with pytest.raises(UserError, match="derselben Nummer"):
        taken(database, then, found)
    with database.read() as session:
        assert sorted(session.scalars(select(Agreement.number))) == ["ZV-1", "ZV-7"]


def test_a_lost_file_is_named(database: Database, then: Path) -> None:
    remove(database, (Agreement, 1))
    for store in (AttachmentStore.of(database.path), AttachmentStore.of(then)):
        shutil.rmtree(store.folder)
    assert lost_files(database.path, then, planned(database, then, ("agreement", 1))) == ["Scan.pdf"]


def test_an_older_state_is_read_in_a_copy(tmp_path: Path) -> None:
    old = Path(shutil.copy(VERSIONS / "v3.db", tmp_path / "alt.db"))
    with readable(old) as place:
        assert place != old
        assert identify(place) == LATEST
    assert identify(old) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["alt.db"]
