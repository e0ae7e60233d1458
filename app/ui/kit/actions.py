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


class ActionPlace(StrEnum):
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
    TEXT = "Beim Schreiben eines Textes für das Papier"
    CLAUSE_TEXT = "Beim Schreiben einer Klausel"
    FINDINGS = "In der Liste zu einer Person"
    GOALS = "In den Zielen einer Vereinbarung"


MENUS = (ActionPlace.FILE, ActionPlace.EDIT, ActionPlace.VIEW, ActionPlace.HELP)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `keys`: portable key sequences, the first is shown. `gap`: a separator stands before it."""

    id: str
    place: ActionPlace
    text: str
    keys: tuple[str, ...] = ()
    gap: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("file.new", ActionPlace.FILE, "Datei anlegen …", ("Ctrl+Shift+N",)),
    ActionSpec("file.open", ActionPlace.FILE, "Öffnen …", ("Ctrl+O",)),
    ActionSpec("file.save", ActionPlace.FILE, "Speichern", ("Ctrl+S",), gap=True),
    ActionSpec("file.print", ActionPlace.FILE, "Drucken …", ("Ctrl+P",)),
    ActionSpec("file.backup", ActionPlace.FILE, "Jetzt sichern …", ("Ctrl+Shift+S",), gap=True),
    ActionSpec("file.restore", ActionPlace.FILE, "Sicherung wiederherstellen …"),
    ActionSpec("file.template", ActionPlace.FILE, "Stammdaten-Vorlage speichern …", gap=True),
    ActionSpec("file.export_master", ActionPlace.FILE, "Stammdaten als Excel speichern …"),
    ActionSpec("file.lock", ActionPlace.FILE, "Sperren", ("Ctrl+Shift+L",), gap=True),
    ActionSpec("file.quit", ActionPlace.FILE, "Beenden", ("Ctrl+Q",), gap=True),
    ActionSpec("edit.undo", ActionPlace.EDIT, "Rückgängig", ("Ctrl+Z",)),
    ActionSpec("edit.redo", ActionPlace.EDIT, "Wiederholen", ("Ctrl+Y", "Ctrl+Shift+Z")),
    ActionSpec("edit.steps", ActionPlace.EDIT, "Verlauf …", ("Ctrl+H",)),
    ActionSpec("view.back", ActionPlace.VIEW, "Zurück", ("Alt+Left", "Back")),
    ActionSpec("view.forward", ActionPlace.VIEW, "Vor", ("Alt+Right", "Forward")),
    ActionSpec("view.larger", ActionPlace.VIEW, "Text größer", ("Ctrl++", "Ctrl+="), gap=True),
    ActionSpec("view.smaller", ActionPlace.VIEW, "Text kleiner", ("Ctrl+-",)),
    ActionSpec("view.normal", ActionPlace.VIEW, "Text in normaler Größe", ("Ctrl+0",)),
    ActionSpec("help.text", ActionPlace.HELP, "Hilfe", ("F1",)),
    ActionSpec("help.keys", ActionPlace.HELP, "Tastenkürzel", ("Shift+F1",)),
    ActionSpec("help.about", ActionPlace.HELP, "Über Quartiersbüro", gap=True),
    ActionSpec("page.new", ActionPlace.PAGE, "Anlegen (Hauptaktion der Seite)", ("Ctrl+N",)),
    ActionSpec("page.search", ActionPlace.PAGE, "Ins Suchfeld", ("Ctrl+F",)),
    ActionSpec("page.next_tab", ActionPlace.PAGE, "Nächster Reiter", ("Ctrl+PgDown",)),
    ActionSpec("page.previous_tab", ActionPlace.PAGE, "Voriger Reiter", ("Ctrl+PgUp",)),
    ActionSpec("table.open", ActionPlace.TABLE, "Ausgewählten Eintrag öffnen", ("Return",)),
    ActionSpec("table.copy", ActionPlace.TABLE, "Auswahl kopieren", ("Ctrl+C",)),
    ActionSpec("table.filter", ActionPlace.TABLE, "Nach Werten der Spalte filtern", ("Alt+Down",)),
    ActionSpec("table.delete", ActionPlace.TABLE, "Ausgewählte löschen", ("Del",)),
    ActionSpec(
        "form.end", ActionPlace.FORM, "Hauptknopf drücken: speichern, übernehmen, schließen", ("Ctrl+Return",)
    ),
    ActionSpec("form.close", ActionPlace.FORM, "Schließen", ("Esc",)),
    ActionSpec("rows.add", ActionPlace.ROWS, "Zeile anlegen", ("Ins",)),
    ActionSpec("rows.remove", ActionPlace.ROWS, "Zeile entfernen", ("Del",)),
    ActionSpec("rows.up", ActionPlace.ROWS, "Zeile nach oben", ("Alt+Up",)),
    ActionSpec("rows.down", ActionPlace.ROWS, "Zeile nach unten", ("Alt+Down",)),
    ActionSpec("rows.copy", ActionPlace.ROWS, "Ausgewählte Zellen kopieren", ("Ctrl+C", "Ctrl+Ins")),
    ActionSpec("rows.paste", ActionPlace.ROWS, "Zellen einfügen, auch aus Excel", ("Ctrl+V", "Shift+Ins")),
    ActionSpec("rows.fill", ActionPlace.ROWS, "Nach unten ausfüllen", ("Ctrl+U", "Ctrl+D")),
    ActionSpec("rows.leave", ActionPlace.ROWS, "Liste verlassen", ("Ctrl+Tab",)),
    ActionSpec("due.open", ActionPlace.DUE, "Vorgang der Frist öffnen", ("Return",)),
    ActionSpec("due.done", ActionPlace.DUE, "Frist als erledigt abhaken", ("E",)),
    ActionSpec("due.snooze", ActionPlace.DUE, "Frist zurückstellen", ("Z",)),
    ActionSpec("due.erase", ActionPlace.DUE, "Kontakt nach seinem Löschtag löschen", ("Del",)),
    ActionSpec("findings.toggle", ActionPlace.FINDINGS, "Diese Person ist gemeint oder nicht", ("Space",)),
    ActionSpec(
        "settle.accept", ActionPlace.SETTLEMENT, "Ausgewählte Vorschläge übernehmen", ("Ctrl+Return",)
    ),
    ActionSpec("settle.decline", ActionPlace.SETTLEMENT, "Ausgewählte Vorschläge ablehnen", ("Del",)),
    ActionSpec("settle.partial", ActionPlace.SETTLEMENT, "Ist eine Teilzahlung", ("T",)),
    ActionSpec("settle.final", ActionPlace.SETTLEMENT, "Ist die Schlussrechnung", ("S",)),
    ActionSpec("check.same", ActionPlace.CHECK, "Unsichere Zeile: dieselbe Buchung", ("D",)),
    ActionSpec("check.new", ActionPlace.CHECK, "Unsichere Zeile: neue Buchung", ("N",)),
    ActionSpec("check.previous", ActionPlace.CHECK, "Vorige ähnliche Buchung", ("Left",)),
    ActionSpec("check.next", ActionPlace.CHECK, "Nächste ähnliche Buchung", ("Right",)),
    ActionSpec("check.take", ActionPlace.CHECK, "Korrektur übernehmen", ("U",)),
    ActionSpec("check.leave", ActionPlace.CHECK, "Korrektur nicht übernehmen, alten Stand behalten", ("A",)),
    ActionSpec("check.keep", ActionPlace.CHECK, "Entfallene Buchung behalten", ("B",)),
    ActionSpec("check.remove", ActionPlace.CHECK, "Entfallene Buchung entfernen", ("E",)),
    ActionSpec("check.open", ActionPlace.CHECK, "Entscheidung zurücknehmen", ("Z",)),
    ActionSpec("rules.up", ActionPlace.RULES, "Regel nach oben", ("Alt+Up",)),
    ActionSpec("rules.down", ActionPlace.RULES, "Regel nach unten", ("Alt+Down",)),
    ActionSpec("rules.toggle", ActionPlace.RULES, "Regel ein- oder ausschalten", ("Space",)),
    ActionSpec("clauses.up", ActionPlace.CLAUSES, "Klausel nach oben", ("Alt+Up",)),
    ActionSpec("clauses.down", ActionPlace.CLAUSES, "Klausel nach unten", ("Alt+Down",)),
    ActionSpec("clauses.leave", ActionPlace.CLAUSES, "Klausel weglassen oder aufnehmen", ("Space",)),
    ActionSpec("text.bold", ActionPlace.TEXT, "Fett", ("Ctrl+B",)),
    ActionSpec("text.list", ActionPlace.TEXT, "Punkt einer Liste", ("Ctrl+L",)),
    ActionSpec("clause.placeholder", ActionPlace.CLAUSE_TEXT, "Platzhalter einfügen", ("Ctrl+Space",)),
    ActionSpec("goals.report", ActionPlace.GOALS, "Bericht zum ausgewählten Ziel erfassen", ("Ctrl+B",)),
)

KEY_WORDS = {
    "Ctrl": "Strg", "Shift": "Umschalt", "Return": "Eingabe", "Enter": "Eingabe", "Space": "Leertaste",
    "Del": "Entf", "Ins": "Einfg", "Home": "Pos1", "End": "Ende", "PgUp": "Bild auf", "PgDown": "Bild ab",
    "Up": "Pfeil auf", "Down": "Pfeil ab", "Left": "Pfeil links", "Right": "Pfeil rechts",
    "Backspace": "Rücktaste", "Menu": "Menütaste", "Back": "Zurück-Taste", "Forward": "Vorwärts-Taste",
}  # fmt: skip
"""Qt's portable names of keys, where a German keyboard calls them otherwise."""

_BY_ID = {declared.id: declared for declared in ACTIONS}


def spec(action_id: str) -> ActionSpec:
    """The declaration of an action; KeyError if there is none."""
    return _BY_ID[action_id]


def key_text(keys: str) -> str:
    """A key sequence as it stands on a German keyboard: "Strg+Umschalt+N", "Eingabe", "Alt+Pfeil auf".

    The one place for it: Qt says "Return", and "Hoch" for an arrow.
    """
    *held, key = keys.split("+") if not keys.endswith("+") else (*keys[:-2].split("+"), "+")
    return "+".join(KEY_WORDS.get(part, part) for part in (*held, key) if part)


def with_keys(words: str, action_id: str) -> str:
    """A tooltip that names the key: "Nach oben (Alt+Auf)"."""
    return f"{words} ({key_text(spec(action_id).keys[0])})"


def bind(owner: QWidget, action_id: str, call: Callable[[], object]) -> list[QShortcut]:
    """The declared keys call `call` while `owner`, or something in it, has the keyboard."""
    made = []
    for keys in spec(action_id).keys:
        shortcut = QShortcut(QKeySequence(keys), owner, lambda: call())
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.append(shortcut)
    return made


def build_actions(owner: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """A QAction for each declared action of the menus, wired to its handler; KeyError if one is missing."""
    built: dict[str, QAction] = {}
    for declared in (one for one in ACTIONS if one.place in MENUS):
        action = QAction(declared.text, owner)
        action.setObjectName(declared.id)
        action.setShortcuts([QKeySequence(key) for key in declared.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        handler = handlers[declared.id]
        action.triggered.connect(lambda _checked=False, call=handler: call())
        built[declared.id] = action
    return built
