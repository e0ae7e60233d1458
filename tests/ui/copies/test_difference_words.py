"""What differs between two states is told in words, whatever the column."""

from app.ui.copies.difference_words import title
from db.table_words import called
from db.triggers import logged_tables


def test_every_table_and_column_has_a_word() -> None:
    named = [
        (table.name, column.name)
        for table in logged_tables()
        for column in table.columns
        if column.name != "id"
    ]
    assert [(table, column) for table, column in named if title(table, column) == column] == []
    assert [table for table, _ in named if called(table) == table] == []
