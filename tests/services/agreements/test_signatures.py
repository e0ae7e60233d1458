"""In force only when all have signed: the city, every party, and not before it begins."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select

from app.domain.agreements.agreements import AgreementKind, Stage
from app.domain.errors import Invalid, UserError
from app.services import office
from app.services.agreements import agreements, corrections, signatories, signatures
from app.services.agreements.agreements import AgreementInput, PartyInput
from app.services.office import OfficeInput, Signatory
from db.database import Database
from db.models import Actor, Agreement, Contact, Party

ON = date(2026, 7, 1)
JUNE = date(2026, 6, 1)


@pytest.fixture
def data(database: Database) -> AgreementInput:
    with database.write("x") as session:
        office.save(
            session,
            OfficeInput(
                name="Büro", authority="Stadt Muster", signatories=(Signatory("Eva Amt", "Leitung"),)
            ),
        )
        awo = Actor(short="AWO", name="AWO Hannover", represented_by="Ada Muster", function="Vorstand")
        treff = Actor(short="TREFF", name="Treff e.V.")
        session.add_all((awo, treff))
        session.flush()
        session.add(Contact(actor_id=treff.id, first_name="Uwe", last_name="Beispiel"))
        parties = (PartyInput(awo.id), PartyInput(treff.id))
    return AgreementInput(
        "ZV-1", AgreementKind.TARGET, "Treff", parties, stage=Stage.READY_TO_SIGN, begin=date(2026, 3, 1)
    )


def saved(database: Database, data: AgreementInput) -> tuple[int, list[int]]:
    """The agreement and the ids of its parties."""
    with database.write("x") as session:
        key = agreements.save(session, None, data)
        return key, list(session.scalars(select(Party.id).order_by(Party.position)))


def sign(database: Database, key: int, party: int | None, day: date = JUNE, by: str | None = None) -> Stage:
    with database.write("Unterschrift") as session:
        return signatures.sign(session, key, party, day, by, ON)


def record(database: Database, key: int) -> Agreement:
    with database.read() as session:
        return session.get_one(Agreement, key)


def test_all_sign_and_it_is_in_force(database: Database, data: AgreementInput) -> None:
    key, (awo, treff) = saved(database, data)
    with database.read() as session:
        assert [(row.name, row.people) for row in signatories.rows(session, key)] == [
            ("Stadt Muster", ("Eva Amt, Leitung",)),
            ("AWO Hannover", ("Ada Muster, Vorstand",)),
            ("Treff e.V.", ("Uwe Beispiel",)),
        ]
    assert sign(database, key, awo, by=" Ada Muster ") is Stage.READY_TO_SIGN
    assert sign(database, key, treff, ON) is Stage.READY_TO_SIGN
    with database.read() as session:
        assert signatories.unsigned(session, key) == ["Stadt Muster"]
        assert [row.signed_by for row in signatories.rows(session, key)] == [None, "Ada Muster", None]
    assert sign(database, key, None, by="Eva Amt") is Stage.IN_FORCE
    found = record(database, key)
    assert (found.signed_on, found.city_signed_on, found.city_signed_by) == (ON, JUNE, "Eva Amt")
    database.undo()
    assert record(database, key).stage is Stage.READY_TO_SIGN


def test_signed_until_it_begins_and_then_in_force_by_itself(database: Database, data: AgreementInput) -> None:
    key, _ = saved(database, replace(data, begin=date(2026, 9, 1)))
    with database.write("x") as session:
        assert signatures.sign_all(session, key, JUNE, ON) is Stage.SIGNED
        assert signatures.begin(session, date(2026, 8, 31)) == []
        assert signatures.begin(session, date(2026, 9, 1)) == ["ZV-1"]
    assert record(database, key).stage is Stage.IN_FORCE


def test_one_from_a_list_without_signatures_waits_for_her(database: Database, data: AgreementInput) -> None:
    key, _ = saved(database, replace(data, stage=Stage.SIGNED))
    with database.write("x") as session:
        assert signatures.begin(session, ON) == []
        agreements.set_stage(session, key, Stage.IN_FORCE)  # she knows: it came as signed


def test_nobody_signs_in_the_future(database: Database, data: AgreementInput) -> None:
    key, _ = saved(database, data)
    with pytest.raises(Invalid, match=r"02\.07\.2026.*Zukunft"):
        sign(database, key, None, date(2026, 7, 2))


@pytest.mark.parametrize("stage", [Stage.SIGNED, Stage.IN_FORCE, Stage.AMENDED, Stage.TERMINATED])
def test_a_stage_that_binds_needs_all_signatures(
    database: Database, data: AgreementInput, stage: Stage
) -> None:
    key, (awo, _) = saved(database, data)
    sign(database, key, awo)
    with pytest.raises(UserError, match=r"Stadt Muster und Treff e\.V\."), database.write("x") as session:
        agreements.set_stage(session, key, stage)
    with pytest.raises(Invalid) as caught, database.write("x") as session:
        signatures.save(session, key, replace(agreements.load(session, key), stage=stage), ON)
    assert "Treff e.V." in caught.value.problems["stage"]
    with pytest.raises(Invalid), database.write("x") as session:
        signatures.save(session, None, replace(data, number="ZV-2", stage=stage), ON)
    assert record(database, key).stage is Stage.READY_TO_SIGN


def test_an_old_agreement_is_entered_with_the_day_it_was_signed(
    database: Database, data: AgreementInput
) -> None:
    old = replace(data, stage=Stage.IN_FORCE, signed_on=date(2026, 2, 1))
    with database.write("x") as session:
        key = signatures.save(session, None, old, ON)
        assert {row.signed_on for row in signatories.rows(session, key)} == {date(2026, 2, 1)}
    with pytest.raises(Invalid) as caught, database.write("x") as session:
        signatures.save(session, None, replace(old, number="ZV-2", begin=date(2026, 8, 1)), ON)
    assert "01.08.2026" in caught.value.problems["stage"]


def test_the_last_signature_may_be_entered_in_the_form(database: Database, data: AgreementInput) -> None:
    key, _ = saved(database, data)
    sign(database, key, None)
    with database.write("x") as session:
        signed = tuple(replace(party, signed_on=JUNE) for party in data.parties)
        signatures.save(session, key, replace(data, parties=signed), ON)
    assert record(database, key).stage is Stage.IN_FORCE


def test_a_signature_taken_back_waits_again(database: Database, data: AgreementInput) -> None:
    key, (awo, _) = saved(database, data)
    with database.write("x") as session:
        signatures.sign_all(session, key, JUNE, ON)
    with database.write("Unterschrift zurückgenommen") as session:
        wrong = "Falsche Vereinbarung gewählt"
        back = corrections.correct(session, key, wrong, ON, signatures.withdraw, key, awo, ON)
        assert back is Stage.READY_TO_SIGN
    assert record(database, key).signed_on is None
    database.undo()
    assert (record(database, key).stage, record(database, key).signed_on) == (Stage.IN_FORCE, JUNE)
    with database.write("x") as session:
        agreements.set_stage(session, key, Stage.TERMINATED)
    with pytest.raises(UserError, match="gekündigt"), database.write("x") as session:
        corrections.correct(session, key, "x", ON, signatures.withdraw, key, awo, ON)


def name_second(database: Database) -> None:
    with database.write("zwei") as session:
        people = (Signatory("Eva Amt", "Leitung"), Signatory("Jan Rat", "Kämmerei"))
        office.save(session, replace(office.load(session), signatories=people))


def test_both_who_sign_for_the_city_are_needed(database: Database, data: AgreementInput) -> None:
    name_second(database)
    key, parties = saved(database, data)
    for party in parties:
        sign(database, key, party)
    with database.read() as session:
        first, second, *_ = signatories.rows(session, key)
    assert (first.name, first.people[0]) == ("Stadt Muster (Eva Amt)", "Eva Amt, Leitung")
    assert (second.name, second.people[0], second.is_further) == (
        "Stadt Muster (Jan Rat)",
        "Jan Rat, Kämmerei",
        True,
    )
    assert sign(database, key, None, by="Eva Amt") is Stage.READY_TO_SIGN
    with database.read() as session:
        assert signatories.unsigned(session, key) == ["Stadt Muster (Jan Rat)"]
    ready = record(database, key).stage
    with pytest.raises(Invalid, match="Jan Rat"), database.write("von Hand") as session:
        signatures.save(session, key, replace(agreements.load(session, key), stage=Stage.IN_FORCE), ON)
    assert record(database, key).stage is ready
    with database.write("zweite") as session:
        assert signatures.sign(session, key, None, ON, "Jan Rat", ON, seat=2) is Stage.IN_FORCE
    assert record(database, key).signed_on == ON
    with database.write("doch nicht") as session:
        withdraw = partial(signatures.withdraw, seat=2)
        assert corrections.correct(session, key, "falsch", ON, withdraw, key, None, ON) is Stage.READY_TO_SIGN
        assert signatories.unsigned(session, key) == ["Stadt Muster (Jan Rat)"]
        assert signatures.sign_all(session, key, JUNE, ON) is Stage.IN_FORCE
        assert [row.signed_by for row in signatories.rows(session, key)][:2] == [
            "Eva Amt",
            "Jan Rat, Kämmerei",
        ]


def test_a_day_filled_in_early_spares_nobody_the_signature(database: Database, data: AgreementInput) -> None:
    name_second(database)
    key, parties = saved(database, data)
    with database.write("im Formular") as session:
        signatures.save(session, key, replace(agreements.load(session, key), signed_on=JUNE), ON)
    for who in (None, *parties):
        assert sign(database, key, who) is Stage.READY_TO_SIGN
    with database.read() as session:
        assert signatories.unsigned(session, key) == ["Stadt Muster (Jan Rat)"]


def test_what_was_signed_before_the_office_named_another_one_stays_signed(
    database: Database, data: AgreementInput
) -> None:
    key, _ = saved(database, data)
    with database.write("alle") as session:
        signatures.sign_all(session, key, JUNE, ON)
    name_second(database)
    with database.read() as session:
        assert signatories.unsigned(session, key) == []
        assert len(signatories.rows(session, key)) == 3
