"""Money as whole cents: how it is written for people and files, and how it is divided."""


def amount(cents: int) -> str:
    """German form without the currency: 123456 -> "1.234,56"."""
    euros, rest = divmod(abs(cents), 100)
    grouped = f"{euros:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{grouped},{rest:02d}"


def euro(cents: int) -> str:
    """German form with the currency: 123456 -> "1.234,56 €"."""
    return f"{amount(cents)} €"


def plain(cents: int) -> str:
    """The form of the command line: 123456 -> "1234.56"."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros}.{rest:02d}"


def share(cents: int, part: int, whole: int) -> int:
    """`cents * part / whole`, rounded once, half up (away from zero, as in bookkeeping). A whole of 0 gives nothing."""
    if not whole:
        return 0
    exact, sign = abs(cents * part), 1 if (cents * part < 0) == (whole < 0) else -1
    return sign * ((2 * exact + abs(whole)) // (2 * abs(whole)))
