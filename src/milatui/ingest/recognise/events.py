"""Recognises what a document announces."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.edtf import is_edtf
from milatui.archive.written_dates import MONTHS
from milatui.index.analysis.folding import fold
from milatui.ingest.confidence import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.ingest.recognise.plain_body import PlainBody

_KINDS: Final = (
    (
        "acquisition",
        r"acqui(?:re[sd]?|ring|sition)|to buy|buys|merge[sr]?|merger|rachat|rachète|acquiert"
        r"|fusion",
    ),
    (
        "lab-opening",
        r"(?:open|establish|launch|inaugurat)\w* (?:\w+ ){0,4}(?:lab|labs|laboratory|research"
        r" cent(?:er|re))\b"
        r"|(?:laboratoire|centre de recherche)\b(?=.{0,80}(?:ouv|inaugur|cré))|(?:ouv|inaugur)\w+"
        r" .{0,40}(?:laboratoire|centre de recherche)",
    ),
    (
        "renewal",
        r"renew(?:s|ed|al|ing)?|extends?|extended|extension|renouvel\w+|reconduit\w*|prolong\w+",
    ),
    (
        "expansion",
        r"expand(?:s|ed|ing)?|expansion|strengthens?|deepens?|widens?|élargi\w*|renforc\w+"
        r"|agrandi\w*",
    ),
    (
        "partnership",
        r"partners?\b|partnerships?|partnered|collaborat\w+|alliance|teams? up|join(?:s|ed)? forces"
        r"|joint venture|agreement|partenariat\w*|collabor\w+|s'associ\w+|entente|accord|s'alli\w+"
        r"|unissent",
    ),
    ("spin-off", r"spin-?offs?|spins? (?:out|off)|essaim\w+|jeune pousse issue"),
    ("grant", r"grants?|subventions?|bourses?|fellowships?|receives? \$|octro\w+"),
    (
        "funding",
        r"raises?|raised|series [a-e]\b|seed round|financing|funding|invest(?:s|ed|ment|ments|ing)"
        r"|levée"
        r"|lève|financement|investi\w*",
    ),
    (
        "appointment",
        r"appoint(?:s|ed|ment)?|names?|named|promot(?:es|ed)|hires?|joins .{0,40} as|nomm\w+"
        r"|nomination",
    ),
    (
        "award",
        r"awards?|awarded|prize|honou?r(?:s|ed)?|wins?|won|recogni[sz]ed|prix|lauréat\w*"
        r"|récompens\w*",
    ),
    (
        "premises",
        r"new (?:office|headquarters|building|campus|location|store|gallery)|opens?|moves? (?:in"
        r"|to)|bureaux"
        r"|nouveau siège|s'installe\w*|emménag\w+|s'établit|ouvre",
    ),
    ("publication", r"publish(?:es|ed)?|report|study|white ?paper|publie\w*|rapport|étude"),
    (
        "product",
        r"launch(?:es|ed|ing)?|introduc(?:es|ed|ing)|unveil(?:s|ed)?|releases?|lance\w*|dévoile\w*"
        r"|présente",
    ),
    ("strategy", r"strateg(?:y|ic plan)|roadmap|stratégie|plan stratégique"),
    ("programme", r"program(?:me)?s?|initiative|challenge|bootcamp|scholarship|programme|projet"),
    ("visit", r"visits?|delegation|visite\w*|délégation"),
    ("founding", r"founds|is founded|creation of|création de|fonde"),
)
_KIND_PATTERNS: Final = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])", re.IGNORECASE))
    for kind, pattern in _KINDS
)
_ANNOUNCEMENT: Final = re.compile(
    r"(?<!\w)(?:announce[sd]?|announcing|unveils?|unveiled|launch(?:es|ed)|has (?:named|appointed"
    r"|acquired|raised"
    r"|signed|selected|promoted|partnered|opened|entered)|proud to|pleased to|partners? with"
    r"|partnered with"
    r"|annonce(?:nt)?|a annoncé|ont annoncé|dévoile(?:nt)?|lance(?:nt)?|signe(?:nt)?|ont signé"
    r"|inaugure(?:nt)?"
    r"|s'associe(?:nt)?|a le plaisir|est fière?s? d')(?!\w)",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?][”»\"]?(?: (?=[“«\"A-ZÀ-Þ])|\n|$)|\n")
_FIRST: Final = 1_600


class FoundEvent(NamedTuple):
    """What is announced; ``start`` and ``end`` are of the plain text, -1 for the title only.

    ``date`` is the EDTF date that the sentence gives; empty where it is the document's.
    """

    start: int
    end: int
    kind: str
    confidence: Confidence
    date: str = ""


def find_event(title: str, body: PlainBody) -> FoundEvent | None:
    """Returns what a document announces; None if it announces nothing of a known kind."""
    text = body.folded
    announcement = _ANNOUNCEMENT.search(text, 0, _FIRST)
    start, end = (-1, -1) if announcement is None else _sentence(text, announcement.start())
    kind = _kind(title)
    in_text = _kind(text[start:end]) if announcement else ""
    if not kind and not in_text:
        return None
    if announcement is None and _ANNOUNCEMENT.search(title) is None:
        return FoundEvent(-1, -1, kind, Confidence.UNSURE) if kind in _PLAIN_KINDS else None
    sure = Confidence.LIKELY if kind and (kind == in_text or not in_text) else Confidence.UNSURE
    if kind and in_text and kind in _kinds(text[start:end]):
        sure = Confidence.LIKELY
    if kind in _WEAK_KINDS and in_text and in_text not in _WEAK_KINDS:
        kind = in_text
    return FoundEvent(start, end, kind or in_text, sure)


def find_dated_events(
    text: str, announced: FoundEvent | None, apart: Sequence[tuple[int, int]]
) -> list[FoundEvent]:
    """Returns what else the text says has happened, each by a sentence with a date of its own.

    Args:
        text: The folded plain text.
        announced: What the document announces, whose sentence is left out.
        apart: Passages without events: contacts and legal cautions.
    """
    found: list[FoundEvent] = []
    for year in _YEAR.finditer(text):
        at = year.start()
        match = _DATE.search(text[max(0, at - _DATE_LENGTH) : at])
        if match is None or any(start <= at < end for start, end in apart):
            continue
        start, end = _bounded_sentence(text, at)
        if found and start < found[-1].end:
            continue
        if announced and announced.start < end and start < announced.end:
            continue
        kind = _kind_of_past(text[start:end])
        if kind and _COMING.search(text, start, end) is None:
            found.append(FoundEvent(start, end, kind, Confidence.UNSURE, _edtf(match, year[0])))
        if len(found) == _MAX_DATED:
            break
    return found


def _kind_of_past(sentence: str) -> str:
    return next((kind for kind, pattern in _PAST_KINDS if pattern.search(sentence)), "")


def _edtf(match: re.Match[str], year: str) -> str:
    """Returns the date of a sentence as EDTF: a day, a month or a year."""
    if match["only"]:
        return year
    month = MONTHS[fold(match["month"]).rstrip(".")]
    day = match["first"] or match["second"]
    plain = f"{year}-{month:02}"
    return f"{plain}-{int(day):02}" if day and is_edtf(f"{plain}-{int(day):02}") else plain


def _bounded_sentence(text: str, at: int) -> tuple[int, int]:
    """Returns the sentence around ``at``, as far as it is not too long."""
    floor = max(0, at - _LONGEST)
    start = floor
    for match in _SENTENCE_END.finditer(text, floor, at):
        if not _ABBREVIATED.search(text, max(0, match.start() - 5), match.start() + 1):
            start = match.end()
    end = min(len(text), at + _LONGEST)
    for match in _SENTENCE_END.finditer(text, at, end):
        if not _ABBREVIATED.search(text, max(0, match.start() - 5), match.start() + 1):
            end = match.end()
            break
    return start, start + len(text[start:end].rstrip())


_LONGEST: Final = 400
_MAX_DATED: Final = 5
_ABBREVIATED: Final = re.compile(r"\b(?:Inc|Ltd|Corp|Co|Dr|Mr|Ms|St|No|[A-Z])\.$")
_MONTH_WORDS: Final = "|".join(
    sorted({"février", "août", "décembre", "févr", "déc"} | set(MONTHS), key=len, reverse=True)
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?![\w-])")
_DATE: Final = re.compile(
    r"(?<![\w-])(?:(?P<first>\d{1,2})(?:st|nd|rd|th|er)?,? )?"
    rf"(?P<month>(?i:{_MONTH_WORDS}))\.?,? (?:(?P<second>\d{{1,2}})(?:st|nd|rd|th)?,? )?$"
    r"|(?P<only>(?<!\w)[IiEe]n )$"
)
_DATE_LENGTH: Final = 24
_COMING: Final = re.compile(
    r"(?<!\w)(?:will|expected|scheduled|upcoming|until|sera|seront|prévue?s?)\b"
)
_PAST: Final = (
    ("founding", r"founded|established|incorporated|was created|fondée?s?|créée?s?"),
    (
        "acquisition",
        r"acquired|merged with|completed (?:the|its) acquisition|a acquis|ont fusionné",
    ),
    ("lab-opening", r"opened (?:\w+ ){0,4}(?:lab|labs|laboratory|research cent(?:er|re))"),
    ("renewal", r"renewed|extended (?:its|their|the)|renouvelée?s?|prolongée?s?"),
    (
        "partnership",
        r"partnered with|signed (?:an?|its|the) (?:\w+ ){0,3}agreement|joined forces|teamed up"
        r"|formed (?:a|an) (?:\w+ ){0,2}(?:partnership|alliance)|ont signé|a signé|s'est associée?",
    ),
    ("spin-off", r"spun (?:out|off)"),
    (
        "funding",
        r"raised|secured (?:\w+ ){0,4}(?:funding|financing)|received (?:\w+ ){0,4}grant|a levé",
    ),
    ("appointment", r"(?:was|were) (?:named|appointed|promoted)|a été nommée?|joined .{0,40} as"),
    (
        "award",
        r"(?:was|were) awarded|won (?:the|an?)|received .{0,40}award|a remporté|a reçu le prix",
    ),
    ("premises", r"opened (?:its|a|the)|moved (?:in|to|into)|a ouvert|a inauguré|s'est installée?"),
    ("product", r"launched|introduced|unveiled|released|a lancé|a dévoilé"),
)
_PAST_KINDS: Final = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE))
    for kind, pattern in _PAST
)
"""What has happened, as sentences of a release say it of earlier events."""
_WEAK_KINDS: Final = frozenset({"publication", "product", "strategy", "programme", "visit"})
"""Kinds whose words are also said of other things."""
_PLAIN_KINDS: Final = frozenset(
    {"partnership", "expansion", "renewal", "acquisition", "lab-opening", "appointment", "funding"}
)


def _kind(text: str) -> str:
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(text)), "")


def _kinds(text: str) -> set[str]:
    return {kind for kind, pattern in _KIND_PATTERNS if pattern.search(text)}


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = 0
    for match in _SENTENCE_END.finditer(text, 0, at):
        start = match.end()
    after = _SENTENCE_END.search(text, at)
    end = after.end() if after else len(text)
    return start, start + len(text[start:end].rstrip())
