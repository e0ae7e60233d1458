"""Everything that can be done by menu or key, declared as data: built by the window, listed by the sheet of shortcuts.

Keys of the kit (tables, forms, page headers) are declared here as well, so that a test can see that no
two mean different things in the same place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Place(StrEnum):
    """Where an action belongs: a menu of the window, or the part of a page that has the focus."""

    FILE = "Datei"
    EDIT = "Bearbeiten"
    VIEW = "Ansicht"
    HELP = "Hilfe"
    PAGE = "Auf den Seiten"
    TABLE = "In Tabellen"
    FORM = "In Formularen"
    ROWS = "In Listen von Formularen"
    DUE = "In der Übersicht"
    CHECK = "Beim Prüfen eines Imports"
    SETTLEMENT = "Beim Abgleich der Mittelbindungen"
    RULES = "In den Zuordnungsregeln"
    CLAUSES = "In den Klauseln einer Vereinbarung oder Vorlage"
    CLAUSE_TEXT = "Beim Schreiben einer Klausel"
    GOALS = "In den Zielen einer Vereinbarung"


MENUS = (Place.FILE, Place.EDIT, Place.VIEW, Place.HELP)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `keys`: portable key sequences, the first is shown. `gap`: a separator stands before it."""

    id: str
    place: Place
    text: str
    keys: tuple[str, ...] = ()
    gap: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("file.new", Place.FILE, "Neue Datei …", ("Ctrl+Shift+N",)),
    ActionSpec("file.open", Place.FILE, "Öffnen …", ("Ctrl+O",)),
    ActionSpec("file.backup", Place.FILE, "Jetzt sichern …", ("Ctrl+S",), gap=True),
    ActionSpec("file.restore", Place.FILE, "Sicherung wiederherstellen …"),
    ActionSpec("file.template", Place.FILE, "Stammdaten-Vorlage speichern …", gap=True),
    ActionSpec("file.export_master", Place.FILE, "Stammdaten als Excel speichern …"),
    ActionSpec("file.quit", Place.FILE, "Beenden", ("Ctrl+Q",), gap=True),
    ActionSpec("edit.undo", Place.EDIT, "Rückgängig", ("Ctrl+Z",)),
    ActionSpec("edit.redo", Place.EDIT, "Wiederholen", ("Ctrl+Y", "Ctrl+Shift+Z")),
    ActionSpec("view.larger", Place.VIEW, "Text größer", ("Ctrl++", "Ctrl+=")),
    ActionSpec("view.smaller", Place.VIEW, "Text kleiner", ("Ctrl+-",)),
    ActionSpec("view.normal", Place.VIEW, "Text in normaler Größe", ("Ctrl+0",)),
    ActionSpec("help.text", Place.HELP, "Hilfe", ("F1",)),
    ActionSpec("help.keys", Place.HELP, "Tastenkürzel", ("Shift+F1",)),
    ActionSpec("help.about", Place.HELP, "Über Quartiersbüro", gap=True),
    ActionSpec("page.new", Place.PAGE, "Neu anlegen (Hauptaktion der Seite)", ("Ctrl+N",)),
    ActionSpec("page.search", Place.PAGE, "Ins Suchfeld", ("Ctrl+F",)),
    ActionSpec("page.next_tab", Place.PAGE, "Nächster Reiter", ("Ctrl+PgDown",)),
    ActionSpec("page.previous_tab", Place.PAGE, "Voriger Reiter", ("Ctrl+PgUp",)),
    ActionSpec("table.open", Place.TABLE, "Ausgewählten Eintrag öffnen", ("Return",)),
    ActionSpec("table.copy", Place.TABLE, "Auswahl kopieren", ("Ctrl+C",)),
    ActionSpec("table.delete", Place.TABLE, "Ausgewählte löschen", ("Del",)),
    ActionSpec("form.save", Place.FORM, "Speichern und schließen", ("Ctrl+Return",)),
    ActionSpec("form.close", Place.FORM, "Schließen", ("Esc",)),
    ActionSpec("rows.add", Place.ROWS, "Zeile anfügen", ("Ins",)),
    ActionSpec("rows.remove", Place.ROWS, "Zeile entfernen", ("Del",)),
    ActionSpec("rows.up", Place.ROWS, "Zeile nach oben", ("Alt+Up",)),
    ActionSpec("rows.down", Place.ROWS, "Zeile nach unten", ("Alt+Down",)),
    ActionSpec("rows.leave", Place.ROWS, "Liste verlassen", ("Ctrl+Tab",)),
    ActionSpec("due.open", Place.DUE, "Vorgang der Frist öffnen", ("Return",)),
    ActionSpec("due.done", Place.DUE, "Frist als erledigt abhaken", ("E",)),
    ActionSpec("due.snooze", Place.DUE, "Frist zurückstellen", ("Z",)),
    ActionSpec("settle.accept", Place.SETTLEMENT, "Ausgewählte Vorschläge übernehmen", ("Ctrl+Return",)),
    ActionSpec("settle.decline", Place.SETTLEMENT, "Ausgewählte Vorschläge ablehnen", ("Del",)),
    ActionSpec("settle.partial", Place.SETTLEMENT, "Ist eine Teilzahlung", ("T",)),
    ActionSpec("settle.final", Place.SETTLEMENT, "Ist die Schlussrechnung", ("S",)),
    ActionSpec("check.same", Place.CHECK, "Unsichere Zeile: dieselbe Buchung", ("D",)),
    ActionSpec("check.new", Place.CHECK, "Unsichere Zeile: neue Buchung", ("N",)),
    ActionSpec("check.previous", Place.CHECK, "Vorige ähnliche Buchung", ("Left",)),
    ActionSpec("check.next", Place.CHECK, "Nächste ähnliche Buchung", ("Right",)),
    ActionSpec("check.take", Place.CHECK, "Korrektur übernehmen", ("U",)),
    ActionSpec("check.leave", Place.CHECK, "Korrektur nicht übernehmen, alten Stand behalten", ("A",)),
    ActionSpec("check.keep", Place.CHECK, "Entfallene Buchung behalten", ("B",)),
    ActionSpec("check.remove", Place.CHECK, "Entfallene Buchung entfernen", ("E",)),
    ActionSpec("check.open", Place.CHECK, "Entscheidung zurücknehmen", ("Z",)),
    ActionSpec("rules.up", Place.RULES, "Regel nach oben", ("Alt+Up",)),
    ActionSpec("rules.down", Place.RULES, "Regel nach unten", ("Alt+Down",)),
    ActionSpec("rules.toggle", Place.RULES, "Regel ein- oder ausschalten", ("Space",)),
    ActionSpec("clauses.up", Place.CLAUSES, "Klausel nach oben", ("Alt+Up",)),
    ActionSpec("clauses.down", Place.CLAUSES, "Klausel nach unten", ("Alt+Down",)),
    ActionSpec("clauses.leave", Place.CLAUSES, "Klausel weglassen oder aufnehmen", ("Space",)),
    ActionSpec("clause.bold", Place.CLAUSE_TEXT, "Fett", ("Ctrl+B",)),
    ActionSpec("clause.list", Place.CLAUSE_TEXT, "Punkt einer Liste", ("Ctrl+L",)),
    ActionSpec("clause.placeholder", Place.CLAUSE_TEXT, "Platzhalter einfügen", ("Ctrl+Space",)),
    ActionSpec("goals.report", Place.GOALS, "Bericht zum ausgewählten Ziel erfassen", ("Ctrl+B",)),
)

_BY_ID = {declared.id: declared for declared in ACTIONS}


def spec(action_id: str) -> ActionSpec:
    """The declaration of an action; KeyError if there is none."""
    return _BY_ID[action_id]


def key_text(keys: str) -> str:
    """A key sequence as it stands on a German keyboard: "Strg+Umschalt+N"."""
    return QKeySequence(keys, QKeySequence.SequenceFormat.PortableText).toString(
        QKeySequence.SequenceFormat.NativeText
    )


def with_keys(words: str, action_id: str) -> str:
    """A tooltip that names the key: "Nach oben (Alt+Auf)"."""
    return f"{words} ({key_text(spec(action_id).keys[0])})"


def bind(owner: QWidget, action_id: str, call: Callable[[], object]) -> None:
    """The declared key calls `call` while `owner`, or something in it, has the keyboard."""
    for keys in spec(action_id).keys:
        shortcut = QShortcut(QKeySequence(keys), owner, lambda: call())
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)


def build_actions(owner: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """A QAction for each declared action of the menus, wired to its handler; KeyError if one is missing."""
    built: dict[str, QAction] = {}
    for declared in ACTIONS:
        if declared.place not in MENUS:
            continue
        action = QAction(declared.text, owner)
        action.setObjectName(declared.id)
        action.setShortcuts([QKeySequence(key) for key in declared.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        handler = handlers[declared.id]
        action.triggered.connect(lambda _checked=False, call=handler: call())
        built[declared.id] = action
    return built
