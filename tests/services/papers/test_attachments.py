"""Files of agreements: what they belong to, names, where the same file lies already."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from app.domain.agreements.agreements import AgreementKind, GoalState
from app.domain.errors import Invalid
from app.services.agreements import agreements
from app.services.agreements.agreements import AgreementInput, GoalInput, PartyInput
from app.services.papers import attachments
from app.services.papers.attachments import Belonging, Description
from db.attachments import Stored
from db.database import Database
from db.models import Actor, Amendment, Goal, GoalReport, Party

AT = datetime(2026, 11, 24, 14, 30)
SCAN = Stored("ab" * 32, 1200, is_new=True)


@pytest.fixture
def agreement(database: Database) -> int:
    with database.write("x") as session:
        actor = Actor(short="AWO", name="AWO Hannover")
        session.add(actor)
        session.flush()
        return agreements.save(
            session,
            None,
            AgreementInput(
                "ZV-2026-01",
                AgreementKind.TARGET,
                "Treff",
                parties=(PartyInput(actor.id),),
                goals=(GoalInput("2", "Mittagstisch"),),
            ),
        )


def test_a_file_says_what_it_belongs_to(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        party = session.scalars(select(Party.id)).one()
        report = GoalReport(
            goal_id=session.scalars(select(Goal.id)).one(), day=date(2026, 11, 2), state=GoalState.RUNNING
        )
        amendment = Amendment(agreement_id=agreement, nr=1, title="Mehr Geld")
        session.add_all((report, amendment))
        session.flush()
        for belongs in (
            Belonging(agreement),
            Belonging(agreement, is_scan=True),
            Belonging(agreement, party_id=party),
            Belonging(agreement, party_id=party, is_scan=True),
            Belonging(agreement, party_id=party, amendment_id=amendment.id, is_scan=True),
            Belonging(agreement, goal_report_id=report.id),
        ):
            attachments.add(session, belongs, "Scan.pdf", SCAN, AT)
        report_id = report.id
    with database.read() as session:
        found = attachments.rows(session, agreement)
        assert [row.about for row in reversed(found)] == [
            "",
            "Unterschriebene Fassung",
            "AWO Hannover",
            "Unterschrift von AWO Hannover",
            "Unterschrift von AWO Hannover, Nachtrag 1",
            "Bericht zu Ziel 2 vom 02.11.2026",
        ]
        assert [row.id for row in attachments.of_report(session, report_id)] == [found[0].id]
        assert (found[0].number, found[0].size, found[0].added_at) == ("ZV-2026-01", 1200, AT)


def test_the_same_content_is_noticed_and_allowed(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        first = attachments.add(session, Belonging(agreement), "Scan.pdf", SCAN, AT)
        second = attachments.add(session, Belonging(agreement), "Kopie.pdf", SCAN, AT)
        attachments.add(session, Belonging(agreement), "anders.pdf", replace(SCAN, sha256="cd" * 32), AT)
        assert [row.id for row in attachments.twins(session, SCAN.sha256, but=second)] == [first]


def test_name_and_note_can_be_changed(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        key = attachments.add(session, Belonging(agreement), "Scan.pdf", SCAN, AT)
        attachments.describe(session, key, Description(" Satzung.pdf ", " unterschrieben "))
        row = attachments.load(session, key)
        assert (row.file_name, row.note) == ("Satzung.pdf", "unterschrieben")
        for bad in ("", "  ", "a/b.pdf", "a:b.pdf", "a\nb.pdf"):
            with pytest.raises(Invalid):
                attachments.describe(session, key, Description(bad))
        assert attachments.load(session, key) == row


def test_removing_is_undone(database: Database, agreement: int) -> None:
    with database.write("x") as session:
        key = attachments.add(session, Belonging(agreement), "Scan.pdf", SCAN, AT)
    with database.write("Scan.pdf entfernt") as session:
        attachments.remove(session, key)
    database.undo()
    with database.read() as session:
        assert [row.id for row in attachments.rows(session, agreement)] == [key]
