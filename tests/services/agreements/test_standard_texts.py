"""Newer standard texts in a file of an older version: offered, taken over when wanted, agreements untouched."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.agreements.agreements import AgreementKind
from app.reports.agreements.text import compose
from app.services.agreements import clauses, standard_texts
from app.services.agreements.standard_texts import EDITION
from app.workflows.agreements.print_agreement import load_paper
from db.database import Database, open_database
from db.models import Agreement
from db.seed import standard_clauses
from tests.paths import VERSIONS

TODAY = date(2026, 12, 2)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Database]:
    path = Path(shutil.copy(VERSIONS / "v3.db", tmp_path / "v3.db"))
    database = open_database(path, writer=True)
    yield database
    database.close()


def papers(database: Database) -> list[str]:
    with database.read() as session:
        found = session.query(Agreement).order_by(Agreement.id).all()
        return [repr(compose(load_paper(session, one.id, TODAY)).clauses) for one in found]


def test_a_new_file_has_them(database: Database) -> None:
    with database.read() as session:
        assert standard_texts.offers(session) == []


def test_an_older_file_gets_them_when_wanted(old: Database) -> None:
    before = papers(old)
    assert before
    with old.read() as session:
        offers = {offer.key: offer for offer in standard_texts.offers(session)}
    assert offers["zv_repayment"].before is None
    assert offers["zv_funding"].before is not None
    assert "kv_preamble" not in offers  # its words stayed
    assert papers(old) == before
    with old.write("x") as session:
        own = next(row for row in clauses.rows(session) if row.key == "zv_final")
        clauses.save(session, own.id, replace(clauses.load(session, own.id), text="Eigene Worte."), TODAY)
        standard_texts.take_all(session, TODAY)
    assert papers(old) == before
    with old.read() as session:
        left = standard_texts.offers(session)
        assert [(offer.key, offer.is_own) for offer in left] == [("zv_final", True)]
        library = {row.id: row for row in clauses.rows(session)}
        for kind in AgreementKind:
            template = clauses.default_template(session, kind)
            assert template is not None
            assert template.number > 1
            taken = [library[key] for key in template.clause_ids]
            assert [row.key for row in taken] == [one.key for one in standard_clauses(kind)]
            assert all("Rechtsamt" in (row.note or "") for row in taken if row.key != "zv_final")
        funding = clauses.versions(session, next(row.id for row in taken if row.key == "kv_funding"))
        assert [(one.number, one.as_of, one.standard_as_of) for one in funding] == [
            (2, TODAY, EDITION),
            (1, date(2026, 11, 24), date(2026, 11, 24)),
        ]


def test_one_clause_alone_and_one_she_gave_up(old: Database) -> None:
    with old.write("x") as session:
        contacts = next(row for row in clauses.rows(session) if row.key == "zv_rooms")
        template = clauses.default_template(session, AgreementKind.TARGET)
        assert template is not None
        data = clauses.load_template(session, template.id)
        rest = tuple(key for key in data.clause_ids if key != contacts.id)
        clauses.save_template(session, template.id, replace(data, clause_ids=rest), TODAY)
        clauses.remove(session, contacts.id, TODAY)
        standard_texts.take(session, {"zv_repayment"}, TODAY)
        keys = {offer.key for offer in standard_texts.offers(session)}
        assert "zv_repayment" not in keys
        assert "zv_rooms" not in keys
        assert "zv_funding" in keys
        names = {row.id: row.key for row in clauses.rows(session)}
        order = [names[key] for key in clauses.load_template(session, template.id).clause_ids]
        assert order[order.index("zv_proof") + 1] == "zv_repayment"
