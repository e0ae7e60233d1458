"""Money, whole numbers and other numbers, typed as people write them in German."""

from decimal import Decimal

from app.domain.money import amount
from app.domain.parsing import parse_amount, parse_decimal, parse_whole
from app.ui.kit.editors.base import LineEditor, UnitLine


class AmountEditor(LineEditor):
    """Euro; the value is whole cents or None. "1234,5" becomes "1.234,50" when the field is left."""

    def __init__(self, *, negative: bool = True) -> None:
        super().__init__(UnitLine("€", right=True))
        self._negative = negative
        self.line.setPlaceholderText("0,00")
        self.tidy_when_left()

    def value(self) -> int | None:
        text = self.line.text().strip().removesuffix("€").strip()
        if not text:
            return None
        cents = parse_amount(text)
        if cents < 0 and not self._negative:
            raise ValueError("Der Betrag darf nicht negativ sein.")
        return cents

    def set_value(self, value: int | None) -> None:
        self.line.setText("" if value is None else amount(value))


class WholeEditor(LineEditor):
    """A whole number within bounds, or None."""

    def __init__(
        self, unit: str = "", *, least: int = 0, most: int = 999_999_999, placeholder: str = ""
    ) -> None:
        super().__init__(UnitLine(unit, right=bool(unit)))
        self.line.setPlaceholderText(placeholder)
        self._least, self._most = least, most

    def value(self) -> int | None:
        text = self.line.text().strip()
        if not text:
            return None
        number = parse_whole(text)
        if not self._least <= number <= self._most:
            raise ValueError(f"Bitte eine Zahl von {self._least} bis {self._most} eingeben.")
        return number

    def set_value(self, value: int | None) -> None:
        self.line.setText("" if value is None else str(value))


class DecimalEditor(LineEditor):
    """A number with a decimal comma, or None; the value is a Decimal, so that no digit is lost."""

    def __init__(self, unit: str = "", *, negative: bool = False) -> None:
        super().__init__(UnitLine(unit, right=bool(unit)))
        self._negative = negative

    def value(self) -> Decimal | None:
        text = self.line.text().strip()
        if not text:
            return None
        number = parse_decimal(text)
        if number < 0 and not self._negative:
            raise ValueError("Die Zahl darf nicht negativ sein.")
        return number

    def set_value(self, value: Decimal | None) -> None:
        self.line.setText("" if value is None else str(value).replace(".", ","))
