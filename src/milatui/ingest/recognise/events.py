"""Recognises what a document announces."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.ingest.confidence import Confidence

if TYPE_CHECKING:
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
    """What is announced; ``start`` and ``end`` are of the plain text, -1 for the title only."""

    start: int
    end: int
    kind: str
    confidence: Confidence


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
