"""A person who is forgotten is in no byte of any file, and nothing brings her back; what must stay is named."""

import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.privacy.findings import Finding
from app.domain.privacy.people import Match, Person
from app.services.actors import contacts
from app.services.actors.contacts import ContactInput
from app.services.agreements.agreement_terms import parties_of, represented
from app.services.privacy import erasures, findings
from app.workflows.privacy.forgetting import Forgotten, forget, known_erasures, repeat_erasures, take_over
from db.copies import restoring, taking_over
from db.copies.erased import erasures_in, overdue
from db.copies.snapshots import Snapshot, folder_for, snapshots
from db.copies.taking import daily_snapshot, remove
from db.database import Database, open_database
from db.history import steps
from db.models import Agreement, Booking, Change, Command, Contact, Model
from tests.services.privacy.long_life import FIRST, LAST, NAME, ON, bound, lived, traces

AT = datetime(2026, 12, 1, 10, 0)
MARK = "(gelöscht am 01.12.2026)"


def found(database: Database, contact_id: int) -> tuple[Person, list[Finding]]:
    with database.read() as session:
        person = findings.person_of(session, contact_id)
        return person, findings.find(session, person, ON, contact_id)


def forgotten(database: Database, contact_id: int) -> Forgotten:
    """She was meant everywhere."""
    person, all_found = found(database, contact_id)
    return forget(database, person, all_found, "Verlangen der Person", AT)


def counts(database: Database) -> dict[str, int]:
    tables = Model.metadata.tables
    with database.read() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in tables.items()
            if name not in ("contact", "erasure", "command", "change")
        }


def test_she_is_found_wherever_she_stands(database: Database) -> None:
    person, all_found = found(database, lived(database))
    assert person.name == NAME
    exact = {one.table for one in all_found if one.match is Match.EXACT}
    assert exact >= {"contact", "quarter", "offer", "actor", "party", "goal", "goal_report", "attachment"}
    assert {one.table for one in all_found if one.match is Match.SIMILAR} == {"agreement"}
    assert all_found[0].whole
    assert all_found[0].title == "Kontakt"
    assert "Nachbarschaft Nord e.V." in all_found[0].record


def test_no_byte_of_her_is_left(database: Database, tmp_path: Path) -> None:
    contact_id = lived(database)
    before = counts(database)
    assert sum(traces(tmp_path).values()) > 10
    result = forgotten(database, contact_id)
    assert result.left_over == ""
    assert result.record.kept == ()
    assert traces(tmp_path) == {}
    assert counts(database) == before
    database.close()
    assert traces(tmp_path) == {}


def test_nothing_brings_her_back(database: Database, tmp_path: Path) -> None:
    forgotten(database, lived(database))
    with database.read() as session:
        labels = [command.label for command in steps(session, 99)]
    assert f"Kontakt {MARK} gespeichert" in labels
    while database.undo_label and database.undo_label != "Vereinbarung angelegt":
        database.undo()
        assert traces(tmp_path) == {}
    while database.redo_label:
        database.redo()
    with database.read() as session:
        contact = session.scalars(select(Contact).where(Contact.last_name == MARK)).one()
        assert (contact.first_name, contact.email, contact.phone, contact.delete_on) == ("", None, None, None)
    assert database.wipe()
    assert traces(tmp_path) == {}


def test_a_new_paper_names_nobody_in_her_place(database: Database) -> None:
    forgotten(database, lived(database))
    with database.read() as session:
        agreement = session.scalars(select(Agreement).where(Agreement.number == "ZV-2026-09")).one()
        ((party, actor),) = parties_of(session, agreement.id, None)
        assert party.represented_by == MARK
        assert represented(party, actor) == ("", "")


def test_what_must_stay_is_named_with_its_reason_and_end(database: Database, tmp_path: Path) -> None:
    contact_id = lived(database)
    bound(database)
    kept = {one.words for one in forgotten(database, contact_id).record.kept}
    assert kept == {
        "Partner der Vereinbarung ZV-2026-01: Nachweis des Vereinbarten: 10 Jahre nach Ende der Vereinbarung",
        "Buchung vom 01.12.2026: Haushaltsrecht: Buchungen 10 Jahre nach Ende des Haushaltsjahres, bis 31.12.2036",
    }
    _, rest = found_again(database)
    assert {(one.table, one.columns) for one in rest} == {
        ("party", ("represented_by", "function")),
        ("booking", ("payee",)),
    }
    with database.read() as session:
        booking = session.scalars(select(Booking)).one()
        assert (booking.payee, booking.note) == (NAME, f"{MARK} hat recht")


def found_again(database: Database) -> tuple[Person, list[Finding]]:
    person = Person(LAST, FIRST)
    with database.read() as session:
        return person, findings.find(session, person, ON)


def test_the_telephone_of_the_house_does_not_name_her(database: Database) -> None:
    contact_id = lived(database)
    with database.write("Kollege") as session:
        hers = contacts.load(session, contact_id)
        other = replace(hers, last_name="Anders", first_name="Adam", email=None, source=None)
        other_id = contacts.save(session, None, other)
    person, all_found = found(database, contact_id)
    assert other.phone not in person.addresses
    assert ("contact", other_id) not in {(one.table, one.row_id) for one in all_found}


def test_another_of_her_name_stays(database: Database) -> None:
    contact_id = lived(database)
    with database.write("Bruder") as session:
        actor_id = session.get_one(Contact, contact_id).actor_id
        brother = contacts.save(session, None, ContactInput(actor_id, LAST, "Bernd"))
    person, all_found = found(database, contact_id)
    hers = [one for one in all_found if one.match is Match.EXACT]
    assert ("contact", brother) not in {(one.table, one.row_id) for one in hers}
    forget(database, person, hers, "Löschtag erreicht", AT)
    with database.read() as session:
        assert contacts.load(session, brother).last_name == LAST
        assert session.get(Contact, contact_id) is None


def test_two_people_of_one_day_have_marks_of_their_own(database: Database) -> None:
    contact_id = lived(database)
    with database.write("Zweite") as session:
        actor_id = session.get_one(Contact, contact_id).actor_id
        second = contacts.save(session, None, ContactInput(actor_id, "Zweite", "Zoe"))
    first = forgotten(database, contact_id).record.mark
    assert (first, forgotten(database, second).record.mark) == (MARK, "(gelöscht am 01.12.2026, Nr. 2)")
    while database.undo_label and database.undo_label != "Vereinbarung angelegt":
        database.undo()
    while database.redo_label:  # both come back blank at the same actor, and do not collide
        database.redo()


def test_the_log_still_agrees_with_the_rows(database: Database) -> None:
    """The last entry of each row says what the row says."""
    forgotten(database, lived(database))
    with database.read() as session:
        changes = session.scalars(select(Change).order_by(Change.id)).all()
        last = {(one.table_name, one.row_id): one for one in changes}
        assert session.scalars(select(Command.label).order_by(Command.id.desc())).first() is not None
        for (table, row_id), change in last.items():
            row = session.execute(
                select(Model.metadata.tables[table]).where(Model.metadata.tables[table].c.id == row_id)
            ).one_or_none()
            assert (row is None) is (change.after is None), (table, row_id)


def test_old_copies_go_within_the_set_time(database: Database, tmp_path: Path) -> None:
    contact_id = lived(database)
    path = database.path
    daily_snapshot(path, AT - timedelta(hours=2))
    result = forgotten(database, contact_id)
    assert result.record.copies_until == date(2026, 12, 31)
    assert "31.12.2026" in result.sentence
    daily_snapshot(path, AT + timedelta(days=1))
    daily_snapshot(path, AT + timedelta(days=30))  # 31.12.: the last day
    assert len(snapshots(path)) == 3
    assert traces(tmp_path)
    daily_snapshot(path, AT + timedelta(days=31))
    assert len(snapshots(path)) == 3
    assert traces(tmp_path) == {}


def test_a_file_of_hers_is_not_the_programs_to_delete(database: Database) -> None:
    contact_id = lived(database)
    own = folder_for(database.path) / "buero_vor dem Umzug.db"
    daily_snapshot(database.path, AT - timedelta(hours=2))
    shutil.copy(snapshots(database.path)[0].path, own)
    forgotten(database, contact_id)
    daily_snapshot(database.path, AT + timedelta(days=60))
    assert own.exists()


def test_who_comes_back_from_an_old_copy_is_forgotten_again(database: Database, tmp_path: Path) -> None:
    contact_id = lived(database)
    path = database.path
    old = daily_snapshot(path, AT - timedelta(days=1))
    assert old is not None
    forgotten(database, contact_id)
    database.close()
    kept = restoring.restore(old.path, path)
    assert kept is not None
    restored = open_database(path, writer=True)
    said = repeat_erasures(restored, known_erasures([kept]))
    assert "1 Person gelöscht" in said
    assert repeat_erasures(restored, known_erasures([kept])) == ""
    assert len(erasures_in(path)) == 1
    restored.close()
    remove(old.path)
    assert traces(tmp_path) == {}


def test_who_comes_back_with_a_single_record_stays_erased(database: Database, tmp_path: Path) -> None:
    contact_id = lived(database)
    old = daily_snapshot(database.path, AT - timedelta(days=1))
    assert old is not None
    forgotten(database, contact_id)
    with database.write(f"Übernommen: Kontakt {NAME}") as session:
        plan = taking_over.plan(session, old.path, [("contact", contact_id)])
        assert take_over(session, database.path, old.path, old.path, plan) == 1
    with database.read() as session:
        assert session.get(Contact, contact_id) is None
    remove(old.path)
    database.settle()
    assert traces(tmp_path) == {}


def test_an_id_that_was_given_again_means_somebody_else(database: Database) -> None:
    contact_id = lived(database)
    with database.read() as session:
        actor_id = session.get_one(Contact, contact_id).actor_id
    forgotten(database, contact_id)
    known = known_erasures([database.path])
    with database.write("Nachfolge") as session:
        newer = contacts.save(session, None, ContactInput(actor_id, "Neu", "Nora"))
        session.delete(session.scalars(select(Model.registry._class_registry["Erasure"])).one())  # type: ignore[arg-type]
    assert newer == contact_id
    repeat_erasures(database, known)
    with database.read() as session:
        assert contacts.load(session, newer).last_name == "Neu"


@pytest.mark.parametrize(("days", "numbers"), [(0, []), (30, []), (31, [2, 0])])
def test_copies_from_before_are_overdue_after_their_time(
    database: Database, days: int, numbers: list[int]
) -> None:
    """By their numbers: the second one was taken by a clock that was years ahead."""
    forgotten(database, lived(database))
    known = [replace(one, first_without=3) for one in erasures_in(database.path)]
    days_of = {4: AT, 3: AT, 2: datetime(2031, 1, 1), 0: AT - timedelta(days=9)}
    copies = [Snapshot(Path(f"{number}"), at, number) for number, at in days_of.items()]
    today = ON + timedelta(days=days)
    assert [one.number for one in overdue(copies, known, today)] == numbers
    assert overdue(copies[2:], known, today) == [], "there must be a newer one first"


def test_contacts_past_their_day_are_due(database: Database) -> None:
    contact_id = lived(database)
    with database.read() as session:
        (due,) = erasures.due(session, ON)
    assert (due.id, due.name, due.delete_on) == (contact_id, NAME, date(2026, 11, 1))
