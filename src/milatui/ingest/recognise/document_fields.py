"""Recognises the dateline, the publisher and the type of a document."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import UPPER

if TYPE_CHECKING:
    from milatui.archive.records import Document
    from milatui.ingest.recognise.plain_body import PlainBody

_PLACE: Final = rf"[{UPPER}][\w.'-]*(?:[ -](?:de |du |la |le |of |sur )?[{UPPER}][\w.'-]*){{0,3}}"
_MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|fév|avr|mai|juin|juil|août"
    r"|d[ée]c)[\wéû]*\.?"
)
_DATELINE: Final = re.compile(
    rf"(?P<places>{_PLACE}(?:, [A-Z][\w.]{{1,14}}(?: [A-Z]\w+)?\.?){{0,2}}(?:(?: and | et |/|;"
    rf" ){_PLACE})?)"
    rf"(?:,? ?\(?(?:le )?(?:(?i:{_MONTH})[ ]\d{{1,2}},? \d{{4}}|\d{{1,2}}(?:er)? (?i:{_MONTH})"
    rf" \d{{4}})\)?"
    r"|, ?\(?\w+, (?=[A-Z])| ?[–-] ?(?=(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?"
    r" \d"
    r"|\(?[A-Z]{4})| ?\([A-Z][\w .&]+\) ?)"
)
_CAPITALS: Final = re.compile(rf"(?P<places>[{UPPER}][{UPPER} .'-]{{2,30}}?) ?(?:--|–) ")
_WIRE: Final = re.compile(
    r"(?:/|\()\s?(?:CNW(?: Telbec)?|PRNewswire|PR Newswire|BUSINESS WIRE|Business Wire|GLOBE"
    r" NEWSWIRE"
    r"|NEWMEDIAWIRE|24-7PressRelease|Newsworthy\.ai|ACCESSWIRE|Marketwired|Cision|NOTICIAS NEWSWIRE"
    r"|EZ Newswire|AGENCE FRANCE-PRESSE|AFP)\b[^/)\n]{0,20}[/)]|--News Direct--"
)
_RELEASE_WORDS: Final = (
    "for immediate release",
    "pour diffusion immédiate",
    "press release",
    "communiqué de presse",
    "news release",
    "media contact",
    "contact presse",
    "contact médias",
    "contacts médias",
    "relations médias",
    "media advisory",
)
_ANNOUNCES: Final = re.compile(
    r"(?<!\w)(?:announce[sd]?|announcing|annonce(?:nt)?|annoncé|unveils?|unveiled|launch(?:es|ed)"
    r"|dévoile"
    r"|lance(?:nt)?)(?!\w)",
    re.IGNORECASE,
)
_FIRST: Final = 700


class FoundField(NamedTuple):
    """A value of the document; ``start`` and ``end`` are of the plain text, -1 without passage."""

    start: int
    end: int
    value: str
    confidence: Confidence


def find_dateline_field(body: PlainBody) -> FoundField | None:
    """Returns the places of the dateline, separated by semicolons; None without a dateline."""
    text = body.folded
    for paragraph in body.paragraphs[:6]:
        if paragraph.start > _FIRST:
            break
        capitals = _CAPITALS.match(text, paragraph.start)
        if capitals and not capitals[0].lower().startswith(_RELEASE_WORDS):
            places = body.words(*capitals.span("places"))
            return FoundField(*capitals.span("places"), places, Confidence.LIKELY)
        match = _DATELINE.match(text, paragraph.start)
        if match is None:
            continue
        tail = text[match.end() : match.end() + 40]
        dated = re.search(r"\d{4}", match[0]) is not None
        if not dated and not re.match(r"\(?[\w ,.]{0,24}\d{4}|\w+ [–-]|[–-]", tail):
            continue
        if dated and not re.match(r" ?(?:[–/(.-]|\)|:)", tail) and "(" not in match[0]:
            continue
        places = body.words(*match.span("places")).strip(" ,")
        parts = re.split(r" and | et |; |/", places)
        value = "; ".join(part.strip(" ,") for part in parts if part.strip(" ,"))
        return FoundField(*match.span("places"), value, Confidence.CERTAIN)
    return None


def find_type(
    document: Document, body: PlainBody, *, quoted: bool, about: bool
) -> FoundField | None:
    """Returns the type of a document by its form; None if the form shows none.

    Args:
        document: The document.
        body: Its plain text.
        quoted: Whether somebody is quoted in it.
        about: Whether it has an "About X" passage.
    """
    text = body.folded
    wire = _WIRE.search(text, 0, _FIRST)
    if wire:
        return FoundField(wire.start(), wire.end(), "press-release", Confidence.CERTAIN)
    lowered = text.lower()
    for words in _RELEASE_WORDS:
        at = lowered.find(words)
        if at >= 0 and len(lowered) == len(text):
            return FoundField(at, at + len(words), "press-release", Confidence.LIKELY)
    announces = _ANNOUNCES.search(document.title) or _ANNOUNCES.search(text[:_FIRST])
    if about and (quoted or announces):
        return FoundField(-1, -1, "press-release", Confidence.LIKELY)
    if announces and (find_dateline_field(body) or quoted):
        return FoundField(-1, -1, "press-release", Confidence.UNSURE)
    if document.title.lower().startswith(("about ", "à propos")):
        return FoundField(-1, -1, "profile", Confidence.UNSURE)
    return None
