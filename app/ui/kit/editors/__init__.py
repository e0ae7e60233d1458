"""Fields of forms: each shows one value, reads it back, and says in German what is wrong with it."""

from app.ui.kit.editors.base import Editor
from app.ui.kit.editors.choices import CheckEditor, ChoiceEditor, Option, RecordEditor, words_of
from app.ui.kit.editors.dates import DateEditor
from app.ui.kit.editors.numbers import AmountEditor, DecimalEditor, WholeEditor
from app.ui.kit.editors.rows import RowColumn, RowsEditor, record_column
from app.ui.kit.editors.tags import TagsEditor
from app.ui.kit.editors.text import MultilineEditor, SuggestEditor, TextEditor

__all__ = [
    "AmountEditor",
    "CheckEditor",
    "ChoiceEditor",
    "DateEditor",
    "DecimalEditor",
    "Editor",
    "MultilineEditor",
    "Option",
    "RecordEditor",
    "RowColumn",
    "RowsEditor",
    "SuggestEditor",
    "TagsEditor",
    "TextEditor",
    "WholeEditor",
    "record_column",
    "words_of",
]
