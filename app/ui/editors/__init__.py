"""Fields of forms: each shows one value, reads it back, and says in German what is wrong with it."""

from app.ui.editors.base import Editor
from app.ui.editors.choices import CheckEditor, ChoiceEditor, Option, RecordEditor, words_of
from app.ui.editors.dates import DateEditor
from app.ui.editors.numbers import AmountEditor, DecimalEditor, WholeEditor
from app.ui.editors.rows import RowColumn, RowsEditor
from app.ui.editors.tags import TagsEditor
from app.ui.editors.text import MultilineEditor, SuggestEditor, TextEditor

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
    "words_of",
]
