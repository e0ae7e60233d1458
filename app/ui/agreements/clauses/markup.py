"""The editor of a clause: text with the markup of papers, and with placeholders and tables to put in."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextDocument

from app.domain.agreements.clauses import ClauseTable, text_problems, unknown_placeholders
from app.ui.agreements.clauses.placeholders import PlaceholderPicker, choices
from app.ui.kit.actions import bind, with_keys
from app.ui.kit.menu import Entry, opens_menu
from app.ui.kit.tokens import tokens
from app.ui.papers.marked import Highlighter, MarkedEditor, tool


class ClauseHighlighter(Highlighter):
    """Placeholders in colour too, those that stand for nothing underlined in waves."""

    def __init__(self, document: QTextDocument, palette: Callable[[], QPalette]) -> None:
        super().__init__(document)
        self._palette = palette
        self.keys: frozenset[str] = frozenset()

    def highlightBlock(self, text: str) -> None:
        super().highlightBlock(text)
        colours = tokens(self._palette())

        def placeholder(found: str) -> QTextCharFormat:
            look = QTextCharFormat()
            wrong = bool(unknown_placeholders(found, self.keys))
            look.setForeground(QColor(colours.danger if wrong else colours.accent))
            if wrong:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(QColor(colours.danger))
            return look

        self.mark(r"\{[^{}]+\}", text, placeholder)


class MarkupEditor(MarkedEditor):
    """Text with the markup of clauses. `values` and `titles`: what the placeholders say, and the clauses."""

    picker_opened = Signal(object)  # the dialog

    def __init__(self, values: Mapping[str, str | None], titles: Mapping[str, str]) -> None:
        self._values, self._titles = values, titles
        super().__init__(lines=16, grows=True)
        bind(self.edit, "clause.placeholder", self.pick)
        tables = [
            Entry(f"Tabelle der {table}", partial(self.insert_table, table), "table") for table in ClauseTable
        ]
        keys = with_keys("Platzhalter einfügen", "clause.placeholder")
        for more in (
            opens_menu(tool("Tabelle", "table"), tables),
            tool("Platzhalter", "tag", self.pick, keys),
        ):
            self.tools.insertWidget(self.tools.count() - 1, more)

    def make_highlighter(self) -> ClauseHighlighter:
        made = ClauseHighlighter(self.edit.document(), self.edit.palette)
        made.keys = frozenset(self._titles)
        return made

    # ---- what can be put in ----

    def problems(self) -> list[str]:
        """What would not print as it is meant."""
        return text_problems(self.edit.toPlainText(), self._titles.keys())

    def set_values(self, values: Mapping[str, str | None]) -> None:
        """What the placeholders say in another agreement."""
        self._values = values

    def insert_table(self, table: ClauseTable) -> None:
        """A table stands alone, between empty lines."""
        cursor = self.edit.textCursor()
        text, at = self.edit.toPlainText(), cursor.position()
        before, after = text[:at], text[at:]
        above = "" if not before.strip() else "\n" * (2 - min(2, len(before) - len(before.rstrip("\n"))))
        below = "" if not after.strip() else "\n" * (2 - min(2, len(after) - len(after.lstrip("\n"))))
        cursor.insertText(f"{above}{{Tabelle: {table}}}{below}")
        self.edit.setFocus()

    def insert_placeholder(self, name: str) -> None:
        """Where the cursor stands, or instead of what is chosen."""
        if name.startswith("Tabelle: "):
            self.insert_table(ClauseTable(name.removeprefix("Tabelle: ")))
            return
        self.edit.textCursor().insertText(f"{{{name}}}")
        self.edit.setFocus()

    def pick(self) -> None:
        """Choose a placeholder from the list."""
        offered = choices(self._values, self._titles)
        dialog = PlaceholderPicker(offered, self.insert_placeholder, self.window())
        dialog.open()
        self.picker_opened.emit(dialog)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self.highlighter.rehighlight()
        return super().eventFilter(watched, event)
