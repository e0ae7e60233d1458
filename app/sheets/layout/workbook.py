"""The workbook part of a filled layout: its names, and that everything is calculated when it is opened."""

from collections.abc import Iterator, Mapping

from lxml import etree

from app.sheets.layout.book import Book
from app.sheets.layout.formulas import moved
from app.sheets.layout.moves import Moves
from app.sheets.layout.package import CONTENT_TYPES, Changes, relations_part
from app.sheets.reading.safe_xml import Element, child, local

_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")
"""In their order the last of these that is there stands right before `calcPr`."""
_BUILT_IN = "_xlnm."


def names_after(book: Book, moves: Moves) -> Mapping[str, str]:
    """Defined names, case folded, as they read afterwards."""
    return {one.get("name", "").casefold(): new for one, new in _new_names(book, book.root, moves)}


def patch_workbook(book: Book, moves: Moves, changes: Changes) -> list[str]:
    """Names, calculation on load, no calculation chain; returns the parts that are left out."""
    root = changes.tree(book.part)
    for one, new in _new_names(book, root, moves):
        one.text = new
    _calculate_on_load(root)
    dropped = book.package.related(book.part, "calcChain")
    if dropped:
        _forget(book, dropped, changes)
    return dropped


def _new_names(book: Book, root: Element, moves: Moves) -> Iterator[tuple[Element, str]]:
    """Print areas and the like are taken as they are; a name for the one sample row means the list."""
    for element in root.iter("{*}definedName"):
        number = int(element.get("localSheetId", -1))
        own = book.order[number] if 0 <= number < len(book.order) else ""
        stretch = not element.get("name", "").startswith(_BUILT_IN)
        if element.text:
            yield element, moved(element.text, own, moves, stretch=stretch)


def _calculate_on_load(root: Element) -> None:
    found = child(root, "calcPr")
    if found is None:
        before = next(one for name in _BEFORE_CALCULATION if (one := child(root, name)) is not None)
        found = etree.SubElement(root, before.tag.removesuffix(local(before)) + "calcPr")
        before.addnext(found)
    found.set("fullCalcOnLoad", "1")


def _forget(book: Book, parts: list[str], changes: Changes) -> None:
    """Take parts out of the list of contents and the relations."""
    relations = book.package.relations(book.part)
    for one in list(changes.tree(CONTENT_TYPES)):
        if one.get("PartName", "").lstrip("/") in parts:
            one.getparent().remove(one)
    for one in list(changes.tree(relations_part(book.part))):
        if relations.get(one.get("Id"), ("", ""))[1] in parts:
            one.getparent().remove(one)
