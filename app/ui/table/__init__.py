"""Tables: columns are declared, everything else (sort, filter, copy, export, keyboard) comes with them."""

from app.ui.table.columns import Column, Kind
from app.ui.table.menus import RowAction
from app.ui.table.model import TableModel
from app.ui.table.table import Table
from app.ui.widgets.figures import Bar, OldNew, Pill, Track

__all__ = ["Bar", "Column", "Kind", "OldNew", "Pill", "RowAction", "Table", "TableModel", "Track"]
