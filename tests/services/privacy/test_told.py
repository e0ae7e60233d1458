"""What a person is told of a text that is stored as a structure: its words, and nothing of how it is stored."""

import json

from app.domain.privacy.people import Person
from app.services.privacy import findings
from app.services.privacy.disclosure import told
from db.database import Database
from db.models import Agreement, AgreementDraft
from tests.services.privacy.long_life import FIRST, LAST, MOMENT, NAME, ON, lived

LINE = f"Fliederhof 60\nvertreten durch Frau {NAME}, Vorstand"
DRAFT = json.dumps(
    {"title": "Treff", "parties": [{"title": "Verein", "text": LINE}], "clauses": []}, ensure_ascii=False
)


def test_of_a_structure_its_words_are_told() -> None:
    person = Person(LAST, FIRST)
    assert told(person, DRAFT) == LINE
    assert told(person, f"[Frau {NAME}] rief an") == f"[Frau {NAME}] rief an"
    assert told(person, json.dumps([LINE, LINE])) == LINE
    long = json.dumps({"text": f"{'vorher ' * 200}{NAME}{' nachher' * 200}"})
    assert told(person, long).startswith("…")
    assert "{" not in told(person, long)


def test_a_found_draft_shows_what_stands_on_its_paper(database: Database) -> None:
    contact_id = lived(database)
    with database.write("Entwurf") as session:
        agreement = session.query(Agreement).first()
        assert agreement is not None
        session.add(
            AgreementDraft(
                agreement_id=agreement.id, number=90, made_at=MOMENT, title="Entwurf", content=DRAFT
            )
        )
    with database.read() as session:
        person = findings.person_of(session, contact_id)
        [draft] = [
            one for one in findings.find(session, person, ON, contact_id) if one.table == "agreement_draft"
        ]
    assert f"Inhalt: Fliederhof 60 vertreten durch Frau {NAME}, Vorstand" in draft.excerpt
