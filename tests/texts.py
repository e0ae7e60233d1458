"""All that users may read: the German words in the code, the texts beside it, and the help."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.paths import ROOT

APP = ROOT / "app"
HELP = ROOT / "resources" / "help" / "hilfe.md"
GAP = "…"
"""Stands for what is filled in."""


@dataclass(frozen=True)
class Text:
    """A text and where it stands."""

    words: str
    place: str


def in_code(below: Path = APP) -> Iterator[Text]:
    """Every literal of the code but docstrings; an f-string as one, with a gap for each value."""
    for path in sorted(below.rglob("*.py")):
        tree = _tree(path)
        passed = set(_not_read(tree))
        for node in ast.walk(tree):
            if id(node) not in passed and (words := literal(node)) is not None:
                yield Text(words, f"{path.relative_to(ROOT)}:{node.lineno}")  # type: ignore[attr-defined]


def in_files() -> Iterator[Text]:
    """The texts of templates and letters, and the help, paragraph by paragraph."""
    for path in sorted((ROOT / "resources" / "templates").glob("*.toml")):
        for words in _strings(tomllib.loads(path.read_text("utf-8"))):
            yield Text(words, str(path.relative_to(ROOT)))
    for paragraph in HELP.read_text("utf-8").split("\n\n"):
        yield Text(" ".join(paragraph.split()), HELP.name)


@cache
def labels() -> frozenset[str]:
    """What pages, menus, tabs, buttons, fields and dialogs are called: the words handed to what makes them."""
    found: set[str] = set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(_tree(path)):
            found |= {words for one in _naming(node) for words in _words_in(one)}
    return frozenset(words.removesuffix(" …").rstrip(":") for words in found)


MAKERS = frozenset(
    (
        "button", "icon_button", "Entry", "RowAction", "Link", "ActionSpec", "PageSpec", "TabSpec", "Section",
        "set_primary", "add_secondary", "add_menu", "add_action", "Field", "FormDialog", "Dialog", "Card", "FigureCard",
        "KeyFigure", "EmptyState", "Menu", "section", "__init__", "QCheckBox", "Pill", "tr", "addTab", "QAction",
        "close_button", "PushButton", "_button", "_labelled",
    )
)  # fmt: skip
"""Functions and classes of the kit whose words are names of things on the screen."""


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def literal(node: ast.AST) -> str | None:
    """The text of a literal or f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or GAP for part in node.values)
    return None


def _not_read(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)  # a docstring
        elif isinstance(node, ast.JoinedStr):
            yield from (id(part) for part in node.values)


def _naming(node: ast.AST) -> list[ast.expr]:
    """The parts of a call or a declaration that name things."""
    match node:
        case ast.Call() if _called(node) in MAKERS:
            return [*node.args, *(keyword.value for keyword in node.keywords)]
        case ast.Assign() if any(map(_declares, node.targets)):
            return [node.value]
        case ast.AnnAssign(value=ast.expr() as value) if _declares(node.target):
            return [value]
    return []


def _words_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _called(node) in ("Column", "RowColumn"):
        return  # headings: nobody is sent there
    if (words := literal(node)) and len(words) < 60:
        yield words
    for child in ast.iter_child_nodes(node):
        yield from _words_in(child)


def _called(node: ast.Call) -> str:
    called = node.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _declares(target: ast.expr) -> bool:
    """Tables of data in capitals, and what a section of the settings is called."""
    names = [one.id for one in ast.walk(target) if isinstance(one, ast.Name)]
    return any(name.isupper() or name in ("title", "action") for name in names)


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _strings(one)
        case list():
            for one in value:
                yield from _strings(one)
