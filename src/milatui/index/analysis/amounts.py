"""Numbers and amounts of money as people of many countries write them, in one spelling."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

CURRENCY: Final = "$¢-¥฿\u20a0-\u20cf"
"""Signs of money: the inside of a character class."""
CODES: Final = [
    "USD",
    "EUR",
    "GBP",
    "CAD",
    "AUD",
    "NZD",
    "CHF",
    "JPY",
    "CNY",
    "RMB",
    "HKD",
    "SGD",
    "TWD",
    "INR",
    "KRW",
    "BRL",
    "MXN",
    "ZAR",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "RUB",
    "AED",
]
"""Codes of money (ISO 4217) that are read beside a number."""
COUNTRIES: Final = "US|CA|CAN|AU|NZ|HK|TW"
"""What may follow a sign of money: ``5 M$ CA``."""
CLEAR_UNITS: Final = "mio|mln|mrds?|mds|bn|bln|mld|млн|млрд|thousand|mille"
"""Units that are read also where a space is before them and no money is named."""
ANY_UNIT: Final = rf"[MBGKmbgk]|MM|Mn|mn|MN|BN|Md|MD|md|(?i:{CLEAR_UNITS})"

_UNITS: Final = {
    **dict.fromkeys(("m", "mm", "mn", "mio", "mln", "mill", "million", "millions"), "million"),
    **dict.fromkeys(("b", "bn", "bln", "md", "mds", "mrd", "mrds", "mld", "g"), "billion"),
    "млн": "million",
    "млрд": "billion",
}
"""Folded abbreviations behind a number, and the word that they stand for."""
_THOUSANDS: Final = ("k", "thousand", "mille")
_CODES: Final = frozenset(code.lower() for code in CODES)
UNITS_OF_MONEY: Final = {
    f"{unit}{code}": (_UNITS[unit], code)
    for unit in ("m", "mn", "mio", "mrd", "bn")
    for code in ("usd", "eur", "gbp", "sek", "nok", "dkk", "chf")
}
"""Units with a code of money that are read without a number: ``MUSD``, ``MEUR``."""


def amount_words(text: str) -> tuple[str, ...]:
    """Reads a number, an amount or a unit of money.

    Args:
        text: A folded raw token.

    Returns:
        Its words: the number in one spelling, its unit, a code of money where it stands; none if
        the text is something else.
    """
    if text.isascii() and text.isdigit():
        return (text,)
    if text in UNITS_OF_MONEY:
        return UNITS_OF_MONEY[text]
    if text[0].isalpha() and text.isalnum() and text[:3] not in _CODES:
        return ()
    return _amount(text) or _unit(text)


def _amount(text: str) -> tuple[str, ...]:
    match = _amount_pattern().fullmatch(text)
    value = _number(match["number"]) if match else None
    if match is None or value is None:
        return ()
    unit, code = match["unit"], match["code"]
    if unit[-3:] in _CODES and unit[:-3] in ("", *_THOUSANDS, *_UNITS):
        unit, code = unit[:-3], unit[-3:]
    money = code or any(match[group] for group in ("sign", "apart", "behind", "after"))
    whole, _point, part = value.partition(".")
    found = [value]
    if unit in _UNITS and (money or part or len(whole) > 1):
        # A lone digit with a letter is a name (3M, 5G) unless a sign tells that it is money.
        found = [value, _UNITS[unit]]
    elif unit in _THOUSANDS and len(part) <= 3:
        found = [whole.lstrip("0") + part.ljust(3, "0")]
    elif unit == "pct":
        found = [value, "percent"]
    elif unit:
        found = [value + unit]
    if code:
        found.insert(0 if match["code"] else len(found), code)
    return (*found, *(["percent"] if match["percent"] else []))


def _number(text: str) -> str | None:
    """Spells a number without thousands apart and with a point; None if the text is not one."""
    for pattern in _number_patterns():
        match = pattern.fullmatch(text)
        if match is not None:
            whole = "".join(char for char in match[1] if char.isdigit())
            part = (match[2] or "").rstrip("0")
            return f"{whole}.{part}" if part else whole
    return None


def _unit(text: str) -> tuple[str, ...]:
    """Reads a unit with a sign of money but without a number: ``M$``."""
    match = _unit_pattern().fullmatch(text)
    return (_UNITS[match[1]],) if match and match[1] in _UNITS else ()


@cache
def _amount_pattern() -> re.Pattern[str]:
    countries = COUNTRIES.lower()
    return re.compile(
        rf"(?:(?P<code>{'|'.join(_CODES)})|(?P<sign>[a-z]{{0,3}}[{CURRENCY}](?:{countries})?))? ?"
        r"(?P<number>[0-9](?:[0-9.,' ]*[0-9])?)"
        r"(?P<apart> )?(?P<unit>[a-zа-я]*)\.?(?P<behind> )?"
        rf"(?P<after>[{CURRENCY}](?:{countries})?)?(?P<percent>%)?"
    )


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"([a-zа-я]+)[{CURRENCY}](?:{COUNTRIES.lower()})?")


@cache
def _number_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(pattern)
        for pattern in (
            r"([0-9]+)(?:[.,]([0-9]{1,2}|[0-9]{4,}))?",
            # English, India
            r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?",
            r"([1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.([0-9]+))?",
            # French, Switzerland
            r"([1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,]([0-9]+))?",
            r"([1-9][0-9]{0,2}(?:'[0-9]{3})+)(?:[.,]([0-9]+))?",
            # German
            r"([1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})(?:,([0-9]+))?",
            r"([1-9][0-9]{0,2}\.[0-9]{3}),([0-9]+)",
            r"([0-9]+)(?:[.,]([0-9]+))?",
        )
    )
