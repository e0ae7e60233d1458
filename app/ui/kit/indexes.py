"""Qt's words for the places of a model, short: for models, views and delegates of lists and tables."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""A cell of a model, as Qt hands it to methods that are overridden."""
NOWHERE = QModelIndex()
"""No cell: the parent of all rows in a model that is no tree."""
Role = Qt.ItemDataRole
