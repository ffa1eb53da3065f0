"""Distinguishes digits that say how many from those of dates, times, addresses and names."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import Final

from milatui.index.analysis.stopwords import ENGLISH, FRENCH
from milatui.ingest.recognise.figures.number_patterns import (
    CONTEXT,
    DATE_BEFORE,
    MEASURE,
    MONTH,
    UNIT,
    is_year,
)
from milatui.ingest.recognise.name_phrases import UPPER, begins_sentence
from milatui.ingest.recognise.vocabulary import PEOPLE_NOUNS, word_set

_DATE_AFTER: Final = re.compile(
    rf"(?:st|nd|rd|th|er)?(?:[-–]\d{{1,2}})? ?(?:of )?{MONTH}(?![\w])|[./]\d{{1,2}}[./]\d",
    re.IGNORECASE,
)
_DAY_TO_DATE: Final = re.compile(rf" (?:au|to|et|and|-) \d{{1,2}} {MONTH}", re.IGNORECASE)
_TIME_AFTER: Final = re.compile(r":\d\d| ?[ap]\.?m\b\.?| ?h(?: ?\d\d)?\b|o'clock", re.IGNORECASE)
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|e|er|ère|ème|re)\b")
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


def is_label(text: str, before: str, match: re.Match[str]) -> bool:
    """Returns whether digits are part of a date, time, address, telephone number or name."""
    start, end = match.span("digits")
    after = text[end : end + CONTEXT]
    digits = match["digits"]
    scale = match["scale"]
    if _DATE_AFTER.match(after.lstrip()) or _TIME_AFTER.match(after) or _DAY_TO_DATE.match(after):
        return True
    if DATE_BEFORE.search(before) or (_ORDINAL.match(after) and not scale):
        return True
    if _PHONE.match(after) and not scale and not re.match(r" \d{3}(?!\d)(?! ?\d)", after):
        return True
    if re.search(r"\d[) .-]{1,2}$", before) or (before.endswith(("(", "+")) and after[:1] == ")"):
        return True
    if _ADDRESS.match(after) and not scale:
        return True
    plain_year = is_year(digits) and not scale and not match["plus"]
    if plain_year and not UNIT.match(text, end):
        following = MEASURE.match(text, end)
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
