"""Prints a planned series: sets all papers, saves them bound or as single files, keeps them with the records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.dates import german
from app.domain.errors import UserError
from app.domain.file_names import dated_pdf, safe_name
from app.reports.papers.bound_papers import bound
from app.services.papers import papers
from app.workflows.agreements.print_agreement import printout
from app.workflows.agreements.print_letters import letter_pdf_of
from app.workflows.agreements.print_yearly_talk import talk_pdf
from app.workflows.file_sets import write_files
from app.workflows.files import write_file
from app.workflows.papers.serial_plan import SerialItem, SerialKind
from db.database import Database

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that is set."""

    item: SerialItem
    pdf: bytes


@dataclass(frozen=True, slots=True)
class SerialResult:
    """What came of it: the files, and how many papers were kept with their records."""

    files: tuple[Path, ...]
    papers: int
    kept: int


def preview(session: Session, item: SerialItem, kind: SerialKind, on: date) -> bytes:
    """One paper of the series as it would be printed on a day."""
    if item.letter is not None:
        return letter_pdf_of(session, item.letter, on, draft=bool(item.lacks))
    assert item.agreement_id is not None
    if kind is SerialKind.TALK_SHEET:
        return talk_pdf(session, item.agreement_id, on)
    return printout(session, item.agreement_id, on).pdf


def set_all(
    database: Database, items: Sequence[SerialItem], kind: SerialKind, on: date, progress: Progress
) -> list[Document]:
    """All papers, in memory only: cancelled in `progress`, nothing has happened."""
    documents = []
    for done, item in enumerate(items):
        progress(done, len(items))
        with database.read() as session:
            documents.append(Document(item, preview(session, item, kind, on)))
    progress(len(items), len(items))
    return documents


def bind(documents: Sequence[Document], kind: SerialKind, on: date, *, new_sheets: bool = False) -> bytes:
    """One PDF of all, a bookmark for each. `new_sheets`: printed on both sides, each begins on its own sheet."""
    title = f"{kind.word} {german(on)}"
    papers_named = [(document.item.title, document.pdf) for document in documents]
    return bound(papers_named, title, new_sheets=new_sheets)


def save_bound(
    database: Database,
    documents: Sequence[Document],
    kind: SerialKind,
    path: Path,
    at: datetime,
    *,
    keep: bool,
    new_sheets: bool = False,
) -> SerialResult:
    """One PDF of all at `path`; with `keep` the letters stay with their agreements. Both or neither.

    Raises OutputError if the file cannot be written.
    """
    pdf = bind(documents, kind, at.date(), new_sheets=new_sheets)
    kept = _with_records(database, documents, kind, at, keep, lambda: write_file(path, pdf))
    return SerialResult((path,), len(documents), kept)


def save_each(
    database: Database,
    documents: Sequence[Document],
    kind: SerialKind,
    folder: Path,
    at: datetime,
    *,
    keep: bool,
    replace_files: bool = False,
) -> SerialResult:
    """A file for each into the folder; with `keep` the letters stay with their agreements. All or nothing.

    Raises UserError where names are taken and may not be replaced, OutputError where nothing can be written.
    """
    contents = {document.item.file_name: document.pdf for document in documents}
    files: list[Path] = []
    kept = _with_records(
        database,
        documents,
        kind,
        at,
        keep,
        lambda: files.extend(write_files(folder, contents, replace=replace_files)),
    )
    return SerialResult(tuple(files), len(documents), kept)


def keep_all(database: Database, documents: Sequence[Document], kind: SerialKind, at: datetime) -> int:
    """Keep the complete letters about agreements exactly as they are printed, outside undo; how many."""
    return _with_records(database, documents, kind, at, True, lambda: None)


def bound_name(kind: SerialKind, on: date) -> str:
    """A name for the one PDF: "Einladungen zum Jahresgespräch 2026-09-28.pdf"."""
    return f"{safe_name(kind.word)} {on:%Y-%m-%d}.pdf"


def _with_records(
    database: Database,
    documents: Sequence[Document],
    kind: SerialKind,
    at: datetime,
    keep: bool,
    write: Callable[[], object],
) -> int:
    """Files are written before the records come to hold, so that a full disk leaves neither."""
    letters = [
        (one, one.item.letter, one.item.agreement_id) for one in documents if keep and not one.item.lacks
    ]
    keeping = [
        (one.pdf, letter, agreement_id)
        for one, letter, agreement_id in letters
        if letter is not None and agreement_id is not None
    ]
    if not keeping:
        write()
        return 0
    with database.write(f"{kind.word}: {len(keeping)} abgelegt", undoable=False) as session:
        for pdf, letter, agreement_id in keeping:
            name = dated_pdf(letter.label, at.date())
            papers.keep(session, agreement_id, name, pdf, at, kind=letter.kind)
        write()
    return len(keeping)


def require_some(items: Sequence[SerialItem]) -> None:
    """Raises UserError where nothing is left to print."""
    if not items:
        raise UserError("Es ist nichts zu drucken. Bitte Unvollständiges ergänzen oder mitdrucken.")
