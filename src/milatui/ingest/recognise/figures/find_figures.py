"""Recognises numbers that a text gives for something, with unit, currency and qualifier."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.figures.digit_labels import is_label
from milatui.ingest.recognise.figures.figure_words import (
    ANAPHORIC,
    FRACTIONS,
    MEASURE_STOPS,
    MULTIPLIERS,
    NOT_QUALIFIERS,
    NUMBER_WORDS,
    QUALIFIERS,
    ROUGH_WORDS,
    SCALES,
    SYMBOLS,
    UNITS,
)
from milatui.ingest.recognise.figures.number_patterns import (
    CONTEXT,
    DATE_BEFORE,
    DIGIT,
    FIRST_WORDS,
    IN_DIGITS,
    IN_WORDS,
    MEASURE,
    MULTIPLIER,
    PREFIX_BEFORE,
    QUALIFIER,
    RANGE,
    RANK,
    UNIT,
    WORD,
    is_year,
)
from milatui.ingest.recognise.name_phrases import begins_sentence
from milatui.ingest.recognise.vocabulary import PEOPLE_NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.ingest.recognise.findings import FigureQualifier

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
_SENTENCE: Final = re.compile(r"[.!?](?:[”»\"]?)(?: (?=[“«\"A-ZÀ-Þ\d])|\n)|\n")
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
    for digit in DIGIT.finditer(text):
        start = digit.start()
        while start < digit.end():
            match = IN_DIGITS.match(text, start) if text[start].isdigit() else None
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
    for word in WORD.finditer(text):
        if word.start() < done or word[0].lower() not in FIRST_WORDS:
            continue
        before = text[max(0, word.start() - 2) : word.start()].rstrip(" ")
        if before[-1:].isdigit() or (before and before[-1] in _JOINED):
            continue
        match = IN_WORDS.match(text, word.start())
        figure = _spelled(text, match) if match else None
        if figure is not None:
            yield figure
            done = figure.end


def _spelled(text: str, match: re.Match[str]) -> FoundFigure | None:
    start, end = match.span()
    before = text[max(0, start - CONTEXT) : start]
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
        value, unit = str(ROUGH_WORDS[word]), _noun_unit(measure)
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
    if text.startswith(FRACTIONS, end):
        return None
    before = text[max(0, start - 12) : start].split()
    last = before[-1].lower() if before else ""
    if last in ANAPHORIC and qualifier == "exact" and not match["scale"]:
        return None
    if last in {"number", "phase", "one", "neuf", "plus"} and qualifier == "exact":
        return None
    number = NUMBER_WORDS[match["word"].lower()]
    scale = (match["scale"] or "").strip().lower()
    if scale:
        number *= SCALES.get(scale, SCALES.get(scale.rstrip("s"), 100))
    value = str(number)
    currency = (match["after"] or "").strip().lower().removeprefix("de ").removeprefix("d'")
    unit_match = UNIT.match(text, end)
    if currency:
        code = SYMBOLS.get(currency, "dollars")
        sure = Confidence.CERTAIN
        return FoundFigure(begin, end, value, code, qualifier, sure, currency=_iso(code))
    if unit_match:
        unit = UNITS[unit_match["unit"].lower()] or unit_match["unit"]
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
    before = text[max(0, start - CONTEXT) : start]
    digits = match["digits"]
    prefix = PREFIX_BEFORE.search(before)
    symbol = prefix[0] if prefix else None
    if prefix:
        start -= len(prefix[0])
        before = before[: prefix.start()]
    elif before[-1:].isalnum() or before[-1:] in _JOINED or before[-2:-1].isdigit():
        return None
    has_money = bool(symbol or match["after"])
    if not has_money and is_label(text, before, match):
        return None
    value = _value(digits, match["scale"])
    if value is None:
        return None
    qualifier, begin = _qualifier(before, start)
    plus_end = _plus_end(text, match)
    if plus_end is not None:
        qualifier, end = "at-least", plus_end
    upper, unit_end, money = "", end, _currency(symbol, match["after"])
    unit_match = UNIT.match(text, end)
    if unit_match and money == "":
        unit_end = unit_match.end()
    second = RANGE.match(text, unit_end)
    if second and _is_range(text, match, second, before, bool(unit_match), money):
        upper = _value(second["digits"], second["scale"]) or ""
        if upper and not match["scale"] and second["scale"] and not money:
            value = _value(digits, second["scale"]) or value
        money = money or _currency(second["before"], second["after"])
        end = second.end()
        unit_match = UNIT.match(text, end)
        unit_end = unit_match.end() if unit_match and not money else end
    sure = Confidence.CERTAIN
    figure = FoundFigure(begin, end, value, money, qualifier, sure, upper, _iso(money))
    if money:
        measure, _stop = _measure(text, end)
        return figure._replace(measure=measure)
    if unit_match:
        return _with_unit(text, figure, unit_match)
    return _with_noun(text, figure, match)


def _with_unit(text: str, figure: FoundFigure, match: re.Match[str]) -> FoundFigure | None:
    """Adds the unit that follows a number; None if it says how old or how long ago."""
    unit = UNITS[match["unit"].lower()] or match["unit"]
    end = match.end()
    if unit in {"years", "months", "days"} and "-old" in text[end : end + 8]:
        return None
    if text[end : end + 4] == " ago":
        return None
    measure, _stop = _measure(text, end)
    sure = Confidence.CERTAIN if unit in {"percent", "years"} else Confidence.LIKELY
    return figure._replace(end=end, unit=unit, confidence=sure, measure=measure)


def _with_noun(text: str, figure: FoundFigure, match: re.Match[str]) -> FoundFigure | None:
    """Adds the words that say what a number counts; None if it counts nothing."""
    measure, end = _measure(text, figure.end)
    if not measure or text[figure.end : figure.end + 1].isalpha():
        return None
    plural = _has_plural(measure.split())
    is_bare = figure.qualifier == "exact" and not match["scale"]
    if is_bare and (not plural or is_year(match["digits"])):
        return None
    sure = Confidence.CERTAIN if plural else Confidence.UNSURE
    unit = _noun_unit(measure)
    return figure._replace(end=end, unit=unit, confidence=sure, measure=measure)


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
    after = UNIT.match(text, second.end())
    alike = bool(after) == unit or not unit
    return alike and (
        bool(_currency(second["before"], second["after"])) == bool(money) or not money
    )


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
        number *= SCALES.get(name, SCALES.get(name.rstrip("s"), 1))
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _currency(before: str | None, after: str | None) -> str:
    for part in (before, after):
        if part:
            name = part.strip().lower().removeprefix("de ").removeprefix("d'")
            name = name.replace("$ ", "$")
            code = (
                SYMBOLS.get(name)
                or SYMBOLS.get(name.replace(" ", ""))
                or SYMBOLS.get(name.rstrip("$ "))
            )
            if code and code != "dollars":
                return code
            if after and part is before:
                follow = after.strip().lower()
                return SYMBOLS.get(follow, code or "dollars")
            if code:
                return code
    return ""


def _iso(code: str) -> str:
    return code if code.isupper() else ""


def _qualifier(before: str, start: int) -> tuple[FigureQualifier, int]:
    """Returns the qualifier before a number, and where it begins."""
    match = QUALIFIER.search(before)
    if match is None:
        return "exact", start
    word = match["word"].lower()
    if word in NOT_QUALIFIERS:
        return "exact", start
    return QUALIFIERS[word], start - len(before) + match.start()


def _measure(text: str, at: int) -> tuple[str, int]:
    """Returns the noun phrase after a number, at most four words, and where it ends."""
    match = MEASURE.match(text, at)
    if match is None or "\n" in match[0]:
        return "", at
    words: list[str] = []
    end = at
    offset = match.start(1)
    for part in re.finditer(r"[^ ]+", match[1]):
        word = part[0]
        lowered = word.lower().rstrip("'")
        joins = lowered in {"and", "et", "or", "ou"} and words and not _has_plural(words)
        if lowered in MEASURE_STOPS and word[0].islower() and not joins:
            break
        words.append(word)
        end = offset + part.end()
        if lowered in PEOPLE_NOUNS:
            break
        if text[end : end + 1] in {",", ".", ";", ":", ")"}:
            break
    while words and words[-1].lower() in _NO_LAST_WORDS:
        end -= len(words.pop())
        end = len(text[:end].rstrip()) if end <= len(text) else end
    return " ".join(words), (end if words else at)


_NO_LAST_WORDS: Final = frozenset({"of", "de", "d", "d'", "du", "des", "new", "more", "plus"})


def _has_plural(words: list[str]) -> bool:
    return any(word.lower().endswith(("s", "x")) or word.lower() in PEOPLE_NOUNS for word in words)


def _noun_unit(measure: str) -> str:
    words = [word.lower() for word in re.findall(r"\w+", measure)]
    return "people" if any(word in PEOPLE_NOUNS for word in words[:4]) else "count"


def _ranks(text: str) -> list[FoundFigure]:
    found: list[FoundFigure] = []
    for match in RANK.finditer(text):
        number = match["number"] or match["number2"] or match["number3"]
        value = "1" if number == "one" else number
        if DATE_BEFORE.search(text[max(0, match.start() - 15) : match.start()]):
            continue
        found.append(FoundFigure(*match.span(), value, "rank", "exact", Confidence.LIKELY))
    return found


def _multipliers(text: str) -> list[FoundFigure]:
    return [
        FoundFigure(*match.span(), str(MULTIPLIERS[match[1]]), "times", "exact", Confidence.UNSURE)
        for match in MULTIPLIER.finditer(text)
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
