"""Money, whole numbers and other numbers, typed as people write them in German."""

from decimal import Decimal

from app.domain.money import amount
from app.domain.parsing import parse_amount, parse_decimal, parse_whole
from app.ui.kit.editors.base import LineEditor, UnitLine


class AmountEditor(LineEditor[int]):
    """Euro; the value is whole cents or None. "1234,5" becomes "1.234,50" when the field is left."""

    def __init__(self, *, negative: bool = True) -> None:
        super().__init__(UnitLine("€", right=True))
        self._negative = negative
        self.line.setPlaceholderText("0,00")
        self.tidy_when_left()

    def read(self, text: str) -> int | None:
        text = text.removesuffix("€").strip()
        cents = parse_amount(text) if text else None
        if cents is not None and cents < 0 and not self._negative:
            raise ValueError("Der Betrag darf nicht negativ sein.")
        return cents

    def written(self, value: int) -> str:
        return amount(value)


class WholeEditor(LineEditor[int]):
    """A whole number within bounds, or None."""

    def __init__(
        self, unit: str = "", *, least: int = 0, most: int = 999_999_999, placeholder: str = ""
    ) -> None:
        super().__init__(UnitLine(unit, right=bool(unit)))
        self.line.setPlaceholderText(placeholder)
        self._least, self._most = least, most

    def read(self, text: str) -> int:
        number = parse_whole(text)
        if not self._least <= number <= self._most:
            raise ValueError(f"Bitte eine Zahl von {self._least} bis {self._most} eingeben.")
        return number


class DecimalEditor(LineEditor[Decimal]):
    """A number with a decimal comma, or None; the value is a Decimal, so that no digit is lost."""

    def __init__(self, unit: str = "", *, negative: bool = False) -> None:
        super().__init__(UnitLine(unit, right=bool(unit)))
        self._negative = negative

    def read(self, text: str) -> Decimal:
        number = parse_decimal(text)
        if number < 0 and not self._negative:
            raise ValueError("Die Zahl darf nicht negativ sein.")
        return number

    def written(self, value: Decimal) -> str:
        return str(value).replace(".", ",")
