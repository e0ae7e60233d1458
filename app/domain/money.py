"""Money as whole cents: how it is written for people and files, and how it is divided."""

from fractions import Fraction


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


def rounded(exact: Fraction) -> int:
    """Whole cents, half up (a half goes away from zero, as in bookkeeping)."""
    doubled = 2 * abs(exact.numerator) + exact.denominator
    cents = doubled // (2 * exact.denominator)
    return -cents if exact < 0 else cents


def share(cents: int, part: int, whole: int) -> int:
    """`cents * part / whole`, rounded once, half up. A whole of 0 gives nothing."""
    return rounded(Fraction(cents * part, whole)) if whole else 0
