"""Says a number of things as a person does: one word for one, another for more, dots at the thousands."""


def counted(number: int, one: str, many: str) -> str:
    """ "1 Zeile", "12.345 Zeilen"."""
    return f"{dotted(number)} {one if number == 1 else many}"


def dotted(number: int) -> str:
    """ "12.345"."""
    return f"{number:,}".replace(",", ".")
