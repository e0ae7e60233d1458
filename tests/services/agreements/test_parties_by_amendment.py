"""Parties change by an amendment: who joins or leaves is a party from the amendment's day on, or one no more."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.agreements.agreements import Stage
from app.domain.agreements.cooperation import Role
from app.domain.errors import Invalid, UserError
from app.services.actors import actors
from app.services.agreements import (
    agreement_register,
    agreement_terms,
    agreements,
    amendment_register,
    amendment_signing,
    amendments,
    cooperation,
    corrections,
    deviations,
    goals,
    recipients,
    signatories,
    signatures,
    successors,
)
from app.services.agreements.agreement_history import agreement_history
from app.services.agreements.agreement_register import AgreementFilter
from app.services.agreements.agreements import PartyInput
from app.services.agreements.amendments import AmendmentInput
from app.services.agreements.cooperation import By
from app.services.master_data.master import current_state
from app.services.quarters import quarters
from app.workflows.agreements.print_amendment import load_amendment
from db.database import Database
from db.models import Actor, Party, Quarter
from tests.services.agreements.life_samples import ON, agreement_in_force

FROM = date(2026, 4, 1)
BEFORE = date(2026, 3, 31)
NORD, DIAK, SUED = "Nachbarschaft Nord e.V.", "Diakonie Süd gGmbH", "Südstern e.V."


@pytest.fixture
def agreement(database: Database) -> int:
    agreement_id = agreement_in_force(database)
    with database.write("Träger") as session:
        session.add(Actor(short="SUED", name=SUED, represented_by="Ida Stern", function="Vorstand"))
    return agreement_id


def actor(database: Database, name: str) -> int:
    with database.read() as session:
        return session.query(Actor).filter_by(name=name).one().id


def moving(
    database: Database, *, joining: tuple[str, ...] = (SUED,), leaving: tuple[str, ...] = (NORD,)
) -> AmendmentInput:
    return AmendmentInput(
        title="Partner",
        effective_from=FROM,
        joining=tuple(PartyInput(actor(database, name)) for name in joining),
        leaving=tuple(actor(database, name) for name in leaving),
    )


def written(database: Database, agreement_id: int, data: AmendmentInput) -> int:
    with database.write("Nachtrag") as session:
        return amendments.save(session, agreement_id, None, data)


def signed(database: Database, agreement_id: int, data: AmendmentInput) -> int:
    amendment_id = written(database, agreement_id, data)
    with database.read() as session:
        row = amendment_register.row(session, amendment_id)
    for who in row.signatures:
        with database.write("Unterschrift") as session:
            amendment_signing.sign(session, amendment_id, who.party_id, ON)
    return amendment_id


def names(database: Database, agreement_id: int, on: date) -> str:
    with database.read() as session:
        return agreement_terms.partner_names(session, on)[agreement_id]


def test_each_day_has_its_parties(database: Database, agreement: int) -> None:
    signed(database, agreement, moving(database))
    assert names(database, agreement, BEFORE) == f"{NORD}; {DIAK}"
    assert names(database, agreement, FROM) == f"{DIAK}; {SUED}"
    nord, sued = actor(database, NORD), actor(database, SUED)
    with database.read() as session:
        for day, there, not_there in ((BEFORE, nord, sued), (FROM, sued, nord)):
            detail = agreement_register.detail(session, agreement, day)
            (line, *_) = goals.rows(session, day, agreement)
            letters = recipients.of_agreement(session, agreement, day)
            declared = recipients.representatives(session, agreement, day)
            (listed,) = current_state(session, on=day).records["Vereinbarungen"]
            of_actor = [
                len(agreement_register.rows(session, day, AgreementFilter(actor_id=one)))
                for one in (there, not_there)
            ]
            seen = [
                {party.actor_id for party in agreements.load(session, agreement, day).parties},
                {party.actor_id for party in detail.parties},
                {one for one, _ in line.agreement.actors},
                {one.actor_id for one in letters},
                {one.actor_id for one in declared},
                set(agreement_register.actors_by_agreement(session, day)[agreement]),
            ]
            assert of_actor == [1, 0]
            assert listed.values["Träger"] == {FROM: ("DIAK", "SUED"), BEFORE: ("TNORD", "DIAK")}[day]
            assert all(there in one and not_there not in one for one in seen)


def test_all_sign_who_are_concerned_and_the_agreement_keeps_its_own_signatures(
    database: Database, agreement: int
) -> None:
    amendment_id = written(database, agreement, moving(database))
    with database.read() as session:
        row = amendment_register.row(session, amendment_id)
    assert [who.name for who in row.signatures][1:] == [NORD, DIAK, SUED]
    assert row.signatures[-1].people == ("Ida Stern, Vorstand",)
    (change,) = row.changes
    assert (change.what, change.before, change.after) == ("Partner", f"{NORD}\n{DIAK}", f"{DIAK}\n{SUED}")
    for who in row.signatures[:-1]:
        with database.write("Unterschrift") as session:
            assert not amendment_signing.sign(session, amendment_id, who.party_id, ON)
    assert names(database, agreement, FROM) == f"{NORD}; {DIAK}"
    with database.write("Unterschrift") as session:
        assert amendment_signing.sign(session, amendment_id, row.signatures[-1].party_id, ON)
        own = [who.name for who in signatories.rows(session, agreement)][1:]
        after = amendment_register.row(session, amendment_id)
    assert own == [NORD, DIAK]
    assert after.changes == row.changes
    assert [who.name for who in after.signatures] == [who.name for who in row.signatures]
    database.undo()
    assert names(database, agreement, FROM) == f"{NORD}; {DIAK}"
    database.redo()
    assert names(database, agreement, FROM) == f"{DIAK}; {SUED}"


def test_a_draft_changes_nobody_and_takes_its_own_along(database: Database, agreement: int) -> None:
    amendment_id = written(database, agreement, moving(database))
    with database.write("Notiz") as session:  # the form knows nothing of who joins later
        data = agreements.load(session, agreement, FROM)
        assert len(data.parties) == 2
        agreements.save(session, agreement, replace(data, notes="Besuch"), FROM)
        assert amendments.load(session, amendment_id) == replace(
            moving(database), end=date(2026, 12, 31), **_held(data)
        )
    with database.write("weniger") as session:
        amendments.save(session, agreement, amendment_id, moving(database, joining=(), leaving=(DIAK,)))
        assert session.query(Party).count() == 2
        assert [party.actor_id for party in session.query(Party).filter_by(leaves_with=amendment_id)] == [
            actor(database, DIAK)
        ]
    with database.write("gelöscht") as session:
        amendments.save(session, agreement, amendment_id, moving(database))
        amendments.remove(session, amendment_id)
    with database.read() as session:
        assert [(party.joins_with, party.leaves_with) for party in session.query(Party)] == [(None, None)] * 2


def _held(data: agreements.AgreementInput) -> dict[str, object]:
    same = ("minimum_until", "renewal_months", "notice", "notice_unit", "notice_effect", "amount_cents")
    return {name: getattr(data, name) for name in same}


def test_the_record_explains_the_difference_to_what_was_signed(database: Database, agreement: int) -> None:
    signed(database, agreement, moving(database))
    with database.write("Notiz") as session:
        data = agreements.load(session, agreement)
        assert data.stage is Stage.AMENDED
        agreements.save(session, agreement, replace(data, notes="Besuch"))
        found = deviations.load(session, agreement)
    assert found.comparable
    assert found.unexplained == 0
    assert {(one.what, one.proofs) for one in found.differences} == {
        ("Partner", (f"Nachtrag 1 vom {ON:%d.%m.%Y}",))
    }
    with pytest.raises(Invalid, match="vereinbart"), database.write("Partner") as session:
        agreements.save(session, agreement, replace(data, parties=data.parties[:1]))
    with pytest.raises(Invalid, match="ausgeschieden"), database.write("Partner") as session:
        again = (*data.parties, PartyInput(actor(database, NORD)))
        corrections.correct(
            session, agreement, "x", ON, agreements.save, agreement, replace(data, parties=again)
        )


@pytest.mark.parametrize(
    ("joining", "leaving", "sentence"),
    [
        ((NORD,), (), f"{NORD} ist hier schon Träger"),
        ((SUED, SUED), (), "zweimal"),
        ((), (NORD, DIAK), "Wenigstens ein Träger bleibt"),
    ],
)
def test_what_cannot_be(
    database: Database, agreement: int, joining: tuple[str, ...], leaving: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        written(database, agreement, moving(database, joining=joining, leaving=leaving))


def test_nobody_leaves_twice_or_comes_back(database: Database, agreement: int) -> None:
    signed(database, agreement, moving(database))
    later = date(2026, 6, 1)
    with pytest.raises(Invalid, match="schon durch einen anderen Nachtrag"):
        written(database, agreement, replace(moving(database, joining=()), effective_from=later))
    with pytest.raises(Invalid, match="war oder wird"):
        written(
            database,
            agreement,
            replace(moving(database, joining=(NORD,), leaving=()), effective_from=later),
        )


def test_who_joins_later_leaves_later(database: Database, agreement: int) -> None:
    """An amendment may act before the one that was signed first."""
    later = date(2026, 6, 1)
    signed(database, agreement, replace(moving(database, leaving=()), effective_from=later))
    with pytest.raises(Invalid, match=f"{SUED} ist an dem Tag, ab dem der Nachtrag gilt, nicht Träger"):
        written(database, agreement, moving(database, joining=(), leaving=(SUED,)))
    at_once = replace(moving(database, joining=(), leaving=(SUED,)), effective_from=later)
    signed(database, agreement, at_once)
    for day in (BEFORE, FROM, later):
        assert names(database, agreement, day) == f"{NORD}; {DIAK}"


def test_on_no_day_is_nobody_left(database: Database, agreement: int) -> None:
    later = date(2026, 6, 1)
    signed(database, agreement, replace(moving(database, joining=()), effective_from=later))
    with pytest.raises(Invalid, match="Wenigstens ein Träger bleibt"):
        written(database, agreement, moving(database, joining=(), leaving=(DIAK,)))
    signed(database, agreement, moving(database, leaving=(DIAK,)))
    assert [names(database, agreement, day) for day in (FROM, later)] == [f"{NORD}; {SUED}", SUED]


def test_an_amendment_stays_signed_by_those_who_did(database: Database, agreement: int) -> None:
    """Another one that acts earlier moves who is party on its day."""
    later = date(2026, 6, 1)
    first = AmendmentInput(title="Text", text="Mehr Werbung", effective_from=later)
    first_id = signed(database, agreement, first)
    signed(database, agreement, moving(database))
    with database.read() as session:
        row = amendment_register.row(session, first_id)
        paper = load_amendment(session, first_id, later)
    assert [who.name for who in row.signatures][1:] == [NORD, DIAK]
    assert all(who.signed_on == ON for who in row.signatures)
    assert [party.name for party in paper.agreement.parties] == [NORD, DIAK]


def test_what_was_printed_names_who_represents_those_that_join(database: Database, agreement: int) -> None:
    data = moving(database)
    (sued,) = data.joining
    amendment_id = written(database, agreement, data)
    with database.read() as session:
        before = amendments.said(session, amendment_id)
    with database.write("Vertretung") as session:
        changed = replace(data, joining=(replace(sued, represented_by="Ole Stern"),))
        amendments.save(session, agreement, amendment_id, changed)
        assert amendments.said(session, amendment_id) != before


def test_no_signature_is_taken_back_once_an_amendment_is_signed(database: Database, agreement: int) -> None:
    signed(database, agreement, moving(database))
    with database.read() as session:
        party = signatories.rows(session, agreement)[1].party_id
    with pytest.raises(UserError, match="Nachtrag unterzeichnet"), database.write("falsch") as session:
        corrections.correct(session, agreement, "x", ON, signatures.withdraw, agreement, party, ON)


def test_the_history_says_by_which_amendment(database: Database, agreement: int) -> None:
    written(database, agreement, moving(database))
    with database.read() as session:
        drafted, *_ = agreement_history(session, agreement)
    assert set(drafted.lines) >= {
        f"Partner {SUED} durch Nachtrag 1 hinzugefügt",
        f"Partner {NORD}, Scheidet aus durch: leer → Nachtrag 1",
    }


def test_the_successor_and_the_matrix_have_the_parties_of_their_day(
    database: Database, agreement: int
) -> None:
    with database.write("Quartier") as session:
        quarter = Quarter(short="Q", name="Quartier")
        session.add(quarter)
        session.flush()
        quarter_id = quarter.id
        agreements.save(
            session, agreement, replace(agreements.load(session, agreement), quarter_id=quarter_id)
        )
    signed(database, agreement, moving(database))
    with database.write("Folge") as session:
        seen = {
            day: [
                (row.name, row.cells[agreement].role)
                for row in cooperation.partners(session, quarter_id, By.AGREEMENT, day).rows
            ]
            for day in (BEFORE, FROM)
        }
        after = successors.create(session, agreement, FROM)
        copied = agreements.load(session, after)
    assert seen == {
        BEFORE: [(DIAK, Role.PARTNER), (NORD, Role.MAIN)],
        FROM: [(DIAK, Role.MAIN), (SUED, Role.PARTNER)],
    }
    assert [party.actor_id for party in copied.parties] == [actor(database, name) for name in (DIAK, SUED)]


def test_an_actor_counts_where_it_is_party_today(database: Database, agreement: int) -> None:
    """The count beside an actor is that of the register filtered by it."""

    def counts() -> dict[str, tuple[int, int]]:
        with database.read() as session:
            return {row.name: (row.agreements, row.quarters) for row in actors.rows(session)}

    with database.write("Quartier") as session:
        session.add(quarter := Quarter(short="Q", name="Quartier"))
        session.flush()
        quarter_id = quarter.id
        data = replace(agreements.load(session, agreement), quarter_id=quarter_id)
        agreements.save(session, agreement, data)
    written(database, agreement, replace(moving(database, leaving=()), title=""))
    assert counts() == {NORD: (1, 1), DIAK: (1, 1), SUED: (0, 0)}
    with database.write("weg") as session:
        amendments.remove(session, amendment_register.rows(session, agreement)[0].id)
    signed(database, agreement, moving(database))
    assert counts() == {NORD: (0, 0), DIAK: (1, 1), SUED: (1, 1)}
    with database.read() as session:
        assert [row.name for row in quarters.actors(session, quarter_id)] == [DIAK, SUED]
        assert {row.actors for row in quarters.rows(session, 2026)} == {2}
