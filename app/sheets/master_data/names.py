"""Finds the record that a reference in a master data workbook names: one of the store, or a new one of the file."""

from difflib import get_close_matches

from app.domain.master_data.sheets import AREA, CITY_DISTRICT, CITY_PART, SHEETS
from app.domain.quarters import city_parts
from app.services.master_data.master import MasterRecords, part_name
from app.sheets.master_data.values import MeaningError, tidy

_KNOWN_BY = {
    CITY_PART: "Stadtteil",
    CITY_DISTRICT: "Stadtbezirk",
    "Baustein": "Baustein",
    "Zielgruppe": "Zielgruppe",
}


def folded(text: str) -> str:
    """What two spellings of one key have in common: case and blanks aside."""
    return " ".join(tidy(text).casefold().split())


class Directory:
    """Names by what they belong to. A name is found by its exact spelling, or by a like one if only one is."""

    def __init__(self, state: MasterRecords) -> None:
        self._names: dict[str, dict[str, list[str]]] = {}
        self._rejected: dict[tuple[str, str], int] = {}
        self._ones = {sheet.name: sheet.one for sheet in SHEETS} | _KNOWN_BY
        for target, known in state.catalogues.items():
            for name in known:
                self.add(target, name)

    def add(self, target: str, name: str, owner: str = "") -> None:
        """Make a name known; `owner` for names that are only unique within another record."""
        entries = self._names.setdefault(target, {}).setdefault(self._fold(target, name, owner), [])
        if name not in entries:
            entries.append(name)

    def reject(self, target: str, name: str, row: int, owner: str = "") -> None:
        """Forget the name of a new record whose row is rejected."""
        entries = self._entries(target, name, owner)
        if name in entries:
            entries.remove(name)
            self._rejected[target, self._fold(target, name, owner)] = row

    def find(self, target: str, text: str, owner: str = "") -> str:
        """The name as it is stored. Raises MeaningError with a reason that helps."""
        if target == AREA:
            return self._area(text)
        entries = self._entries(target, text, owner)
        if text in entries:
            return text
        if len(entries) == 1:
            return entries[0]
        if entries:
            raise MeaningError(f"„{text}“ ist nicht eindeutig: {', '.join(entries)}.")
        raise MeaningError(self._why_unknown(target, text, owner))

    def _entries(self, target: str, text: str, owner: str = "") -> list[str]:
        return self._names.get(target, {}).get(self._fold(target, text, owner), [])

    def _area(self, text: str) -> str:
        if quarters := self._entries("Quartiere", text):
            return text if text in quarters else quarters[0]
        taken = {name.casefold() for names in self._names.get("Quartiere", {}).values() for name in names}
        if parts := self._entries(CITY_PART, text):
            return part_name(parts[0], taken)
        raise MeaningError(
            f"„{text}“ ist weder ein Stadtteil noch das Kürzel eines Quartiers.{self._guess(CITY_PART, text)}"
        )

    def _why_unknown(self, target: str, text: str, owner: str) -> str:
        one = self._ones[target]
        if row := self._rejected.get((target, self._fold(target, text, owner))):
            return f"„{text}“ steht im Blatt „{target}“ in Zeile {row}, und die ist abgelehnt."
        where = f" in „{owner}“" if owner else ""
        return f"„{text}“ gibt es nicht als {one}{where}.{'' if owner else self._guess(target, text)}"

    def _guess(self, target: str, text: str) -> str:
        names = {
            name.casefold(): name for entries in self._names.get(target, {}).values() for name in entries
        }
        like = get_close_matches(text.casefold(), names, n=1, cutoff=0.75)
        return f" Ist „{names[like[0]]}“ gemeint?" if like else ""

    def _fold(self, target: str, name: str, owner: str) -> str:
        if target in (CITY_PART, CITY_DISTRICT):
            return city_parts.folded(name)
        return f"{folded(owner)}\n{folded(name)}" if owner else folded(name)
