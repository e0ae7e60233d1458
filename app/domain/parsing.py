"""Amounts, dates and whole numbers as people and finance write them, and text that was decoded wrongly.

Source of the rules: exchange.md section 2 "Amounts", trap 10 of domain.md. Each refusal carries a German reason.
"""

import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from app.domain.bookings.read_settings import DateOrder
from app.domain.dates import EARLIEST_DAY, LATEST_DAY

N = TypeVar("N", int, float, Decimal)

MAX_CENTS = 10**15
"""Larger amounts are typing mistakes: ten billion Euro would still be far below."""

_LONGEST = 200  # characters of a number or date with all blanks and words around it
_NOISE = Decimal("0.0000001")
_FIRST_SERIAL, _LAST_SERIAL = 18264, 73415  # 1950 to 2100; smaller numbers are years, amounts, counters
_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)

_MINUS = str.maketrans(dict.fromkeys("\u00ad\u2212\u2010\u2011\u2012\u2013\u2014\u2015\ufe63\uff0d", "-"))
_BLANKS = re.compile(r"[\s\u200b\u2060\ufeff]+")
_THOUSANDS = re.compile(r"\bT ?(?:€|EUR\b)|\bTsd\.? ?(?:€|EUR\b)", re.IGNORECASE)
_CURRENCY = re.compile(r"€|\bEUR\b|\bEuro\b|(?<=\d)EUR\b|\bEUR(?=\d)", re.IGNORECASE)


class Unreadable(ValueError):
    """A value that is not what was asked for; `reason` is a German sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AmountError(Unreadable):
    """A value that is no amount (or no number)."""


class DateError(Unreadable):
    """A value that is no date."""


def plain_text(value: str) -> str:
    """Text without blanks around it; every kind of blank inside (no-break, thin, line break) becomes one blank."""
    return _BLANKS.sub(" ", value).strip()


def _legible(value: str, error: type[Unreadable], missing: str) -> str:
    """The text as it is named in a reason; raises `error` where there is none, or no number or date can be in it."""
    shown = plain_text(value)
    if not shown:
        raise error(missing)
    if len(shown) > _LONGEST:
        raise error("Der Text ist dafür zu lang.")
    return shown


# --- amounts ---------------------------------------------------------------------------------------------------


def parse_amount(value: str | int | float | Decimal, *, unit: int = 1) -> int:
    """An amount in cents as a German reads it; raises AmountError.

    `unit`: Euro for one of it, 1000 where a list is in T€: "12,5" is then 12.500,00. Binary noise of number cells is
    rounded to the cent, real further decimals are refused.
    """
    if isinstance(value, bool):
        raise AmountError("Ein Wahrheitswert ist kein Betrag.")
    if isinstance(value, int):
        return _within_limit(value * 100 * unit)
    if isinstance(value, float):
        return _cents_of_float(value, unit)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise AmountError("Der Wert ist keine Zahl.")
        return _cents(value, str(value), unit)
    return _cents_of_text(value, unit)


def _within_limit(value: N) -> N:
    if abs(value) > MAX_CENTS:
        raise AmountError("Der Betrag ist zu groß.")
    return value


def _cents_of_float(value: float, unit: int) -> int:
    if not math.isfinite(value):
        raise AmountError("Der Wert ist keine Zahl.")
    _within_limit(value)
    whole = 100 * unit
    cents = round(value * whole)
    if abs(value - cents / whole) > max(float(_NOISE), abs(value) * 1e-12):
        raise AmountError(_too_fine(str(value).replace(".", ","), unit))
    return _within_limit(cents)


def _cents(value: Decimal, shown: str, unit: int) -> int:
    _within_limit(value)
    whole = 100 * unit
    cents = int((value * whole).to_integral_value())
    if abs(value - Decimal(cents) / whole) > _NOISE:
        raise AmountError(_too_fine(f"„{shown}“", unit))
    return _within_limit(cents)


def _too_fine(shown: str, unit: int) -> str:
    return f"{shown} hat mehr als {'zwei' if unit == 1 else 'fünf'} Nachkommastellen."


def _cents_of_text(value: str, unit: int) -> int:
    shown = _legible(value, AmountError, "Der Betrag fehlt.")
    text = _THOUSANDS.sub(" ", shown, count=1) if unit > 1 else shown
    text = plain_text(_CURRENCY.sub(" ", repair_text(text).translate(_MINUS), count=1))
    negative, digits = _split_sign(text, shown)
    number = _decimal(digits, shown, unit)
    return _cents(-number if negative else number, shown, unit)


def _split_sign(text: str, shown: str) -> tuple[bool, str]:
    """The sign before, behind, or as brackets - only one of them."""
    if len(text) > 2 and text[0] == "(" and text[-1] == ")":
        return True, text[1:-1].strip()
    for rest, sign in ((text[1:], text[:1]), (text[:-1], text[-1:])):
        if sign in ("-", "+") and sign:
            if rest.rstrip().endswith((",", ".")):  # "12,-" is a price without cents to some, minus to others
                break
            return sign == "-", rest.strip()
    if not text or not re.search(r"\d", text):
        raise AmountError(f"„{shown}“ ist kein Betrag.")
    return False, text


_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<by>[ .,'’‘´`])\d{3})(?:(?P=by)\d{3})*", re.ASCII)
_PLAIN = re.compile(r"(?P<whole>\d*)(?:(?P<point>[.,])(?P<decimals>\d+))?", re.ASCII)


def _decimal(text: str, shown: str, unit: int = 1) -> Decimal:
    """The unsigned number: groups of three by one sign, decimals by another, or no groups at all."""
    grouped = _GROUPED.match(text)
    if grouped:
        by, rest = grouped["by"], text[grouped.end() :]
        whole = grouped[0].replace(by, "")
        if not rest:
            if by == "," and grouped[0].count(",") == 1:
                if unit > 1:  # three decimals of T€ are whole Euro, three of Euro are nothing
                    return Decimal(grouped[0].replace(",", "."))
                raise AmountError(
                    f"„{shown}“ ist mehrdeutig: Tausender oder Nachkommastellen? Bitte als „1.234,00“ schreiben."
                )
            return Decimal(whole)
        if re.fullmatch(r"[.,][0-9]+", rest) and rest[0] != by:
            return Decimal(f"{whole}.{rest[1:]}")
    plain = _PLAIN.fullmatch(text)
    if plain and (plain["whole"] or plain["decimals"]):
        return Decimal(f"{plain['whole'] or 0}.{plain['decimals'] or 0}")
    raise AmountError(f"„{shown}“ ist kein Betrag.")


# --- dates -----------------------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan jän jänner", "februar feb", "märz mär mrz maerz", "april apr", "mai", "juni jun",
            "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?Uhr| ?[AaPp]\.?[Mm]\.?|Z|[+-]\d{2}:?\d{2})?)?"
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?P<by>[./-]) ?(?P<month>\d{1,2})(?P=by) ?(?P<year>\d{4}|\d{2})" + _TIME, re.ASCII
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})(?P<by>[./-])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})" + _TIME, re.ASCII
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_MONTH_FIRST = re.compile(
    r"(?P<month>\d{1,2})(?P<by>[./-]) ?(?P<day>\d{1,2})(?P=by) ?(?P<year>\d{4}|\d{2})" + _TIME, re.ASCII
)
_SHORT_YEAR_FIRST = re.compile(
    r"(?P<year>\d{2})(?P<by>[./-])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})" + _TIME, re.ASCII
)
_NAMED = re.compile(r"(?P<day>\d{1,2})\.? (?P<name>[A-Za-zä]+)\.? (?P<year>\d{4}|\d{2})", re.ASCII)


_FORMS = {
    DateOrder.AUTOMATIC: (_DAY_FIRST, _YEAR_FIRST, _COMPACT, _NAMED),
    DateOrder.MONTH_FIRST: (_MONTH_FIRST, _YEAR_FIRST, _COMPACT, _NAMED),
    DateOrder.YEAR_FIRST: (_YEAR_FIRST, _SHORT_YEAR_FIRST, _COMPACT, _DAY_FIRST, _NAMED),
}


def parse_date(
    value: str | int | float | date | datetime,
    *,
    base_1904: bool = False,
    order: DateOrder = DateOrder.AUTOMATIC,
) -> date:
    """A date from a cell: a real date, 15.01.25, 15.01.2025, 2025-01-15, 20250115, or an Excel serial number.

    `base_1904`: serial numbers count from 1904; `order`: of the parts of a text that could mean several dates. Raises
    DateError; 31.02. is refused, not moved.
    """
    if isinstance(value, datetime):
        return _plausible(value.date(), str(value))
    if isinstance(value, date):
        return _plausible(value, str(value))
    if isinstance(value, bool):
        raise DateError("Ein Wahrheitswert ist kein Datum.")
    if isinstance(value, int | float):
        return _date_of_number(value, base_1904)
    if isinstance(value, str):
        return _date_of_text(value, base_1904, order)
    raise DateError("Der Wert ist kein Datum.")


def _date_of_number(value: int | float, base_1904: bool) -> date:
    shown = f"{value:.15g}" if math.isfinite(value) else str(value)
    if math.isfinite(value):
        if value == int(value) and (found := _COMPACT.fullmatch(str(int(value)))):
            return _day(found, shown)
        serial = int(value) + (1462 if base_1904 else 0)
        if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
            return _EPOCH_1900 + timedelta(days=serial)
    raise DateError(f"{shown} ist kein Datum.")


def _date_of_text(value: str, base_1904: bool, order: DateOrder) -> date:
    shown = _legible(value, DateError, "Das Datum fehlt.")
    text = shown.translate(_MINUS)
    for form in _FORMS[order]:
        if found := form.fullmatch(text):
            return _day(found, shown)
    if re.fullmatch(r"[0-9]{5}", text):
        return _date_of_number(int(text), base_1904)
    raise DateError(f"„{shown}“ ist kein Datum.")


def _day(found: re.Match[str], shown: str) -> date:
    parts = found.groupdict()
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year < 70 else 1900
    month = _MONTHS.get(parts["name"].casefold(), 0) if "name" in parts else int(parts["month"])
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError as error:
        raise DateError(f"„{shown}“ gibt es nicht im Kalender.") from error
    return _plausible(day, shown)


def _plausible(day: date, shown: str) -> date:
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise DateError(f"„{shown}“ liegt außerhalb der Jahre {EARLIEST_DAY.year} bis {LATEST_DAY.year}.")
    return day


# --- whole numbers ---------------------------------------------------------------------------------------------


def parse_whole(value: str | int | float | Decimal) -> int:
    """A whole number: 1, 1.0, "1", "001", "1,0", "1.000"; raises AmountError."""
    if isinstance(value, bool):
        raise AmountError("Ein Wahrheitswert ist keine Zahl.")
    if isinstance(value, int):
        return value
    if isinstance(value, float | Decimal):
        if math.isfinite(value) and value == int(value):
            return int(value)
        raise AmountError(f"{str(value).replace('.', ',')} ist keine ganze Zahl.")
    number = parse_decimal(value)
    if number != int(number):
        raise AmountError(f"„{plain_text(value)}“ ist keine ganze Zahl.")
    return int(number)


def parse_decimal(value: str | int | float | Decimal) -> Decimal:
    """A number with any decimals, read like an amount ("24,5", "1.234,5"); raises AmountError.

    Binary noise beyond 15 digits of number cells is dropped.
    """
    if isinstance(value, bool):
        raise AmountError("Ein Wahrheitswert ist keine Zahl.")
    if isinstance(value, str):
        shown = _legible(value, AmountError, "Die Zahl fehlt.")
        negative, digits = _split_sign(shown.translate(_MINUS), shown)
        number = _decimal(digits, shown)
        return -number if negative else number
    if not math.isfinite(value):
        raise AmountError("Der Wert ist keine Zahl.")
    number = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    return Decimal(f"{number:f}")  # without an exponent: 1E+3 is 1000


# --- text that was decoded wrongly -----------------------------------------------------------------------------


def _decodable(characters: str) -> dict[str, int]:
    """Each character with the byte it was in Windows-1252 (or Latin-1 where that has no such sign)."""
    return {character: byte for byte, character in zip(range(0x80, 0x100), characters, strict=True)}


_BYTES = _decodable("".join(bytes([byte]).decode("cp1252", "replace") if byte not in
                            (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte) for byte in range(0x80, 0x100)))  # fmt: skip


def _signs(first: int, last: int) -> str:
    signs = [sign for sign, byte in _BYTES.items() if first <= byte <= last]
    return "".join(
        re.escape(sign) for sign in dict.fromkeys([*signs, *map(chr, range(first, min(last, 0x9F) + 1))])
    )


# Only sequences that no German text holds: „Spaß“ or MENÜ– must stay as they are.
_MOJIBAKE = re.compile(
    f"[ÃÅ][{_signs(0x80, 0xBF)}]"
    f"|Â[{_signs(0xA0, 0xBF)}\x80-\x9f]"
    f"|Ä[{_signs(0xA0, 0xBF)}ŠŒŽšœžŸƒ\x81\x8d\x8f\x90\x9d]"
    f"|â[€‚„][{_signs(0x80, 0xBF)}]"
    "|Ì[ˆ\x88]"  # the two dots of an umlaut of two signs
    "|Æ’"  # "Ã" broken twice more
    "|ï»¿"
)

# The same UTF-8 read as Mac Roman ("M√ºller") or as a DOS code page ("M├╝ller"): only the letters German has.
_ELSEWHERE = {
    letter.encode("utf-8").decode(read_as): letter
    for letter in "äöüÄÖÜß"
    for read_as in ("mac_roman", "cp850")
}
_BROKEN_ELSEWHERE = re.compile("|".join(map(re.escape, _ELSEWHERE)))
_FIRST_SIGNS = re.compile("[ÃÂÅÄâÌÆï√├]")  # one of which every broken text has


def repair_text(value: str) -> str:
    """Text whose UTF-8 was read as something else, put right ("MÃ¼ller" becomes "Müller"); other text unchanged.

    Umlauts of two signs (u and two dots, as Macs write them) become one sign.
    """
    if value.isascii():
        return value
    if not _FIRST_SIGNS.search(value):
        return unicodedata.normalize("NFC", value)
    for _ in range(3):  # it happens more than once to some exports
        repaired = _MOJIBAKE.sub(_put_right, value)
        if repaired == value:
            break
        value = repaired
    value = _BROKEN_ELSEWHERE.sub(lambda found: _ELSEWHERE[found[0]], value)
    return unicodedata.normalize("NFC", value)


def _put_right(found: re.Match[str]) -> str:
    raw = bytes(
        _BYTES.get(sign, ord(sign) & 0xFF) for sign in found[0]
    )  # else a control sign, the byte itself
    try:
        return raw.decode("utf-8").replace("\ufeff", "")
    except UnicodeDecodeError:
        return found[0]
