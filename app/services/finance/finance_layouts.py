"""Finance's own workbooks, kept as layouts: which list goes under which headers of which sheet."""

import hashlib
import json
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import UserError, refuse
from app.services.records import delete, filled, lacking
from db.models import FinanceExport, FinanceLayout


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A column of a sheet (from 0), its header as it stands there, and our field; None: left alone."""

    column: int
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """Which of our lists goes into a sheet, under which header row (from 1). `listed` None: it stays as it is."""

    sheet: str
    listed: str | None
    header_row: int
    columns: tuple[ColumnMapping, ...]

    @property
    def fields(self) -> dict[int, str]:
        """Column -> our field, where there is one."""
        return {one.column: one.field for one in self.columns if one.field}


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """A layout in a list."""

    id: int
    name: str
    file_name: str
    mapping: tuple[SheetMapping, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout with the workbook itself."""

    id: int | None
    name: str
    file_name: str
    content: bytes
    mapping: tuple[SheetMapping, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def rows(session: Session) -> list[LayoutRow]:
    """All layouts by name, without their workbooks."""
    found = session.scalars(select(FinanceLayout).order_by(FinanceLayout.name))
    return [filled(LayoutRow, one, mapping=_read(one.mapping)) for one in found]


def load(session: Session, layout_id: int) -> Layout:
    """A layout with its workbook."""
    stored = session.get_one(FinanceLayout, layout_id)
    return filled(Layout, stored, mapping=_read(stored.mapping))


def named(session: Session, name: str) -> Layout:
    """The layout of that name, whatever its case; raises UserError naming those that are there."""
    wanted = name.strip().casefold()
    found = next((one for one in rows(session) if one.name.casefold() == wanted), None)
    if found is None:
        known = ", ".join(f"„{one.name}“" for one in rows(session))
        advice = f"Vorhanden: {known}." if known else "Es ist noch keine gespeichert."
        raise UserError(f"Eine Vorlage „{name}“ gibt es nicht. {advice}")
    return load(session, found.id)


def last_used(session: Session) -> str | None:
    """The layout of the newest workbook, if it is still there: finance wants the next one like the last one."""
    newest = select(FinanceExport.layout).order_by(FinanceExport.id.desc()).limit(1)
    name = session.scalar(newest)
    return name if name in {one.name for one in rows(session)} else None


def free_name(session: Session, wanted: str) -> str:
    """The name, or with a number behind it where it is taken."""
    taken = {one.name.casefold() for one in rows(session)}
    name, number = wanted, 2
    while name.casefold() in taken:
        name, number = f"{wanted} ({number})", number + 1
    return name


def save(session: Session, layout: Layout) -> int:
    """Keep a new layout, or change name, mapping and workbook of one. Raises Invalid."""
    layout = replace(layout, name=layout.name.strip())
    refuse(_problems(session, layout))
    stored = FinanceLayout() if layout.id is None else session.get_one(FinanceLayout, layout.id)
    stored.name, stored.file_name, stored.mapping = layout.name, layout.file_name, written(layout.mapping)
    if layout.id is None or stored.sha256 != layout.sha256:
        stored.sha256, stored.content = layout.sha256, layout.content
    session.add(stored)
    session.flush()
    return int(stored.id)


def remove(session: Session, *layout_ids: int) -> None:
    """Delete layouts; workbooks made with them stay listed."""
    delete(session, FinanceLayout, *layout_ids)


def written(mapping: tuple[SheetMapping, ...]) -> str:
    """The mapping as it is stored."""
    sheets = [
        {
            "sheet": one.sheet,
            "list": one.listed,
            "header_row": one.header_row,
            "columns": [[column.column, column.header, column.field] for column in one.columns],
        }
        for one in mapping
    ]
    return json.dumps({"sheets": sheets}, ensure_ascii=False)


def _read(text: str) -> tuple[SheetMapping, ...]:
    return tuple(
        SheetMapping(
            one["sheet"],
            one["list"],
            one["header_row"],
            tuple(ColumnMapping(number, header, field) for number, header, field in one["columns"]),
        )
        for one in json.loads(text)["sheets"]
    )


def _problems(session: Session, layout: Layout) -> dict[str, str]:
    problems = lacking(layout, name="Bitte der Vorlage einen Namen geben, zum Beispiel „Kämmerei“.")
    same = select(FinanceLayout.id).where(func.lower(FinanceLayout.name) == layout.name.lower())
    if any(found != layout.id for found in session.scalars(same)):
        problems["name"] = f"Eine Vorlage „{layout.name}“ gibt es schon. Bitte einen anderen Namen wählen."
    if not any(one.listed and one.fields for one in layout.mapping):
        problems["mapping"] = "Bitte mindestens einem Blatt eine Liste und einer Spalte ein Feld zuordnen."
    for one in layout.mapping:
        fields = list(one.fields.values()) if one.listed else []
        twice = next((field for field in fields if fields.count(field) > 1), None)
        if twice:
            problems["mapping"] = (
                f"Im Blatt „{one.sheet}“ ist „{twice}“ mehreren Spalten zugeordnet. Bitte nur einer Spalte zuordnen."
            )
    return problems
