"""The workbook part of a filled layout: its names, and that everything is calculated when it is opened."""

from collections.abc import Mapping

from app.sheets.layout.book import Book
from app.sheets.layout.formulas import moved
from app.sheets.layout.markup import Edits, Element, elements
from app.sheets.layout.moves import Moves
from app.sheets.layout.package import CONTENT_TYPES, Changes, relations_part

_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")
"""In their order the last of these that is there stands right before `calcPr`."""
_BUILT_IN = "_xlnm."


def names_after(book: Book, moves: Moves) -> Mapping[str, str]:
    """Defined names, case folded, as they read afterwards."""
    edits = Edits(book.package.xml(book.part))
    return {
        one.attributes.get("name", "").casefold(): _new_name(book, one, edits, moves)
        for one in book.elements
        if one.name == "definedName" and not one.is_empty
    }


def patch_workbook(book: Book, moves: Moves, changes: Changes) -> list[str]:
    """Names, calculation on load, no calculation chain; returns the parts that are left out."""
    data = book.package.xml(book.part)
    edits = Edits(data)
    for one in book.elements:
        if one.name == "definedName" and not one.is_empty:
            edits.set_text(one, _new_name(book, one, edits, moves))
    _calculate_on_load(book, edits)
    changes.put(book.part, edits.result())
    dropped = book.package.related(book.part, "calcChain")
    if dropped:
        _forget(book, dropped, changes)
    return dropped


def _new_name(book: Book, element: Element, edits: Edits, moves: Moves) -> str:
    """Print areas and the like are taken as they are; a name for the one sample row means the list."""
    own = ""
    if "localSheetId" in element.attributes:
        number = int(element.attributes["localSheetId"])
        own = book.order[number] if number < len(book.order) else ""
    stretch = not element.attributes.get("name", "").startswith(_BUILT_IN)
    return moved(edits.text(element), own, moves, stretch=stretch)


def _calculate_on_load(book: Book, edits: Edits) -> None:
    found = next((one for one in book.elements if one.name == "calcPr"), None)
    if found is not None:
        edits.set_attribute(found, "fullCalcOnLoad", "1")
        return
    for name in _BEFORE_CALCULATION:
        before = next((one for one in book.elements if one.name == name), None)
        if before is not None:
            start = edits.data[before.start + 1 : before.inner]
            prefix = start[: start.index(name.encode())]
            edits.replace(before.end, before.end, b'<%scalcPr fullCalcOnLoad="1"/>' % prefix)
            return


def _forget(book: Book, parts: list[str], changes: Changes) -> None:
    """Take parts out of the list of contents and the relations."""
    package = book.package
    types = package.xml(CONTENT_TYPES)
    edits = Edits(types)
    for one in elements(types):
        if one.name == "Override" and one.attributes.get("PartName", "").lstrip("/") in parts:
            edits.remove(one)
    changes.put(CONTENT_TYPES, edits.result())
    name = relations_part(book.part)
    relations = package.xml(name)
    gone = {key for key, (_, target) in package.relations(book.part).items() if target in parts}
    edits = Edits(relations)
    for one in elements(relations):
        if one.name == "Relationship" and one.attributes.get("Id") in gone:
            edits.remove(one)
    changes.put(name, edits.result())
