"""Lists the words of numbers, scales, currencies, units and qualifiers in English and French."""

# untranslated: words of texts, in both languages
from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.index.analysis.stopwords import ENGLISH, FRENCH
from milatui.ingest.recognise.vocabulary import word_set

if TYPE_CHECKING:
    from milatui.ingest.recognise.findings import FigureQualifier

NUMBER_WORDS: Final = {
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
ROUGH_WORDS: Final = {
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
MANY_WORDS: Final = (
    "hundreds of millions|tens of millions|hundreds of thousands|tens of thousands|hundreds"
    "|thousands|millions|billions|dozens|decades|centaines de millions|centaines de milliers"
    "|dizaines de milliers|dizaines de millions|centaines|milliers|dizaines|milliards"
)
SCALES: Final = {
    **dict.fromkeys(("k", "thousand", "mille"), 1_000),
    **dict.fromkeys(("m", "mm", "mn", "million", "millions"), 1_000_000),
    **dict.fromkeys(
        ("b", "bn", "billion", "billions", "milliard", "milliards", "md", "mds", "g"), 1_000_000_000
    ),
    **dict.fromkeys(("trillion", "trillions", "t"), 1_000_000_000_000),
    "hundred": 100,
}
SYMBOLS: Final = {
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
UNITS: Final = {
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
QUALIFIERS: Final[dict[str, FigureQualifier]] = {
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
NOT_QUALIFIERS: Final = frozenset({"from", "within", "more", "near", "just", "a mere"})
MULTIPLIERS: Final = {
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
ANAPHORIC: Final = word_set(
    "the these those both les ces nos our its their his her ses leurs all other last past"
    " first next autres dernières derniers premières premiers and or et toutes tous"
)
MEASURE_STOPS: Final = (ENGLISH | FRENCH) - word_set("of de d du des new more plus") | word_set(
    "dedicated specializing worked working spanning located raised committed based led"
    " launched dans lors participating available helping studying offering using affected"
    " that who currently across per together annually today réunis disponibles présents"
    " specialising operating serving within"
)
FRACTIONS: Final = ("-third", "-quarter", "-fifth", " third", " quarter", " tiers", " quarts")
