"""Formats kinds, qualifiers, units, numbers and languages in the interface's language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.catalogue.labels.dates import format_date
from milatui.i18n import _, language, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SIGNS: Final = {
    "partner": ("■", "#"),
    "person": ("☺", "@"),
    "event": ("◉", "e"),
    "figure": ("∑", "="),
    # No quotation mark: statements are paraphrases.
    "statement": ("◗", ":"),
    "document": ("▤", "-"),
    "partnership": ("●", "*"),
    "expansion": ("▲", "^"),
    "renewal": ("↻", "&"),
    "lab-opening": ("◆", "+"),
    "funding": ("$", "$"),
    "grant": ("¤", "g"),
    "spin-off": ("↗", ">"),
    "acquisition": ("▼", "v"),
    "premises": ("▭", "["),
    "appointment": ("☻", "a"),
    "publication": ("▥", "P"),
    "programme": ("○", "o"),
    "award": ("★", "A"),
    "visit": ("⌂", "h"),
    "founding": ("◇", "!"),
    "strategy": ("§", "s"),
    "product": ("□", "p"),
}


def kind_symbol(kind: str, *, ascii_only: bool = False) -> str:
    """Returns a symbol of one column for a kind; a dot for an archive's own kinds."""
    return _SIGNS.get(kind, ("·", "."))[1 if ascii_only else 0]


def signed_kinds() -> Iterable[str]:
    """Returns the kinds and subkinds that have a symbol of their own."""
    return _SIGNS.keys()


def kind_label(kind: str) -> str:
    """Returns the label of a kind or subkind; an archive's own kinds as they are written."""
    return _kinds(language()).get(kind) or kind.replace("-", " ").replace("_", " ")


def labelled_kinds() -> Iterable[str]:
    """Returns the kinds and subkinds that have a label, whether an archive has them or not."""
    return _kinds(language()).keys()


@lru_cache(maxsize=2)
def _kinds(_spoken: str) -> dict[str, str]:
    """Returns the labels; the language is only the cache's key."""
    return {
        "partner": pgettext("kind", "partner"),
        "person": _("person"),
        "event": _("event"),
        "figure": _("figure"),
        "statement": _("statement"),
        "document": _("document"),
        "company": _("company"),
        "startup": _("start-up"),
        "university": _("university"),
        "public-body": _("public body"),
        "research-institute": _("institute"),
        "funder": _("funder"),
        "investor": _("investor"),
        "network": _("network"),
        "organisation": _("organisation"),
        "partnership": _("partnership"),
        "expansion": _("expansion"),
        "renewal": _("renewal"),
        "lab-opening": _("laboratory"),
        "funding": _("funding"),
        "grant": _("grant"),
        "spin-off": _("spin-off"),
        "acquisition": _("acquisition"),
        "premises": _("premises"),
        "appointment": _("appointment"),
        "publication": _("publication"),
        "programme": _("programme"),
        "award": _("award"),
        "visit": _("visit"),
        "founding": _("founding"),
        "strategy": _("strategy"),
        "product": _("product"),
        "press-release": _("press release"),
        "news": _("news"),
        "profile": _("profile"),
        "report": _("report"),
        "blog": _("blog"),
    }


def grade_label(grade: str) -> str:
    """Returns how near a document is to its publisher; an archive's own grades as written."""
    return {
        "publisher": _("from the publisher"),
        "news-report": _("news report"),
        "republication": _("republication"),
        "aggregator": _("aggregator"),
    }.get(grade, grade)


def relation_label(kind: str, *, reverse: bool = False) -> str:
    """Returns the label of a relation, to stand before the other partner's name.

    ``kind`` is the other's role; with ``reverse`` it is the role of the one whose page it is.
    """
    forms = {
        "parent": (_("belongs to"), _("owns")),
        "subsidiary": (_("owns"), _("belongs to")),
        "member": (_("has as a member"), _("member of")),
        "founder": (_("founded by"), _("founded")),
        "funder": (_("funded by"), _("funds")),
        "partner": (_("partner of"), _("partner of")),
        "spin-off": (_("gave rise to"), _("came out of")),
        "successor": (_("succeeded by"), _("succeeds")),
        "hosted-by": (_("hosted by"), _("hosts")),
    }
    pair = forms.get(kind)
    if pair is None:
        return kind_label(kind)
    return pair[1] if reverse else pair[0]


def count_label(kind: str, number: int) -> str:
    """Formats a number of records: ``3 events``, ``1 document``."""
    n = format_number(str(number))
    forms = {
        "partner": ngettext("{n} partner", "{n} partners", number),
        "person": ngettext("{n} person", "{n} people", number),
        "event": ngettext("{n} event", "{n} events", number),
        "figure": ngettext("{n} figure", "{n} figures", number),
        "statement": ngettext("{n} statement", "{n} statements", number),
        "document": ngettext("{n} document", "{n} documents", number),
    }
    return forms[kind].format(n=n)


def found_label(total: int, texts: int) -> str:
    """Formats how much was found: ``53 found (52 + 1 edition)``, ``7 found`` without editions.

    Args:
        total: Number of records that match.
        texts: Number of them without further editions of a text.
    """
    found = ngettext("{n} found", "{n} found", total).format(n=format_number(str(total)))
    if total == texts:
        return found
    editions = ngettext("{texts} + {n} edition", "{texts} + {n} editions", total - texts)
    parts = editions.format(texts=format_number(str(texts)), n=format_number(str(total - texts)))
    return f"{found} ({parts})"


def language_name(tag: str) -> str:
    """Returns the name of the language of a BCP 47 tag; the tag itself if it is unknown."""
    names = {
        "en": _("English"),
        "fr": _("French"),
        "es": _("Spanish"),
        "de": _("German"),
        "pt": _("Portuguese"),
        "it": _("Italian"),
        "ko": _("Korean"),
        "ja": _("Japanese"),
        "zh": _("Chinese"),
    }
    return names.get(tag.split("-")[0].lower(), tag)


def quote_text(text: str) -> str:
    """Puts a text into the quotation marks of the interface's language."""
    return pgettext("quotation", "“{text}”").format(text=text)


def locator_label(locator: str) -> str:
    """Returns a label for the locator of a passage in the published original.

    First words of the passage get the quotation marks of the interface's language.
    """
    if words := _first_words(locator):
        return _("begins {words}").format(words=words)
    form, _of, day = locator.partition(" of ")
    if form == "item" and day:
        return _("item of {date}").format(date=format_date(day))
    known = {
        "excerpt": _("as excerpted"),
        "text": _("in the text"),
        "title": _("in the title"),
        "relationships": _("under “Relationships”"),
    }
    return known.get(locator, locator)


def locators_label(locators: Iterable[str]) -> str:
    """Returns a label for several passages of a page: each place once, first words together."""
    each = dict.fromkeys(locators)
    words = [found for locator in each if (found := _first_words(locator))]
    labels = [locator_label(locator) for locator in each if locator and not _first_words(locator)]
    if words:
        form = ngettext("begins {words}", "passages that begin {words}", len(words))
        labels.append(form.format(words=", ".join(words)))
    return ", ".join(labels)


def _first_words(locator: str) -> str:
    quoted = locator.startswith("“") and locator.endswith("”")
    return quote_text(locator[1:-1]) if quoted else ""


def as_sentence(message: str) -> str:
    """Makes a sentence of a message: a capital at its beginning, a full stop at its end."""
    stop = "" if message.endswith((".", "!", "?", "…")) else "."
    return f"{message[:1].upper()}{message[1:]}{stop}"


def format_count(number: int) -> str:
    """Formats a count with separators between the thousands."""
    return format_number(str(number))


def format_number(value: str) -> str:
    """Formats a number with separators between the thousands; returns other text unchanged."""
    if language() == "fr" and re.fullmatch(r"-?[0-9]{1,3}\.[0-9]+", value):
        return value.replace(".", ",")
    # Python refuses to parse longer numbers.
    if not re.fullmatch(r"-?[0-9]{4,30}(\.[0-9]+)?", value):
        return value
    whole, point, rest = value.partition(".")
    text = f"{int(whole):,}"
    if language() == "fr":
        # Narrow no-break space, as French typography asks for.
        return text.replace(",", "\u202f") + ("," + rest if point else "")
    return text + point + rest


def format_value(value: str, qualifier: str, unit: str) -> str:
    """Formats a value with qualifier and unit: ``over 1,000``, ``about CAD 4.5 million``.

    Years and dates keep their digits together; the unit ``count`` says nothing and is left out.
    """
    if unit == "date":
        words = format_date(value)
    else:
        words = format_amount(value if unit == "year" else format_number(value), unit)
    forms = {
        "about": _("about {value}"),
        "nearly": _("nearly {value}"),
        "over": _("over {value}"),
        "at-least": _("at least {value}"),
        "at-most": _("at most {value}"),
    }
    form = forms.get(qualifier)
    return form.format(value=words) if form else words


class ValueParts(NamedTuple):
    """A value for columns: its qualifier in words, its number, and its unit in words."""

    qualifier: str
    number: str
    unit: str


def value_parts(value: str, qualifier: str, unit: str) -> ValueParts:
    """Splits what ``format_value`` says into columns; a currency is the unit."""
    words = {
        "about": pgettext("qualifier", "about"),
        "nearly": pgettext("qualifier", "nearly"),
        "over": pgettext("qualifier", "over"),
        "at-least": pgettext("qualifier", "at least"),
        "at-most": pgettext("qualifier", "at most"),
    }
    qualifier_word = words.get(qualifier, "")
    if unit == "date":
        return ValueParts(qualifier_word, format_date(value), "")
    if unit in ("", "count", "year", "claim"):
        return ValueParts(qualifier_word, value if unit == "year" else format_number(value), "")
    if _is_french_money(unit):
        number, _space, sign = format_amount(format_number(value), unit).partition("\u00a0")
        return ValueParts(qualifier_word, number, sign)
    return ValueParts(qualifier_word, format_number(value), _units(language()).get(unit, unit))


def short_value(value: str, qualifier: str, unit: str) -> str:
    """Formats a value for a narrow column: ``> 900``, ``≈ 4.5 M CAD``."""
    sign = {"about": "≈", "nearly": "<", "over": ">", "at-least": "≥", "at-most": "≤"}
    short = value if _is_french_money(unit) else _in_millions(value)
    parts = value_parts(short, qualifier, unit)
    shown = (sign.get(qualifier, ""), parts.number, parts.unit)
    return " ".join(part for part in shown if part)


def _is_french_money(unit: str) -> bool:
    """Returns whether values of a unit are written as French writes money: ``4,5 M$``."""
    return language() == "fr" and (unit == "dollars" or bool(re.fullmatch(r"[A-Z]{3}", unit)))


def _in_millions(value: str) -> str:
    """Returns a number of millions with its sign, if it is round; other text unchanged."""
    if not re.fullmatch(r"[0-9]{1,4}0{4,8}", value) or len(value) < len("1000000"):
        return value
    number = f"{int(value) / 1e6:.2f}".rstrip("0").rstrip(".")
    return f"{format_number(number)}\u00a0M"


def align_decimals(numbers: Sequence[str]) -> list[str]:
    """Pads numbers to one width, their decimal marks under one another."""
    mark = "," if language() == "fr" else "."
    parts = [n.partition(mark) if _is_number(n) else (n, "", "") for n in numbers]
    whole = max((len(before) for before, _mark, _after in parts), default=0)
    after = max((len(mark + after) for _before, mark, after in parts), default=0)
    return [f"{before:>{whole}}{mark + rest:<{after}}" for before, mark, rest in parts]


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?[0-9][0-9,.\u202f]*", text))


def format_amount(number: str, unit: str) -> str:
    """Formats a number with its unit: ``CAD 4,500,000``, ``50 people``, ``97%``.

    Other units are returned as written; ``count``, ``claim`` and an empty unit are left out.
    """
    if unit in ("", "count", "year", "claim"):
        return number
    if unit == "dollars" and language() == "fr":
        return _french_money(number, "$")
    if re.fullmatch(r"[A-Z]{3}", unit):
        if language() == "fr":
            return _french_money(number, _FRENCH_CURRENCIES.get(unit, unit))
        return pgettext("money", "{currency} {number}").format(currency=unit, number=number)
    if unit == "percent":
        return _("{number}%").format(number=number)
    return f"{number} {_units(language()).get(unit, unit)}"


_FRENCH_CURRENCIES: Final = {"CAD": "$\u00a0CA", "USD": "$\u00a0US", "EUR": "€", "GBP": "£"}
"""How currencies are written behind a number in French; of others the code is."""
_THOUSANDS: Final = "\u202f"


def _french_money(number: str, currency: str) -> str:
    """Formats money as French does: ``375 000 $ CA``, ``7 M$``, ``4,5 M$ US``, ``7,5 G$``."""
    digits = number.replace(_THOUSANDS, "")
    if digits.isascii() and digits.isdigit():
        for zeros, sign in ((9, "G"), (6, "M")):
            # Two places after the comma, or the whole number is written.
            if len(digits) > zeros and digits.endswith("0" * (zeros - 2)):
                whole, rest = digits[:-zeros], digits[-zeros:].rstrip("0")
                return f"{whole}{',' + rest if rest else ''}\u00a0{sign}{currency}"
    return f"{number}\u00a0{currency}"


@lru_cache(maxsize=2)
def _units(_spoken: str) -> dict[str, str]:
    """Returns labels of the most common units; the language is only the cache's key."""
    return {
        "people": pgettext("unit", "people"),
        "years": pgettext("unit", "years"),
        "months": pgettext("unit", "months"),
        "weeks": pgettext("unit", "weeks"),
        "days": pgettext("unit", "days"),
        "hours": pgettext("unit", "hours"),
        "minutes": pgettext("unit", "minutes"),
        "times": pgettext("unit", "times"),
        "sq ft": pgettext("unit", "sq ft"),
        "m2": pgettext("unit", "m²"),
        "companies": pgettext("unit", "companies"),
        "organisations": pgettext("unit", "organisations"),
        "projects": pgettext("unit", "projects"),
        "jobs": pgettext("unit", "jobs"),
        "places": pgettext("unit", "places"),
        "papers": pgettext("unit", "papers"),
        "articles": pgettext("unit", "articles"),
        "dollars": pgettext("unit", "dollars"),
        "percent": "%",
    }
