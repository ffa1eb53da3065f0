"""Defines patterns of numbers: in digits and in words, with scale, currency and unit."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from milatui.ingest.recognise.figures.figure_words import (
    MANY_WORDS,
    MULTIPLIERS,
    NUMBER_WORDS,
    QUALIFIERS,
    ROUGH_WORDS,
    UNITS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_DIGITS: Final = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d{1,3}(?:[ ']\d{3})+(?:,\d+)?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)?(?!\d)"
)
_PREFIX: Final = (
    r"(?:US|CA|CDN|CAD|AU|NZ|HK|[CASR])?\$ ?|(?:USD|CAD|EUR|GBP|AUD|CHF|JPY|SEK|NOK|DKK|CNY|INR"
    r"|SGD)[ $]?|[€£¥₹] ?"
)
_SCALE: Final = (
    r"(?:[ -]?(?:million|billion|trillion|thousand|milliard|mille)s?\b(?! et)"
    r"|(?:[kKMB]|bn|mn|MM|Md|Mds)(?![\w'])| ?(?:[MkG]|Md|Mds)(?= ?[$€£]))"
)
_SUFFIX: Final = (
    r" ?\$ ?(?:US|CA|CAN|CAD)\b| ?[$€£](?!\w)| (?:de |d')?(?:U\.S\. dollars|US dollars"
    r"|Canadian dollars|dollars canadiens|dollars américains|dollars US|dollars?|euros?|livres"
    r" sterling|pounds|francs suisses|yens?|USD|CAD|EUR|GBP|CHF|SEK|AUD)\b"
)
QUALIFIER: Final = re.compile(
    rf"(?:^|(?<=[\s(«“\"'–/]))(?P<word>{_alternatives(QUALIFIERS)})"
    r"(?: a(?:n additional)?| the| les| de| d'| half a)?"
    r"(?: |(?<='))$",
    re.IGNORECASE,
)
IN_DIGITS: Final = re.compile(
    rf"(?P<digits>{_DIGITS})(?P<early>\+(?="
    rf" ?[mb]illion))?(?P<scale>{_SCALE})?(?P<plus>\+)?(?P<after>{_SUFFIX})?(?P<plus2>\+)?",
    re.IGNORECASE,
)
PREFIX_BEFORE: Final = re.compile(rf"(?<!\w)(?:{_PREFIX})$", re.IGNORECASE)
DIGIT: Final = re.compile(r"\d[\d,. ']*")
IN_WORDS: Final = re.compile(
    rf"(?P<many>{MANY_WORDS})(?![\w'-])"
    rf"|(?P<word>{_alternatives(NUMBER_WORDS)})(?P<scale>(?: million| billion| thousand"
    rf"| hundred| milliards?| millions?| mille| cents?)s?)?(?P<after>{_SUFFIX})?(?![\w'])"
    rf"|(?P<rough>(?:an?|une?) (?:{_alternatives(ROUGH_WORDS)}))(?![\w'])",
    re.IGNORECASE,
)
WORD: Final = re.compile(r"[^\W\d_]+")
FIRST_WORDS: Final = (
    frozenset(NUMBER_WORDS)
    | frozenset(phrase.split()[0] for phrase in MANY_WORDS.split("|"))
    | {"a", "an", "un", "une"}
)
RANGE: Final = re.compile(
    rf" ?(?:to|à|-|–|and|et|through) ?(?:over |more than |nearly |about |up to |plus de )?"
    rf"(?P<before>{_PREFIX})?(?P<digits>{_DIGITS})(?P<scale>{_SCALE})?(?P<after>{_SUFFIX})?"
    r"(?![\w.:-]\d)",
    re.IGNORECASE,
)
UNIT: Final = re.compile(
    rf"[ -]?(?P<unit>%|(?:{_alternatives(frozenset(UNITS) - {'%'})})(?![\w-]))", re.IGNORECASE
)
MEASURE: Final = re.compile(
    r" ?-?(?:plus |more |of the |of |de |des |d')?([^\W\d_][\w'&/+-]*(?: [\w][\w'&/+-]*){0,4})"
)
MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|fév|mars|avr|mai|juin|juil"
    r"|août|sept|déc)[a-zéû]*\.?"
)
DATE_BEFORE: Final = re.compile(
    rf"(?<!\w){MONTH} (?:le |the )?(?:\d{{1,2}} ?[-–&] ?)?$", re.IGNORECASE
)
RANK: Final = re.compile(
    r"(?:(?P<number>\d{1,4})(?:st|nd|rd|th|e|er) (?:in |among |au |en |rang |dans |worldwide"
    r"|overall|largest"
    r"|biggest|place)|(?<!\w)[Nn]umber (?P<number2>\d{1,3}|one)(?= [a-z])|[Nn]o\."
    r" (?P<number3>\d{1,3})(?= [a-z]))"
)
MULTIPLIER: Final = re.compile(
    rf"(?<![\w-])({_alternatives(MULTIPLIERS)})"
    r"(?= (?:the|its|our|their|la|le|les|ses|nos|sa|son|in|from|growth|since|over))"
)
_YEARS: Final = range(1800, 2101)
"""Numbers of four digits that are read as years."""


def is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit() and int(digits) in _YEARS


CONTEXT: Final = 40
"""Characters before and after a number that are looked at."""
