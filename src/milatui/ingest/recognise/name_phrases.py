"""Finds name phrases: runs of words with capital letters, and what belongs to them."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.stopwords import ENGLISH, FRENCH
from milatui.ingest.recognise.vocabulary import (
    FRENCH_HEADS,
    HONORIFICS,
    LEGAL_FORMS,
    OF_NAMES,
    ORGANISATION_HEADS,
    PLACES,
    ROLE_HEADS,
    ROLE_MODIFIERS,
    TOPIC_WORDS,
)

if TYPE_CHECKING:
    from milatui.ingest.recognise.plain_text import PlainBody

UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
_WORD: Final = (
    rf"(?:(?:[{UPPER}]\.){{2,5}}|[{UPPER}]\.(?= [{UPPER}])"
    rf"|[a-z]{{0,3}}[{UPPER}](?:[\w+]|[-&](?=\w)|'(?!s\b)(?=\w)|\.(?=[a-z]{{2,12}}\b))*"
    rf"(?:\[\w\])?)"
)
_CHUNK: Final = re.compile(
    rf"(?<![\w@#$.]){_WORD}(?:(?: {{1,2}}|/| & )(?:{_WORD}|\d{{1,3}}(?= [{UPPER}])))*"
)
_ELISION: Final = re.compile(r"(?:[LDNSJMTC]|Qu)'(?=\w)")
_OF: Final = re.compile(rf" (?:of|for|on|in)(?: the)? (?=[{UPPER}])")
_OF_LOWER: Final = re.compile(r" (of|for|on) (?=[a-z])")
_AND_TOPIC: Final = re.compile(rf"(?:,? (?:and|&) |, )(?=[{UPPER}])")
_LEGAL_TAIL: Final = re.compile(
    r",? (?:Inc|Ltd|LLC|L\.L\.C|LLP|L\.P|PLC|Corp|Co|S\.A|SA|AG|GmbH|SAS|Ltée|N\.V|B\.V|Limited)"
    r"\b\.?"
)
_DASH_DESCRIPTOR: Final = re.compile(rf" [-–|] (?=[{UPPER}])")
_FRENCH_TAIL: Final = re.compile(
    r"(?: (?:(?:et |, )?(?:de la |de l'|du |des |de |d'|en |à la |à l'|aux |à |pour la |pour l'|pour"
    rf" |sur |au )(?:l'|la |les |le )?|et |& )?(?=[{UPPER}])"
    r"|(?: et|,)?(?: (?:de la |de l'|du |des |de |d'|en |à la |à l'|aux |pour la |pour l'|pour"
    r" les |pour le |sur les |sur le |sur l'))"
    r"(?=[a-zà-ÿ]))"
)
_LOWER_WORD: Final = re.compile(r"[a-zà-ÿœ]+(?:-[a-zà-ÿœ]+)*")
_ADJECTIVE: Final = re.compile(
    r" (?P<word>[a-zà-ÿœ]+(?:ain|aine|ains|aines|ique|iques|al|ale|ales|aux|el|elle|elles|ier|ière"
    r"|ien|ienne|iens|ois|oise|if|ive|ifs|ives|ais|aise|aire|aires|eur|eure)|appliquée?s?|publics?)"
    r"\b(?! \w*'\w)"
)
_STOP_NOUNS: Final = frozenset(
    "un une son sa ses leur leurs notre nos votre ce cet cette ces plus près nouveau nouvelle"
    " faire lancer créer même partir".split()
)
OPENERS: Final = (
    ENGLISH
    | FRENCH
    | frozenset(
        "today founded based established located read view learn visit click join meet building"
        " despite following according since while whether given together under whereas designed"
        " powered backed headquartered currently recently additionally furthermore moreover further"
        " finally meanwhile however previously originally formerly upon throughout within without"
        " across until unlike like as such another new key our we you they he she it its their his"
        " her other many most some several three four five six seven eight nine ten two one all"
        " join help using through select ranking settled supported certain united among located"
        " first second third last next every each both either neither no yes let get see use find"
        " aujourd'hui fondé fondée basé basée créé créée depuis selon grâce avec sans dans pour par"
        " cette ce ces cet leur leurs notre nos votre vos plusieurs chaque afin ainsi aussi lors"
        " lorsque après avant enfin puis parmi situé située forte fort dotée doté très le la les un"
        " une des du de en et ou où qui que si à au aux mission près plus il elle ils elles on nous"
        " vous je depuis pendant durant malgré contrairement dès dans outre déjà tout toute tous"
        " please contact about note source media press more info information date time what who"
        " when where why how title poster word image photo caption web email phone tel website"
        " mardi lundi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday"
        " friday saturday sunday january february march april may june july august september"
        " october november december".split()
    )
)
"""Words that begin sentences with a capital letter and are no part of a name, in lower case."""
_ABBREVIATIONS: Final = frozenset(
    "inc corp ltd co dr mr mrs ms st jr sr no vs m mme mlle prof u.s u.k gov sen rep gen hon"
    " phd ph.d jan feb mar apr jun jul aug sep sept oct nov dec ave dept fig vol approx".split()
)
_BEFORE_SENTENCE: Final = " \"“«'‘(–-*"


@dataclass(frozen=True, slots=True)
class NamePhrase:
    """A run of capital words with its complements.

    Attributes:
        start: Where it begins in the plain text.
        end: Where it ends.
        name: Its words, with single spaces.
        initial: Whether its first word has to have a capital letter, as the first of a sentence.
    """

    start: int
    end: int
    name: str
    initial: bool

    @property
    def tokens(self) -> list[str]:
        """The words of the name."""
        return self.name.split()


def find_name_phrases(body: PlainBody) -> list[NamePhrase]:
    """Returns the name phrases of a text, in its order; they do not overlap."""
    text = body.folded
    lower = frozenset(re.findall(r"(?<![\w'])[a-zà-ÿ][a-zà-ÿœ-]+", text))
    phrases: list[NamePhrase] = []
    done = 0
    for match in _CHUNK.finditer(text):
        start, end = match.span()
        if start < done:
            if end <= done:
                continue
            start = done + len(text[done:end]) - len(text[done:end].lstrip(" /&-"))
            if start >= end:
                continue
        elision = _ELISION.match(text, start)
        if elision and elision.end() < end:
            start = elision.end()
        for piece_start, piece_end in _split_at_roles(text, start, end):
            done = _add_phrase(text, piece_start, piece_end, lower, phrases)
    return phrases


def _add_phrase(
    text: str, start: int, end: int, lower: frozenset[str], phrases: list[NamePhrase]
) -> int:
    """Adds the phrase of a piece of a chunk; returns where the phrase ends."""
    initial = begins_sentence(text, start)
    while initial and (first := _first_word(text, start, end)):
        word = first.lower()
        rest = start + len(first)
        if word in OPENERS or (rest < end and word in lower and word not in FRENCH_HEADS):
            start = rest + 1
            while start < end and text[start] in " &/":
                start += 1
            if start >= end:
                return end
            initial = False
            continue
        break
    end = _with_complements(text, start, end)
    end = _trimmed_end(text, start, end)
    if end <= start:
        return end
    name = " ".join(text[start:end].split())
    if name.lower() in OPENERS or (initial and " " not in name and name.lower() in lower):
        return end
    phrases.append(NamePhrase(start, end, name, initial))
    return end


def begins_sentence(text: str, start: int) -> bool:
    """Returns whether a sentence, line or quotation begins at ``start``."""
    at = start - 1
    while at >= 0 and text[at] in _BEFORE_SENTENCE:
        if text[at] in '"“«‘' or (text[at] in "-–*" and at and text[at - 1] == "\n"):
            return True
        at -= 1
    if at < 0 or text[at] in "\n!?:;•”":
        return True
    if text[at] != ".":
        return False
    begin = max(text.rfind(" ", max(0, at - 12), at), text.rfind("\n", max(0, at - 12), at)) + 1
    before = text[begin:at].lower()
    return len(before) > 1 and before not in _ABBREVIATIONS


def _first_word(text: str, start: int, end: int) -> str:
    stop = start
    while stop < end and text[stop] not in " /":
        stop += 1
    return text[start:stop]


def is_role_word(word: str) -> bool:
    """Returns whether a word (in lower case) names what a person is."""
    return word in ROLE_HEADS


def _split_at_roles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Splits ``Texas Governor Greg Abbott`` into ``Texas`` and ``Greg Abbott``."""
    words = [(each.start() + start, each[0]) for each in re.finditer(r"[^ /]+", text[start:end])]
    lowered = [word.lower().rstrip(".") for _at, word in words]
    if not any(word in ROLE_HEADS or word in HONORIFICS for word in lowered):
        return [(start, end)]
    if any(word in LEGAL_FORMS or word in ORGANISATION_HEADS for word in lowered[-1:]):
        return [(start, end)]
    dropped = [word in ROLE_HEADS or word in HONORIFICS for word in lowered]
    for at in range(len(words) - 2, -1, -1):
        if dropped[at + 1] and lowered[at] in ROLE_MODIFIERS:
            dropped[at] = True
    for at in range(1, len(words)):
        if dropped[at - 1] and lowered[at] in {"officer", "general", "&", "générale", "général"}:
            dropped[at] = True
    pieces: list[tuple[int, int]] = []
    for at, (offset, word) in enumerate(words):
        if dropped[at] or word == "&":
            continue
        if pieces and at and not dropped[at - 1]:
            pieces[-1] = (pieces[-1][0], offset + len(word))
        else:
            pieces.append((offset, offset + len(word)))
    return pieces


def _with_complements(text: str, start: int, end: int) -> int:
    """Extends a phrase by ``of ...``, by a legal form, and by what a French head governs."""
    first = _first_word(text, start, end).lower()
    if first in FRENCH_HEADS:
        end = _french_end(text, end)
    for _round in range(4):
        before = text[start:end].rsplit(None, 1)[-1].lower().rstrip(".")
        tail = _LEGAL_TAIL.match(text, end)
        if tail:
            end = tail.end()
            continue
        of = _OF.match(text, end)
        if of is None:
            break
        preposition = of[0].split()[0]
        if preposition == "in" and before != "university":
            break
        if before not in OF_NAMES and not _has_of_name(text, start, end, preposition):
            break
        following = _CHUNK.match(text, of.end())
        if following is None:
            break
        end = following.end()
        end = _with_topics(text, end)
    dash = _DASH_DESCRIPTOR.match(text, end)
    if dash:
        following = _CHUNK.match(text, dash.end())
        if following and _is_descriptor(text, start, end, following[0]):
            end = following.end()
    return end


def _has_of_name(text: str, start: int, end: int, preposition: str) -> bool:
    words = text[start:end].lower().split()
    if preposition in {"on", "in"}:
        return False
    return preposition == "for" and any(word in OF_NAMES for word in words)


def _is_descriptor(text: str, start: int, end: int, descriptor: str) -> bool:
    """Returns whether ``Mila`` - ``Quebec AI Institute`` are one name."""
    last = descriptor.split()[-1].lower()
    first = descriptor.split()[0].lower()
    known = last in ORGANISATION_HEADS or first in FRENCH_HEADS
    return known and " " in descriptor and len(text[start:end].split()) <= 2


def _with_topics(text: str, end: int) -> int:
    """Extends ``Department of Health`` by ``and Human Services``."""
    for _round in range(4):
        joint = _AND_TOPIC.match(text, end)
        if joint is None:
            break
        following = _CHUNK.match(text, joint.end())
        if following is None:
            break
        words = following[0].lower().split()
        if not all(word in TOPIC_WORDS for word in words):
            break
        end = following.end()
    return end


def _french_end(text: str, end: int) -> int:
    """Extends ``Chambre`` by ``de commerce du Montréal métropolitain``."""
    for _round in range(8):
        adjective = _ADJECTIVE.match(text, end)
        if adjective and adjective["word"] not in ENGLISH:
            end = adjective.end()
        tail = _FRENCH_TAIL.match(text, end)
        if tail is None:
            break
        following = _CHUNK.match(text, tail.end())
        if following:
            if tail[0].strip() in {"et", "&"}:
                break
            end = following.end()
            continue
        noun = _LOWER_WORD.match(text, tail.end())
        if noun is None or noun[0] in _STOP_NOUNS or noun[0] in FRENCH:
            break
        end = noun.end()
    return end


def _trimmed_end(text: str, start: int, end: int) -> int:
    """Drops function words and signs at the end of a phrase."""
    while end > start:
        last = text[start:end].rsplit(None, 1)[-1]
        if last.lower() in {"the", "a", "an", "in", "for", "to", "and", "&", "de", "la", "le"}:
            end -= len(last)
            end = start + len(text[start:end].rstrip())
            continue
        break
    return start + len(text[start:end].rstrip(" /&"))


def is_place(name: str) -> bool:
    """Returns whether a name is that of a country, state, province or large city."""
    lowered = name.lower()
    return lowered in PLACES or lowered.rstrip(".") in PLACES
