"""Every column of text is declared: as one that may name people, or as one that never does."""

from sqlalchemy import Enum, String
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.privacy.personal_data import BY_NAME, LOG, TABLES, WITHOUT_PEOPLE
from db.models import Model


def texts() -> set[tuple[str, str]]:
    """All columns of text but words of closed lists and figures kept as text."""
    return {
        (table.name, column.name)
        for table in Model.metadata.tables.values()
        for column in table.columns
        if isinstance(getattr(column.type, "impl", column.type), String)
        and not isinstance(column.type, Enum)
        and type(column.type).__name__ != "DecimalText"
    }


def test_no_column_of_text_is_in_no_list() -> None:
    declared = {(entry.table, column) for entry in TABLES for column in entry.columns}
    without = {(table, column) for table, columns in WITHOUT_PEOPLE.items() for column in columns}
    log = {(table, column) for table, columns in LOG.items() for column in columns}
    assert texts() - declared - without - log == set(), "Bitte in personal_data.py eintragen"
    assert (declared | without | log) - texts() == set(), "gibt es nicht mehr"
    assert declared & without == set()


def test_what_is_kept_is_one_of_the_columns() -> None:
    assert all(set(entry.kept) <= set(entry.columns) for entry in TABLES)
    assert len(BY_NAME) == len(TABLES)


def test_columns_are_attributes_of_their_models() -> None:
    by_table = {mapper.local_table.name: mapper.class_ for mapper in Model.registry.mappers}
    assert all(
        isinstance(getattr(by_table[entry.table], column), InstrumentedAttribute)
        for entry in TABLES
        for column in entry.columns
    )
