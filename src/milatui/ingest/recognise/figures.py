"""Recognises numbers that a text gives for something, with unit, currency and qualifier."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.analysis.stopwords import ENGLISH, FRENCH
from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import UPPER, begins_sentence
from milatui.ingest.recognise.vocabulary import PEOPLE_NOUNS, word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.ingest.recognise.findings import FigureQualifier

_NUMBER_WORDS: Final = {
    **dict.fromkeys(("two", "deux"), 2),
    **dict.fromkeys(("three", "trois"), 3),
    **dict.fromkeys(("four", "quatre"), 4),
    **dict.fromkeys(("five", "cinq"), 5),
    **dict.fromkeys(("six",), 6),
    **dict.fromkeys(("seven", "sept"), 7),
    **dict.fromkeys(("eight", "huit"), 8),
    **dict.fromkeys(("nine", "neuf"), 9),
    **dict.fromkeys(("ten", "dix"), 10),
    **dict.fromkeys(("eleven", "onze"), 11),
    **dict.fromkeys(("twelve", "douze"), 12),
    **dict.fromkeys(("thirteen", "treize"), 13),
    **dict.fromkeys(("fourteen", "quatorze"), 14),
    **dict.fromkeys(("fifteen", "quinze"), 15),
    **dict.fromkeys(("sixteen", "seize"), 16),
    **dict.fromkeys(("twenty", "vingt"), 20),
    **dict.fromkeys(("thirty", "trente"), 30),
    **dict.fromkeys(("forty", "quarante"), 40),
    **dict.fromkeys(("fifty", "cinquante"), 50),
    **dict.fromkeys(("sixty", "soixante"), 60),
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_ROUGH_WORDS: Final = {
    **dict.fromkeys(("dizaine", "douzaine"), 10),
    "dozen": 12,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "hundred": 100,
    "millier": 1_000,
    "decade": 1,
    "century": 1,
}
_MANY_WORDS: Final = (
    "hundreds of millions|tens of millions|hundreds of thousands|tens of thousands|hundreds"
    "|thousands|millions|billions|dozens|decades|centaines de millions|centaines de milliers"
    "|dizaines de milliers|dizaines de millions|centaines|milliers|dizaines|milliards"
)
_SCALES: Final = {
    **dict.fromkeys(("k", "thousand", "mille"), 1_000),
    **dict.fromkeys(("m", "mm", "mn", "million", "millions"), 1_000_000),
    **dict.fromkeys(
        ("b", "bn", "billion", "billions", "milliard", "milliards", "md", "mds", "g"), 1_000_000_000
    ),
    **dict.fromkeys(("trillion", "trillions", "t"), 1_000_000_000_000),
    "hundred": 100,
}
_SYMBOLS: Final = {
    "us$": "USD",
    "usd": "USD",
    "$us": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "cad": "CAD",
    "cdn$": "CAD",
    "cad$": "CAD",
    "$ca": "CAD",
    "$can": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "aud": "AUD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "r$": "BRL",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "jpy": "JPY",
    "chf": "CHF",
    "sek": "SEK",
    "inr": "INR",
    "₹": "INR",
    "cny": "CNY",
    "rmb": "CNY",
    "krw": "KRW",
    "dollars canadiens": "CAD",
    "dollars américains": "USD",
    "canadian dollars": "CAD",
    "us dollars": "USD",
    "u.s. dollars": "USD",
    "dollars us": "USD",
    "$": "dollars",
    "dollars": "dollars",
    "dollar": "dollars",
    "nok": "NOK",
    "dkk": "DKK",
    "sgd": "SGD",
    "livres sterling": "GBP",
    "pounds": "GBP",
    "francs suisses": "CHF",
    "yen": "JPY",
    "yens": "JPY",
}
_UNITS: Final = {
    "%": "percent",
    "percent": "percent",
    "per cent": "percent",
    "pour cent": "percent",
    "p. 100": "percent",
    "percentage points": "percentage points",
    "points de pourcentage": "percentage points",
    **dict.fromkeys(("year", "years", "an", "ans", "année", "années", "yr", "yrs"), "years"),
    **dict.fromkeys(("month", "months", "mois"), "months"),
    **dict.fromkeys(("week", "weeks", "semaine", "semaines"), "weeks"),
    **dict.fromkeys(("day", "days", "jour", "jours"), "days"),
    **dict.fromkeys(("hour", "hours", "heure", "heures"), "hours"),
    **dict.fromkeys(("minute", "minutes"), "minutes"),
    **dict.fromkeys(("decade", "decades", "décennies", "décennie"), "decades"),
    **dict.fromkeys(("century", "centuries", "siècles"), "centuries"),
    **dict.fromkeys(
        (
            "square feet",
            "square foot",
            "sq ft",
            "sq. ft.",
            "square-foot",
            "pi2",
            "pi²",
            "pieds carrés",
        ),
        "sq ft",
    ),
    **dict.fromkeys(("square metres", "square meters", "m2", "m²", "mètres carrés", "sqm"), "m2"),
    **dict.fromkeys(
        ("square kilometres", "square kilometers", "km2", "km²", "kilomètres carrés"), "sq km"
    ),
    **dict.fromkeys(("kilometres", "kilometers", "km", "kilomètres"), "km"),
    **dict.fromkeys(("mile", "miles", "-mile"), "miles"),
    **dict.fromkeys(("tonnes", "tons", "tonne"), "tonnes"),
    **dict.fromkeys(("liter", "litre", "liters", "litres"), "liters"),
    **dict.fromkeys(("inch", "inches", "pouces"), "inches"),
    **dict.fromkeys(("acres", "acre"), "acres"),
    **dict.fromkeys(("hectares", "ha"), "hectares"),
    **dict.fromkeys(("mw", "megawatt", "megawatts", "mégawatts"), "MW"),
    **dict.fromkeys(("meter", "meters", "metre", "metres", "mètre", "mètres"), "m"),
    **dict.fromkeys(("feet", "foot", "pieds"), "ft"),
    "gw": "GW",
    "gwh": "GWh",
    **dict.fromkeys(("kwh", "kw", "khz", "mhz", "ghz", "kg", "mm", "cm", "lbs", "lb-ft"), ""),
    **dict.fromkeys(("horsepower", "hp"), "horsepower"),
    **dict.fromkeys(("times", "fois", "x"), "times"),
}


def _words(names: object) -> str:
    assert isinstance(names, (dict, frozenset, list))  # noqa: S101 - called with constants
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


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
_QUALIFIERS: Final[dict[str, FigureQualifier]] = {
    **dict.fromkeys(
        (
            "over",
            "more than",
            "plus de",
            "above",
            "au-delà de",
            "exceeding",
            "upwards of",
            "in excess of",
            "greater than",
            "surpassing",
            "just over",
            "well over",
            "more",
            "dépassant",
            "plus d'",
            "exceeds",
            "exceed",
            "beyond",
            "topping",
        ),
        "over",
    ),
    **dict.fromkeys(
        ("nearly", "almost", "près de", "presque", "close to", "just under", "approaching", "near"),
        "nearly",
    ),
    **dict.fromkeys(
        (
            "about",
            "approximately",
            "around",
            "some",
            "roughly",
            "environ",
            "quelque",
            "quelques",
            "autour de",
            "an estimated",
            "approx.",
            "circa",
            "à peu près",
            "approximativement",
            "près d'",
            "estimated",
            "a mere",
            "just",
        ),
        "about",
    ),
    **dict.fromkeys(
        (
            "at least",
            "au moins",
            "a minimum of",
            "minimum",
            "no fewer than",
            "not less than",
            "starting at",
            "from",
            "un minimum de",
            "à partir de",
        ),
        "at-least",
    ),
    **dict.fromkeys(
        (
            "up to",
            "at most",
            "jusqu'à",
            "au plus",
            "a maximum of",
            "less than",
            "fewer than",
            "moins de",
            "under",
            "no more than",
            "maximum",
            "below",
            "un maximum de",
            "within",
        ),
        "at-most",
    ),
}
_NOT_QUALIFIERS: Final = frozenset({"from", "within", "more", "near", "just", "a mere"})
_QUALIFIER: Final = re.compile(
    rf"(?:^|(?<=[\s(«“\"'–/]))(?P<word>{_words(_QUALIFIERS)})(?: a(?:n additional)?| the| les| de|"
    rf" d'| half a)?"
    r"(?: |(?<='))$",
    re.IGNORECASE,
)
_IN_DIGITS: Final = re.compile(
    rf"(?P<digits>{_DIGITS})(?P<early>\+(?="
    rf" ?[mb]illion))?(?P<scale>{_SCALE})?(?P<plus>\+)?(?P<after>{_SUFFIX})?(?P<plus2>\+)?",
    re.IGNORECASE,
)
_PREFIX_BEFORE: Final = re.compile(rf"(?<!\w)(?:{_PREFIX})$", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d[\d,. ']*")
_IN_WORDS: Final = re.compile(
    rf"(?P<many>{_MANY_WORDS})(?![\w'-])"
    rf"|(?P<word>{_words(_NUMBER_WORDS)})(?P<scale>(?: million| billion| thousand"
    rf"| hundred| milliards?| millions?| mille| cents?)s?)?(?P<after>{_SUFFIX})?(?![\w'])"
    rf"|(?P<rough>(?:an?|une?) (?:{_words(_ROUGH_WORDS)}))(?![\w'])",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_FIRST_WORDS: Final = (
    frozenset(_NUMBER_WORDS)
    | frozenset(phrase.split()[0] for phrase in _MANY_WORDS.split("|"))
    | {"a", "an", "un", "une"}
)
_RANGE: Final = re.compile(
    rf" ?(?:to|à|-|–|and|et|through) ?(?:over |more than |nearly |about |up to |plus de )?"
    rf"(?P<before>{_PREFIX})?(?P<digits>{_DIGITS})(?P<scale>{_SCALE})?(?P<after>{_SUFFIX})?"
    r"(?![\w.:-]\d)",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(
    rf"[ -]?(?P<unit>%|(?:{_words(frozenset(_UNITS) - {'%'})})(?![\w-]))", re.IGNORECASE
)
_MEASURE: Final = re.compile(
    r" ?-?(?:plus |more |of the |of |de |des |d')?([^\W\d_][\w'&/+-]*(?: [\w][\w'&/+-]*){0,4})"
)
_MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|fév|mars|avr|mai|juin|juil"
    r"|août|sept|déc)[a-zéû]*\.?"
)
_DATE_AFTER: Final = re.compile(
    rf"(?:st|nd|rd|th|er)?(?:[-–]\d{{1,2}})? ?(?:of )?{_MONTH}(?![\w])|[./]\d{{1,2}}[./]\d",
    re.IGNORECASE,
)
_DATE_BEFORE: Final = re.compile(
    rf"(?<!\w){_MONTH} (?:le |the )?(?:\d{{1,2}} ?[-–&] ?)?$", re.IGNORECASE
)
_DAY_TO_DATE: Final = re.compile(rf" (?:au|to|et|and|-) \d{{1,2}} {_MONTH}", re.IGNORECASE)
_TIME_AFTER: Final = re.compile(r":\d\d| ?[ap]\.?m\b\.?| ?h(?: ?\d\d)?\b|o'clock", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|e|er|ère|ème|re)\b")
_RANK: Final = re.compile(
    r"(?:(?P<number>\d{1,4})(?:st|nd|rd|th|e|er) (?:in |among |au |en |rang |dans |worldwide"
    r"|overall|largest"
    r"|biggest|place)|(?<!\w)[Nn]umber (?P<number2>\d{1,3}|one)(?= [a-z])|[Nn]o\."
    r" (?P<number3>\d{1,3})(?= [a-z]))"
)
_ADDRESS: Final = re.compile(
    rf" (?:[NSEW]\.? )?(?:(?:[{UPPER}]|\d)[\w'.-]* ){{1,4}}(?:St|Street|Ave|Avenue|Road|Rd|Blvd"
    rf"|Boulevard"
    r"|Drive|Dr|Parkway|Way|Lane|Suite|Place|Square|Court|Highway|Hill)\b|,? (?:rue|avenue"
    r"|boulevard"
    r"|boul\.|chemin|place)\b|[A-Z]\d? ?\d?[A-Z]"
)
_PHONE: Final = re.compile(r"[ .)-]{1,2}\d{3}[ .-]\d{4}|[ .-]\d{2,4}[ .-]\d{2,4}")
_LABEL_BEFORE: Final = re.compile(
    r"(?:phase|step|item|part|chapter|level|version|section|page|figure|table|suite|room|fax|tel"
    r"|phone"
    r"|call|texting|wkn|isin|no\.|n°|#|box|form|model|top|act of|fortune|number:?|étape|chapitre"
    r"|article|loi|bureau|tél\.?|téléphone|case|apt|unit|floor|gen|ext\.?|poste|since|depuis"
    r"|in|en|by|until|before|after|from|of|year|l'an|fin|early|mid|late|d'ici|dès)[ :.]*$",
    re.IGNORECASE,
)
_LABEL_LENGTH: Final = 20
_YEAR_LABELS: Final = word_set(
    "since depuis in en by until before after from of year l'an fin early mid late d'ici dès"
)
_AS_OF: Final = re.compile(
    r"(?<!\w)(?:in|en|as of|for|during|au cours de|pour|by|d'ici)(?: [A-Za-zé]+)?(?: \d{1,2},?)?"
    r" ((?:19|20)\d\d)(?!\w)",
    re.IGNORECASE,
)
_BEGAN: Final = re.compile(
    r"(?<!\w)(?:founded|established|created|formed|incorporated|started|launched|opened|born|began"
    r"|fondée?s?|créée?s?|établie?s?|constituée?s?|lancée?s?|ouverte?s?|née?s?)"
    r"(?: \w+){0,2} $",
    re.IGNORECASE,
)
"""Stands before the year in which something began, which dates no number after it."""
_SAME_YEAR: Final = re.compile(r"(?:same year|même année)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<![\w$])((?:19|20)\d\d)(?![\w%])")
_SENTENCE: Final = re.compile(r"[.!?](?:[”»\"]?)(?: (?=[“«\"A-ZÀ-Þ\d])|\n)|\n")
_ANAPHORIC: Final = word_set(
    "the these those both les ces nos our its their his her ses leurs all other last past"
    " first next autres dernières derniers premières premiers and or et toutes tous"
)
_MULTIPLIERS: Final = {
    "double": 2,
    "doubled": 2,
    "doubling": 2,
    "doubler": 2,
    "doublé": 2,
    "triple": 3,
    "tripled": 3,
    "tripling": 3,
    "tripler": 3,
    "triplé": 3,
    "quadrupled": 4,
    "quadrupler": 4,
}
_MULTIPLIER: Final = re.compile(
    rf"(?<![\w-])({_words(_MULTIPLIERS)})(?= (?:the|its|our|their|la|le|les|ses|nos|sa|son|in|from"
    rf"|growth|since|over))"
)
_MEASURE_STOPS: Final = (ENGLISH | FRENCH) - word_set("of de d du des new more plus") | word_set(
    "dedicated specializing worked working spanning located raised committed based led"
    " launched dans lors participating available helping studying offering using affected"
    " that who currently across per together annually today réunis disponibles présents"
    " specialising operating serving within"
)


_FRACTIONS: Final = ("-third", "-quarter", "-fifth", " third", " quarter", " tiers", " quarts")
_CONTEXT: Final = 40
"""Characters before and after a number that are looked at."""
_YEARS: Final = range(1800, 2101)
"""Numbers of four digits that are read as years."""
_JOINED: Final = frozenset("$€£#@/.,:+'-_")
"""Signs before a number or word that make it a part of something else."""


class FoundFigure(NamedTuple):
    """A figure; ``start`` and ``end`` are of the plain text.

    Attributes:
        value: The number in digits, or the word of a vague one: ``hundreds``.
        unit: ``count``, ``people``, ``percent`` and so on; of money its code or name.
        upper: The upper end of a range; "" for a single number.
        currency: ISO 4217 code of money; "" for other units and unnamed dollars.
        measure: The words after the number that say what is counted.
        as_of: The year that the sentence gives.
    """

    start: int
    end: int
    value: str
    unit: str
    qualifier: FigureQualifier
    confidence: Confidence
    upper: str = ""
    currency: str = ""
    measure: str = ""
    as_of: str = ""


_DOUBTFUL: Final = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,]|[ -]?(?:[mb]n?|k|thousand|[mb]illions?)\b)",
    re.IGNORECASE,
)
"""Numbers of which the thousandth or the decimals may be meant: ``1.500 euros``."""
_DOUBTFUL_FRENCH: Final = re.compile(rf"{_DOUBTFUL.pattern}|\b(?:b|tr)illions?\b", re.IGNORECASE)
"""In French, a billion is 10^12 for who follows the rule and 10^9 for who follows English."""


def find_figures(text: str, language: str = "") -> list[FoundFigure]:
    """Returns the figures of a text: neither years, dates, times and addresses, nor labels.

    Args:
        text: Plain text with one kind of space and apostrophe, see ``PlainBody.folded``.
        language: Language of the text as in ISO 639-1; "" if unknown.
    """
    found = [*_all_in_digits(text)]
    taken = {figure.start for figure in found}
    found.extend(each for each in _all_in_words(text) if each.start not in taken)
    found.extend(_ranks(text))
    found.extend(_multipliers(text))
    found.sort()
    doubtful = _DOUBTFUL_FRENCH if language == "fr" else _DOUBTFUL
    for number, figure in enumerate(found):
        if doubtful.search(text, figure.start, figure.end):
            found[number] = figure._replace(confidence=Confidence.UNSURE)
    return _with_years(text, found)


def _all_in_digits(text: str) -> Iterator[FoundFigure]:
    done = 0
    for digit in _DIGIT.finditer(text):
        start = digit.start()
        while start < digit.end():
            match = _IN_DIGITS.match(text, start) if text[start].isdigit() else None
            if match is None:
                start += 1
                continue
            figure = _in_digits(text, match) if start >= done else None
            if figure is not None:
                yield figure
                done = figure.end
            start = max(match.end(), done)


def _all_in_words(text: str) -> Iterator[FoundFigure]:
    done = 0
    for word in _WORD.finditer(text):
        if word.start() < done or word[0].lower() not in _FIRST_WORDS:
            continue
        before = text[max(0, word.start() - 2) : word.start()].rstrip(" ")
        if before[-1:].isdigit() or (before and before[-1] in _JOINED):
            continue
        match = _IN_WORDS.match(text, word.start())
        figure = _spelled(text, match) if match else None
        if figure is not None:
            yield figure
            done = figure.end


def _spelled(text: str, match: re.Match[str]) -> FoundFigure | None:
    start, end = match.span()
    before = text[max(0, start - _CONTEXT) : start]
    qualifier, begin = _qualifier(before, start)
    if match["many"]:
        if match["many"].lower() == "decades" or not text[end : end + 4].lower().startswith(
            (" of ", " de ", " d'")
        ):
            return None
        skip = 4 if text[end : end + 4].lower() in {" of ", " de "} else 3
        measure, stop = _measure(text, end + skip)
        unit = _noun_unit(measure)
        many = match["many"].lower()
        return FoundFigure(start, stop, many, unit, "about", Confidence.LIKELY, measure=measure)
    if match["rough"]:
        word = match["rough"].split()[-1].lower()
        if word in {"decade", "century"}:
            if qualifier == "exact":
                return None
            unit = "decades" if word == "decade" else "centuries"
            return FoundFigure(begin, end, "1", unit, qualifier, Confidence.LIKELY)
        following = re.match(r"(?: (?:de|of)\b| d')? ?", text[end : end + 5])
        measure, stop = _measure(text, end + (following.end() if following else 0))
        if not measure:
            return None
        qualifier = "about" if qualifier == "exact" else qualifier
        value, unit = str(_ROUGH_WORDS[word]), _noun_unit(measure)
        return FoundFigure(begin, stop, value, unit, qualifier, Confidence.LIKELY, measure=measure)
    return _in_words(text, match, qualifier, begin)


def _in_words(
    text: str, match: re.Match[str], qualifier: FigureQualifier, begin: int
) -> FoundFigure | None:
    start, end = match.span()
    if (
        match["word"].lower() == "six"
        and match["word"] != "six"
        and not begins_sentence(text, start)
    ):
        return None
    if text.startswith(_FRACTIONS, end):
        return None
    before = text[max(0, start - 12) : start].split()
    last = before[-1].lower() if before else ""
    if last in _ANAPHORIC and qualifier == "exact" and not match["scale"]:
        return None
    if last in {"number", "phase", "one", "neuf", "plus"} and qualifier == "exact":
        return None
    number = _NUMBER_WORDS[match["word"].lower()]
    scale = (match["scale"] or "").strip().lower()
    if scale:
        number *= _SCALES.get(scale, _SCALES.get(scale.rstrip("s"), 100))
    value = str(number)
    currency = (match["after"] or "").strip().lower().removeprefix("de ").removeprefix("d'")
    unit_match = _UNIT.match(text, end)
    if currency:
        code = _SYMBOLS.get(currency, "dollars")
        sure = Confidence.CERTAIN
        return FoundFigure(begin, end, value, code, qualifier, sure, currency=_iso(code))
    if unit_match:
        unit = _UNITS[unit_match["unit"].lower()] or unit_match["unit"]
        if unit == "times" and unit_match["unit"].lower() == "x":
            return None
        if (
            text[unit_match.end() : unit_match.end() + 4] == " ago"
            or "-old" in text[unit_match.end() : unit_match.end() + 8]
        ):
            return None
        return FoundFigure(begin, unit_match.end(), value, unit, qualifier, Confidence.LIKELY)
    measure, stop = _measure(text, end)
    noun = measure.split()[-1] if measure else ""
    if not measure or not any(
        word.lower().endswith(("s", "x", "people")) for word in measure.split()
    ):
        return None
    if noun and text[end : end + 1] not in {" ", "-"}:
        return None
    unit = _noun_unit(measure)
    return FoundFigure(begin, stop, value, unit, qualifier, Confidence.LIKELY, measure=measure)


def _in_digits(text: str, match: re.Match[str]) -> FoundFigure | None:
    start, end = match.span()
    before = text[max(0, start - _CONTEXT) : start]
    digits = match["digits"]
    prefix = _PREFIX_BEFORE.search(before)
    symbol = prefix[0] if prefix else None
    if prefix:
        start -= len(prefix[0])
        before = before[: prefix.start()]
    elif before[-1:].isalnum() or before[-1:] in _JOINED or before[-2:-1].isdigit():
        return None
    has_money = bool(symbol or match["after"])
    if not has_money and _is_label(text, before, match):
        return None
    value = _value(digits, match["scale"])
    if value is None:
        return None
    qualifier, begin = _qualifier(before, start)
    plus_end = _plus_end(text, match)
    if plus_end is not None:
        qualifier, end = "at-least", plus_end
    upper, unit_end, money = "", end, _currency(symbol, match["after"])
    unit_match = _UNIT.match(text, end)
    if unit_match and money == "":
        unit_end = unit_match.end()
    second = _RANGE.match(text, unit_end)
    if second and _is_range(text, match, second, before, bool(unit_match), money):
        upper = _value(second["digits"], second["scale"]) or ""
        if upper and not match["scale"] and second["scale"] and not money:
            value = _value(digits, second["scale"]) or value
        money = money or _currency(second["before"], second["after"])
        end = second.end()
        unit_match = _UNIT.match(text, end)
        unit_end = unit_match.end() if unit_match and not money else end
    if money:
        measure, _stop = _measure(text, end)
        sure = Confidence.CERTAIN
        return FoundFigure(begin, end, value, money, qualifier, sure, upper, _iso(money), measure)
    if unit_match:
        unit = _UNITS[unit_match["unit"].lower()] or unit_match["unit"]
        if unit in {"years", "months", "days"} and "-old" in text[unit_end : unit_end + 8]:
            return None
        if text[unit_end : unit_end + 4] == " ago":
            return None
        measure, _stop = _measure(text, unit_end)
        sure = Confidence.CERTAIN if unit in {"percent", "years"} else Confidence.LIKELY
        return FoundFigure(begin, unit_end, value, unit, qualifier, sure, upper, measure=measure)
    measure, stop = _measure(text, end)
    if not measure or text[end : end + 1].isalpha():
        return None
    if qualifier == "exact" and not match["scale"] and _is_year(digits):
        return None
    plural = _has_plural(measure.split())
    if not plural and not match["scale"] and qualifier == "exact":
        return None
    sure = Confidence.CERTAIN if plural else Confidence.UNSURE
    unit = _noun_unit(measure)
    return FoundFigure(begin, stop, value, unit, qualifier, sure, upper, measure=measure)


def _plus_end(text: str, match: re.Match[str]) -> int | None:
    """Returns where a number with a plus ends: ``70+``, ``70-plus``; None for another number."""
    end = match.end()
    if match["early"] or match["plus"] or match["plus2"] or text[end : end + 1] == "+":
        end += text[end : end + 1] == "+"
        return end + 5 if text[end : end + 6] == "-plus " else end
    return end + 5 if text[end : end + 5] == "-plus" else None


def _is_range(
    text: str, first: re.Match[str], second: re.Match[str], before: str, unit: bool, money: str
) -> bool:
    """Returns whether two numbers are one range: ``1 % to 3 %``, ``between 10 and 20``."""
    joint = second[0].lstrip()
    between = re.search(r"(?:between|entre)(?: \w+)? $", before, re.IGNORECASE) is not None
    if joint.startswith(("and", "et ")):
        return between
    if re.search(r"(?:from|pass\w+ de) $", before, re.IGNORECASE):
        ranging = re.search(r"(?:ranging|range[sd]?|going|vary|allant|varie) (?:from|de) $", before)
        return ranging is not None
    after = _UNIT.match(text, second.end())
    alike = bool(after) == unit or not unit
    return alike and (
        bool(_currency(second["before"], second["after"])) == bool(money) or not money
    )


def _is_label(text: str, before: str, match: re.Match[str]) -> bool:
    """Returns whether digits are part of a date, time, address, telephone number or name."""
    start, end = match.span("digits")
    after = text[end : end + _CONTEXT]
    digits = match["digits"]
    scale = match["scale"]
    if _DATE_AFTER.match(after.lstrip()) or _TIME_AFTER.match(after) or _DAY_TO_DATE.match(after):
        return True
    if _DATE_BEFORE.search(before) or (_ORDINAL.match(after) and not scale):
        return True
    if _PHONE.match(after) and not scale and not re.match(r" \d{3}(?!\d)(?! ?\d)", after):
        return True
    if re.search(r"\d[) .-]{1,2}$", before) or (before.endswith(("(", "+")) and after[:1] == ")"):
        return True
    if _ADDRESS.match(after) and not scale:
        return True
    plain_year = _is_year(digits) and not scale and not match["plus"]
    if plain_year and not _UNIT.match(text, end):
        following = _MEASURE.match(text, end)
        noun = following[1].split()[0].lower() if following else ""
        label = _LABEL_BEFORE.search(before[-_LABEL_LENGTH:])
        if label or noun not in PEOPLE_NOUNS:
            return True
    label = _LABEL_BEFORE.search(before[-_LABEL_LENGTH:])
    if label and label[0].strip(" :.").lower() not in _YEAR_LABELS:
        begin = len(before) - len(label[0])
        return begin == 0 or not (before[begin - 1 : begin].isalnum() or before[begin - 1] in "é-")
    if re.match(r"[-/]\d|[A-Za-z]{1,3}\d|[.)] ?(?:\n|$)|-[A-Z]", after):
        return True
    line_start = before.rfind("\n")
    if before[line_start + 1 :].strip() == "" and re.match(r"[.)]", after):
        return True
    word = re.search(rf"(?:^|[\s(])([{UPPER}][\w&'-]*)[ ]$", before)
    if word and not scale:
        at = start - len(word[0].lstrip(" (\n"))
        if not begins_sentence(text, at) or after[1:2].isupper():
            lowered = word[1].lower()
            return lowered not in ENGLISH and lowered not in FRENCH
    return False


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit() and int(digits) in _YEARS


def _value(digits: str, scale: str | None) -> str | None:
    """Returns the digits of a number; None if it is too long to be one."""
    text = digits.replace(" ", "").replace("'", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if len(text) > 24 or not text.isascii():
        return None
    number = Decimal(text)
    if scale:
        name = scale.strip(" -").lower()
        number *= _SCALES.get(name, _SCALES.get(name.rstrip("s"), 1))
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _currency(before: str | None, after: str | None) -> str:
    for part in (before, after):
        if part:
            name = part.strip().lower().removeprefix("de ").removeprefix("d'")
            name = name.replace("$ ", "$")
            code = (
                _SYMBOLS.get(name)
                or _SYMBOLS.get(name.replace(" ", ""))
                or _SYMBOLS.get(name.rstrip("$ "))
            )
            if code and code != "dollars":
                return code
            if after and part is before:
                follow = after.strip().lower()
                return _SYMBOLS.get(follow, code or "dollars")
            if code:
                return code
    return ""


def _iso(code: str) -> str:
    return code if code.isupper() else ""


def _qualifier(before: str, start: int) -> tuple[FigureQualifier, int]:
    """Returns the qualifier before a number, and where it begins."""
    match = _QUALIFIER.search(before)
    if match is None:
        return "exact", start
    word = match["word"].lower()
    if word in _NOT_QUALIFIERS and word != "just":
        return "exact", start
    if word == "just":
        return "exact", start
    return _QUALIFIERS[word], start - len(before) + match.start()


def _measure(text: str, at: int) -> tuple[str, int]:
    """Returns the noun phrase after a number, at most four words, and where it ends."""
    match = _MEASURE.match(text, at)
    if match is None or "\n" in match[0]:
        return "", at
    words: list[str] = []
    end = at
    offset = match.start(1)
    for part in re.finditer(r"[^ ]+", match[1]):
        word = part[0]
        lowered = word.lower().rstrip("'")
        joins = lowered in {"and", "et", "or", "ou"} and words and not _has_plural(words)
        if lowered in _MEASURE_STOPS and word[0].islower() and not joins:
            break
        words.append(word)
        end = offset + part.end()
        if lowered in PEOPLE_NOUNS:
            break
        if text[end : end + 1] in {",", ".", ";", ":", ")"}:
            break
    while words and words[-1].lower() in {
        "of",
        "de",
        "d",
        "du",
        "des",
        "new",
        "more",
        "plus",
        "d'",
    }:
        end -= len(words.pop())
        end = len(text[:end].rstrip()) if end <= len(text) else end
    return " ".join(words), (end if words else at)


def _has_plural(words: list[str]) -> bool:
    return any(word.lower().endswith(("s", "x")) or word.lower() in PEOPLE_NOUNS for word in words)


def _noun_unit(measure: str) -> str:
    words = [word.lower() for word in re.findall(r"\w+", measure)]
    return "people" if any(word in PEOPLE_NOUNS for word in words[:4]) else "count"


def _ranks(text: str) -> list[FoundFigure]:
    found: list[FoundFigure] = []
    for match in _RANK.finditer(text):
        number = match["number"] or match["number2"] or match["number3"]
        value = "1" if number == "one" else number
        if _DATE_BEFORE.search(text[max(0, match.start() - 15) : match.start()]):
            continue
        found.append(FoundFigure(*match.span(), value, "rank", "exact", Confidence.LIKELY))
    return found


def _multipliers(text: str) -> list[FoundFigure]:
    return [
        FoundFigure(*match.span(), str(_MULTIPLIERS[match[1]]), "times", "exact", Confidence.UNSURE)
        for match in _MULTIPLIER.finditer(text)
    ]


def _years_of(sentence: str) -> set[str]:
    """Returns the years in which a sentence says that something was so, not that it began."""
    return {
        match[1]
        for match in _AS_OF.finditer(sentence)
        if not _BEGAN.search(sentence, 0, match.start())
    }


def _with_years(text: str, found: list[FoundFigure]) -> list[FoundFigure]:
    """Adds the year that the sentence of each figure gives, if it gives one and no other."""
    if not found:
        return found
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    dated: list[FoundFigure] = []
    last_year = ""
    at = 0
    start = 0
    for figure in found:
        while at < len(ends) and ends[at] <= figure.start:
            start = ends[at]
            at += 1
        stop = ends[at] if at < len(ends) else len(text)
        sentence = text[start : min(stop, start + 1_000)]
        years = _years_of(sentence)
        if len(years) == 1:
            (last_year,) = years
            dated.append(figure._replace(as_of=last_year))
        elif last_year and _SAME_YEAR.search(sentence):
            dated.append(figure._replace(as_of=last_year))
        else:
            dated.append(figure)
    return dated
