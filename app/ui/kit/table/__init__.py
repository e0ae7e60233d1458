"""Tables: columns are declared, everything else (sort, filter, copy, export, keyboard) comes with them."""

from app.ui.kit.table.columns import Column, Kind
from app.ui.kit.table.menus import one
from app.ui.kit.table.model import TableModel
from app.ui.kit.table.table import RowAction, Table
from app.ui.kit.widgets.figures import Bar, OldNew, Pill, Track

__all__ = ["Bar", "Column", "Kind", "OldNew", "Pill", "RowAction", "Table", "TableModel", "Track", "one"]
