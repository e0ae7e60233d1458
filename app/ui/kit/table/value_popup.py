"""The filter below the title of a column: check boxes for its values, a search among them, bounds for figures."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLineEdit, QTreeView, QWidget

from app.ui.kit.layout import STRETCH, column, grow, row
from app.ui.kit.table.columns import Kind
from app.ui.kit.table.conditions import COMPARED
from app.ui.kit.table.model import TableModel
from app.ui.kit.table.value_filter import ValueFilter
from app.ui.kit.table.value_list import ValueList
from app.ui.kit.widgets.text import button, label, say, search_field

SIZE = QSize(330, 400)
_BOUNDS = {Kind.AMOUNT: "0,00", Kind.NUMBER: "0", Kind.DATE: "TT.MM.JJJJ"}


class ValuePopup(QFrame):
    """Filters one column of a table by what is chosen here; Enter applies it, Esc leaves everything as it was."""

    def __init__(self, model: TableModel, place: int, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self._model, self._place = model, place
        declared = model.columns[place]
        self.setAccessibleName(f"Filter für {declared.title}")
        now = model.value_filters.get(place, ValueFilter())
        self.values = ValueList(model.values(place), declared.kind, now.values)
        self.search = search_field("Werte suchen …", f"Werte von {declared.title} suchen")
        self.list = self._make_list()
        self.least, self.most = self._bound("von", now.least), self._bound("bis", now.most)
        self.problem = label("", "error", wrap=True)
        self.apply_button = button("Anwenden", self.apply, role="primary")
        self.clear_button = button("Filter aufheben", self.clear, role="quiet")
        self.clear_button.setEnabled(now.active)
        bounds = (self.least, self.most) if declared.kind in COMPARED else ()
        column(
            label(declared.title, "strong"),
            row(*(grow(one) for one in bounds), spacing=8) if bounds else None,
            self.search,
            grow(self.list),
            self.problem,
            row(self.clear_button, STRETCH, self.apply_button),
            on=self,
            spacing=8,
            margins=12,
        )
        say(self.problem, "")
        self.search.textChanged.connect(self.values.search)
        self.values.checked_changed.connect(self._show_state)
        for field in (self.search, self.list, *bounds):
            field.installEventFilter(self)
        self._show_state()

    def show_below(self, corner: QPoint) -> None:
        """Show it with its upper left corner here, or where the screen has room for it."""
        screen = self.screen().availableGeometry()
        scale = self.fontMetrics().height() / 17
        self.resize((SIZE * max(scale, 1)).boundedTo(screen.size()))
        left = max(screen.left(), min(corner.x(), screen.right() - self.width()))
        top = max(screen.top(), min(corner.y(), screen.bottom() - self.height()))
        self.move(left, top)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def apply(self) -> None:
        """Show only the rows that have what is checked and lie between the bounds."""
        values = self.values.chosen if self.values.restricts else None
        bounds = (self.least.text().strip(), self.most.text().strip())
        try:
            self._model.set_value_filter(self._place, ValueFilter(values, *bounds))
        except ValueError as error:
            say(self.problem, str(error))
            return
        self.close()

    def clear(self) -> None:
        """Show every value again."""
        self._model.set_value_filter(self._place, ValueFilter())
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.apply_button.isEnabled():
                    self.apply()
                return True
            if key == Qt.Key.Key_Down and watched is self.search:
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.list.setCurrentIndex(self.values.index(0, 0))
                return True
            if key == Qt.Key.Key_Space and watched is self.list and self.list.currentIndex().isValid():
                self.values.toggle(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def _show_state(self) -> None:
        self.apply_button.setEnabled(bool(self.values.chosen))

    def _make_list(self) -> QTreeView:
        made = QTreeView()
        made.setModel(self.values)
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setHeaderHidden(True)
        made.setTabKeyNavigation(False)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setAccessibleName("Werte")
        made.header().setStretchLastSection(False)
        made.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        made.header().resizeSection(1, made.fontMetrics().horizontalAdvance("100.000") + 16)
        made.clicked.connect(lambda index: self.values.toggle(index.row()))
        return made

    def _bound(self, word: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setPlaceholderText(f"{word} {_BOUNDS.get(self._model.columns[self._place].kind, '')}")
        made.setAccessibleName(f"{self._model.columns[self._place].title} {word}")
        made.setClearButtonEnabled(True)
        return made
