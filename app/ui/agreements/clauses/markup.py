"""The editor of a clause: plain text with its markup, offered by buttons and keys and shown in colour."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeySequence,
    QPalette,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.agreements.clauses import ClauseTable, text_problems, unknown_placeholders
from app.ui.agreements.clauses.placeholders import PlaceholderPicker, choices
from app.ui.kit import icons
from app.ui.kit.actions import key_text, spec
from app.ui.kit.editors import Editor
from app.ui.kit.tokens import tokens
from app.ui.kit.widgets.text import button


class Highlighter(QSyntaxHighlighter):
    """Placeholders in colour, those that stand for nothing underlined in waves, bold words bold."""

    def __init__(self, document: QTextDocument, palette: Callable[[], QPalette]) -> None:
        super().__init__(document)
        self._palette = palette
        self.keys: frozenset[str] = frozenset()

    def highlightBlock(self, text: str) -> None:
        colours = tokens(self._palette())
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        self._mark(r"\*\*.+?\*\*", text, lambda _found: bold)

        def placeholder(found: str) -> QTextCharFormat:
            look = QTextCharFormat()
            wrong = bool(unknown_placeholders(found, self.keys))
            look.setForeground(QColor(colours.danger if wrong else colours.accent))
            if wrong:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(QColor(colours.danger))
            return look

        self._mark(r"\{[^{}]+\}", text, placeholder)

    def _mark(self, pattern: str, text: str, look: Callable[[str], QTextCharFormat]) -> None:
        matches = QRegularExpression(pattern).globalMatch(text)
        while matches.hasNext():
            found = matches.next()
            self.setFormat(found.capturedStart(), found.capturedLength(), look(found.captured()))


class MarkupEditor(Editor):
    """Text with the markup of clauses. `values` and `titles`: what the placeholders say, and the clauses."""

    picker_opened = Signal(object)  # the dialog

    def __init__(self, values: Mapping[str, str | None], titles: Mapping[str, str]) -> None:
        self.edit = QPlainTextEdit()
        super().__init__(self.edit)
        self._values, self._titles = values, titles
        self.edit.setMinimumHeight(300)
        self.edit.setTabChangesFocus(True)
        self.highlighter = Highlighter(self.edit.document(), self.edit.palette)
        self.highlighter.keys = frozenset(titles)
        self._last = ""
        self.edit.textChanged.connect(self._text_changed)
        self.edit.installEventFilter(self)
        for action, call in (
            ("clause.bold", self.make_bold),
            ("clause.list", self.make_list),
            ("clause.placeholder", self.pick),
        ):
            keys = QShortcut(QKeySequence(spec(action).keys[0]), self.edit)
            keys.setContext(Qt.ShortcutContext.WidgetShortcut)
            keys.activated.connect(call)
        self._lay_out()

    # ---- as every editor ----

    def value(self) -> Any:
        return self.edit.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        self.edit.blockSignals(True)
        self.edit.setPlainText(value or "")
        self._last = self.edit.toPlainText()
        self.edit.blockSignals(False)

    def state(self) -> object:
        return self.edit.toPlainText().strip()

    def set_read_only(self, read_only: bool) -> None:
        self.edit.setReadOnly(read_only)

    def _text_changed(self) -> None:
        """Colouring words is told as a change as well; it is none."""
        text = self.edit.toPlainText()
        if text != self._last:
            self._last = text
            self.changed.emit()

    # ---- what can be put in ----

    def problems(self) -> list[str]:
        """What would not print as it is meant."""
        return text_problems(self.edit.toPlainText(), self._titles.keys())

    def set_values(self, values: Mapping[str, str | None]) -> None:
        """What the placeholders say in another agreement."""
        self._values = values

    def make_bold(self) -> None:
        """Stars around the chosen words, or without them if they have some."""
        cursor = self.edit.textCursor()
        words = cursor.selectedText()
        if words.startswith("**") and words.endswith("**") and len(words) > 4:
            cursor.insertText(words[2:-2])
        else:
            cursor.insertText(f"**{words or 'Wort'}**")
            back = 2 if words else 6
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, back)
            if not words:
                cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 4)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def make_list(self) -> None:
        """The chosen lines become points of a list, or lines again."""
        cursor = self.edit.textCursor()
        document = self.edit.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        lines = range(first, last + 1)
        listed = all(document.findBlockByNumber(line).text().startswith("- ") for line in lines)
        cursor.beginEditBlock()
        for line in lines:
            at = QTextCursor(document.findBlockByNumber(line))
            if listed:
                at.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 2)
                at.removeSelectedText()
            elif not at.block().text().startswith("- "):
                at.insertText("- ")
        cursor.endEditBlock()
        self.edit.setFocus()

    def insert_table(self, table: ClauseTable) -> None:
        """A table stands alone, between empty lines."""
        cursor = self.edit.textCursor()
        before, after = (
            self.edit.toPlainText()[: cursor.position()],
            self.edit.toPlainText()[cursor.position() :],
        )
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
        if event.type() == QEvent.Type.FocusOut:
            self.finished.emit()
        if event.type() == QEvent.Type.PaletteChange:
            self.highlighter.rehighlight()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tables = button("Tabelle", icon="table", role="quiet")
        menu = QMenu(tables)
        for table in ClauseTable:
            action = menu.addAction(icons.icon("table"), f"Tabelle der {table}")
            action.triggered.connect(lambda _checked=False, table=table: self.insert_table(table))
        tables.setMenu(menu)
        tables.setProperty("menu", True)
        for words, icon, call, action_id in (
            ("Fett", "bold", self.make_bold, "clause.bold"),
            ("Liste", "list", self.make_list, "clause.list"),
        ):
            made = button(words, call, icon=icon, role="quiet")
            made.setToolTip(f"{words} ({key_text(spec(action_id).keys[0])})")
            tools.addWidget(made)
        tools.addWidget(tables)
        picker = button("Platzhalter", self.pick, icon="tag", role="quiet")
        picker.setToolTip(f"Platzhalter einfügen ({key_text(spec('clause.placeholder').keys[0])})")
        tools.addWidget(picker)
        tools.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(tools)
        column.addWidget(self.inner, 1)
        box = QWidget()
        box.setLayout(column)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(box)
