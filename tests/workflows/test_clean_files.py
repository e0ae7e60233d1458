"""Signs that no format can hold, in a database from before they were cleaned on entry, reach no file."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader

from app.domain.agreements.agreements import AgreementKind, GoalState, Stage
from app.reports.agreements.pdf import agreement_pdf
from app.reports.agreements.word import agreement_docx
from app.reports.word_text import WordComment
from app.services.office import OfficeInput
from app.services.office import save as save_office
from app.workflows.agreements.print_agreement import load_paper
from app.workflows.deadlines.calendar import export_calendar
from app.workflows.export_table import SheetColumn, workbook
from app.workflows.master_data.master_data import export as export_master
from db.connection import connect
from db.database import Database
from db.models import Actor, Agreement, Goal, Party
from tests import ics

DIRTY = "Tre\u200bff\x00\x0b\ufffe"
UNSEEN = ("\u200b", "\x00", "\x0b", "\ufffe", "_x000")


@pytest.fixture
def old(database: Database) -> Database:
    """Its rows are made dirty behind the back of the program, as an older one left them."""
    with database.write("x") as session:
        save_office(session, OfficeInput(name="Büro", authority="Stadt"))
        session.add(Actor(id=1, short="A", name="AWO"))
        session.flush()
        session.add(
            Agreement(
                id=1, number="ZV-1", kind=AgreementKind.TARGET, title="T", stage=Stage.IN_FORCE,
                begin=date(2026, 1, 1),
            )
        )  # fmt: skip
        session.flush()
        session.add(Party(agreement_id=1, actor_id=1, position=1))
        session.add(
            Goal(id=1, agreement_id=1, nr="1", title="Z", due=date(2026, 9, 30), state=GoalState.OPEN)
        )
    connection = connect(database.path, writes=True)
    for table, column in (("agreement", "title"), ("actor", "name"), ("goal", "title")):
        connection.execute(f"UPDATE {table} SET {column} = ?", (DIRTY,))
    connection.commit()
    connection.close()
    return database


def said(content: bytes) -> str:
    """All XML of an office file."""
    with ZipFile(BytesIO(content)) as archive:
        return " ".join(
            archive.read(name).decode("utf-8")
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        )


def test_no_file_holds_them(old: Database, tmp_path: Path) -> None:
    with old.read() as session:
        paper = load_paper(session, 1, date(2026, 7, 1))
    comment = WordComment(date(2026, 7, 1), DIRTY, DIRTY)
    export_master(old, tmp_path / "stamm.xlsx")
    export_calendar(old, tmp_path / "fristen.ics", date(2026, 7, 1))
    word = agreement_docx(paper, {0: [comment]})
    table = workbook(DIRTY, [SheetColumn(DIRTY, "text")], [[DIRTY]])
    texts = {
        "pdf": " ".join(page.extract_text() for page in PdfReader(BytesIO(agreement_pdf(paper))).pages),
        "docx": said(word),
        "stamm": said((tmp_path / "stamm.xlsx").read_bytes()),
        "liste": said(table),
        "ics": (tmp_path / "fristen.ics").read_bytes().decode("utf-8"),
    }
    ics.read((tmp_path / "fristen.ics").read_bytes())
    Document(BytesIO(word))
    for format_, text in texts.items():
        assert "Treff" in text, format_
        assert not [sign for sign in UNSEEN if sign in text], format_
